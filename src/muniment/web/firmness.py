"""How firmly something is held, as shown: a word, a shape, a tone. The word alone must always be enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firmness:
    """A level or certainty as shown: the tone (a class), the shape (a symbol's id) and the source's own word."""

    tone: str
    shape: str
    word: str


LEVELS = {
    "established": Firmness("firm", "established", "established"),
    "verified": Firmness("firm", "verified", "verified"),
    "corroborated": Firmness("firm", "corroborated", "corroborated"),
    "strongly_suggested": Firmness("leaning", "strongly_suggested", "strongly suggested"),
    "likely": Firmness("leaning", "likely", "likely"),
    "reported": Firmness("said", "reported", "reported"),
    "alleged": Firmness("said", "alleged", "alleged"),
    "unverified": Firmness("open", "unverified", "unverified"),
    "inconclusive": Firmness("open", "inconclusive", "inconclusive"),
    "hypothetical": Firmness("open", "hypothetical", "hypothetical"),
    "denied": Firmness("denied", "denied", "denied"),
    "refuted_denial": Firmness("denied", "refuted_denial", "denial refuted"),
}

_SHAPE_OF = {
    "stated": "verified",
    "identified": "verified",
    "strongly_suggested": "strongly_suggested",
    "likely": "likely",
    "appears": "likely",
    "consistent_with": "likely",
    "believed": "likely",
    "reported": "reported",
    "alleged": "alleged",
    "claimed": "alleged",
    "implied": "alleged",
    "denied": "denied",
}


def of_level(level: str) -> Firmness:
    """How firmly a publisher holds an event."""
    return LEVELS[level]


def of_certainty(certainty: str) -> Firmness:
    """How surely a party or a weapon is named; the word is the source's own kind of word."""
    like = LEVELS[_SHAPE_OF[certainty]]
    return Firmness(like.tone, like.shape, certainty.replace("_", " "))
