"""sources.csv: what a person states of the files beside it, one row a file or an item of a file.

A row fills what a file's items lack; it overrides what was read only where it speaks of one document.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from muniment.errors import BadInput
from muniment.model import Document
from muniment.model.vocabulary import DOCUMENT_KINDS, FieldBasis
from muniment.model.when import bounds
from muniment.readers import dates, language
from muniment.readers.decoding import decode, looks_like_text

COLUMNS = ("file", "title", "publisher", "published", "url", "language", "kind", "collected", "by")
_STATED = ("title", "publisher", "published", "url", "language", "kind")
_OF_THE_SOURCE = frozenset(("publisher", "language", "kind"))
"""Facts a source shares among its items; title, date and address are an item's own."""
_ITEM = re.compile(r"(?P<file>.+)#(?P<item>\d{1,9})")
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one row states; None where its cell is empty. `item` is None where the row is about the whole file."""

    file: str
    item: int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str | None = None
    collected: str | None = None
    by: str | None = None


def is_sources_csv(name: str, head: bytes) -> bool:
    """Whether a received file is a sources.csv: by its name, unless its bytes are no text at all."""
    return posixpath.basename(name).lower() == "sources.csv" and looks_like_text(head)


def parse(data: bytes) -> tuple[tuple[SourceRow, ...], tuple[str, ...]]:
    """The rows of a sources.csv, and a sentence for each thing in it that cannot be used.

    Args:
        data: the file's bytes: comma, semicolon or tab between cells, any order of columns, any encoding.
    """
    if len(data) > _MOST_BYTES:
        return (), ("sources.csv is longer than 64 MiB and was not used; split the folder.",)
    text = decode(data).text.lstrip("\ufeff").replace("\0", "")
    problems: list[str] = []
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error:
        return (), ("sources.csv is not a table of comma-separated values; save it again as CSV.",)
    numbered = [(n, cells) for n, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    if not numbered:
        return (), ("sources.csv is empty.",)
    header = [cell.strip().lower() for cell in numbered[0][1]]
    if "file" not in header:
        return (), ("sources.csv has no column named file, so that its rows name nothing; add it to the first line.",)
    for name in header:
        if name and name not in COLUMNS:
            problems.append(f"sources.csv: the column {name} is not known and was not used.")
    rows: dict[tuple[str, int | None], SourceRow] = {}
    for n, cells in numbered[1:]:
        row = _row(n, dict(zip(reversed(header), reversed(_padded(cells, len(header))), strict=False)), problems)
        if row is None:
            continue
        if (row.file, row.item) in rows:
            problems.append(f"sources.csv, row {n}: {_name(row)} has a row already; the later one rules.")
        rows[row.file, row.item] = row
    return tuple(rows.values()), tuple(problems)


def apply(documents: Sequence[Document], rows: Iterable[SourceRow]) -> tuple[Document, ...]:
    """The documents of one file with what its rows state, and `basis` saying so.

    A row for the file fills, in each item, the publisher, language and kind it lacks, and title, date and address where
    no item has one; it overrides only where the file holds one item. A row for an item overrides.
    """
    out = list(documents)
    rows = sorted(rows, key=lambda row: row.item is not None)
    for row in rows:
        if row.item is not None:
            out = [_stated(d, row, _STATED) if d.item == row.item else d for d in out]
        elif len(out) == 1:
            out = [_stated(out[0], row, _STATED)]
        else:
            shared = {f for f in _STATED if f in _OF_THE_SOURCE or all(_lacks(d, f) for d in out)}
            out = [_stated(d, row, [f for f in shared if _lacks(d, f)]) for d in out]
    return tuple(out)


def items_missing(documents: Sequence[Document], rows: Iterable[SourceRow]) -> tuple[str, ...]:
    """A sentence for each row that names an item its file does not have.

    Args:
        documents: all documents of the file the rows are about.
        rows: the rows that name the file.
    """
    known = {document.item for document in documents}
    return tuple(
        f"sources.csv names {_name(row)}, but {row.file} has {len(known)} items, counted from 0."
        for row in rows
        if row.item is not None and row.item not in known
    )


def _name(row: SourceRow) -> str:
    return row.file if row.item is None else f"{row.file}#{row.item}"


def _lacks(document: Document, field: str) -> bool:
    """Whether nothing was read for a field; a kind of `other` nobody read is no knowledge."""
    return field not in document.basis or getattr(document, field) is None


def _stated(document: Document, row: SourceRow, fields: Iterable[str]) -> Document:
    said = {field: value for field in fields if (value := getattr(row, field)) is not None}
    basis: Mapping[str, FieldBasis] = {**document.basis, **dict.fromkeys(said, "stated")}
    return replace(document, **said, basis=dict(sorted(basis.items())))


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _row(number: int, cells: Mapping[str, str], problems: list[str]) -> SourceRow | None:
    values = {name: " ".join(cells.get(name, "").split()) or None for name in COLUMNS}
    where = f"sources.csv, row {number}"
    named = values["file"]
    if named is None:
        problems.append(f"{where} names no file.")
        return None
    named = posixpath.normpath(named.replace("\\", "/"))
    match = _ITEM.fullmatch(named)
    for field, check in (
        ("published", _published),
        ("collected", _published),
        ("url", _url),
        ("language", _language),
        ("kind", _kind),
    ):
        stated = values[field]
        if stated is not None:
            try:
                values[field] = check(stated)
            except BadInput as unusable:
                values[field] = None
                problems.append(f"{where}: {unusable}")
    rest = {name: values[name] for name in COLUMNS if name != "file"}
    return SourceRow(match["file"] if match else named, int(match["item"]) if match else None, **rest)


def _published(stated: str) -> str:
    try:
        if "T" not in stated:
            bounds(stated)
            return stated
    except ValueError:
        pass
    found = dates.read_date(stated)
    if found is None:
        raise BadInput(f"{stated} is not a date that can be read one way only; write it as 2031-05-04.")
    return found


def _url(stated: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", stated):
        raise BadInput(f"{stated} is not an address; it begins with https:// or the like.")
    return stated


def _language(stated: str) -> str:
    found = language.tag(stated)
    if found is None:
        raise BadInput(f"{stated} is not a language tag; write en, hy, az-Cyrl or the like (BCP 47).")
    return found


def _kind(stated: str) -> str:
    if stated.lower() not in DOCUMENT_KINDS:
        raise BadInput(f"{stated} is not a kind of document; use one of {', '.join(sorted(DOCUMENT_KINDS))}.")
    return stated.lower()
