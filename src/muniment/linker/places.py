"""How two places stand to each other, through every merged id and containment the gazetteer knows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from muniment.linker.names import place_words
from muniment.reference.gazetteer import Gazetteer

Standing = Literal["same", "within", "near", "wide", "apart", "unknown"]

NEAR_KM = 6.0
"""Two points this close may be one spot under two names."""

APART_KM = 25.0
"""Fine places farther apart than this cannot be one spot."""

CELL_DEGREES = 0.15
"""Side of a square of the grid, in degrees: some 16 km of latitude."""

FINE = frozenset({"exact", "vicinity", "locality"})
"""Precisions that fix a spot well enough to tell two events apart."""


WIDE = frozenset({"region", "country", "unknown"})
"""Precisions so coarse that they bring no two events together."""


class Places:
    """The gazetteer as linking sees it; answers are kept, since blocks ask for the same pairs again."""

    def __init__(self, gazetteer: Gazetteer, merged: Mapping[str, str]) -> None:
        self._gazetteer = gazetteer
        self._merged = merged
        self._chains: dict[str, tuple[str, ...]] = {}
        self._precision: dict[str, str] = {}
        self._cells: dict[str, tuple[str, ...]] = {}
        self._standing: dict[tuple[str, str], Standing] = {}

    def canon(self, place: str) -> str:
        """The id that stands for the place after every merge."""
        seen = {place}
        while (onward := self._merged.get(place)) is not None and onward not in seen:
            seen.add(onward)
            place = onward
        return place

    def chain(self, place: str) -> tuple[str, ...]:
        """The place and what contains it, smallest first, in canonical ids."""
        found = self._chains.get(place)
        if found is None:
            found = tuple(dict.fromkeys([self.canon(place), *map(self.canon, self._gazetteer.within(place))]))
            self._chains[place] = found
        return found

    def precision(self, place: str) -> str:
        """How finely the place fixes a spot."""
        found = self._precision.get(place)
        if found is None:
            known = self._gazetteer.get(place)
            found = known.precision if known is not None else "unknown"
            self._precision[place] = found
        return found

    def name(self, place: str | None, written: Iterable[str] = ()) -> str | None:
        """What to call a place: the name the case prefers, else the one its sources use most, else the gazetteer's.

        Args:
            place: its id.
            written: the words of the claims that place something there.
        """
        known = self._gazetteer.get(place) if place is not None else None
        if known is None:
            return None
        if known.names[0].preferred_by != "case":
            called = Counter(place_words(raw) for raw in written)
            used = [name for name in known.names if called[place_words(name.name)]]
            if used:
                return min(used, key=lambda name: (-called[place_words(name.name)], known.names.index(name))).name
        return known.name

    def cells(self, place: str) -> tuple[str, ...]:
        """The squares of a coarse grid that a narrow place lies in or next to: two places close by share one."""
        found = self._cells.get(place)
        if found is None:
            known = self._gazetteer.get(place)
            if known is None or known.lon is None or known.lat is None or not self._is_narrow(place):
                found = ()
            else:
                x, y = round(known.lon / CELL_DEGREES), round(known.lat / CELL_DEGREES)
                west, south = math.floor(known.lon / CELL_DEGREES), math.floor(known.lat / CELL_DEGREES)
                found = tuple(sorted({f"{n}/{m}" for n in {x, west} for m in {y, south}}))
            self._cells[place] = found
        return found

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it, as far as is known."""
        return outer in self.chain(inner) or self._gazetteer.contains(outer, inner)

    def standing(self, a: str, b: str) -> Standing:
        """same, within (a settlement in its district), near, wide (only a region is shared), apart, or unknown."""
        if a == b:
            return "same" if self._is_narrow(a) else "wide"
        key = (a, b) if a < b else (b, a)
        found = self._standing.get(key)
        if found is None:
            found = self._standing[key] = self._stand(*key)
        return found

    def _is_narrow(self, place: str) -> bool:
        return self.precision(place) in FINE or self.precision(place) == "district"

    def _stand(self, a: str, b: str) -> Standing:
        for outer, inner in ((a, b), (b, a)):
            if self.contains(outer, inner):
                return "within" if self._is_narrow(outer) else "wide"
        fine = self.precision(a) in FINE and self.precision(b) in FINE
        distance = self._gazetteer.distance_km(a, b)
        if distance is None:
            return "apart" if fine else "unknown"
        if fine:
            return "near" if distance <= NEAR_KM else "apart"
        narrow = self._is_narrow(a) and self._is_narrow(b)
        return "apart" if distance > (4 * APART_KM if narrow else 40 * APART_KM) else "unknown"
