"""Claims of a table's row: one for each harm it counts, else one for the event it tells; each lists its cells.

The quote is the most telling cell: the figure, else the words of the event. Only cells the mapping names are seen; an
answer column is not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from muniment.extractors import row_parties, row_places
from muniment.extractors.en.voices import kind_of
from muniment.model import (
    Cell,
    Claim,
    Count,
    Document,
    HeldResponsible,
    MadeBy,
    Reason,
    SourceLink,
    Span,
    Victims,
    Weapon,
    When,
    Where,
    with_ids,
)
from muniment.model.vocabulary import (
    LONGEST_QUOTE,
    WEAPON_CLASSES,
    ClaimKind,
    Harm,
    Level,
    WeaponClass,
    WherePrecision,
)
from muniment.plugins import Extractor, Lexicon, TableRow, room_digest
from muniment.reference import munitions
from muniment.reference.table_mapping import HarmColumns
from muniment.reference.table_words import RowWords

ROWS = "zxx"
"""No linguistic content (BCP 47): the language by which rows of tables are asked for."""

_KIND_OF_HARM: dict[Harm, ClaimKind] = {
    "detained": "detention", "released": "detention", "sentenced": "detention", "tortured": "ill_treatment",
    "mutilated": "ill_treatment", "deprived": "deprivation", "infected": "surveillance",
}  # fmt: skip
_LONGEST_WHO = 120


class TableRows:
    """Claims of a row through its mapping (Protocol `muniment.plugins.Extractor`)."""

    name = "table_rows"
    version = "1"
    languages: Sequence[str] = (ROWS,)

    def extract(self, document: Document, text: str, lexicon: Lexicon) -> tuple[Claim, ...]:
        """The claims of one row, none where the lexicon lends no row.

        Args:
            document: the row, with its extent in `text`.
            text: what the row's cells point into.
            lexicon: with the row.
        """
        if lexicon.row is None or not lexicon.row.cells:
            return ()
        made_by = MadeBy(tool=self.name, version=self.version, sha256=_digest())
        told = _Row(document, text, lexicon, lexicon.row)
        return with_ids([replace(claim, made_by=made_by) for claim in told.claims()], document.exhibit, document.key)


@lru_cache(maxsize=1)
def _digest() -> str:
    return room_digest("muniment.extractors")


class _Row:
    """One row and what all its claims share: when, where, who, on whose word."""

    def __init__(self, document: Document, text: str, lexicon: Lexicon, row: TableRow) -> None:
        self._document, self._text, self._lexicon, self._row = document, text, lexicon, row
        self._mapping = row.mapping
        self._words = RowWords(row.mapping, {key: cell.words for key, cell in row.cells.items()})
        self._shared: list[str] = []
        self._why: dict[str, Reason] = {}
        self._when = self._date()
        self._where = self._place()
        self._party = self._responsible()
        self._source = self._chain()
        self._weapon = self._arms()
        level = self._words.one(row.mapping.level) or "reported"
        self._note("level", "cell:level", [row.mapping.level.column])
        self._level = cast(Level, level)

    def claims(self) -> Iterator[Claim]:
        """The claims, each without id."""
        counted = False
        for columns in self._mapping.harms:
            told = self._words.count(columns)
            if told is not None:
                counted = True
                yield self._claim(
                    _KIND_OF_HARM.get(columns.harm, "casualty"),
                    told.columns,
                    harm=(columns.harm,),
                    count=told.count,
                    victims=self._victims(columns),
                )
        if not counted:
            kind = self._words.one(self._mapping.event.kinds) or self._mapping.event.kind
            telling = self._telling()
            if telling:
                yield self._claim(cast(ClaimKind, kind), telling)

    def _claim(
        self,
        kind: ClaimKind,
        columns: Sequence[str],
        *,
        harm: tuple[Harm, ...] = (),
        count: Count | None = None,
        victims: Victims | None = None,
    ) -> Claim:
        quoted = self._row.cells[columns[0]]
        span = Span(quoted.start, min(quoted.end, quoted.start + LONGEST_QUOTE))
        why = dict(self._why)
        if count is not None:
            why["count"] = Reason("cell:count", span.of(self._text), span.start, span.end)
        return Claim(
            id="",
            document=self._document.id,
            span=span,
            quote=span.of(self._text),
            kind=kind,
            harm=harm,
            count=count,
            victims=victims,
            when=self._when,
            where=self._where,
            weapon=self._weapon,
            party=self._party,
            source=self._source,
            level=self._level,
            cells=self._cells((*columns, *self._shared)),
            why=why,
        )

    def _cells(self, columns: Iterable[str]) -> tuple[Cell, ...]:
        named = {column: self._row.cells[column] for column in columns if column in self._row.cells}
        return tuple(
            Cell(self._row.number, cell.column, cell.start, cell.end)
            for cell in sorted(named.values(), key=lambda cell: (cell.start, cell.column))
        )

    def _victims(self, columns: HarmColumns) -> Victims | None:
        groups = tuple(dict.fromkeys(group for value in columns.groups for group in self._words.each(value)))
        return Victims(columns.status, groups) if columns.unit == "people" else None

    def _telling(self) -> tuple[str, ...]:
        """The columns whose words tell the event: those the mapping lists, else the place's or the date's."""
        place, date = self._mapping.place, self._mapping.date
        listed = (
            *self._mapping.event.words,
            *(place.names if place is not None else ()),
            *((date.start,) if date is not None else ()),
        )
        kinds = self._mapping.event.kinds
        said = [column for column in listed if self._words.words(column) is not None]
        also = [kinds.column] if kinds is not None and kinds.column is not None and said else []
        return tuple(dict.fromkeys((*said[:1], *also)))

    # --- what the claims share ---------------------------------------------------------------------------------------
    def _note(self, field: str, rule: str, columns: Iterable[str | None]) -> None:
        """Remember which cells gave a field."""
        known = [column for column in columns if column is not None and column in self._row.cells]
        if known:
            first = self._row.cells[known[0]]
            self._why[field] = Reason(rule, self._text[first.start : first.end], first.start, first.end)
            self._shared += known

    def _date(self) -> When | None:
        told = self._words.when()
        if told is None:
            return None
        date = self._mapping.date
        days = (date.start, date.end) if date is not None else ()
        said = [self._row.cells[column].words for column in told.columns if column in days]
        self._note("when", "cell:date", told.columns)
        return When.of(" – ".join(dict.fromkeys(said)), told.value, "explicit")

    def _place(self) -> Where | None:
        place = self._mapping.place
        if place is None:
            return None
        column = next((c for c in place.names if self._words.words(c) is not None), None)
        name = self._words.words(column)
        if column is None or name is None:
            return None
        stated = cast("WherePrecision | None", self._words.one(place.precision))
        outer = [(c, words) for c in place.within if c != column and (words := self._words.words(c)) is not None]
        point = self._words.point()
        found = row_places.resolve(name, [words for _, words in outer], point, stated, self._lexicon.gazetteer)
        columns = [column, *(c for c, _ in outer)]
        columns += [c for c in (place.longitude, place.latitude) if c is not None and point is not None]
        if place.precision is not None and place.precision.column is not None and stated is not None:
            columns.append(place.precision.column)
        self._note("where", found.rule, columns)
        if found.place is None:
            return Where(name, None, precision=stated or "unknown", candidates=found.candidates)
        own = found.place.precision
        return Where(name, found.place.id, (found.place.id,), row_places.coarser(own, stated or own))

    def _responsible(self) -> HeldResponsible | None:
        party, columns = row_parties.responsible(self._words, self._mapping, self._lexicon.parties)
        if not columns:
            return None
        self._note("party", "cell:party", columns)
        return party

    def _chain(self) -> tuple[SourceLink, ...]:
        document = self._document
        links = {"": SourceLink(document.publisher or document.title or document.file, "self")}
        columns = []
        for column in self._mapping.sources:
            for who in self._words.each(column.who):
                tidy = " ".join(who.split())[:_LONGEST_WHO].rstrip()
                key = tidy.casefold()
                if tidy and key != links[""].who.casefold() and key not in links:
                    links[key] = SourceLink(tidy, column.type or kind_of(tidy) or "anonymous")
                    columns.append(column.who.column)
        self._note("source", "cell:source", dict.fromkeys(columns))
        return tuple(links.values())

    def _arms(self) -> Weapon | None:
        value = self._mapping.weapon
        word = self._words.one(value)
        if value is None or word is None:
            return None
        raw = self._words.words(value.column) or word
        self._note("weapon", "cell:weapon", [value.column])
        if word in WEAPON_CLASSES:
            return Weapon(raw, cast(WeaponClass, word))
        munition = munitions.get(word)
        return Weapon(raw, "other") if munition is None else Weapon(raw, munition.class_, munition.id)


PLUGINS: list[Extractor] = [TableRows()]
