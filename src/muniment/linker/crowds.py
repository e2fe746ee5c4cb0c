"""How crowded a day and place are: where one account tells several events apart, day and place do not name one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from muniment.linker.event import Event
from muniment.linker.places import Places

_WIDE = frozenset({"region", "country", "unknown"})


def counted(events: Sequence[Event], places: Places) -> list[Event]:
    """The events, each with the most events that one account tells apart on its day at its place, or within it.

    Args:
        events: local events.
        places: for what lies within what.
    """
    told: dict[tuple[str, int, str], dict[str, int]] = {}
    for event in events:
        accounts = {report for report, _ in event.rows} or event.documents
        for key in _keys(event, places, within=True):
            by_account = told.setdefault(key, {})
            for account in accounts:
                by_account[account] = by_account.get(account, 0) + 1
    most = {key: max(by_account.values()) for key, by_account in told.items()}
    out = []
    for event in events:
        crowd = max((most[key] for key in _keys(event, places, within=False)), default=1)
        out.append(replace(event, crowd=crowd) if crowd > 1 else event)
    return out


def _keys(event: Event, places: Places, *, within: bool) -> Iterable[tuple[str, int, str]]:
    if event.aggregate or not event.tight or event.low is None or event.high is None:
        return
    areas = {area for place in event.places for area in (places.chain(place) if within else (places.canon(place),))}
    areas = {area for area in areas if places.precision(area) not in _WIDE}
    for day in range(event.low, event.high + 1):
        for area in areas:
            yield (event.family, day, area)
