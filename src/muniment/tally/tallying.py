"""Every incident with its tallies, parts before wholes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from muniment.linker import Linkage, Rulings, lineages
from muniment.linker.names import fold
from muniment.model import Claim, Document, Incident, Relation, Tally
from muniment.model.vocabulary import Harm, TallyVictims
from muniment.tally.decided import decide
from muniment.tally.figures import Figure, figure, within
from muniment.tally.position import Position, position
from muniment.tally.rules import DEFAULT_RULE
from muniment.tally.scopes import Scopes
from muniment.tally.statements import harms, speaking_of

PARTS = "sum of parts"

_Made = dict[tuple[Harm, TallyVictims], dict[str, Tally]]
"""The figures made so far: for each harm and status, incident to its tally."""


@dataclass(frozen=True, slots=True)
class _Case:
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    rulings: Rulings
    lineage: Mapping[str, str]
    one_person: Mapping[str, str]
    scopes: Scopes
    decided_wholes: frozenset[str]
    """Incidents a person made a whole: they count what their parts count, though they speak of no harm themselves."""


def tally_all(
    linkage: Linkage,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    rulings: Rulings,
    lineage: Mapping[str, str] | None = None,
) -> Iterator[tuple[Incident, tuple[Tally, ...]]]:
    """Each incident with its figures; what is contained is counted before what contains it.

    Args:
        linkage: incidents and relations.
        claims: by id, persons resolved.
        documents: by id, for dates of publication.
        rulings: best figures decided, the rule chosen.
        lineage: claim id to the key of its origin, where it was made before.
    """
    if lineage is None:
        lineage = lineages(claims.values(), documents, linkage.relations)
    decided = frozenset(r.b for r in linkage.relations if r.kind == "part_of" and r.status == "accepted")
    incidents = {incident.id: incident for incident in linkage.incidents}
    scopes = Scopes.of(incidents, linkage.relations, linkage.overlaps)
    case = _Case(claims, documents, rulings, lineage, _one_person(linkage.relations), scopes, decided)
    made: _Made = {}
    for id_ in scopes.upward(incidents):
        tallies = _tallies(incidents[id_], made, case)
        for tally in tallies:
            made.setdefault((tally.harm, tally.victims), {})[id_] = tally
        yield incidents[id_], tallies


def _one_person(relations: Iterable[Relation]) -> dict[str, str]:
    """Person id to the id that stands for all who may be the same person: a proposal acts until it is rejected."""
    home: dict[str, str] = {}

    def root(id_: str) -> str:
        while home.get(id_, id_) != id_:
            id_ = home[id_]
        return id_

    for relation in sorted(relations, key=lambda r: (r.a, r.b)):
        if relation.kind == "same_person" and relation.status != "rejected":
            a, b = sorted((root(relation.a), root(relation.b)))
            home[b] = a
    return {id_: root(id_) for id_ in home}


def _tallies(
    incident: Incident,
    made: _Made,
    case: _Case,
) -> tuple[Tally, ...]:
    own = [case.claims[id_] for id_ in incident.claims if id_ in case.claims]
    own = [claim for claim in own if claim.review.state != "rejected"]
    order = harms(own)
    if incident.id in case.decided_wholes:
        told = {harm for (harm, _), tallies in made.items() if _any_in(incident.id, tallies, case.scopes)}
        order += sorted(told - set(order))
    out: list[Tally] = []
    for harm in order:
        out += _rows(incident, harm, own, made, case)
    return tuple(out)


def _rows(
    incident: Incident,
    harm: Harm,
    own: Sequence[Claim],
    made: _Made,
    case: _Case,
) -> Iterator[Tally]:
    used, refused = speaking_of(own, harm)
    positions = []
    for claim in used:
        said = position(claim, case.documents.get(claim.document), case.lineage.get(claim.id, claim.document))
        if said is not None:
            positions.append(said)
    rows: dict[TallyVictims, tuple[Figure, int | None]] = {}
    for victims in ("all", "civilian", "combatant"):
        mine = [p for p in positions if victims == "all" or p.status == victims]
        parts = _parts(incident.id, made.get((harm, victims), {}), case.scopes)
        if not mine and parts is None:
            continue
        made_figure = figure(mine, _named(mine, harm, case), case.rulings.tally_rule or DEFAULT_RULE)
        residual = _with_parts(made_figure, parts)
        for aside in refused:
            made_figure.set_aside((aside.claim,), aside.why)
        if victims == "all":
            decide(made_figure, incident, harm, case.claims, case.rulings)
        elif "all" in rows:
            within(
                made_figure, rows["all"][0], floor_only=all(p.part for p in mine) and any(not p.part for p in positions)
            )
        rows[victims] = (made_figure, residual)
    for victims, (found, residual) in rows.items():
        yield _tally(harm, victims, found, residual)
    rest = _rest(rows)
    if rest is not None:
        yield Tally(harm, "unknown", *rest, claims=(), rule="what all leaves")


def _named(positions: Sequence[Position], harm: Harm, case: _Case) -> int:
    """How many distinct victims are named by these claims."""
    people = set()
    for said in positions:
        for claim in said.claims:
            for person in case.claims[claim].persons:
                if person.role == "victim":
                    id_ = person.person or fold(person.name)
                    people.add(case.one_person.get(id_, id_))
    return len(people)


def _any_in(whole: str, tallies: Mapping[str, Tally], scopes: Scopes) -> bool:
    return any(id_ in tallies for id_ in scopes.within(whole) if id_ != whole)


def _parts(whole: str, tallies: Mapping[str, Tally], scopes: Scopes) -> tuple[int, int] | None:
    """The fewest people that the low and the best figures of all that lies in a whole come to; None without any."""
    if whole not in scopes.parts or not _any_in(whole, tallies, scopes):
        return None

    def low(id_: str) -> int | None:
        return (tallies[id_].low or 0) if id_ in tallies else None

    def best(id_: str) -> int | None:
        return (tallies[id_].best or tallies[id_].low or 0) if id_ in tallies else None

    return scopes.fewest(whole, low), scopes.fewest(whole, best)


def _with_parts(out: Figure, parts: tuple[int, int] | None) -> int | None:
    """Hold a figure against its parts: they raise its lower bound and are never added to it.

    Returns:
        What the figure leaves after the parts' best figures; None where there is nothing to compare.
    """
    if parts is None:
        return None
    low, best = parts
    own = out.best if out.stated else None
    out.low = max(out.low, low)
    if not out.stated:
        out.high = math.inf
        out.best = max(best, out.low)
        out.rule = PARTS
        return None
    out.high = max(out.high, out.low)
    if out.best is not None:
        out.best = max(out.best, out.low)
    return own - best if own is not None else None


def _tally(harm: Harm, victims: TallyVictims, found: Figure, residual: int | None) -> Tally:
    return Tally(
        harm=harm,
        victims=victims,
        low=found.low,
        best=found.best,
        high=None if math.isinf(found.high) else int(found.high),
        claims=tuple(sorted(found.used)),
        set_aside=found.rows(),
        residual=residual,
        rule=found.rule,
    )


def _rest(rows: Mapping[TallyVictims, tuple[Figure, int | None]]) -> tuple[int, int | None, int | None] | None:
    """What `all` leaves after the stated statuses; None where it leaves nobody for certain or nothing is stated."""
    stated = [rows[status][0] for status in ("civilian", "combatant") if status in rows]
    if "all" not in rows or not stated:
        return None
    total = rows["all"][0]
    if not total.stated:
        return None
    low = max(0, total.low - int(sum(f.high for f in stated))) if not any(math.isinf(f.high) for f in stated) else 0
    best = None
    if total.best is not None and all(f.best is not None for f in stated):
        best = max(0, total.best - sum(f.best or 0 for f in stated))
    high = None if math.isinf(total.high) else max(0, int(total.high) - sum(f.low for f in stated))
    if not best and not low:
        return None
    if best is not None:
        best = max(low, best if high is None else min(best, high))
    return low, best, high
