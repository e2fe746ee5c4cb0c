"""Casualties told by nouns: "12 deaths", "the killing of", "civilian casualties", and death tolls."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.en import numbers
from muniment.extractors.en.casualty_reading import LISTS, MODALS, Reading
from muniment.extractors.en.nouns import NOUNS, Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate, ordered
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model.vocabulary import Harm, VictimStatus

_EVENTS = frozenset(LISTS["events"]["words"])
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "casualty_nouns")
_DEFINITE = _WORDS["definite"]
_TOLL = re.compile(
    "|".join(f"(?P<{harm}>{wordlists.either(LISTS['toll'][harm])})" for harm in ("killed", "injured", "casualties"))
)
_NUMBER_OF = re.compile(
    r"(?<!\w)number\s+of\s+(?:[a-z-]+\s+){0,4}?(?:(?P<killed>killed|murdered|executed|slain|dead|deaths|fatalities|victims)|(?P<injured>wounded|injured|injuries)|(?P<casualties>casualties))(?!\w)"
)
_TOLL_VERBS = frozenset(LISTS["toll"]["verbs"])
_RISES = frozenset(
    (
        "risen",
        "rose",
        "rising",
        "climbed",
        "climbing",
        "increased",
        "grown",
        "grew",
        "doubled",
        "tripled",
        "soared",
        "jumped",
        "swelled",
    )
)
_OF_DEAD = re.compile(r"(?<!\w)(?:deaths?|dead|killed|kills|die|died|fatalities|bodies|victims|casualties)(?!\w)")
_BRINGS = re.compile(r"(?<!\w)(?:bring(?:s|ing)|brought|rais(?:es|ed|ing)|tak(?:es|ing))\s")
_NEAR_DEAD = 900
_CAUSED = (["caused", "by"], ["resulting", "from"], ["inflicted", "by"])
_THIS = frozenset(("the", "this", "that"))
_LONGEST_TOLL = 34
_STATUS: dict[str, VictimStatus] = {
    "civilian": "civilian", "civilians": "civilian", "military": "combatant", "combatants": "combatant",
    "soldiers": "combatant", "fighters": "combatant",
}  # fmt: skip


def read(reading: Reading, found: list[Predicate]) -> None:
    """Add the claims nouns of harm and death tolls make."""
    _tolls(reading)
    phrases = {k for predicate in found if predicate.form == "phrase" for k in range(predicate.first, predicate.last)}
    for group in reading.groups:
        harm = group.harm
        if harm is not None and group.head is not None and group.head not in phrases and not group.generic:
            _noun(reading, group, harm)


def _noun(reading: Reading, group: Group, harm: Harm) -> None:
    words = reading.tokens.words
    assert group.head is not None
    if reading.is_done(group, harm):
        return
    harms, last = _with_second(reading, group, harm)
    predicate = Predicate(group.head, group.head + 1, harms, "noun", auxiliary=group.first)
    if group.quantity is not None:
        _quantified(reading, group, harms, predicate)
        return
    if words[last : last + 1] == ["of"] or (words[last : last + 1] == ["to"] and harm == "injured"):
        told = reading.linker.after(last + 1, most=1)
        for harmed in told:
            bare = reading.count(harmed) is None
            if bare and {"end", "halt", "stop"} & set(words[max(0, group.first - 3) : group.first + 1]):
                return  # "an end to the killing of civilians"
            if not bare or _is_told(reading, group, singular=not NOUNS[words[group.head]].many):
                reading.add(harmed, harms, predicate, "noun")
        if told:
            return
    here = words[last : last + 2] in _CAUSED and reading.tokens.word(last + 2) in _THIS
    before = words[group.first] in _DEFINITE or reading.tokens.word(last) in (":", "") or _is_with(words, group.first)
    if before and not here:
        return  # "the deaths", "these injuries": told before; but not "the civilian casualties caused by this strike"
    if words[group.head].endswith("s") and _is_told(reading, group, singular=False):
        bare_group = Group(group.first, last, "bare", head=group.head, status=group.status, groups=group.groups)
        reading.add(Harmed(bare_group, group.first, last), harms, predicate, "noun")


def _is_with(words: list[str], k: int) -> bool:
    return k > 0 and words[k - 1] in ("with", "from", "for")


def _with_second(reading: Reading, group: Group, harm: Harm) -> tuple[tuple[Harm, ...], int]:
    """ "deaths and injuries", "deaths, injuries and damage": two nouns of harm are one claim."""
    words, last = reading.tokens.words, group.last
    if words[last : last + 1] not in (["and"], [","], ["or"]):
        return (harm,), last
    other = next((g for g in reading.groups if g.first == last + 1), None)
    if other is None or other.harm in (None, harm) or other.quantity is not None or words[other.first] in ("a", "an"):
        return (harm,), last
    assert other.harm is not None
    reading.settle(other, other.harm)
    return ordered((harm, other.harm)), other.last


def _quantified(reading: Reading, group: Group, harms: tuple[Harm, ...], predicate: Predicate) -> None:
    words, quantity = reading.tokens.words, group.quantity
    assert quantity is not None
    assert group.head is not None
    if quantity.qualifier == "share":
        reading.add(Harmed(_complemented(reading, group, 8), group.first, group.last), harms, None, "share")
        return
    if quantity.is_one and words[group.first + 1 : group.first + 3] == ["of", "the"]:
        return  # "one of the deadliest massacres": of its kind, and no figure of the dead
    if quantity.value is not None and quantity.value > 1 and not NOUNS[words[group.head]].many:
        return  # "300 death certificates"
    if quantity.value is None and _is_with(words, group.first):
        return  # "with various injuries": told of those named before
    if quantity.value is None and (reading.is_hypothetical(group.first) or not NOUNS[words[group.head]].many):
        return
    if any(word in MODALS for word in words[max(0, group.first - 3) : group.first]):
        return
    harmed = Harmed(_among_status(reading, group), group.first, group.last)
    reading.add(harmed, harms, predicate, "noun")


def _complemented(reading: Reading, group: Group, reach: int) -> Group:
    """The status a complement states: "most of the casualties have been military"."""
    words = reading.tokens.words
    stated: set[VictimStatus] = set()
    named: list[str] = []
    for word in words[group.last : group.last + reach]:
        if word in (".", ";"):
            break
        noun = NOUNS.get(word)
        if word in _STATUS:
            stated.add(_STATUS[word])
        elif noun is not None and noun.people and noun.harm is None:
            if noun.status != "unknown":
                stated.add(noun.status)
            if noun.group:
                named.append(noun.group)
    if not stated and not named:
        return group
    status: VictimStatus = "mixed" if len(stated) > 1 else stated.pop() if stated else group.status
    return replace(group, status=status, groups=(*group.groups, *named))


def _among_status(reading: Reading, group: Group) -> Group:
    """ "casualties among civilians and the military": mixed."""
    words = reading.tokens.words[group.last : group.last + 9]
    stated = {
        _STATUS[word]
        for i, word in enumerate(words)
        if word in _STATUS and any(w in ("among", "of", "both") for w in words[:i])
    }
    if not stated:
        return group
    return replace(group, status="mixed" if len(stated) > 1 else stated.pop())


def _is_told(reading: Reading, group: Group, *, singular: bool) -> bool:
    words = reading.tokens.words
    if reading.is_hypothetical(group.first):
        return False
    if singular:
        return True
    around = words[reading.clause_start(group.first) : group.first][-8:] + words[group.last : group.last + 9]
    return any(word in _EVENTS for word in around)


def _tolls(reading: Reading) -> None:
    view, sentence = reading.view, reading.sentence
    for match in _TOLL.finditer(view.low, sentence.start, sentence.end):
        harm: Harm = "killed" if match["killed"] else "injured" if match["injured"] else "casualties"
        total = match[0].endswith(" total")
        if total and not _BRINGS.search(view.low, max(sentence.start, match.start() - 12), match.start()):
            continue
        if (total or match[0] == "toll") and not _is_of_dead(view, sentence, match.start()):
            continue
        _toll(reading, reading.token_at(match.start()), reading.token_at(match.end()), harm)
    for match in _NUMBER_OF.finditer(view.low, sentence.start, sentence.end):
        harm = "killed" if match["killed"] else "injured" if match["injured"] else "casualties"
        first = reading.token_at(match.start())
        if not _in_front(reading, first, harm):
            _toll(reading, first, reading.token_at(match.end()), harm)


def _is_of_dead(view: View, sentence: Sentence, at: int) -> bool:
    """Whether a mere "toll" is one of lives: its own sentence or the words before tell of the dead."""
    return _OF_DEAD.search(view.low, max(view.start, sentence.start - _NEAR_DEAD), sentence.end) is not None


def _in_front(reading: Reading, first: int, harm: Harm) -> bool:
    """ "brings to 44 the number of medics killed": the figure stands in front."""
    words = reading.tokens.words
    group = next((g for g in reading.groups if g.quantity is not None and first - 2 <= g.quantity.last <= first), None)
    if group is None or group.quantity is None or words[max(0, group.first - 1)] != "to":
        return False
    counted = replace(group, last=group.quantity.last, kind="counted", noun=None, loose=False)
    predicate = Predicate(first, first + 2, (harm,), "noun", auxiliary=group.first)
    reading.add(Harmed(counted, counted.first, counted.last), (harm,), predicate, "toll")
    return True


def _toll(reading: Reading, first: int, k: int, harm: Harm) -> None:
    """Walk from "death toll" over "has risen from 9 to" to the figure that holds now."""
    tokens, words = reading.tokens, reading.tokens.words
    end, start = min(len(words), k + _LONGEST_TOLL), k
    while k < end and words[k] not in (";", ".", "?"):
        if words[k] == "from" and k + 1 < end and words[k + 1][0].isdigit():
            while k < end and words[k] != "to":
                k += 1
            continue
        quantity = numbers.quantity_at(tokens, k) if k == start or words[k - 1] in _TOLL_VERBS else None
        if quantity is not None and quantity.qualifier != "share" and (quantity.value or quantity.lower):
            group = next((g for g in reading.groups if g.first <= quantity.first < g.last), None)
            if group is None or group.kind == "nobody" or (group.harm and group.harm != harm):
                return
            civilian = "civilian" in words[max(0, first - 1) : quantity.first]
            status: VictimStatus = "civilian" if civilian else group.status
            counted = replace(
                group,
                last=max(quantity.last, group.last),
                kind="counted",
                quantity=quantity,
                noun=None,
                status=status,
                loose=False,
            )
            predicate = Predicate(first, first + 2, (harm,), "noun", auxiliary=first)
            reading.add(Harmed(counted, counted.first, counted.last, members=(group,)), (harm,), predicate, "toll")
            rise = next((j for j in range(counted.last, end) if words[j] in _RISES), None)
            if rise is None or any(word in (".", ";") for word in words[counted.last : rise]):
                return
            k = rise
        k += 1
