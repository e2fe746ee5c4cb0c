"""First-level divisions for tools/make_places.py: codes and names of ISO 3166-2, points of Natural Earth's outlines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from place_outlines import Shape, area_km2, from_geopackage, holds, point_of
from place_rows import Names, row
from rapidfuzz import fuzz

from muniment.reference.folding import fold
from muniment.reference.rows import DISTRICT_KM2

GENERIC = re.compile(
    r"\b(rayon[ui]?|sahari|city|marz|muhafazat( al| ad| ar| as| at)?|oblast'?|respublika|province|prefecture|district|"
    r"region|governorate|state of|departamento de[l]?|departement d[eu]?|provincia de[l]?|estado de|land|county|kraj|"
    r"lan|fylke|municipality|autonomous republic|autonomous region|ar)\b",
    re.I,
)
ALIKE = 80.0
"""How alike, of 100, a code's name and an outline's must be."""

Outlined = tuple[dict[str, str], Shape]


class Divisions:
    """Subdivisions by code, each with an outline where Natural Earth has one of that name in the same country."""

    def __init__(self, cldr: Path, geopackage: Path, known: set[str]) -> None:
        supplemental = json.loads((cldr / "cldr-core/supplemental/subdivisionContainment.json").read_text())
        held = supplemental["supplemental"]["subdivisionContainment"]
        self._parent = {child: above for above, box in held.items() for child in box["_contains"]}
        self._names: dict[str, list[tuple[str, str]]] = {}
        paths = (cldr / "cldr-subdivisions-full/subdivisions").glob("*/*.json")
        for path in sorted(paths, key=lambda path: (path.parent.name != "en", path.parent.name)):
            whole = json.loads(path.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
            for code, name in whole.items():
                self._names.setdefault(code, []).append((name, path.parent.name))
        self._codes = sorted(code for code in self._names if code in self._parent and code[:2].upper() in known)
        outlined: dict[str, list[Outlined]] = {}
        for attributes, shape in from_geopackage(geopackage):
            outlined.setdefault(attributes["iso_a2"], []).append((attributes, shape))
        self._outlined: dict[str, Outlined] = {}
        for country in sorted({code[:2] for code in self._codes}):
            self._outlined |= self._matched(country, outlined.get(country.upper(), []))

    def lend(self, name: str, shape: Shape) -> None:
        """Give an outline to the only division of this name that has none."""
        bare = [code for code in self._codes if code not in self._outlined and fold(self._names[code][0][0]) == name]
        if len(bare) == 1:
            self._outlined[bare[0]] = ({}, shape)

    def holding(self, country: str, lon: float, lat: float) -> str | None:
        """The id of the smallest division of a country that a point lies in."""
        found = [
            (area_km2(shape), code)
            for code, (_, shape) in self._outlined.items()
            if code[:2].upper() == country and holds(shape, lon, lat)
        ]
        return iso(min(found)[1]) if found else None

    def names(self) -> set[str]:
        """Every folded name of a division."""
        return {fold(name) for code in self._codes for name, _ in self._names[code]}

    def rows(self) -> list[dict[str, Any]]:
        """The divisions as places, by code."""
        return [self._row(code) for code in self._codes]

    def _row(self, code: str) -> dict[str, Any]:
        names, above = Names(), self._parent[code]
        for name, language in self._names[code]:
            names.add(name, language)
        attributes, shape = self._outlined.get(code, ({}, None))
        for name in agreeing(attributes, self._names[code][0][0]):
            names.add(name)
        first = len(above) == 2
        narrow = not first or (shape is not None and area_km2(shape) < DISTRICT_KM2)
        return row(
            iso(code),
            names,
            point_of(shape) if shape is not None else None,
            "region" if first else "district",
            "district" if narrow else "region",
            f"iso:{above.upper()}" if first else iso(above),
            "CLDR (ISO 3166-2), Unicode-3.0" + ("; Natural Earth, public domain" if attributes else ""),
            country=code[:2].upper(),
        )

    def _matched(self, country: str, outlined: list[Outlined]) -> dict[str, Outlined]:
        """The best one-to-one pairing of codes and outlines by name: the most alike first."""
        pairs = []
        for code in (code for code in self._codes if code[:2] == country):
            wanted = plain(self._names[code][0][0])
            for index, (attributes, _) in enumerate(outlined):
                scores = sorted((likeness(wanted, name) for name in spoken(attributes)), reverse=True)
                if scores and scores[0] >= ALIKE:
                    pairs.append((-scores[0], -sum(scores) / len(scores), code, index))
        out: dict[str, Outlined] = {}
        taken: set[int] = set()
        for _, _, code, index in sorted(pairs):
            if code not in out and index not in taken:
                out[code] = outlined[index]
                taken.add(index)
        return out


def iso(code: str) -> str:
    """CLDR's usaz as iso:US-AZ."""
    return f"iso:{code[:2].upper()}-{code[2:].upper()}"


def plain(name: str) -> str:
    """A division's folded name without the word for its kind."""
    return fold(GENERIC.sub(" ", name)) or fold(name)


def likeness(wanted: str, name: str) -> float:
    """How alike two folded names are, of 100; one that begins with the other counts a little less."""
    both = [fuzz.ratio(wanted, folded) for folded in (plain(name), plain(name.replace("ə", "a")))]
    if min(len(wanted), len(plain(name))) > 4:
        both.append(0.88 * fuzz.partial_ratio(wanted, plain(name)))
    return max(both)


def spoken(attributes: dict[str, str]) -> list[str]:
    """What Natural Earth calls a division: its name, a second one in brackets, and GeoNames' name for it."""
    return [part.strip() for part in re.split(r"[()]", attributes["name"] or "") if part.strip()] + [
        name for name in (attributes.get("gn_name"),) if name
    ]


def agreeing(attributes: dict[str, str], english: str) -> Iterator[str]:
    """Those of the outline's names that are spellings of the division's own: some rows of the source are mixed up."""
    for name in spoken(attributes) if attributes else ():
        if likeness(plain(english), name) > 70:
            yield GENERIC.sub(" ", name).strip() or name
