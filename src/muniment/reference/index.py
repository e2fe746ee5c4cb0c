"""The gazetteer of a case: every place it was given, found by name, in a text, by what contains it and how far it is.

A name leads to all places that bear it; choosing among several is never done here. Rows of several gazetteers that
describe one place are one place, and every id it came under still leads to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from muniment.model import Place
from muniment.reference import outlines, parties, sources
from muniment.reference import places as shipped_places
from muniment.reference.rows import unique
from muniment.reference.same_place import joined, km_between
from muniment.reference.words import Phrases

_TWO = 2
"""A name this short is looked for in a text only where it is a state's English one, as in "US"."""


class PlaceIndex:
    """Places by id, by name and by where they lie. Nothing is worked out before it is asked for."""

    def __init__(self, places: Iterable[Place], digest: str | None = None) -> None:
        """Take in the places; of two rows with one id the later rules.

        Args:
            places: rows of any gazetteers.
            digest: SHA-256 over all of them, where the caller has one already.
        """
        self._rows = {place.id: place for place in places}
        self._digest = digest
        self._within: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels as its rows: a worker builds its own lookups when it needs them."""
        return (PlaceIndex, (tuple(self._rows.values()), self._digest))

    @property
    def digest(self) -> str:
        """SHA-256 over all it knows."""
        if self._digest is None:
            rows = [self._rows[id_] for id_ in sorted(self._rows)]
            self._digest = hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
        return self._digest

    def get(self, place: str) -> Place | None:
        """The place with this id, under whichever of its gazetteers' ids it is asked for."""
        return self._places.get(self._heads.get(place, place))

    def find(self, name: str) -> Sequence[Place]:
        """All places that go by exactly this name, up to case, diacritics and punctuation; [] where unknown."""
        return self._resolved(self._phrases.get(name))

    def scan(self, text: str) -> Iterator[tuple[int, int, Sequence[Place]]]:
        """Longest known names standing in a text as whole words: (start, end, places), left to right.

        Linear in the length of the text. A name in a script with capitals is found only where it begins with one; a
        possessive 's, an Arabic article or "and" written together with the name are no part of the span.
        """
        for start, end, ids in self._phrases.scan(text):
            yield start, end, self._resolved(ids)

    def within(self, place: str) -> Sequence[str]:
        """Ids of the places that contain this one, smallest first; a contested area before the country."""
        head = self._heads.get(place, place)
        found = self._within.get(head)
        if found is None:
            found = self._within[head] = self._containers(head)
        return found

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it, as far as the gazetteer knows."""
        outer, inner = self._heads.get(outer, outer), self._heads.get(inner, inner)
        return outer == inner or outer in self.within(inner)

    def distance_km(self, a: str, b: str) -> float | None:
        """Great-circle distance in kilometres, None where either has no point."""
        here, there = self.get(a), self.get(b)
        return km_between(here, there) if here is not None and there is not None else None

    @cached_property
    def _phrases(self) -> Phrases[str]:
        phrases: Phrases[str] = Phrases()
        people = _peoples()
        for place in self._rows.values():
            is_state = place.kind == "country"
            for known in place.names:
                if is_state and known.name in people:
                    continue
                long_enough = len(known.name) > _TWO or (known.language == "en" and place.id.startswith("iso:"))
                phrases.add(known.name, place.id, in_text=long_enough)
        for word, first_only in _shy_words():
            phrases.hide(word, first_only=first_only)
        return phrases

    @cached_property
    def _heads(self) -> dict[str, str]:
        """The id that stands for each row joined with another."""
        shared = ((name, [self._rows[id_] for id_ in ids]) for name, ids in self._phrases.shared())
        return joined(shared)

    @cached_property
    def _behind(self) -> dict[str, tuple[Place, ...]]:
        """The rows of each place that several describe, the one that stands for it first."""
        out: dict[str, list[Place]] = {}
        for id_, head in self._heads.items():
            out.setdefault(head, [self._rows[head]]).append(self._rows[id_])
        return {head: (rows[0], *sorted(rows[1:], key=lambda row: row.id)) for head, rows in out.items()}

    @cached_property
    def _places(self) -> dict[str, Place]:
        """One place an id that stands for itself, with all names of the rows it stands for."""
        places = {id_: place for id_, place in self._rows.items() if id_ not in self._heads}
        places.update((head, _one(rows)) for head, rows in self._behind.items())
        return places

    def _resolved(self, ids: Sequence[str]) -> tuple[Place, ...]:
        heads = dict.fromkeys(self._heads.get(id_, id_) for id_ in ids)
        return tuple(self._places[id_] for id_ in heads)

    def _containers(self, head: str) -> tuple[str, ...]:
        place = self._places.get(head)
        if place is None:
            return ()
        found: dict[str, None] = {}
        queue = [head]
        for id_ in queue:
            for row in self._behind.get(id_, (self._rows[id_],)):
                above = self._heads.get(row.within, row.within) if row.within is not None else None
                if above is not None and above != head and above not in found and above in self._places:
                    found[above] = None
                    queue.append(above)
        found |= dict.fromkeys(area for area in self._contested(place) if area != head)
        if place.country is not None and place.kind != "contested":
            country = self._heads.get(f"iso:{place.country}", f"iso:{place.country}")
            if country in self._places and country != head:
                found[country] = None
        return tuple(sorted(found, key=lambda id_: _COARSE.get(self._places[id_].kind, 0)))

    def _contested(self, place: Place) -> Iterator[str]:
        """The contested areas that hold a settlement's point. An area is not put into another by its point alone."""
        if place.lon is None or place.lat is None or place.kind not in _POINTS:
            return
        for area in outlines.shipped():
            if area.id in self._rows and area.holds(place.lon, place.lat):
                yield self._heads.get(area.id, area.id)


_POINTS = frozenset({"locality", "quarter", "site", "feature"})
_COARSE = {"locality": 1, "district": 2, "region": 3, "contested": 4, "country": 5}


def _one(rows: Sequence[Place]) -> Place:
    """One place from its rows: the first row's id and kind, every name, a name the case prefers in front."""
    head = rows[0]
    names = unique(known for row in rows for known in row.names)
    point = next((row for row in rows if row.lon is not None and row.lat is not None), head)
    return replace(
        head,
        names=tuple(sorted(names, key=lambda known: known.preferred_by != "case")),
        lon=point.lon,
        lat=point.lat,
        within=next((row.within for row in rows if row.within is not None), None),
        population=next((row.population for row in rows if row.population is not None), None),
        country=next((row.country for row in rows if row.country is not None), None),
    )


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    """Adjectives and demonyms, which some gazetteers list as names of the state: a people is not a place."""
    own = {known.name for place in shipped_places.shipped() if place.kind == "country" for known in place.names[:1]}
    return frozenset(
        word for words in parties.words_for().values() for word in (*words.adjectives, *words.demonyms)
    ) - own.union(_SAME_FOR_BOTH)


_SAME_FOR_BOTH = frozenset({"US", "U.S.", "Netherlands", "Myanmar"})


@lru_cache(maxsize=1)
def _shy_words() -> tuple[tuple[str, bool], ...]:
    """Names that are ordinary words too: (word, whether it is hidden only where it begins a sentence)."""
    return tuple(
        (word, row["when"] == "start") for row in sources.table("shy_words.tsv") for word in row["words"].split()
    )
