"""Third step: clusters by average link under hard constraints. Never a chain: every two members must be able to hold.

A cluster grows only where nothing bars any pair of its members; what people ruled binds before any weight.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from muniment.linker.compare import RARE, Comparison, compare
from muniment.linker.event import Event, join
from muniment.linker.places import Places
from muniment.linker.weights import CANDIDATE, TOGETHER

CASUALTIES = frozenset({"killed", "injured", "casualties"})

SPOTS = frozenset({"same_place", "place_within_place", "places_shared_in_part", "same_place_name_unresolved"})
"""Where nothing distinctive agrees, one of these must: a day and a weapon alone are not an event."""

SAMPLED = 24
"""Of a cluster larger than this, the first by id stand for it when an average is taken."""


@dataclass(slots=True)
class Clustered:
    """The clusters, what brought each together, and the grey band.

    Attributes:
        clusters: positions of events, each sorted.
        why: position of a cluster to sentences.
        candidates: (cluster, cluster) to the comparison that made them a question.
    """

    clusters: list[list[int]] = field(default_factory=list)
    why: dict[int, list[tuple[str, str, Comparison]]] = field(default_factory=dict)
    candidates: dict[tuple[int, int], Comparison] = field(default_factory=dict)


class Clustering:
    """Grows clusters from single events."""

    def __init__(
        self,
        events: Sequence[Event],
        places: Places,
        together: Iterable[tuple[int, int]],
        apart: Iterable[tuple[int, int]],
    ) -> None:
        self._events = events
        self._places = places
        self._home = list(range(len(events)))
        self._members: dict[int, list[int]] = {n: [n] for n in range(len(events))}
        self._joint: dict[int, Event] = dict(enumerate(events))
        self._foes: dict[int, set[int]] = {}
        self._cache: dict[tuple[int, int], Comparison] = {}
        self._steps: list[tuple[int, int, Comparison]] = []
        for a, b in apart:
            self._foes.setdefault(a, set()).add(b)
            self._foes.setdefault(b, set()).add(a)
        for a, b in sorted(together):
            x, y = self._home[a], self._home[b]
            if x != y and not self._ruled_apart(x, y):
                self._merge(x, y)

    def run(self, pairs: Iterable[tuple[int, int]]) -> Clustered:
        """Cluster along the compared pairs, strongest first; ties by position, which is the order of ids."""
        grey: list[tuple[int, int, Comparison]] = []
        heap: list[tuple[float, int, int]] = []
        for a, b in pairs:
            found = self.comparison(a, b)
            if found.barred is not None:
                continue
            if found.score >= TOGETHER and self._may_merge(a, b, found):
                heapq.heappush(heap, (-found.score, a, b))
            elif found.score >= CANDIDATE or self._day_and_place(a, b, found):
                grey.append((a, b, found))
        while heap:
            _, a, b = heapq.heappop(heap)
            x, y = self._home[a], self._home[b]
            if x == y:
                continue
            if self._average(x, y) >= TOGETHER and not self._ruled_apart(x, y) and not self._barred(x, y):
                self._steps.append((a, b, self.comparison(a, b)))
                self._merge(x, y)
            else:
                grey.append((a, b, self.comparison(a, b)))
        return self._result(grey)

    def comparison(self, a: int, b: int) -> Comparison:
        """The comparison of two events, made once."""
        key = (a, b) if a < b else (b, a)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = compare(self._events[key[0]], self._events[key[1]], self._places)
        return found

    def _day_and_place(self, a: int, b: int, found: Comparison) -> bool:
        """The same day and town, whatever else differs, is a question for a person, if the harm can be the same."""
        marks = set(found.marks)
        one, other = self._events[a], self._events[b]
        if not marks & {"same_day", "overlapping_days"} or not marks & {"same_place", "places_shared_in_part"}:
            return False
        if one.documents & other.documents or "different_hour" in marks:
            return False
        return bool(one.harms & other.harms) or bool(CASUALTIES & one.harms and CASUALTIES & other.harms)

    def _may_merge(self, a: int, b: int, found: Comparison) -> bool:
        """A day known on both sides, or something distinctive; in one document, something distinctive always."""
        one, other = self._events[a], self._events[b]
        if one.aggregate != other.aggregate or (one.documents & other.documents and not found.specific):
            return False
        if found.specific:
            return not one.several or not other.several or "same_day" in found.marks or "same_words" in found.marks
        if one.aggregate:
            return (one.low, one.high, one.places) == (other.low, other.high, other.places) and bool(one.places)
        if {"different_weapon_class", "different_hour", "said_to_be_another"} & set(found.marks):
            return False
        spots = SPOTS if one.family == "attack" else SPOTS | {"same_wide_place"}
        if not spots & set(found.marks) and one.family not in RARE:
            return False
        if one.first_day is not None and one.first_day == other.first_day:
            return True
        return bool({"same_day", "overlapping_days"} & set(found.marks))

    def _ruled_apart(self, x: int, y: int) -> bool:
        members = set(self._members[y])
        return any(self._foes.get(member, set()) & members for member in self._members[x] if member in self._foes)

    def _barred(self, x: int, y: int) -> bool:
        if len(self._members[x]) * len(self._members[y]) <= SAMPLED * SAMPLED:
            return any(self.comparison(a, b).barred is not None for a in self._members[x] for b in self._members[y])
        return compare(self._joint[x], self._joint[y], self._places).barred is not None

    def _average(self, x: int, y: int) -> float:
        scores = [self.comparison(a, b).score for a in self._members[x][:SAMPLED] for b in self._members[y][:SAMPLED]]
        return sum(scores) / len(scores)

    def _merge(self, x: int, y: int) -> None:
        keep, gone = (x, y) if x < y else (y, x)
        self._members[keep] = sorted(self._members[keep] + self._members.pop(gone))
        for member in self._members[keep]:
            self._home[member] = keep
        self._joint[keep] = join([self._joint[keep], self._joint.pop(gone)])

    def _result(self, grey: Iterable[tuple[int, int, Comparison]]) -> Clustered:
        order = sorted(self._members)
        number = {root: n for n, root in enumerate(order)}
        out = Clustered([self._members[root] for root in order])
        for a, b, found in self._steps:
            cluster = number[self._home[a]]
            out.why.setdefault(cluster, []).append((self._events[a].id, self._events[b].id, found))
        for a, b, found in grey:
            x, y = sorted((self._home[a], self._home[b]))
            if x == y or self._ruled_apart(x, y):
                continue
            grown = len(self._members[x]) > 1 or len(self._members[y]) > 1
            if grown and compare(self._joint[x], self._joint[y], self._places).barred is not None:
                continue
            key = (number[x], number[y])
            known = out.candidates.get(key)
            if known is None or (-found.score, found.marks) < (-known.score, known.marks):
                out.candidates[key] = found
        return out


def strongest(candidates: Mapping[tuple[int, int], Comparison], most: int) -> dict[tuple[int, int], Comparison]:
    """At most so many candidates for each cluster, so that a person is asked what matters: those of one day and spot
    first, then the strongest."""

    def weight(item: tuple[tuple[int, int], Comparison]) -> tuple[bool, float, tuple[int, int]]:
        marks = set(item[1].marks)
        spot = bool(marks & SPOTS) and bool(marks & {"same_day", "overlapping_days"})
        return (not spot, -item[1].score, item[0])

    asked: dict[int, int] = {}
    out: dict[tuple[int, int], Comparison] = {}
    for key, found in sorted(candidates.items(), key=weight):
        if asked.get(key[0], 0) < most and asked.get(key[1], 0) < most:
            out[key] = found
            for side in key:
                asked[side] = asked.get(side, 0) + 1
    return out
