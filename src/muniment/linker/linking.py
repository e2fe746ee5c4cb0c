"""From clusters to what linking hands back: incidents, containment, facts, people, flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from muniment.linker import aggregates, copies, facts, flags, incidents, persons
from muniment.linker.cluster import Clustered, strongest
from muniment.linker.clusters import Clusters
from muniment.linker.event import Event
from muniment.linker.overlaps import overlaps
from muniment.linker.places import Places
from muniment.linker.rulings import Linkage, Pair, Ruled, Rulings
from muniment.model import Claim, Document, Incident, Relation

MOST_CANDIDATES = 8
"""Of the questions about one incident, the strongest this many are put to a person."""


def linkage(
    clusters: Clusters, told: copies.Copies, documents: Mapping[str, Document], places: Places, ruled: Ruled
) -> Linkage:
    """Incidents of clusters, and how they and their claims stand to each other.

    Args:
        clusters: of events, and the questions between them.
        told: the claims, and which repeat others.
        documents: by id.
        places: to compare places.
        ruled: what people decided; it binds.
    """
    by_id = dict(sorted(told.claims.items()))
    rulings, kept = ruled.rulings, ruled.kept
    found_copies = told.all()
    clustered = clusters.listed()
    joint = clustered.joint
    ids, merged = incidents.keep_ids([event.claims for event in joint], kept)
    built = _incidents(joint, ids, merged, by_id, places, rulings)
    incident_of = {claim: id_ for event, id_ in zip(joint, ids, strict=True) for claim in event.claims}
    parts = _parts(joint, clustered.clusters, by_id, places, ids, incident_of, ruled)
    questions = _candidates(clustered, ids, parts, rulings)
    people = persons.people(list(by_id.values()), incident_of, rulings)
    stated = facts.relations(by_id, documents, incident_of, clustered, places)
    relations = [
        *copies.relations(found_copies, by_id, documents),
        *stated,
        *parts,
        *questions,
        *people.relations,
    ]
    return Linkage(
        incidents=tuple(sorted(built, key=lambda incident: incident.id)),
        relations=_settled(relations, rulings),
        flags=tuple(
            sorted(
                {
                    *copies.changed_sources(found_copies, by_id, documents),
                    *people.flags,
                    *flags.flags(by_id, documents, incident_of, stated, questions),
                },
                key=lambda flag: (flag.kind, flag.on, flag.why),
            )
        ),
        persons=people.persons,
        person_of=people.person_of,
        reasons=_reasons(clustered, ids),
        overlaps=overlaps(joint, ids, parts, questions, places),
    )


def _incidents(
    joint: Sequence[Event],
    ids: Sequence[str],
    merged: Mapping[str, str],
    claims: Mapping[str, Claim],
    places: Places,
    rulings: Rulings,
) -> list[Incident]:
    built: dict[str, Incident] = {}
    for event, id_ in zip(joint, ids, strict=True):
        incident = incidents.build(id_, event, [claims[claim] for claim in event.claims], places)
        built[id_] = replace(incident, grade=rulings.grade.get(id_))
    gone = [
        replace(built[into], id=id_, claims=(), parties=(), merged_into=into, grade=rulings.grade.get(id_))
        for id_, into in sorted(merged.items())
    ]
    return [*built.values(), *gone]


def _parts(
    joint: Sequence[Event],
    clusters: Sequence[Sequence[Event]],
    claims: Mapping[str, Claim],
    places: Places,
    ids: Sequence[str],
    incident_of: Mapping[str, str],
    ruled: Ruled,
) -> list[Relation]:
    refused = _incident_pairs(ruled, ruled.rulings.not_part_of, incident_of)
    decided = _incident_pairs(ruled, ruled.rulings.part_of, incident_of) - refused
    out = [
        Relation("part_of", part, whole, status="accepted", why="decided")
        for part, whole in sorted(decided)
        if part != whole and (whole, part) not in decided
    ]
    out += [
        Relation("part_of", a, b, status="accepted", why="decided")
        for a, b in sorted(ruled.rulings.part_of - ruled.rulings.not_part_of)
        if a in claims and b in claims and incident_of.get(a) == incident_of.get(b)
    ]
    ruled_on = decided | refused
    upward: dict[str, set[str]] = {}
    for part, whole in decided:
        upward.setdefault(part, set()).add(whole)
    for found in aggregates.containments(joint, clusters, claims, places):
        part, whole = ids[found.part], ids[found.whole]
        if (part, whole) in ruled_on or (whole, part) in ruled_on or _reaches(upward, whole, part):
            continue
        upward.setdefault(part, set()).add(whole)
        out.append(Relation("part_of", part, whole, why=found.why))
    return out


def _reaches(upward: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        fresh = upward.get(here, set()) - seen
        seen |= fresh
        todo.extend(fresh)
    return False


def _incident_pairs(ruled: Ruled, pairs: Iterable[Pair], incident_of: Mapping[str, str]) -> set[Pair]:
    out = set()
    for a, b in pairs:
        for x in {incident_of[c] for c in ruled.claims(a) if c in incident_of}:
            for y in {incident_of[c] for c in ruled.claims(b) if c in incident_of}:
                if x != y:
                    out.add((x, y))
    return out


def _candidates(
    clustered: Clustered, ids: Sequence[str], parts: Iterable[Relation], rulings: Rulings
) -> list[Relation]:
    nested = {frozenset((part.a, part.b)) for part in parts}
    out = []
    for (a, b), found in strongest(clustered.candidates, MOST_CANDIDATES).items():
        if frozenset((ids[a], ids[b])) in nested:
            continue
        first, second = sorted((ids[a], ids[b]))
        out.append(Relation("candidate", first, second, score=round(found.score, 2), why=found.why()))
    return out


def _settled(relations: Iterable[Relation], rulings: Rulings) -> tuple[Relation, ...]:
    """Each relation once, marked rejected where a person rejected it."""
    once: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        key = (relation.kind, relation.a, relation.b)
        if key in rulings.rejected:
            relation = replace(relation, status="rejected")
        known = once.get(key)
        if known is None or (known.status == "proposed" and relation.status != "proposed"):
            once[key] = relation
    return tuple(once[key] for key in sorted(once))


def _reasons(clustered: Clustered, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {
        ids[n]: tuple(sorted(f"{a} and {b}: {found.why()}" for a, b, found in steps))
        for n, steps in sorted(clustered.why.items())
    }
