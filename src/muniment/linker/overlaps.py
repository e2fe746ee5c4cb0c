"""Which parts of one whole may share people: what must not be added when the whole's lower bound is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from muniment.linker.event import Event
from muniment.linker.places import FINE, Places
from muniment.model import Relation


def overlaps(
    events: Sequence[Event],
    ids: Sequence[str],
    parts: Iterable[Relation],
    candidates: Iterable[Relation],
    places: Places,
) -> frozenset[tuple[str, str]]:
    """Pairs of incidents that may count some of the same people; smaller id first.

    Two events, each of a day and a spot, are two, unless they are candidates for being one. A total, or what is told
    of no day or of a whole region, shares people with whatever its period, area and party do not exclude.
    """
    found = {(min(r.a, r.b), max(r.a, r.b)) for r in candidates}
    event_of = dict(zip(ids, events, strict=True))
    under: dict[str, set[str]] = {}
    for part in parts:
        if part.a in event_of and part.b in event_of:
            under.setdefault(part.b, set()).add(part.a)
    for members in under.values():
        order = sorted(members)
        for one in order:
            if not _loose(event_of[one], places):
                continue
            for other in order:
                if other != one and may_overlap(event_of[one], event_of[other], places):
                    found.add((min(one, other), max(one, other)))
    return frozenset(found)


def _loose(event: Event, places: Places) -> bool:
    return event.aggregate or not event.tight or not any(places.precision(place) in FINE for place in event.places)


def may_overlap(a: Event, b: Event, places: Places) -> bool:
    """Whether the scopes of two events leave room for people that both count."""
    if a.parties and b.parties and not a.parties & b.parties:
        return False
    if a.low is not None and b.high is not None and a.low > b.high:
        return False
    if b.low is not None and a.high is not None and b.low > a.high:
        return False
    if not a.places or not b.places:
        return True
    return any(
        x == y or places.contains(x, y) or places.contains(y, x) or places.standing(x, y) == "unknown"
        for x in a.places
        for y in b.places
    )
