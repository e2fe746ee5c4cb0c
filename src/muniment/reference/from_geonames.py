"""GeoNames: the country tables (19 columns, no headings) and the same rows as JSON.

Source: https://download.geonames.org/export/dump/readme.txt; CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from muniment.errors import BadInput
from muniment.model import Place, PlaceName
from muniment.reference.rows import PRECISION, Row, unique

SOURCE = "GeoNames, CC BY 4.0"
COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "fclass", "fcode", "countrycode",
    "cc2", "admin1code", "admin2code", "admin3code", "admin4code", "population", "elevation", "dem",
    "timezone", "modified",
)  # fmt: skip

_COUNTRY = frozenset({"PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"})


def is_table(cells: Sequence[str]) -> bool:
    """Whether the cells of a first line are those of a country table."""
    return len(cells) == len(COLUMNS) and cells[0].isdigit()


def is_alternates(cells: Sequence[str]) -> bool:
    """Whether the cells of a first line are those of the table of alternate names."""
    return 4 <= len(cells) <= 10 and cells[0].isdigit() and cells[1].isdigit()


def columns_of(file: str, number: int, line: str) -> dict[str, Any]:
    """The cells of one line by column.

    Raises:
        BadInput: where their number is not that of the table.
    """
    cells = line.rstrip("\r").split("\t")
    if len(cells) != len(COLUMNS):
        raise BadInput(f"{file}, row {number}: {len(cells)} columns, GeoNames has {len(COLUMNS)}; the file may be cut.")
    return dict(zip(COLUMNS, cells, strict=True))


def places(rows: Sequence[Row]) -> tuple[tuple[Place, ...], dict[str, int]]:
    """The places; a place marked as gone stays, for old reports name it, so nothing is passed over."""
    areas: dict[tuple[str | None, ...], str] = {}
    for row in rows:
        code = row.text("fcode")
        if code in ("ADM1", "ADM2"):
            depth = 2 if code == "ADM1" else 3
            areas[_codes(row)[:depth]] = _id(row)
    return tuple(_place(row, areas) for row in rows), {}


def _id(row: Row) -> str:
    number = row.whole("geonameid")
    if number is None:
        raise row.wrong("`geonameid` is missing.")
    return f"gn:{number}"


def _codes(row: Row) -> tuple[str | None, ...]:
    return (row.text("countrycode"), row.text("admin1code"), row.text("admin2code"))


def _place(row: Row, areas: dict[tuple[str | None, ...], str]) -> Place:
    name = row.text("name")
    if name is None:
        raise row.wrong("`name` is missing.")
    lon, lat = row.point("longitude", "latitude")
    kind = _kind(row.text("fclass") or "P", row.text("fcode") or "PPL")
    id_, codes = _id(row), _codes(row)
    country = codes[0] if codes[0] and len(codes[0]) == 2 else None
    above = [areas.get(codes), areas.get(codes[:2]), f"iso:{country}" if country and kind != "country" else None]
    others = row.values.get("alternatenames") or ()
    listed = others.split(",") if isinstance(others, str) else [str(other) for other in others]
    names = [PlaceName(name), *(PlaceName(other.strip()) for other in (row.text("asciiname") or "", *listed))]
    return Place(
        id=id_,
        names=unique(known for known in names if known.name and not _is_code(known.name)),
        lon=lon,
        lat=lat,
        kind=kind,
        precision=PRECISION[kind],
        within=next((area for area in above if area is not None and area != id_), None),
        source=SOURCE,
        population=row.whole("population") or None,
        country=country,
    )


def _is_code(name: str) -> bool:
    """Airport codes and web addresses stand among the names."""
    return name.startswith(("http:", "https:")) or (len(name) in (3, 4) and name.isascii() and name.isupper())


def _kind(class_: str, code: str) -> str:
    if class_ == "P":
        return "quarter" if code == "PPLX" else "locality"
    if class_ == "A":
        if code in _COUNTRY:
            return "country"
        return "region" if code.startswith("ADM1") else "district"
    return "site" if class_ == "S" else "feature"
