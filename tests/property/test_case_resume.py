"""Killed at any moment, a build loses nothing that was sealed, leaves nothing half-written, and the next one finishes.

MUNIMENT_KILLS sets how many builds are killed (a campaign: some hundreds), MUNIMENT_SEED where chance begins.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import case_world
import muniment
from muniment.evidence import Vault

KILLS = int(os.environ.get("MUNIMENT_KILLS", "6"))
SEED = int(os.environ.get("MUNIMENT_SEED", "20310503"))
ROUND = 3
"""How often one case is killed before a build is left to finish."""


@dataclass(frozen=True)
class Undisturbed:
    """A build that nothing disturbed: what it made, how many steps and seconds it took."""

    folder: Path
    record: dict[str, Any]
    sealed: tuple[str, ...]
    steps: int
    seconds: float


def command(folder: Path, sources: Path, *how: object) -> list[str]:
    program = Path(case_world.__file__).with_name("case_kill.py")
    words = [sys.executable, program, folder, sources / "in", sources / "places.csv", *how]
    return [str(word) for word in words]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("resume")
    files: dict[str, str | bytes] = dict(case_world.FILES)
    files["again/market copy.txt"] = case_world.MARKET
    files["letters/feed.bin"] = random.Random(SEED).randbytes(9 * 2**20)
    files["letters/empty.txt"] = b""
    files["letters/broken.pdf"] = b"%PDF-1.7\nnot really"
    for number in range(12):
        files[f"notes/{number:02}.txt"] = f"Note {number}\n\n{number + 2} people were killed in Sarn, residents said.\n"
    case_world.write(folder / "in", files)
    case_world.write(folder, {"places.csv": case_world.PLACES})
    (folder / "1").mkdir()
    began = time.monotonic()
    done = subprocess.run(
        command(folder / "1" / "case", folder, "never"), capture_output=True, text=True, check=True, timeout=120
    )
    seconds = time.monotonic() - began
    with muniment.open(folder / "1" / "case", create=False) as case:
        assert case.verify().ok
        record = case.record(normalise=True)
    sealed = Vault(folder / "1" / "case" / "vault").list()
    return Undisturbed(folder, record, sealed, int(done.stdout.split()[-1]), seconds)


def kill_at_step(undisturbed: Undisturbed, folder: Path, step: int) -> bool:
    """Build and die at a step; whether it came so far."""
    done = subprocess.run(
        command(folder, undisturbed.folder, "step", step), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def kill_after(undisturbed: Undisturbed, folder: Path, seconds: float) -> bool:
    """Build and be killed after some time; whether it was still at work."""
    words = command(folder, undisturbed.folder, "never")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "began\n"
        try:
            _, stderr = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
        assert process.returncode == 0, stderr
        return False


def whole(folder: Path) -> set[str]:
    """What a killed build left is whole: sealed files, ledger, and a file for every row; returns what is sealed."""
    vault = Vault(folder / "vault")
    sealed = set(vault.list())
    for sha256 in sealed:
        vault.check(sha256)
    if (folder / "case.sqlite3").exists():
        with sqlite3.connect(folder / "case.sqlite3") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "exhibits" in tables:
                rows = {id_ for (id_,) in connection.execute("SELECT id FROM exhibits")}
                assert rows <= sealed
        connection.close()
    return sealed


def finished(undisturbed: Undisturbed, folder: Path) -> None:
    """The next build finishes, and the case is as if nothing had happened."""
    subprocess.run(
        command(folder, undisturbed.folder, "never"), capture_output=True, text=True, check=True, timeout=120
    )
    with muniment.open(folder, create=False) as case:
        verification = case.verify()
        assert verification.problems == ()
        assert verification.ok
        assert case.record(normalise=True) == undisturbed.record
    assert Vault(folder / "vault").list() == undisturbed.sealed
    assert list((folder / "vault" / "incoming").iterdir()) == []


def test_a_build_killed_at_any_step_is_finished_by_the_next(undisturbed: Undisturbed) -> None:
    chance = random.Random(SEED)
    steps = [chance.randint(1, undisturbed.steps) for _ in range(KILLS)]
    for first in range(0, KILLS, ROUND):
        folder = undisturbed.folder / f"step-{first}" / "case"
        folder.parent.mkdir()
        sealed: set[str] = set()
        for step in steps[first : first + ROUND]:
            kill_at_step(undisturbed, folder, step)
            now = whole(folder)
            assert sealed <= now, f"sealed bytes were lost by a kill at step {step}"
            sealed = now
        finished(undisturbed, folder)


def test_a_build_killed_at_any_moment_is_finished_by_the_next(undisturbed: Undisturbed) -> None:
    chance = random.Random(SEED + 1)
    killed = 0
    for first in range(0, KILLS, ROUND):
        folder = undisturbed.folder / f"moment-{first}" / "case"
        folder.parent.mkdir()
        sealed: set[str] = set()
        for _ in range(min(ROUND, KILLS - first)):
            killed += kill_after(undisturbed, folder, chance.uniform(0, undisturbed.seconds))
            now = whole(folder)
            assert sealed <= now
            sealed = now
        finished(undisturbed, folder)
    assert killed > 0


@pytest.mark.parametrize("step", range(1, 7))
def test_a_case_killed_while_it_is_made_can_be_opened(undisturbed: Undisturbed, step: int) -> None:
    folder = undisturbed.folder / f"made-{step}" / "case"
    folder.parent.mkdir()
    assert kill_at_step(undisturbed, folder, step)
    whole(folder)
    with muniment.open(folder, by="runa") as case:
        assert case.verify().problems == ()
        entries = list(case.entries())
        assert [entry.kind for entry in entries][:1] == ["created"]
        assert case.title == "case"
