"""A case that an older Muniment wrote is brought up to date after a copy; one that a newer wrote is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import muniment
from muniment.errors import NewerCase
from muniment.model import Decision
from muniment.store import engine
from muniment.store.codec import dump

AT = "2031-03-09T10:00:00+00:00"
OLD = [
    (0, "created", '{"case":"00ff"}'),
    (1, "received", '{"exhibit":"%s","name":"ä note.txt"}' % ("ab" * 32)),
    (2, "decided", '{"kind":"accept","on":["c1"],"reason":"read it","value":null}'),
]


def old_case(folder: Path) -> None:
    """A case at the first migration, its ledger linked by hashes of the entries before."""
    folder.mkdir()
    made = engine.open_engine(engine.sqlite_address(folder / "case.sqlite3"))
    config = Config()
    config.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001_initial")
        for seq, kind, payload in OLD:
            values = {"seq": seq, "at": AT, "kind": kind, "payload": payload}
            connection.execute(
                sa.text("INSERT INTO entries VALUES (:seq, :at, :kind, 'ida', :payload, 'aa', 'cc', 'pp', 'hh')"),
                values,
            )
        decision = dump(Decision(2, AT, "ida", "accept", ("c1",), None, "read it", {}))
        connection.execute(sa.text("INSERT INTO decisions VALUES (2, 'accept', :payload)"), {"payload": decision})
        connection.execute(sa.text("INSERT INTO meta VALUES ('id', '00ff'), ('title', 'Old case')"))
    made.dispose()


def test_an_older_ledger_is_carried_over_and_the_old_one_kept(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    old_case(folder)
    with muniment.open(folder, create=False) as case:
        entries = tuple(case.entries())
        assert [(e.seq, e.kind, e.by) for e in entries] == [(seq, kind, "ida") for seq, kind, _ in OLD]
        assert [e.payload for e in entries][1]["name"] == "ä note.txt"
        assert case.title == "Old case"
        assert not [p for p in case.verify().problems if "Entry" in p or "hash" in p]
    kept = sqlite3.connect(folder / f"case.sqlite3.before-{engine.HEAD}")
    assert kept.execute("SELECT count(*), max(previous) FROM entries").fetchone() == (3, "pp")
    kept.close()
    rows = sqlite3.connect(folder / "case.sqlite3")
    assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    assert rows.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    rows.close()


def test_a_case_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with muniment.open(folder) as case:
        assert case.entries()
    rows = sqlite3.connect(folder / "case.sqlite3")
    rows.execute("UPDATE alembic_version SET version_num = '9999_later'")
    rows.commit()
    rows.close()
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(NewerCase):
        muniment.open(folder, create=False)
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith("writer")) == [
        name for name in before if not name.startswith("writer")
    ]
