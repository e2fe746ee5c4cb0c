"""A table's text as cells with exact offsets: comma- or tab-separated values, JSON Lines, the text of a workbook.

Rows are numbered as spreadsheets number them, the first record being row 1; of JSON Lines, a line is a row.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muniment.plugins import TableCell
from muniment.readers import sniffing

CSV = "text/csv"
TSV = "text/tab-separated-values"
JSON_LINES = "application/jsonl"
TABLES = frozenset((CSV, TSV, JSON_LINES, sniffing.XLSX))
"""Media types whose text is rows and columns."""

SHEET = "\f"
"""Stands before each sheet's name in a workbook's text; rows follow, a line each, cells parted by tabs."""

_HEADER_WITHIN = 30
"""A header is looked for in this many rows from the top: titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table: its number, extent, cells in order; `broken` says why it has none."""

    number: int
    start: int
    end: int
    cells: tuple[TableCell, ...]
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Records that share a header; of JSON Lines every record names its own cells. `name` is a workbook sheet's."""

    name: str | None
    start: int
    end: int
    records: tuple[Record, ...]
    named: bool = False
    """Whether the cells carry their columns' names already."""


def sheets(text: str, media_type: str) -> Iterator[Sheet]:
    """The tables in a text.

    Args:
        text: as decoded, or as a workbook's reader wrote it.
        media_type: of the exhibit.
    """
    if media_type == JSON_LINES:
        yield Sheet(None, 0, len(text), tuple(_json_lines(text)), named=True)
    elif media_type == sniffing.XLSX:
        yield from _workbook(text)
    else:
        mark = "\t" if media_type == TSV else delimiter(text)
        yield Sheet(None, 0, len(text), tuple(_separated(text, mark)))


def delimiter(text: str) -> str:
    """What parts the cells: of comma, semicolon, tab and bar the one most frequent in the first lines."""
    head = "\n".join(line for line in text[:20000].splitlines()[:5] if line.strip())
    bare = re.sub(r'"[^"]*"', "", head)
    return max(",;\t|", key=bare.count)


def header(sheet: Sheet, needed: Sequence[str], folded: dict[str, str]) -> int | None:
    """The position of the record that names all needed columns, near the top; None where none does.

    Args:
        sheet: with unnamed cells.
        needed: folded column names.
        folded: kept between calls: words as written to words folded.
    """
    for position, record in enumerate(sheet.records[:_HEADER_WITHIN]):
        known = set()
        for cell in record.cells:
            if cell.words not in folded:
                folded[cell.words] = " ".join(cell.words.casefold().split())
            known.add(folded[cell.words])
        if all(column in known for column in needed):
            return position
    return None


def columns_of(record: Record) -> tuple[str, ...]:
    """The names a header gives; a column without one goes by its letter, a second of one name by its number too."""
    seen: dict[str, int] = {}
    out = []
    for position, cell in enumerate(record.cells):
        name = cell.words or letter(position)
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(out)


def letter(position: int) -> str:
    """A column's letter as spreadsheets write it: A, B, … Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_tags(record: Record) -> bool:
    """Whether a record holds HXL tags (`#date+start`) instead of a report.

    Source: Humanitarian Exchange Language 1.1, hashtag row.
    """
    filled = [cell.words for cell in record.cells if cell.words]
    return bool(filled) and all(re.fullmatch(r"#[A-Za-z]\w*(?:\s*\+\s*[A-Za-z]\w*)*", words) for words in filled)


def _cell(start: int, end: int, text: str, *, quoted: bool = False) -> TableCell:
    """A cell whose span is its words, without the space around them."""
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip())
    bare = raw.strip()
    return TableCell("", start + left, start + left + len(bare), bare.replace('""', '"') if quoted else bare)


def _separated(text: str, mark: str) -> Iterator[Record]:
    """The records of separated values, read as Python's csv reads them, with offsets."""
    stops = re.compile(rf"[{re.escape(mark)}\r\n]")
    position, number = 1 if text.startswith("\ufeff") else 0, 0
    begin, quotes_until = position, len(text)
    cells: list[TableCell] = []
    while position < len(text):
        cell, position, quotes_until = _field(text, position, stops, quotes_until)
        cells.append(cell)
        if position < len(text) and text[position] == mark:
            position += 1
            if position == len(text):
                cells.append(_cell(position, position, text))
            else:
                continue
        number += 1
        if any(cell.words for cell in cells):
            yield Record(number, begin, position, tuple(cells))
        cells = []
        if position < len(text):
            position += 2 if text.startswith("\r\n", position) else 1
        begin = position


