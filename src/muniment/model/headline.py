"""Headlines: the totals of a case, never without what they count, until when, by which grades, and from which state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muniment.model.vocabulary import Harm, IncidentGrade, TallyVictims


@dataclass(frozen=True, slots=True)
class Basis:
    """What totals are made from; a total is never shown without it.

    Attributes:
        incidents: how many are added: those without parts that are no total of their own.
        earliest, latest: the first and the last day one of them may have happened; None where none is dated.
        undated: how many of them have no date.
        cutoff: the last day of the record, None where the case sets none.
        later: incidents left out because they happened after it.
        grades: the grades that are included, None where all are, graded or not.
        not_included: incidents left out by their grade, or because they have none.
        not_added: totals over a period or an area whose events the case does not hold: they may hold any other.
        may_be_one: pairs of incidents that are added and may be one.
        rule: the named rule that chooses best figures.
        seq: the last entry of the ledger that changed the state they were computed from.
        hash: that entry's hash.
    """

    incidents: int
    earliest: dt.date | None
    latest: dt.date | None
    undated: int
    cutoff: dt.date | None
    later: int
    grades: tuple[IncidentGrade, ...] | None
    not_included: int
    not_added: int
    may_be_one: int
    rule: str
    seq: int | None = None
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One harm's total.

    Attributes:
        low: the fewest people who make every lower bound true: what may be one incident is not counted twice.
        best: the sum of best figures; an incident without one enters with its lower bound.
        best_if_one: the same where every pair that may be one incident is one.
        high: the sum of upper bounds, None where one is open.
        incidents: how many have a figure of this harm.
        unstated: how many of them have no best figure.
        not_described: what outermost wholes leave after their parts: never added, on a line of its own.
    """

    harm: Harm
    victims: TallyVictims
    low: int
    best: int
    best_if_one: int
    high: int | None
    incidents: int
    unstated: int
    not_described: int


@dataclass(frozen=True, slots=True)
class Headlines:
    """The totals of a case with what they are made from."""

    basis: Basis
    totals: tuple[Headline, ...]
