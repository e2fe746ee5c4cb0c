"""Harm told of people named just before: "Of the 29, eleven were women", "my brother was one of them", "he died"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Reason
from muniment.model.vocabulary import Harm

_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "referring")
_PART = re.compile(
    r"(?<!\w)(?:of|among)\s+(?:(?:the|these|those)\s+(?P<whole>\d[\d,]*|[a-z-]+)(?:\s+(?:people|dead|victims|killed|"
    r"injured|wounded|civilians))?,\s|(?:them|these|the\s+victims)\s+(?:were|was|are)\s)"
)
_FARTHEST = 40
_ONE_OF = re.compile(
    r"(?<!\w)(?:was|were|is|are)\s+(?:also\s+)?(?:one\s+of|among)\s+(?:them|those)(?=\s*[.,;!”\"]|\s+and\s|\s*\Z)"
)
_PRONOUN = re.compile(
    r"(?<!\w)(?P<who>he|she)\s+(?:(?:later|then|also|subsequently|reportedly|eventually|soon)\s+)?"
    r"(?P<harm>died|bled\s+to\s+death|succumbed|did\s+not\s+survive|was\s+(?:killed|shot\s+dead|found\s+dead|pronounced\s+dead))(?!\w)"
)
_BEFORE = 2
_BE = frozenset(("was", "were", "are", "is"))


def find(view: View, found: Sequence[Draft]) -> Iterator[Draft]:
    """The claims that lean on one of another sentence."""
    if found:
        for match in _PART.finditer(view.low, view.start, view.end):
            yield from _parts(view, match, found)
        for match in _ONE_OF.finditer(view.low, view.start, view.end):
            yield from _one_of(view, match, found)
    for match in _PRONOUN.finditer(view.low, view.start, view.end):
        yield from _died(view, match, found)


def _reading(view: View, sentence: Sentence) -> Reading:
    return Reading(view, sentence, Tokens(view, sentence.start, sentence.end))


def _governing(view: View, sentence: Sentence, found: Sequence[Draft], figure: int | None) -> Draft | None:
    """The total a sentence speaks of: the one with its figure, else the last of the sentences just before."""
    earlier = [draft for draft in found if draft.end <= sentence.start and "part" not in draft.why]
    earlier = [draft for draft in earlier if draft.polarity == "affirm" and draft.count is not None]
    if figure is not None:
        same = [draft for draft in earlier if draft.count is not None and figure in (draft.count.best, draft.count.min)]
        return max(same, key=lambda draft: draft.start, default=None)
    near = [
        draft
        for draft in earlier
        if 0 < sentence.index - draft.sentence.index <= _BEFORE and draft.sentence.block == sentence.block
    ]
    return max(near, key=lambda draft: draft.start, default=None)


def _told(found: Sequence[Draft], sentence: Sentence) -> bool:
    return any(draft.sentence.index == sentence.index for draft in found)


def _parts(view: View, match: re.Match[str], found: Sequence[Draft]) -> Iterator[Draft]:
    sentence = view.sentence_at(match.end() - 1)
    if (
        sentence is None
        or _told(found, sentence)
        or match.start() - sentence.start > (3 if match["whole"] else _FARTHEST)
    ):
        return
    reading = _reading(view, sentence)
    figure = None
    if match["whole"] is not None:
        first = reading.token_at(match.start("whole"))
        named = next((group for group in reading.groups if group.first <= first < group.last), None)
        figure = named.number if named is not None else None
        if figure is None:
            return
    whole = _governing(view, sentence, found, figure)
    if whole is None or whole.count is None or whole.count.unit != "people":
        return
    most = whole.count.best or whole.count.max or whole.count.min
    begins = reading.token_at(match.end()) if match["whole"] else 0
    for index, group in enumerate(reading.groups):
        if group.first < begins or group.kind != "counted" or group.number is None or most is None:
            continue
        if not group.loose or group.number >= most:
            continue
        described = _described(reading, index, group)
        if described is not None:
            draft = reading.add(Harmed(described, group.first, described.last), whole.harm, None, "part")
            if draft is not None:
                yield _as_part(draft, whole, view)


def _described(reading: Reading, index: int, group: Group) -> Group | None:
    """The figure with the people it is said to be: "eleven were women"; None where it is said to be no people."""
    following = reading.groups[index + 1] if index + 1 < len(reading.groups) else None
    if following is None or following.kind not in ("bare", "one") or following.noun is None or following.harm:
        return None
    gap = reading.tokens.words[group.last : following.first]
    if len(gap) > 2 or not any(word in _BE for word in gap):
        return None
    return replace(group.as_people(following), loose=False)


def _as_part(draft: Draft, whole: Draft, view: View) -> Draft:
    words = view.text[whole.start : whole.end]
    draft.why["part"] = Reason("part of the total", words, whole.start, whole.end)
    if draft.victims is not None and draft.victims.status == "unknown" and whole.victims is not None:
        draft.victims = replace(draft.victims, status=whole.victims.status)
    return draft


def _one_of(view: View, match: re.Match[str], found: Sequence[Draft]) -> Iterator[Draft]:
    sentence = view.sentence_at(match.start())
    if sentence is None:
        return
    reading = _reading(view, sentence)
    whole = _governing(view, sentence, found, None)
    first = reading.token_at(match.start())
    if whole is None or reading.is_hypothetical(first) or _told(found, sentence):
        return
    last = reading.token_at(match.end() - 1) + 1
    predicate = Predicate(first, last, whole.harm, "phrase", auxiliary=first)
    for group in reading.groups:
        if first <= group.first < last:
            for harm in whole.harm:
                reading.settle(group, harm)
    for harmed in reading.linker.before(first):
        if harmed.group.kind in ("one", "named", "counted", "many") and reading.count(harmed) is not None:
            draft = reading.add(harmed, whole.harm, predicate, "one of them")
            if draft is not None:
                yield _as_part(draft, whole, view)


def _died(view: View, match: re.Match[str], found: Sequence[Draft]) -> Iterator[Draft]:
    sentence = view.sentence_at(match.start())
    if sentence is None:
        return
    reading = _reading(view, sentence)
    at = reading.token_at(match.start())
    if reading.is_hypothetical(at) or reading.is_denied(at):
        return
    near = [draft for draft in found if 0 <= sentence.index - draft.sentence.index <= 1 and "killed" in draft.harm]
    person = _single(reading, at)
    if person is None:
        before = view.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.block != sentence.block or at > 6:
            return
        earlier = _reading(view, before)
        person = _single(earlier, len(earlier.tokens))
        if person is None:
            return
        group = Group(at, at + 1, "one", status=person.status, groups=person.groups, person=person.person)
    else:
        group = person
    if any(_is_same(draft, person) or draft.start <= match.start() < draft.end for draft in near):
        return
    last = reading.token_at(match.end() - 1) + 1
    harms: tuple[Harm, ...] = ("killed",)
    predicate = Predicate(reading.token_at(match.start("harm")), last, harms, "intransitive", auxiliary=at)
    persons = (group.person,) if group.person is not None else ()
    draft = reading.add(Harmed(group, group.first, group.last, None, (group,), persons), harms, predicate, "pronoun")
    if draft is not None:
        yield draft


def _is_same(draft: Draft, person: Group) -> bool:
    """Whether a claim already tells of one person's death, so that "he" may be that one."""
    name = person.person.name if person.person is not None else None
    if name is not None and draft.persons:
        return any(name in other.name or other.name in name for other in draft.persons)
    return draft.count is not None and draft.count.best == 1


def _single(reading: Reading, until: int) -> Group | None:
    """The one person a sentence is about, if it is about one: the first named or counted as one, who does not speak."""
    words = reading.tokens.words
    singles = [g for g in reading.groups if g.last <= until and g.kind in ("one", "named") and g.unit == "people"]
    singles = [g for g in singles if g.person is not None or g.noun is not None]
    if not singles or singles[0].generic:
        return None
    group = singles[0]
    if group.noun is not None and (group.noun.body or group.noun.harm is not None):
        return None
    if group.kind == "named" and (group.person is None or group.person.age is None):
        return None  # a bare run of capitals may be a place or an office
    speaks = words[group.last : group.last + 3]
    if any(word in _WORDS["speaks"] for word in speaks):
        return None
    return group
