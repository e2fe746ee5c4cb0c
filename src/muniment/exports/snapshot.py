"""What a case hands to the exports: its present state in model objects, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from muniment.model import Claim, Decision, Document, Exhibit, Flag, Headlines, Incident, Party, Person, Place, Relation


class PlaceLookup(Protocol):
    """Places by id: a mapping or a gazetteer."""

    def get(self, place: str, /) -> Place | None:
        """The place with this id."""
        ...


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The case itself: its title, its id, and the last log entry that changed its state."""

    title: str
    id: str | None = None
    last_seq: int | None = None
    last_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a record is made of.

    Attributes:
        case: title, id and the last entry that changed the state (never one that says exported or verified).
        exhibits: all but `sources.csv` and gazetteers, which are exhibits too and stand here as well.
        documents: all of the case.
        claims: as they stand with decisions applied.
        incidents: those joined into others too, with `merged_into`.
        places: every place by id; the record keeps those it refers to and what contains them.
        persons: with `protected` settled.
        parties: shipped and the case's own.
        relations: proposed, accepted and rejected.
        flags: what a person should look at.
        decisions: as logged.
        incident_of: the incident of each claim that has one.
        case_parties: ids of parties that the case itself added: in the record even where no claim uses them.
        headlines: the case's totals with what they are made from.
    """

    case: CaseHead
    exhibits: Sequence[Exhibit]
    documents: Sequence[Document]
    claims: Sequence[Claim]
    incidents: Sequence[Incident]
    places: PlaceLookup
    persons: Sequence[Person]
    parties: Sequence[Party]
    relations: Sequence[Relation]
    flags: Sequence[Flag]
    decisions: Sequence[Decision]
    incident_of: Mapping[str, str]
    case_parties: frozenset[str] = field(default_factory=frozenset)
    headlines: Headlines | None = None
