"""Reports of electoral violence in Kenya with the coders' answer which of them are one event, as claims.

    MUNIMENT_MAVERICK=…/maverick_kenya.csv python benchmarks/linking/run.py

The table is not part of this repository: without it this part of the benchmark says so and is left out. Each row is one
report of one event. `event_id`, the coders' answer, is read for scoring and fitting only.

Source: van Baalen and Höglund (2026), Introducing the MAVERICK Dataset, Journal of Peace Research 63(1): 98–106,
CC BY 4.0; package `eventreport`, `maverick_event_report`.
"""

from __future__ import annotations

import csv
import math
import os
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from muniment.model import (
    Cell,
    Claim,
    Count,
    Document,
    HeldResponsible,
    Place,
    PlaceName,
    SourceLink,
    Span,
    Victims,
    Weapon,
    When,
    Where,
)
from muniment.model.vocabulary import Harm, WeaponClass, WherePrecision
from muniment.plugins import Lexicon

Row = Mapping[str, str]
PLACES_TO_LOOK = ("shared/data/maverick_kenya", "../shared/data/maverick_kenya")
PRECISION: Mapping[str, WherePrecision] = {
    "1": "country",
    "2": "district",
    "3": "locality",
    "4": "vicinity",
    "5": "vicinity",
    "6": "exact",
}
"""The codebook's geo_precision: higher is finer."""

WEAPONS: Mapping[str, WeaponClass] = {
    "Shooting": "small_arms",
    "Stabbing": "blade",
    "Bombing": "explosive_wide_area",
}
"""Of the codebook's types of violence those that name a weapon; the others are ways of doing harm without one."""

ACTORS = range(1, 7)
UNSAID = frozenset({"", "NA", "Unknown", "Other", "Other context"})
KM_PER_DEGREE = 111.2


