"""Invented tables of reports about an invented coast, and mappings for them; none of it ever was."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from muniment import extractors, readers
from muniment.model import Claim, Document, Party, Place, PlaceName
from muniment.plugins import Lexicon, Reading, ReadOptions
from muniment.reference import mapping_file
from muniment.reference.index import PlaceIndex
from muniment.reference.table_mapping import TableMapping
from readers_asking import EXHIBIT

MAPPING = """
name = "Coast incidents"
answers = ["Same event"]

[document]
title = { column = "Headline" }
publisher = { column = "Outlet" }
published = { column = "Printed" }
language = "en"
key = { column = "No" }

[date]
start = "Day"
end = "Until"
time = "Hour"
formats = ["%d/%m/%Y"]
precision = { column = "Known to", values = { day = "day", month = "month", circa = "about", range = "range" } }

[place]
names = ["Town"]
within = ["Country"]
latitude = "Lat"
longitude = "Lon"
precision = { column = "How near", values = { spot = "exact", town = "locality", area = "region" } }

[[harm]]
harm = "killed"
best = "Dead"
low = "Dead min"
high = "Dead max"

[[harm]]
harm = "killed"
best = "Civilians dead"
status = "civilian"
zero = "stated"

[[harm]]
harm = "injured"
best = "Hurt"

[[responsible]]
column = "By"
certainty = "alleged"
when = { "Blamed" = ["yes", "y"] }

[parties]
"The Blue Guard" = "blue"

[[source]]
column = "Told by"
split = ";"
take = "each"

[event]
kind = "incident"
kinds = { column = "What", values = { raid = "detention", shelling = "incident" } }
words = ["Notes", "What"]

[weapon]
column = "Arms"
values = { shells = "artillery", mines = "landmine" }
"""

COLUMNS = (
    "No", "Same event", "Headline", "Outlet", "Printed", "Day", "Until", "Hour", "Known to", "Town", "Country", "Lat",
    "Lon", "How near", "Dead", "Dead min", "Dead max", "Civilians dead", "Hurt", "By", "Blamed", "Told by", "What",
    "Notes", "Arms",
)  # fmt: skip

FULL = {
    "No": "k-1", "Same event": "E7", "Headline": "Shells on Norvik", "Outlet": "Harbour Watch", "Printed": "2031-03-11",
    "Day": "09/03/2031", "Town": "Norvik", "Country": "Ulmar", "Lat": "51.1", "Lon": "40.1", "How near": "town",
    "Dead": "5", "Dead min": "3", "Dead max": "8", "Hurt": "12+", "By": "The Blue Guard", "Blamed": "yes",
    "Told by": "the mayor; Coast Radio; the mayor", "What": "shelling", "Notes": 'the "old" market, hit twice',
    "Arms": "shells",
}  # fmt: skip


def mapping(text: str = MAPPING) -> TableMapping:
    """A mapping from TOML."""
    return mapping_file.parse(text.encode(), "coast.mapping.toml")


def row(**cells: str) -> dict[str, str]:
    """The full row with some cells changed; underscores stand for spaces."""
    return {**FULL, **{name.replace("_", " "): words for name, words in cells.items()}}


def as_csv(rows: Iterable[dict[str, str]], columns: Sequence[str] = COLUMNS, delimiter: str = ",") -> str:
    """A table with its header, as spreadsheets save it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[cells.get(column, "") for column in columns] for cells in rows])
    return out.getvalue()


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """A workbook with these sheets; a string that begins with = is a formula nobody has worked out yet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.properties.created = book.properties.modified = dt.datetime(2031, 3, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(id_: str, name: str, kind: str, lon: float, lat: float, within: str | None, country: str = "UL") -> Place:
    """A place of the coast."""
    precision: Any = {"country": "country", "region": "region", "district": "district"}.get(kind, "locality")
    return Place(id_, (PlaceName(name),), lon, lat, kind, precision, within, "invented", country=country)


COAST = (
    place("iso:UL", "Ulmar", "country", 40.0, 50.0, None),
    place("iso:VE", "Vell", "country", 46.0, 50.0, None, "VE"),
    place("t:north", "North Ulmar", "region", 40.0, 51.0, "iso:UL"),
    place("t:norvik", "Norvik", "locality", 40.1, 51.1, "t:north"),
    place("t:norvik-region", "Norvik", "region", 40.3, 51.2, "iso:UL"),
    place("t:brask", "Brask", "locality", 45.0, 50.2, "iso:VE", "VE"),
    place("t:tarn-1", "Tarn", "locality", 40.9, 51.4, "t:north"),
    place("t:tarn-2", "Tarn", "locality", 41.9, 49.4, "iso:UL"),
)
PARTIES = (
    Party("UL", ("Ulmar", "Ulmarian"), "state"),
    Party("tide", ("Tide Front",), "armed_group"),
)


def lexicon(places: Sequence[Place] = COAST) -> Lexicon:
    """What the case of the coast lends."""
    return Lexicon(PlaceIndex(places), PARTIES)


def claims_of(
    reading: Reading, media_type: str, name: str, mappings: Sequence[TableMapping], lent: Lexicon | None = None
) -> list[tuple[Document, tuple[Claim, ...]]]:
    """Each row's document with its claims, as a build makes them."""
    from dataclasses import replace

    lent = lent or lexicon()
    rows = readers.rows_of(reading.text, media_type, name, mappings)
    out = []
    for document in readers.documents(reading, EXHIBIT, (name,)):
        found = rows.get((document.start, document.end))
        words = reading.text[document.start : document.end]
        made = extractors.extract_words(document, words, replace(lent, row=found)) if found is not None else ()
        out.append((document, made))
    return out


def options(*mappings: TableMapping) -> ReadOptions:
    """Reading with these mappings."""
    return ReadOptions(mappings=mappings or (mapping(),))
