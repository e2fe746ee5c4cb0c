"""Towns for tools/make_places.py: Natural Earth's, with GeoNames' names in other scripts where it is the same town."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from place_divisions import Divisions
from place_rows import Names, row

from muniment.reference.folding import fold
from muniment.reference.from_natural_earth import town_id

LANGUAGES = ("de", "es", "fr", "pt", "ru", "zh")
STATIONS = ("Scientific station", "Meteorological Station")
SCRIPTS = (
    (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "Cyrl"), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "Arab"), (0x0900, 0x097F, "Deva"), (0x1200, 0x137F, "Ethi"), (0x10A0, 0x10FF, "ka"),
    (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7A3, "ko"),
)  # fmt: skip
"""Where each script stands, and the language where the script tells it."""

WRITTEN_IN = {
    "Arab": "AE AF BH CN DJ DZ EG EH ER IL IN IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SS SY TD TN TR YE",
    "Deva": "IN NP",
    "Ethi": "ER ET",
}
"""Where scripts without capitals are written: elsewhere a small town's name in them is mostly an ordinary word."""

KNOWN_ABROAD = 400_000
MOST_LATIN = 8
NEAR_DEGREES = 0.4


def towns(
    found: list[dict[str, Any]], geonames: dict[str, Any], alpha2: dict[str, str], divisions: Divisions, known: set[str]
) -> list[dict[str, Any]]:
    """Natural Earth's populated places, by id."""
    taken = divisions.names()
    for feature in found:
        taken |= {fold(feature["properties"].get(key) or "") for key in ("NAME", "NAME_EN")}
    out = []
    for feature in found:
        facts = feature["properties"]
        if facts["FEATURECLA"] in STATIONS:
            continue
        lon, lat = feature["geometry"]["coordinates"][:2]
        codes = (facts["ISO_A2"], alpha2.get(facts["ADM0_A3"]), alpha2.get(facts["SOV_A3"]))
        code = next((code for code in codes if code in known), None)
        names, source = town_names(facts), "Natural Earth, public domain"
        twin = twin_of(facts, geonames, code, lon, lat)
        if twin is not None and add_alternates(names, twin, taken):
            source += "; GeoNames, CC BY 4.0"
        within = (divisions.holding(code, lon, lat) or f"iso:{code}") if code else None
        people = int(facts["POP_MAX"] or 0)
        id_ = town_id({key.lower(): value for key, value in facts.items()}, lon, lat)
        more = {"population": people if people > 0 else None, "country": code}
        out.append(row(id_, names, (lon, lat), "locality", "locality", within, source, **more))
    seen: Counter[str] = Counter()
    for place in out:
        seen[place["id"]] += 1
        if seen[place["id"]] > 1:
            place["id"] += f"-{seen[place['id']]}"
    return sorted(out, key=lambda place: place["id"])


def town_names(facts: dict[str, Any]) -> Names:
    """Natural Earth's own names for a town, English first."""
    names = Names()
    names.add(facts.get("NAME_EN") or facts["NAME"], "en")
    names.add(facts["NAME"])
    names.add(facts["NAMEASCII"])
    for name in re.split(r"[|;/]", facts.get("NAMEALT") or ""):
        names.add(name)
    for language in LANGUAGES:
        names.add(facts.get(f"NAME_{language.upper()}"), language)
    return names


def twin_of(
    facts: dict[str, Any], geonames: dict[str, Any], code: str | None, lon: float, lat: float
) -> dict[str, Any] | None:
    """The GeoNames row Natural Earth names, if country, point and name say that it is the same town."""
    twin: dict[str, Any] | None = geonames.get(str(int(facts["GEONAMEID"] or 0)))
    if twin is None or twin["countrycode"] != code:
        return None
    if abs(twin["latitude"] - lat) + abs(twin["longitude"] - lon) > NEAR_DEGREES:
        return None
    mine = {fold(facts[key]) for key in ("NAME", "NAMEASCII", "NAME_EN") if facts.get(key)}
    return twin if mine & {fold(name) for name in (twin["name"], *twin["alternatenames"])} else None


def add_alternates(names: Names, twin: dict[str, Any], taken: set[str]) -> bool:
    """Add names in every other script, and some Latin spellings that are no other place's main name."""
    code, people = twin["countrycode"], twin["population"]
    before = len(names.rows)
    folded = {fold(known["name"]) for known in names.rows}
    latin = 0
    for name in (twin["name"], *twin["alternatenames"]):
        key = fold(name)
        scripts = {script_of(char) for char in name if char.isalpha()}
        if not key or key in folded or len(scripts) != 1 or re.search(r"[\d(),/=]", name):
            continue
        script = scripts.pop()
        if script in WRITTEN_IN and code not in WRITTEN_IN[script] and people < KNOWN_ABROAD:
            continue
        if script == "Latn":
            if latin >= MOST_LATIN or len(key) < 5 or not name[0].isupper() or name.isupper() or key in taken:
                continue
            latin += 1
        elif script == "other" or len(key) < 2:
            continue
        folded.add(key)
        names.add(name, script if script.islower() and script != "other" else None)
    return len(names.rows) > before


def script_of(char: str) -> str:
    """The script of a letter: a language where the script has only one, else the script's code."""
    if ord(char) < 0x0250 or 0x1E00 <= ord(char) <= 0x1EFF or char in "ʻʼ":
        return "Latn"
    return next((script for low, high, script in SCRIPTS if low <= ord(char) <= high), "other")
