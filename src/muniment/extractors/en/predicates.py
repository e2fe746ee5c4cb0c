"""Words of harm in a sentence: which, in what form, and on which side those harmed stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import ahocorasick

from muniment.extractors import wordlists
from muniment.extractors.en.nouns import NOUNS, Group
from muniment.extractors.en.numbers import starters
from muniment.extractors.en.tokens import Tokens
from muniment.model.vocabulary import Harm

_LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("harm.toml"))

Form = Literal["participle", "gerund", "present", "bare", "intransitive", "adjective", "noun", "phrase"]
Side = Literal["before", "after", "either", "inside", "owner", "unstated"]


@dataclass(slots=True)
class Predicate:
    """A word or phrase of harm over tokens `[first, last)`; two joined by "and" are one ("killed and injured")."""

    first: int
    last: int
    harms: tuple[Harm, ...]
    form: Form
    side: Side = "either"
    passive: bool = False
    perfect: bool = False
    auxiliary: int = 0
    """The first token of the verb group ("have been reported dead")."""


def _forms() -> dict[str, tuple[Form, Harm]]:
    found: dict[str, tuple[Form, Harm]] = {}
    sections: tuple[tuple[str, Form], ...] = (
        ("participles", "participle"), ("gerunds", "gerund"), ("present", "present"), ("bare", "bare"),
        ("intransitive", "intransitive"), ("adjectives", "adjective"), ("nouns", "noun"),
    )  # fmt: skip
    for section, form in sections:
        for harm, words in _LISTS[section].items():
            for word in words:
                found.setdefault(word, (form, harm))
    return found


FORMS = _forms()
_PHRASES: list[tuple[tuple[str, ...], re.Pattern[str], Harm, Side]] = [
    (tuple(row["needs"]), wordlists.pattern([row["words"]]), row["harm"], row["who"]) for row in _LISTS["phrases"]
]
_FORCED = re.compile(
    r"(?<!\w)(?:forcing|forced|forces|compelling|compelled|causing|caused|driving|drove|made|obliging|obliged|driven|drives|pushed|expelled|expelling)\s+"
    r"(?P<who>(?:[^,;.]|(?<=\d),(?=\d)){3,80}?)\s+(?:to\s+(?:flee|leave|abandon|evacuate|seek\s+(?:refuge|shelter))|from\s+(?:their|his|her)\s+homes?|"
    r"out\s+of\s+(?:their|his|her|the)\s+(?:homes?|villages?|valley|towns?|city|area)|into\s+displacement)(?!\w)"
)
_THROAT = re.compile(
    r"(?<!\w)(?:slit|slits|slitting|slashed|cut|cuts|cutting|cutting\s+of)\s+(?P<who>[^,;.]{2,60}?)(?:'s?)?\s+throat(?!\w)"
    r"|(?<!\w)(?:knife|blade|bayonet)\s+(?:in|into|across)\s+(?P<who2>his|her|the\s+[a-z ]{2,40}'s)\s+(?:throat|neck)"
)
_TREATED = re.compile(
    r"(?<!\w)(?:admitted|treated|treating|received|receiving)\s+(?P<who>[^,;.]{3,60}?)\s+(?:with|for|suffering\s+from)\s+"
    r"(?:[\w-]+\s+){0,3}(?:wounds?|injuries|burns|fractures)(?!\w)"
)
_LIVES = re.compile(
    r"(?<!\w)(?:claimed|claims|claiming|cost|costing|took|taken|taking)\s+(?P<who>(?!the\s+lives|by\s)(?:(?!(?:our|my|his|her|their|your)\s)[\w,-]+\s+){1,6}?)lives(?!\w)"
)
TRIGGER = re.compile(
    r"kill|injur|wound|dead|\bdie[ds]?\b|death|casualt|fatalit|perish|drown|murder|execut|massacr|slaughter|assassinat|behead|decapitat|"
    r"slain|slaying|lynch|butcher|maim|hurt|burn|hospitali|missing|disappear|unaccounted|displac|uproot|evacuat|strand|flee|fled|homeless|"
    r"toll|li[fv]e|lives|lost|los[et]|mourn|bur(?:y|ied)|widow|orphan|bod(?:y|ies)|corpse|remains|throat|amputat|martyr|succumb|"
    r"paraly|blind|crippl|tore|severed|ripped|leav(?:e|ing)|abandon|forc|victim|blown|shot|stab|crush|electrocut|bayonet|incinerat|concuss|disfigur|limb|leg|eye|"
    r"hospital|clinic|condition|harmed|burial|gunned|mow[en]|picked off|inhal|been seen|been heard|trace|news|"
    r"never seen|hanged|strangl|asphyxi|garrott|poison|sicken|gassed|hit|struck|coffin|funeral|"
    r"whereabouts|breathing|eliminat|liquidat|neutrali|surviv|fate of|"
    r"coma\b|ha(?:ve|s|d) (?:already |since )?left|makeshift|tented|from their home|"
    r"crossed|arrived in|refuge in|to return|grave|been found|"
    r"intensive care|wiped out|wiping out|driven (?:from|out)|pushed (?:from|out)"
)
"""What a sentence must hold at all to be read for casualties: a cheap look before the grammar."""

_AROUND: tuple[tuple[re.Pattern[str], Harm, tuple[str, ...]], ...] = (
    (_FORCED, "displaced", ("flee", "leave", "abandon", "evacuate", "seek", "home", "displacement")),
    (_THROAT, "killed", ("throat", "neck")),
    (_TREATED, "injured", ("wound", "injur", "burns", "fractures")),
    (_LIVES, "killed", (" lives",)),
)
"""Phrases around those harmed, with stems of which the sentence must hold one."""
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "predicates")
_MODALS = _WORDS["modals"]
_BE = _WORDS["be"]
_STAY = frozenset(("remain", "remains", "remained"))
_HAVE = frozenset(("have", "has", "had", "having"))
_SAID_OF = _WORDS["said_of"]
_ADVERBS = frozenset(
    [
        "also",
        "all",
        "both",
        "each",
        "then",
        "later",
        "since",
        "already",
        "still",
        "either",
        "not",
        "reportedly",
        "allegedly",
        "subsequently",
        "badly",
        "severely",
        "seriously",
        "critically",
        "lightly",
        "gravely",
        "fatally",
        "mortally",
        "instantly",
        "immediately",
        "slightly",
        "themselves",
        "himself",
        "herself",
        "never",
        "only",
        "even",
        "now",
        "have",
        "so",
        "just",
        "again",
        "reported",
        "confirmed",
        "at",
        "least",
        "unlawfully",
        "internally",
        "tragically",
        "brutally",
        "deliberately",
        "and",
    ]
) - {"and", "at", "least"}


def is_adverb(word: str) -> bool:
    """Whether a word only tells how or when, so that it may stand anywhere between a subject and its verb."""
    return word in _ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in ("family", "elderly", "only"))


def predicates(tokens: Tokens, groups: list[Group]) -> list[Predicate]:
    """All words of harm of the sentence, joined and classified, left to right."""
    found = list(_phrases(tokens))
    taken = {k for predicate in found for k in range(predicate.first, predicate.last)}
    inside = {
        k
        for group in groups
        for k in range(group.first, group.last)
        if group.kind not in ("nobody", "named") and not group.loose
    }
    words = tokens.words
    for i, word in enumerate(words):
        if i in taken or word not in FORMS:
            continue
        form, harm = FORMS[word]
        if form == "noun" or (
            i in inside and (form in ("participle", "adjective", "bare", "present") or word in NOUNS)
        ):
            continue  # "12 deaths" is a group of its own, "ten wounded men" an attribute: both are read as such
        found.append(Predicate(i, i + 1, (harm,), form))
    found.sort(key=lambda predicate: predicate.first)
    joined = _join(tokens, found)
    for predicate in joined:
        _classify(tokens, predicate)
    return joined


def _phrases(tokens: Tokens) -> Iterator[Predicate]:
    if not tokens.words:
        return
    low, start, end = tokens.view.low, tokens.starts[0], tokens.ends[-1]
    # A slice, not bounds: the automaton copies all it is given, which for each sentence would be the whole text.
    present = {stem for _, stem in _needed().iter(low[start:end])}
    for needs, pattern, harm, side in _PHRASES:
        if present.isdisjoint(needs):
            continue
        for match in pattern.finditer(low, start, end):
            first, last = _cover(tokens, match.start(), match.end())
            if first < last:
                yield Predicate(first, last, (harm,), "phrase", side)


@cache
def _needed() -> Any:
    """All stems a phrase of harm needs, found in one pass."""
    automaton = ahocorasick.Automaton()
    for needs, *_ in _PHRASES:
        for stem in needs:
            automaton.add_word(stem, stem)
    automaton.make_automaton()
    return automaton


def inside_phrases(tokens: Tokens) -> Iterator[tuple[Predicate, int, int]]:
    """Phrases that stand around those harmed ("forcing 300 families to flee"), with the tokens in between."""
    if not tokens.words:
        return
    low, start, end = tokens.view.low, tokens.starts[0], tokens.ends[-1]
    words = low[start:end]
    for pattern, harm, needs in _AROUND:
        if not any(stem in words for stem in needs):
            continue
        for match in pattern.finditer(low, start, end):
            part = "who" if match["who"] or pattern is not _THROAT else "who2"
            first, last = _cover(tokens, match.start(), match.end())
            inner = _cover(tokens, *match.span(part))
            if first < last:
                yield Predicate(first, last, (harm,), "phrase", "inside", auxiliary=first), *inner


def _cover(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    first = next((k for k, at in enumerate(tokens.ends) if at > start), len(tokens))
    last = next((k for k in range(len(tokens) - 1, -1, -1) if tokens.starts[k] < end), -1) + 1
    return first, last


def _join(tokens: Tokens, found: list[Predicate]) -> list[Predicate]:
    """ "killed and injured" one predicate; "killed or injured" casualties whose split is not told."""
    joined: list[Predicate] = []
    for predicate in found:
        before = joined[-1] if joined else None
        gap = tokens.words[before.last : predicate.first] if before else []
        if (
            before is not None
            and (before.form == predicate.form or {before.form, predicate.form} == {"adjective", "participle"})
            and before.harms != predicate.harms
            and not (before.form != predicate.form and _has_object(tokens, predicate))
            and gap
            in (
                ["and"],
                ["or"],
                ["and", "/", "or"],
                ["/"],
                [","],
                ["and", "badly"],
                ["and", "severely"],
                [",", "and"],
                ["and", "seriously"],
                ["or", "seriously"],
                ["or", "severely"],
            )
        ):
            if "or" in gap or gap == ["/"]:
                both: set[Harm] = {*before.harms, *predicate.harms}
                harms: tuple[Harm, ...] = (
                    ("casualties",) if both == {"killed", "injured"} else (*before.harms, *predicate.harms)
                )
            else:
                harms = tuple(dict.fromkeys((*before.harms, *predicate.harms)))
            before.last, before.harms = predicate.last, ordered(harms)
        elif before is not None and before.last > predicate.first:
            continue
        else:
            joined.append(predicate)
    return joined


def _has_object(tokens: Tokens, predicate: Predicate) -> bool:
    """ "left 100 dead and displaced tens of thousands": a figure follows, so that the second is a verb of its own."""
    word = tokens.word(predicate.last)
    return word[:1].isdigit() or word in starters()


def ordered(harms: tuple[Harm, ...]) -> tuple[Harm, ...]:
    """Harms in the order the record lists them."""
    order = ("killed", "injured", "casualties", "missing", "displaced")
    return tuple(sorted(harms, key=lambda harm: order.index(harm) if harm in order else len(order)))


def _classify(tokens: Tokens, predicate: Predicate) -> None:
    """Whether the verb stands in the passive or the perfect, and where its verb group begins."""
    words = tokens.words
    k = predicate.first - 1
    while k >= 0 and (is_adverb(words[k]) or (predicate.form in ("adjective", "participle") and words[k] in _SAID_OF)):
        if words[k] in _HAVE or words[k] in NOUNS:
            break
        k -= 1
    predicate.auxiliary = predicate.first
    if k >= 0 and words[k] in _BE:
        predicate.passive = True
        predicate.auxiliary = _group_start(words, k)
    elif (k >= 0 and words[k] in _HAVE and k == predicate.first - 1) or (
        k >= 0 and words[k] in _HAVE and predicate.form != "adjective"
    ):
        predicate.perfect = True
        predicate.auxiliary = _group_start(words, k - 1) if words[k - 1] == "to" else k  # "are known to have died"
    elif (
        (predicate.form == "adjective" or words[predicate.first - 1] in _STAY)
        and k < predicate.first - 1
        and any(w in _SAID_OF for w in words[k + 1 : predicate.first])
    ):
        predicate.passive = True
        predicate.auxiliary = k + 1


def _group_start(words: list[str], k: int) -> int:
    """The first word of a verb group that ends at `k`: "are reported to have been", "was named … as having been"."""
    start = k + 1
    while k >= 0:
        word = words[k]
        if word == "to" and words[k - 1] not in _SAID_OF:
            break
        if word == "as":
            said = next(
                (j for j in range(k - 1, max(-1, k - 14), -1) if words[j] in _SAID_OF and words[j - 1] in _BE), None
            )
            return start if said is None else said - 1
        if not (word in _BE or word in _HAVE or word in _SAID_OF or word in _MODALS or word == "to" or is_adverb(word)):
            break
        start = k
        k -= 1
    return start
