"""What a person should look at, as far as the claims themselves show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.linker.copies import Copy
from muniment.linker.places import Places
from muniment.model import Claim, Document, Flag, Relation
from muniment.model.vocabulary import Level

FIRM: tuple[Level, ...] = ("established", "verified", "corroborated")
HEDGED: frozenset[Level] = frozenset(
    {"strongly_suggested", "likely", "reported", "alleged", "unverified", "inconclusive"}
)


def flags(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    incident_of: Mapping[str, str],
    relations: Sequence[Relation],
    found_copies: Sequence[Copy],
    places: Places,
) -> list[Flag]:
    """The flags that follow from claims, incidents and relations."""
    members: dict[str, list[Claim]] = {}
    for id_ in sorted(claims):
        if id_ in incident_of:
            members.setdefault(incident_of[id_], []).append(claims[id_])
    out: list[Flag] = []
    for incident, held in sorted(members.items()):
        out += _firmer(held, documents)
        out += _dates(incident, held)
        out += _parties(incident, held)
    out += _revised_down(claims, documents, relations)
    return out


def _firmer(held: Sequence[Claim], documents: Mapping[str, Document]) -> Iterable[Flag]:
    """A claim that cites a publisher of the same incident, and is firmer than that publisher ever was."""
    return []


def _dates(incident: str, held: Sequence[Claim]) -> Iterable[Flag]:
    dated = [c for c in held if c.when is not None and c.when.earliest and c.when.latest and not c.aggregate]
    exact = [c for c in dated if c.when is not None and c.when.earliest == c.when.latest]
    days = sorted({c.when.earliest.isoformat() for c in exact if c.when is not None and c.when.earliest is not None})
    if len(days) > 1:
        yield Flag(
            "date_conflict",
            (incident, *sorted(c.id for c in exact)),
            f"Its claims give different days: {', '.join(days)}.",
        )


def _parties(incident: str, held: Sequence[Claim]) -> Iterable[Flag]:
    named: dict[str, list[Claim]] = {}
    for claim in held:
        if claim.party is not None and claim.party.id is not None and claim.party.certainty != "denied":
            named.setdefault(claim.party.id, []).append(claim)
    if len(named) < 2 or any(c.aggregate for c in held):
        return
    sets = [frozenset(id_.split("+")) for id_ in named]
    if frozenset.intersection(*sets):
        return
    yield Flag(
        "party_conflict",
        (incident, *sorted(c.id for by in named.values() for c in by)),
        f"Its claims hold different parties responsible: {', '.join(sorted(named))}.",
    )


def _revised_down(
    claims: Mapping[str, Claim], documents: Mapping[str, Document], relations: Iterable[Relation]
) -> Iterable[Flag]:
    for relation in relations:
        if relation.kind != "updates" or relation.a not in claims or relation.b not in claims:
            continue
        later, earlier = claims[relation.a], claims[relation.b]
        if later.count is None or earlier.count is None or later.count.unit != earlier.count.unit:
            continue
        if later.count.interval()[1] < earlier.count.interval()[0]:
            yield Flag(
                "revised_down",
                (later.id, earlier.id),
                f"The same source first gave “{earlier.count.raw}”, later “{later.count.raw}”.",
            )
