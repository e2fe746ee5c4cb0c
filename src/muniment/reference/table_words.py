"""What a row of a table says by its mapping: facts of its report, when, how many, where its point lies.

A cell that cannot be used, or contradicts another, is noted once, by column; the rest of the row stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.model import Count
from muniment.reference import cell_words
from muniment.reference.cell_words import BadCell, Figure
from muniment.reference.table_mapping import DocumentColumns, HarmColumns, TableMapping, Value, folded


@dataclass(frozen=True, slots=True)
class Told:
    """A value and the columns, folded, that gave it; the most telling column first."""

    value: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were harmed and the columns that say so, the one to be quoted first."""

    count: Count
    columns: tuple[str, ...]


class RowWords:
    """One row, read through its mapping. `problems` grows as cells that cannot be used are met: (column, why)."""

    def __init__(self, mapping: TableMapping, cells: Mapping[str, str]) -> None:
        """Take in a row.

        Args:
            mapping: how its columns are read.
            cells: words by folded column.
        """
        self._mapping = mapping
        self._cells = cells
        self.problems: dict[str, str] = {}

    def words(self, column: str | None) -> str | None:
        """A cell's words, None where it says nothing."""
        words = self._cells.get(column) if column is not None else None
        return None if words is None or self._mapping.is_missing(words) else words

    def each(self, value: Value | None) -> tuple[str, ...]:
        """The words a mapping's value stands for in this row."""
        if value is None:
            return ()
        if value.constant is not None:
            return (value.constant,)
        words = self.words(value.column)
        if words is None or value.column is None:
            return ()
        try:
            return tuple(cell_words.pieces(value, words))
        except BadCell as problem:
            self.problems.setdefault(value.column, str(problem))
            return ()

    def one(self, value: Value | None) -> str | None:
        """The one word a value stands for, None where it says nothing."""
        return next(iter(self.each(value)), None)

    # --- the report --------------------------------------------------------------------------------------------------
    def facts(self) -> dict[str, str | None]:
        """What the row says of its report, by field; the date as EDTF."""
        columns = self._mapping.document
        found = {key: self.one(getattr(columns, key)) for key in DocumentColumns.__slots__}
        published = found["published"]
        if published is not None and columns.published is not None:
            found["published"] = self._day(published, columns.published.column)
        return found

    # --- when --------------------------------------------------------------------------------------------------------
    def when(self) -> Told | None:
        """The date of the event as EDTF; None where no cell says it, or none that says it can be used."""
        columns = self._mapping.date
        if columns is None:
            return None
        first, last = self.words(columns.start), self.words(columns.end)
        start = self._day(first, columns.start) if first is not None else None
        end = self._day(last, columns.end) if last is not None else None
        precision = self.one(columns.precision)
        if start is None or precision == "unknown":
            return None
        named = tuple(c for c, words in ((columns.start, first), (columns.end, last)) if words is not None and c)
        if last is not None and columns.end is not None:
            if end is None:
                return None
            if end[:10] < start[: len(end[:10])]:
                self.problems.setdefault(columns.end, "is before the date the event began")
                return None
        edtf = self._within(start, end if end != start else None, precision, columns.time)
        known = columns.precision.column if columns.precision is not None else None
        if edtf != start and known is not None and self.words(known) is not None:
            named = (*named, known)
        return Told(edtf, named)

    def _within(self, start: str, end: str | None, precision: str | None, time: str | None) -> str:
        length = {"month": len("YYYY-MM"), "year": len("YYYY")}.get(precision or "")
        if length is not None and (end is None or end[:length] == start[:length]):
            return start[:length]
        if end is not None and "/" not in start + end:
            return f"{start}/{end}"
        if precision == "about" and start[-1].isdigit():
            return f"{start}~"
        at = self.words(time)
        if at is not None and time is not None and len(start) == len("YYYY-MM-DD") and "/" not in start:
            try:
                return f"{start}T{cell_words.time_of_day(at)}:00"
            except BadCell as problem:
                self.problems.setdefault(time, str(problem))
        return start

    def _day(self, words: str, column: str | None) -> str | None:
        formats = self._mapping.date.formats if self._mapping.date is not None else ()
        try:
            return cell_words.day(words, formats)
        except BadCell as problem:
            if column is not None:
                self.problems.setdefault(column, str(problem))
            return None

    # --- how many ----------------------------------------------------------------------------------------------------
    def count(self, columns: HarmColumns) -> Counted | None:
        """How many were harmed; None where no cell says so, or where a 0 says nothing."""
        best, low, high = (self._figure(c) for c in (columns.best, columns.low, columns.high))
        if best is not None and low is None and high is None and columns.best is not None:
            named: tuple[str, ...] = (columns.best,)
            count = Count.of(best.qualifier, best.number, self._raw(columns.best), unit=columns.unit, upper=best.upper)
        else:
            each = {"best": best, "low": low, "high": high}
            named = tuple(c for key, f in each.items() if f is not None and (c := getattr(columns, key)) is not None)
            numbers = {key: self._plain(f, getattr(columns, key)) for key, f in each.items()}
            if all(number is None for number in numbers.values()):
                return None
            self._put_in_order(columns, numbers)
            count = self._bounded(numbers["low"], numbers["best"], numbers["high"], self._raw(named[0]), columns)
        if not any((count.min, count.best, count.max)) and not columns.zero_is_stated:
            return None
        return Counted(count, named)

    def _figure(self, column: str | None) -> Figure | None:
        words = self.words(column)
        if words is None or column is None:
            return None
        try:
            return cell_words.figure(words)
        except BadCell as problem:
            self.problems.setdefault(column, str(problem))
            return None

    def _plain(self, figure: Figure | None, column: str | None) -> int | None:
        if figure is not None and figure.qualifier != "exact" and column is not None:
            self.problems.setdefault(column, "is no plain number, as a bound must be")
            return None
        return figure.number if figure is not None else None

    def _put_in_order(self, columns: HarmColumns, numbers: dict[str, int | None]) -> None:
        """Bounds that contradict the rest are noted, and widened until all three figures can hold."""
        for lower, upper in (("low", "best"), ("best", "high"), ("low", "high")):
            a, b = numbers[lower], numbers[upper]
            if a is not None and b is not None and a > b:
                self.problems.setdefault(getattr(columns, lower), f"is larger than {getattr(columns, upper)}")
        known = [number for number in numbers.values() if number is not None]
        if numbers["low"] is not None:
            numbers["low"] = min(known)
        if numbers["high"] is not None:
            numbers["high"] = max(known)

    def _bounded(self, low: int | None, best: int | None, high: int | None, raw: str, columns: HarmColumns) -> Count:
        if low is not None and low == high and best in (None, low):
            return Count(raw, low, low, low, "exact", columns.unit)
        if low is not None and high is None:
            return Count(raw, low, best if best is not None else low, None, "at_least", columns.unit)
        if low is None and best is None:
            return Count(raw, None, None, high, "as_many_as", columns.unit)
        return Count(raw, low, best, high, "range", columns.unit)

    def _raw(self, column: str) -> str:
        return self.words(column) or ""

    # --- where -------------------------------------------------------------------------------------------------------
    def point(self) -> tuple[float, float] | None:
        """Degrees east and north, where both cells say them."""
        place = self._mapping.place
        if place is None:
            return None
        lon, lat = self._degrees(place.longitude, 180.0), self._degrees(place.latitude, 90.0)
        return (lon, lat) if lon is not None and lat is not None else None

    def _degrees(self, column: str | None, most: float) -> float | None:
        words = self.words(column)
        if words is None or column is None:
            return None
        try:
            return cell_words.degrees(words, most)
        except BadCell as problem:
            self.problems.setdefault(column, str(problem))
            return None

    def holds(self, column: str, values: tuple[str, ...]) -> bool:
        """Whether a cell holds one of these words."""
        words = self._cells.get(column)
        return words is not None and folded(words) in values

    def check(self) -> dict[str, str]:
        """Read everything the mapping names, for the problems alone: why, by column."""
        mapping = self._mapping
        self.facts()
        self.when()
        self.point()
        for columns in mapping.harms:
            self.count(columns)
            for group in columns.groups:
                self.each(group)
        place = mapping.place
        for value in (place.precision if place is not None else None, mapping.weapon, mapping.level):
            self.each(value)
        self.each(mapping.event.kinds)
        for source in mapping.sources:
            self.each(source.who)
        return self.problems
