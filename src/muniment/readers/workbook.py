"""Workbooks (XLSX): each sheet as lines of tab-parted cells. Formulas stand by the values last worked out for them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from muniment.errors import MunimentError, Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import grid, sniffing, table_rows
from muniment.readers.limits import MOST_RATIO, MOST_UNPACKED_BYTES, RATIO_FROM_BYTES, damaged, read_all, too_large

MOST_CELLS = 5_000_000
"""Cells of all sheets together, empty ones in front of a filled one counted."""

_SHEET_LINE = re.compile(f"{grid.SHEET}[^\n]*\n")
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")


class Workbook:
    """A workbook's sheets; hidden ones too, since they were sent."""

    name = "workbook"
    version = "1"
    media_types = (sniffing.XLSX,)

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.9 if sniffing.media_type(head, name) == sniffing.XLSX else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The sheets' cells with dates as ISO 8601.

        Raises:
            Unreadable: too_large, needs_password or damaged.
        """
        data = read_all(stream)
        _within_limits(data)
        notes: list[str] = []
        text = "".join(_sheets(data, notes))
        told = table_rows.items(text, sniffing.XLSX, name, options.mappings)
        if not _SHEET_LINE.sub("", text).strip():
            raise Unreadable("empty", "The workbook has no sheet with cells; ask whoever sent it for a whole copy.")
        return Reading(text, tuple(told.items), notes=(*notes, *told.notes))


def _within_limits(data: bytes) -> None:
    """What it unpacks to by its own directory, which unpacking never exceeds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged("is a package that cannot be opened, cut short perhaps") from error
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("needs_password", "The package is encrypted; add a copy saved without a password.")
    if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise too_large(f"unpacks to more than {MOST_UNPACKED_BYTES >> 20} MiB")
    for member in members:
        if member.file_size > RATIO_FROM_BYTES and member.file_size > MOST_RATIO * max(1, member.compress_size):
            raise too_large("unpacks to hundreds of times its size, which no written workbook does")


def _sheets(data: bytes, notes: list[str]) -> Iterator[str]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # it raises whatever its parts meet
        raise damaged("is a workbook that cannot be opened") from error
    cells = 0
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # the size a sheet states may be far from what it holds
            yield f"{grid.SHEET}{_plain(sheet.title)}\n"
            for row in sheet.iter_rows(values_only=True):
                cells += max(1, len(row))
                if cells > MOST_CELLS:
                    raise too_large(f"has more than {MOST_CELLS:,} cells")
                yield "\t".join(map(_words, row)).rstrip("\t") + "\n"
    except MunimentError:
        raise
    except Exception as error:
        raise damaged("is a workbook with a damaged sheet") from error
    finally:
        book.close()
    notes += _formulas(data)


_FORMULA = re.compile(rb"<f[ >/]")
_NEVER_SAVED = re.compile(
    rb'<c [^<>]{0,200}?r="([A-Z]{1,3}\d{1,7})"[^<>]{0,200}>\s*'
    rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_MOST_NAMED = 40


def _formulas(data: bytes) -> Iterator[str]:
    """How many cells are worked out by a formula, and which of these have no saved value."""
    worked_out, never = 0, []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                sheet = package.read(name)
                worked_out += len(_FORMULA.findall(sheet))
                never += [found.decode() for found in _NEVER_SAVED.findall(sheet)]
    if worked_out:
        yield f"{worked_out:,} cells are worked out by formulas; the values last saved for them stand"
    if never:
        rest = f" and {len(never) - _MOST_NAMED:,} more" if len(never) > _MOST_NAMED else ""
        yield (
            f"{', '.join(never[:_MOST_NAMED])}{rest}: formulas without a saved value, read as empty; open the workbook "
            "in a spreadsheet program, save it and add it again"
        )


def _words(value: Any) -> str:
    """A cell as words: numbers without needless decimals, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return _plain(str(value))


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text)


PLUGINS = [Workbook()]
