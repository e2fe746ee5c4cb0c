"""Third step: clusters by average link under hard constraints. Never a chain: every two members must be able to hold.

A cluster grows only where nothing bars any pair of its members; what people ruled binds before any weight.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from muniment.linker.compare import RARE, Comparison, compare
from muniment.linker.event import Event, join
from muniment.linker.places import Places
from muniment.linker.weights import A_DAY_APART, CANDIDATE, TOGETHER

CASUALTIES = frozenset({"killed", "injured", "casualties"})

SPOTS = frozenset(
    {
        "same_spot",
        "same_place",
        "same_district",
        "place_within_place",
        "places_shared_in_part",
        "same_place_name_unresolved",
    }
)
"""Where nothing distinctive agrees, one of these must: a day and a weapon alone are not an event."""

SAME_PLACE = frozenset({"same_spot", "same_place", "same_district", "places_shared_in_part"})

SAMPLED = 24
"""Of a cluster larger than this, the first by id stand for it when an average is taken."""

ROUNDING = 1e-9
"""Sums of weights in another order differ by less than this."""

Step = tuple[str, str, Comparison]
"""Two events that brought two clusters together, and their comparison."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Events that are one incident.

    Attributes:
        members: positions or numbers of its events, in the order of their ids.
        grown: the traits as they grew, step by step.
        joint: the traits of all of them taken as one.
        steps: what brought them together.
    """

    members: tuple[int, ...]
    grown: Event
    joint: Event
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class Clustered:
    """The clusters, what brought each together, and the grey band.

    Attributes:
        clusters: the events of each.
        joint: the traits of each.
        why: position of a cluster to its steps.
        candidates: (cluster, cluster) to the comparison that made them a question.
    """

    clusters: list[list[Event]] = field(default_factory=list)
    joint: list[Event] = field(default_factory=list)
    why: dict[int, tuple[Step, ...]] = field(default_factory=dict)
    candidates: dict[tuple[int, int], Comparison] = field(default_factory=dict)


def standing(one: Event, other: Event, found: Comparison) -> Literal["bridge", "grey", "none"]:
    """What a comparison makes of two events: a bridge may bring them together, grey is at most a question."""
    if found.barred is not None:
        slipped = found.a_day_apart and found.score >= A_DAY_APART and bool(SPOTS & set(found.marks))
        return "grey" if slipped else "none"
    if found.score >= TOGETHER and _may_merge(one, other, found):
        return "bridge"
    return "grey" if found.score >= CANDIDATE or _day_and_place(one, other, found) else "none"


class Clustering:
    """Grows clusters from the single events of one neighbourhood: whatever bridges lead to from one another.

    Args:
        events: by id.
        places: to compare places.
        together: positions of events that a person ruled are one.
        apart: positions of events that a person ruled are not one.
    """

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
        self._bridges: dict[int, dict[int, tuple[float, int, int]]] = {}
        self._sums: dict[tuple[int, int], float] = {}
        for a, b in apart:
            self._foes.setdefault(a, set()).add(b)
            self._foes.setdefault(b, set()).add(a)
        for a, b in sorted(together):
            x, y = self._home[a], self._home[b]
            if x != y and not self._ruled_apart(x, y):
                self._merge(x, y)

    def run(self, bridges: Mapping[tuple[int, int], Comparison]) -> list[Cluster]:
        """Cluster along the bridges, the two clusters that agree most on average first; ties by position, which is the
        order of ids.

        Args:
            bridges: pairs of positions, smaller first, to their comparison.
        """
        self._cache.update(bridges)
        for (a, b), found in bridges.items():
            self._bridge(self._home[a], self._home[b], (-found.score, a, b))
        heap: list[tuple[float, int, int, int, int]] = []
        for x, across in self._bridges.items():
            for y in across:
                if x < y:
                    self._offer(heap, x, y)
        heapq.heapify(heap)
        while heap:
            _, x, y, size, other = heapq.heappop(heap)
            if len(self._members.get(x, ())) == size and len(self._members.get(y, ())) == other:
                _, a, b = self._bridges[x][y]
                self._steps.append((a, b, self.comparison(a, b)))
                self._merge(x, y)
                for z in self._bridges.get(x, ()):
                    self._offer(heap, min(x, z), max(x, z))
        steps: dict[int, list[Step]] = {}
        for a, b, found in self._steps:
            steps.setdefault(self._home[a], []).append((self._events[a].id, self._events[b].id, found))
        return [
            Cluster(tuple(members), self._joint[root], self._joint[root], tuple(steps.get(root, ())))
            for root, members in sorted(self._members.items())
        ]

    def _bridge(self, x: int, y: int, by: tuple[float, int, int]) -> None:
        """Note the strongest pair of two clusters' members that may bring them together."""
        if x == y:
            return
        for one, other in ((x, y), (y, x)):
            across = self._bridges.setdefault(one, {})
            across[other] = min(across.get(other, by), by)

    def _offer(self, heap: list[tuple[float, int, int, int, int]], x: int, y: int) -> None:
        agreement = self._agreement(x, y)
        size, other = len(self._members[x]), len(self._members[y])
        if agreement / (size * other) >= TOGETHER - ROUNDING:
            heapq.heappush(heap, (-agreement / (size * other), x, y, size, other))

    def _agreement(self, x: int, y: int) -> float:
        """The sum of the scores of every two members; minus infinity where any two cannot be one."""
        key = (x, y) if x < y else (y, x)
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = self._summed(*key)
        return found

    def _summed(self, x: int, y: int) -> float:
        if self._ruled_apart(x, y) or self._barred(x, y):
            return -math.inf
        ours, theirs = self._members[x], self._members[y]
        scores = [self.comparison(a, b).score for a in ours[:SAMPLED] for b in theirs[:SAMPLED]]
        return sum(scores) / len(scores) * len(ours) * len(theirs)

    def comparison(self, a: int, b: int) -> Comparison:
        """The comparison of two events, made once."""
        key = (a, b) if a < b else (b, a)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = compare(self._events[key[0]], self._events[key[1]], self._places)
        return found

    def _ruled_apart(self, x: int, y: int) -> bool:
        members = set(self._members[y])
        return any(self._foes.get(member, set()) & members for member in self._members[x] if member in self._foes)

    def _barred(self, x: int, y: int) -> bool:
        if len(self._members[x]) * len(self._members[y]) <= SAMPLED * SAMPLED:
            return any(self._two(a, b) for a in self._members[x] for b in self._members[y])
        return compare(self._joint[x], self._joint[y], self._places).barred is not None

    def _two(self, a: int, b: int) -> bool:
        """Whether two events cannot be one: something bars them, or one document tells them as two."""
        found = self.comparison(a, b)
        if found.barred is not None:
            return True
        one, other = self._events[a], self._events[b]
        if found.specific or one.documents.isdisjoint(other.documents):
            return False
        return all(event.tight and (event.places or event.place_names) for event in (one, other))

    def _merge(self, x: int, y: int) -> None:
        keep, gone = (x, y) if x < y else (y, x)
        reached = {**self._bridges.get(keep, {}), **self._bridges.get(gone, {})}
        for z in sorted(reached.keys() - {keep, gone}):
            self._sums[(min(keep, z), max(keep, z))] = self._agreement(keep, z) + self._agreement(gone, z)
            self._sums.pop((min(gone, z), max(gone, z)), None)
            by = self._bridges.get(gone, {}).get(z)
            if by is not None:
                self._bridge(keep, z, by)
                del self._bridges[z][gone]
        self._bridges.pop(gone, None)
        self._bridges.get(keep, {}).pop(gone, None)
        self._members[keep] = sorted(self._members[keep] + self._members.pop(gone))
        for member in self._members[keep]:
            self._home[member] = keep
        self._joint[keep] = join([self._joint[keep], self._joint.pop(gone)])


def _day_and_place(one: Event, other: Event, found: Comparison) -> bool:
    """The same day and town, whatever else differs, is a question for a person, if the harm can be the same."""
    marks = set(found.marks)
    if not marks & {"same_day", "overlapping_days"} or not marks & SAME_PLACE:
        return False
    if one.documents & other.documents or "different_hour" in marks:
        return False
    return bool(one.harms & other.harms) or bool(CASUALTIES & one.harms and CASUALTIES & other.harms)


def _may_merge(one: Event, other: Event, found: Comparison) -> bool:
    """A day known on both sides, or something distinctive; in one document, something distinctive always."""
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
    return bool({"same_day", "overlapping_days", "same_period"} & set(found.marks))


def question(one: Cluster, other: Cluster, places: Places) -> bool:
    """Whether two clusters as they have grown leave a question open."""
    if len(one.members) == 1 and len(other.members) == 1:
        return True
    joint = compare(one.grown, other.grown, places)
    return joint.barred is None or (joint.a_day_apart and joint.score >= A_DAY_APART)


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
