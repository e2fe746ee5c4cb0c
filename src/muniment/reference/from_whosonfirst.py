"""Who's On First: newline-delimited GeoJSON, every name in every language kept, its hierarchy followed.

Source: https://whosonfirst.org/docs/; licences vary by record (CC0, CC BY), attribution to Who's On First.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from muniment.model import Place, PlaceName
from muniment.model.vocabulary import WherePrecision
from muniment.reference.rows import DISTRICT_KM2, PRECISION, Row, unique

SOURCE = "Who's On First, CC BY"

KINDS = {
    "country": "country", "dependency": "country", "disputed": "contested", "macroregion": "region", "region": "region",
    "macrocounty": "district", "county": "district", "localadmin": "district", "locality": "locality",
    "borough": "quarter", "macrohood": "quarter", "neighbourhood": "quarter", "microhood": "quarter",
    "campus": "site", "venue": "site",
    "building": "site", "enclosure": "site", "installation": "site", "arcade": "site", "wing": "site",
    "concourse": "site", "ocean": "feature", "marinearea": "feature", "continent": "feature", "empire": "feature",
}  # fmt: skip
"""What each place type is here. Others (postal codes, time zones, constituencies) are no places an event happens at."""

_UP = (
    "neighbourhood", "macrohood", "borough", "locality", "localadmin", "county", "macrocounty", "region", "macroregion",
    "dependency", "country",
)  # fmt: skip

_SMALL_KM2 = 100.0

LANGUAGES = {
    "ara": "ar", "aze": "az", "bel": "be", "ben": "bn", "bul": "bg", "cat": "ca", "ces": "cs", "dan": "da", "deu": "de",
    "ell": "el", "eng": "en", "est": "et", "eus": "eu", "fas": "fa", "fin": "fi", "fra": "fr", "heb": "he", "hin": "hi",
    "hrv": "hr", "hun": "hu", "hye": "hy", "ind": "id", "ita": "it", "jpn": "ja", "kat": "ka", "kaz": "kk", "kor": "ko",
    "kur": "ku", "lav": "lv", "lit": "lt", "mkd": "mk", "msa": "ms", "nld": "nl", "nor": "no", "oss": "os", "pol": "pl",
    "por": "pt", "pus": "ps", "ron": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "som": "so", "spa": "es", "sqi": "sq",
    "srp": "sr", "swa": "sw", "swe": "sv", "tgk": "tg", "tha": "th", "tir": "ti", "tuk": "tk", "tur": "tr", "uig": "ug",
    "ukr": "uk", "urd": "ur", "uzb": "uz", "vie": "vi", "zho": "zh", "amh": "am",
}  # fmt: skip
"""ISO 639-3 as Who's On First writes it, to the shortest BCP 47 subtag; others stay as they are."""


def places(rows: Sequence[Row]) -> tuple[tuple[Place, ...], dict[str, int]]:
    """The places in use, and how many records were passed over, by reason."""
    passed: Counter[str] = Counter()
    kept: dict[int, tuple[Row, Mapping[str, Any]]] = {}
    for row in rows:
        facts = row.values.get("properties")
        if not isinstance(facts, dict) or "wof:id" not in facts:
            raise row.wrong("no `wof:id`; not a record of Who's On First.")
        why = _why_not(facts)
        if why is not None:
            passed[why] += 1
        else:
            kept[int(facts["wof:id"])] = (row, facts)
    return tuple(_place(row, facts, kept) for row, facts in kept.values()), dict(passed)


def _why_not(facts: Mapping[str, Any]) -> str | None:
    """Why a record is not a place in use."""
    if "src:alt_label" in facts:
        return "another outline of a place"
    if facts.get("wof:superseded_by"):
        return "superseded"
    if _date(facts, "edtf:deprecated"):
        return "deprecated"
    if _date(facts, "edtf:cessation") or facts.get("mz:is_current") == 0:
        return "no longer current"
    if facts.get("wof:placetype") not in KINDS and facts.get("wof:placetype"):
        return "not a kind of place an event happens at"
    return None


def _date(facts: Mapping[str, Any], key: str) -> bool:
    """Whether an EDTF date is given at all: unknown, open and empty are not."""
    return str(facts.get(key) or "").strip() not in ("", "u", "uuuu", "..", "open", "unknown")


def _place(row: Row, facts: Mapping[str, Any], kept: Mapping[int, Any]) -> Place:
    kind = KINDS.get(str(facts.get("wof:placetype")))
    if kind is None:
        raise row.wrong("no `wof:placetype`.")
    names = unique(_names(facts))
    if not names:
        raise row.wrong("no name.")
    about = Row(row.file, row.number, row.unit, facts)
    lon, lat = about.point("lbl:longitude", "lbl:latitude")
    if lon is None or (lon == 0 and lat == 0):
        lon, lat = about.point("geom:longitude", "geom:latitude")
    country = str(facts.get("iso:country") or facts.get("wof:country") or "")
    return Place(
        id=f"wof:{facts['wof:id']}",
        names=names,
        lon=lon,
        lat=lat,
        kind=kind,
        precision=_precision(kind, facts),
        within=_within(facts, kept),
        source=SOURCE,
        population=about.whole("wof:population") or about.whole("gn:population") or None,
        country=country if len(country) == 2 and country.isalpha() and country != "XX" else None,
    )


def _precision(kind: str, facts: Mapping[str, Any]) -> WherePrecision:
    area = facts.get("geom:area_square_m")
    km2 = float(area) / 1e6 if isinstance(area, int | float) else 0.0
    if kind == "region" and 0 < km2 < DISTRICT_KM2:
        return "district"
    if kind == "district" and 0 < km2 < _SMALL_KM2:
        return "locality"
    return PRECISION[kind]


def _names(facts: Mapping[str, Any]) -> Iterator[PlaceName]:
    """The record's own name, then the preferred ones, then every variant."""
    own = str(facts.get("wof:name") or "").strip()
    if own:
        yield PlaceName(own)
    keys = sorted((key for key in facts if key.startswith("name:")), key=_order)
    for key in keys:
        code = key[5:].partition("_x_")[0]
        language = None if code in ("und", "unk", "mul") else LANGUAGES.get(code, code)
        for name in facts[key] if isinstance(facts[key], list) else [facts[key]]:
            if isinstance(name, str) and name.strip():
                yield PlaceName(name.strip(), language)


def _order(key: str) -> tuple[int, int, str]:
    return (0 if key.endswith("_x_preferred") else 1, 0 if key.startswith("name:eng") else 1, key)


def _within(facts: Mapping[str, Any], kept: Mapping[int, Any]) -> str | None:
    """The smallest container the file has; without one, the country by its ISO code."""
    own = int(facts["wof:id"])
    branches = facts.get("wof:hierarchy") or []
    above = [branch.get(f"{level}_id", -1) for level in _UP for branch in branches if isinstance(branch, dict)]
    for id_ in (facts.get("wof:parent_id", -1), *above):
        if isinstance(id_, int) and id_ > 0 and id_ != own and id_ in kept and not _is_below(kept[id_][1], own):
            return f"wof:{id_}"
    country = str(facts.get("iso:country") or "")
    return f"iso:{country}" if len(country) == 2 and facts.get("wof:placetype") != "country" else None


def _is_below(facts: Mapping[str, Any], above: int) -> bool:
    """Whether a record names the other as its own container: a broken hierarchy, not followed."""
    return facts.get("wof:parent_id") == above
