"""Second step: which local events are worth comparing. Blocks of place and day, and of what is distinctive.

The work is linear in the number of events: a block compares each event with a bounded number of its neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from muniment.linker.compare import PERIOD_DAYS
from muniment.linker.event import Event
from muniment.linker.places import WIDE, Places

NEIGHBOURS = 40
"""Each event of a block is held against this many that follow it, in order of day and id."""

OPEN_NEIGHBOURS = 12
"""What says no day is held against so many of its like, and so many that happened last before it was told."""

Key = tuple[object, ...]
Pair = tuple[int, int]


class Blocks:
    """Which events stand in which blocks, kept as events come and go.

    Events are named by numbers of the caller's; `events` leads from a number to the event, those gone included.
    """

    def __init__(self, places: Places, events: Mapping[int, Event]) -> None:
        self._places = places
        self._events = events
        self._blocks: dict[Key, int | list[int]] = {}

    def members(self, key: Key) -> list[int]:
        """The events of a block, by id."""
        held = self._blocks.get(key)
        if held is None or isinstance(held, int):
            return [] if held is None else [held]
        return sorted(held, key=lambda n: self._events[n].id)

    def update(self, gone: Iterable[int], came: Iterable[int]) -> tuple[set[Pair], set[Pair], AbstractSet[Key]]:
        """Take events out and others in.

        Returns:
            pairs to compare now, smaller number first; pairs compared before that no block holds now, those of
            events that are gone left out; the blocks that changed.
        """
        if not self._blocks:
            return self._fill(came), set(), self._blocks.keys()
        leave: dict[Key, list[int]] = {}
        enter: dict[Key, list[int]] = {}
        left = set(gone)
        for numbers, changes in ((left, leave), (came, enter)):
            for n in numbers:
                for key in self._keys(n):
                    changes.setdefault(key, []).append(n)
        now: set[Pair] = set()
        dropped: set[Pair] = set()
        touched = leave.keys() | enter.keys()
        for key in touched:
            before = self._pairs(key) if key in self._blocks else set()
            self._change(key, leave.get(key, ()), enter.get(key, ()))
            after = self._pairs(key)
            now |= after - before
            dropped |= before - after
        gone_pairs = {pair for pair in dropped if left.isdisjoint(pair) and not self._held(pair)}
        return now, gone_pairs, touched

    def _fill(self, came: Iterable[int]) -> set[Pair]:
        for n in came:
            for key in self._keys(n):
                held = self._blocks.setdefault(key, n)
                if isinstance(held, list):
                    held.append(n)
                elif held != n:
                    self._blocks[key] = [held, n]
        return self.all()

    def all(self) -> set[Pair]:
        """Every pair to compare."""
        return {pair for key, held in self._blocks.items() if isinstance(held, list) for pair in self._pairs(key)}

    def with_event(self, n: int) -> set[Pair]:
        """Every pair an event stands in."""
        return {pair for key in self._keys(n) for pair in self._pairs(key) if n in pair}

    def _keys(self, n: int) -> dict[Key, None]:
        return dict.fromkeys(_keys(self._events[n], self._places))

    def _change(self, key: Key, leave: Sequence[int], enter: Sequence[int]) -> None:
        held = self._blocks.get(key)
        members = [] if held is None else [held] if isinstance(held, int) else held
        if leave:
            members = [n for n in members if n not in leave]
        members = [*members, *enter]
        if len(members) > 1:
            self._blocks[key] = members
        elif members:
            self._blocks[key] = members[0]
        else:
            self._blocks.pop(key, None)

    def _pairs(self, key: Key) -> set[Pair]:
        members = self.members(key)
        if len(members) < 2:
            return set()
        if key[0] == "undated":
            return set(_undated(members, self._events))
        if key[0] == "next":
            return set(_next_days(members, self._events, key[3]))
        if key[0] == "period":
            return set(_periods(members, self._events))
        return set(_within(members, self._events))

    def _held(self, pair: Pair) -> bool:
        both = self._keys(pair[0]).keys() & self._keys(pair[1]).keys()
        return any(pair in self._pairs(key) for key in both)


def _within(members: list[int], events: Mapping[int, Event]) -> Iterator[Pair]:
    if len(members) > NEIGHBOURS:
        members = sorted(members, key=lambda p: (events[p].low or 0, events[p].high or 0, events[p].id))
    for order, first in enumerate(members):
        for second in members[order + 1 : order + 1 + NEIGHBOURS]:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _undated(members: list[int], events: Mapping[int, Event]) -> Iterator[Pair]:
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


def _periods(members: list[int], events: Mapping[int, Event]) -> Iterator[Pair]:
    """What says only a span of days, against its like and against what happened on one of them."""
    loose = [p for p in members if not events[p].tight]
    dated = [p for p in members if events[p].tight]
    for order, first in enumerate(loose):
        for second in loose[order + 1 : order + 1 + OPEN_NEIGHBOURS] + dated[:OPEN_NEIGHBOURS]:
            if _worth_comparing(events[first], events[second]):
                yield (first, second) if first < second else (second, first)


def _next_days(members: list[int], events: Mapping[int, Event], day: object) -> Iterator[Pair]:
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


def _keys(event: Event, places: Places) -> Iterable[Key]:
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
            if outer == place or places.precision(outer) not in WIDE
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
