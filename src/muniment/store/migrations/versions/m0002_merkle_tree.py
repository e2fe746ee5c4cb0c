"""The ledger becomes a Merkle tree: authors are committed to, payloads can be erased, checkpoints are kept.

Entries of the hash-linked ledger before it are carried over under new salts; what they say stays as it was.
"""

import hashlib
import hmac
import json
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002_merkle_tree"
down_revision = "0001_initial"


def upgrade() -> None:
    """Carry the entries over and build the tree above them."""
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_salt", sa.Text(), nullable=False),
        sa.Column("by_commitment", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "nodes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("size"),
    )
    op.create_table(
        "decided",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["log.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    _carry_over(op.get_bind())
    op.execute("INSERT INTO decided (seq, kind, payload) SELECT seq, kind, payload FROM decisions")
    op.drop_table("decisions")
    op.drop_table("entries")
    op.rename_table("log", "entries")
    op.rename_table("decided", "decisions")
    op.create_index(op.f("ix_entries_kind"), "entries", ["kind"], unique=False)


def _carry_over(connection: sa.Connection) -> None:
    # Written out here, and not imported from the ledger: a migration must not change when the code does.
    columns = 'seq, at, kind, "by", payload'
    old = connection.execute(sa.text(f"SELECT {columns} FROM entries ORDER BY seq")).all()
    log = sa.table("log", *(sa.column(name) for name in _LOG))
    nodes = sa.table("nodes", *(sa.column(name) for name in ("level", "index", "hash")))
    peaks: list[bytes] = []
    for number, (seq, at, kind, by, payload) in enumerate(old):
        salt, by_salt = secrets.token_hex(16), secrets.token_hex(16)
        commitment, by_commitment = _commit(payload.encode(), salt), _commit(by.encode(), by_salt)
        fields = {"at": at, "by": by_commitment, "commitment": commitment, "kind": kind, "seq": seq}
        leaf = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        digest = hashlib.sha256(b"\x00" + leaf).digest()
        row = (seq, at, kind, by, by_salt, by_commitment, payload, salt, commitment, digest.hex())
        connection.execute(log.insert().values(dict(zip(_LOG, row, strict=True))))
        level, index = 0, number
        while index & 1:
            digest = hashlib.sha256(b"\x01" + peaks.pop() + digest).digest()
            level, index = level + 1, index >> 1
            connection.execute(nodes.insert().values({"level": level, "index": index, "hash": digest}))
        peaks.append(digest)


_LOG = ("seq", "at", "kind", "by", "by_salt", "by_commitment", "payload", "salt", "commitment", "hash")


def _commit(data: bytes, salt: str) -> str:
    return hmac.digest(bytes.fromhex(salt), data, hashlib.sha256).hex()
