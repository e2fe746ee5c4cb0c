"""`propose` says what would leave the machine before anything does, and what came back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import case_world
import muniment
from muniment.case.proposer_setting import KEY_VARIABLE
from muniment.cli import app
from muniment.errors import NotAnswered, UsageError
from proposer_stand_in import StandIn, claims, send, serving

NOTE = "A note\n\nVelin Radio had fallen silent since 4 June 2031, its listeners wrote.\n"
WORDS = "Velin Radio had fallen silent"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    case_world.write(tmp_path / "sources", {"note.txt": NOTE})
    with muniment.open(tmp_path / "case", by="runa") as case:
        case.build([tmp_path / "sources"], workers=1)
    return tmp_path / "case"


@pytest.fixture
def server(folder: Path) -> Iterator[StandIn]:
    with serving(claims({"quote": WORDS, "start": NOTE.index(WORDS), "kind": "restriction"})) as stand_in:
        setting(folder, stand_in.address)
        yield stand_in


def setting(folder: Path, address: str) -> None:
    with muniment.open(folder, by="runa") as case:
        case.decide("setting", "proposer", {"address": address, "model": "stub-1"}, reason="We try it")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_without_a_model_it_says_how_to_set_one(folder: Path) -> None:
    result = run("propose", folder)
    assert result.exit_code == UsageError.exit_code
    assert "setting proposer" in result.stderr


def test_it_says_what_would_be_sent_and_sends_nothing(folder: Path, server: StandIn) -> None:
    result = run("propose", folder)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert f"1 question to stub-1 at {server.address}" in said
    assert f"--yes-send-texts-to {server.address}" in said
    assert "LEAVE" not in said
    assert json.loads(run("propose", folder, "--json").stdout)["answered"] == 0
    assert server.bodies == []


def test_it_warns_that_texts_would_leave_this_machine(folder: Path) -> None:
    setting(folder, "https://models.example/v1")
    assert "LEAVE THIS MACHINE" in run("propose", folder).stdout


def test_answers_are_sealed_and_count_with_the_next_build(folder: Path, server: StandIn) -> None:
    result = run("propose", folder, "--yes-send-texts-to", server.address)
    assert result.exit_code == 0
    assert "1 answer of stub-1 sealed" in result.stdout
    assert "Proposed by a model" in " ".join(run("build", folder).stdout.split())
    record = json.loads(run("export", folder, "--format", "json").stdout)
    assert [row["quote"] for row in record["claims"] if row["made_by"] == {"model": "stub-1"}] == [WORDS]
    assert "nothing to ask" in run("propose", folder).stdout
    assert len(server.bodies) == 1


def test_a_server_without_an_answer_has_an_exit_code(folder: Path, server: StandIn) -> None:
    server.replies[:] = [lambda handler: send(handler, 503, b"")]
    result = run("propose", folder, "--yes-send-texts-to", server.address)
    assert result.exit_code == NotAnswered.exit_code
    assert "refused the question (503)" in result.stderr
