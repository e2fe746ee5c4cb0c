"""How claims stand to each other: the same fact, a newer count, figures that can or cannot both hold, denials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.linker import objects, scopes, verdicts, voices
from muniment.linker.cluster import Clustered
from muniment.linker.event import published_day
from muniment.linker.lineage import origin
from muniment.linker.names import fold
from muniment.linker.parts import is_part, victims
from muniment.linker.places import Places
from muniment.model import Claim, Document, Relation

NEIGHBOURS = 8
"""Each claim is set against this many that follow it in time and text, so that the work stays linear."""

INTERIM_DAYS = 14
"""A figure published this soon after the event is interim: a larger one that follows overtakes it."""

UNCOUNTED = frozenset({"vague", "unspecified", "share"})


def relations(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    incident_of: Mapping[str, str],
    clustered: Clustered,
    places: Places,
) -> list[Relation]:
    """Every relation between claims that follows from what they state.

    Args:
        claims: by id.
        documents: by id, for dates and publishers.
        incident_of: claim id to incident id.
        clustered: what brought events together, with weights.
        places: for scopes.
    """
    order = sorted(claims.values(), key=lambda c: _position(c, documents))
    out: dict[tuple[str, str], Relation] = {}
    for steps in clustered.why.values():
        for a, b, found in steps:
            x, y = _representatives(a, b, claims, documents)
            out[(x, y)] = Relation("compatible", x, y, score=round(found.score, 2), why=found.why())
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in order:
        incident = incident_of.get(claim.id)
        if incident is None:
            continue
        for key in _facts(claim):
            groups.setdefault((incident, *key), []).append(claim)
    for key, members in sorted(groups.items()):
        for later, earlier in _neighbours(members):
            relation = _figures(later, earlier, documents) if key[1] == "figure" else _other(later, earlier, documents)
            if relation is not None:
                out[(relation.a, relation.b)] = relation
    found_parts = _victims_in_totals(order, incident_of)
    totals = frozenset(
        claim for members in clustered.clusters for event in members if event.aggregate for claim in event.claims
    )
    scoped = scopes.relations(order, documents, incident_of, totals, places)
    said = [*voices.relations(order, documents), *verdicts.relations(order, documents)]
    return [*out.values(), *found_parts, *scoped, *said]


def _position(claim: Claim, documents: Mapping[str, Document]) -> tuple[int, str, int, int, str]:
    day = published_day(documents.get(claim.document)) or 0
    return (day, claim.document, claim.span.start, claim.span.end, claim.id)


def _representatives(a: str, b: str, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> tuple[str, str]:
    return (b, a) if _position(claims[a], documents) < _position(claims[b], documents) else (a, b)


def _neighbours(members: Sequence[Claim]) -> Iterable[tuple[Claim, Claim]]:
    for n, later in enumerate(members):
        for earlier in members[max(0, n - NEIGHBOURS) : n]:
            yield later, earlier


def _facts(claim: Claim) -> list[tuple[str, ...]]:
    """The facts a claim states, as keys: a figure for a harm, a weapon, damage, a measure taken."""
    if claim.kind in ("denial", "refutation"):
        return []
    if claim.harm and (claim.count is None or claim.count.unit == "people"):
        scope = "part" if is_part(claim) else "total"
        if victims(claim):
            return [("figure", harm, "named", *sorted(victims(claim))) for harm in claim.harm]
        return [("figure", harm, scope) for harm in claim.harm]
    if claim.weapon is not None:
        return [("weapon",)]
    if claim.count is not None:
        return [("number", claim.kind, claim.count.unit)]
    return [("kind", claim.kind)]


def _figures(later: Claim, earlier: Claim, documents: Mapping[str, Document]) -> Relation | None:
    a, b = later.count, earlier.count
    if a is None or b is None:
        return Relation("compatible", later.id, earlier.id, why="one of the two gives no figure")
    words = f"“{b.raw}”, then “{a.raw}”"
    if a.unit != b.unit:
        return None
    if (is_part(later) or is_part(earlier)) and not _same_group(later, earlier):
        return None
    if not a.conflicts_with(b):
        if a.interval() == b.interval() and _status(later) == _status(earlier):
            return Relation("same_fact", later.id, earlier.id, why=f"the same figure: {words}")
        if _newer(later, earlier, documents) and a.qualifier not in UNCOUNTED:
            return Relation(
                "updates", later.id, earlier.id, why=f"a newer or firmer figure that can hold with it: {words}"
            )
        return Relation("compatible", later.id, earlier.id, why=f"both can hold: {words}")
    if later.document == earlier.document and _same_voice(later, earlier, documents):
        return Relation("compatible", later.id, earlier.id, why=f"one account gives both, of different scope: {words}")
    grown = a.interval()[0] > b.interval()[1]
    if _status(later) != _status(earlier) and not (grown and _newer(later, earlier, documents)):
        return _subset(later, earlier)
    if _same_voice(later, earlier, documents) and _newer(later, earlier, documents):
        return Relation("updates", later.id, earlier.id, why=f"the same source, later: {words}")
    if _interim(earlier, documents) and _newer(later, earlier, documents) and grown:
        return Relation("updates", later.id, earlier.id, why=f"an interim figure, overtaken: {words}")
    return Relation("conflicts", later.id, earlier.id, why=f"no number satisfies both: {words}")


def _subset(later: Claim, earlier: Claim) -> Relation | None:
    """Figures of different status: those of a stated status are among all; civilians and combatants are apart."""
    statuses = _status(later), _status(earlier)
    if later.count is None or earlier.count is None or "unknown" not in statuses:
        return None
    some, everyone = (earlier, later) if statuses[0] == "unknown" else (later, earlier)
    if some.count.interval()[0] <= everyone.count.interval()[1]:  # type: ignore[union-attr]
        why = f"{_status(some)} victims are among all: “{some.count.raw}” in “{everyone.count.raw}”"  # type: ignore[union-attr]
        return Relation("compatible", later.id, earlier.id, why=why)
    why = f"more {_status(some)} victims than victims: “{some.count.raw}” in “{everyone.count.raw}”"  # type: ignore[union-attr]
    return Relation("conflicts", later.id, earlier.id, why=why)


def _other(later: Claim, earlier: Claim, documents: Mapping[str, Document]) -> Relation | None:
    if earlier.count is not None and later.count is not None and later.count.conflicts_with(earlier.count):
        if later.document == earlier.document:
            return None  # two numbers of one account count two things
        return Relation(
            "conflicts", later.id, earlier.id, why=f"“{earlier.count.raw}” and “{later.count.raw}” cannot both hold"
        )
    same = fold(later.quote) == fold(earlier.quote)
    if same or (later.kind, later.level, later.weapon) == (earlier.kind, earlier.level, earlier.weapon):
        return Relation("same_fact", later.id, earlier.id, why="the same thing said of the same incident")
    if later.level != earlier.level and _newer(later, earlier, documents):
        return Relation("updates", later.id, earlier.id, why=f"firmness {earlier.level}, then {later.level}")
    return Relation("compatible", later.id, earlier.id, why="differ in wording and can both hold")


def _victims_in_totals(order: Sequence[Claim], incident_of: Mapping[str, str]) -> list[Relation]:
    """A named victim, or a part such as "including four children", lies in the count that contains them."""
    totals: dict[tuple[str, str], list[Claim]] = {}
    parts: list[Claim] = []
    for claim in order:
        incident = incident_of.get(claim.id)
        if incident is None or claim.kind in ("denial", "refutation", "call") or claim.polarity != "affirm":
            continue
        if is_part(claim):
            parts.append(claim)
        elif claim.count is not None and claim.count.unit == "people":
            for harm in claim.harm:
                totals.setdefault((incident, harm), []).append(claim)
    out: dict[tuple[str, str], Relation] = {}
    for part in parts:
        number = len(victims(part)) or (part.count.min if part.count else None) or 1
        for harm in part.harm:
            held = [
                total
                for total in totals.get((incident_of[part.id], harm), ())
                if total.id != part.id and total.count is not None and total.count.interval()[1] >= number
            ]
            near = sorted(held, key=lambda t: (t.document != part.document, abs(t.span.start - part.span.start), t.id))
            for total in near[:2]:
                why = "a named victim inside the total" if victims(part) else "a part of the total"
                out[(part.id, total.id)] = Relation("part_of", part.id, total.id, why=why)
    return list(out.values())


def _same_group(a: Claim, b: Claim) -> bool:
    """Whether two parts of a total are of the same people: the same age, or the same group named."""
    ages = objects.ages(a.quote), objects.ages(b.quote)
    if ages[0] and ages[1]:
        return bool(ages[0] & ages[1])
    groups = [{fold(g) for g in c.victims.groups} if c.victims is not None else set() for c in (a, b)]
    return bool(groups[0] & groups[1])


def _status(claim: Claim) -> str:
    return claim.victims.status if claim.victims is not None else "unknown"


def _newer(later: Claim, earlier: Claim, documents: Mapping[str, Document]) -> bool:
    a, b = published_day(documents.get(later.document)), published_day(documents.get(earlier.document))
    return a is not None and b is not None and a > b


def _same_voice(a: Claim, b: Claim, documents: Mapping[str, Document]) -> bool:
    return origin(a, documents.get(a.document)) == origin(b, documents.get(b.document))


def _interim(claim: Claim, documents: Mapping[str, Document]) -> bool:
    day = published_day(documents.get(claim.document))
    if day is None or claim.when is None or claim.when.latest is None:
        return False
    return day - claim.when.latest.toordinal() <= INTERIM_DAYS
