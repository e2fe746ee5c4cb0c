"""Harm told by sentences that lean on the one before: "Four of them were my cousins", "Then my uncle", "My son too"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import Group
from muniment.extractors.en.numbers import as_figure
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.tokens import Tokens, unbracketed
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Reason, Victims
from muniment.model.vocabulary import Harm

_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "continuing")
_OPENS = _WORDS["opens"]
_CLOSES = _WORDS["closes"]
_MARKS = frozenset(('"', "“", "”", "'", "‘", "’", ".", "–", "-", "…", "!"))
_PLACED = _WORDS["placed"]
_WERE = frozenset(("were", "was", "are", "is", "came", "come", "had", "have"))
_WHOLES = frozenset(("civilians", "victims", "fatalities", "combatants", "fighters", "soldiers", "adults"))
_LONGEST_FRAGMENT = 14
_LONGEST = 45
_FARTHEST = 2
_FIRST_WITHIN = 3
_EXTREME = re.compile(
    r"(?<!\w)the\s+(?:youngest|oldest|eldest)(?:\s+victim|\s+of\s+(?:them|these|the\s+(?:dead|victims|killed|wounded|injured)|"
    r"those\s+killed))?\s+(?:was|is)\s+|(?<=,\s)the\s+(?:youngest|oldest|eldest)\s+(?=an?\s)"
)
_AGE = re.compile(
    r"(?:only\s+|just\s+|barely\s+)?(?P<age>\d{1,3}|[a-z-]+)(?:\s+(?P<unit>years?|months?|weeks?|days?)\s+old)?(?=[.,;]|\s+and\s)"
)
_GUARDS = ("youngest", "oldest", "eldest")


def find(view: View, found: Sequence[Draft]) -> Iterator[Draft]:
    """The claims of sentences that tell more of those the sentence before told of.

    Such a sentence has no word of harm of its own; it is read only within two sentences of one that has.
    """
    told: dict[int, list[Draft]] = {}
    for draft in found:
        told.setdefault(draft.sentence.index, []).append(draft)
    fresh: dict[int, list[Draft]] = {}
    for index in sorted({i + step for i in told for step in range(1, _FARTHEST + 1)}):
        if index >= len(view.sentences) or any("part" not in draft.why for draft in told.get(index, ())):
            continue
        sentence = view.sentences[index]
        whole = _whole(told, fresh, sentence)
        if whole is None:
            continue
        drafts = list(_read(view, sentence, whole, leaning=index - 1 in fresh, parts=told.get(index, ())))
        if drafts:
            fresh[index] = drafts
            yield from drafts
    last = max(fresh, default=-1) + 1
    while 0 < last < len(view.sentences) and last not in told and last - 1 in fresh:
        sentence = view.sentences[last]  # a list of fragments goes on: "Then my father. Then my uncle. And the twins."
        whole = fresh[last - 1][-1]
        drafts = list(_fragment(_reading(view, sentence), whole, leaning=True)) if _near(sentence, whole) else []
        if drafts:
            fresh[last] = drafts
            yield from drafts
        last += 1


def _near(sentence: Sentence, whole: Draft) -> bool:
    return 0 <= sentence.block - whole.sentence.block <= 1


def _whole(told: dict[int, list[Draft]], fresh: dict[int, list[Draft]], sentence: Sentence) -> Draft | None:
    """The claim a sentence leans on: the last total of the sentence before, or of the one before that."""
    for index in range(sentence.index - 1, sentence.index - 1 - _FARTHEST, -1):
        here = [draft for draft in told.get(index, fresh.get(index, [])) if draft.polarity == "affirm"]
        here = [draft for draft in here if draft.sentence.block == sentence.block]
        totals = [draft for draft in here if "part" not in draft.why] or here
        if totals:
            return totals[-1]
    return None


def _reading(view: View, sentence: Sentence) -> Reading:
    return Reading(view, sentence, unbracketed(Tokens(view, sentence.start, sentence.end)))


def _read(
    view: View, sentence: Sentence, whole: Draft, *, leaning: bool, parts: Sequence[Draft] = ()
) -> Iterator[Draft]:
    low = view.low[sentence.start : sentence.end]
    if "?" in low:
        return
    reading = _reading(view, sentence)
    if len(reading.tokens) > _LONGEST or not reading.groups:
        return
    for group in reading.groups:
        if any(part.start <= reading.tokens.starts[group.first] < part.end for part in parts):
            for harm in whole.harm:
                reading.settle(group, harm)  # read already as one of those before
    if parts:
        yield from _subjects(reading, whole, begun=True)
        return
    found = list(_fragment(reading, whole, leaning=leaning)) or list(_subjects(reading, whole))
    if not found and any(word in low for word in _GUARDS):
        found = list(_extremes(reading, whole))
    yield from found


def _fragment(reading: Reading, whole: Draft, *, leaning: bool) -> Iterator[Draft]:
    """ "Then my uncle.", "My son too.", "From our street alone, eleven.": people and no verb."""
    tokens = reading.tokens
    words = [word for word in tokens.words if word not in _MARKS]
    if not words or len(words) > _LONGEST_FRAGMENT or len(whole.harm) != 1:
        return
    first = next(k for k, word in enumerate(tokens.words) if word not in _MARKS)
    last = max(k for k, word in enumerate(tokens.words) if word not in _MARKS) + 1
    if tokens.words[first] in ("from", "in") and "," in tokens.words[first:last]:
        group = reading.groups[-1]
        lone = group.last == last and group.kind == "counted" and group.loose and group.number is not None
        if lone and tokens.word(group.first - 1) == "," and "alone" in words:
            yield from _claim(reading, Harmed(group, group.first, group.last), whole, "fragment", part=True)
        return
    opens = tokens.words[first] in _OPENS
    start = first
    while start < last and tokens.words[start] in (*_OPENS, ","):
        start += 1
    told = reading.linker.after(start, most=0)
    if len(told) != 1 or any(member.kind not in ("one", "named", "many", "counted") for member in told[0].members):
        return
    harmed = told[0]
    if any(member.loose or member.guessed or member.unit != "people" for member in harmed.members):
        return
    rest = tokens.words[harmed.last : last]
    closes = bool(rest) and all(word in _CLOSES or word == "," for word in rest)
    aged = rest[:1] == [","] and "who" in rest[:2] and not any(word in _OPENS for word in rest) and len(rest) <= 5
    if rest and not closes and not (aged and leaning):
        return
    own = any(member.noun is not None and member.noun.kin for member in harmed.members)
    if not (opens or closes or (leaning and (own or tokens.words[first] in _WORDS["titles"]))):
        return
    if reading.count(harmed) is not None:
        yield from _claim(reading, harmed, whole, "fragment")


def _subjects(reading: Reading, whole: Draft, *, begun: bool = False) -> Iterator[Draft]:
    """ "Seven came from Vard, the other 13 from Kessa", "Four of them were my cousins"."""
    tokens, words = reading.tokens, reading.tokens.words
    most = whole.count.max if whole.count is not None else None
    if whole.count is None or whole.count.unit != "people" or most == 1:
        return
    for index, group in enumerate(reading.groups):
        if group.kind != "counted" or group.quantity is None:
            continue
        share = group.quantity.qualifier == "share"
        if not group.loose and not (share and words[group.last - 1] in _WHOLES and not begun):
            continue
        number = group.number
        if not share and (group.quantity.value is None or (most is not None and group.quantity.value >= most)):
            continue
        if not begun and group.first > _FIRST_WITHIN + 2 and words[group.last - 1] not in ("them", "whom", "these"):
            return
        described = _described(reading, index, group)
        following = tokens.word(group.last)
        where = following in _PLACED and (begun or words[group.last - 1] in ("them", "these"))
        were = following in _WERE and tokens.word(group.last + 1) in _PLACED
        if described is None and not were and not where:
            continue
        if number is None and not share:
            continue
        begun = True
        chosen = described or group
        yield from _claim(reading, Harmed(chosen, group.first, chosen.last), whole, "part of those before", part=True)


def _described(reading: Reading, index: int, group: Group) -> Group | None:
    """The figure with the people it is said to be; None where it is said to be no people."""
    following = reading.groups[index + 1] if index + 1 < len(reading.groups) else None
    if following is None or following.harm or following.noun is None or not following.noun.people:
        return None
    if following.kind not in ("bare", "one", "many") or following.noun.body:
        return None
    gap = reading.tokens.words[group.last : following.first]
    if not gap or len(gap) > 2 or gap[0] not in ("were", "was", "are", "is"):
        return None
    return replace(group.as_people(following), loose=False)


def _extremes(reading: Reading, whole: Draft) -> Iterator[Draft]:
    """ "The youngest was a girl of two", "the oldest victim was 88"."""
    view, sentence = reading.view, reading.sentence
    for match in _EXTREME.finditer(view.low, sentence.start, sentence.end):
        k, first = reading.token_at(match.end()), reading.token_at(match.start())
        group = next((g for g in reading.groups if g.first == k and g.kind in ("one", "named")), None)
        if group is None:
            aged = _AGE.match(view.low, match.end(), sentence.end)
            if aged is None or not (aged["age"].isdigit() or aged["unit"]):
                continue
            last = reading.token_at(aged.end() - 1) + 1
            years = as_figure(aged["age"])
            young = (aged["unit"] or "year")[:4] != "year" or (years is not None and years < 18)
            group = Group(
                first, last, "one", status="civilian" if young else "unknown", groups=("child",) if young else ()
            )
        persons = (group.person,) if group.person is not None else ()
        harmed = Harmed(group, first, group.last, members=(group,), persons=persons)
        yield from _claim(reading, harmed, whole, "youngest or oldest", part=True)


def _claim(reading: Reading, harmed: Harmed, whole: Draft, rule: str, *, part: bool = False) -> Iterator[Draft]:
    if reading.is_hypothetical(harmed.first):
        return
    harms: tuple[Harm, ...] = whole.harm
    draft = reading.add(harmed, harms, None, rule)
    if draft is None:
        return
    words = reading.view.text[whole.start : whole.end]
    draft.why["harm"] = Reason(f"harm:{rule}", words, whole.start, whole.end)
    if part:
        draft.why["part"] = Reason("part of the total", words, whole.start, whole.end)
        if draft.victims is not None and draft.victims.status == "unknown" and whole.victims is not None:
            draft.victims = Victims(whole.victims.status, draft.victims.groups)
    yield draft
