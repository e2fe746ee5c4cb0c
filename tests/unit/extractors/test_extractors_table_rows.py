"""Claims of tables' rows: golden tables claim by claim, where a row's place resolves and where it must not, parties.

`python tests/unit/extractors/test_extractors_table_rows.py` writes the golden claims anew: read the difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import tables_world as world
from muniment import extractors
from muniment.extractors import row_places
from muniment.model import Claim
from muniment.plugins import ReadOptions
from muniment.readers import media_type
from muniment.reference import mapping_file
from muniment.reference.index import PlaceIndex
from readers_asking import read

GOLDEN = Path(__file__).parents[2] / "golden" / "table_rows"
TABLES = sorted(path.name for path in GOLDEN.iterdir() if path.suffix in (".csv", ".tsv"))


def found_in(name: str) -> dict[str, Any]:
    """The claims of a golden table, as they stand in its golden file."""
    data = (GOLDEN / name).read_bytes()
    beside = GOLDEN / f"{Path(name).stem}.mapping.toml"
    mappings = (mapping_file.parse(beside.read_bytes(), beside.name),) if beside.exists() else ()
    reading = read(data, name, ReadOptions(mappings=mappings))
    out = []
    for document, claims in world.claims_of(reading, media_type(data, name), name, mappings):
        shown = [as_plain(claim, reading.text) for claim in claims]
        out.append({"row": document.row, "key": document.key, "remarks": list(document.remarks), "claims": shown})
    return {"notes": list(reading.notes), "rows": out}


def as_plain(claim: Claim, text: str) -> dict[str, Any]:
    count, where, party, weapon = claim.count, claim.where, claim.party, claim.weapon
    return {
        "quote": claim.quote,
        "kind": claim.kind,
        "harm": list(claim.harm),
        "count": count and [count.raw, count.min, count.best, count.max, count.qualifier],
        "victims": claim.victims and claim.victims.status,
        "when": claim.when and [claim.when.raw, claim.when.edtf, claim.when.basis],
        "where": where and [where.raw, where.place, where.precision, list(where.candidates)],
        "party": party and [party.raw, party.id, party.certainty],
        "weapon": weapon and [weapon.raw, weapon.class_],
        "source": [[link.who, link.type] for link in claim.source],
        "level": claim.level,
        "cells": {cell.column: text[cell.start : cell.end] for cell in claim.cells},
        "why": {field: reason.rule for field, reason in sorted(claim.why.items())},
    }


@pytest.mark.parametrize("name", TABLES)
def test_golden_tables_give_their_claims(name: str) -> None:
    assert found_in(name) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def test_every_extractor_has_a_golden_folder() -> None:
    for plugin in extractors.PLUGINS:
        assert (GOLDEN.parent / plugin.name).is_dir(), plugin.name


def claims(**cells: str) -> tuple[Claim, ...]:
    text = world.as_csv([world.row(**cells)])
    reading = read(text, "coast.csv", world.options())
    ((_, made),) = world.claims_of(reading, "text/csv", "coast.csv", (world.mapping(),))
    for claim in made:
        assert claim.quote == claim.span.of(reading.text)
        for cell in claim.cells:
            assert reading.text[cell.start : cell.end].strip()
    return made


# --- what is counted ---
def test_low_best_and_high_are_one_range() -> None:
    count = claims()[0].count
    assert count is not None
    assert (count.min, count.best, count.max, count.qualifier, count.unit) == (3, 5, 8, "range", "people")


@pytest.mark.parametrize(
    ("low", "best", "high", "bounds"),
    [
        ("5", "5", "5", (5, 5, 5, "exact")),
        ("5", "", "5", (5, 5, 5, "exact")),
        ("5", "", "", (5, 5, None, "at_least")),
        ("3", "5", "", (3, 5, None, "at_least")),
        ("", "", "8", (None, None, 8, "as_many_as")),
        ("", "5", "8", (None, 5, 8, "range")),
        ("", "5+", "", (5, 5, None, "at_least")),
        ("9", "5", "8", (5, 5, 9, "range")),
        ("0", "0", "3", (0, 0, 3, "range")),
    ],
)
def test_bounds_as_the_cells_give_them(low: str, best: str, high: str, bounds: tuple[object, ...]) -> None:
    count = claims(Dead_min=low, Dead=best, Dead_max=high)[0].count
    assert count is not None
    assert (count.min, count.best, count.max, count.qualifier) == bounds


def test_nobody_counted_is_no_claim_unless_the_mapping_says_that_it_is_stated() -> None:
    made = claims(Dead="0", Dead_min="0", Dead_max="0", Civilians_dead="0", Hurt="0")
    assert [(c.kind, c.victims and c.victims.status, c.count and c.count.best) for c in made] == [
        ("casualty", "civilian", 0)
    ]


def test_a_row_that_counts_nobody_tells_its_event() -> None:
    (made,) = claims(Dead="", Dead_min="", Dead_max="", Hurt="", What="raid")
    assert (made.kind, made.harm, made.count, made.quote) == ("detention", (), None, 'the ""old"" market, hit twice')
    (made,) = claims(Dead="NA", Dead_min="-", Dead_max="n/a", Hurt="", Notes="", What="raid")
    assert made.quote == "raid"


def test_a_cell_longer_than_a_quote_may_be_is_quoted_from_its_start() -> None:
    (made,) = claims(Dead="", Dead_min="", Dead_max="", Hurt="", Notes="word " * 200)
    assert len(made.quote) == 600


# --- when ---
@pytest.mark.parametrize(
    ("day", "until", "known", "hour", "edtf"),
    [
        ("09/03/2031", "", "", "", "2031-03-09"),
        ("09/03/2031", "09/03/2031", "day", "14:30", "2031-03-09T14:30:00"),
        ("09/03/2031", "12/03/2031", "", "", "2031-03-09/2031-03-12"),
        ("09/03/2031", "", "month", "", "2031-03"),
        ("01/03/2031", "31/03/2031", "month", "", "2031-03"),
        ("01/03/2031", "30/04/2031", "month", "", "2031-03-01/2031-04-30"),
        ("09/03/2031", "", "circa", "", "2031-03-09~"),
    ],
)
def test_dates_and_their_precision(day: str, until: str, known: str, hour: str, edtf: str) -> None:
    when = claims(Day=day, Until=until, Known_to=known, Hour=hour)[0].when
    assert when is not None
    assert (when.edtf, when.basis) == (edtf, "explicit")


def test_a_date_that_cannot_be_is_unresolved() -> None:
    assert claims(Day="12/03/2031", Until="09/03/2031")[0].when is None
    assert claims(Day="soon")[0].when is None


# --- who ---
def test_parties_by_the_mapping_or_by_their_whole_name_only() -> None:
    def party(by: str, blamed: str = "yes") -> object:
        found = claims(By=by, Blamed=blamed)[0].party
        return found and (found.raw, found.id, found.certainty)

    assert party("the blue guard") == ("the blue guard", "blue", "alleged")
    assert party("Tide Front") == ("Tide Front", "tide", "alleged")
    assert party("Government of Ulmar") == ("Government of Ulmar", "UL", "alleged")
    assert party("Military Forces of Ulmar (2031-)") == ("Military Forces of Ulmar (2031-)", "UL", "alleged")
    assert party("Police (Ulmar)") == ("Police (Ulmar)", None, "alleged")
    assert party("Opponents of the Tide Front") == ("Opponents of the Tide Front", None, "alleged")
    assert party("Army of Tide Front") == ("Army of Tide Front", None, "alleged")
    assert party("The Blue Guard", blamed="no") is None


def test_the_chain_begins_with_the_publisher_and_names_nobody_twice() -> None:
    made = claims()[0]
    assert (made.source[0].who, made.source[0].type) == ("Harbour Watch", "self")
    assert [link.who for link in made.source] == ["Harbour Watch", "the mayor", "Coast Radio"]


# --- where ---
INDEX = PlaceIndex(world.COAST)


@pytest.mark.parametrize(
    ("name", "within", "point", "precision", "place", "rule"),
    [
        ("Norvik", ["Ulmar"], (40.1, 51.1), "locality", "t:norvik", "evidence"),
        ("Norvik", ["Ulmar"], (40.1, 51.1), "region", "t:norvik-region", "evidence"),
        ("Norvik town", ["Ulmar"], None, None, "t:norvik", "contains"),
        ("Norvik region", ["Ulmar"], None, None, "t:norvik-region", "contains"),
        ("Norvik (harbour)", [], (40.1, 51.1), "exact", "t:norvik", "evidence"),
        ("Norvik, at the mole", [], (40.1, 51.1), "exact", "t:norvik", "evidence"),
        ("Gray Reef (Norvik)", ["Ulmar"], (40.1, 51.1), "exact", None, "not in the gazetteer"),
        ("Tarn", ["Ulmar"], (41.91, 49.41), None, "t:tarn-2", "coordinates"),
        ("Tarn", ["North Ulmar"], None, None, "t:tarn-1", "contains"),
        ("Tarn", ["Ulmar"], None, "locality", None, "several"),
        ("Tarn", [], None, None, None, "several"),
        ("Brask", ["Ulmar"], None, None, None, "no candidate in the country"),
        ("Brask", ["Ulmar"], (45.0, 50.2), None, None, "no candidate in the country"),
        ("Brask", ["Vell"], (40.1, 51.1), None, None, "disagree"),
        ("Brask", [], (40.1, 51.1), None, None, "disagree"),
        ("Brask", [], None, None, None, "nothing in the row speaks"),
        ("Brask", [], (45.01, 50.21), None, "t:brask", "coordinates"),
        ("Ulmar", ["Ulmar"], None, "country", "iso:UL", "contains"),
        ("Gray Reef", ["Ulmar"], (40.0, 51.0), None, None, "not in the gazetteer"),
        ("", [], None, None, None, "not in the gazetteer"),
    ],
)
def test_a_name_resolves_only_on_evidence(
    name: str, within: list[str], point: Any, precision: Any, place: str | None, rule: str
) -> None:
    found = row_places.resolve(name, within, point, precision, INDEX)
    assert (found.place.id if found.place is not None else None) == place, found.rule
    assert rule in found.rule


def test_an_open_name_keeps_what_a_person_may_choose_from() -> None:
    where = claims(Town="Tarn", Lat="", Lon="")[0].where
    assert where is not None
    assert (where.place, set(where.candidates)) == (None, {"t:tarn-1", "t:tarn-2"})


def test_a_place_is_no_finer_than_its_own_entry() -> None:
    where = claims(How_near="spot")[0].where
    assert where is not None
    assert (where.place, where.precision) == ("t:norvik", "locality")


def main() -> None:
    """Write every golden file."""
    for name in TABLES:
        text = json.dumps(found_in(name), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
