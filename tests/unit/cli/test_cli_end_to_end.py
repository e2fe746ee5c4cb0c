"""The whole path with the real case: build, ask, decide, export, verify, and the same again."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from muniment import exports
from muniment.cli import app

FIRST = (
    "Shelling of Yerevan market\n\n"
    "At least 12 civilians were killed and 30 people were injured in the shelling of Yerevan on 3 May 2019, "
    "the Ministry of Health said.\n"
)
SECOND = (
    "Later figures\n\n"
    "The number of civilians killed in the shelling of Yerevan on 3 May 2019 had risen to 15, the Ministry of Health "
    "said. Shelling in Qxarovka on 4 May 2019 killed three people.\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("end-to-end")
    sources = folder / "sources"
    sources.mkdir()
    (sources / "first.txt").write_text(FIRST, encoding="utf-8")
    (sources / "second.txt").write_text(SECOND, encoding="utf-8")
    (sources / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (sources / "sources.csv").write_text(
        "file,publisher,published,language\n"
        "first.txt,Example Daily,2019-05-03,en\n"
        "second.txt,Example Daily,2019-05-05,en\n",
        encoding="utf-8",
    )
    result = run("build", folder / "case", sources, "--by", "ida", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert "2 documents" in result.stdout
    assert "broken.pdf" in result.stdout
    return folder / "case", sources


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "100"})


def data(*words: object) -> Any:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    "verb", ["status", "documents", "exhibits", "claims", "incidents", "places", "questions", "decisions"]
)
def test_every_list_as_text_and_as_data(built: tuple[Path, Path], verb: str) -> None:
    text = run(verb, built[0])
    assert text.exit_code == 0, text.output
    assert data(verb, built[0], "--json")


def test_claims_quote_the_text(built: tuple[Path, Path]) -> None:
    texts = {"first.txt": FIRST, "second.txt": SECOND}
    documents = {row["id"]: row["file"] for row in data("documents", built[0], "--json")["items"]}
    claims = data("claims", built[0], "--json")["items"]
    assert {claim["count"]["best"] for claim in claims if claim["harm"] == ["killed"]} >= {12, 15}
    for claim in claims:
        assert texts[documents[claim["document"]]][claim["start"] : claim["end"]] == claim["quote"]


def test_show_why_and_search(built: tuple[Path, Path]) -> None:
    claim = data("claims", built[0], "--json")["items"][0]
    assert claim["quote"][:20] in run("show", built[0], claim["id"][:12], "--why").stdout
    incident = data("incidents", built[0], "--json")["items"][0]
    assert run("show", built[0], incident["id"]).exit_code == 0
    assert data("search", built[0], "shelling", "--json")["total"] > 0


def test_the_record_is_valid_and_a_function_of_the_state(built: tuple[Path, Path]) -> None:
    record = data("export", built[0])
    jsonschema.validate(record, exports.schema())
    assert exports.problems(record) == []
    again = data("export", built[0])
    assert {**record, "made": None} == {**again, "made": None}


def test_two_builds_of_the_same_files_are_the_same_normalised(built: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "case"
    assert run("build", other, built[1], "--by", "ida", "--workers", 1).exit_code == 0
    assert data("export", other, "--normalise") == data("export", built[0], "--normalise")


def test_public_formats(built: tuple[Path, Path], tmp_path: Path) -> None:
    assert data("export", built[0], "--audience", "public")["audience"] == "public"
    assert data("export", built[0], "--format", "geojson")["type"] == "FeatureCollection"
    assert run("export", built[0], "--format", "csv").stdout.startswith("incident,")
    assert run("export", built[0], "--format", "texts", "-o", tmp_path / "texts").exit_code == 0
    assert {path.read_text(encoding="utf-8") for path in (tmp_path / "texts").glob("*.txt")} == {FIRST, SECOND}


def test_verify_says_what_is_proved(built: tuple[Path, Path]) -> None:
    found = data("verify", built[0], "--json")
    assert found["ok"] is True
    assert found["proved"]
    assert found["not_proved"]


def test_a_decision_binds_the_next_build_and_is_taken_back(built: tuple[Path, Path], tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("build", case, built[1], "--by", "ida", "--workers", 1).exit_code == 0
    claim = next(c for c in data("claims", case, "--json")["items"] if c["kind"] == "casualty")
    decision = data("decide", case, "reject", claim["id"], "--reason", "misread", "--by", "sami", "--json")
    assert (decision["by"], decision["reason"]) == ("sami", "misread")
    assert run("build", case).exit_code == 0

    def state() -> str:
        return next(c for c in data("claims", case, "--json")["items"] if c["id"] == claim["id"])["review"]["state"]

    assert state() == "rejected"
    assert run("decide", case, "take_back", decision["seq"], "--reason", "read again").exit_code == 0
    assert run("build", case).exit_code == 0
    assert state() == "unreviewed"
    assert data("verify", case, "--json")["ok"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (lambda case: ("status", case / "none"), 3),
        (lambda case: ("show", case, "zzzz"), 4),
        (lambda case: ("build", case, case / "nowhere"), 9),
        (lambda case: ("decide", case, "bless", "c1", "--reason", "x"), 2),
    ],
)
def test_what_cannot_be_done_is_a_sentence_with_its_code(
    built: tuple[Path, Path], words: Callable[[Path], tuple[object, ...]], code: int
) -> None:
    result = run(*words(built[0]))
    assert result.exit_code == code, result.output
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("muniment: ")


def test_a_folder_without_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    result = run("build", tmp_path / "case", tmp_path / "bare")
    assert result.exit_code == 0
    assert "bare is empty: it holds no file to take in." in result.stdout
    assert f"muniment build {tmp_path / 'case'} SOURCE" in " ".join(result.stdout.split())
    assert "No claims conflict" not in result.stdout


def test_a_port_in_use_is_told_before_any_work(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("demo", "--case", tmp_path / "case", "--port", taken.getsockname()[1])
    assert result.exit_code == 2
    assert "--port" in result.stderr
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("verb", ["build", "status", "sensitivity"])
def test_a_total_is_never_printed_without_what_it_is_made_from(built: tuple[Path, Path], verb: str) -> None:
    case = built[0]
    printed = " ".join(run(verb, case).stdout.split())
    last = data("export", case, "--format", "json")["case"]["last"]
    for said in ("Scope: ", " without parts", "Cut-off: none set.", "Grades: all, graded or not."):
        assert said in printed
    assert f"Computed at ledger entry {last['seq']}, hash {last['hash']}." in printed


def test_the_cutoff_and_the_grades_of_the_case_bound_its_totals(built: tuple[Path, Path], tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert run("build", case, built[1], "--workers", 1).exit_code == 0
    before = data("export", case, "--format", "json")["headlines"]
    assert before["scope"]["incidents"] > 0
    assert run("decide", case, "setting", "cutoff", "1950-01-01", "--reason", "a record of another war").exit_code == 0
    assert run("decide", case, "setting", "grades_included", '["fair"]', "--reason", "the others wait").exit_code == 0
    assert run("build", case).exit_code == 0
    after = data("export", case, "--format", "json")["headlines"]
    assert (after["cutoff"], after["grades"]) == ("1950-01-01", ["fair"])
    assert after["after_cutoff"] > 0
    assert after["totals"] == []
    assert after["checkpoint"] == data("export", case, "--format", "json")["case"]["last"]
    assert run("decide", case, "setting", "cutoff", "2999-01-01", "--reason", "to the end").exit_code == 0
    assert (
        run("decide", case, "setting", "grades_included", '["confirmed", "fair", "weak"]', "--reason", "x").exit_code
        == 0
    )
    one = next(i for i in data("incidents", case, "--json")["items"] if i["tallies"] and i["kind"] == "incident")
    assert run("decide", case, "grade", one["id"], "fair", "--reason", "two voices").exit_code == 0
    assert run("build", case).exit_code == 0
    printed = " ".join(run("status", case).stdout.split())
    assert "Scope: 1 incident without parts" in printed
    assert "Cut-off: 2999-01-01; no later incidents left out." in printed
    assert "Grades: confirmed, fair, weak only; " in printed
