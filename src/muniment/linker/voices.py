"""Denials and what refutes them: a denial stands beside what it denies, and its refutation beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muniment.linker.event import party_ids, published_day
from muniment.model import Claim, Document, Relation

MOST = 6
"""A refutation is set against this many denials, the latest ones before it."""

_ACCUSES = frozenset({"casualty", "incident", "weapon_use", "attribution", "damage", "detention", "ill_treatment"})


def relations(order: Sequence[Claim], documents: Mapping[str, Document]) -> list[Relation]:
    """`denies` and `refutes`.

    Args:
        order: all claims, by day of publication and place in the text.
        documents: for their dates.
    """
    denials = [claim for claim in order if claim.kind == "denial"]
    out = []
    by_party: dict[str, list[Claim]] = {}
    for denial in denials:
        for party in _who(denial) or [""]:
            by_party.setdefault(party, []).append(denial)
    for refutation in (claim for claim in order if claim.kind == "refutation"):
        known = {d.id: d for party in _who(refutation) or by_party for d in by_party.get(party, ())[-60:]}
        known |= {d.id: d for d in by_party.get("", ())[-60:]}
        fitting = [
            d
            for d in known.values()
            if not _before(refutation, d, documents) and _weapons_agree(refutation, d) and _near(refutation, d)
        ]
        fitting.sort(key=lambda d: (d.document != refutation.document, -(_day(d, documents) or 0), d.id))
        out += [
            Relation("refutes", refutation.id, d.id, why="the same parties and weapons as in the denial")
            for d in fitting[:MOST]
        ]
    accused: dict[tuple[str, str], list[Claim]] = {}
    for claim in order:
        if claim.kind in _ACCUSES and claim.weapon is not None and claim.polarity == "affirm":
            for party in party_ids(claim):
                accused.setdefault((party, claim.weapon.class_), []).append(claim)
    for denial in denials:
        if denial.weapon is None:
            continue
        held = {
            c.id: c
            for party in _who(denial)
            for c in accused.get((party, denial.weapon.class_), ())[-60:]
            if not _before(denial, c, documents)
        }
        latest = sorted(held.values(), key=lambda c: (c.document != denial.document, -(_day(c, documents) or 0), c.id))
        out += [
            Relation("denies", denial.id, c.id, why="the party denies using this kind of weapon") for c in latest[:MOST]
        ]
    return out


def _who(claim: Claim) -> list[str]:
    if claim.party is None or claim.party.id is None:
        return []
    return sorted(set(claim.party.id.split("+")))


def _day(claim: Claim, documents: Mapping[str, Document]) -> int | None:
    return published_day(documents.get(claim.document))


def _before(a: Claim, b: Claim, documents: Mapping[str, Document]) -> bool:
    x, y = _day(a, documents), _day(b, documents)
    return x is not None and y is not None and x < y


def _weapons_agree(a: Claim, b: Claim) -> bool:
    return a.weapon is None or b.weapon is None or a.weapon.class_ == b.weapon.class_


def _near(a: Claim, b: Claim) -> bool:
    """In two documents, what is refuted must be named: the same party and the same weapon."""
    if a.document == b.document:
        return True
    return bool(_who(a)) and bool(_who(b)) and a.weapon is not None and b.weapon is not None
