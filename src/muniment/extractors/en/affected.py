"""Whom a claim of another kind than casualty affects, as its own words say: civilians, combatants, which groups."""

from __future__ import annotations

import re

from muniment.extractors.draft import Draft
from muniment.extractors.en import persons
from muniment.extractors.en.nouns import NOUNS
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View
from muniment.model import Count, PersonMention, Victims

_WORD = re.compile(r"[a-z][a-z-]+")
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)")
_SUCH_AS = re.compile(r"(?<!\w)(?:such as|including|like|among them|and others|among others)(?!\w)")
_BEHIND = frozenset({"by", "from"})
_CIVIL = frozenset(
    {"activist", "activists", "dissident", "dissidents", "critic", "critics", "defender", "defenders", "civilian"}
)
_AFFECTING = frozenset(
    {"detention", "ill_treatment", "surveillance", "deprivation", "restriction", "identity", "incident", "attribution"}
)


def victims(draft: Draft, view: View) -> Victims | None:
    """The people a claim affects: those its words name that are not the ones who do it ("by soldiers")."""
    if draft.kind not in _AFFECTING:
        return None
    civilian = combatant = False
    groups: list[str] = []
    before = ""
    acting = True  # who stands before the verb does it, unless the verb is passive
    for match in _WORD.finditer(view.low, draft.start, draft.end):
        word = match[0]
        noun = NOUNS.get(word)
        if match.start() >= draft.anchor[0]:
            acting = before in _BEHIND
        elif word in ("was", "were", "been", "being"):
            acting = False
        status = "civilian" if word in _CIVIL else noun.status if noun is not None and noun.people else "unknown"
        if not (acting and status == "combatant") and before not in _BEHIND:
            civilian = civilian or status == "civilian"
            combatant = combatant or status == "combatant"
            if noun is not None and noun.people and noun.group and noun.group not in groups:
                groups.append(noun.group)
        before = word
    if not (civilian or combatant or groups) and draft.kind in ("incident", "attribution"):
        return None
    if civilian and combatant:
        return Victims("mixed", tuple(groups))
    return Victims("civilian" if civilian else "combatant" if combatant else "unknown", tuple(groups))


def name_people(
    draft: Draft, view: View, mentions: Mentions, last: tuple[int, tuple[PersonMention, ...]]
) -> tuple[int, tuple[PersonMention, ...]]:
    """Put the people named onto the draft; a mere "he" is who was named just before."""
    sentence = draft.sentence
    people = persons.people_of(view, mentions, sentence, harmed=True)
    named: list[PersonMention] = []
    for person in people:
        inside = draft.start - 2 <= person.start < draft.end + 2
        if person.role == "victim":
            if inside:
                named.append(person.mention())
        elif person.role == "alleged_responsible" or (person.role is not None and inside):
            named.append(person.mention())
    draft.persons = tuple(named)
    if named:
        draft.because("persons", "persons: named in these words", view, draft.start, draft.end)
    taken = [person.name for person in named if person.role == "victim"]
    is_whole = _SUCH_AS.search(view.low, draft.start, draft.end) is None
    if draft.kind == "detention" and draft.count is None and taken and is_whole:
        draft.count = Count.of("exact", len(taken), ", ".join(taken))
        draft.because("count", "detention: people named", view, draft.start, draft.end)
    harmed = persons.victims([person for person in people if draft.start - 2 <= person.start < draft.end + 2])
    if harmed:
        return sentence.index, harmed
    if 0 <= sentence.index - last[0] <= 1 and _PRONOUN.search(view.low, draft.start, draft.anchor[0] + 1):
        draft.persons = (*draft.persons, *last[1])
        return sentence.index, last[1]
    return last
