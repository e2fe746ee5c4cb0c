"""Parties: who is held responsible, by the code a case knows them by."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import Certainty, PartyKind


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the conflict. `id` is ISO 3166-1 alpha-2 for a state and its forces, else the case's own code."""

    id: str
    names: tuple[str, ...]
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class HeldResponsible:
    """Whom a claim holds responsible, as written, and how surely. Joint parties are joined by `+` in `id`."""

    raw: str
    id: str | None
    certainty: Certainty = "stated"
    cue: str | None = None
