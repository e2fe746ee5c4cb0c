"""Opening a case's database: SQLite in WAL mode, written durably, or any other SQLAlchemy address."""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from muniment.errors import NewerCase, StorageFailed
from muniment.store import search

HEAD = "0002_merkle_tree"
"""The newest migration this version knows."""


def open_engine(address: str) -> sa.Engine:
    """An engine for `address`, a SQLAlchemy URL.

    SQLite is opened with WAL, `synchronous=FULL` (a commit is on disk when it returns), foreign keys and
    `secure_delete`.
    """
    if not address.startswith("sqlite"):
        return sa.create_engine(address)
    engine = sa.create_engine(address, connect_args={"timeout": 30, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        # pysqlite opens transactions by itself only before writes; SQLAlchemy's own BEGIN makes reads consistent too.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def sqlite_address(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"


def write_anew(engine: sa.Engine) -> None:
    """Write a SQLite database anew, so that neither free pages nor the write-ahead log keep what was deleted.

    Raises:
        StorageFailed: where the disk has no room for it, or another process reads the case.
    """
    try:
        with engine.begin() as connection:
            search.write_anew(connection)
        with engine.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.execute("VACUUM")
            busy = source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except (sa.exc.OperationalError, sqlite3.Error) as error:
        raise StorageFailed(
            f"The database could not be written anew ({error}); free some space, then again."
        ) from error
    if busy:
        raise StorageFailed(
            "Another process reads the case, so its old pages could not be cleared; close it, then again."
        )


def is_older(present: str) -> bool:
    """Whether tables at this migration come before those of this version (migrations are numbered)."""
    return present < HEAD


def backup(engine: sa.Engine, to: Path) -> None:
    """A consistent copy of a SQLite database, made while others may read and write it.

    Raises:
        StorageFailed: where the copy cannot be written.
    """
    with engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        try:
            copy = sqlite3.connect(to)
            try:
                source.backup(copy)
            finally:
                copy.close()
        except sqlite3.Error as error:
            raise StorageFailed(f"{to} cannot be written ({error}).") from error


def version(engine: sa.Engine) -> str | None:
    """The migration the database stands at; None for an empty database."""
    if not sa.inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: sa.Engine) -> None:
    """Bring the tables to this version.

    Raises:
        NewerCase: where a newer Muniment wrote them.
        StorageFailed: where the disk refuses.
    """
    try:
        present = version(engine)
        if present == HEAD:
            return
        # Imported here: most opens find the tables up to date and need no migration library.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(resources.files("muniment.store") / "migrations"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if present is not None and present not in known:
            raise NewerCase(
                f"This case was written by a newer Muniment (tables at {present}); "
                f"install that version to open it. Nothing was changed."
            )
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except sa.exc.OperationalError as error:
        raise StorageFailed(f"The case's database cannot be opened for writing: {error.orig}.") from error
