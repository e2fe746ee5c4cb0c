"""Whatever is changed behind the program's back, `verify` notices; what it cannot notice, it says."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import case_world
import muniment
from muniment.evidence import Vault


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built case with decisions, to be copied and spoilt."""
    folder = tmp_path_factory.mktemp("tampering")
    with case_world.build(folder) as case:
        claim = next(iter(case.claims()))
        case.decide("accept", claim.id, reason="read it")
        case.decide("set_document", claim.document, {"publisher": "Ostra Post"}, reason="the masthead says so")
        case.build(workers=1)
        assert case.verify().ok
    return folder / "case"


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "case"))


@pytest.fixture
def rows(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / "case.sqlite3", isolation_level=None)
    yield connection
    connection.close()


def problems(folder: Path) -> tuple[str, ...]:
    with muniment.open(folder, create=False) as case:
        verification = case.verify()
        assert verification.ok == (not verification.problems)
        return verification.problems


def sealed(folder: Path) -> list[Path]:
    vault = Vault(folder / "vault")
    return [vault.path(sha256) for sha256 in vault.list()]


def test_an_untouched_case_passes_and_says_what_that_does_not_prove(folder: Path) -> None:
    with muniment.open(folder, create=False) as case:
        verification = case.verify()
    assert verification.ok
    assert len(verification.proved) == 3
    assert any("cut short" in sentence for sentence in verification.not_proved)
    assert any("told the truth" in sentence for sentence in verification.not_proved)


def test_a_flipped_bit_in_any_sealed_file_is_noticed(folder: Path) -> None:
    for number, path in enumerate(sealed(folder), 1):
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert len([p for p in problems(folder) if "no longer has the bytes" in p]) == number


def test_a_sealed_file_taken_away_is_noticed_by_name(folder: Path) -> None:
    with muniment.open(folder, create=False) as case:
        exhibit = next(e for e in case.exhibits() if e.sightings[0].name == "hills.txt")
    Vault(folder / "vault").path(exhibit.id).unlink()
    assert [p for p in problems(folder) if p.startswith("hills.txt: ") and "missing" in p]


def test_a_file_slipped_into_the_vault_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "slipped").write_bytes(b"never received")
    Vault(folder / "vault").seal(tmp_path / "slipped")
    with muniment.open(folder, create=False) as case:
        verification = case.verify()
    assert verification.ok
    assert any("no ledger entry" in sentence for sentence in verification.not_proved)


