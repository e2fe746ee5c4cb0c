"""The whole way from claims to incidents: local events, blocks, comparison, clusters, containment, facts, flags."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from muniment.linker import aggregates, blocks, copies, crowds, facts, flags, incidents, local, persons
from muniment.linker.cluster import Clustered, Clustering, strongest
from muniment.linker.event import Event, join
from muniment.linker.overlaps import overlaps
from muniment.linker.places import Places
from muniment.linker.rulings import Linkage, Pair, Rulings
from muniment.model import Claim, Document, Incident, Relation
from muniment.plugins import Lexicon

MOST_CANDIDATES = 8
"""Of the questions about one incident, the strongest this many are put to a person."""


@dataclass(frozen=True, slots=True)
class _Ruled:
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


def link(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    lexicon: Lexicon,
    rulings: Rulings,
    kept: Mapping[str, frozenset[str]],
) -> Linkage:
    """Bring claims together as incidents, and say how they stand to each other.

    Args:
        claims: of the case, in any order, decisions applied, rejected ones left out.
        documents: by id.
        lexicon: the case's places.
        rulings: what people decided about linking; it binds.
        kept: incidents that decisions name, with the claims they had, oldest first; their ids stay.
    """
    with _collector_at_rest():
        return _link({c.id: c for c in sorted(claims, key=lambda c: c.id)}, documents, lexicon, rulings, kept)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Linking makes millions of objects and no cycles; looking for cycles among them takes a sixth of the time."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _link(
    by_id: Mapping[str, Claim],
    documents: Mapping[str, Document],
    lexicon: Lexicon,
    rulings: Rulings,
    kept: Mapping[str, frozenset[str]],
) -> Linkage:
    places = Places(lexicon.gazetteer, rulings.merge_place)
    ruled = _Ruled(rulings, kept, frozenset(by_id))
    found_copies = copies.find_copies(list(by_id.values()), documents)
    events = _local_events(by_id, documents, places, ruled, copies.sentence_keys(found_copies, by_id))
    clustered = _cluster(events, places, ruled)
    clusters = [[events[n] for n in members] for members in clustered.clusters]
    joint = [join(members) for members in clusters]
    ids, merged = incidents.keep_ids([event.claims for event in joint], kept)
    built = _incidents(joint, ids, merged, by_id, places, rulings)
    incident_of = {claim: id_ for event, id_ in zip(joint, ids, strict=True) for claim in event.claims}
    parts = _parts(joint, clusters, by_id, places, ids, incident_of, ruled)
    questions = _candidates(clustered, ids, parts, rulings)
    people = persons.people(list(by_id.values()), incident_of, rulings)
    stated = facts.relations(by_id, documents, incident_of, clustered, events, places)
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


def _local_events(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    places: Places,
    ruled: _Ruled,
    sentences: Mapping[str, str],
) -> list[Event]:
    apart: dict[str, set[str]] = {}
    for a, b in ruled.pairs(ruled.rulings.not_same):
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    foes = {id_: frozenset(others) for id_, others in apart.items()}
    told: dict[str, list[Claim]] = {}
    for claim in claims.values():
        told.setdefault(claim.document, []).append(claim)
    standing = ruled.standing()
    events = [
        event
        for id_, account in sorted(told.items())
        for event in local.local_events(account, documents.get(id_), places, foes, sentences, standing)
    ]
    return crowds.counted(sorted(events, key=lambda event: event.id), places)


def _cluster(events: Sequence[Event], places: Places, ruled: _Ruled) -> Clustered:
    home = {claim: n for n, event in enumerate(events) for claim in event.claims}

    def positions(pairs: Iterable[Pair]) -> set[tuple[int, int]]:
        found = {(home[a], home[b]) for a, b in ruled.pairs(pairs) if a in home and b in home}
        return {(min(a, b), max(a, b)) for a, b in found if a != b}

    apart = positions(ruled.rulings.not_same)
    clustering = Clustering(events, places, positions(ruled.rulings.same) - apart, apart)
    return clustering.run(blocks.pairs(events, places))


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
    ruled: _Ruled,
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


def _incident_pairs(ruled: _Ruled, pairs: Iterable[Pair], incident_of: Mapping[str, str]) -> set[Pair]:
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
