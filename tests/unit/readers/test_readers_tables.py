"""Tables: cells with exact offsets, rows as documents where a mapping fits, what cannot be used by row and column."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO

import pytest

import tables_world as world
from muniment.readers import grid, sniffing, workbook
from readers_asking import documents, read, reason
from readers_samples import package


def cells(text: str, media_type: str = grid.CSV) -> list[list[str]]:
    return [
        [cell.words for cell in record.cells] for sheet in grid.sheets(text, media_type) for record in sheet.records
    ]


# --- the grid ---
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a,b\r\n"1, 2","x ""y"" z"\r\n', [["a", "b"], ["1, 2", 'x "y" z']]),
        ('a,b\n"two\nlines", 3 \n', [["a", "b"], ["two\nlines", "3"]]),
        ("\ufeffa;b\n1;2", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|\n", [["a", "b"], ["1", ""]]),
        ("a,b\n\n , \n1,2", [["a", "b"], ["1", "2"]]),
        ('a,b\n1,"never closed\n2,3', [["a", "b"], ["1", '"never closed'], ["2", "3"]]),
        ('a,b\n"x"y,2', [["a", "b"], ['"x"y', "2"]]),
        ("a,b\n1,2,", [["a", "b"], ["1", "2", ""]]),
    ],
)
def test_separated_values(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows


def test_rows_are_numbered_as_spreadsheets_number_them() -> None:
    (sheet,) = grid.sheets('a,b\n\n"two\nlines",2\n3,4\n', grid.CSV)
    assert [record.number for record in sheet.records] == [1, 3, 4]


def test_json_lines_name_their_own_cells() -> None:
    text = (
        '{"a": 1, "b": " x\\u0443 \\"q\\" ", "c": null, "d": {"e": [1]}}\n\n[1]\n{"a": 2,}\n{"a": tru}\n{"a": 1} x\n{}'
    )
    (sheet,) = grid.sheets(text, grid.JSON_LINES)
    first = sheet.records[0]
    assert [(c.column, c.words) for c in first.cells] == [("a", "1"), ("b", 'xу "q"'), ("c", ""), ("d", '{"e": [1]}')]
    assert [text[c.start : c.end] for c in first.cells] == ["1", 'x\\u0443 \\"q\\"', "null", '{"e": [1]}']
    assert [record.number for record in sheet.records if record.broken] == [3, 4, 5, 6]
    assert sheet.records[-1].broken is None


def test_half_characters_and_nulls_in_json_reach_no_cell() -> None:
    (sheet,) = grid.sheets('{"a": "x\\ud800\\u0000y"}', grid.JSON_LINES)
    assert sheet.records[0].cells[0].words == "x\ufffd\ufffdy"


def test_columns_without_a_name_go_by_their_letter() -> None:
    (sheet,) = grid.sheets("a,,a\n1,2,3", grid.CSV)
    assert grid.columns_of(sheet.records[0]) == ("a", "B", "a (2)")
    assert [grid.letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# --- rows as documents ---
def test_each_row_is_a_document_by_its_mapping() -> None:
    text = world.as_csv([world.FULL, world.row(No="k-2", Headline="Raid on Tarn", Printed="2031-03-12")])
    first, second = documents(text, "coast.csv", world.options())
    assert (first.row, second.row, first.key, second.key) == (2, 3, "k-1", "k-2")
    assert (first.title, first.publisher, first.published) == ("Shells on Norvik", "Harbour Watch", "2031-03-11")
    assert (first.language, first.kind, first.mapping) == ("en", "dataset", world.mapping().digest)
    assert text[first.start : first.end].startswith("k-1,E7,Shells on Norvik")
    assert text[second.start : second.end].endswith("shells")
    assert first.remarks == ()


def test_without_a_mapping_a_table_is_one_document() -> None:
    reading = read("a,b\n1,2\n", "other.csv")
    assert [(item.row, item.kind) for item in reading.items] == [(None, "dataset")]
    assert reading.notes == ("no mapping says what the columns are",)


def test_a_mapping_that_nearly_fits_says_what_it_misses() -> None:
    columns = [column for column in world.COLUMNS if column not in ("Lat", "Hour")]
    reading = read(world.as_csv([world.FULL], columns), "coast.csv", world.options())
    assert reading.notes == ("the mapping Coast incidents does not fit; there is no column hour, lat",)
    assert reading.items[0].row is None


def test_a_header_may_stand_below_a_title_and_columns_in_any_order_and_case() -> None:
    columns = [column.upper() for column in reversed(world.COLUMNS)]
    body = world.as_csv([{name.upper(): words for name, words in world.FULL.items()}], columns)
    text = "Incidents of the coast\r\n\r\n" + body
    (found,) = documents(text, "coast.csv", world.options())
    assert (found.row, found.title) == (4, "Shells on Norvik")


def test_a_row_of_tags_is_no_report() -> None:
    tags = {"Day": "#date", "Town": "#loc +name", "Dead": "#affected+killed"}
    found = documents(world.as_csv([tags, world.FULL]), "coast.csv", world.options())
    assert [document.row for document in found] == [3]


def test_bad_cells_are_told_by_row_and_column_and_none_is_dropped() -> None:
    bad = {
        "Day": "soon", "Dead": "many", "Dead_min": "9", "Dead_max": "2", "Lat": "north", "Known_to": "week",
        "Printed": "11/3", "What": "flood", "Hour": "noon", "Hurt": "-1",
    }  # fmt: skip
    reading = read(world.as_csv([world.FULL, world.row(**bad)]), "coast.csv", world.options())
    assert reading.items[0].remarks == ()
    told = reading.items[1].remarks
    assert len(reading.items) == 2
    for column in ("Day", "Dead", "Dead min", "Lat", "Known to", "Printed", "What", "Hurt"):
        assert sum(remark.startswith(f"row 3, column {column}: ") for remark in told) == 1, column
    for remark in told:
        assert remark.removeprefix("row 3, ") in " ".join(note.removeprefix("row 3, ") for note in reading.notes)


def test_a_time_that_is_none_is_told() -> None:
    reading = read(world.as_csv([world.row(Hour="noon")]), "coast.csv", world.options())
    assert reading.items[0].remarks == ("row 2, column Hour: is not a time of day",)


def test_many_bad_cells_of_one_kind_are_one_note() -> None:
    rows = [world.row(Dead="many") for _ in range(45)]
    reading = read(world.as_csv(rows), "coast.csv", world.options())
    note = next(note for note in reading.notes if "column Dead:" in note)
    assert note.startswith("rows 2, 3, 4,")
    assert note.endswith("and 5 more, column Dead: is not a whole number")
    assert sum("column Dead:" in remark for item in reading.items for remark in item.remarks) == 45


@pytest.mark.parametrize("shift", [",", ",x"])
def test_a_row_whose_cells_may_be_shifted_is_kept_and_not_read(shift: str) -> None:
    lines = world.as_csv([world.FULL, world.FULL]).split("\r\n")
    lines[1] = lines[1].replace("Harbour Watch,", "", 1) if shift == "," else lines[1] + shift
    reading = read("\r\n".join(lines), "coast.csv", world.options())
    first, second = reading.items
    assert first.publisher is None
    assert "nothing is read from it" in first.remarks[0]
    assert second.remarks == ()


def test_two_rows_of_one_key_stay_two() -> None:
    found = documents(world.as_csv([world.FULL, world.FULL]), "coast.csv", world.options())
    assert [document.key for document in found] == ["k-1", "k-1#2"]


def test_json_lines_and_tabs_are_read_as_the_same_rows() -> None:
    import json

    whole = {column: world.FULL.get(column) for column in world.COLUMNS}
    as_lines = "\n".join(json.dumps(cells, ensure_ascii=False) for cells in [whole, {"x": 1}])
    (found, empty) = documents(as_lines, "coast.jsonl", world.options())
    assert (found.row, found.title, empty.row, empty.title) == (1, "Shells on Norvik", 2, None)
    (found,) = documents(world.as_csv([world.FULL], delimiter="\t"), "coast.tsv", world.options())
    assert (found.row, found.title) == (2, "Shells on Norvik")


# --- workbooks ---
def sheet_rows() -> list[list[object]]:
    values: dict[str, object] = {**world.FULL, "Day": dt.datetime(2031, 3, 9), "Dead": 5.0, "Dead min": 3, "Lat": 51.1}
    values["Notes"] = "two\nlines\tand a tab"
    return [["Coast incidents"], [], list(world.COLUMNS), [values.get(column) for column in world.COLUMNS]]


def test_a_workbook_is_its_sheets() -> None:
    data = world.workbook({"Cover": [["Read me"]], "Rows": sheet_rows()})
    reading = read(data, "coast.xlsx", world.options())
    assert reading.text.startswith("\fCover\nRead me\n\fRows\nCoast incidents\n\n")
    cover, found = reading.items
    assert (cover.title, cover.row, cover.kind) == ("Cover", None, "dataset")
    assert (found.row, found.guid, found.title, found.remarks) == (4, "k-1", "Shells on Norvik", ())
    assert "two lines and a tab" in reading.text[found.start : found.end]
    assert "sheet Rows: 1 rows read by the mapping Coast incidents" in reading.notes


def test_a_formula_without_a_saved_value_is_told() -> None:
    rows = sheet_rows()
    rows[3][world.COLUMNS.index("Hurt")] = "=2+2"
    reading = read(world.workbook({"Rows": rows}), "coast.xlsx", world.options())
    assert any(note.startswith("S4: formulas without a saved value") for note in reading.notes)


def test_a_workbook_of_another_name_is_known_by_its_bytes() -> None:
    assert read(world.workbook({"Rows": [["a"], [1]]}), "coast.csv").text == "\fRows\na\n1\n"


def test_a_workbook_without_a_cell_is_empty() -> None:
    assert reason(world.workbook({"A": [], "B": [[None, None]]}), "a.xlsx") == "empty"


def test_workbooks_that_mislead_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = world.workbook({"Rows": [[1] * 40] * 40})
    assert reason(good[:-200], "a.xlsx") == "damaged"
    assert reason(package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}), "a.xlsx") == "damaged"
    monkeypatch.setattr(workbook, "MOST_CELLS", 1000)
    assert reason(good, "a.xlsx") == "too_large"
    monkeypatch.setattr(workbook, "MOST_UNPACKED_BYTES", 1000)
    assert reason(good, "a.xlsx") == "too_large"


def test_a_member_of_mere_repetition_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "RATIO_FROM_BYTES", 1000)
    out = BytesIO(world.workbook({"Rows": [[1]]}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package_:
        package_.writestr("xl/worksheets/sheet9.xml", b" " * 3_000_000)
    assert reason(out.getvalue(), "a.xlsx") == "too_large"


def test_a_stated_size_far_from_the_truth_costs_nothing() -> None:
    source = BytesIO(world.workbook({"Rows": [["a"], [1]]}))
    out = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = data.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')
            new.writestr(name, data)
    assert read(out.getvalue(), "a.xlsx").text == "\fRows\na\n1\n"


def test_the_workbooks_reader_is_asked_for_workbooks_alone() -> None:
    assert workbook.Workbook().score(world.workbook({"A": [[1]]})[:65536], "a") == 0.9
    assert workbook.Workbook().score(b"a,b", "a.xlsx") == 0.0
    assert workbook.Workbook.media_types == (sniffing.XLSX,)
