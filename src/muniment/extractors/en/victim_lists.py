"""Lists of people harmed, a line each: "1. Name, 81, retired miner. Killed in his yard, 14 November."

A line is read where it opens with a person (a name with an age, or "unidentified man") and says what happened to them,
or stands in a list whose heading does ("Civilians killed in the valley").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en.nouns import FEMALE, MALE, NOUNS
from muniment.extractors.en.numbers import as_figure
from muniment.extractors.layout import Block
from muniment.extractors.view import View
from muniment.model import Count, PersonMention, Victims
from muniment.model.vocabulary import LONGEST_QUOTE, Harm, VictimStatus

_LISTS = wordlists.load(Path(__file__).with_name("victim_lists.toml"))
_ARTICLE = r"(?:(?:al|bin|ibn|bint|de|da|del|van|von|abu|el)\s|[a-z]{2,3}-(?=[A-Z]))"
_NAME = rf"[^\W\d_][\w’'.-]*(?:\s{_ARTICLE}?[^\W\d_a-z][\w’'-]*){{0,4}}"
_FIGURE = r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|[a-z]{3,9})"
_ITEM = re.compile(
    r"[\s•◦▪‣●○·*–—-]{0,6}(?:\(?\d{1,3}[.)]\s+)?\**"
    r"(?:(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Aa]nd)\s(?P<said>[a-z][a-z -]{2,20}?)[,:]?\s(?=[^\W\d_a-z]))?(?:"
    rf"(?P<name>{_NAME})\**(?:\s?\((?:aged?\s)?(?P<in_brackets>\d{{1,3}})(?:\syears(?:\sold)?)?\)|"
    rf"(?:,|\s[–—-])\s(?:aged?\s)?(?P<age>{_FIGURE})(?:\s(?:years|months)(?:\sold)?)?(?=[,.;:)\n–—]|\s[–—-]|\Z)"
    r"|(?=,|\s[–—-]\s|\.|\s*\Z))"
    r"|(?P<unnamed>(?:[Aa]n?\s)?(?:[Uu]nidentified|[Uu]nknown|[Uu]nnamed)\s\(?(?P<who>[a-z]+)\)?)(?=[,.(]|\s[–—-]|\s*\Z))"
)
_HARMS: tuple[Harm, ...] = ("killed", "injured", "missing")
_OWN = {harm: wordlists.pattern(_LISTS["own"][harm]) for harm in _HARMS}
_OPENS = {harm: re.compile(r"\W*(?:" + wordlists.either(_LISTS["own"][harm]) + r")(?!\w)") for harm in _OWN}
_LEAD = {harm: wordlists.pattern(_LISTS["lead"][harm]) for harm in _HARMS}
_FARTHEST_LEAD = 5
_NOT = wordlists.pattern(_LISTS["not"]["words"])
_AGE = re.compile(
    r"(?:about|around|aged|approximately|some)\s(\d{1,3})(?=\syears|[,.)])|(?<!\d)(\d{1,3})\syears\s(?:old|of\sage)"
)
_WORD = re.compile(r"[a-z][a-z-]+")
_MISSING = re.compile(r"(?<!\w)(?:missing|disappeared)(?!\w)")
_SOON = 60
_LONGEST_ITEM = 420
_KIN = re.compile(
    r"(?<!\w)(?:his|her|their)\s([a-z-]+)|(?<!\w)([a-z-]+)\sof\s(?:the\s)?(?:above|previous|preceding|no)(?!\w)"
)


def find(view: View, found: Sequence[Draft]) -> Iterator[Draft]:
    """One claim for each person of a list, where the sentences themselves have not given it."""
    lead: tuple[Harm | None, bool] | None = None
    for block in view.blocks:
        length = block.end - block.start
        listed = block.kind == "bullet" or (length <= _LONGEST_ITEM and block.kind != "note")
        match = _ITEM.match(view.clean, block.start, block.end) if listed else None
        if match is not None and _is_person(match):
            if lead is None:
                lead = _lead(view, block)
            yield from _item(view, block, match, lead[0], lead[1], found)
        elif block.kind != "bullet" and not (match is not None and length < _LONGEST_ITEM // 4):
            lead = None


def _lead(view: View, block: Block) -> tuple[Harm | None, bool]:
    """What the words above a list say of all in it: one harm or none, and whether they are civilians."""
    for index in range(block.index - 1, max(-1, block.index - _FARTHEST_LEAD), -1):
        above = view.blocks[index]
        words = view.low[above.start : above.end]
        if _NOT.search(words) is not None:
            return None, False
        harms: list[Harm] = [harm for harm, pattern in _LEAD.items() if pattern.search(words) is not None]
        if harms:
            return (harms[0] if len(harms) == 1 else None), "civilian" in words
        if above.kind == "heading" or above.end - above.start >= _LONGEST_ITEM:
            return None, False
    return None, False


def _is_person(match: re.Match[str]) -> bool:
    if match["unnamed"] is not None:
        noun = NOUNS.get(match["who"])
        return noun is not None and noun.people and not noun.many
    name = match["name"]
    first = name.split()[0].lower()
    if match["said"] is not None and not any(NOUNS[w].people for w in match["said"].split() if w in NOUNS):
        return False
    if first in NOUNS or first in _COMMON or name.isdigit():
        return False
    age = _age(match)
    return age is not None or (" " in name and match["age"] is None)


_COMMON = frozenset(_LISTS["not"]["names"])


def _age(match: re.Match[str]) -> int | None:
    if match["in_brackets"] is not None:
        return int(match["in_brackets"]) if int(match["in_brackets"]) <= 120 else None
    return as_figure(match["age"].lower()) if match["age"] is not None else None


def _item(
    view: View, block: Block, match: re.Match[str], lead: Harm | None, civil: bool, found: Sequence[Draft]
) -> Iterator[Draft]:
    low = view.low
    sentences = view.sentences_of(block)
    if not sentences:
        return
    words = low[match.end() : block.end]
    if _NOT.search(words) is not None:
        return
    age = _age(match)
    told = _own_word(view, block, match.end(), elliptical=age is not None or match["unnamed"] is not None)
    harm: Harm
    if told is not None:
        harm, start, end = told
    elif lead is not None and (age is not None or match["unnamed"] is not None or block.kind == "bullet"):
        harm = "missing" if _MISSING.search(words[:_SOON]) is not None else lead
        group = "unnamed" if match["unnamed"] is not None else "name"
        start, end = match.span(group)
    else:
        return
    if any(block.start <= draft.start < block.end and harm in draft.harm for draft in found):
        return
    first = match.start("unnamed" if match["unnamed"] is not None else "name")
    sentence = view.sentence_at(start) or sentences[0]
    stop = min(sentence.end, first + LONGEST_QUOTE)
    if age is None:
        later = _AGE.search(low, match.end(), block.end)
        age = int(later[1] or later[2]) if later is not None else None
    name = match["name"].strip("*") if match["name"] is not None else None
    draft = Draft("casualty", sentence, first, stop, (start, end), harm=(harm,))
    draft.count = Count.of("exact", 1, view.text[match.start() : match.end()].strip(" •*-–\n"))
    draft.victims = _victims(low[match.start() : block.end], age, civil)
    if name is not None:
        sex, relation = _sex_and_kin(low[match.start("said") - 4 : match.end("said")] if match["said"] else words)
        draft.persons = (PersonMention(name.rstrip("."), "victim", age=age, sex=sex, relation=relation),)
        draft.because("persons", "persons: line of a list", view, match.start("name"), match.end("name"))
    draft.because("harm", "harm:own word of the line" if told else "harm:list", view, start, end)
    draft.because("count", "count:one", view, first, match.end())
    draft.because("victims", "people", view, first, stop)
    yield draft


def _own_word(view: View, block: Block, at: int, *, elliptical: bool) -> tuple[Harm, int, int] | None:
    """The word by which a line says itself what happened: at the head of a sentence, or right behind the person."""
    if not elliptical:
        return None
    for sentence in view.sentences_of(block):
        for harm, pattern in _OPENS.items():
            start = max(sentence.start, at)
            match = pattern.match(view.low, start, sentence.end) if start < sentence.end else None
            if match is not None:
                words = len(match[0]) - len(match[0].lstrip(" \n\t.,;:–—-()*"))
                return harm, match.start() + words, match.end()
    first = view.sentence_at(at - 1)
    if first is None:
        return None
    for harm, pattern in _OWN.items():
        match = pattern.search(view.low, at, first.end)
        if match is not None and _is_phrase(view.low[at : match.start()]):
            return harm, match.start(), match.end()
    return None


def _is_phrase(words: str) -> bool:
    """Whether the words between person and harm only describe the person: ", teacher, Pell, "."""
    return len(words) < 90 and _LINKS.search(words) is None


_LINKS = re.compile(r"(?<!\w)(?:whose|who|said|says|told|not|never|while|when|where|after|before|if|he|she|they)(?!\w)")


def _victims(words: str, age: int | None, civil: bool) -> Victims:
    status: VictimStatus = "civilian" if civil or (age is not None and age < 18) else "unknown"
    groups: list[str] = ["child"] if age is not None and age < 18 else []
    for word in _WORD.findall(words[:160]):
        noun = NOUNS.get(word)
        if noun is None or not noun.people or noun.harm is not None or noun.body or noun.many:
            continue
        if noun.status != "unknown" and status == "unknown":
            status = noun.status
        if noun.group and noun.group not in groups and not noun.kin:
            groups.append(noun.group)
    return Victims(status, tuple(groups[:3]))


def _sex_and_kin(words: str) -> tuple[str | None, str | None]:
    match = _KIN.search(words[:80])
    relation = (match[1] or match[2]) if match is not None else None
    if relation is not None and (relation not in NOUNS or not NOUNS[relation].kin):
        relation = None
    for word in _WORD.findall(words[:80]):
        if word == relation or (word in NOUNS and not NOUNS[word].kin):
            if word in FEMALE:
                return "female", relation
            if word in MALE:
                return "male", relation
    if (own := re.search(r"(?<!\w)(?:his|her|he|she)(?!\w)", words)) is not None and relation is None:
        return ("female" if own[0] in ("her", "she") else "male"), None
    return None, relation
