"""Rows of a table as items, by the first mapping that fits; what in them cannot be used is named by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from muniment.plugins import Item, TableCell, TableRow
from muniment.readers import grid
from muniment.reference import mapping_file
from muniment.reference.table_mapping import TableMapping, folded
from muniment.reference.table_words import RowWords

MOST_ROWS_NAMED = 40
"""A note lists this many rows of one problem; each row's own document names all of its problems."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A row with its extent; `broken` says why none of its cells can be trusted."""

    row: TableRow
    start: int
    end: int
    broken: str | None = None


@dataclass(slots=True)
class Told:
    """What a table gave: items in order, and notes for whoever builds."""

    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rows(text: str, media_type: str, name: str, mappings: Sequence[TableMapping]) -> Iterator[Mapped]:
    """Every row of a text that a mapping reads.

    Args:
        text: the exhibit's.
        media_type: the exhibit's.
        name: of the file, which a mapping may ask for.
        mappings: the case's own, in the order they are tried; those that ship come after them.
    """
    for sheet in grid.sheets(text, media_type):
        chosen = _mapping_for(sheet, name, mappings)
        if chosen is not None:
            yield from _rows_of(sheet, chosen)


def from_its_start(mapped: Mapped) -> TableRow:
    """The row with its cells' offsets counted from where the row begins."""
    cells = {
        key: replace(cell, start=cell.start - mapped.start, end=cell.end - mapped.start)
        for key, cell in mapped.row.cells.items()
    }
    return replace(mapped.row, cells=cells)


def items(text: str, media_type: str, name: str, mappings: Sequence[TableMapping]) -> Told:
    """A table's rows as documents; a sheet that no mapping fits is one document.

    Args:
        text: the exhibit's.
        media_type: the exhibit's.
        name: of the file.
        mappings: the case's own, in the order they are tried.
    """
    told = Told()
    for sheet in grid.sheets(text, media_type):
        chosen = _mapping_for(sheet, name, mappings)
        if chosen is None:
            told.items.append(Item(sheet.start, sheet.end, title=sheet.name, kind="dataset"))
            told.notes += _why_none(sheet, mappings) or [_named(sheet, "no mapping says what the columns are")]
            continue
        problems: dict[tuple[str, str], list[int]] = {}
        number = 0
        for mapped in _rows_of(sheet, chosen):
            number += 1
            told.items.append(_item(mapped, problems))
        told.notes.append(_named(sheet, f"{number:,} rows read by the mapping {chosen.name}"))
        told.notes += [_named(sheet, _listed(column, why, met)) for (column, why), met in problems.items()]
    return told


def _named(sheet: grid.Sheet, note: str) -> str:
    return f"sheet {sheet.name}: {note}" if sheet.name else note


def _mapping_for(sheet: grid.Sheet, name: str, mappings: Sequence[TableMapping]) -> TableMapping | None:
    seen: dict[str, str] = {}
    for mapping in (*mappings, *mapping_file.shipped()):
        if not mapping.is_for(name):
            continue
        if sheet.named:
            if not mapping.lacking(_every_name(sheet)):
                return mapping
        elif grid.header(sheet, mapping.columns, seen) is not None:
            return mapping
    return None


def _every_name(sheet: grid.Sheet) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.column for record in sheet.records for cell in record.cells))


def _why_none(sheet: grid.Sheet, mappings: Sequence[TableMapping]) -> list[str]:
    """Which columns each of the case's mappings misses here."""
    best = max(sheet.records[:30], key=lambda record: len(record.cells), default=None)
    columns = _every_name(sheet) if sheet.named else tuple(c.words for c in best.cells) if best is not None else ()
    return [
        _named(sheet, f"the mapping {mapping.name} does not fit; there is no column {', '.join(lacking)}")
        for mapping in mappings
        if (lacking := mapping.lacking(columns)) and len(lacking) < len(mapping.columns)
    ]


def _rows_of(sheet: grid.Sheet, mapping: TableMapping) -> Iterator[Mapped]:
    wanted = frozenset(mapping.named())
    if sheet.named:
        for record in sheet.records:
            cells: dict[str, TableCell] = {}
            for cell in record.cells:
                cells.setdefault(folded(cell.column), cell)
            row = TableRow(record.number, mapping, {key: cell for key, cell in cells.items() if key in wanted})
            yield Mapped(row, record.start, record.end, record.broken)
        return
    top = grid.header(sheet, mapping.columns, {})
    if top is None:
        return
    names = grid.columns_of(sheet.records[top])
    keys = [folded(name) for name in names]
    prefix = f"{sheet.name}!" if sheet.name else ""
    for record in sheet.records[top + 1 :]:
        if grid.is_tags(record):
            continue
        broken = _broken(record, len(names), ragged=sheet.name is not None)
        found: dict[str, TableCell] = {}
        if broken is None:
            for key, name, cell in zip(keys, names, record.cells, strict=False):
                if key in wanted and key not in found:
                    found[key] = TableCell(prefix + name, cell.start, cell.end, cell.words)
        yield Mapped(TableRow(record.number, mapping, found), record.start, record.end, broken)


def _broken(record: grid.Record, columns: int, *, ragged: bool) -> str | None:
    """Why a row's cells may stand under the wrong columns; a workbook's rows end with their last cell."""
    filled = max((n for n, cell in enumerate(record.cells, 1) if cell.words), default=0)
    if filled > columns or (len(record.cells) < columns and not ragged):
        return f"has {len(record.cells)} cells where the header has {columns}; nothing is read from it"
    return None


def _item(mapped: Mapped, problems: dict[tuple[str, str], list[int]]) -> Item:
    row = mapped.row
    if mapped.broken is not None:
        problems.setdefault(("", mapped.broken), []).append(row.number)
        remark = f"row {row.number} {mapped.broken}"
        return Item(
            mapped.start,
            mapped.end,
            kind="dataset",
            guid=_guid(row),
            row=row.number,
            mapping=row.mapping.digest,
            remarks=(remark,),
        )
    words = RowWords(row.mapping, {key: cell.words for key, cell in row.cells.items()})
    facts = words.facts()
    remarks = []
    for column, why in words.check().items():
        name = row.cells[column].column if column in row.cells else column
        problems.setdefault((name, why), []).append(row.number)
        remarks.append(f"row {row.number}, column {name}: {why}")
    return Item(
        mapped.start,
        mapped.end,
        title=facts["title"],
        publisher=facts["publisher"],
        published=facts["published"],
        url=facts["url"],
        language=facts["language"],
        kind=facts["kind"] or "dataset",
        guid=facts["key"] or _guid(row),
        row=row.number,
        mapping=row.mapping.digest,
        remarks=tuple(remarks),
    )


def _guid(row: TableRow) -> str:
    sheet = next((cell.column.rpartition("!")[0] for cell in row.cells.values()), "")
    return f"{sheet} row {row.number}".strip()


def _listed(column: str, why: str, met: Sequence[int]) -> str:
    named = ", ".join(map(str, met[:MOST_ROWS_NAMED]))
    rest = f" and {len(met) - MOST_ROWS_NAMED} more" if len(met) > MOST_ROWS_NAMED else ""
    rows_ = f"row {named}" if len(met) == 1 else f"rows {named}{rest}"
    return f"{rows_}, column {column}: {why}" if column else f"{rows_} {why}"
