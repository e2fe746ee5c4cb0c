"""Whom a claim of another kind than casualty affects, as far as its own words say: civilians, combatants, which groups."""

from __future__ import annotations

import re

from muniment.extractors.draft import Draft
from muniment.extractors.en.people import NOUNS
from muniment.extractors.view import View
from muniment.model import Victims

_WORD = re.compile(r"[a-z][a-z-]+")
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
