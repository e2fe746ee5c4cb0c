"""Second step: which local events are worth comparing. Blocks of place and day, and of what is distinctive.

The work is linear in the number of events: a block compares each event with a bounded number of its neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from muniment.linker.compare import PERIOD_DAYS
from muniment.linker.event import Event
from muniment.linker.places import Places

NEIGHBOURS = 40
"""Each event of a block is held against this many that follow it, in order of day and id."""

OPEN_NEIGHBOURS = 12
"""What says no day is held against so many of its like, and so many that happened last before it was told."""

_WIDE = frozenset({"region", "country", "unknown"})


def pairs(events: Sequence[Event], places: Places) -> list[tuple[int, int]]:
    """The pairs to compare, as positions in `events`, each once, smaller first.

    Args:
        events: sorted by id.
        places: to find what contains a place.
    """
    alone: dict[tuple[object, ...], int] = {}
    blocks: dict[tuple[object, ...], list[int]] = {}
    for position, event in enumerate(events):
        for key in _keys(event, places):
            first = alone.setdefault(key, position)
            if first != position:
                blocks.setdefault(key, [first]).append(position)
    del alone
    found: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        if len(members) > 1:
            if key[0] == "undated":
                found.update(_undated(members, events))
            elif key[0] == "next":
                found.update(_next_days(members, events, key[3]))
            elif key[0] == "period":
                found.update(_periods(members, events))
            else:
                found.update(_within(members, events))
    return sorted(found)


def _within(members: list[int], events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    if len(members) > NEIGHBOURS:
        members = sorted(members, key=lambda p: (events[p].low or 0, events[p].high or 0, events[p].id))
    for order, first in enumerate(members):
        for second in members[order + 1 : order + 1 + NEIGHBOURS]:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _undated(members: list[int], events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Of a block without a day: what says no day, against its like, and against what had lately happened when it was
    told. Two that both say their day meet in the block of that day."""
    loose = [p for p in members if not events[p].tight]
    dated = sorted((p for p in members if events[p].tight), key=lambda p: (events[p].low or 0, events[p].id))
    lows = [events[p].low or 0 for p in dated]
    for order, first in enumerate(loose):
        ceiling = events[first].ceiling
        until = bisect_right(lows, ceiling) if ceiling is not None else len(dated)
        others = loose[order + 1 : order + 1 + OPEN_NEIGHBOURS] + dated[max(0, until - OPEN_NEIGHBOURS) : until]
        for second in others:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _periods(members: list[int], events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """What says only a span of days, against its like and against what happened on one of them."""
    loose = [p for p in members if not events[p].tight]
    dated = [p for p in members if events[p].tight]
    for order, first in enumerate(loose):
        for second in loose[order + 1 : order + 1 + OPEN_NEIGHBOURS] + dated[:OPEN_NEIGHBOURS]:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _next_days(members: list[int], events: Sequence[Event], day: object) -> Iterator[tuple[int, int]]:
    """What ended at one place the day before, against what is said to have begun there on that day."""
    ended = [p for p in members if events[p].low != day][:NEIGHBOURS]
    began = [p for p in members if events[p].low == day][:OPEN_NEIGHBOURS]
    for first in ended:
        for second in began:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _worth_comparing(a: Event, b: Event) -> bool:
    return not _days_apart(a, b) and (a.documents != b.documents or _same_document_may_join(a, b))


def _days_apart(a: Event, b: Event) -> bool:
    """Whether both say when, and more than a day lies between: nothing is left to compare."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return False
    return a.low > b.high + 1 or b.low > a.high + 1


def _same_document_may_join(a: Event, b: Event) -> bool:
    """A document's second account of an event, far from the first, shares something distinctive or lacks its frame."""
    return bool(a.people & b.people or a.ages & b.ages or a.models & b.models or a.sites & b.sites)


def _keys(event: Event, places: Places) -> Iterable[tuple[object, ...]]:
    family = (event.family, event.aggregate)
    days: Iterable[int] = ()
    if event.tight and event.low is not None and event.high is not None:
        days = range(event.low, event.high + 1)
    elif event.onset is not None:
        days = (event.onset,)
    areas = sorted(
        {
            outer
            for place in event.places
            for outer in (place, *places.chain(place))
            if outer == place or places.precision(outer) not in _WIDE
        }
    )
    cells = sorted({cell for place in event.places for cell in places.cells(place)})
    if event.aggregate:
        for area in areas or [""]:
            if event.low is not None and event.high is not None:
                yield (*family, "scope", area, event.low, event.high)
    else:
        for day in days:
            for area in areas:
                yield (*family, "day", day, area)
            for name in event.place_names:
                yield (*family, "day", day, name)
            if event.tight and event.low is not None and event.high is not None:
                for place in event.places:
                    yield ("next", *family, event.low, place)
                    yield ("next", *family, event.high + 1, place)
            for cell in cells:
                yield (*family, "day", day, cell)
            if event.family == "ceasefire":
                yield (*family, "near", day)
                yield (*family, "near", day + 1)
            for site in event.sites:
                yield (*family, "day", day, "site", site)
    if not event.tight and not event.aggregate and event.low is not None and event.high is not None:
        if event.high - event.low <= PERIOD_DAYS:
            days = range(event.low, event.high + 1)
            for area in areas:
                for day in days:
                    yield ("period", *family, day, area)
    elif not event.aggregate:
        for day in days:
            for area in areas:
                yield ("period", *family, day, area)
    for model in event.models:
        for area in areas:
            yield ("undated", *family, "model", model[:5], area)
        for party in event.parties:
            yield ("undated", *family, "model", model[:5], "party", party)
    for site in event.sites:
        for area in areas:
            yield ("undated", *family, "site", site, area)
        if not areas or event.low is None:
            yield ("undated", event.family, "site", site)
        for party in event.parties:
            yield ("undated", *family, "site", site, "party", party)
    for name in event.people:
        if " " in name:
            yield (*family, "person", name)
    for age in event.ages:
        for harm in event.harms:
            yield ("undated", *family, "age", age, harm, *areas[:1])
    for words in event.words:
        yield ("words", words)
    if event.aggregate:
        return
    for weapon in event.weapons:
        for area in areas:
            yield ("undated", *family, "weapon", area, weapon)
        for party in event.parties:
            if not event.tight or not areas:
                for name in event.publishers | event.cited:
                    yield ("undated", *family, "voice", name, weapon, party)
            else:
                for name in event.publishers:
                    yield ("undated", *family, "voice", name, weapon, party)
