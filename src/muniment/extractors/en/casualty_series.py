"""Further figures of which the same is told: "40 in Pell, 61 in Kessa", "up from nine", "61 per cent; mines 24"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from muniment.extractors.draft import Draft
from muniment.extractors.en import numbers
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import FORMS, Predicate

_AFTER_SHARE = frozenset((".", ",", ";", "", "and"))
_SAME_LEADS = frozenset(("in", "at", "on", "near", "during", "from", "by"))
_LED_ALIKE = frozenset(("for",))
_MARKS = frozenset((",", ";", "and", "but"))
_INJURIES = frozenset(("injuries", "wounds", "burns", "fractures"))
_SAYS_FIGURE = frozenset(
    (verb, word) for verb in ("spoken", "speaks", "speak", "spoke", "talks", "talked") for word in ("of", "about")
) | {("it", "at"), ("toll", "at"), ("figure", "of"), ("counted", "at")}
_AFTER_FIGURE = frozenset(("", ".", ",", ";", ")", "and", "dead"))
_LONGEST_PLACE = 6
_NEAR = 60


def read(reading: Reading) -> None:
    """Add the claims of figures that lean on one told before in the same sentence."""
    if reading.found:
        _further_shares(reading)
        _compared(reading)
        _series(reading)
        _with_injuries(reading)
        _other_counts(reading)


def _further_shares(reading: Reading) -> None:
    """ "caused 61% of civilian deaths; small arms 24%": a second share of the same whole."""
    words = reading.tokens.words
    whole: Draft | None = None
    for group in reading.groups:
        if group.quantity is None or group.quantity.qualifier != "share":
            continue
        at = reading.tokens.starts[group.first]
        own = next((draft for draft in reading.found if draft.start <= at < draft.end), None)
        if own is not None:
            whole = own if own.count is not None and own.count.qualifier == "share" and "part" not in own.why else None
        elif whole is not None and group.quantity.value and reading.tokens.word(group.last) in _AFTER_SHARE:
            lead = words[max(0, group.first - _LONGEST_PLACE) : group.first]
            mark = max((k for k, word in enumerate(lead) if word in (",", ";", "and")), default=None)
            if mark is not None and not any(word in FORMS for word in lead[mark:]):
                _like(reading, group, whole, "further share")


def _compared(reading: Reading) -> None:
    """ "has risen to 14, up from nine": the figure told before has its own claim."""
    words = reading.tokens.words
    for k in range(1, len(words) - 2):
        if words[k] != "from" or words[k - 1] not in ("up", "down"):
            continue
        quantity = numbers.quantity_at(reading.tokens, k + 1)
        at = reading.tokens.starts[k]
        earlier = [d for d in reading.found if d.start < at and "part" not in d.why and d.count is not None]
        if quantity is None or quantity.qualifier == "share" or quantity.value is None or not earlier:
            continue
        whole = max(earlier, key=lambda draft: draft.start)
        between = reading.view.low[whole.end : at]
        if whole.polarity != "affirm" or ";" in between or len(between) > _NEAR:
            continue
        _like(reading, Group(k + 1, quantity.last, "counted", quantity=quantity, loose=True), whole, "compared")


def _series(reading: Reading) -> None:
    """ "killed 40 in Pell, 61 in Kessa and 18 in Vard": each figure with a place or time of its own."""
    words = reading.tokens.words
    whole: Draft | None = None
    figure: Group | None = None
    for before, group in pairwise(reading.groups):
        figure = before if before.quantity is not None else figure
        if (before.quantity is not None and whole is None) or before.kind == "counted":
            at = reading.tokens.starts[before.first]
            whole = next((draft for draft in reading.found if draft.start <= at < draft.end), None)
        if whole is None or not group.loose or group.kind != "counted" or group.quantity is None or group.tail:
            continue
        gap, lead = words[before.last : group.first], reading.tokens.word(group.last)
        led = words[group.first - 1]
        alike = figure is not None and led in _LED_ALIKE and led == words[figure.first - 1]
        if alike and figure is not None and not _MARKS.isdisjoint(words[figure.last : group.first]):
            if lead not in _AFTER_SHARE:
                continue
            _like(reading, group, whole, "series")  # "drones for 41 deaths, artillery for 52"
            continue
        if lead not in _SAME_LEADS or lead not in gap or gap[-1] not in (",", "and") or group.number is None:
            continue
        rest = gap[len(gap) - 1 - gap[::-1].index(lead) :]
        if len(rest) <= _LONGEST_PLACE and words[group.last + 1 : group.last + 2] not in (["hospital"], ["custody"]):
            _like(reading, group, whole, "series")


def _with_injuries(reading: Reading) -> None:
    """ "left two people dead and three with burns"."""
    words = reading.tokens.words
    for group in reading.groups:
        if group.kind != "counted" or not group.loose or reading.tokens.word(group.last) != "with":
            continue
        behind = words[group.last + 1 : group.last + 5]
        if _INJURIES.isdisjoint(behind) or words[group.first - 1] not in ("and", ","):
            continue
        at = next(k for k in range(group.last + 1, group.last + 5) if words[k] in _INJURIES)
        predicate = Predicate(group.last, at + 1, ("injured",), "noun", auxiliary=group.first)
        reading.add(Harmed(group, group.first, group.last), ("injured",), predicate, "with injuries")


def _other_counts(reading: Reading) -> None:
    """ "put the death toll at 1,300, and the envoy has spoken of over 1,000": another's figure for the same."""
    words = reading.tokens.words
    for group in reading.groups:
        if group.kind != "counted" or not group.loose or reading.tokens.word(group.last) not in _AFTER_FIGURE:
            continue
        if tuple(words[max(0, group.first - 2) : group.first]) not in _SAYS_FIGURE:
            continue
        at = reading.tokens.starts[group.first]
        tolls = [d for d in reading.found if d.start < at and "part" not in d.why and d.why["harm"].rule == "harm:toll"]
        if tolls:
            _like(reading, group, tolls[-1], "other count")


def _like(reading: Reading, group: Group, whole: Draft, rule: str) -> None:
    """Make a claim of other people of whom the words tell the same as of `whole`."""
    if any(reading.is_done(group, harm) for harm in ("killed", "injured", "casualties", "missing", "displaced")):
        return
    if whole.victims is not None:
        group = replace(group, status=whole.victims.status)
    draft = reading.add(Harmed(group, group.first, group.last), whole.harm, None, rule)
    if draft is not None:
        draft.anchor, draft.polarity, draft.level = whole.anchor, whole.polarity, whole.level
