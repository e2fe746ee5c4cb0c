"""Each noun as the plain JSON values the record's contract lays down. Unknown is None, never an empty string."""

from __future__ import annotations

import datetime as dt
from typing import Any

from muniment.model import (
    Claim,
    Count,
    Decision,
    Document,
    Exhibit,
    Flag,
    Headlines,
    Incident,
    MadeBy,
    Party,
    Person,
    PersonMention,
    Place,
    Relation,
    Tally,
    Weapon,
    When,
    Where,
)

Row = dict[str, Any]


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _known(text: str | None) -> str | None:
    return text or None


def exhibit_row(exhibit: Exhibit) -> Row:
    """Sealed bytes and how they came. Folders of the machine they came from stay in the case."""
    return {
        "id": exhibit.id,
        "bytes": exhibit.bytes,
        "media_type": _known(exhibit.media_type),
        "encoding": exhibit.encoding,
        "text_sha256": exhibit.text_sha256,
        "state": exhibit.state,
        "why": _known(exhibit.why),
        "sightings": [
            {
                "name": sighting.name,
                "url": sighting.url,
                "collected": sighting.collected,
                "by": sighting.by,
                "received": sighting.received,
            }
            for sighting in exhibit.sightings
        ],
    }


def document_row(document: Document) -> Row:
    """A logical item inside an exhibit."""
    return {
        "id": document.id,
        "exhibit": document.exhibit,
        "file": document.file,
        "item": document.item,
        "key": document.key,
        "start": document.start,
        "end": document.end,
        "title": _known(document.title),
        "publisher": _known(document.publisher),
        "published": _known(document.published),
        "url": _known(document.url),
        "language": _known(document.language),
        "kind": document.kind,
        "basis": dict(document.basis),
        "not_extracted": _known(document.not_extracted),
        "ocr": document.ocr,
    }


def claim_row(claim: Claim, incident: str | None) -> Row:
    """One source asserting one thing, at one exact place."""
    return {
        "id": claim.id,
        "document": claim.document,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "mentions": [[span.start, span.end] for span in claim.mentions],
        "cells": [
            {"row": cell.row, "column": cell.column, "start": cell.start, "end": cell.end} for cell in claim.cells
        ],
        "kind": claim.kind,
        "harm": list(claim.harm),
        "count": None if claim.count is None else _count(claim.count),
        "measure": None
        if claim.measure is None
        else {
            "what": claim.measure.what,
            "value": claim.measure.value,
            "before": claim.measure.before,
            "unit": claim.measure.unit,
            "per": claim.measure.per,
            "period": claim.measure.period,
        },
        "victims": None
        if claim.victims is None
        else {"status": claim.victims.status, "groups": list(claim.victims.groups)},
        "persons": [_mention(person) for person in claim.persons],
        "when": None if claim.when is None else _when(claim.when),
        "where": None if claim.where is None else _where(claim.where),
        "weapon": None if claim.weapon is None else _weapon(claim.weapon),
        "party": None
        if claim.party is None
        else {
            "raw": claim.party.raw,
            "id": claim.party.id,
            "certainty": claim.party.certainty,
            "cue": claim.party.cue,
        },
        "source": [{"who": link.who, "type": link.type} for link in claim.source],
        "level": claim.level,
        "cue": claim.cue,
        "polarity": claim.polarity,
        "aggregate": claim.aggregate,
        "call": None if claim.call is None else {"to": list(claim.call.to), "action": claim.call.action},
        "incident": incident,
        "grade": None
        if claim.grade is None
        else {"reliability": claim.grade.reliability, "credibility": claim.grade.credibility},
        "review": {"state": claim.review.state, "decision": claim.review.decision},
        "made_by": _made_by(claim.made_by),
        "redacted": False,
    }


def _count(count: Count) -> Row:
    return {
        "raw": count.raw,
        "min": count.min,
        "best": count.best,
        "max": count.max,
        "qualifier": count.qualifier,
        "unit": count.unit,
    }


def _mention(person: PersonMention) -> Row:
    return {
        "person": person.person,
        "name": person.name,
        "role": person.role,
        "age": person.age,
        "sex": person.sex,
        "pseudonym": person.pseudonym,
    }


def _when(when: When) -> Row:
    return {
        "raw": when.raw,
        "edtf": when.edtf,
        "earliest": _day(when.earliest),
        "latest": _day(when.latest),
        "basis": when.basis,
    }


def _where(where: Where) -> Row:
    return {
        "raw": where.raw,
        "place": where.place,
        "places": list(where.places),
        "precision": where.precision,
        "candidates": list(where.candidates),
    }


