"""CSV that no spreadsheet runs, GeoJSON that draws only what is known, texts that offsets point into."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from exports_snapshot import EXHIBIT, TEXT, snapshot
from muniment import exports
from muniment.errors import StorageFailed, UsageError
from muniment.exports.as_csv import safe
from muniment.plugins import Box

MADE = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


def written(format: str, audience: str = "public") -> str:
    out = io.StringIO()
    exports.write(format, exports.record(snapshot(), audience=audience, made=MADE), out)
    return out.getvalue()


def test_csv_has_a_claim_a_row_with_its_incident() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"), newline="")))
    assert len(rows) == 3
    first = next(row for row in rows if row["count_qualifier"] == "at_least")
    assert first["incident_earliest"] == "2031-05-03"
    assert first["place_name"] == "Karsen"
    assert first["count_min"] == "12"
    assert first["count_max"] == ""
    assert first["source_chain"] == "Ulmar Daily (self) < the Health Office (party_state)"
    assert rows[-1]["incident"] == "i2", "an incident without a day stands last"


def test_csv_cells_that_look_like_formulas_are_text() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"), newline="")))
    assert {row["title"] for row in rows} == {"'=Shelling of Karsen"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "\nx", "＝1"])
def test_formula_beginnings(cell: str) -> None:
    assert safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["a=b", "", None, 3, -3.5, "12"])
def test_other_cells_are_left_as_they_are(cell: object) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize("format", ["csv", "geojson"])
def test_what_is_made_to_be_sent_is_never_of_the_case_record(format: str) -> None:
    with pytest.raises(UsageError, match="public"):
        written(format, "case")
    assert "Ormand" not in written(format)


def test_geojson_draws_only_what_is_known_finely_enough() -> None:
    collection = json.loads(written("geojson"))
    assert [feature["id"] for feature in collection["features"]] == ["i1"]
    feature = collection["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [40.5, -3.25]}
    assert feature["properties"]["precision"] == "locality"
    assert feature["properties"]["tallies"][0] == {
        "harm": "killed", "victims": "all", "low": 12, "best": 12, "high": None,
    }  # fmt: skip
    assert collection["muniment"]["not_drawn"] == {"country": 1}


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="json, csv, geojson"):
        exports.write("xlsx", {}, io.StringIO())


def test_a_plugins_format_is_used() -> None:
    class Count:
        name, version, media_type = "count", "1", "text/plain"

        def write(self, record: dict[str, object], out: io.StringIO) -> None:
            out.write(str(len(record["claims"])))  # type: ignore[arg-type]

    out = io.StringIO()
    exports.write("count", exports.record(snapshot(), made=MADE), out, plugins=[Count()])
    assert out.getvalue() == "3"


def test_texts_keep_newlines_and_offsets(tmp_path: Path) -> None:
    text = TEXT + "one\r\ntwo\rthree\n"
    box = Box(0, 8, 1, 10.0, 20.0, 30.0, 40.0)
    assert exports.texts(tmp_path / "new", [(EXHIBIT, text, ()), ("b" * 64, "x", (box,))]) == 2
    with (tmp_path / "new" / f"{EXHIBIT}.txt").open(encoding="utf-8", newline="") as file:
        assert file.read() == text
    assert json.loads((tmp_path / "new" / f"{'b' * 64}.boxes.json").read_text())[0]["page"] == 1
    assert not (tmp_path / "new" / f"{EXHIBIT}.boxes.json").exists()


def test_texts_into_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageFailed, match="--output"):
        exports.texts(tmp_path / "taken", [])
