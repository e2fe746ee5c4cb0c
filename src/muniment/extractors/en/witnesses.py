"""Who told it: the people by name whom a claim goes back to, beside the people it is about."""

from __future__ import annotations

import re

from muniment.extractors.draft import Draft
from muniment.extractors.en import persons
from muniment.extractors.en.persons import Named
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View

_SPOKEN = frozenset({"source.quotation", "source.cited", "source.told_on"})
_WHO = re.compile(r"[\w\s,.()'-]{0,60}\bwho\s+(?:had\s+|has\s+)?\Z")
_REACH = 120


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Add to a draft the people named in the words that say whose account it is, and who lost those it counts."""
    if draft.kind in ("call", "legal_status"):
        return
    people = [*_speakers(draft, view, mentions), *_bereaved(draft, view, mentions)]
    taken = {person.name for person in draft.persons}
    told = [person for person in people if person.name not in taken and person.role not in ("victim", None)]
    told += [person for person in people if person.name not in taken and person.role is None]
    if not told:
        return
    draft.persons = (*draft.persons, *(person.mention(person.role or "witness") for person in told))
    draft.because("persons", "persons: whose account it is", view, told[0].start, told[0].end)


def _speakers(draft: Draft, view: View, mentions: Mentions) -> list[Named]:
    reason = draft.why.get("source")
    if reason is None or reason.rule not in _SPOKEN or reason.start is None or reason.end is None:
        return []
    origin = draft.source[-1].who if draft.source else ""
    return [
        person
        for person in _named(reason.start, view, mentions)
        if person.role != "victim" and person.name in origin and person.start < reason.end + _REACH
    ]


def _bereaved(draft: Draft, view: View, mentions: Mentions) -> list[Named]:
    """The person of "Name, 40, who lost two neighbours": the one who tells, not one who was killed."""
    if draft.kind != "casualty" or not view.low[draft.anchor[0] : draft.anchor[1]].startswith("los"):
        return []
    before = [
        person
        for person in _named(draft.anchor[0], view, mentions)
        if person.end <= draft.anchor[0] and _WHO.fullmatch(view.clean, person.end, draft.anchor[0])
    ]
    return before[-1:]


def _named(at: int, view: View, mentions: Mentions) -> list[Named]:
    sentence = view.sentence_at(at)
    if sentence is None:
        return []
    return [person for person in persons.people_of(view, mentions, sentence) if person.role != "victim"]
