"""Sentences that stand beside the matter: a report about its own data and method, the law, what a kind of thing is."""

from __future__ import annotations

from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View

_LISTS = wordlists.load(Path(__file__).with_name("apart.toml"))
_ITSELF = wordlists.pattern(_LISTS["itself"]["words"])
_GENERAL = wordlists.pattern(_LISTS["general"]["words"])
EVENTS = frozenset({"incident", "damage", "weapon_use", "attribution", "verification", "weapon_id", "refutation"})
"""Kinds that such a sentence does not tell, unless it counts them."""


def is_beside_the_matter(view: View, sentence: Sentence) -> bool:
    """Whether a sentence tells of the text itself, or of what is so as a rule, rather than of an event."""
    low, start, end = view.low, sentence.start, sentence.end
    return _ITSELF.search(low, start, end) is not None or _GENERAL.search(low, start, end) is not None
