"""The record out: one consistent view of the case, handed to the exports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from muniment import exports
from muniment.case.asking import title
from muniment.case.exhibits import stated_exhibits
from muniment.case.lexicon import load_lexicon, settings_of
from muniment.case.settling import active
from muniment.case.site import Site
from muniment.case.totals import CHANGES_STATE, headlines
from muniment.errors import UsageError
from muniment.exports.snapshot import CaseHead
from muniment.model import Decision, Document, Person
from muniment.model.vocabulary import Audience
from muniment.plugins import load_file
from muniment.store import derived, queries, received
from muniment.store.codec import load


def protected(persons: tuple[Person, ...], decisions: list[Decision]) -> list[Person]:
    """People with protection as derived (pseudonyms, minors) and as decided, by id or by any of their names."""
    ids: set[str] = set()
    names: set[str] = set()
    for decision in decisions:
        if decision.kind == "protect":
            ids.update(decision.on)
            names.update(name.casefold() for name in decision.on)
            if isinstance(decision.value, dict):
                names.update(str(name).casefold() for name in decision.value.get("names", ()))
    out = []
    for person in persons:
        marked = person.id in ids or any(name.casefold() in names for name in person.names)
        out.append(replace(person, protected=True) if marked else person)
    return out


def snapshot(site: Site, connection: sa.Connection) -> exports.Snapshot:
    """The case as it stands, in model objects."""
    decisions = received.all_decisions(connection)
    in_force = active(decisions)
    lent = load_lexicon(connection)
    head = received.last_entry_of(connection, CHANGES_STATE)
    documents = [load(Document, payload) for payload in derived.document_payloads(connection).values()]
    claims, _ = queries.claim_page(connection, None, 0)
    persons, _ = queries.person_page(connection, None, 0)
    return exports.Snapshot(
        case=CaseHead(
            title=title(connection),
            id=received.get_meta(connection, "id"),
            last_seq=head.seq if head else None,
            last_hash=head.hash if head else None,
        ),
        exhibits=stated_exhibits(site, connection),
        documents=documents,
        claims=claims,
        incidents=queries.all_incidents(connection),
        places=lent.lexicon.gazetteer,
        persons=protected(persons, in_force),
        parties=lent.lexicon.parties,
        relations=queries.relations_of(connection),
        flags=queries.flags_on(connection),
        decisions=decisions,
        incident_of=queries.all_incident_of(connection),
        headlines=headlines(connection),
        case_parties=frozenset(str(row["id"]) for row in settings_of(in_force).get("parties") or ()),
    )


def record(site: Site, *, audience: Audience, normalise: bool) -> dict[str, Any]:
    """The record of the case (RECORD contract), as plain JSON values."""
    with site.reading() as connection:
        state = snapshot(site, connection)
    made = exports.record(state, audience=audience, made=dt.datetime.now(dt.UTC))
    return exports.normalise(made) if normalise else made


def export(site: Site, format: str, out: IO[str] | Path, *, audience: Audience, normalise: bool) -> None:
    """Write the record in one format.

    Raises:
        UsageError: where the format does not exist or does not suit the audience or the output.
    """
    if format == "texts":
        if not isinstance(out, Path):
            raise UsageError("texts writes a folder; name one with --output FOLDER.")
        if audience == "public":
            raise UsageError("texts are the sources' own words and are never redacted; they are for the case alone.")
        with site.reading() as connection:
            read = [e.id for e in stated_exhibits(site, connection) if e.state == "read" and e.text_sha256]
            exports.texts(
                out, ((id_, derived.text_of(connection, id_) or "", derived.boxes_of(connection, id_)) for id_ in read)
            )
        return
    plugins = [plugin for file in site.plugins for plugin in load_file(file)]
    made = record(site, audience=audience, normalise=normalise)
    if isinstance(out, Path):
        with out.open("w", encoding="utf-8", newline="") as stream:
            exports.write(format, made, stream, plugins=plugins)
    else:
        exports.write(format, made, out, plugins=plugins)
