"""What one origin says now of one harm: an interval, a best figure, how well graded, since when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from muniment.linker.event import published_day
from muniment.linker.names import fold
from muniment.linker.parts import is_part, victims
from muniment.model import Claim, Document
from muniment.model.vocabulary import Level

Status = Literal["civilian", "combatant", "unknown"]

LEVEL_RANK: dict[Level, int] = {
    "established": 0,
    "verified": 0,
    "corroborated": 0,
    "refuted_denial": 0,
    "strongly_suggested": 1,
    "likely": 1,
    "reported": 2,
    "alleged": 3,
    "unverified": 4,
    "inconclusive": 4,
    "hypothetical": 5,
    "denied": 5,
}
"""How firmly the publisher holds it, in steps that decide between sources: firmest first."""

NOT_CREDIBLE: frozenset[Level] = frozenset({"unverified", "inconclusive"})
"""Levels that bound a figure only where nothing firmer is said."""

NO_MINIMUM = frozenset({"as_many_as", "less_than"})
UNCOUNTED = frozenset({"vague", "unspecified"})
_RELIABILITY = {"A": 0, "B": 1, "C": 2, "D": 3, "E": 4, "F": 2}
_CREDIBILITY = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 3}
"""Who and what cannot be judged (F, 6) stands where the ungraded stands: in the middle."""


@dataclass(frozen=True, slots=True)
class Position:
    """A figure one origin gives.

    Attributes:
        claims: claim ids, sorted.
        low: least it allows, a whole number of people.
        high: most it allows, infinite where open.
        best: the figure as stated, None where it states none.
        status: civilian, combatant, or unknown (mixed counts as unknown).
        day: ordinal of publication, 0 where unknown.
        rank: grade, smaller is better: the source's reliability, the claim's credibility, then the level.
        lineage: key of the origin.
        part: gives a part of the total only.
        named: gives people by name.
        counted: states a figure rather than "dozens".
        level: firmness.
        interim: published while the event was still fresh.
        whom: of a part, whom it counts: minors, women, men, older people; empty where that is not one of these.
        minimum: states a least number; "as many as 40" and "fewer than 20" state none.
    """

    claims: tuple[str, ...]
    low: int
    high: float
    best: int | None
    status: Status
    day: int
    rank: tuple[int, int, int]
    lineage: str
    part: bool = False
    named: bool = False
    counted: bool = True
    level: Level = "reported"
    interim: bool = False
    whom: str = ""
    minimum: bool = True

    def conflicts_with(self, other: Position) -> bool:
        """Whether no number satisfies both."""
        return self.high < other.low or other.high < self.low


INTERIM_DAYS = 14
"""A figure published this soon after the event is interim."""


def position(claim: Claim, document: Document | None, lineage: str) -> Position | None:
    """What the claim says of how many people were harmed; None where it gives no figure."""
    names = victims(claim)
    count = claim.count
    if count is None and not names:
        return None
    day = published_day(document) or 0
    low, high, counted = len(names), float(len(names)), True
    best: int | None = None
    if count is None:
        best = len(names)
    else:
        least, most = count.interval()
        low, high = math.floor(least) if count.qualifier == "about" else math.ceil(least), most
        best = None if count.best is None or count.qualifier in UNCOUNTED else int(count.best)
        counted = count.qualifier not in UNCOUNTED
        high = high if math.isinf(high) else float(math.floor(high))
    return Position(
        claims=(claim.id,),
        low=max(low, len(names)),
        high=high,
        best=best,
        status=_status(claim),
        day=day,
        rank=(*_graded(claim), LEVEL_RANK[claim.level]),
        lineage=lineage,
        part=is_part(claim),
        named=bool(names),
        counted=counted,
        level=claim.level,
        interim=_interim(claim, day),
        whom=_whom(claim) if is_part(claim) else "",
        minimum=count is None or bool(names) or count.qualifier not in NO_MINIMUM,
    )


def _status(claim: Claim) -> Status:
    status = claim.victims.status if claim.victims is not None else "unknown"
    return status if status in ("civilian", "combatant") else "unknown"


_WHOM = {
    **dict.fromkeys(
        ("children", "child", "girls", "girl", "boys", "boy", "minors", "infants", "babies", "toddlers", "teenagers"),
        "minors",
    ),
    **dict.fromkeys(("women", "woman"), "women"),
    **dict.fromkeys(("men", "man"), "men"),
    **dict.fromkeys(("elderly", "older"), "older"),
}


def _whom(claim: Claim) -> str:
    """The one kind of people a claim counts, where it says one: nobody is a child and a woman."""
    groups = claim.victims.groups if claim.victims is not None else ()
    kinds = {_WHOM.get(word, "") for group in groups for word in fold(group).split()} - {""}
    return kinds.pop() if len(kinds) == 1 else ""


def _graded(claim: Claim) -> tuple[int, int]:
    """The source's reliability and the claim's credibility, as an Admiralty grade orders them."""
    if claim.grade is None:
        return _RELIABILITY["F"], _CREDIBILITY[6]
    return _RELIABILITY[claim.grade.reliability], _CREDIBILITY[claim.grade.credibility]


def _interim(claim: Claim, day: int) -> bool:
    if not day or claim.when is None or claim.when.latest is None:
        return False
    return day - claim.when.latest.toordinal() <= INTERIM_DAYS
