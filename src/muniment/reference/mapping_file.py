"""Mapping files: TOML to a TableMapping, each thing that cannot be used named with its place in the file.

The format is docs/how-to/tables.md; the mappings that ship stand in data/mappings/.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Any, get_args

from muniment.errors import BadInput
from muniment.model.vocabulary import (
    CERTAINTIES,
    CLAIM_KINDS,
    DOCUMENT_KINDS,
    HARMS,
    LEVELS,
    SOURCE_TYPES,
    UNITS,
    WEAPON_CLASSES,
    VictimStatus,
    WherePrecision,
)
from muniment.reference.table_mapping import (
    DATE_PRECISIONS,
    MISSING,
    Condition,
    DateColumns,
    DocumentColumns,
    EventColumns,
    HarmColumns,
    PartyColumn,
    PlaceColumns,
    SourceColumn,
    TableMapping,
    Value,
    folded,
)

NAME = "mapping.toml"
"""A mapping is a file of this name, or one that ends in `.mapping.toml`."""

_MOST_BYTES = 1 << 20
_KEYS = frozenset((
    "name", "missing", "answers", "level", "fits", "document", "date", "place", "harm", "event", "responsible",
    "parties", "source", "weapon",
))  # fmt: skip


def is_mapping(name: str) -> bool:
    """Whether a file's name says that it is a mapping."""
    own = posixpath.basename(name).lower()
    return own == NAME or own.endswith(f".{NAME}")


@lru_cache(maxsize=1)
def shipped() -> tuple[TableMapping, ...]:
    """The mappings that ship, ordered by name."""
    folder = resources.files(__name__.rpartition(".")[0]).joinpath("data", "mappings")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse(f.read_bytes(), f.name) for f in files)


@lru_cache(maxsize=64)
def parse(data: bytes, file: str) -> TableMapping:
    """The mapping a file's bytes hold.

    Args:
        data: TOML in UTF-8.
        file: the file's name, for errors.

    Raises:
        BadInput: with the place in the file and what may stand there.
    """
    if len(data) > _MOST_BYTES:
        raise BadInput(f"{file} is longer than 1 MiB, which no mapping is.")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{file} is not TOML in UTF-8: {error}.") from None
    return _File(file).mapping(table, hashlib.sha256(data).hexdigest())


