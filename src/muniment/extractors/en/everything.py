"""All that is told in a document: casualties first, then the other kinds, which leave to them what they tell."""

from __future__ import annotations

from collections.abc import Iterator

from muniment.extractors.draft import Draft
from muniment.extractors.en import casualties, other_kinds
from muniment.extractors.en.affected import complete
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View


def find(view: View, mentions: Mentions) -> Iterator[Draft]:
    """Every claim of the document, by the words that carry it."""
    dead_and_injured = list(casualties.find(view, mentions))
    for draft in dead_and_injured:
        complete(draft, view, mentions)
    yield from dead_and_injured
    yield from other_kinds.find(view, mentions, dead_and_injured)