def table() -> Path | None:
    """Where the table is, None where it is not."""
    named = os.environ.get("MUNIMENT_MAVERICK")
    here = Path(__file__).resolve().parents[2]
    tried = [Path(named)] if named else [here / place / "maverick_kenya.csv" for place in PLACES_TO_LOOK]
    return next((path for path in tried if path.is_file()), None)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def halves(rows: Sequence[Row], seed: int = 1) -> tuple[list[Row], list[Row]]:
    """The rows of one half of the events, and of the other."""
    events = sorted({row["event_id"] for row in rows})
    random.Random(seed).shuffle(events)
    first = set(events[: len(events) // 2])
    return [r for r in rows if r["event_id"] in first], [r for r in rows if r["event_id"] not in first]


@dataclass(slots=True)
class Told:
    """The rows as claims. `row_of` leads from a claim to the row's id, `event_of` from the row's id to the answer."""

    claims: list[Claim]
    documents: dict[str, Document]
    lexicon: Lexicon
    row_of: dict[str, str]
    event_of: dict[str, str]


@dataclass(slots=True)
class RowPlaces:
    """The places the rows themselves give: a name with coordinates, in its city, in the country."""

    digest: str = "places of the table's rows"
    places: dict[str, Place] = field(default_factory=dict)

    def add(self, row: Row) -> str | None:
        """The id of a row's place; None where it has no coordinates."""
        name, city = _said(row["location"]) or _said(row["city"]), _said(row["city"])
        if name is None or _said(row["latitude"]) is None:
            return None
        precision = PRECISION.get(row["geo_precision"], "unknown")
        lon, lat = float(row["longitude"]), float(row["latitude"])
        id_ = f"case:{name}/{lat:.3f}/{lon:.3f}/{precision}"
        within = "case:country"
        self.places.setdefault(within, _place(within, row["country"], None, None, "country", None))
        if city is not None and city != name:
            within = f"case:city/{city}"
            if within not in self.places:
                self.places[within] = _place(within, city, None, None, "district", "case:country")
        if city == name and precision == "locality":
            id_ = f"case:city/{city}"
            within = "case:country"
            if id_ in self.places and self.places[id_].lon is not None:
                return id_
        if id_ not in self.places or self.places[id_].lon is None:
            self.places[id_] = _place(id_, name, lon, lat, precision, within)
        return id_

    def get(self, place: str) -> Place | None:
        return self.places.get(place)

    def find(self, name: str) -> Sequence[Place]:
        return [place for place in self.places.values() if place.name == name]

    def scan(self, text: str) -> Iterable[tuple[int, int, Sequence[Place]]]:
        return ()

    def within(self, place: str) -> Sequence[str]:
        out = []
        known = self.places.get(place)
        while known is not None and known.within is not None:
            out.append(known.within)
            known = self.places.get(known.within)
        return out

    def contains(self, outer: str, inner: str) -> bool:
        return outer == inner or outer in self.within(inner)

    def distance_km(self, a: str, b: str) -> float | None:
        one, other = self.places.get(a), self.places.get(b)
        if one is None or other is None or None in (one.lon, one.lat, other.lon, other.lat):
            return None
        east = ((one.lon or 0) - (other.lon or 0)) * math.cos(math.radians(one.lat or 0)) * KM_PER_DEGREE
        return math.hypot(east, ((one.lat or 0) - (other.lat or 0)) * KM_PER_DEGREE)


def _place(
    id_: str, name: str, lon: float | None, lat: float | None, precision: WherePrecision, within: str | None
) -> Place:
    return Place(id_, (PlaceName(name),), lon, lat, precision, precision, within, "the table's rows")


def _said(cell: str) -> str | None:
    return None if cell in ("", "NA") else cell


def tell(rows: Iterable[Row]) -> Told:
    """The rows as claims, each row a document of one item."""
    places = RowPlaces()
    told = Told([], {}, Lexicon(places), {}, {})
    for number, row in enumerate(rows):
        _tell_row(row, number, places, told)
    return told


def _tell_row(row: Row, number: int, places: RowPlaces, told: Told) -> None:
    document = f"d{row['id']}"
    found = re.search(r"\((\d{4}-\d\d-\d\d)\)", row["source"])
    published = found[1] if found else None
    if published is not None and published < row["date_start"]:
        published = None
    told.documents[document] = Document(
        document, "e" * 64, "reports.csv", number, row["id"], 0, 10**6, row["source"], _said(row["source_author"]),
        published, None, "en", "dataset", row=number + 2,
    )  # fmt: skip
    start, end = row["date_start"], row["date_end"]
    when = When.of(start, start if start == end else f"{start}/{end}", "explicit") if start <= end else None
    place = places.add(row)
    raw = _said(row["location"]) or _said(row["city"]) or row["country"]
    told_of = raw if row["event_context"] in UNSAID else row["event_context"]
    known = places.get(place) if place is not None else None
    where = Where(raw, place, precision=known.precision if known is not None else "unknown")
    responsible = sorted(
        {
            row[f"actor{n}_id"]
            for n in ACTORS
            if row[f"actor{n}_id"] not in UNSAID
            and not row[f"actor{n}"].startswith("Unknown actor")
            and row[f"actor{n}_perpetrator"] == "1"
        }
    )
    party = HeldResponsible("+".join(responsible), "+".join(responsible), "reported") if responsible else None
    groups = (row["target"],) if row["target"] not in UNSAID else ()
    base = Claim(
        "", document, Span(0, len(told_of)), told_of, "incident", when=when, where=where, party=party,
        source=(SourceLink(row["source_author"], "self"),), cells=(Cell(number + 2, "location", 0, len(raw)),),
        victims=Victims("unknown", groups),
    )  # fmt: skip
    ways = sorted({way for n in ACTORS for way in row[f"actor{n}_violence"].split("; ")} - UNSAID)
    weapons: list[Weapon | None] = [Weapon(way, WEAPONS.get(way, "other")) for way in ways] or [None]
    made: list[Claim] = [_claim(base, weapon=weapon, kind="weapon_use" if weapon else "incident") for weapon in weapons]
    for harm, column in (("killed", "deaths"), ("injured", "injuries")):
        low, best, high = (_number(row[f"{column}_{bound}"]) for bound in ("low", "best", "high"))
        if high:
            count = Count(str(best), low, best, high, "exact" if low == high else "range")
            made.append(_claim(base, kind="casualty", harm=harm, count=count, weapon=weapons[0]))
    if row["displacement"] == "1":
        made.append(_claim(base, kind="casualty", harm="displaced"))
    if row["damage"] == "1":
        made.append(_claim(base, kind="damage"))
    for n, claim in enumerate(made):
        id_ = f"c{row['id']}-{n}"
        told.claims.append(_with_id(claim, id_))
        told.row_of[id_] = row["id"]
    told.event_of[row["id"]] = row["event_id"]


def _number(cell: str) -> int | None:
    return None if _said(cell) is None else int(float(cell))


def _claim(
    base: Claim,
    *,
    kind: str,
    harm: Harm | str | None = None,
    count: Count | None = None,
    weapon: Weapon | None = None,
) -> Claim:
    return replace(base, kind=kind, harm=(harm,) if harm else (), count=count, weapon=weapon)  # type: ignore[arg-type]


def _with_id(claim: Claim, id_: str) -> Claim:
    return replace(claim, id=id_)
