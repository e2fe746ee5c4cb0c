"""How a table of reports is read: which column is the date, the place, the harm. Pure data, parsed from a TOML file.

Columns are named as the table's header writes them, up to case and spaces. An answer column is never among them.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from muniment.model.vocabulary import Certainty, ClaimKind, Harm, SourceType, Unit, VictimStatus

Take = Literal["first", "last", "each"]
DATE_PRECISIONS = ("day", "range", "month", "year", "about", "unknown")
DatePrecision = Literal["day", "range", "month", "year", "about", "unknown"]
MISSING = ("", "-", "na", "n/a", "null", "none", "nan")
"""Cells, folded, that say nothing unless a mapping has its own list."""


def folded(column: str) -> str:
    """A column's name as it is compared: without case or doubled spaces."""
    return " ".join(column.casefold().split())


@dataclass(frozen=True, slots=True)
class Condition:
    """A column that must hold one of these words, folded."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """Where a word comes from: a constant, or a column, perhaps a piece of it or what its codes stand for.

    Attributes:
        constant: the word itself.
        column: the column, folded.
        split: what separates several words in one cell.
        take: which of them.
        template: how the cell is written, with the parts' names in braces; `{_}` is a part of no interest.
        part: the part of the template that is meant.
        values: what the column's codes, folded, stand for; a code not listed is a bad cell.
    """

    constant: str | None = None
    column: str | None = None
    split: str | None = None
    take: Take = "first"
    template: str | None = None
    part: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentColumns:
    """What a row says of the report it stands for. Constants hold for all rows."""

    title: Value | None = None
    publisher: Value | None = None
    published: Value | None = None
    url: Value | None = None
    language: Value | None = None
    kind: Value | None = None
    key: Value | None = None


@dataclass(frozen=True, slots=True)
class DateColumns:
    """When it happened. `formats` are strptime's, tried in order where a cell is not ISO 8601."""

    start: str
    end: str | None = None
    time: str | None = None
    precision: Value | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Where it happened: columns of names, finest first; columns of what contains them; coordinates as evidence."""

    names: tuple[str, ...]
    within: tuple[str, ...] = ()
    latitude: str | None = None
    longitude: str | None = None
    precision: Value | None = None


@dataclass(frozen=True, slots=True)
class HarmColumns:
    """A harm and the columns that count it; `zero_is_stated` where a 0 says that nobody was harmed."""

    harm: Harm
    best: str | None = None
    low: str | None = None
    high: str | None = None
    status: VictimStatus = "unknown"
    groups: tuple[Value, ...] = ()
    unit: Unit = "people"
    zero_is_stated: bool = False


@dataclass(frozen=True, slots=True)
class PartyColumn:
    """A column naming who is held responsible, in the rows where the conditions hold."""

    column: str
    certainty: Certainty = "reported"
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column naming whom the publisher cites, and what kind of source that is; None: told by the words."""

    who: Value
    type: SourceType | None = None


@dataclass(frozen=True, slots=True)
class EventColumns:
    """What a row without a counted harm tells: the kind of event, and the columns whose words say it best."""

    kind: ClaimKind = "incident"
    kinds: Value | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One mapping file.

    Attributes:
        name: what it is called in reports.
        columns: columns, folded, a table must have for the mapping to fit it.
        files: patterns a table's name must match; any name where empty.
        missing: cells, folded, that say nothing.
        answers: columns, folded, that hold answers made by comparing rows: never read.
        parties: party ids by what the table calls them, folded.
        weapon: column whose codes stand for weapon classes.
        level: how firmly the publisher holds what it tells (RECORD contract, `level`).
        digest: SHA-256 of the file.
    """

    name: str
    columns: tuple[str, ...]
    digest: str
    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = MISSING
    answers: tuple[str, ...] = ()
    document: DocumentColumns = DocumentColumns()
    date: DateColumns | None = None
    place: PlaceColumns | None = None
    harms: tuple[HarmColumns, ...] = ()
    event: EventColumns = EventColumns()
    responsible: tuple[PartyColumn, ...] = ()
    parties: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[SourceColumn, ...] = ()
    weapon: Value | None = None
    level: Value = Value(constant="reported")

    def lacking(self, header: Sequence[str]) -> tuple[str, ...]:
        """The columns it needs that a header lacks."""
        known = {folded(column) for column in header}
        return tuple(column for column in self.columns if column not in known)

    def is_for(self, name: str) -> bool:
        """Whether a table of this file name may be read by it."""
        return not self.files or any(fnmatch.fnmatchcase(name.casefold(), pattern) for pattern in self.files)

    def is_missing(self, words: str) -> bool:
        """Whether a cell says nothing."""
        return folded(words) in self.missing

    def named(self) -> tuple[str, ...]:
        """Every column it reads, folded, in the order of the file's sections."""
        return tuple(dict.fromkeys(_columns(self)))


_COLUMN_FIELDS = frozenset({"start", "end", "time", "latitude", "longitude", "best", "low", "high", "column"})
_COLUMN_LISTS = frozenset({"names", "within", "words"})


def _columns(part: Any) -> Iterator[str]:
    """Columns named anywhere in a mapping's part."""
    if isinstance(part, tuple):
        for entry in part:
            yield from _columns(entry)
    elif is_dataclass(part):
        for each in fields(part):
            value = getattr(part, each.name)
            if each.name in _COLUMN_FIELDS and isinstance(value, str):
                yield value
            elif each.name in _COLUMN_LISTS:
                yield from value
            elif isinstance(value, tuple) or is_dataclass(value):
                yield from _columns(value)
