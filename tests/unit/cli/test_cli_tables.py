"""`build --mapping` and `sensitivity`, with the real case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tables_world as world
from muniment.cli import app


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "100"})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    rows = [
        world.row(Told_by=""),
        world.row(Told_by="", No="k-2", Outlet="Coast Radio", Dead="9", Dead_min="9", Dead_max="9"),
        world.row(
            Told_by="",
            No="k-3",
            Outlet="River Post",
            Printed="2031-03-14",
            Dead="7",
            Dead_min="",
            Dead_max="",
            Hurt="x",
        ),
    ]
    (folder / "coast.csv").write_text(world.as_csv(rows), encoding="utf-8")
    (folder / "coast.mapping.toml").write_text(world.MAPPING, encoding="utf-8")
    result = run(
        "build", folder / "case", folder / "coast.csv", "--mapping", folder / "coast.mapping.toml", "--workers", 1
    )
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert "3 rows read by the mapping Coast incidents" in words
    assert "row 4, column Hurt: is not a whole number" in words
    return folder / "case"


def test_a_mapping_of_another_name_is_refused_with_what_to_do(built: Path, tmp_path: Path) -> None:
    (tmp_path / "coast.toml").write_text(world.MAPPING, encoding="utf-8")
    result = run("build", built, "--mapping", tmp_path / "coast.toml")
    assert (result.exit_code, "Name the mapping coast.mapping.toml" in result.stderr) == (9, True)


def test_totals_by_rule_with_what_moves_them(built: Path) -> None:
    result = run("sensitivity", built)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert "min" in lines[1]
    assert "best source" in lines[1]
    killed = next(line for line in lines if line.split()[:1] == ["killed"])
    assert killed.split()[1:4] == ["7", "9", "7"]
    assert "killed: 1 incident moves the total by up to 2" in result.stdout
    for figure in ("7 (min, latest", "9 (max"):
        assert figure in result.stdout
    assert "Norvik" in result.stdout


def test_sensitivity_as_json_names_every_claim(built: Path) -> None:
    found = json.loads(run("sensitivity", built, "--harm", "killed", "--json").stdout)
    assert found["rules"] == ["min", "max", "latest", "mode", "latest_best_graded"]
    (total,) = found["totals"]
    assert (total["harm"], total["victims"], total["best"]["max"], total["moves"]) == ("killed", "all", 9, 2)
    (swing,) = total["swings"]
    claims = {claim["id"]: claim for claim in json.loads(run("claims", built, "--json").stdout)["items"]}
    for rule in found["rules"]:
        assert {claims[id_]["count"]["best"] for id_ in swing["claims"][rule]} == {swing["best"][rule]}


def test_one_harm_and_no_incidents_where_none_are_asked_for(built: Path) -> None:
    result = run("sensitivity", built, "--harm", "injured", "--limit", 0)
    assert "killed" not in result.stdout
    assert "moves the total" not in result.stdout
    nothing = run("sensitivity", built, "--harm", "tortured")
    assert (nothing.stdout, "No incident" in nothing.stderr) == ("", True)
