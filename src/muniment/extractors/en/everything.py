"""All that is told in a document: casualties first, then the other kinds, which leave to them what they tell."""

from __future__ import annotations

from collections.abc import Iterator

from muniment.extractors.draft import Draft
from muniment.extractors.en import casualties, named_victims, other_kinds
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View


def find(view: View, mentions: Mentions) -> Iterator[Draft]:
    """Every claim of the document, by the words that carry it."""
    dead_and_injured = list(casualties.find(view, mentions))
    for draft in dead_and_injured:
        named_victims.complete(draft, view, mentions)
    dead_and_injured += list(named_victims.find(view, mentions, dead_and_injured))
    yield from dead_and_injured
    yield from other_kinds.find(view, mentions, dead_and_injured)
