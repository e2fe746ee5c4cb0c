"""A case's folder on disk: its database, its vault, its ledger. Transactions begin and end in this room alone.

CASE/
  case.sqlite3   tables, log, search
  vault/         sealed bytes by SHA-256
  writer.lock    who is writing, while someone is
  case.sqlite3.before-…   the database as an older Muniment left it, before its tables were brought up to date
"""

from __future__ import annotations

import datetime as dt
import functools
import getpass
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from muniment import ledger
from muniment.errors import NotACase, StorageFailed
from muniment.evidence import Vault, WriterLock
from muniment.ledger import tree
from muniment.linker import Memory
from muniment.store import checkpointed, received
from muniment.store import engine as store_engine

DATABASE = "case.sqlite3"


@dataclass(slots=True)
class Site:
    """Where a case is kept, who acts on it, and what linking remembers of it while it is open."""

    folder: Path
    engine: sa.Engine
    vault: Vault
    by: str
    plugins: tuple[Path, ...] = ()
    linking: Memory = field(default_factory=Memory, repr=False, compare=False)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the case for writing; a second writer is told who holds it."""
        with WriterLock(self.folder, self.by):
            yield

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction: rows and their log entry come to be together or not at all."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DatabaseError as error:
            raise StorageFailed(
                f"The case's database refused the write ({error.orig}); what was sealed before is kept. "
                "Free some space or check the folder's permissions, then run build again."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the case."""
        with _readable(self.folder), self.engine.connect() as connection:
            yield connection

    def log(self, connection: sa.Connection, kind: str, payload: Any, *, by: str | None = None) -> ledger.Entry:
        """Append to the ledger, in the transaction of the rows it records."""
        entry = ledger.make(received.next_seq(connection), at=now(), kind=kind, by=by or self.by, payload=payload)
        received.add_entry(connection, row_of(entry))
        read = functools.partial(checkpointed.node, connection)
        checkpointed.put_nodes(connection, tree.grown(entry.seq, bytes.fromhex(entry.hash), read))
        return entry


def now() -> str:
    """The present moment: UTC, ISO 8601, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except sa.exc.DatabaseError as error:
        raise StorageFailed(
            f"The database of the case in {folder} cannot be read ({error.orig}); what was sealed is kept. "
            "Check the disk and the folder's permissions, or restore the case from a copy."
        ) from error


def entry_of(row: received.EntryRow) -> ledger.Entry:
    """A stored entry as the ledger knows it; a payload that is no JSON any more stays text, which no check passes."""
    try:
        payload = None if row.payload is None else ledger.parse(row.payload)
    except ValueError:
        payload = row.payload
    fields = {name: getattr(row, name) for name in received.EntryRow.__slots__}
    return ledger.Entry(**{**fields, "payload": payload})


def row_of(entry: ledger.Entry) -> received.EntryRow:
    """A ledger entry as stored."""
    fields = {name: getattr(entry, name) for name in received.EntryRow.__slots__}
    return received.EntryRow(**{**fields, "payload": ledger.canonical(entry.payload).decode()})


def open_site(folder: Path, *, create: bool, by: str | None, plugins: Sequence[Path]) -> Site:
    """Open a case's folder, creating it where asked.

    Raises:
        NotACase: where there is none and none may be created, or the folder holds other things.
    """
    folder = folder.expanduser()
    database = folder / DATABASE
    fresh = not database.exists()
    if fresh:
        if not create:
            raise NotACase(f"{folder} is not a Muniment case; `muniment build {folder} SOURCES` makes one.")
        if folder.is_file():
            raise NotACase(f"{folder} is a file; name a folder for the case.")
        if folder.is_dir() and any(item.name not in ("vault", "writer.lock") for item in folder.iterdir()):
            raise NotACase(
                f"{folder} holds other files and no case; name an empty or new folder for the case, "
                "and give the files as sources."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(f"{folder} cannot be created: {error.strerror}.") from error
    engine = store_engine.open_engine(store_engine.sqlite_address(database))
    site = Site(folder, engine, Vault(folder / "vault"), by or _login(), tuple(plugins))
    try:
        with _readable(folder):
            complete = not fresh and store_engine.version(engine) == store_engine.HEAD
        if complete:
            with site.reading() as connection:
                complete = received.get_meta(connection, "id") is not None
        if not complete:  # new, of an older version, or killed while it was made
            with site.writing():
                present = store_engine.version(engine)
                if present is not None and store_engine.is_older(present):
                    store_engine.backup(engine, folder / f"{DATABASE}.before-{store_engine.HEAD}")
                store_engine.migrate(engine)
                _begin(site)
    except BaseException:
        engine.dispose()
        raise
    return site


def _begin(site: Site) -> None:
    """Give a new case its id and the first entry of its ledger."""
    with site.transaction() as connection:
        if received.get_meta(connection, "id") is None:
            id_ = secrets.token_hex(16)
            received.set_meta(connection, "id", id_)
            received.set_meta(connection, "title", site.folder.resolve().name)
            site.log(connection, "created", {"case": id_})


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
