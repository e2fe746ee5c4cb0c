"""A claim: one source asserting one thing at one exact place. The record's contract names the fields."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from muniment.model.count import Count
from muniment.model.party import HeldResponsible
from muniment.model.person import PersonMention
from muniment.model.place import Where
from muniment.model.source import SourceLink
from muniment.model.span import Span
from muniment.model.vocabulary import ClaimKind, Harm, Level, Polarity, ReviewState, VictimStatus
from muniment.model.weapon import Weapon
from muniment.model.when import When


@dataclass(frozen=True, slots=True)
class Victims:
    """Who was harmed: status as stated ("people" is unknown, not civilian) and the groups named."""

    status: VictimStatus = "unknown"
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator measures: "from 900 lorries a day to three" is before 900, value 3, unit lorries, per day."""

    what: str
    value: float | None
    before: float | None = None
    unit: str | None = None
    per: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Who is called on to do what."""

    to: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that carries part of a claim."""

    row: int
    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty code: reliability of the source A–F, credibility of the information 1–6."""

    reliability: str
    credibility: int


@dataclass(frozen=True, slots=True)
class Review:
    """Where a person's review of the claim stands; `decision` is the log's seq."""

    state: ReviewState = "unreviewed"
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made the row: a tool (with version and code digest), a person, or a model."""

    tool: str | None = None
    version: str | None = None
    sha256: str | None = None
    person: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the rule's name and the words that gave it."""

    rule: str
    words: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One source asserting one thing at one exact place (RECORD contract, table of claims).

    `span` and `mentions` are code points of the exhibit's text; `why` explains each field by rule and words.
    """

    id: str
    document: str
    span: Span
    quote: str
    kind: ClaimKind
    harm: tuple[Harm, ...] = ()
    count: Count | None = None
    measure: Measure | None = None
    victims: Victims | None = None
    persons: tuple[PersonMention, ...] = ()
    when: When | None = None
    where: Where | None = None
    weapon: Weapon | None = None
    party: HeldResponsible | None = None
    source: tuple[SourceLink, ...] = ()
    level: Level = "reported"
    cue: str | None = None
    polarity: Polarity = "affirm"
    aggregate: bool = False
    call: Call | None = None
    mentions: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    grade: Grade | None = None
    review: Review = Review()
    made_by: MadeBy = MadeBy()
    why: Mapping[str, Reason] = field(default_factory=dict)


def claim_id(exhibit: str, key: str, kind: str, harm: tuple[str, ...], span: Span, n: int) -> str:
    """The id of a claim: a function of what it rests on, so that the same reading gives the same id.

    Args:
        exhibit: SHA-256 of the bytes, hex.
        key: the document's key inside the exhibit.
        kind: the claim's kind.
        harm: its harms.
        span: where it stands.
        n: 0, 1, … among claims otherwise equal.

    Source: RECORD contract, `claims.id`.
    """
    parts = "\x1f".join((exhibit, key, kind, "+".join(harm), str(span.start), str(span.end), str(n)))
    return "c" + hashlib.sha256(parts.encode()).hexdigest()[:20]


def with_ids(claims: list[Claim], exhibit: str, key: str) -> tuple[Claim, ...]:
    """The claims of one document in reading order, each with its id."""
    seen: dict[tuple[object, ...], int] = {}
    out = []
    for claim in sorted(claims, key=lambda c: (c.span, c.kind, c.harm)):
        same = (claim.kind, claim.harm, claim.span)
        n = seen.get(same, 0)
        seen[same] = n + 1
        id_ = claim_id(exhibit, key, claim.kind, claim.harm, claim.span, n)
        out.append(claim if claim.id == id_ else replace(claim, id=id_))
    return tuple(out)