TAMPERED = {
    "entry's time": "UPDATE entries SET at = '2031-01-01T00:00:00+00:00' WHERE seq = 2",
    "entry's author": "UPDATE entries SET \"by\" = 'someone' WHERE kind = 'decided'",
    "entry's payload": "UPDATE entries SET payload = replace(payload, 'read it', 'made up') WHERE kind = 'decided'",
    "entry's payload made no JSON": "UPDATE entries SET payload = 'x' WHERE seq = 1",
    "entry's payload made a list": "UPDATE entries SET payload = '[]' WHERE seq = 1",
    "entry's payload emptied": "UPDATE entries SET payload = '{}' WHERE kind = 'build'",
    "entry's salt": "UPDATE entries SET salt = 'zz' WHERE seq = 1",
    "entry dropped": "DELETE FROM entries WHERE seq = 1",
    "entries exchanged": "UPDATE entries SET seq = CASE seq WHEN 1 THEN -2 WHEN 2 THEN -1 END WHERE seq IN (1, 2);"
    "UPDATE entries SET seq = -seq WHERE seq < 0",
    "entry's payload taken away": "UPDATE entries SET payload = NULL, salt = NULL WHERE seq = 1",
    "entry's author and its commitment": "UPDATE entries SET by_commitment = commitment WHERE seq = 1",
    "kept hash": "UPDATE nodes SET hash = zeroblob(32) WHERE level = 1",
    "kept hash dropped": "DELETE FROM nodes WHERE level = 2",
    "kept hash invented": "INSERT INTO nodes VALUES (20, 0, zeroblob(32))",
    "every entry dropped": "DELETE FROM entries",
    "exhibit deleted": "DELETE FROM exhibits WHERE id IN (SELECT exhibit FROM sightings WHERE name = 'hills.txt')",
    "exhibit invented": f"INSERT INTO exhibits VALUES ('{'ab' * 32}', 5, 'source', 1)",
    "exhibit's size": "UPDATE exhibits SET bytes = bytes + 1 WHERE role = 'sources_csv'",
    "exhibit's role": "UPDATE exhibits SET role = 'source' WHERE role = 'sources_csv'",
    "sighting's name": "UPDATE sightings SET name = 'other.txt' WHERE name = 'hills.txt'",
    "sighting's folder": "UPDATE sightings SET folder = '/elsewhere' WHERE name = 'hills.txt'",
    "sighting deleted": "DELETE FROM sightings WHERE name = 'hills.txt'",
    "decision's reason": "UPDATE decisions SET payload = CAST(replace(CAST(payload AS TEXT), 'read it', 'no') AS BLOB)",
    "decision's words": "UPDATE decisions SET payload = CAST(replace(CAST(payload AS TEXT), 'people', 'women') AS BLOB)"
    ", kind = kind WHERE kind = 'accept';"
    'UPDATE decisions SET payload = CAST(replace(CAST(payload AS TEXT), \'"before":"\', \'"before":"x\') AS BLOB)',
    "decision deleted": "DELETE FROM decisions WHERE kind = 'accept'",
    "document": "UPDATE documents SET payload = CAST(replace(CAST(payload AS TEXT), '2031', '2030') AS BLOB)",
    "claim": "UPDATE claims SET payload = CAST(replace(CAST(payload AS TEXT), 'killed', 'wounded') AS BLOB)",
    "claim deleted": "DELETE FROM claims WHERE id = (SELECT min(id) FROM claims)",
    "claim moved to another incident": "UPDATE claims SET incident = 'i0' WHERE id = (SELECT min(id) FROM claims)",
    "incident's figures": "UPDATE incidents SET payload = CAST(replace(CAST(payload AS TEXT), '15', '51') AS BLOB)",
    "claim as extracted": "UPDATE claims SET raw = CAST(replace(CAST(raw AS TEXT), '12', '21') AS BLOB)",
    "reading": "UPDATE readings SET documents = CAST(replace(CAST(documents AS TEXT), 'Later', 'Early') AS BLOB)",
    "text": "UPDATE readings SET text = replace(text, 'Four civilians', 'Five civilians')",
    "place": "UPDATE places SET payload = CAST(replace(CAST(payload AS TEXT), '40.5', '42.5') AS BLOB)",
    "place deleted": "DELETE FROM places WHERE id = 'case:sarn'",
    "gazetteer deleted": "DELETE FROM gazetteers",
    "case's id": "UPDATE meta SET value = 'another' WHERE key = 'id'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_row_changed_behind_the_programs_back_is_noticed(folder: Path, rows: sqlite3.Connection, what: str) -> None:
    before = rows.total_changes
    rows.executescript(TAMPERED[what])
    assert rows.total_changes > before, "the test changed nothing"
    assert problems(folder)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM incidents",
        TAMPERED["claim"],
        TAMPERED["claim as extracted"],
        TAMPERED["document"],
        TAMPERED["reading"],
        "DELETE FROM claims",
        "DELETE FROM flagged; DELETE FROM flags; DELETE FROM relations",
    ],
)
def test_a_build_derives_again_what_was_changed(folder: Path, rows: sqlite3.Connection, change: str) -> None:
    with muniment.open(folder, create=False) as case:
        before = case_world.derived(case)
    rows.executescript(change)
    with muniment.open(folder, create=False, by="runa") as case:
        assert not case.verify().ok
        report = case.build(workers=1)
        assert any("derived again" in note for note in report.notes)
        assert case.verify().problems == ()
        assert case_world.derived(case) == before


def test_verifying_changes_nothing(folder: Path) -> None:
    with muniment.open(folder, create=False) as case:
        before, entries = case.record(normalise=True), len(case.entries())
        case.verify()
        assert case.record(normalise=True) == before
        assert len(case.entries()) == entries


def test_progress_is_told(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with muniment.open(folder, create=False) as case:
        total = len(case.exhibits()) + 1  # and the gazetteer
        case.verify(lambda stage, done, of: told.append((stage, done, of)))
    assert told[-1] == ("verify", total, total)
