"""Whether a claim sums up a period, an area or a series of incidents, rather than telling of one."""

from __future__ import annotations

from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View
from muniment.model import When

_LISTS = wordlists.load(Path(__file__).with_name("aggregates.toml"))
_PERIOD = wordlists.pattern(_LISTS["period"]["words"])
_SERIES = wordlists.pattern(_LISTS["series"]["words"])
_ONE = wordlists.pattern(_LISTS["one"]["words"])
_MOST_DAYS = 4
"""An incident lasts no longer than this; a date of more days is a period."""
_MANY = 1000


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Mark a casualty claim as an aggregate where its words or its date say so."""
    if draft.kind != "casualty" or "aggregate" in draft.settled or draft.aggregate:
        return
    sentence = draft.sentence
    if draft.persons or _ONE.search(view.low, sentence.start, sentence.end) is not None or _is_one_person(draft):
        return
    match = _PERIOD.search(view.low, sentence.start, sentence.end) or _SERIES.search(
        view.low, sentence.start, sentence.end
    )
    if match is not None and not (_days(draft.when) or _MOST_DAYS + 1) <= _MOST_DAYS:
        draft.aggregate = True
        draft.because("aggregate", "aggregate:period or series named", view, match.start(), match.end())
    elif draft.when is not None and draft.when.basis != "context" and (_days(draft.when) or 0) > _MOST_DAYS:
        draft.aggregate = True
        draft.because("aggregate", "aggregate:date of many days", view, draft.start, draft.end)
    elif draft.count is not None and draft.count.qualifier == "vague" and (draft.count.min or 0) >= _MANY:
        draft.aggregate = True
        draft.because("aggregate", "aggregate:thousands", view, draft.start, draft.end)


def _is_one_person(draft: Draft) -> bool:
    return draft.count is not None and draft.count.best == 1 and draft.count.qualifier == "exact"


def _days(when: When | None) -> int | None:
    """How many days a date spans; None where it has an open end or there is none."""
    if when is None or when.earliest is None or when.latest is None:
        return None
    return (when.latest - when.earliest).days + 1