def _weapon(weapon: Weapon) -> Row:
    return {
        "raw": weapon.raw,
        "class": weapon.class_,
        "model": weapon.model,
        "origin": weapon.origin,
        "certainty": weapon.certainty,
        "cue": weapon.cue,
    }


def _made_by(made: MadeBy) -> Row:
    if made.person is not None:
        return {"person": made.person}
    if made.model is not None:
        return {"model": made.model}
    return {"tool": made.tool, "version": made.version, "sha256": made.sha256}


def incident_row(incident: Incident) -> Row:
    """What claims are about, with its tallies."""
    when, where = incident.when, incident.where
    return {
        "id": incident.id,
        "merged_into": incident.merged_into,
        "title": incident.title,
        "kind": incident.kind,
        "when": None
        if when is None
        else {"edtf": when.edtf, "earliest": _day(when.earliest), "latest": _day(when.latest)},
        "where": None if where is None else {"place": where.place, "precision": where.precision},
        "claims": sorted(incident.claims),
        "weapons": list(incident.weapons),
        "parties": [
            {"id": position.id, "certainty": position.certainty, "claims": sorted(position.claims)}
            for position in incident.parties
        ],
        "grade": incident.grade,
        "grade_suggested": None
        if incident.suggested is None
        else {"grade": incident.suggested.grade, "why": list(incident.suggested.why)},
        "status": incident.status,
        "tallies": [_tally(tally) for tally in incident.tallies],
    }


def _tally(tally: Tally) -> Row:
    return {
        "harm": tally.harm,
        "victims": tally.victims,
        "low": tally.low,
        "best": tally.best,
        "high": tally.high,
        "claims": sorted(tally.claims),
        "set_aside": [
            {"claim": aside.claim, "why": aside.why}
            for aside in sorted(tally.set_aside, key=lambda aside: (aside.claim, aside.why))
        ],
        "residual": tally.residual,
        "rule": _known(tally.rule),
    }


def headlines_row(headlines: Headlines) -> Row:
    """The totals of a case, never without what they are made from."""
    basis = headlines.basis
    return {
        "scope": {
            "incidents": basis.incidents,
            "earliest": _day(basis.earliest),
            "latest": _day(basis.latest),
            "undated": basis.undated,
            "may_be_one": basis.may_be_one,
            "totals_not_added": basis.not_added,
        },
        "cutoff": _day(basis.cutoff),
        "after_cutoff": basis.later,
        "grades": None if basis.grades is None else list(basis.grades),
        "not_of_these_grades": basis.not_included,
        "rule": basis.rule,
        "checkpoint": None if basis.seq is None else {"seq": basis.seq, "hash": basis.hash},
        "totals": [
            {
                "harm": total.harm,
                "victims": total.victims,
                "low": total.low,
                "best": total.best,
                "best_if_one": total.best_if_one,
                "high": total.high,
                "incidents": total.incidents,
                "unstated": total.unstated,
                "not_described": total.not_described,
            }
            for total in headlines.totals
        ],
    }


def place_row(place: Place) -> Row:
    """A place with every name it goes by."""
    return {
        "id": place.id,
        "names": [
            {"name": name.name, "language": name.language, "preferred_by": name.preferred_by} for name in place.names
        ],
        "lon": place.lon,
        "lat": place.lat,
        "kind": place.kind,
        "precision": place.precision,
        "within": place.within,
        "source": place.source,
    }


def person_row(person: Person) -> Row:
    """A person with every spelling and the claims that name them."""
    return {
        "id": person.id,
        "names": list(person.names),
        "claims": sorted(person.claims),
        "protected": person.protected,
    }


def party_row(party: Party) -> Row:
    """A party as the case knows it."""
    return {"id": party.id, "names": list(party.names), "kind": party.kind}


def relation_row(relation: Relation) -> Row:
    """How two things stand to each other, and why."""
    return {
        "kind": relation.kind,
        "a": relation.a,
        "b": relation.b,
        "status": relation.status,
        "score": relation.score,
        "why": _known(relation.why),
    }


def flag_row(flag: Flag) -> Row:
    """What a person should look at."""
    return {"kind": flag.kind, "on": list(flag.on), "why": flag.why}


def decision_row(decision: Decision) -> Row:
    """A decision as logged, without the words it holds on to (these stay in the case)."""
    return {
        "seq": decision.seq,
        "at": decision.at,
        "by": decision.by,
        "kind": decision.kind,
        "on": list(decision.on),
        "value": decision.value,
        "reason": decision.reason,
    }
