"""A tally: low / best / high for one harm and one victims' status, and the claims behind it."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import Harm, TallyVictims


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim the tally did not use, and why, in words for a person."""

    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Never a sum of what may be the same people. `high` None: no upper bound is known."""

    harm: Harm
    victims: TallyVictims
    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...]
    set_aside: tuple[SetAside, ...] = ()
    residual: int | None = None
    """What a parent's own figure leaves after its parts; None where there is nothing to compare."""
    rule: str = ""
    """The named rule that chose `best`."""
