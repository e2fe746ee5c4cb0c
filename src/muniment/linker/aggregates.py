"""Series and totals: what lies inside what, by the order of the text and by period, area and party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muniment.linker.event import Event
from muniment.linker.places import Places
from muniment.model import Claim

MOST_PARENTS = 4
MOST_PER_KEY = 60
OPEN_TOTALS = 6
"""What follows may lie in one of this many totals told before, the latest that fits."""


@dataclass(frozen=True, slots=True)
class Containment:
    """Cluster `part` lies in cluster `whole`, for these reasons."""

    part: int
    whole: int
    why: str


def containments(
    events: Sequence[Event], clusters: Sequence[Sequence[Event]], claims: Mapping[str, Claim], places: Places
) -> list[Containment]:
    """Every part that can be shown to lie in a whole, without those that follow from others.

    Args:
        events: the joint traits of each cluster.
        clusters: the local events of each cluster.
        claims: by id.
        places: for areas.
    """
    found: dict[tuple[int, int], str] = {}
    by_scope(events, places, found)
    by_text(events, clusters, claims, places, found)
    return _without_loops_and_leaps(found, events)


def by_scope(events: Sequence[Event], places: Places, found: dict[tuple[int, int], str]) -> None:
    """A dated and placed event lies in a total whose period and area hold it, and whose party is its own."""
    wholes: dict[tuple[str, str, int], list[int]] = {}
    for n, event in enumerate(events):
        if event.aggregate and event.low is not None and event.high is not None:
            for area in event.places:
                for month in range(event.low // 31, min(event.high // 31, event.low // 31 + 60) + 1):
                    wholes.setdefault((event.family, area, month), []).append(n)
            for party in event.parties:
                for month in range(event.low // 31, min(event.high // 31, event.low // 31 + 60) + 1):
                    wholes.setdefault((event.family, f"by {party}", month), []).append(n)
    for n, event in enumerate(events):
        if event.low is None or event.high is None:
            continue
        if not event.places:
            _unplaced(n, event, events, wholes, places, found)
            continue
        held: set[int] = set()
        for area in {outer for place in event.places for outer in places.chain(place)}:
            held.update(wholes.get((event.family, area, event.low // 31), ())[:MOST_PER_KEY])
        for whole in sorted(held):
            if whole != n and _inside(event, events[whole], places, strict=True):
                found[(n, whole)] = "its day, place and party lie inside the total's period, area and party"


def _unplaced(
    n: int,
    event: Event,
    events: Sequence[Event],
    wholes: Mapping[tuple[str, str, int], Sequence[int]],
    places: Places,
    found: dict[tuple[int, int], str],
) -> None:
    """What a total by the same party can hold is not added to it, though the name of its place is not resolved."""
    if event.aggregate or not event.place_names or not event.tight or event.low is None:
        return
    held: set[int] = set()
    for party in event.parties:
        held.update(wholes.get((event.family, f"by {party}", event.low // 31), ())[:MOST_PER_KEY])
    for whole in sorted(held):
        if event.harms & events[whole].harms and _inside(event, events[whole], places, strict=False):
            found[(n, whole)] = "its day and party lie inside the total's; its place is not resolved"


def by_text(
    events: Sequence[Event],
    clusters: Sequence[Sequence[Event]],
    claims: Mapping[str, Claim],
    places: Places,
    found: dict[tuple[int, int], str],
) -> None:
    """A document's total is told first, then the events it is made of: what follows and can lie in it, does."""
    told: dict[str, list[tuple[int, int, Event]]] = {}
    for n, cluster in enumerate(clusters):
        for local in cluster:
            if len(local.documents) == 1:
                told.setdefault(min(local.documents), []).append((local.start, n, local))
    for account in told.values():
        if not any(local.aggregate for _, _, local in account):
            continue
        account.sort(key=lambda item: (item[0], item[2].id))
        _one_account(account, events, claims, places, found)


