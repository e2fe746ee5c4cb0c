"""Mapping files: what may stand in them, and the sentence for what may not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tables_world
from muniment.errors import BadInput
from muniment.reference import mapping_file

SMALL = '[date]\nstart = "Day"\n[[harm]]\nharm = "killed"\nbest = "Dead"\n'


def parse(text: str) -> object:
    return mapping_file.parse(text.encode(), "a.mapping.toml")


def test_what_a_mapping_reads_and_never_reads() -> None:
    made = tables_world.mapping()
    assert made.name == "Coast incidents"
    assert set(made.columns) == {c.casefold() for c in tables_world.COLUMNS} - {"same event"}
    assert "same event" not in made.named()
    assert made.answers == ("same event",)
    assert made.lacking(["No", "Day"]) == tuple(c for c in made.columns if c not in ("no", "day"))


def test_a_mapping_goes_by_its_file_where_it_has_no_name() -> None:
    assert tables_world.mapping(SMALL).name == "coast"
    assert tables_world.mapping(SMALL).columns == ("day", "dead")


def test_it_may_ask_for_files_and_columns() -> None:
    made = tables_world.mapping(SMALL + '[fits]\nfiles = ["Coast*.CSV"]\ncolumns = ["Dead"]\n')
    assert (made.is_for("coast-2031.csv"), made.is_for("hills.csv"), made.columns) == (True, False, ("dead",))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "not TOML"),
        ('name = "x"', "neither"),
        (SMALL + '[dat]\nstart = "x"', "'dat', which is not known"),
        (SMALL.replace('start = "Day"', 'begin = "Day"'), "'begin', which is not known"),
        (SMALL.replace('"killed"', '"kiled"'), "'kiled'; use one of"),
        (SMALL.replace('best = "Dead"\n', ""), "no column"),
        (SMALL.replace('start = "Day"', "start = 3"), "date.start is not words"),
        ('answers = ["day"]\n' + SMALL, "the column day is an answer"),
        (SMALL.replace("[date]", '[date]\nformats = ["%H:%M"]'), "tells no day"),
        (SMALL.replace("[date]", '[date]\nprecision = {column = "p", values = {a = "week"}}'), "'week'; use one of"),
        (SMALL + '[place]\nlatitude = "y"\nlongitude = "x"', "coordinates alone name no place"),
        (SMALL + '[place]\nnames = ["t"]\nlatitude = "y"', "one of `latitude`"),
        (SMALL + '[document]\ntitle = {column = "s", template = "{publisher}"}', "no part {title}"),
        (SMALL + '[document]\nkind = "rumour"', "'rumour'; use one of"),
        (SMALL + "[document]\ntitle = 7", "neither words nor"),
        ('level = "certain"\n' + SMALL, "'certain'; use one of"),
        (SMALL + '[[source]]\ntype = "media"', "names no column"),
        (SMALL + '[source]\ncolumn = "s"', "write [[source]]"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert says in str(caught.value)
    assert str(caught.value).startswith("a.mapping.toml")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadInput, match="not TOML in UTF-8"):
        mapping_file.parse(b"\xff\xfe\x00n", "a.mapping.toml")


def test_a_mapping_is_known_by_its_name() -> None:
    assert all(map(mapping_file.is_mapping, ("mapping.toml", "a/mapping.toml", "b/Coast.Mapping.TOML")))
    assert not any(map(mapping_file.is_mapping, ("coast.toml", "mapping.csv", "remapping.toml.txt")))


def test_those_that_ship_are_sound_and_read_no_answer() -> None:
    shipped = {made.name: made for made in mapping_file.shipped()}
    assert set(shipped) == {"UCDP GED", "MAVERICK event reports"}
    assert shipped["MAVERICK event reports"].answers == ("event_id",)
    assert "event_id" not in shipped["MAVERICK event reports"].named()


def test_the_mapping_on_the_page_is_one() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "tables.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    made = tables_world.mapping(shown)
    assert (made.name, len(made.harms), made.answers) == ("Coast incidents", 2, ("same event",))
    sections = set(re.findall(r"^\[+(\w+)\]", shown, re.MULTILINE)) | {"fits"}
    known = "document date place harm responsible parties source event weapon fits"
    assert sections == set(known.split())
