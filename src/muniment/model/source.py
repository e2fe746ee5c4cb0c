"""Who says so: one link of the chain from the publisher back to the origin."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import SourceType


@dataclass(frozen=True, slots=True)
class SourceLink:
    """One voice in a source chain, as the text names it."""

    who: str
    type: SourceType
