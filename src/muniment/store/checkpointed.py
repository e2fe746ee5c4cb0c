"""Rows of the Merkle tree and of the checkpoints made over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from muniment.store.schema import checkpoints, entries, nodes


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint as stored: the ledger's size, when it was made, the signed note, the time-stamp's answer in DER."""

    size: int
    made: str
    note: str
    token: bytes | None


def node(connection: sa.Connection, level: int, index: int) -> bytes:
    """The kept hash of a perfect subtree; level 0 are the entries themselves.

    Raises:
        LookupError: where it is not kept, which means that the tables were changed.
        ValueError: where an entry's hash is no hex any more.
    """
    if level == 0:
        leaf = connection.execute(sa.select(entries.c.hash).where(entries.c.seq == index)).scalar()
        found = None if leaf is None else bytes.fromhex(leaf)
    else:
        query = sa.select(nodes.c.hash).where(nodes.c.level == level, nodes.c.index == index)
        found = connection.execute(query).scalar()
    if found is None:
        raise LookupError(f"no hash is kept at level {level}, place {index}")
    return bytes(found)


def put_nodes(connection: sa.Connection, grown: Iterable[tuple[int, int, bytes]]) -> None:
    """Keep the hashes of perfect subtrees, as (level, index, hash)."""
    rows = [{"level": level, "index": index, "hash": digest} for level, index, digest in grown if level > 0]
    if rows:
        connection.execute(nodes.insert(), rows)


def all_nodes(connection: sa.Connection) -> dict[tuple[int, int], bytes]:
    """Every kept hash above the leaves, by (level, index)."""
    return {(level, index): bytes(digest) for level, index, digest in connection.execute(sa.select(nodes))}


def put_checkpoint(connection: sa.Connection, row: CheckpointRow) -> None:
    """Keep a checkpoint, in the place of an earlier form of it with fewer signatures or no time-stamp."""
    connection.execute(checkpoints.delete().where(checkpoints.c.size == row.size))
    connection.execute(checkpoints.insert().values(size=row.size, made=row.made, note=row.note, token=row.token))


def iter_checkpoints(connection: sa.Connection) -> Iterator[CheckpointRow]:
    """Checkpoints, oldest first."""
    for row in connection.execute(sa.select(checkpoints).order_by(checkpoints.c.size)):
        yield CheckpointRow(row.size, row.made, row.note, row.token)


def last_checkpoint(connection: sa.Connection) -> CheckpointRow | None:
    """The newest checkpoint."""
    row = connection.execute(sa.select(checkpoints).order_by(checkpoints.c.size.desc()).limit(1)).first()
    return None if row is None else CheckpointRow(row.size, row.made, row.note, row.token)
