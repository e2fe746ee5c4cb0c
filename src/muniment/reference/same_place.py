"""Which rows of several gazetteers describe one place: same name, same country, kinds that agree, points that are near.

The invariant: two rows of one gazetteer are never joined unless their points nearly coincide; rows of different
gazetteers that share only a name stay apart (docs/decisions/0004-places.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from muniment.model import Place
from muniment.reference.folding import fold

TOWN_KM = 12.0
"""How far apart two gazetteers put the point of one town."""

COINCIDE_KM = 3.0
"""Within this, two rows of one gazetteer under one name are the same settlement."""

AREA_KM = 60.0
"""How far apart two gazetteers put the point of one province or contested area."""

ONE_SPOT_KM = 0.5
"""Within this, two rows of one gazetteer are one settlement under any name they share."""

_RANK = {"case": 0, "ne": 1}
_CLASS = {
    "country": "country", "contested": "area", "region": "area", "district": "area", "locality": "town",
    "quarter": "quarter", "site": "site", "feature": "feature",
}  # fmt: skip

_MOST_TO_COMPARE = 60
"""A name with more bearers than this says too little to join any of them."""


@dataclass(frozen=True, slots=True)
class _Pair:
    km: float
    a: Place
    b: Place


def joined(bearers: Iterable[tuple[str, Sequence[Place]]]) -> dict[str, str]:
    """For each row that describes a place another row stands for, the id of that row.

    A contested area stands before all, then the case's own row, then what ships, then the rest by id.

    Args:
        bearers: each folded name with the places that bear it.
    """
    pairs: dict[tuple[str, str], _Pair] = {}
    main: dict[str, tuple[str, ...]] = {}
    for name, places in bearers:
        if len(places) > _MOST_TO_COMPARE:
            continue
        for a, b in combinations(places, 2):
            key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if key not in pairs and (km := _apart(a, b)) is not None and _say_the_same(a, b, name, km, main):
                pairs[key] = _Pair(km, a, b)
    return dict(_clusters(sorted(pairs.values(), key=lambda pair: (pair.km, pair.a.id, pair.b.id))))


def _say_the_same(a: Place, b: Place, name: str, km: float, main: dict[str, tuple[str, ...]]) -> bool:
    """Whether a shared name is one that either row puts in front; in one gazetteer, both must.

    The second name counts too: a case that prefers another name puts that one first.
    """
    here, there = (main.setdefault(p.id, tuple(fold(known.name) for known in p.names[:2])) for p in (a, b))
    if gazetteer(a) == gazetteer(b) and a.kind != "contested" != b.kind:
        return here[0] == there[0] or km <= ONE_SPOT_KM
    return name in here or name in there


def gazetteer(place: Place) -> str:
    """Which gazetteer a row is of, by the prefix of its id; Natural Earth's and ISO's ship as one."""
    prefix = place.id.partition(":")[0]
    return "ne" if prefix == "iso" else prefix


def km_between(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres on a sphere of 6,371 km, None where either has no point."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return None
    north_a, north_b = math.radians(a.lat), math.radians(b.lat)
    half_north = math.sin((north_b - north_a) / 2) ** 2
    half_east = math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    root = math.sqrt(half_north + math.cos(north_a) * math.cos(north_b) * half_east)
    return 2 * 6371.0 * math.asin(min(1.0, root))


def _apart(a: Place, b: Place) -> float | None:
    """How far apart two rows are that may be one place, None where they cannot be."""
    kind = _CLASS.get(a.kind)
    if kind is None or kind != _CLASS.get(b.kind):
        return None
    if a.country and b.country and a.country != b.country:
        return None
    one_gazetteer = gazetteer(a) == gazetteer(b)
    if kind == "country":
        return 0.0 if a.country and a.country == b.country else None
    km = km_between(a, b)
    if kind == "area":
        if one_gazetteer and "contested" not in (a.kind, b.kind):
            return None
        if km is None:
            return AREA_KM if a.country and a.country == b.country and a.kind == b.kind else None
        return km if km <= AREA_KM else None
    if km is None:
        return None
    return km if km <= (COINCIDE_KM if one_gazetteer else TOWN_KM) else None


def _clusters(pairs: Iterable[_Pair]) -> Iterator[tuple[str, str]]:
    """Nearest pairs first; a group takes a second row of one gazetteer only where the points coincide."""
    group_of: dict[str, list[Place]] = {}
    for pair in pairs:
        a, b = group_of.get(pair.a.id, [pair.a]), group_of.get(pair.b.id, [pair.b])
        if a is b or not _may_join(a, b):
            continue
        both = a + b
        for place in both:
            group_of[place.id] = both
    for places in {id(group): group for group in group_of.values()}.values():
        head = min(places, key=lambda p: (p.kind != "contested", _RANK.get(gazetteer(p), len(_RANK)), p.id))
        for place in places:
            if place.id != head.id:
                yield place.id, head.id


def _may_join(a: Sequence[Place], b: Sequence[Place]) -> bool:
    for x in a:
        for y in b:
            if gazetteer(x) == gazetteer(y) and _apart(x, y) is None:
                return False
    return True
