"""Harm that did not happen: "nobody was hurt", "no casualties", "not one of the 40 guests", "she was not injured"."""

from __future__ import annotations

import re
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import NOUNS, Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import FORMS, Predicate
from muniment.model import Count, Victims
from muniment.model.vocabulary import Harm, VictimStatus

_LISTS = wordlists.load(Path(__file__).with_name("negated.toml"))
_MAYBE = re.compile(wordlists.either(_LISTS["needs"]["stems"]))
_HARMED = wordlists.either(_LISTS["harmed"]["words"])
_NOUN = wordlists.either(_LISTS["nouns"]["words"])
_NOBODY = re.compile(
    r"(?<!\w)(?P<who>" + wordlists.either(_LISTS["nobody"]["words"]) + r")(?P<of>\s+[^,;.:\"“”]{2,50}?)??\s+"
    r"(?:(?:was|were|is|are|has|have|had|been|being|got|either|seriously|reportedly|reported|confirmed|yet|so\s+far)\s+)*"
    r"(?P<harm>" + _HARMED + r"(?:\s+(?:or|and|nor)\s+" + _HARMED + r")?)(?!\w)"
)
_WITHOUT = wordlists.either(_LISTS["nouns"]["without"])
_NO_HARM = re.compile(
    r"(?<!\w)(?P<who>(?:no|zero)\s+(?:[a-z]+\s+(?:or\s+)?){0,2}?)(?P<harm>"
    rf"{_NOUN}(?:\s+(?:or|and|nor)\s+(?:[a-z]+\s+)?{_NOUN})?)(?!\w)"
    r"|(?<!\w)(?P<without>without\s+(?:causing\s+|any\s+|suffering\s+)*(?:[a-z]+\s+)?)"
    rf"(?P<harm2>{_WITHOUT})(?!\w)"
)
_HARMED_NOBODY = re.compile(
    r"(?<!\w)(?P<harm>killed|injured|hurt|wounded|harmed|killing|injuring|wounding|harming)\s+(?P<who>nobody|no\s+one|"
    r"no\s+(?:civilians?|people|residents|soldiers))(?!\w)"
)
_OPEN = wordlists.pattern(_LISTS["open"]["words"])
_BUT = re.compile(
    r",?\s*(?:apart\s+from|except|other\s+than|save\s+for|but\s+for|with\s+the\s+exception|beyond|only)(?!\w)"
)
_DEGREES = frozenset(_LISTS["degrees"]["words"])
_CONTRASTS = frozenset(("by", "until", "till", "only", "because", "just", "but", "to"))
_NEGATIONS = frozenset(("not", "never", "wasn't", "weren't"))
_OTHERS = frozenset(_LISTS["others"]["words"])
_WORD = re.compile(r"[a-z-]+")
_BACK = 60


def read(reading: Reading, predicates: list[Predicate]) -> None:
    """Add the claims that deny harm, and keep their people from being counted as harmed."""
    view, sentence = reading.view, reading.sentence
    if _MAYBE.search(view.low, sentence.start, sentence.end) is None:
        return
    for match in _NOBODY.finditer(view.low, sentence.start, sentence.end):
        if match["of"] is None or _OTHERS.isdisjoint(match["of"].split()):
            _nobody(reading, match, match["harm"], match["who"])
    for match in _NO_HARM.finditer(view.low, sentence.start, sentence.end):
        _nobody(reading, match, match["harm"] or match["harm2"], match["who"] or match["without"])
    for match in _HARMED_NOBODY.finditer(view.low, sentence.start, sentence.end):
        _nobody(reading, match, match["harm"], match["who"])
    for predicate in predicates:
        _unharmed(reading, predicate)


def _nobody(reading: Reading, match: re.Match[str], harm: str, who: str) -> None:
    view, sentence, tokens = reading.view, reading.sentence, reading.tokens
    low = view.low
    if _OPEN.search(low, max(sentence.start, match.start() - _BACK), match.start() + len(who)):
        return
    first, last = reading.token_at(match.start()), reading.token_at(match.end() - 1) + 1
    harms = _harms(harm)
    for group in reading.groups:
        if first <= group.first < last or first <= group.last - 1 < last:
            for every in ("killed", "injured", "casualties", "missing"):
                reading.settle(group, every)
    raw = tokens.raw(first, last)
    draft = Draft(
        "casualty",
        sentence,
        match.start(),
        match.end(),
        (match.end() - len(harm), match.end()),
        harm=harms,
        count=Count.of("exact", 0, raw),
        victims=Victims(_status(low[match.start() : match.end()])),
        polarity="negated_with_exception" if _BUT.match(low, match.end(), sentence.end) else "negated",
    )
    for name, rule in (
        ("harm", "harm:negated"),
        ("count", "count:none"),
        ("victims", "people"),
        ("polarity", "none harmed"),
    ):
        draft.because(name, rule, view, match.start(), match.end())
    reading.found.append(draft)


def _harms(words: str) -> tuple[Harm, ...]:
    found: set[Harm] = set()
    for word in _WORD.findall(words):
        if word in FORMS:
            found.add(FORMS[word][1])
        elif word in NOUNS and NOUNS[word].harm is not None:
            found.add(NOUNS[word].harm or "casualties")
        elif word in ("victims", "life", "dead"):
            found.add("killed")
        elif word == "harmed":
            found.add("casualties")  # killed or injured, not told which
    if found >= {"killed", "injured"}:
        return ("casualties",)
    return tuple(harm for harm in ("killed", "injured", "casualties", "missing") if harm in found) or ("casualties",)


def _status(words: str) -> VictimStatus:
    """The status the words name: "no civilians", "none of the soldiers"; unknown for mere people."""
    for word in _WORD.findall(words):
        noun = NOUNS.get(word)
        if noun is not None and noun.people and noun.status != "unknown":
            return noun.status
        if word == "civilian":
            return "civilian"
    return "unknown"


def _unharmed(reading: Reading, predicate: Predicate) -> None:
    """ "the paramedic on board was not injured": one or so many who were there and unharmed."""
    words = reading.tokens.words
    group = words[predicate.auxiliary : predicate.first]
    if (
        not predicate.passive
        or predicate.form not in ("participle", "adjective")
        or not set(predicate.harms) & {"killed", "injured"}
    ):
        return
    if not _NEGATIONS & set(group) or _DEGREES & set(group) or reading.tokens.word(predicate.last) in _CONTRASTS:
        return
    if any(
        word in ("could", "would", "should", "may", "might", "must", "will", "being", "to", "known") for word in group
    ):
        return
    start = reading.tokens.starts[predicate.auxiliary]
    if _OPEN.search(reading.view.low, max(reading.sentence.start, start - _BACK), start):
        return
    for harmed in reading.linker.before(predicate.auxiliary):
        if _is_definite(harmed, words):
            draft = reading.add(harmed, predicate.harms, predicate, "negated")
            if draft is not None:
                draft.polarity = "negated"
                draft.because("polarity", "not harmed", reading.view, draft.start, draft.end)


def _is_definite(harmed: Harmed, words: list[str]) -> bool:
    group: Group = harmed.group
    if group.kind in ("one", "named"):
        return words[group.first] not in ("a", "an")
    return group.kind == "counted" and group.number is not None
