"""How crowded a day and place are: where one account tells several events apart, day and place do not name one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from muniment.linker.event import Event
from muniment.linker.places import WIDE, Places

Key = tuple[object, ...]


def keys(event: Event, places: Places) -> Iterable[Key]:
    """The blocks of a day at a place of its own that an event stands in."""
    if event.aggregate or not event.tight or event.low is None or event.high is None:
        return
    for day in range(event.low, event.high + 1):
        for place in event.places:
            if places.precision(place) not in WIDE:
                yield (event.family, False, "day", day, place)


def told_apart(block: Sequence[Event]) -> int:
    """The most events of a block that one account tells.

    Args:
        block: the events of one day at a place, or within it.
    """
    if len(block) < 2:
        return 1
    told: dict[str, int] = {}
    for event in block:
        for account in {report for report, _ in event.rows} or event.documents:
            told[account] = told.get(account, 0) + 1
    return max(told.values())
