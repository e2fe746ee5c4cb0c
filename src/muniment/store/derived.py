"""Rows for what was derived: readings, documents, claims, and all that linking makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from muniment.model import Claim, Document, Flag, Incident, Person, Relation
from muniment.plugins import Box, Origin
from muniment.store import search
from muniment.store.codec import dump, load
from muniment.store.schema import (
    LINKED,
    claims,
    documents,
    flagged,
    flags,
    incidents,
    persons,
    questions,
    readings,
    relations,
    unresolved,
)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What reading one exhibit gave: a text with documents, or the reason it stays unread."""

    exhibit: str
    digest: str
    media_type: str
    encoding: str | None = None
    text_sha256: str | None = None
    text: str | None = None
    boxes: tuple[Box, ...] = ()
    reason: str | None = None
    why: str | None = None
    ocr: str | None = None
    locked: bool = False
    origin: Origin | None = None
    documents: tuple[Document, ...] = ()


def put_reading(connection: sa.Connection, row: ReadingRow) -> None:
    """Replace what is known of an exhibit's content."""
    connection.execute(readings.delete().where(readings.c.exhibit == row.exhibit))
    connection.execute(
        readings.insert().values(
            exhibit=row.exhibit,
            digest=row.digest,
            media_type=row.media_type,
            encoding=row.encoding,
            text_sha256=row.text_sha256,
            text=row.text,
            boxes=dump(row.boxes) if row.boxes else None,
            reason=row.reason,
            why=row.why,
            ocr=row.ocr,
            locked=row.locked,
            origin=None if row.origin is None else dump(row.origin),
            documents=dump(row.documents),
        )
    )


@dataclass(frozen=True, slots=True)
class ReadingState:
    """Whether an exhibit was read, under which digest, and what it would take.

    `locked`: it was read but for pages that only OCR can read.
    """

    digest: str
    reason: str | None
    ocr: str | None
    locked: bool
    media_type: str = "application/octet-stream"


def reading_states(connection: sa.Connection) -> dict[str, ReadingState]:
    """The state of every reading, by exhibit."""
    columns = (readings.c.digest, readings.c.reason, readings.c.ocr, readings.c.locked, readings.c.media_type)
    query = sa.select(readings.c.exhibit, *columns)
    return {row.exhibit: ReadingState(*row[1:]) for row in connection.execute(query)}


def read_documents(connection: sa.Connection) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """The documents of each read exhibit as the reader found them, before sources.csv and decisions."""
    query = sa.select(readings.c.exhibit, readings.c.documents).order_by(readings.c.exhibit)
    for exhibit, payload in connection.execute(query):
        yield exhibit, load(tuple[Document, ...], payload)


def text_of(connection: sa.Connection, exhibit: str) -> str | None:
    """The text of an exhibit; None where it is unread."""
    return connection.execute(sa.select(readings.c.text).where(readings.c.exhibit == exhibit)).scalar()


def texts(connection: sa.Connection) -> Iterator[tuple[str, str | None, str | None]]:
    """Each reading's exhibit, text and the SHA-256 the text had when it was read."""
    query = sa.select(readings.c.exhibit, readings.c.text, readings.c.text_sha256).order_by(readings.c.exhibit)
    for row in connection.execute(query.execution_options(yield_per=16)):
        yield row.exhibit, row.text, row.text_sha256


def boxes_of(connection: sa.Connection, exhibit: str) -> tuple[Box, ...]:
    """Where the text stands on pages; empty for formats without pages."""
    payload = connection.execute(sa.select(readings.c.boxes).where(readings.c.exhibit == exhibit)).scalar()
    return () if payload is None else load(tuple[Box, ...], payload)


def document_payloads(connection: sa.Connection) -> dict[str, bytes]:
    """Every document as stored, by id."""
    return {row.id: row.payload for row in connection.execute(sa.select(documents.c.id, documents.c.payload))}


