"""What an incident's page tells: its claims with their origins, its tallies, positions, parts, doubts and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from muniment.model import Decision, Flag, Incident, Person, Place, Relation, Tally, Weapon
from muniment.web.desk import Desk
from muniment.web.figures.ranges import Scale, tally_scale
from muniment.web.figures.said import Said, Statement, said
from muniment.web.firmness import of_level
from muniment.web.pages.voices import Row, rows_of

MOST_CLAIMS = 300
"""Claims shown on one page; a total of a long war may rest on more."""


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm's tallies, those for `all` first, with the claims used and set aside and their letters."""

    harm: str
    tallies: tuple[Tally, ...]
    used: tuple[Row, ...]
    aside: tuple[tuple[Row, str], ...]
    residual: int | None


@dataclass(frozen=True, slots=True)
class Position:
    """What one voice says of a party's responsibility."""

    row: Row


@dataclass(frozen=True, slots=True)
class Other:
    """Another incident that this one is part of, contains, or may be the same as."""

    incident: Incident
    relation: Relation


@dataclass(frozen=True, slots=True)
class Told:
    """Everything an incident's page shows."""

    place: Place | None
    rows: tuple[Row, ...]
    left_out: int
    publishers: int
    origins: int
    harms: tuple[Harm, ...]
    scale: Scale
    chart: Said | None
    positions: tuple[tuple[str, tuple[Row, ...]], ...]
    denials: tuple[Row, ...]
    weapons: tuple[tuple[Weapon, tuple[Row, ...]], ...]
    victims: tuple[tuple[Person | None, str, int | None, int], ...]
    wholes: tuple[Other, ...]
    parts: tuple[Other, ...]
    candidates: tuple[Other, ...]
    conflicts: tuple[tuple[Row, Row, str], ...]
    flags: tuple[Flag, ...]
    decisions: tuple[tuple[Decision, bool], ...]


def account(desk: Desk, incident: Incident) -> Told:
    """Gather what the page of one incident shows."""
    lookup = desk.case.lookup
    ids = incident.claims[:MOST_CLAIMS]
    claims = lookup.claims(ids)
    documents = lookup.documents(claim.document for claim in claims.values())
    relations = [r for r in lookup.relations([incident.id, *claims]) if r.status != "rejected"]
    rows = rows_of(incident, list(claims.values()), documents, relations)
    by_id = {row.claim.id: row for row in rows}
    others = lookup.incidents(
        other for r in relations for other in (r.a, r.b) if incident.id in (r.a, r.b) and other != incident.id
    )
    place_ids = [incident.where.place] if incident.where and incident.where.place else []
    harms = _harms(incident, by_id)
    killed = next((h for h in harms if h.harm == "killed"), None)
    whole = next((t for t in killed.tallies if t.victims == "all"), None) if killed else None
    return Told(
        place=next(iter(lookup.places(place_ids).values()), None),
        rows=tuple(rows),
        left_out=len(incident.claims) - len(ids),
        publishers=len({row.document.publisher or row.document.file for row in rows if row.document}),
        origins=len({row.letter for row in rows}),
        harms=harms,
        scale=tally_scale(t for h in harms for t in h.tallies),
        chart=None if whole is None else said(_statements(rows, whole), whole),
        positions=_positions(incident, by_id),
        denials=tuple(row for row in rows if row.claim.kind == "denial"),
        weapons=_weapons(rows),
        victims=_victims(rows, lookup.persons(p.person for row in rows for p in row.claim.persons if p.person)),
        wholes=_others(incident.id, relations, others, "part_of", outward=True),
        parts=_others(incident.id, relations, others, "part_of", outward=False),
        candidates=_others(incident.id, relations, others, "candidate", outward=None),
        conflicts=tuple(
            (by_id[r.a], by_id[r.b], r.why)
            for r in relations
            if r.kind == "conflicts" and r.a in by_id and r.b in by_id
        ),
        flags=tuple(lookup.flags([incident.id, *claims])),
        decisions=_decisions(desk, {incident.id, *claims}),
    )


