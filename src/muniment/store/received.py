"""Rows for what was received, logged and decided. They are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from muniment.model import Decision, Exhibit, Place, Sighting
from muniment.store.codec import dump, load
from muniment.store.schema import decisions, entries, exhibits, gazetteers, meta, places, readings, sightings

ERASED = "erased"
"""The role of an exhibit whose bytes and words were erased."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A ledger entry as stored; `payload` is canonical JSON (None with its salt where erased), the rest hex or text."""

    seq: int
    at: str
    kind: str
    by: str
    by_salt: str
    by_commitment: str
    payload: str | None
    salt: str | None
    commitment: str
    hash: str


def get_meta(connection: sa.Connection, key: str) -> str | None:
    """A fact about the case itself, such as its id."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Write a fact about the case itself."""
    if connection.execute(meta.update().where(meta.c.key == key).values(value=value)).rowcount == 0:
        connection.execute(meta.insert().values(key=key, value=value))


def add_entry(connection: sa.Connection, row: EntryRow) -> None:
    """Append one ledger entry."""
    connection.execute(entries.insert().values({name: getattr(row, name) for name in EntryRow.__slots__}))


def last_entry(connection: sa.Connection) -> EntryRow | None:
    """The newest ledger entry."""
    row = connection.execute(sa.select(entries).order_by(entries.c.seq.desc()).limit(1)).first()
    return None if row is None else EntryRow(*row)


def next_seq(connection: sa.Connection) -> int:
    """The number the next ledger entry will have."""
    last = last_entry(connection)
    return 0 if last is None else last.seq + 1


def iter_entries(connection: sa.Connection, *, limit: int | None = None, offset: int = 0) -> Iterator[EntryRow]:
    """Ledger entries, oldest first."""
    query = sa.select(entries).order_by(entries.c.seq)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    for row in connection.execute(query):
        yield EntryRow(*row)


def iter_entries_holding(connection: sa.Connection, kind: str, words: str) -> Iterator[EntryRow]:
    """Ledger entries of one kind whose payload has these words somewhere, oldest first."""
    query = sa.select(entries).where(entries.c.kind == kind, entries.c.payload.contains(words, autoescape=True))
    for row in connection.execute(query.order_by(entries.c.seq)):
        yield EntryRow(*row)


def count_entries(connection: sa.Connection) -> int:
    """How long the ledger is."""
    return connection.execute(sa.select(sa.func.count()).select_from(entries)).scalar_one()


