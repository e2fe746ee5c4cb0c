"""Clusters become incidents: an id that stays, a title, when, where, and who is held responsible how surely."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from muniment.linker.event import Event, day
from muniment.linker.places import Places
from muniment.linker.titles import title
from muniment.model import Claim, Incident, IncidentWhen, IncidentWhere, PartyPosition
from muniment.model.vocabulary import Certainty, IncidentStatus, WherePrecision

FIRMNESS: tuple[Certainty, ...] = (
    "stated", "identified", "strongly_suggested", "likely", "appears", "consistent_with", "believed", "reported",
    "alleged", "claimed", "implied", "denied",
)  # fmt: skip
"""Certainties, firmest first."""

_PRECISION: tuple[WherePrecision, ...] = ("exact", "vicinity", "locality", "district", "region", "country", "unknown")
_KIND = {"attack": "incident"}
_WEAPON_KINDS = frozenset({"weapon_use", "weapon_id", "verification", "attribution"})


def incident_id(claims: Sequence[str]) -> str:
    """The id of an incident nobody touched: made of its smallest claim id."""
    return "i" + hashlib.sha256(min(claims).encode()).hexdigest()[:20]


def keep_ids(clusters: Sequence[Sequence[str]], kept: Mapping[str, frozenset[str]]) -> tuple[list[str], dict[str, str]]:
    """An id for each cluster; an incident a person touched keeps its own where most of its claims are.

    Args:
        clusters: claim ids of each.
        kept: id to the claims it had, oldest first.

    Returns:
        the ids, and which kept ids were joined into which.
    """
    home = {claim: n for n, claims in enumerate(clusters) for claim in claims}
    wanted: dict[int, list[tuple[int, int, str]]] = {}
    for age, (id_, had) in enumerate(kept.items()):
        shares = Counter(home[claim] for claim in sorted(had) if claim in home)
        if shares:
            n, share = min(shares.items(), key=lambda item: (-item[1], item[0]))
            wanted.setdefault(n, []).append((age, -share, id_))
    ids, merged, taken = [], {}, set(kept)
    for n, claims in enumerate(clusters):
        claimants = sorted(wanted.get(n, ()))
        if claimants:
            own = claimants[0][2]
            merged.update({id_: own for _, _, id_ in claimants[1:]})
        else:
            own = incident_id(claims)
            spare = 1
            while own in taken:  # its smallest claim names an incident that a person's decision took elsewhere
                own = incident_id([f"{min(claims)}/{spare}"])
                spare += 1
        taken.add(own)
        ids.append(own)
    return ids, merged


def build(id_: str, event: Event, claims: Sequence[Claim], places: Places) -> Incident:
    """One incident from the joint traits of its claims, without tallies."""
    low = day(event.low) if event.low is not None else None
    high = day(event.high) if event.high is not None else None
    where = _where(event, claims, places)
    written = [
        c.where.raw for c in claims if where is not None and c.where is not None and c.where.place == where.place
    ]
    named = places.name(where.place, written) if where is not None else None
    if named is None:
        raws = [c.where.raw for c in claims if c.where is not None and c.where.raw]
        named = " ".join(min(raws, key=lambda raw: (len(raw), raw)).split()) if raws else None
        named = named if named is not None and len(named) <= 60 else None
    return Incident(
        id=id_,
        title=title(event.family, claims, named, low, high, aggregate=event.aggregate),
        kind=_kind(event, claims),
        when=_when(event, claims, low, high),
        where=where,
        claims=tuple(sorted(c.id for c in claims)),
        weapons=tuple(sorted({c.weapon.model or c.weapon.class_ for c in claims if c.weapon is not None})),
        parties=_parties(claims),
        status=_status(event, claims),
    )


def _kind(event: Event, claims: Sequence[Claim]) -> str:
    if event.aggregate:
        return "aggregate"
    kinds = {claim.kind for claim in claims}
    if event.family == "attack" and kinds <= {"damage"}:
        return "damage"
    if event.family == "attack" and kinds <= _WEAPON_KINDS:
        return "weapon_use"
    return _KIND.get(event.family, event.family)


def _when(event: Event, claims: Sequence[Claim], low: dt.date | None, high: dt.date | None) -> IncidentWhen | None:
    if low is None and high is None:
        return None
    stated = sorted(
        c.when.edtf for c in claims if c.when is not None and (c.when.earliest, c.when.latest) == (low, high)
    )
    if stated:
        return IncidentWhen(max(stated, key=lambda edtf: (len(edtf), edtf)), low, high)
    if low == high and low is not None:
        return IncidentWhen(low.isoformat(), low, high)
    first = low.isoformat() if low is not None else ".."
    return IncidentWhen(f"{first}/{high.isoformat() if high is not None else '..'}", low, high)


def _where(event: Event, claims: Sequence[Claim], places: Places) -> IncidentWhere | None:
    stated: Counter[tuple[int, str, WherePrecision]] = Counter()
    for claim in claims:
        if claim.where is not None and claim.where.place is not None:
            precision = claim.where.precision
            stated[(_PRECISION.index(precision), places.canon(claim.where.place), precision)] += 1
    if not stated:
        return IncidentWhere(None, "unknown") if any(c.where is not None for c in claims) else None
    (_, place, precision), _ = min(stated.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return IncidentWhere(place, precision)


def _parties(claims: Sequence[Claim]) -> tuple[PartyPosition, ...]:
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.party is not None and claim.party.id is not None:
            held.setdefault(claim.party.id, []).append(claim)
    out = []
    for id_, by in sorted(held.items()):
        firmest = min((c.party.certainty for c in by if c.party is not None), key=FIRMNESS.index)
        out.append(PartyPosition(id_, _as_its_source(firmest, by), tuple(sorted(c.id for c in by))))
    return tuple(out)


_SECONDHAND = frozenset({"ngo", "media", "io", "social_media", "anonymous"})
_SURE = frozenset({"stated", "identified"})


def _as_its_source(firmest: Certainty, by: Sequence[Claim]) -> Certainty:
    """The firmest certainty; who only repeats another is never firmer than the one repeated, where that one speaks."""
    if firmest not in _SURE:
        return firmest
    first_hand = [c for c in by if c.source and c.source[-1].type not in _SECONDHAND]
    if not first_hand:
        return firmest
    if any(c.party is not None and c.party.certainty in _SURE for c in first_hand):
        return firmest
    return min((c.party.certainty for c in first_hand if c.party is not None), key=FIRMNESS.index)


def _status(event: Event, claims: Sequence[Claim]) -> IncidentStatus:
    return "ended" if event.family == "detention" and any("released" in c.harm for c in claims) else "open"
