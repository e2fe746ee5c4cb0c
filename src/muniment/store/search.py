"""Full-text search over documents, claims and incidents, in any script.

SQLite's FTS5 with the `unicode61` tokenizer: words are folded by case and diacritics. Each word of a query is a
prefix, so that suffixed forms (Armenian articles, Russian cases) are found from the stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

OPEN, CLOSE = "\x02", "\x03"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A row that matches: `snippet` carries OPEN and CLOSE around each word found."""

    kind: str
    id: str
    document: str | None
    title: str
    snippet: str
    score: float


def create_index(connection: sa.Connection) -> None:
    """Create the search table; databases other than SQLite have their own way."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE search_index USING fts5(kind UNINDEXED, id UNINDEXED, document UNINDEXED, "
            "title, body, tokenize = 'unicode61 remove_diacritics 2')"
        )
        # FTS5 tables have no index on their own columns: rows are found for removal by this one.
        connection.exec_driver_sql(
            "CREATE TABLE search_rows (rowid INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, "
            "document TEXT, UNIQUE (kind, id))"
        )
        connection.exec_driver_sql("CREATE INDEX search_rows_document ON search_rows (document)")


def forget(connection: sa.Connection, kinds: Sequence[str], *, documents: Iterable[str] | None = None) -> None:
    """Take rows of these kinds out of the index, all or those of some documents."""
    for kind in kinds:
        if documents is None:
            rows = connection.execute(sa.text("SELECT rowid FROM search_rows WHERE kind = :k"), {"k": kind})
            rowids = [row[0] for row in rows]
        else:
            rowids = [
                row[0]
                for document in documents
                for row in connection.execute(
                    sa.text("SELECT rowid FROM search_rows WHERE document = :d AND kind = :k"),
                    {"d": document, "k": kind},
                )
            ]
        for rowid in rowids:
            connection.execute(sa.text("DELETE FROM search_index WHERE rowid = :r"), {"r": rowid})
            connection.execute(sa.text("DELETE FROM search_rows WHERE rowid = :r"), {"r": rowid})


def write_anew(connection: sa.Connection) -> None:
    """Merge the index into one piece, so that no removed row lingers in an older one."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")


def add(connection: sa.Connection, rows: Iterable[tuple[str, str, str | None, str, str]]) -> None:
    """Index rows of (kind, id, document, title, body); a row already there is replaced."""
    for kind, id_, document, title, body in rows:
        old = connection.execute(
            sa.text("SELECT rowid FROM search_rows WHERE kind = :k AND id = :i"), {"k": kind, "i": id_}
        ).scalar()
        if old is not None:
            connection.execute(sa.text("DELETE FROM search_index WHERE rowid = :r"), {"r": old})
            connection.execute(sa.text("DELETE FROM search_rows WHERE rowid = :r"), {"r": old})
        made = connection.execute(
            sa.text("INSERT INTO search_rows (kind, id, document) VALUES (:k, :i, :d)"),
            {"k": kind, "i": id_, "d": document},
        )
        connection.execute(
            sa.text(
                "INSERT INTO search_index (rowid, kind, id, document, title, body) VALUES (:r, :k, :i, :d, :t, :b)"
            ),
            {"r": made.lastrowid, "k": kind, "i": id_, "d": document, "t": title, "b": body},
        )


def find(connection: sa.Connection, words: str, limit: int) -> list[Found]:
    """Rows that hold every word, best first; titles weigh ten times the body."""
    terms = _WORD.findall(words)
    if not terms:
        return []
    query = " ".join(f'"{term}"*' for term in terms)
    rows = connection.execute(
        sa.text(
            "SELECT kind, id, document, title, snippet(search_index, 4, :o, :c, '…', 24), "
            "bm25(search_index, 0, 0, 0, 10, 1) AS rank FROM search_index "
            "WHERE search_index MATCH :q ORDER BY rank, id LIMIT :n"
        ),
        {"o": OPEN, "c": CLOSE, "q": query, "n": limit},
    )
    return [Found(kind, id_, document, title, snippet, -rank) for kind, id_, document, title, snippet, rank in rows]