def _harms(incident: Incident, by_id: Mapping[str, Row]) -> tuple[Harm, ...]:
    order = {"all": 0, "civilian": 1, "combatant": 2, "unknown": 3}
    out = []
    for harm in dict.fromkeys(tally.harm for tally in incident.tallies):
        tallies = sorted((t for t in incident.tallies if t.harm == harm), key=lambda t: order[t.victims])
        used = dict.fromkeys(id_ for tally in tallies for id_ in tally.claims)
        aside: dict[str, str] = {}
        for tally in tallies:
            for item in tally.set_aside:
                if item.claim not in used or tally.victims == "all":
                    aside.setdefault(item.claim, item.why)
        out.append(
            Harm(
                harm,
                tuple(tallies),
                tuple(by_id[id_] for id_ in used if id_ in by_id),
                tuple((by_id[id_], why) for id_, why in aside.items() if id_ in by_id),
                next((t.residual for t in tallies if t.residual is not None), None),
            )
        )
    return tuple(out)


def _statements(rows: Sequence[Row], whole: Tally) -> list[Statement]:
    """What was said of all people killed; a figure for civilians alone only where the whole rests on it."""
    return [
        Statement(row.claim.id, row.said, row.claim.count, of_level(row.claim.level), row.letter, row.copy)
        for row in rows
        if row.said is not None
        and row.claim.count is not None
        and "killed" in row.claim.harm
        and row.claim.count.unit == "people"
        and row.claim.polarity == "affirm"
        and (
            row.claim.id in whole.claims
            or row.claim.victims is None
            or row.claim.victims.status not in ("civilian", "combatant")
        )
    ]


def _positions(incident: Incident, by_id: Mapping[str, Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return tuple(
        (position.id, tuple(by_id[id_] for id_ in position.claims if id_ in by_id)) for position in incident.parties
    )


def _weapons(rows: Sequence[Row]) -> tuple[tuple[Weapon, tuple[Row, ...]], ...]:
    """Weapons as named, with whoever says so: one line for each class, model and certainty, most voices first."""
    found: dict[tuple[str, str | None, str], list[Row]] = {}
    for row in rows:
        weapon = row.claim.weapon
        if weapon is not None:
            found.setdefault((weapon.class_, weapon.model, weapon.certainty), []).append(row)
    listed = []
    for group in found.values():
        voices = {(row.document.publisher if row.document else None, row.letter): row for row in reversed(group)}
        longest = max((row.claim.weapon for row in group if row.claim.weapon), key=lambda w: (len(w.raw), w.raw))
        listed.append((longest, tuple(reversed(voices.values()))))
    return tuple(sorted(listed, key=lambda item: -len(item[1])))


def _victims(
    rows: Sequence[Row], persons: Mapping[str, Person]
) -> tuple[tuple[Person | None, str, int | None, int], ...]:
    """People named as victims: the person, a name, an age where one is stated, and how many claims name them."""
    found: dict[str, tuple[Person | None, str, int | None, set[str]]] = {}
    for row in rows:
        for mention in row.claim.persons:
            if mention.role != "victim":
                continue
            key = mention.person or mention.name
            person, name, age, claims = found.get(key, (persons.get(mention.person or ""), mention.name, None, set()))
            claims.add(row.claim.id)
            found[key] = (person, name, mention.age if mention.age is not None else age, claims)
    listed = [(person, name, age, len(claims)) for person, name, age, claims in found.values()]
    return tuple(sorted(listed, key=lambda v: (-v[3], v[1])))


def _others(
    id_: str, relations: Iterable[Relation], incidents: Mapping[str, Incident], kind: str, *, outward: bool | None
) -> tuple[Other, ...]:
    """Incidents joined by a relation of one kind; `outward` says which end this incident stands at, None either."""
    out: dict[str, Other] = {}
    for relation in relations:
        if relation.kind != kind:
            continue
        if relation.a == id_ and outward is not False:
            other = relation.b
        elif relation.b == id_ and outward is not True:
            other = relation.a
        else:
            continue
        if other in incidents:
            out.setdefault(other, Other(incidents[other], relation))
    return tuple(out.values())


def _decisions(desk: Desk, ids: set[str]) -> tuple[tuple[Decision, bool], ...]:
    """Decisions about the incident or its claims, newest first, each with whether it stands."""
    everything = desk.once("decisions", desk.case.decisions)
    cancelled: set[int] = set()
    for decision in reversed(everything):
        if decision.kind == "take_back" and decision.seq not in cancelled:
            cancelled.update(int(on) for on in decision.on if on.isdigit())
    mine = [d for d in everything if d.kind != "take_back" and (set(d.on) | set(d.words)) & ids]
    return tuple((d, d.seq not in cancelled) for d in reversed(mine))
