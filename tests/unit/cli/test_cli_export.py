"""The record out: to stdout or a file that is whole or not there, never to the public with names in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result

from cli_fake_case import FakeCase
from muniment import exports
from muniment.errors import StorageFailed

Run = Callable[..., Result]


def test_json_to_stdout_is_the_whole_record(run: Run) -> None:
    result = run("export", "case")
    record = json.loads(result.stdout)
    jsonschema.validate(record, exports.schema())
    assert record["audience"] == "case"
    assert result.stderr == ""


def test_the_public_record(run: Run) -> None:
    result = run("export", "case", "--audience", "public", "--normalise")
    record = json.loads(result.stdout)
    assert (record["audience"], record["made"]) == ("public", None)
    assert "Ormand" not in result.stdout


@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_formats_made_to_be_sent_are_public(run: Run, fake: FakeCase, format: str) -> None:
    result = run("export", "case", "--format", format)
    assert result.exit_code == 0, result.output
    assert fake.asked[-1] == ("export", (format, "public", False))
    assert "Ormand" not in result.stdout
    refused = run("export", "case", "--format", format, "--audience", "case")
    assert refused.exit_code == 2
    assert "always for the public" in refused.stderr


def test_csv_to_a_file_keeps_its_line_ends(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    result = run("export", "case", "--format", "csv", "--output", file)
    assert "Written to" in result.stderr
    assert result.stdout == ""
    data = file.read_bytes()
    assert data.count(b"\r\n") >= 4
    assert b"\r\r\n" not in data
    assert len(list(csv.reader(io.StringIO(data.decode(), newline="")))) == 4


def test_a_file_takes_its_name_only_when_whole(run: Run, fake: FakeCase, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text("before")
    fake.fails = StorageFailed("The disk is full; free some space.")
    assert run("export", "case", "-o", file).exit_code == StorageFailed.exit_code
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["record.json"]


def test_a_folder_that_is_not_there_is_a_sentence(run: Run, tmp_path: Path) -> None:
    result = run("export", "case", "-o", tmp_path / "none" / "record.json")
    assert result.exit_code == StorageFailed.exit_code
    assert "--output" in result.stderr


def test_texts_need_a_folder_and_are_for_the_case(run: Run, tmp_path: Path) -> None:
    assert "--output" in run("export", "case", "--format", "texts").stderr
    assert run("export", "case", "--format", "texts", "--audience", "public", "-o", tmp_path).exit_code == 2
    assert run("export", "case", "--format", "texts", "-o", tmp_path / "texts").exit_code == 0
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["a" * 64 + ".txt"]


def test_an_unknown_format_names_those_there_are(run: Run) -> None:
    result = run("export", "case", "--format", "xlsx")
    assert result.exit_code == 2
    assert "json, csv, geojson" in result.stderr
