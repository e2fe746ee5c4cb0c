"""What pages and commands ask: some rows of a list, one row by id, counts. Everything here only reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from muniment.model import Claim, Document, Flag, Incident, Person, Relation
from muniment.store.codec import load
from muniment.store.schema import (
    claims,
    documents,
    exhibits,
    flagged,
    flags,
    incidents,
    persons,
    questions,
    readings,
    relations,
    unresolved,
)

T = TypeVar("T")


def _page(
    connection: sa.Connection, kind: type[T], table: sa.Table, where: Sequence[Any], order: Sequence[Any],
    limit: int | None, offset: int,
) -> tuple[tuple[T, ...], int]:  # fmt: skip
    total = connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one()
    if limit is None:
        query = sa.select(table.c.payload).where(*where).order_by(*order)
    else:  # sorted without the payloads, which would be the most of what is sorted
        (key,) = table.primary_key.columns
        wanted = sa.select(key.label("wanted")).where(*where).order_by(*order).limit(limit).offset(offset).subquery()
        query = sa.select(table.c.payload).join(wanted, wanted.c.wanted == key).order_by(*order)
    return tuple(load(kind, payload) for payload in connection.execute(query).scalars()), total


def document_page(
    connection: sa.Connection, limit: int | None, offset: int, publisher: str | None = None, language: str | None = None
) -> tuple[tuple[Document, ...], int]:
    """Documents by file and item."""
    where = []
    if publisher is not None:
        where.append(documents.c.publisher == publisher)
    if language is not None:
        where.append(documents.c.language == language)
    return _page(
        connection, Document, documents, where, (documents.c.file, documents.c.item, documents.c.id), limit, offset
    )


def documents_of(connection: sa.Connection, exhibit: str) -> tuple[Document, ...]:
    """The documents inside one exhibit."""
    return _page(connection, Document, documents, (documents.c.exhibit == exhibit,), (documents.c.item,), None, 0)[0]


def claim_page(
    connection: sa.Connection,
    limit: int | None,
    offset: int,
    document: str | None = None,
    incident: str | None = None,
    kind: str | None = None,
) -> tuple[tuple[Claim, ...], int]:
    """Claims by document and place in the text."""
    where = []
    for column, value in ((claims.c.document, document), (claims.c.incident, incident), (claims.c.kind, kind)):
        if value is not None:
            where.append(column == value)
    return _page(connection, Claim, claims, where, (claims.c.document, claims.c.start, claims.c.id), limit, offset)


def incident_page(
    connection: sa.Connection,
    limit: int | None,
    offset: int,
    kind: str | None = None,
    place: str | None = None,
    earliest: dt.date | None = None,
    latest: dt.date | None = None,
) -> tuple[tuple[Incident, ...], int]:
    """Incidents by date, undated last; those merged into another are left out."""
    where: list[Any] = [incidents.c.merged_into.is_(None)]
    if kind is not None:
        where.append(incidents.c.kind == kind)
    if place is not None:
        where.append(incidents.c.place == place)
    if earliest is not None:
        where.append(incidents.c.latest >= earliest.isoformat())
    if latest is not None:
        where.append(incidents.c.earliest <= latest.isoformat())
    order = (incidents.c.earliest.is_(None), incidents.c.earliest, incidents.c.id)
    return _page(connection, Incident, incidents, where, order, limit, offset)


def person_page(connection: sa.Connection, limit: int | None, offset: int) -> tuple[tuple[Person, ...], int]:
    """Persons by id."""
    return _page(connection, Person, persons, (), (persons.c.id,), limit, offset)


def by_id(connection: sa.Connection, kind: type[T], id_: str) -> list[T]:
    """The row with this id, or the (at most two) rows whose ids begin with it."""
    table = {Document: documents, Claim: claims, Incident: incidents, Person: persons}[kind]
    exact = connection.execute(sa.select(table.c.payload).where(table.c.id == id_)).scalar()
    if exact is not None:
        return [load(kind, exact)]
    if not id_:
        return []
    above = id_[:-1] + chr(ord(id_[-1]) + 1)
    query = sa.select(table.c.payload).where(table.c.id >= id_, table.c.id < above).order_by(table.c.id).limit(2)
    return [load(kind, payload) for payload in connection.execute(query).scalars()]


def claims_by_id(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """Several claims at once."""
    out: dict[str, Claim] = {}
    for first in range(0, len(ids), 500):
        query = sa.select(claims.c.payload).where(claims.c.id.in_(list(ids[first : first + 500])))
        for payload in connection.execute(query).scalars():
            claim = load(Claim, payload)
            out[claim.id] = claim
    return out


def incident_of(connection: sa.Connection, claim: str) -> str | None:
    """The incident a claim belongs to."""
    return connection.execute(sa.select(claims.c.incident).where(claims.c.id == claim)).scalar()


def all_incident_of(connection: sa.Connection) -> dict[str, str]:
    """Claim id to incident id, where there is one."""
    query = sa.select(claims.c.id, claims.c.incident).where(claims.c.incident.is_not(None))
    return {row.id: row.incident for row in connection.execute(query)}


def relations_of(connection: sa.Connection, id_: str | None = None, kind: str | None = None) -> list[Relation]:
    """Relations that name this id (all, without one)."""
    query = sa.select(relations.c.payload).order_by(relations.c.kind, relations.c.a, relations.c.b)
    if id_ is not None:
        query = query.where(sa.or_(relations.c.a == id_, relations.c.b == id_))
    if kind is not None:
        query = query.where(relations.c.kind == kind)
    return [load(Relation, payload) for payload in connection.execute(query).scalars()]


def flags_on(connection: sa.Connection, id_: str | None = None) -> list[Flag]:
    """Flags about this id (all, without one)."""
    query = sa.select(flags.c.payload).order_by(flags.c.kind, flags.c.id)
    if id_ is not None:
        query = query.join(flagged, flagged.c.flag == flags.c.id).where(flagged.c.on == id_)
    return [load(Flag, payload) for payload in connection.execute(query).scalars()]


def ranked(connection: sa.Connection, kind: type[T], name: str, limit: int | None = None) -> list[T]:
    """The rows of a ranked list: `questions` or `unresolved`."""
    table = {"questions": questions, "unresolved": unresolved}[name]
    query = sa.select(table.c.payload).order_by(table.c.rank)
    if limit is not None:
        query = query.limit(limit)
    return [load(kind, payload) for payload in connection.execute(query).scalars()]


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows the main lists hold."""
    out = {}
    for name, table, where in (
        ("exhibits", exhibits, ()),
        ("documents", documents, ()),
        ("claims", claims, ()),
        ("incidents", incidents, (incidents.c.merged_into.is_(None),)),
        ("persons", persons, ()),
        ("questions", questions, ()),
        ("unresolved", unresolved, ()),
        ("not_extracted", documents, (documents.c.not_extracted.is_not(None),)),
    ):
        out[name] = connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one()
    out["unread"] = connection.execute(
        sa.select(sa.func.count())
        .select_from(exhibits.outerjoin(readings, readings.c.exhibit == exhibits.c.id))
        .where(exhibits.c.role == "source", sa.or_(readings.c.exhibit.is_(None), readings.c.reason.is_not(None)))
    ).scalar_one()
    out["publishers"] = connection.execute(sa.select(sa.func.count(sa.distinct(documents.c.publisher)))).scalar_one()
    return out


