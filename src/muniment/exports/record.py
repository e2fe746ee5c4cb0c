"""The record: a function of the case's state and nothing else but the moment it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from muniment.errors import UsageError
from muniment.exports import rows
from muniment.exports.redaction import Withheld, redact
from muniment.exports.snapshot import Snapshot
from muniment.model import Party, Place

FORMAT = "muniment-record"
VERSION = 1


def record(snapshot: Snapshot, *, audience: str = "case", made: dt.datetime | str | None = None) -> dict[str, Any]:
    """The record of a case as plain JSON values.

    Args:
        snapshot: the case's state.
        audience: `case` (complete) or `public` (protected names withheld).
        made: the moment, UTC; now where none is given.

    Raises:
        UsageError: where there is no such audience.

    Source: RECORD contract, version 1.
    """
    if audience not in ("case", "public"):
        raise UsageError(f"There is no audience {audience!r}; choose case or public.")
    if made is None:
        made = dt.datetime.now(dt.UTC)
    moment = made if isinstance(made, str) else made.isoformat(timespec="seconds")
    out: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "audience": audience,
        "made": moment,
        "case": {
            "title": snapshot.case.title or None,
            "id": snapshot.case.id,
            "last": None
            if snapshot.case.last_seq is None
            else {"seq": snapshot.case.last_seq, "hash": snapshot.case.last_hash},
        },
        "headlines": None if snapshot.headlines is None else rows.headlines_row(snapshot.headlines),
        "exhibits": _by_id(rows.exhibit_row(exhibit) for exhibit in snapshot.exhibits),
        "documents": _by_id(rows.document_row(document) for document in snapshot.documents),
        "claims": _by_id(rows.claim_row(claim, snapshot.incident_of.get(claim.id)) for claim in snapshot.claims),
        "incidents": _by_id(rows.incident_row(incident) for incident in snapshot.incidents),
        "places": _by_id(rows.place_row(place) for place in _places(snapshot)),
        "persons": _by_id(rows.person_row(person) for person in snapshot.persons),
        "parties": _by_id(rows.party_row(party) for party in _parties(snapshot)),
        "relations": sorted(
            (rows.relation_row(relation) for relation in snapshot.relations),
            key=lambda row: (row["kind"], row["a"], row["b"], row["status"]),
        ),
        "flags": sorted(
            (rows.flag_row(flag) for flag in snapshot.flags), key=lambda row: (row["kind"], row["on"], row["why"])
        ),
        "decisions": sorted(
            (rows.decision_row(decision) for decision in snapshot.decisions), key=lambda row: int(row["seq"])
        ),
    }
    if audience == "public":
        out = redact(out, Withheld.of(snapshot.persons, snapshot.claims, snapshot.decisions))
    return dict(sorted(out.items()))


def _by_id(items: Iterable[rows.Row]) -> list[rows.Row]:
    return sorted(items, key=lambda row: str(row["id"]))


def _places(snapshot: Snapshot) -> list[Place]:
    """The places that claims and incidents refer to, and what contains them."""
    wanted: set[str] = set()
    for claim in snapshot.claims:
        if claim.where is not None:
            wanted.update(claim.where.places, claim.where.candidates)
            if claim.where.place is not None:
                wanted.add(claim.where.place)
    wanted.update(i.where.place for i in snapshot.incidents if i.where is not None and i.where.place is not None)
    found: dict[str, Place] = {}
    while wanted:
        id_ = wanted.pop()
        place = snapshot.places.get(id_)
        if place is None or place.id in found:
            continue  # gazetteers' rows for one place answer to several ids, and are one row here
        around = snapshot.places.get(place.within) if place.within is not None else None
        if around is not None:
            wanted.add(around.id)
            place = replace(place, within=around.id)
        found[place.id] = place
    return list(found.values())


def _parties(snapshot: Snapshot) -> list[Party]:
    """The parties that claims and incidents name, and those the case added."""
    used = set(snapshot.case_parties)
    for claim in snapshot.claims:
        if claim.party is not None and claim.party.id is not None:
            used.update(claim.party.id.split("+"))
        if claim.call is not None:
            used.update(claim.call.to)
    for incident in snapshot.incidents:
        for position in incident.parties:
            used.update(position.id.split("+"))
    known: Mapping[str, Party] = {party.id: party for party in snapshot.parties}
    return [party for id_, party in known.items() if id_ in used]
