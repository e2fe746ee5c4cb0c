"""The record is complete, valid, sorted, and the same whenever the state is the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from typing import Any

import jsonschema
import pytest

from exports_snapshot import EXHIBIT, TEXT, snapshot
from muniment import exports, model
from muniment.errors import UsageError

MADE = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


def a_record(audience: str = "case") -> dict[str, Any]:
    return exports.record(snapshot(), audience=audience, made=MADE)


@pytest.mark.parametrize("audience", ["case", "public"])
def test_every_record_satisfies_the_schema(audience: str) -> None:
    record = a_record(audience)
    jsonschema.Draft202012Validator.check_schema(exports.schema())
    jsonschema.validate(record, exports.schema())
    jsonschema.validate(exports.normalise(record), exports.schema())
    assert exports.problems(record) == []


def test_the_schema_knows_every_field_that_is_written() -> None:
    record, schema = a_record(), exports.schema()
    for room, rows in record.items():
        if isinstance(rows, list):
            assert rows, f"the example has no {room}"
            properties = schema["properties"][room]["items"]["properties"]
            assert {key for row in rows for key in row} == set(properties), room


def test_the_schema_refuses_a_value_outside_the_lists() -> None:
    record = a_record()
    record["claims"][0]["level"] = "certain"
    with pytest.raises(jsonschema.ValidationError, match="certain"):
        jsonschema.validate(record, exports.schema())


def test_problems_names_what_refers_to_nothing() -> None:
    record = a_record()
    record["claims"][0]["incident"] = "gone"
    record["incidents"][1]["tallies"] = [{"claims": ["lost"], "set_aside": []}]
    found = exports.problems(record)
    assert any("gone is not in incidents" in problem for problem in found)
    assert any("lost is not in claims" in problem for problem in found)


def test_quotes_are_the_words_of_the_text() -> None:
    for claim in a_record()["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["quote"]
        assert claim["redacted"] is False


def test_the_weapon_class_is_written_as_class() -> None:
    weapons = [claim["weapon"] for claim in a_record()["claims"] if claim["weapon"]]
    assert weapons[0]["class"] == "cluster"
    assert "class_" not in weapons[0]


def test_only_places_referred_to_and_what_contains_them() -> None:
    assert [place["id"] for place in a_record()["places"]] == ["case:karsen", "case:ulmar"]


def test_only_parties_used_and_the_cases_own() -> None:
    assert [party["id"] for party in a_record()["parties"]] == ["UL", "VELL"]


def test_lists_are_sorted_and_two_exports_differ_only_in_made() -> None:
    state = snapshot()
    turned = dataclasses.replace(
        state,
        claims=tuple(reversed(state.claims)),
        incidents=tuple(reversed(state.incidents)),
        parties=tuple(reversed(state.parties)),
    )
    first = exports.record(state, made=MADE)
    second = exports.record(turned, made="2031-06-02T12:00:00+00:00")
    assert first != second
    second["made"] = first["made"]
    assert first == second
    assert list(first) == sorted(first)


def test_normalise_blanks_exactly_times_salts_and_root() -> None:
    record = a_record()
    normal = exports.normalise(record)
    blanked = []

    def compare(a: Any, b: Any, path: str) -> None:
        if isinstance(a, dict):
            for key in a:
                compare(a[key], b[key], f"{path}.{key}")
        elif isinstance(a, list):
            for x, y in zip(a, b, strict=True):
                compare(x, y, path)
        elif a != b:
            assert b is None
            blanked.append(path)

    compare(record, normal, "")
    assert sorted(set(blanked)) == [
        ".case.id",
        ".case.last.hash",
        ".decisions.at",
        ".exhibits.sightings.received",
        ".made",
    ]


def test_no_folder_of_the_machine_is_written() -> None:
    assert "somewhere" not in json.dumps(a_record())


def test_unknown_is_null_never_an_empty_string() -> None:
    state = snapshot()
    bare = dataclasses.replace(state.documents[0], title="", publisher="")
    record = exports.record(dataclasses.replace(state, documents=(bare,)), made=MADE)
    assert record["documents"][0]["title"] is None
    assert record["documents"][0]["publisher"] is None


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(UsageError, match="case or public"):
        exports.record(snapshot(), audience="everyone")


def test_json_reads_back_as_the_record_with_a_row_a_line() -> None:
    record, out = a_record(), io.StringIO()
    exports.write("json", record, out)
    assert json.loads(out.getvalue()) == record
    lines = out.getvalue().splitlines()
    assert sum(line.startswith('{"aggregate"') for line in lines) == len(record["claims"])


def test_a_decision_keeps_its_value_and_reason_but_not_its_anchor() -> None:
    decision = a_record()["decisions"][0]
    assert set(decision) == {field.name for field in dataclasses.fields(model.Decision)} - {"words"}


def test_the_exhibit_is_named_by_its_bytes() -> None:
    assert a_record()["exhibits"][0]["id"] == EXHIBIT
