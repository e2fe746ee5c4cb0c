"""Tables through a whole build: mappings are sealed, a changed one derives its rows again, answers stay unread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import case_world
import muniment
import tables_world as world
from muniment.case import Case
from muniment.errors import BadInput

TABLE = world.as_csv(
    [
        world.FULL,
        world.row(No="k-2", Same_event="E7", Outlet="Coast Radio", Dead="6", Dead_min="6", Dead_max="6"),
        world.row(No="k-3", Same_event="E8", Day="11/03/2031", Dead="many", Town="Tarn", Lat="51.4", Lon="40.9"),
    ]
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return case_world.write(tmp_path / "sources", {"reports/coast.csv": TABLE})


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with muniment.open(tmp_path / "case", by="runa") as opened:
        yield opened


def figures(case: Case) -> list[tuple[int | None, str, float | None]]:
    rows = {document.id: document.row for document in case.documents()}
    return sorted(
        (rows[claim.document] or 0, claim.harm[0], claim.count.best)
        for claim in case.claims()
        if claim.harm and claim.count is not None
    )


def test_a_table_without_a_mapping_says_so_and_gives_no_claim(case: Case, sources: Path) -> None:
    report = case.build([sources], workers=1)
    assert case.claims().total == 0
    (document,) = case.documents()
    assert document.not_extracted == "a table, and no mapping says what its columns are"
    assert "coast.csv: no mapping says what the columns are." in report.notes


def test_a_mapping_given_is_sealed_and_reads_the_rows(case: Case, sources: Path, tmp_path: Path) -> None:
    given = tmp_path / "coast.mapping.toml"
    given.write_text(world.MAPPING, encoding="utf-8")
    report = case.build([sources], mappings=[given], workers=1)
    assert report.received == 2
    assert figures(case) == [
        (2, "injured", 12),
        (2, "killed", 5),
        (3, "injured", 12),
        (3, "killed", 6),
        (4, "injured", 12),
        (4, "killed", None),
    ]
    assert [document.row for document in case.documents()] == [2, 3, 4]
    sealed = next(exhibit for exhibit in case.exhibits() if exhibit.media_type == "application/toml")
    assert (sealed.state, sealed.sightings[0].name) == ("read", "coast.mapping.toml")
    assert any("3 rows read by the mapping Coast incidents" in note for note in report.notes)
    again = case.build(workers=1)
    assert (again.read, again.received) == (0, 0)
    assert case.verify().problems == ()


def test_bad_cells_are_flags_on_their_rows(case: Case, sources: Path) -> None:
    case_world.write(sources, {"mapping.toml": world.MAPPING})
    case.build([sources], workers=1)
    (flag,) = [flag for flag in case.flags() if flag.kind == "x_bad_cell"]
    assert flag.why == "coast.csv, row 4, column Dead: is not a whole number."
    assert case.document(flag.on[0]).row == 4


def test_a_changed_mapping_derives_its_rows_again_and_no_others(case: Case, sources: Path) -> None:
    case_world.write(sources, {"mapping.toml": world.MAPPING, "notice.txt": case_world.MARKET})
    case.build([sources], workers=1)
    before = {claim.id for claim in case.claims()}
    case_world.write(sources, {"mapping.toml": world.MAPPING.replace('best = "Hurt"', 'high = "Hurt"')})
    report = case.build([sources], workers=1)
    assert report.read == 1
    assert [row for row in figures(case) if row[1] == "injured" and row[0]] == [], "12+ is no plain bound"
    assert sum("column Hurt: is no plain number" in flag.why for flag in case.flags()) == 3
    assert before & {claim.id for claim in case.claims()}
    assert case.verify().problems == ()


def test_the_nearest_mapping_rules_and_one_set_aside_reads_nothing(case: Case, sources: Path) -> None:
    far = world.MAPPING.replace("Coast incidents", "Far").replace('harm = "injured"', 'harm = "missing"')
    case_world.write(sources, {"mapping.toml": far, "reports/coast.mapping.toml": world.MAPPING})
    report = case.build([sources], workers=1)
    assert any("read by the mapping Coast incidents" in note for note in report.notes)
    near = next(e for e in case.exhibits() if e.sightings[0].name == "reports/coast.mapping.toml")
    case.decide("set_aside", near.id, reason="Replaced by the one of the whole folder")
    report = case.build(workers=1)
    assert any("read by the mapping Far" in note for note in report.notes)
    assert {claim.harm for claim in case.claims()} == {("killed",), ("missing",)}


def test_a_mapping_that_cannot_be_used_is_told(case: Case, sources: Path, tmp_path: Path) -> None:
    case_world.write(sources, {"mapping.toml": "[date]\nbegin = 3\n"})
    report = case.build([sources], workers=1)
    assert any(note.startswith("mapping.toml: date has 'begin', which is not known") for note in report.notes)
    wrong = tmp_path / "b.mapping.toml"
    wrong.write_text("name = ", encoding="utf-8")
    with pytest.raises(BadInput, match="not TOML"):
        case.build([sources], mappings=[wrong], workers=1)
    with pytest.raises(BadInput, match=r"Name the mapping coast\.mapping\.toml"):
        case.build([sources], mappings=[tmp_path / "coast.toml"], workers=1)
    with pytest.raises(BadInput, match="cannot be read"):
        case.build([sources], mappings=[tmp_path / "none.mapping.toml"], workers=1)


def test_an_answer_column_reaches_no_claim_and_changes_no_incident(case: Case, sources: Path, tmp_path: Path) -> None:
    case_world.write(sources, {"mapping.toml": world.MAPPING})
    case.build([sources], workers=1)
    assert all(cell.column != "Same event" for claim in case.claims() for cell in claim.cells)
    shuffled = TABLE.replace("E7", "E9", 1).replace("E8", "E7", 1)
    other = case_world.write(tmp_path / "other", {"reports/coast.csv": shuffled, "mapping.toml": world.MAPPING})
    with muniment.open(tmp_path / "second", by="runa") as second:
        second.build([other], workers=1)
        assert grouped(second) == grouped(case)


def grouped(case: Case) -> list[list[tuple[int | None, tuple[str, ...]]]]:
    rows = {document.id: document.row for document in case.documents()}
    claims = {claim.id: (rows[claim.document], tuple(claim.harm)) for claim in case.claims()}
    return sorted(sorted(claims[id_] for id_ in incident.claims) for incident in case.incidents())


def test_reports_of_one_event_come_together_and_the_record_lists_their_cells(case: Case, sources: Path) -> None:
    case_world.write(sources, {"mapping.toml": world.MAPPING})
    case.build([sources], workers=1)
    record = case.record()
    assert sorted(len(incident["claims"]) for incident in record["incidents"]) == [2, 4]
    texts = {
        exhibit["id"]: case.text(exhibit["id"]) for exhibit in record["exhibits"] if exhibit["media_type"] == "text/csv"
    }
    exhibit_of = {document["id"]: document["exhibit"] for document in record["documents"]}
    for claim in record["claims"]:
        text = texts[exhibit_of[claim["document"]]]
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        assert {cell["row"] for cell in claim["cells"]} <= {2, 3, 4}
    killed = next(c for c in record["claims"] if c["harm"] == ["killed"] and c["count"]["best"] == 5)
    assert {cell["column"] for cell in killed["cells"]} >= {"Dead", "Dead min", "Dead max", "Day", "Town"}
    json.dumps(record)


def test_a_workbook_is_read_through_the_same_mapping(case: Case, tmp_path: Path) -> None:
    rows: list[list[object]] = [list(world.COLUMNS), [world.FULL.get(column) for column in world.COLUMNS]]
    data = world.workbook({"Notes": [["by hand"]], "Rows": rows})
    folder = case_world.write(tmp_path / "sources", {"coast.xlsx": data, "mapping.toml": world.MAPPING})
    case.build([folder], workers=1)
    assert figures(case) == [(2, "injured", 12), (2, "killed", 5)]
    assert {cell.column for claim in case.claims() for cell in claim.cells} >= {"Rows!Dead", "Rows!Day"}
    assert case.documents().total == 2


def test_totals_move_with_the_rule_and_name_their_claims(case: Case, sources: Path) -> None:
    case_world.write(sources, {"mapping.toml": world.MAPPING})
    case.build([sources], workers=1)
    totals = {(total.harm, total.victims): total for total in case.sensitivity()}
    killed = totals["killed", "all"]
    assert (killed.best["min"], killed.best["max"], killed.moves) == (8, 9, 1)  # 3 of them a lower bound alone
    (swing,) = killed.swings
    by_id = {claim.id: claim for claim in case.claims()}
    for rule, figure in swing.best.items():
        assert {by_id[id_].count.best for id_ in swing.claims[rule]} == {figure}  # type: ignore[union-attr]
