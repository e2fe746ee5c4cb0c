"""Whatever the table: cells as csv reads them, offsets that hold, claims that quote what stands there."""

from __future__ import annotations

import contextlib
import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

import tables_world as world
from muniment.readers import grid
from muniment.reference.cell_words import BadCell, day, degrees, figure
from readers_asking import read

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
AWKWARD = st.one_of(
    WORDS, st.sampled_from(['"', '""', ",", "\n", "\r\n", "a\tb", "5", "2031-03-09", "09/03/2031", "#a", "\ufeff"])
)
ROWS = st.lists(st.lists(AWKWARD, min_size=1, max_size=5), min_size=1, max_size=6)


def written(rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


@given(ROWS, st.sampled_from([grid.CSV, grid.TSV]))
def test_cells_are_those_that_csv_reads(rows: list[list[str]], media_type: str) -> None:
    text = written(rows, "," if media_type == grid.CSV else "\t")
    (sheet,) = grid.sheets("a,b,c,d,e,f,g\n" + text if media_type == grid.CSV else text, media_type)
    found = [[cell.words for cell in record.cells] for record in sheet.records]
    wanted = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert found[1 if media_type == grid.CSV else 0 :] == wanted


@given(st.text(max_size=200), st.sampled_from(sorted(grid.TABLES)))
@settings(max_examples=300)
def test_whatever_the_text_records_and_cells_lie_in_order(text: str, media_type: str) -> None:
    position = 0
    for sheet in grid.sheets(text, media_type):
        for record in sheet.records:
            assert position <= record.start <= record.end <= len(text)
            position = record.end
            at = record.start
            for cell in record.cells:
                assert at <= cell.start <= cell.end <= record.end
                at = cell.end
                if media_type != grid.JSON_LINES:
                    assert text[cell.start : cell.end].replace('""', '"') == cell.words.replace('""', '"')


@given(st.lists(st.dictionaries(st.sampled_from(world.COLUMNS), AWKWARD), min_size=1, max_size=4), st.booleans())
@settings(deadline=None, max_examples=60)
def test_claims_quote_what_stands_in_their_cells(rows: list[dict[str, str]], as_lines: bool) -> None:
    full = [{**world.FULL, **row} for row in rows]
    if as_lines:
        name, kind = "coast.jsonl", grid.JSON_LINES
        text = "\n".join(json.dumps({column: row.get(column) for column in world.COLUMNS}) for row in full)
    else:
        name, kind, text = "coast.csv", grid.CSV, world.as_csv(full)
    reading = read(text, name, world.options())
    named = {column for column in world.COLUMNS if column != "Same event"}
    for document, claims in world.claims_of(reading, kind, name, (world.mapping(),)):
        for claim in claims:
            assert claim.quote == claim.span.of(reading.text)
            assert claim.quote
            assert document.start <= claim.span.start < claim.span.end <= document.end
            assert any(cell.start <= claim.span.start and claim.span.end <= cell.end for cell in claim.cells)
            for cell in claim.cells:
                assert (cell.row, document.start <= cell.start <= cell.end <= document.end) == (document.row, True)
                assert cell.column in named


@given(st.text(max_size=40))
def test_a_cell_is_read_or_refused_and_nothing_else(words: str) -> None:
    for read_cell in (figure, day, lambda words: degrees(words, 90.0)):
        with contextlib.suppress(BadCell):
            assert read_cell(words) is not None