def put_document(connection: sa.Connection, document: Document, *, text: str) -> None:
    """Write a document whose facts changed; its claims are to be made again."""
    values = {
        "exhibit": document.exhibit,
        "file": document.file,
        "item": document.item,
        "published": document.published,
        "publisher": document.publisher,
        "language": document.language,
        "not_extracted": document.not_extracted,
        "digest": "",
        "payload": dump(document),
    }
    if connection.execute(documents.update().where(documents.c.id == document.id).values(values)).rowcount == 0:
        connection.execute(documents.insert().values(id=document.id, **values))
    search.add(connection, [("document", document.id, document.id, document.title or document.file, text)])


def drop_documents(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Take documents and their claims out of the derived tables."""
    search.forget(connection, ("document", "claim"), documents=ids)
    for first in range(0, len(ids), _BATCH):
        batch = ids[first : first + _BATCH]
        connection.execute(claims.delete().where(claims.c.document.in_(batch)))
        connection.execute(documents.delete().where(documents.c.id.in_(batch)))


def forget_exhibit(connection: sa.Connection, exhibit: str) -> None:
    """Take everything that was read from an exhibit out of the derived tables."""
    ids = list(connection.execute(sa.select(documents.c.id).where(documents.c.exhibit == exhibit)).scalars())
    drop_documents(connection, ids)
    connection.execute(readings.delete().where(readings.c.exhibit == exhibit))


def extraction_digests(connection: sa.Connection) -> dict[str, str]:
    """The digest each document's claims were made under; "" where there are none yet."""
    return {row.id: row.digest for row in connection.execute(sa.select(documents.c.id, documents.c.digest))}


def put_claims(connection: sa.Connection, document: str, digest: str, made: Sequence[Claim]) -> None:
    """Replace the claims of a document by what its text gives under this digest."""
    search.forget(connection, ("claim",), documents=[document])
    connection.execute(claims.delete().where(claims.c.document == document))
    _insert_claims(connection, made, raw=True)
    connection.execute(documents.update().where(documents.c.id == document).values(digest=digest))


def _insert_claims(connection: sa.Connection, made: Sequence[Claim], *, raw: bool) -> None:
    if not made:
        return
    rows = []
    for claim in made:
        payload = dump(claim)
        rows.append(
            {
                "id": claim.id,
                "document": claim.document,
                "incident": None,
                "kind": claim.kind,
                "start": claim.span.start,
                "place": claim.where.place if claim.where else None,
                "raw": payload if raw else None,
                "payload": payload,
            }
        )
    connection.execute(claims.insert(), rows)
    search.add(connection, [("claim", c.id, c.document, c.kind.replace("_", " "), c.quote) for c in made])


def raw_claims(connection: sa.Connection) -> list[Claim]:
    """Every claim as extracted, by document and place in the text."""
    query = sa.select(claims.c.raw).where(claims.c.raw.is_not(None)).order_by(claims.c.document, claims.c.start)
    return [load(Claim, payload) for payload in connection.execute(query.order_by(claims.c.id)).scalars()]


def settle_claims(
    connection: sa.Connection, settled: Mapping[str, Claim], added: Sequence[Claim], incident_of: Mapping[str, str]
) -> None:
    """Write claims as they stand with decisions applied, and the incident each belongs to.

    Args:
        connection: inside a transaction.
        settled: every extracted claim, by id.
        added: the claims people made by hand.
        incident_of: claim id to incident id.
    """
    hand_made = sa.select(claims.c.id).where(claims.c.raw.is_(None))
    for id_ in list(connection.execute(hand_made).scalars()):
        connection.execute(claims.delete().where(claims.c.id == id_))
    _insert_claims(connection, added, raw=False)
    present = {
        row.id: (row.payload, row.incident)
        for row in connection.execute(sa.select(claims.c.id, claims.c.payload, claims.c.incident))
    }
    changed = []
    for claim in (*settled.values(), *added):
        payload, incident = dump(claim), incident_of.get(claim.id)
        if present.get(claim.id) != (payload, incident):
            changed.append(
                {
                    "b_id": claim.id,
                    "b_payload": payload,
                    "b_incident": incident,
                    "b_place": claim.where.place if claim.where else None,
                }
            )
    if changed:
        connection.execute(
            claims.update()
            .where(claims.c.id == sa.bindparam("b_id"))
            .values(
                payload=sa.bindparam("b_payload"),
                incident=sa.bindparam("b_incident"),
                place=sa.bindparam("b_place"),
            ),
            changed,
        )


def put_linked(
    connection: sa.Connection,
    made: Sequence[Incident],
    related: Iterable[Relation],
    flagged_things: Iterable[Flag],
    people: Iterable[Person],
) -> None:
    """Replace everything linking derives."""
    for table in LINKED:
        connection.execute(table.delete())
    if made:
        connection.execute(incidents.insert(), [_incident_row(incident) for incident in made])
    rows = [{"kind": r.kind, "a": r.a, "b": r.b, "payload": dump(r)} for r in related]
    if rows:
        connection.execute(relations.insert(), rows)
    flag_rows: list[dict[str, object]] = []
    on_rows: list[dict[str, object]] = []
    for number, flag in enumerate(flagged_things, 1):
        flag_rows.append({"id": number, "kind": flag.kind, "payload": dump(flag)})
        on_rows.extend({"flag": number, "on": on} for on in dict.fromkeys(flag.on))
    if flag_rows:
        connection.execute(flags.insert(), flag_rows)
        if on_rows:
            connection.execute(flagged.insert(), on_rows)
    person_rows = [{"id": person.id, "payload": dump(person)} for person in people]
    if person_rows:
        connection.execute(persons.insert(), person_rows)
    search.forget(connection, ("incident",))
    search.add(connection, [("incident", i.id, None, i.title, i.title) for i in made if i.merged_into is None])


def _incident_row(incident: Incident) -> dict[str, object]:
    when, where = incident.when, incident.where
    return {
        "id": incident.id,
        "kind": incident.kind,
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "place": where.place if where else None,
        "precision": where.precision if where else None,
        "merged_into": incident.merged_into,
        "payload": dump(incident),
    }


def put_questions(connection: sa.Connection, ranked: Sequence[object], names: Sequence[object]) -> None:
    """Write the open questions and the unresolved names, most telling first (after `put_linked`)."""
    for table, rows in ((questions, ranked), (unresolved, names)):
        if rows:
            connection.execute(table.insert(), [{"rank": n, "payload": dump(row)} for n, row in enumerate(rows)])


def derived_rows(connection: sa.Connection) -> Iterator[tuple[str, bytes]]:
    """Every derived row as (table and id, payload), in a fixed order: what a build's digest is taken over."""
    for table, key in ((documents, "id"), (claims, "id"), (incidents, "id"), (persons, "id")):
        for row in connection.execute(sa.select(table.c[key], table.c.payload).order_by(table.c[key])):
            yield f"{table.name}/{row[0]}", row[1]
    for table in (relations, flags):
        for number, payload in connection.execute(sa.select(table.c.id, table.c.payload).order_by(table.c.id)):
            yield f"{table.name}/{number}", payload
    claim_rows = sa.select(claims.c.id, claims.c.incident, claims.c.raw).order_by(claims.c.id)
    for id_, incident, raw in connection.execute(claim_rows):
        yield f"incident_of/{id_}", (incident or "").encode()
        yield f"raw/{id_}", raw or b""
    columns = (readings.c.exhibit, readings.c.text_sha256, readings.c.reason, readings.c.documents, readings.c.boxes)
    for exhibit, sha256, reason, made, boxes in connection.execute(sa.select(*columns).order_by(readings.c.exhibit)):
        yield f"readings/{exhibit}", f"{sha256 or ''} {reason or ''}".encode()
        yield f"read_documents/{exhibit}", made
        yield f"boxes/{exhibit}", boxes or b""


def make_stale(connection: sa.Connection) -> None:
    """Have the next build read, extract and link everything again; what was read stays until it is read again."""
    connection.execute(readings.update().values(digest=""))
    connection.execute(documents.update().values(digest=""))