def last_entry_of(connection: sa.Connection, kinds: Iterable[str]) -> EntryRow | None:
    """The newest entry of these kinds."""
    query = sa.select(entries).where(entries.c.kind.in_(list(kinds))).order_by(entries.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else EntryRow(*row)


def entries_of(connection: sa.Connection, kinds: Iterable[str]) -> Iterator[EntryRow]:
    """Ledger entries of these kinds, oldest first."""
    for row in connection.execute(sa.select(entries).where(entries.c.kind.in_(list(kinds))).order_by(entries.c.seq)):
        yield EntryRow(*row)


def add_exhibit(connection: sa.Connection, sha256: str, size: int, role: str, seq: int) -> None:
    """Record sealed bytes."""
    connection.execute(exhibits.insert().values(id=sha256, bytes=size, role=role, seq=seq))


def has_exhibit(connection: sa.Connection, sha256: str) -> bool:
    """Whether these bytes were received before."""
    return connection.execute(sa.select(exhibits.c.id).where(exhibits.c.id == sha256)).first() is not None


def role_of(connection: sa.Connection, sha256: str) -> str:
    """In which role an exhibit was received."""
    return str(connection.execute(sa.select(exhibits.c.role).where(exhibits.c.id == sha256)).scalar_one())


def is_erased(connection: sa.Connection, sha256: str) -> bool:
    """Whether these bytes were received once and erased since."""
    return connection.execute(sa.select(exhibits.c.role).where(exhibits.c.id == sha256)).scalar() == ERASED


def forget_payloads(connection: sa.Connection, seqs: Sequence[int]) -> None:
    """Take away what ledger entries say; their hashes and commitments stay, so the tree does too."""
    for seq in seqs:
        connection.execute(entries.update().where(entries.c.seq == seq).values(payload=None, salt=None))


def forget_exhibit(connection: sa.Connection, sha256: str, decided: Sequence[int]) -> None:
    """Take away where an exhibit was met and the decisions about its words; only that it was here once stays."""
    connection.execute(sightings.delete().where(sightings.c.exhibit == sha256))
    for seq in decided:
        connection.execute(decisions.delete().where(decisions.c.seq == seq))
    connection.execute(exhibits.update().where(exhibits.c.id == sha256).values(role=ERASED))


def exhibit_facts(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """Size in bytes and role of every exhibit, by id."""
    query = sa.select(exhibits.c.id, exhibits.c.bytes, exhibits.c.role)
    return {row.id: (row.bytes, row.role) for row in connection.execute(query)}


def latest_at(connection: sa.Connection, folder: str, name: str) -> str | None:
    """The exhibit last met at this address."""
    query = (
        sa.select(sightings.c.exhibit)
        .where(sightings.c.folder == folder, sightings.c.name == name)
        .order_by(sightings.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def add_sighting(connection: sa.Connection, exhibit: str, sighting: Sighting, seq: int) -> None:
    """Record that an exhibit was met under a name."""
    connection.execute(
        sightings.insert().values(
            exhibit=exhibit, name=sighting.name, folder=sighting.folder or "", received=sighting.received, seq=seq
        )
    )


def all_sightings(connection: sa.Connection, ids: Iterable[str] | None = None) -> dict[str, list[tuple[int, Sighting]]]:
    """Sightings by exhibit (of these exhibits, where given), in order of the log."""
    out: dict[str, list[tuple[int, Sighting]]] = {}
    query = sa.select(sightings).order_by(sightings.c.seq, sightings.c.id)
    if ids is not None:
        query = query.where(sightings.c.exhibit.in_(list(ids)))
    for row in connection.execute(query):
        sighting = Sighting(row.name, folder=row.folder, received=row.received)
        out.setdefault(row.exhibit, []).append((row.seq, sighting))
    return out


def all_exhibits(connection: sa.Connection, ids: Iterable[str] | None = None) -> list[Exhibit]:
    """Exhibits with what reading made of them, sorted by id; sightings as received."""
    query = (
        sa.select(
            exhibits.c.id,
            exhibits.c.bytes,
            exhibits.c.role,
            readings.c.media_type,
            readings.c.encoding,
            readings.c.text_sha256,
            readings.c.reason,
            readings.c.why,
        )
        .select_from(exhibits.outerjoin(readings, readings.c.exhibit == exhibits.c.id))
        .order_by(exhibits.c.id)
    )
    wanted = None if ids is None else list(ids)
    if wanted is not None:
        query = query.where(exhibits.c.id.in_(wanted))
    seen = all_sightings(connection, wanted)
    out = []
    for row in connection.execute(query):
        unread = row.role == "source" and (row.media_type is None or row.reason is not None)
        why = row.why if row.media_type is not None else "not read yet; run build"
        out.append(
            Exhibit(
                id=row.id,
                bytes=row.bytes,
                media_type=row.media_type or _TYPE_OF_ROLE.get(row.role, "application/octet-stream"),
                encoding=row.encoding,
                text_sha256=row.text_sha256,
                state="erased" if row.role == ERASED else "unread" if unread else "read",
                why=why if unread else None,
                sightings=tuple(sighting for _, sighting in seen.get(row.id, ())),
            )
        )
    return out


_TYPE_OF_ROLE = {"sources_csv": "text/csv", "table_mapping": "application/toml"}


def exhibits_of_role(connection: sa.Connection, role: str) -> list[str]:
    """Ids of the exhibits received in this role, oldest first."""
    query = sa.select(exhibits.c.id).where(exhibits.c.role == role).order_by(exhibits.c.seq, exhibits.c.id)
    return list(connection.execute(query).scalars())


def add_gazetteer(connection: sa.Connection, sha256: str, name: str, seq: int, rows: Iterable[Place]) -> int:
    """Store a gazetteer's places; a place id already known is given its newer row."""
    connection.execute(gazetteers.insert().values(sha256=sha256, name=name, places=0, seq=seq))
    unique = {place.id: place for place in rows}
    known = set(connection.execute(sa.select(places.c.id)).scalars())
    again = [id_ for id_ in unique if id_ in known]
    for first in range(0, len(again), 500):
        connection.execute(places.delete().where(places.c.id.in_(again[first : first + 500])))
    if unique:
        connection.execute(
            places.insert(), [{"id": p.id, "gazetteer": sha256, "payload": dump(p)} for p in unique.values()]
        )
    connection.execute(gazetteers.update().where(gazetteers.c.sha256 == sha256).values(places=len(unique)))
    return len(unique)


def gazetteer_digests(connection: sa.Connection) -> list[str]:
    """SHA-256 of every gazetteer added, oldest first."""
    return list(connection.execute(sa.select(gazetteers.c.sha256).order_by(gazetteers.c.seq)).scalars())


def place_rows(connection: sa.Connection) -> Iterator[tuple[str, bytes]]:
    """Every stored place as (gazetteer and id, payload), in a fixed order: what a digest is taken over."""
    query = sa.select(places.c.gazetteer, places.c.id, places.c.payload).order_by(places.c.id)
    for gazetteer, id_, payload in connection.execute(query):
        yield f"{gazetteer}/{id_}", payload


def stored_places(connection: sa.Connection) -> list[Place]:
    """Every place the case's own gazetteers brought."""
    return [load(Place, row.payload) for row in connection.execute(sa.select(places.c.payload).order_by(places.c.id))]


def add_decision(connection: sa.Connection, decision: Decision) -> None:
    """Append a decision."""
    connection.execute(decisions.insert().values(seq=decision.seq, kind=decision.kind, payload=dump(decision)))


def all_decisions(connection: sa.Connection) -> list[Decision]:
    """Decisions as logged, oldest first."""
    query = sa.select(decisions.c.payload).order_by(decisions.c.seq)
    return [load(Decision, payload) for payload in connection.execute(query).scalars()]