def counted(connection: sa.Connection, what: str) -> dict[str, int]:
    """Rows by one column: `claims by kind`, `claims by place`, `incidents by place`, `documents not extracted`, …"""
    column, where = {
        "claims by kind": (claims.c.kind, ()),
        "claims by place": (claims.c.place, (claims.c.place.is_not(None),)),
        "incidents by place": (
            incidents.c.place,
            (incidents.c.place.is_not(None), incidents.c.merged_into.is_(None)),
        ),
        "incidents by precision": (incidents.c.precision, (incidents.c.merged_into.is_(None),)),
        "relations by kind": (relations.c.kind, ()),
        "documents not extracted": (documents.c.language, (documents.c.not_extracted.is_not(None),)),
        "days": (
            incidents.c.earliest,
            (incidents.c.earliest == incidents.c.latest, incidents.c.merged_into.is_(None)),
        ),
    }[what]
    query = sa.select(column, sa.func.count()).where(*where).group_by(column).order_by(column)
    return {key if key is not None else "": number for key, number in connection.execute(query)}


def first_and_last_day(connection: sa.Connection) -> tuple[str | None, str | None]:
    """The days of the first and the last dated incident (aggregates left out)."""
    query = sa.select(sa.func.min(incidents.c.earliest), sa.func.max(incidents.c.latest)).where(
        incidents.c.kind != "aggregate", incidents.c.merged_into.is_(None)
    )
    row = connection.execute(query).one()
    return row[0], row[1]


