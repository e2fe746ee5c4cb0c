"""Incidents: what claims are about. Relations and flags: what the linker proposes and a person decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muniment.model.tally import Tally
from muniment.model.vocabulary import (
    Certainty,
    FlagKind,
    IncidentGrade,
    IncidentStatus,
    RelationKind,
    RelationStatus,
    WherePrecision,
)


@dataclass(frozen=True, slots=True)
class IncidentWhen:
    """When the incident happened: EDTF and inclusive bounds."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class IncidentWhere:
    """Where it happened: a place id, or None with precision unknown."""

    place: str | None
    precision: WherePrecision


@dataclass(frozen=True, slots=True)
class PartyPosition:
    """A party held responsible by some claims, at the firmest certainty they state."""

    id: str
    certainty: Certainty
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A grade that the claims speak for, and why; a person decides."""

    grade: IncidentGrade
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """What several claims speak of. `kind` is `incident`, `aggregate` or a claim kind such as `detention`."""

    id: str
    title: str
    kind: str
    when: IncidentWhen | None
    where: IncidentWhere | None
    claims: tuple[str, ...]
    weapons: tuple[str, ...] = ()
    parties: tuple[PartyPosition, ...] = ()
    tallies: tuple[Tally, ...] = ()
    grade: IncidentGrade | None = None
    status: IncidentStatus = "open"
    merged_into: str | None = None
    suggested: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """`a` stands in this relation to `b`. Proposed ones act until a person rejects them; `candidate` never counts.

    `why` names what agreed and what differed, with the weights.
    """

    kind: RelationKind
    a: str
    b: str
    status: RelationStatus = "proposed"
    score: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """What a person should look at: a kind, the ids it is about, and one sentence."""

    kind: FlagKind | str
    on: tuple[str, ...]
    why: str
