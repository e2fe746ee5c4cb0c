"""Decisions: what a named person said, with a reason. Appended, never changed; a later one may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from muniment.model.vocabulary import DecisionKind


@dataclass(frozen=True, slots=True)
class Words:
    """How a decision finds its claim again after a new reading: by words, not by row numbers or offsets alone."""

    exhibit: str
    key: str
    kind: str
    harm: tuple[str, ...]
    count: str | None
    quote: str
    before: str
    """Up to 32 characters in front of the quote."""
    after: str
    """Up to 32 characters behind the quote."""
    start: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as logged.

    Attributes:
        seq: its place in the ledger.
        at: UTC, ISO 8601.
        by: who decided.
        kind: one of the record's decision kinds.
        on: what it is about: ids of claims, incidents, documents, persons, places, or a decision's seq.
        value: what was decided, as plain JSON.
        reason: why, in the person's words.
        words: anchors of the claims among `on`, by id as it was when decided.
    """

    seq: int
    at: str
    by: str
    kind: DecisionKind
    on: tuple[str, ...]
    value: Any
    reason: str
    words: Mapping[str, Words]