def incidents_by_place(connection: sa.Connection) -> list[tuple[str, str, int]]:
    """(place, precision, incidents) for incidents that have a place."""
    query = (
        sa.select(incidents.c.place, incidents.c.precision, sa.func.count())
        .where(incidents.c.place.is_not(None), incidents.c.merged_into.is_(None), incidents.c.kind != "aggregate")
        .group_by(incidents.c.place, incidents.c.precision)
        .order_by(incidents.c.place, incidents.c.precision)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def publishers(connection: sa.Connection) -> list[str]:
    """Everyone who published a document of the case."""
    query = sa.select(documents.c.publisher).where(documents.c.publisher.is_not(None)).distinct()
    return sorted(connection.execute(query).scalars())


def all_incidents(connection: sa.Connection) -> list[Incident]:
    """Every incident, those merged into another too."""
    query = sa.select(incidents.c.payload).order_by(incidents.c.id)
    return [load(Incident, payload) for payload in connection.execute(query).scalars()]


def several(connection: sa.Connection, kind: type[T], ids: Iterable[str]) -> dict[str, T]:
    """Several documents, claims, incidents or persons at once, by id; ids that name nothing are left out."""
    table = {Document: documents, Claim: claims, Incident: incidents, Person: persons}[kind]
    out: dict[str, T] = {}
    for some in _batches(ids):
        query = sa.select(table.c.id, table.c.payload).where(table.c.id.in_(some))
        out.update((row.id, load(kind, row.payload)) for row in connection.execute(query))
    return out


def incidents_of(connection: sa.Connection, claim_ids: Iterable[str]) -> dict[str, str]:
    """Claim id to incident id, for these claims."""
    out: dict[str, str] = {}
    for some in _batches(claim_ids):
        query = sa.select(claims.c.id, claims.c.incident).where(claims.c.id.in_(some), claims.c.incident.is_not(None))
        out.update((row.id, row.incident) for row in connection.execute(query))
    return out


def relations_among(connection: sa.Connection, ids: Iterable[str]) -> list[Relation]:
    """Relations that name any of these ids on either side, each once."""
    found: dict[int, Relation] = {}
    for some in _batches(ids):
        for side in (relations.c.a, relations.c.b):
            query = sa.select(relations.c.id, relations.c.payload).where(side.in_(some))
            found.update((row.id, load(Relation, row.payload)) for row in connection.execute(query))
    return [found[id_] for id_ in sorted(found)]


def flags_among(connection: sa.Connection, ids: Iterable[str]) -> list[Flag]:
    """Flags about any of these ids, each once."""
    found: dict[int, Flag] = {}
    for some in _batches(ids):
        query = (
            sa.select(flags.c.id, flags.c.payload)
            .join(flagged, flagged.c.flag == flags.c.id)
            .where(flagged.c.on.in_(some))
        )
        found.update((row.id, load(Flag, row.payload)) for row in connection.execute(query))
    return [found[id_] for id_ in sorted(found)]


def claim_numbers(connection: sa.Connection, document_ids: Iterable[str]) -> dict[str, int]:
    """How many claims each of these documents makes."""
    out: dict[str, int] = {}
    for some in _batches(document_ids):
        query = (
            sa.select(claims.c.document, sa.func.count()).where(claims.c.document.in_(some)).group_by(claims.c.document)
        )
        out.update((row[0], row[1]) for row in connection.execute(query))
    return out


def ranked_page(
    connection: sa.Connection, kind: type[T], name: str, limit: int, offset: int
) -> tuple[tuple[T, ...], int]:
    """Some rows of a ranked list, `questions` or `unresolved`, and how many there are."""
    table = {"questions": questions, "unresolved": unresolved}[name]
    return _page(connection, kind, table, (), (table.c.rank,), limit, offset)


def unread_ids(connection: sa.Connection, limit: int | None, offset: int) -> list[tuple[str, str | None]]:
    """Exhibits that are sealed but not read, with the reason's code where reading was tried; oldest first."""
    query = (
        sa.select(exhibits.c.id, readings.c.reason)
        .select_from(exhibits.outerjoin(readings, readings.c.exhibit == exhibits.c.id))
        .where(exhibits.c.role == "source", sa.or_(readings.c.exhibit.is_(None), readings.c.reason.is_not(None)))
        .order_by(exhibits.c.seq, exhibits.c.id)
    )
    if limit is not None:
        query = query.limit(limit).offset(offset)
    return [(row[0], row[1]) for row in connection.execute(query)]


def exhibit_ids(connection: sa.Connection, beginning: str) -> list[str]:
    """The (at most two) exhibits whose id is or begins with this."""
    above = beginning[:-1] + chr(ord(beginning[-1]) + 1) if beginning else "g"
    query = sa.select(exhibits.c.id).where(exhibits.c.id >= beginning, exhibits.c.id < above).limit(2)
    return list(connection.execute(query).scalars())


def _batches(ids: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(ids))
    for first in range(0, len(wanted), size):
        yield wanted[first : first + size]
