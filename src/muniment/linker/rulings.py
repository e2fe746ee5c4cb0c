"""What people ruled about linking, and what linking hands back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from muniment.model import Flag, Incident, Person, Relation

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions in force, in present ids. They bind: no evidence outweighs them.

    Attributes:
        same: claims or incidents that are one incident.
        not_same: claims or incidents that are not; outranks `same` where a chain of the two would meet.
        part_of: (part, whole), claims or incidents.
        not_part_of: the same, ruled out.
        same_person: persons, or names, that are one.
        distinct_person: persons that are two.
        merge_place: place id to the id that stands for both.
        best_figure: claim or incident id to what was decided for it.
        grade: incident id to its grade.
        rejected: relations a person rejected, as (kind, a, b).
        tally_rule: the named rule that chooses best figures.
    """

    same: frozenset[Pair] = frozenset()
    not_same: frozenset[Pair] = frozenset()
    part_of: frozenset[Pair] = frozenset()
    not_part_of: frozenset[Pair] = frozenset()
    same_person: frozenset[Pair] = frozenset()
    distinct_person: frozenset[Pair] = frozenset()
    merge_place: Mapping[str, str] = field(default_factory=dict)
    best_figure: Mapping[str, Any] = field(default_factory=dict)
    grade: Mapping[str, Any] = field(default_factory=dict)
    rejected: frozenset[tuple[str, str, str]] = frozenset()
    tally_rule: str = "latest_best_graded"


@dataclass(frozen=True, slots=True)
class Linkage:
    """What the claims of a case speak of.

    Attributes:
        incidents: without tallies; ordered by id.
        relations: proposed by the linker, or accepted where a person ruled so.
        flags: what a person should look at.
        persons: the people of the case.
        person_of: (claim id, position in its persons) to person id.
        reasons: incident id to sentences that say what brought its claims together, with weights.
        overlaps: pairs of incidents under one whole that may count some of the same people; smaller id first.
    """

    incidents: tuple[Incident, ...]
    relations: tuple[Relation, ...]
    flags: tuple[Flag, ...]
    persons: tuple[Person, ...]
    person_of: Mapping[tuple[str, int], str]
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overlaps: frozenset[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rulings brought down to claims: an incident's id stands for the claims it had when it was named."""

    rulings: Rulings
    kept: Mapping[str, frozenset[str]]
    present: frozenset[str]

    def claims(self, id_: str) -> tuple[str, ...]:
        """The present claims that an id stands for."""
        if id_ in self.present:
            return (id_,)
        return tuple(sorted(self.kept.get(id_, frozenset()) & self.present))

    def pairs(self, ruled: Iterable[Pair]) -> list[Pair]:
        """The pairs of claims that are ruled on."""
        return sorted({(x, y) for a, b in ruled for x in self.claims(a) for y in self.claims(b) if x != y})

    def standing(self) -> frozenset[str]:
        """Claims that a person put into an incident: they stand in one whatever they say."""
        return frozenset(id_ for pair in self.pairs(self.rulings.same | self.rulings.part_of) for id_ in pair)
