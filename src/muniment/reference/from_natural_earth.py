"""Natural Earth's GeoJSON: towns, countries, first-level divisions, disputed areas. Public domain.

Source: https://www.naturalearthdata.com; column names are upper case in some versions and lower case in others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from muniment.model import Place, PlaceName
from muniment.reference import places as shipped_places
from muniment.reference.rows import PRECISION, Row, unique

SOURCE = "Natural Earth, public domain"

_LANGUAGE = re.compile(r"name_([a-z]{2}|zht)$")
_WHOLE = ("admin-0 country", "admin-0 sovereignty", "admin-0 map unit")
_OTHER_NAMES = (
    "brk_name",
    "name_long",
    "nameascii",
    "formal_en",
    "namealt",
    "name_alt",
    "name_local",
    "namepar",
    "gn_name",
)


def is_one(facts: Mapping[str, Any]) -> bool:
    """Whether a feature's properties are Natural Earth's."""
    keys = {key.lower() for key in facts}
    return "featurecla" in keys and "name" in keys


def places(rows: Sequence[Row]) -> tuple[tuple[Place, ...], dict[str, int]]:
    """The places; features without a name are passed over and counted.

    A place that ships under the same id keeps the names it ships with.
    """
    shipped = {place.id: place.names for place in shipped_places.shipped()}
    out, unnamed = [], 0
    for row in rows:
        properties = row.values.get("properties")
        if not isinstance(properties, dict):
            raise row.wrong("a feature without properties.")
        facts = {key.lower(): value for key, value in properties.items()}
        names = unique(_names(facts))
        if names:
            place = _place(row, facts, names)
            out.append(replace(place, names=unique([*names, *shipped.get(place.id, ())])))
        else:
            unnamed += 1
    return tuple(out), {"no name": unnamed} if unnamed else {}


def town_id(facts: Mapping[str, Any], lon: float, lat: float) -> str:
    """A town's id, from lower-case columns: its Who's On First number, else its name and rounded point."""
    number = facts.get("wof_id") or 0
    if number > 0:
        return f"ne:{number}"
    slug = re.sub(r"\W+", "-", str(facts.get("nameascii") or facts.get("name")).casefold()).strip("-")
    return f"ne:{slug}-{round(lon * 100)}-{round(lat * 100)}"


def _place(row: Row, facts: Mapping[str, Any], names: tuple[PlaceName, ...]) -> Place:
    geometry = row.values.get("geometry") or {}
    lon, lat = _point(row, facts, geometry)
    country = next((c for key in ("iso_a2", "iso_a2_eh") if (c := _code(facts, key)) is not None), None)
    kind, id_ = _kind_and_id(row, facts, country, lon, lat)
    return Place(
        id=id_,
        names=names,
        lon=lon,
        lat=lat,
        kind=kind,
        precision=PRECISION[kind],
        within=f"iso:{country}" if country and kind not in ("country", "contested") else None,
        source=SOURCE,
        population=_people(facts),
        country=country,
    )


def _kind_and_id(
    row: Row, facts: Mapping[str, Any], country: str | None, lon: float | None, lat: float | None
) -> tuple[str, str]:
    class_ = str(facts.get("featurecla")).lower()
    if _is_contested(facts):
        return "contested", f"ne:{facts['brk_a3']}"
    if "iso_3166_2" in facts or class_.startswith("admin-1 s"):
        code = str(facts.get("iso_3166_2") or "")
        return "region", f"iso:{code}" if re.fullmatch(
            r"[A-Z]{2}-\w+", code
        ) else f"ne:{facts.get('adm1_code') or row.number}"
    if class_.startswith(("admin-0 country", "admin-0 sovereignty")):
        return "country", f"iso:{country}" if country else f"ne:{facts.get('adm0_a3') or row.number}"
    if lon is None or lat is None:
        raise row.wrong("a place without a point.")
    settlement = "capital" in class_ or "place" in class_
    return "locality" if settlement else "feature", town_id(facts, lon, lat)


def _point(row: Row, facts: Mapping[str, Any], geometry: Mapping[str, Any]) -> tuple[float | None, float | None]:
    if geometry.get("type") == "Point":
        lon, lat = (*(geometry.get("coordinates") or ()), None, None)[:2]
        return Row(row.file, row.number, row.unit, {"lon": lon, "lat": lat}).point("lon", "lat")
    return Row(row.file, row.number, row.unit, facts).point("label_x", "label_y")


def _code(facts: Mapping[str, Any], key: str) -> str | None:
    code = str(facts.get(key) or "")
    return code if re.fullmatch(r"[A-Z]{2}", code) else None


def _people(facts: Mapping[str, Any]) -> int | None:
    count = facts.get("pop_max") or facts.get("pop_est") or 0
    return int(count) if isinstance(count, int | float) and count > 0 else None


def _is_contested(facts: Mapping[str, Any]) -> bool:
    return "brk_a3" in facts and str(facts.get("featurecla")).lower() not in _WHOLE


def _names(facts: Mapping[str, Any]) -> Iterator[PlaceName]:
    if _is_contested(facts):  # `name` is then the state that holds it
        for key in ("brk_name", "formal_en", "name_alt"):
            yield from (PlaceName(name) for name in _split(facts.get(key), r"[|;,]"))
        return
    for key, language in (("name_en", "en"), ("name", None)):
        if facts.get(key):
            yield PlaceName(str(facts[key]).strip(), language)
    for key in _OTHER_NAMES:
        yield from (PlaceName(name) for name in _split(facts.get(key), r"[|;]"))
    for key in sorted(facts):
        found = _LANGUAGE.match(key)
        if found is not None and facts[key]:
            yield PlaceName(str(facts[key]).strip(), found.group(1))


def _split(cell: Any, marks: str) -> list[str]:
    """The names in a cell, without those that lost letters on their way ("?")."""
    return [name.strip() for name in re.split(marks, str(cell or "")) if name.strip() and "?" not in name]