class _File:
    """One mapping file while it is read, so that an error can name it."""

    def __init__(self, file: str) -> None:
        self._file = file

    def mapping(self, table: Mapping[str, Any], digest: str) -> TableMapping:
        self._known(table, "the file", _KEYS)
        fits = self._table(table, "fits", ("columns", "files"))
        made = TableMapping(
            name=self._text(table, "name", "the file") or self._file.removesuffix(f".{NAME}"),
            columns=(),
            digest=digest,
            files=tuple(pattern.casefold() for pattern in self._texts(fits, "files", "fits")),
            missing=tuple(map(folded, self._texts(table, "missing", "the file"))) if "missing" in table else MISSING,
            answers=tuple(map(folded, self._texts(table, "answers", "the file"))),
            document=self._document(table),
            date=self._date(table),
            place=self._place(table),
            harms=tuple(self._harm(entry) for entry in self._tables(table, "harm")),
            event=self._event(table),
            responsible=tuple(self._responsible(entry) for entry in self._tables(table, "responsible")),
            parties={folded(name): str(id_) for name, id_ in self._table(table, "parties", None).items()},
            sources=tuple(self._source(entry) for entry in self._tables(table, "source")),
            weapon=self._value(table, "weapon", "the file", WEAPON_CLASSES, free=True),
            level=self._value(table, "level", "the file", LEVELS) or Value(constant="reported"),
        )
        named = made.named()
        for column in made.answers:
            if column in named:
                raise self._wrong("answers", f"the column {column} is an answer and must not be read elsewhere")
        if not made.harms and "event" not in table:
            raise self._wrong("the file", "has neither [[harm]] nor [event], so that its rows would tell nothing")
        stated = tuple(map(folded, self._texts(fits, "columns", "fits")))
        return replace(made, columns=stated or named)

    # --- sections ----------------------------------------------------------------------------------------------------
    def _document(self, table: Mapping[str, Any]) -> DocumentColumns:
        section = self._table(table, "document", tuple(DocumentColumns.__slots__))
        found = {
            key: self._value(section, key, "document", DOCUMENT_KINDS if key == "kind" else None, part=key)
            for key in DocumentColumns.__slots__
        }
        return DocumentColumns(**found)

    def _date(self, table: Mapping[str, Any]) -> DateColumns | None:
        if "date" not in table:
            return None
        section = self._table(table, "date", tuple(DateColumns.__slots__))
        start = self._column(section, "start", "date")
        if start is None:
            raise self._wrong("date", "names no column as `start`")
        formats = self._texts(section, "formats", "date")
        for each in formats:
            try:
                written = dt.datetime(2031, 12, 30, 23, 45).strftime(each)
                if dt.datetime.strptime(written, each).date() != dt.date(2031, 12, 30):
                    raise ValueError
            except ValueError:
                raise self._wrong("date.formats", f"{each!r} tells no day; write e.g. %d/%m/%Y") from None
        return DateColumns(
            start=start,
            end=self._column(section, "end", "date"),
            time=self._column(section, "time", "date"),
            precision=self._value(section, "precision", "date", frozenset(DATE_PRECISIONS)),
            formats=tuple(formats),
        )

    def _place(self, table: Mapping[str, Any]) -> PlaceColumns | None:
        if "place" not in table:
            return None
        section = self._table(table, "place", tuple(PlaceColumns.__slots__))
        names = tuple(map(folded, self._texts(section, "names", "place")))
        if not names:
            raise self._wrong("place", "names no column in `names`; coordinates alone name no place")
        latitude, longitude = (self._column(section, key, "place") for key in ("latitude", "longitude"))
        if (latitude is None) != (longitude is None):
            raise self._wrong("place", "has one of `latitude` and `longitude` without the other")
        return PlaceColumns(
            names=names,
            within=tuple(map(folded, self._texts(section, "within", "place"))),
            latitude=latitude,
            longitude=longitude,
            precision=self._value(section, "precision", "place", frozenset(get_args(WherePrecision))),
        )

    def _harm(self, entry: Mapping[str, Any]) -> HarmColumns:
        self._known(entry, "harm", frozenset(("harm", "best", "low", "high", "status", "groups", "unit", "zero")))
        harm = self._one_of(entry, "harm", "harm", HARMS)
        if harm is None:
            raise self._wrong("harm", "has a [[harm]] that does not say which harm it counts")
        columns = {key: self._column(entry, key, "harm") for key in ("best", "low", "high")}
        if not any(columns.values()):
            raise self._wrong("harm", f"names no column (best, low, high) that counts the {harm}")
        groups = entry.get("groups", [])
        if not isinstance(groups, list):
            raise self._wrong("harm.groups", 'is not a list, e.g. ["children"]')
        made: dict[str, Any] = {
            "harm": harm,
            **columns,
            "status": self._one_of(entry, "status", "harm", frozenset(get_args(VictimStatus))) or "unknown",
            "groups": tuple(v for g in groups if (v := self._value({"groups": g}, "groups", "harm", None))),
            "unit": self._one_of(entry, "unit", "harm", UNITS) or "people",
            "zero_is_stated": self._one_of(entry, "zero", "harm", frozenset(("stated", "silent"))) == "stated",
        }
        return HarmColumns(**made)

    def _event(self, table: Mapping[str, Any]) -> EventColumns:
        section = self._table(table, "event", tuple(EventColumns.__slots__))
        kind: Any = self._one_of(section, "kind", "event", CLAIM_KINDS) or "incident"
        return EventColumns(
            kind=kind,
            kinds=self._value(section, "kinds", "event", CLAIM_KINDS),
            words=tuple(map(folded, self._texts(section, "words", "event"))),
        )

    def _responsible(self, entry: Mapping[str, Any]) -> PartyColumn:
        self._known(entry, "responsible", frozenset(("column", "certainty", "when")))
        column = self._column(entry, "column", "responsible")
        if column is None:
            raise self._wrong("responsible", "names no column")
        certainty: Any = self._one_of(entry, "certainty", "responsible", CERTAINTIES) or "reported"
        when = self._table(entry, "when", None)
        conditions = tuple(
            Condition(folded(key), tuple(map(folded, self._texts(when, key, "responsible.when")))) for key in when
        )
        return PartyColumn(column, certainty, conditions)

    def _source(self, entry: Mapping[str, Any]) -> SourceColumn:
        self._known(entry, "source", frozenset(("column", "split", "take", "template", "part", "values", "type")))
        type_: Any = self._one_of(entry, "type", "source", SOURCE_TYPES)
        who = self._value({"source": {k: v for k, v in entry.items() if k != "type"}}, "source", "source", None)
        if who is None or who.column is None:
            raise self._wrong("source", "names no column")
        return SourceColumn(who, type_)

    # --- parts -------------------------------------------------------------------------------------------------------
    def _value(
        self,
        table: Mapping[str, Any],
        key: str,
        where: str,
        allowed: Iterable[str] | None,
        *,
        part: str | None = None,
        free: bool = False,
    ) -> Value | None:
        """A constant, or a table that names a column; every word it may stand for is checked here.

        Without `values` the column must hold the allowed words themselves, unless it is `free`.
        """
        given = table.get(key)
        if given is None:
            return None
        where = key if where == key or where == "the file" else f"{where}.{key}"
        if isinstance(given, str):
            self._allowed(given, where, allowed)
            return Value(constant=given)
        if not isinstance(given, Mapping):
            raise self._wrong(where, 'is neither words nor {column = "…"}')
        self._known(given, where, frozenset(("column", "split", "take", "template", "part", "values")))
        column = self._column(given, "column", where)
        if column is None:
            raise self._wrong(where, "names no column")
        values = given.get("values", {})
        if not isinstance(values, Mapping) or not all(isinstance(v, str) for v in values.values()):
            raise self._wrong(f"{where}.values", 'is not a table of words, e.g. {"1" = "day"}')
        for stands_for in values.values():
            self._allowed(stands_for, f"{where}.values", allowed)
        if not values and allowed is not None and not free:
            values = {word: word for word in allowed}
        take: Any = self._one_of(given, "take", where, frozenset(("first", "last", "each"))) or "first"
        template = self._text(given, "template", where)
        part = self._text(given, "part", where) or part
        if template is not None and f"{{{part}}}" not in template:
            raise self._wrong(f"{where}.template", f"has no part {{{part}}}")
        return Value(
            column=column,
            split=self._text(given, "split", where),
            take=take,
            template=template,
            part=part,
            values={folded(code): stands_for for code, stands_for in values.items()},
        )

    def _allowed(self, word: str, where: str, allowed: Iterable[str] | None) -> None:
        if allowed is not None and word not in set(allowed):
            raise self._wrong(where, f"is {word!r}; use one of {', '.join(sorted(allowed))}")

    def _one_of(self, table: Mapping[str, Any], key: str, where: str, allowed: frozenset[str]) -> str | None:
        word = self._text(table, key, where)
        if word is not None:
            self._allowed(word, f"{where}.{key}", allowed)
        return word

    def _column(self, table: Mapping[str, Any], key: str, where: str) -> str | None:
        words = self._text(table, key, where)
        return folded(words) if words is not None else None

    def _text(self, table: Mapping[str, Any], key: str, where: str) -> str | None:
        words = table.get(key)
        if words is not None and (not isinstance(words, str) or not words):
            raise self._wrong(f"{where}.{key}" if where != "the file" else key, "is not words in quotation marks")
        return words

    def _texts(self, table: Mapping[str, Any], key: str, where: str) -> list[str]:
        listed = table.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise self._wrong(f"{where}.{key}" if where != "the file" else key, 'is not a list of words, e.g. ["a"]')
        return list(listed)

    def _table(self, table: Mapping[str, Any], key: str, known: Sequence[str] | None) -> Mapping[str, Any]:
        section = table.get(key, {})
        if not isinstance(section, Mapping):
            raise self._wrong(key, f"is not a section; write [{key}]")
        if known is not None:
            self._known(section, key, frozenset(known))
        return section

    def _tables(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        listed = table.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
            raise self._wrong(key, f"is not a list of sections; write [[{key}]]")
        return list(listed)

    def _known(self, table: Mapping[str, Any], where: str, known: frozenset[str]) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(where, f"has {key!r}, which is not known; there may be {', '.join(sorted(known))}")

    def _wrong(self, where: str, what: str) -> BadInput:
        return BadInput(f"{self._file}: {where} {what}.")