def _one_account(
    account: Sequence[tuple[int, int, Event]],
    events: Sequence[Event],
    claims: Mapping[str, Claim],
    places: Places,
    found: dict[tuple[int, int], str],
) -> None:
    open_totals: list[tuple[int, Event, dict[str, float]]] = []
    totals = [(n, local) for _, n, local in account if local.aggregate and _total(local, claims)]
    for _, n, local in account:
        if local.aggregate:
            if _total(local, claims) and _introduces(local):
                open_totals.append((n, local, {harm: most for harm, _, most in local.counts}))
            continue
        if not (local.tight or local.places):
            continue
        for whole, total, room in reversed(open_totals[-OPEN_TOTALS:]):
            if whole == n or not local.harms & total.harms or not _inside(local, total, places, strict=False):
                continue
            taken = {harm: least for harm, least, _ in local.counts if harm in room}
            if any(least > room[harm] for harm, least in taken.items()):
                continue
            room.update({harm: room[harm] - least for harm, least in taken.items()})
            found.setdefault((n, whole), "told in the same account after the total, and can lie in it")
            break
    for n, local in totals:
        for m, other in totals:
            if n != m and _smaller_total(local, other, places):
                found.setdefault((n, m), "a total of one account with a narrower scope and a smaller figure")


def _introduces(total: Event) -> bool:
    """Whether what follows may be told as its parts: it has a scope of its own, a party, an area or a period."""
    return bool(total.parties or total.places) or (total.low is not None and total.high is not None)


def _total(local: Event, claims: Mapping[str, Claim]) -> bool:
    counts = (claims[id_].count for id_ in local.claims)
    return bool(local.counts) and any(count is not None and count.unit == "people" for count in counts)


def _smaller_total(a: Event, b: Event, places: Places) -> bool:
    mine, other = {h: (lo, hi) for h, lo, hi in a.counts}, {h: (lo, hi) for h, lo, hi in b.counts}
    shared = mine.keys() & other.keys()
    if a.family != b.family or not shared or any(mine[h][0] >= other[h][0] for h in shared):
        return False
    if not _inside(a, b, places, strict=False):
        return False
    narrower = bool(a.parties and not b.parties) or bool(a.places and not b.places) or a.parties < b.parties
    narrower = narrower or (a.low is not None and b.low is not None and (a.low, a.high) != (b.low, b.high))
    return narrower and not (b.parties and not a.parties) and not (b.places and not a.places)


def _inside(part: Event, whole: Event, places: Places, *, strict: bool) -> bool:
    """Whether the part can lie in the whole; `strict`: shown by its own day and place, not only not excluded."""
    if part.family != whole.family or (part.harms and whole.harms and not part.harms & whole.harms):
        return False
    if whole.low is not None and whole.high is not None:
        if part.low is not None and part.high is not None:
            if part.low < whole.low or part.high > whole.high:
                return False
        elif strict:
            return False
    if part.low is not None and whole.ceiling is not None and part.low > whole.ceiling:
        return False
    if whole.parties:
        if part.parties and not part.parties <= whole.parties:
            return False
        if strict and not part.parties:
            return False
    if whole.places and part.places:
        inside = [any(places.contains(outer, place) for outer in whole.places) for place in part.places]
        if not all(inside) and (strict or _elsewhere(part, whole, places)):
            return False
    elif strict:
        return False
    if part.aggregate and strict and (part.low, part.high, part.places) == (whole.low, whole.high, whole.places):
        return bool(part.parties < whole.parties)
    return True


def _elsewhere(part: Event, whole: Event, places: Places) -> bool:
    return any(
        all(places.standing(place, outer) in ("apart", "unknown") for outer in whole.places) for place in part.places
    )


def _without_loops_and_leaps(found: Mapping[tuple[int, int], str], events: Sequence[Event]) -> list[Containment]:
    parents: dict[int, set[int]] = {}
    for part, whole in sorted(found):
        if whole not in _above(parents, part) and part not in _above(parents, whole):
            parents.setdefault(part, set()).add(whole)
    out = []
    for part in sorted(parents):
        direct = parents[part]
        through = {above for whole in direct for above in _above(parents, whole) if above != whole}
        for whole in sorted(direct - through)[:MOST_PARENTS]:
            out.append(Containment(part, whole, found[(part, whole)]))
    return out


def _above(parents: Mapping[int, set[int]], start: int) -> set[int]:
    seen: set[int] = set()
    todo = list(parents.get(start, ()))
    while todo:
        whole = todo.pop()
        if whole not in seen:
            seen.add(whole)
            todo.extend(parents.get(whole, ()))
    return seen