def _field(text: str, position: int, stops: re.Pattern[str], quotes_until: int) -> tuple[TableCell, int, int]:
    """One cell, where it ends, and up to where quotation marks still pair."""
    if text[position] == '"' and position < quotes_until:
        close = _closing(text, position)
        if close is None:
            quotes_until = position  # one that is never closed is a letter like others, and so are all after it
        elif close + 1 == len(text) or stops.match(text, close + 1):
            return _cell(position + 1, close, text, quoted=True), close + 1, quotes_until
        else:
            stop = stops.search(text, close + 1)
            end = stop.start() if stop is not None else len(text)
            return _cell(position, end, text), end, quotes_until
    stop = stops.search(text, position)
    end = stop.start() if stop is not None else len(text)
    return _cell(position, end, text), end, quotes_until


def _closing(text: str, opening: int) -> int | None:
    at = text.find('"', opening + 1)
    while at >= 0 and text.startswith('"', at + 1):
        at = text.find('"', at + 2)
    return at if at >= 0 else None


def _workbook(text: str) -> Iterator[Sheet]:
    starts = [match.start() for match in re.finditer(SHEET, text)]
    for start, end in itertools.pairwise((*starts, len(text))):
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        records, position, number = [], line_end + 1, 0
        while position < end:
            stop = text.find("\n", position, end)
            stop = end if stop < 0 else stop
            number += 1
            if stop > position:
                cells, at = [], position
                for piece in text[position:stop].split("\t"):
                    cells.append(_cell(at, at + len(piece), text))
                    at += len(piece) + 1
                if any(cell.words for cell in cells):
                    records.append(Record(number, position, stop, tuple(cells)))
            position = stop + 1
        yield Sheet(text[start + 1 : line_end], start, end, tuple(records))


_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r]*")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What an escape may stand for and no database holds."""


def _json_lines(text: str) -> Iterator[Record]:
    position, number = 0, 0
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        number += 1
        begin = position + (1 if text.startswith("\ufeff", position) else 0)
        if text[begin:stop].strip():
            try:
                yield Record(number, begin, stop, tuple(_members(text, begin, stop)))
            except (ValueError, IndexError, RecursionError):
                yield Record(number, begin, stop, (), "is not a JSON object")
        position = stop + 1


def _members(text: str, position: int, end: int) -> Iterator[TableCell]:
    """The members of one JSON object as cells: a string's span is what stands between its quotation marks."""
    position = _skip(text, position)
    if text[position] != "{":
        raise ValueError
    position = _skip(text, position + 1)
    while text[position] != "}":
        if text[position] != '"':
            raise ValueError
        name, position = _DECODER.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] != ":":
            raise ValueError
        start = _skip(text, position + 1)
        value, position = _DECODER.raw_decode(text, start)
        if position > end:
            raise ValueError
        if isinstance(value, str):
            bare = _UNSTORABLE.sub("\ufffd", value).strip()
            inside = text[start + 1 : position - 1]
            left = len(inside) - len(inside.lstrip(" "))
            right = len(inside) - len(inside.rstrip(" ")) if inside.strip(" ") else 0
            yield TableCell(name, start + 1 + left, position - 1 - right, bare)
        else:
            yield TableCell(name, start, position, "" if value is None else text[start:position])
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)
            if text[position] == "}":
                raise ValueError
        elif text[position] != "}":
            raise ValueError
    if text[position + 1 : end].strip():
        raise ValueError


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    assert match is not None
    return match.end()
