"""Every verb says what a researcher asked for, as text and as JSON; data on stdout, talk on stderr."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from cli_fake_case import FakeCase
from muniment.case import Case
from muniment.cli import app
from muniment.cli.app import VERBS
from muniment.model import Claim

Run = Callable[..., Result]


def first_claim(fake: FakeCase) -> Claim:
    return fake.snapshot.claims[0]


def test_build_passes_on_what_was_asked(run: Run, fake: FakeCase, opened: dict[str, Any], tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text("one\n\ntwo words\n", encoding="utf-8")
    result = run(
        "build", "case", "a", "b", "--places", "g.json", "--places", "h.json", "--ocr", "rus+eng", "--ocr", "fra",
        "--password-file", passwords, "--plugin", "p.py", "--workers", 2, "--by", "ida",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    asked = dict(fake.asked)["build"]
    assert asked["sources"] == (Path("a"), Path("b"))
    assert asked["places"] == (Path("g.json"), Path("h.json"))
    assert asked["ocr"] == ("rus", "eng", "fra")
    assert asked["passwords"] == ("one", "two words")
    assert asked["workers"] == 2
    assert asked["progress"] is None, "no bar where stderr is no terminal"
    assert opened == {"folder": Path("case"), "create": True, "by": "ida", "plugins": (Path("p.py"),)}
    assert "two words" not in result.output
    assert fake.closed


def test_build_prints_the_summary_a_researcher_wants(run: Run) -> None:
    result = run("build", "case", "a")
    for words in (
        "1 document in the case; 2 new files sealed, 1 read now.",
        "1 file is sealed but not read:",
        "scan.pdf  needs ocr  Build again with --ocr eng.",
        "Not taken: link.txt leads out of the folder",
        "2 documents not extracted: no pack for ru",
        "3 claims",
        "casualty 2 · attribution 1",
        "2 incidents, by date",
        "2031-05-03    Karsen / Qarsen  12 or more",
        "date unknown  Ulmar (country)",
        "1 pair of claims conflicts; both sides are kept.",
        "“the Osk bend”, 1 claim: Far [case:far]?",
        "? Is “the Osk bend” in Far? (moves a figure by up to 4)",
        "muniment serve case",
        "A run before this one was interrupted",
    ):
        assert words in result.stdout, f"{words!r} is missing from:\n{result.stdout}"
    assert "Took 0.8 s." in result.stderr


def test_lines_keep_within_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    for verb in (["build", "c"], ["claims", "c"], ["incidents", "c"], ["documents", "c"], ["status", "c"]):
        for line in run(*verb).stdout.splitlines():
            assert len(line) <= 72, line


def test_build_as_json(run: Run) -> None:
    found = json.loads(run("build", "case", "--json").stdout)
    assert found["claims_by_kind"] == {"casualty": 2, "attribution": 1}
    assert found["incidents"][0]["tallies"][0]["low"] == 12
    assert found["unresolved"][0]["candidates"][0]["id"] == "case:far"


@pytest.mark.parametrize(
    ("verb", "words", "fields"),
    [
        ("documents", ["2031-05-04", "Ulmar Daily"], {"id", "publisher", "published", "basis"}),
        ("exhibits", ["text/plain", "read"], {"id", "bytes", "sightings"}),
        ("claims", ["At least 12", "casualty", "2031-05-03"], {"id", "quote", "start", "end", "incident"}),
        ("incidents", ["Karsen / Qarsen", "12 or more"], {"id", "tallies", "claims"}),
        ("places", ["case:karsen", "locality"], {"place", "claims", "incidents"}),
        ("questions", ["Is “the Osk bend” in Far?"], {"kind", "sentence", "on", "moves"}),
        ("decisions", ["protect", "is a child"], {"seq", "at", "by", "kind", "on", "value", "reason"}),
    ],
)
def test_lists_as_text_and_as_json(run: Run, verb: str, words: list[str], fields: set[str]) -> None:
    text = run(verb, "case")
    assert text.exit_code == 0, text.output
    assert [word for word in words if word not in text.stdout] == []
    data = json.loads(run(verb, "case", "--json").stdout)
    assert data["total"] >= len(data["items"]) > 0
    assert fields <= set(data["items"][0])


def test_a_list_says_how_to_see_the_rest(run: Run, fake: FakeCase) -> None:
    result = run("claims", "case", "--limit", 1)
    assert "and 2 more: muniment claims case --all" in result.stderr
    rows = [line for line in result.stdout.splitlines() if not line.startswith("   ")]
    assert len(rows) == 2, "the heading and one claim; its words may go on below"
    assert dict(fake.asked)["claims"]["limit"] == 1


def test_thirty_rows_by_default_and_all_for_programs(run: Run, fake: FakeCase) -> None:
    run("documents", "case")
    run("documents", "case", "--all")
    run("documents", "case", "--json")
    assert [given["limit"] for name, given in fake.asked if name == "documents"] == [30, None, None]


def test_claims_of_a_document_by_the_beginning_of_its_id(run: Run, fake: FakeCase) -> None:
    run("claims", "case", "--document", "d", "--incident", "i1")
    assert dict(fake.asked)["claims"]["document"] == "d1"
    assert dict(fake.asked)["claims"]["incident"] == "i1"


def test_incidents_between_days(run: Run, fake: FakeCase) -> None:
    assert run("incidents", "case", "--from", "2031-05-01", "--to", "2031-05-31").exit_code == 0
    assert str(dict(fake.asked)["incidents"]["earliest"]) == "2031-05-01"
    wrong = run("incidents", "case", "--from", "May")
    assert wrong.exit_code == 2
    assert "2020-10-17" in wrong.stderr


def test_unresolved_places_with_what_they_may_be(run: Run) -> None:
    assert "Far [case:far]" in run("places", "case", "--unresolved").stdout


def test_status(run: Run) -> None:
    text = run("status", "case").stdout
    assert "Ulmar 2031" in text
    assert "2031-05-03 – 2031-05-09" in text
    assert "1 unread" in text
    assert json.loads(run("status", "case", "--json").stdout)["claims"] == 3


def test_show_a_claim_and_why(run: Run, fake: FakeCase) -> None:
    claim = first_claim(fake)
    text = run("show", "case", claim.id[:8]).stdout
    assert f"claim {claim.id}" in text
    assert "At least 12 people were killed" in text
    assert "who the Health Office" in text
    assert "rule" not in text
    assert "count: at_least ← “At least 12”" in run("show", "case", claim.id, "--why").stdout
    assert json.loads(run("show", "case", claim.id, "--json").stdout)["id"] == claim.id


def test_show_an_incident(run: Run) -> None:
    text = run("show", "case", "i1").stdout
    assert "set aside" in text
    assert "killed, all: 12" in text


def test_search(run: Run, fake: FakeCase) -> None:
    result = run("search", "case", "Karsen", "market", "--limit", 5)
    assert "hit Karsen market" in result.stdout
    assert dict(fake.asked)["search"] == {"words": "Karsen market", "limit": 5}
    none = run("search", "case", "nothing")
    assert none.exit_code == 0
    assert none.stdout == ""
    assert "Nothing holds all these words" in none.stderr
    assert json.loads(run("search", "case", "x", "--json").stdout)["items"][0]["marks"] == [[4, 10]]


@pytest.mark.parametrize(
    ("text", "value"),
    [('{"count": 3}', {"count": 3}), ("12", 12), ("true", True), ("civilian", "civilian"), ('"12"', "12")],
)
def test_decide_takes_json_or_plain_text(run: Run, fake: FakeCase, text: str, value: object) -> None:
    result = run("decide", "case", "correct", "c1, c2", text, "--reason", "read again", "--by", "ida")
    assert result.exit_code == 0, result.output
    assert dict(fake.asked)["decide"] == ("correct", ("c1", "c2"), value, "read again", "ida")
    assert "Decision 7: correct on c1, c2, by ida." in result.stdout


def test_who_acts_may_come_from_the_environment(run: Run, opened: dict[str, Any]) -> None:
    run("decide", "case", "accept", "c1", "--reason", "read", env={"MUNIMENT_BY": "sami"})
    assert opened["by"] == "sami"


def test_decide_without_a_reason_is_refused(run: Run) -> None:
    result = run("decide", "case", "accept", "c1")
    assert result.exit_code == 2
    assert "--reason" in result.stderr


def test_lost_decisions_are_marked(run: Run) -> None:
    result = run("decisions", "case")
    assert "2 !" in result.stdout
    assert "no longer found" in result.stderr


def test_places_import(run: Run, fake: FakeCase) -> None:
    result = run("places-import", "case", "g.csv")
    assert dict(fake.asked)["import_places"] == Path("g.csv")
    assert "1\u202f200 places loaded." in result.stdout
    assert json.loads(run("places-import", "case", "g.csv", "--json").stdout) == {"places": 1200}


def test_every_verb_that_prints_offers_json() -> None:
    silent = {"serve", "demo", "export"}
    for verb in set(VERBS) - silent:
        command = app.get_command(app.make_context("muniment", ["--help"], resilient_parsing=True), verb)
        if isinstance(command, click.Group):
            command = command.commands["list"]
        assert command is not None
        assert any("--json" in parameter.opts for parameter in command.params), verb


def test_the_fake_answers_as_the_facade_does() -> None:
    for name, call in vars(FakeCase).items():
        if name.startswith("_"):
            continue
        real = inspect.signature(getattr(Case, name)).parameters
        taken = inspect.signature(call).parameters
        named = {n for n, p in taken.items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)} - {"self", "id_"}
        assert named <= set(real), name
        assert [n for n in real if n in named] == [n for n in taken if n in named], f"{name}: another order"
