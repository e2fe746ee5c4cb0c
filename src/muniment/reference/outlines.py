"""The outlines of contested areas, so that any place with a point is known to lie in one, whoever lists it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of one area, longitude and latitude in degrees, and the box around them."""

    id: str
    rings: tuple[Ring, ...]
    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the area; on the line itself either answer may be given."""
        if not (self.west <= lon <= self.east and self.south <= lat <= self.north):
            return False
        return any(_inside(ring, lon, lat) for ring in self.rings)

    @property
    def extent(self) -> float:
        """The size of the box around it, in square degrees: orders areas that hold one another."""
        return (self.east - self.west) * (self.north - self.south)


@lru_cache(maxsize=1)
def shipped() -> tuple[Outline, ...]:
    """The contested areas of Natural Earth, smallest first, their corners thinned to about a kilometre."""
    packed = resources.files(__name__.rpartition(".")[0]).joinpath("data", "outlines.json.gz").read_bytes()
    known = msgspec.json.decode(gzip.decompress(packed), type=dict[str, list[Ring]])
    return tuple(sorted((outline(id_, rings) for id_, rings in known.items()), key=lambda area: (area.extent, area.id)))


def outline(id_: str, rings: Iterable[Ring]) -> Outline:
    """An outline from its rings."""
    kept = tuple(rings)
    lons = [lon for ring in kept for lon, _ in ring]
    lats = [lat for ring in kept for _, lat in ring]
    return Outline(id_, kept, min(lons), min(lats), max(lons), max(lats))


def _inside(ring: Ring, lon: float, lat: float) -> bool:
    inside = False
    x, y = ring[-1]
    for u, v in ring:
        if (y > lat) != (v > lat) and lon < (u - x) * (lat - y) / (v - y) + x:
            inside = not inside
        x, y = u, v
    return inside
