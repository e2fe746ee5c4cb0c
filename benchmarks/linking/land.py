"""An invented land as a gazetteer: a country of regions, districts and towns, some towns with quarters."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

from muniment.model import Place, PlaceName
from muniment.model.vocabulary import WherePrecision

TOWNS_PER_DISTRICT = 5
DISTRICTS_PER_REGION = 2
KM_PER_DEGREE = 111.2
_HEAD = ("Nor", "Tar", "Ol", "Kar", "Bra", "Mes", "Vel", "Dun", "Ash", "Pel", "Sor", "Lin", "Gar", "Hol", "Rim", "Ust")
_MIDDLE = ("a", "e", "i", "o", "u", "an", "en", "or", "il", "am")
_TAIL = ("vik", "sen", "dal", "mar", "ten", "gorod", "holm", "by", "rud", "nes", "ford", "lin", "pol", "tash", "kend")
_QUARTERS = ("Dockside", "Old Town", "Mill Hill", "Railway", "Lake", "Upper Market")


class Land:
    """Places laid out on a grid; the same numbers and seed give the same land."""

    def __init__(self, towns: int, seed: int = 1) -> None:
        rng = random.Random(seed)
        self.digest = f"invented land of {towns} towns, seed {seed}"
        self.towns: list[str] = []
        self.quarters: dict[str, list[str]] = {}
        self.regions: list[str] = []
        self._places: dict[str, Place] = {}
        self._within: dict[str, tuple[str, ...]] = {}
        self._add("land", "Ulmar", None, 30.0, 45.0, "country")
        names: set[str] = set()
        per_region = TOWNS_PER_DISTRICT * DISTRICTS_PER_REGION
        side = math.ceil(math.sqrt(math.ceil(towns / per_region)))
        for n in range(towns):
            region, district = f"r{n // per_region}", f"d{n // TOWNS_PER_DISTRICT}"
            x, y = n // per_region % side, n // per_region // side
            if region not in self._places:
                self.regions.append(region)
                self._add(region, _name(rng, names) + " Region", "land", 30 + 2.0 * x, 45 + 1.4 * y, "region")
            if district not in self._places:
                half = 0.5 * (n // TOWNS_PER_DISTRICT % DISTRICTS_PER_REGION)
                lon, lat = 29.6 + 2.0 * x + 2 * half, 45 + 1.4 * y
                self._add(district, _name(rng, names) + " District", region, lon, lat, "district")
            middle = self._places[district]
            angle = 2 * math.pi * (n % TOWNS_PER_DISTRICT) / TOWNS_PER_DISTRICT
            lon, lat = (middle.lon or 0) + 0.35 * math.cos(angle), (middle.lat or 0) + 0.25 * math.sin(angle)
            town = f"t{n}"
            self.towns.append(town)
            self._add(town, _name(rng, names), district, lon, lat, "locality")
            for q in range(rng.choice((0, 0, 2, 3, 4))):
                quarter = f"t{n}q{q}"
                self.quarters.setdefault(town, []).append(quarter)
                self._add(quarter, _QUARTERS[q], town, lon + 0.01 * (q + 1), lat - 0.008 * q, "vicinity")

    def _add(self, id_: str, name: str, within: str | None, lon: float, lat: float, precision: WherePrecision) -> None:
        self._places[id_] = Place(id_, (PlaceName(name),), lon, lat, precision, precision, within, "invented")
        self._within[id_] = (within, *self._within[within]) if within is not None else ()

    def get(self, place: str) -> Place | None:
        return self._places.get(place)

    def find(self, name: str) -> Sequence[Place]:
        return [place for place in self._places.values() if place.name == name]

    def scan(self, text: str) -> Iterable[tuple[int, int, Sequence[Place]]]:
        return ()

    def within(self, place: str) -> Sequence[str]:
        return self._within.get(place, ())

    def contains(self, outer: str, inner: str) -> bool:
        return outer == inner or outer in self._within.get(inner, ())

    def distance_km(self, a: str, b: str) -> float | None:
        one, other = self._places.get(a), self._places.get(b)
        if one is None or other is None or None in (one.lon, one.lat, other.lon, other.lat):
            return None
        east = ((one.lon or 0) - (other.lon or 0)) * math.cos(math.radians(one.lat or 0)) * KM_PER_DEGREE
        return math.hypot(east, ((one.lat or 0) - (other.lat or 0)) * KM_PER_DEGREE)


def _name(rng: random.Random, taken: set[str]) -> str:
    while True:
        name = rng.choice(_HEAD) + rng.choice(_MIDDLE) + rng.choice(_TAIL)
        if name in taken:
            name += " " + rng.choice(_HEAD) + rng.choice(_TAIL)
        if name not in taken:
            taken.add(name)
            return name
