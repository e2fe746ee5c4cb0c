"""The tables. Received and decided rows are only ever added; derived rows carry the digest they were made under.

Payload columns hold one model object as JSON; the other columns repeat what pages filter and sort by.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# --- received --------------------------------------------------------------------------------------------------------
exhibits = sa.Table(
    "exhibits",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("role", sa.Text, nullable=False),  # source | sources_csv | table_mapping
    sa.Column("seq", sa.Integer, nullable=False),  # the ledger entry that received it
)
sightings = sa.Table(
    "sightings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("exhibit", sa.Text, sa.ForeignKey("exhibits.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("received", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.UniqueConstraint("exhibit", "folder", "name", "seq"),
)
sa.Index("sightings_address", sightings.c.folder, sightings.c.name)
gazetteers = sa.Table(
    "gazetteers",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
)
places = sa.Table(
    "places",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("gazetteer", sa.Text, sa.ForeignKey("gazetteers.sha256"), nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)

# --- decided and logged ----------------------------------------------------------------------------------------------
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("by_salt", sa.Text, nullable=False),
    sa.Column("by_commitment", sa.Text, nullable=False),
    sa.Column("payload", sa.Text),  # null where it was erased, with its salt
    sa.Column("salt", sa.Text),
    sa.Column("commitment", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
nodes = sa.Table(  # the Merkle tree's perfect subtrees above the leaves, which are `entries.hash`
    "nodes",
    metadata,
    sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("index", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
checkpoints = sa.Table(
    "checkpoints",
    metadata,
    sa.Column("size", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),  # as signed; more signatures may come
    sa.Column("token", sa.LargeBinary),  # the time-stamp over the note's body, as it was answered
)
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("entries.seq"), primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)

# --- derived ---------------------------------------------------------------------------------------------------------
readings = sa.Table(
    "readings",
    metadata,
    sa.Column("exhibit", sa.Text, sa.ForeignKey("exhibits.id"), primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("encoding", sa.Text),
    sa.Column("text_sha256", sa.Text),
    sa.Column("text", sa.Text),
    sa.Column("boxes", sa.LargeBinary),
    sa.Column("reason", sa.Text),
    sa.Column("why", sa.Text),
    sa.Column("ocr", sa.Text),  # languages it was read with, joined by +
    sa.Column("locked", sa.Boolean, nullable=False),  # pages are left that OCR can read
    sa.Column("origin", sa.LargeBinary),
    sa.Column("documents", sa.LargeBinary, nullable=False),  # as read, before sources.csv and decisions
)
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("exhibit", sa.Text, sa.ForeignKey("exhibits.id"), nullable=False, index=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("item", sa.Integer, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("publisher", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("not_extracted", sa.Text),
    sa.Column("digest", sa.Text, nullable=False),  # what its claims were made under; "" while there is work to do
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
sa.Index("documents_order", documents.c.file, documents.c.item)
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("documents.id"), nullable=False, index=True),
    sa.Column("incident", sa.Text, index=True),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("place", sa.Text, index=True),
    sa.Column("raw", sa.LargeBinary),  # as extracted; null where a person added the claim
    sa.Column("payload", sa.LargeBinary, nullable=False),  # as it stands with decisions applied
)
incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("earliest", sa.Text),
    sa.Column("latest", sa.Text),
    sa.Column("place", sa.Text, index=True),
    sa.Column("precision", sa.Text),
    sa.Column("merged_into", sa.Text),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
sa.Index("incidents_order", incidents.c.earliest, incidents.c.id)
relations = sa.Table(
    "relations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("a", sa.Text, nullable=False, index=True),
    sa.Column("b", sa.Text, nullable=False, index=True),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
flags = sa.Table(
    "flags",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
flagged = sa.Table(
    "flagged",
    metadata,
    sa.Column("flag", sa.Integer, sa.ForeignKey("flags.id"), primary_key=True),
    sa.Column("on", sa.Text, primary_key=True, index=True),
)
persons = sa.Table(
    "persons",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
questions = sa.Table(
    "questions",
    metadata,
    sa.Column("rank", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)
unresolved = sa.Table(
    "unresolved",
    metadata,
    sa.Column("rank", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)

LINKED = (questions, unresolved, flagged, flags, relations, persons, incidents)
"""What the linking step rewrites as a whole, in an order that foreign keys allow."""
