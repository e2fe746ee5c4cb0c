"""Names to places: resolved only where the text itself picks one candidate; else left open with its candidates.

What speaks for a candidate, in this order: the kind of place the words name ("the village of"), the place that contains
it named beside it, the countries and contested areas the document speaks of, nearness to what is already certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from muniment.extractors.mentions import PlaceMention
from muniment.extractors.view import View
from muniment.model import Place
from muniment.plugins import Lexicon

_SETTLED_KINDS = frozenset(("country", "contested"))
_NEAR_KM = 150.0
_CLEARLY_NEARER = 3.0
_FAR_KM = 600.0
_LARGE = 200_000
_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means here: a place, or none with the ids a person may choose from; and the rule that decided."""

    place: Place | None
    candidates: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What the words around a name say of it: kinds of place it may be, ids of places named as containing it."""

    kinds: frozenset[str] = frozenset()
    within: tuple[str, ...] = ()


class Atlas:
    """The places one document names, and what they say about each other."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.gazetteer = lexicon.gazetteer
        self._parties = {party.id for party in lexicon.parties}
        self._resolved: dict[tuple[int, Hints], Resolution] = {}

    @cached_property
    def mentions(self) -> list[PlaceMention]:
        """Every known name of the document, left to right."""
        view = self.view
        offset = view.start
        return [
            PlaceMention(start + offset, end + offset, view.text[start + offset : end + offset], places)
            for start, end, places in self.gazetteer.scan(view.clean[view.start : view.end])
        ]

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the document names each country or contested area (ids), itself or by a town that can be no other."""
        found: Counter[str] = Counter()
        for mention in self.mentions:
            certain = [place for place in mention.places if place.kind in _SETTLED_KINDS]
            if len(certain) == 1:
                found[certain[0].id] += 1
                if certain[0].kind == "contested":
                    found.update(self.gazetteer.within(certain[0].id))
        return found

    @cached_property
    def anchors(self) -> list[Place]:
        """Towns and regions that need no deciding: known once only, in a country the document names."""
        found: dict[str, Place] = {}
        for mention in self.mentions:
            if len(mention.places) == 1:
                place = mention.places[0]
                if place.kind not in _SETTLED_KINDS and self._fits(place):
                    found.setdefault(place.id, place)
        return list(found.values())

    def named_in(self, start: int, end: int) -> list[PlaceMention]:
        """Known names that stand in `[start, end)`."""
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]

    def resolve(self, mention: PlaceMention, hints: Hints) -> Resolution:
        """The one place a name means here, if the text picks it."""
        key = (mention.start, hints)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(mention.places, hints)
        return found

    def _resolve(self, places: Sequence[Place], hints: Hints) -> Resolution:
        ids = tuple(place.id for place in places[:_MOST_CANDIDATES])
        left = list(places)
        rule = "place:only candidate"
        if hints.kinds:
            of_kind = [place for place in left if place.kind in hints.kinds]
            if of_kind:
                left, rule = of_kind, "place:kind named"
            elif all(place.kind in _SETTLED_KINDS for place in left):
                return Resolution(None, ids, "place:no candidate of the kind named")
        sure = False
        if hints.within:
            inside = [place for place in left if any(self._lies_in(place, outer) for outer in hints.within)]
            if inside:
                left, rule, sure = inside, "place:container named", True
        settled = [place for place in left if place.kind in _SETTLED_KINDS]
        if (
            len(settled) == 1
            and (not hints.kinds or settled[0].kind in hints.kinds or "region" in hints.kinds)
            and not sure
        ):
            return Resolution(settled[0], ids, "place:country or contested area")
        if not sure:
            left = self._in_context(left)
            if not left:
                return Resolution(None, ids, "place:no candidate where the document speaks of")
            if len(left) < len(places):
                rule = "place:countries of the document"
        if len(left) == 1:
            return Resolution(left[0], ids, rule)
        chosen = self._one_place(left)
        if chosen is not None:
            return Resolution(chosen, ids, rule)
        nearest = self._nearest(left)
        if nearest is not None:
            return Resolution(nearest, ids, "place:nearest to the other places")
        return Resolution(None, ids, "place:several candidates")

    def _in_context(self, places: list[Place]) -> list[Place]:
        if self.countries:
            fitting = [place for place in places if self._fits(place)]
            if fitting:
                return fitting
            # A large city may be named in passing; a hamlet abroad that shares the name is not meant.
            large = [place for place in places if (place.population or 0) >= 5 * _LARGE]
            return large if len(large) == 1 else []
        large = [place for place in places if (place.population or 0) >= _LARGE or place.kind != "locality"]
        if len(places) == 1:
            return places if large else []
        return large if len(large) == 1 else places

    def _fits(self, place: Place) -> bool:
        """Whether a place lies in a country or contested area the document names."""
        if place.id in self.countries or (place.country is not None and f"iso:{place.country}" in self.countries):
            return True
        return any(outer in self.countries for outer in self.gazetteer.within(place.id))

    def _lies_in(self, place: Place, outer: str) -> bool:
        if place.id == outer:
            return False
        if self.gazetteer.contains(outer, place.id):
            return True
        area = self.gazetteer.get(outer)
        if area is not None and area.kind == "contested":
            distance = self.gazetteer.distance_km(outer, place.id)
            return distance is not None and distance < 110 and self._fits(place)
        return False

    def _one_place(self, places: list[Place]) -> Place | None:
        """The narrowest of places that contain one another, as a town and the district it gives its name."""
        towns = [place for place in places if place.kind in ("locality", "quarter", "site")]
        for place in towns or places:
            if all(
                other is place or self.gazetteer.contains(other.id, place.id) or self._beside(place, other)
                for other in places
            ):
                return place
        return None

    def _beside(self, a: Place, b: Place) -> bool:
        """Whether two entries stand for a town and its own district: of different kinds, within a short way."""
        distance = self.gazetteer.distance_km(a.id, b.id)
        return a.kind != b.kind and distance is not None and distance < 35

    def _nearest(self, places: list[Place]) -> Place | None:
        if not self.anchors:
            return None
        ranked: list[tuple[float, Place]] = []
        for place in places:
            distances = sorted(
                distance
                for anchor in self.anchors[:40]
                if anchor.id != place.id and (distance := self.gazetteer.distance_km(place.id, anchor.id)) is not None
            )
            if distances:
                ranked.append((distances[0], place))
        if len(ranked) < len(places) or not ranked:
            return None
        ranked.sort(key=lambda pair: pair[0])
        if ranked[0][0] > _NEAR_KM:
            return None
        best = ranked[0][1]
        others = [(km, place) for km, place in ranked[1:] if not self._same(best, place)]
        if others and others[0][0] < max(_CLEARLY_NEARER * ranked[0][0], 40.0):
            return None
        return best

    def _same(self, a: Place, b: Place) -> bool:
        return self.gazetteer.contains(a.id, b.id) or self.gazetteer.contains(b.id, a.id) or self._beside(a, b)
