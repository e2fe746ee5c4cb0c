"""Harm told without a word of death: remains that were found, kin that was lost, a widow left."""

from __future__ import annotations

import re
from dataclasses import replace

from muniment.extractors.en.casualty_reading import LISTS, MODALS, Reading
from muniment.extractors.en.nouns import Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate

_FOUND = frozenset(LISTS["bodies"]["found"])
_LOSS = frozenset(LISTS["loss"]["verbs"])
_BURIAL = frozenset(LISTS["loss"]["burial"])
_NO_BURIAL = frozenset(LISTS["loss"]["no_burial"])
_COFFINS = frozenset(LISTS["loss"]["of"])
_LEFT = re.compile(
    r"(?<!\w)(?P<verb>was|were|been|being|left|became|made)\s+(?:(?:left|made)\s+)?(?:a\s+)?(?P<who>widow(?:er|ed)?|orphaned|an\s+orphan|orphans?)(?!\w)"
)
_NO_BODIES = frozenset(("water", "evidence", "work", "law", "research", "knowledge"))
_REACH = 14


def read(reading: Reading) -> None:
    """Add the claims remains, losses and bereavement make."""
    _remains(reading)
    _losses(reading)
    _laid_to_rest(reading)
    _bereaved(reading)


def _remains(reading: Reading) -> None:
    words = reading.tokens.words
    for group in reading.groups:
        if group.noun is None or not group.noun.body or group.generic:
            continue
        if words[group.last : group.last + 1] == ["of"] and reading.tokens.word(group.last + 1) in _NO_BODIES:
            continue
        around = [*words[max(0, group.first - 4) : group.first], *words[group.last : group.last + _REACH]]
        if not any(word in _FOUND for word in around) or any(
            word in MODALS or word in ("not", "never") for word in around
        ):
            continue
        told = (
            reading.linker.after(group.last + 1, most=0, whole=True) if reading.tokens.word(group.last) == "of" else []
        )
        behind = range(group.last, min(len(words), group.last + _REACH))
        at = next((k for k in behind if words[k] in _FOUND), group.first)
        if at > group.last and any(
            g.first < at and g.first > group.last and g.kind == "counted" for g in reading.groups
        ):
            at = group.first  # "18 bodies and 40 wounded people were brought in"
        predicate = Predicate(at, at + 1, ("killed",), "phrase", auxiliary=min(at, group.first))
        for harmed in told:
            if reading.count(harmed) is not None:
                reading.add(harmed, ("killed",), predicate, "remains")
        named = words[group.head or 0] == "body" and words[group.first].endswith(("'s", "’s"))
        if named and group.kind == "one":
            reading.add(Harmed(replace(group, noun=None), group.first, group.last), ("killed",), predicate, "remains")
        if group.quantity is not None and not any(reading.count(harmed) for harmed in told):
            counted = replace(group, noun=None, status="unknown", groups=())
            reading.add(Harmed(counted, group.first, group.last), ("killed",), predicate, "remains")


def _losses(reading: Reading) -> None:
    words = reading.tokens.words
    for k, word in enumerate(words):
        if word not in _LOSS or (k and words[k - 1] in ("a", "the")):
            continue
        if reading.is_hypothetical(k) or reading.tokens.word(k + 1) in ("contact", "touch"):
            continue
        for harmed in reading.linker.after(k + 1):
            group = harmed.group
            kin = group.noun is not None and (group.noun.kin or "family" in group.groups)
            laid = word.startswith("bur") and group.kind == "counted" and _is_burial(words)
            counted = (word.startswith("lo") or laid) and group.quantity is not None and group.head is not None
            if group.unit != "people" or not (kin or counted) or words[group.first] in ("a", "an"):
                continue
            if reading.count(harmed) is not None or group.kind == "many":
                reading.add(harmed, ("killed",), Predicate(k, k + 1, ("killed",), "phrase", auxiliary=k), "loss")


def _is_burial(words: list[str]) -> bool:
    """Whether a sentence with "buried" tells of graves or of those who bury, not of rubble that fell on people."""
    return not _BURIAL.isdisjoint(words) and _NO_BURIAL.isdisjoint(words)


def _laid_to_rest(reading: Reading) -> None:
    """ "the burial of 17 villagers", "the coffins of eight soldiers"."""
    words = reading.tokens.words
    for k, word in enumerate(words):
        if word not in _COFFINS or reading.tokens.word(k + 1) != "of" or reading.is_hypothetical(k):
            continue
        for harmed in reading.linker.after(k + 2, most=0):
            if harmed.group.kind == "counted" and harmed.group.unit == "people" and not harmed.group.guessed:
                reading.add(harmed, ("killed",), Predicate(k, k + 1, ("killed",), "noun", auxiliary=k), "burial")


def _bereaved(reading: Reading) -> None:
    """ "she was left a widow": a husband was killed."""
    view, sentence = reading.view, reading.sentence
    for match in _LEFT.finditer(view.low, sentence.start, sentence.end):
        first, last = reading.token_at(match.start()), reading.token_at(match.end() - 1) + 1
        if reading.is_hypothetical(first):
            continue
        one = match["who"].startswith("widow")
        group = Group(first, last, "one" if one else "bare")
        predicate = Predicate(first, last, ("killed",), "phrase", auxiliary=first)
        reading.add(Harmed(group, first, last, members=(group,)), ("killed",), predicate, "bereaved")
