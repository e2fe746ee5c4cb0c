"""Incidents on a map, each as finely as it is known: a dot only for an exact point, else the area it lies in.

Regions, countries and unresolved names are never drawn. A place whose extent no gazetteer gives is drawn as a circle
of a nominal size, dashed, so that nobody takes its middle for a position.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from muniment.web.figures import base_map

WIDE = (860.0, 500.0)
NARROW = (400.0, 400.0)
"""The drawing for wide windows, and for phones."""
KM_PER_DEGREE = 111.195
SMALLEST_SPAN_KM = 24.0
MARGIN = 0.18
RADIUS_KM = {"exact": 0.0, "vicinity": 3.0, "locality": 2.5, "district": 18.0}
"""Nominal radii where no extent is known."""
LEAST = {"exact": 4.5, "vicinity": 8.0, "locality": 9.0, "district": 20.0}
"""Smallest radii that can be seen, in units of the drawing."""
MOST_SHOWN = {WIDE: 200, NARROW: 60}
"""More would be a stain, not a map; the table of places has them all."""
LETTER = 6.7
LINE = 16.0


@dataclass(frozen=True, slots=True)
class Spot:
    """What the map is given: a place with the number of incidents at one precision."""

    place: str
    name: str
    other: str | None
    lon: float
    lat: float
    precision: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A spot drawn: its centre and radius."""

    x: float
    y: float
    r: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its area, with the number of incidents there."""

    x: float
    y: float
    anchor: str
    number: int
    name: str
    other: str | None
    place: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map: its size, land and borders as path data, spots, labels, and a scale bar (length, km)."""

    width: float
    height: float
    land: str
    borders: str
    has_base: bool
    spots: tuple[Drawn, ...]
    labels: tuple[Label, ...]
    bar: tuple[float, str]
    meridians: tuple[float, ...]
    parallels: tuple[float, ...]
    left_out: int
    window: base_map.Window


class Projection:
    """Plate carrée about the middle latitude: true to scale there, north up; enough for the extent of one conflict."""

    def __init__(self, spots: Sequence[Spot], size: tuple[float, float]) -> None:
        self.width, self.height = size
        lons, lats = [s.lon for s in spots], [s.lat for s in spots]
        middle_lat = (min(lats) + max(lats)) / 2
        self.cos = max(0.15, math.cos(math.radians(middle_lat)))
        least = SMALLEST_SPAN_KM / KM_PER_DEGREE
        wide = max((max(lons) - min(lons)) * self.cos, least) * (1 + 2 * MARGIN)
        tall = max(max(lats) - min(lats), least * self.height / self.width) * (1 + 2 * MARGIN)
        self.scale = min(self.width / wide, self.height / tall)
        self.lon0, self.lat0 = (min(lons) + max(lons)) / 2, middle_lat

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a position stands, in units of the drawing."""
        return (
            self.width / 2 + (lon - self.lon0) * self.cos * self.scale,
            self.height / 2 - (lat - self.lat0) * self.scale,
        )

    def units(self, km: float) -> float:
        """A length in kilometres, in units of the drawing."""
        return km / KM_PER_DEGREE * self.scale

    def window(self) -> base_map.Window:
        """What the drawing shows, in degrees, and a little around it."""
        half_lon, half_lat = self.width / 2 / self.cos / self.scale * 1.02, self.height / 2 / self.scale * 1.02
        return (
            round(self.lon0 - half_lon, 3), round(self.lat0 - half_lat, 3),
            round(self.lon0 + half_lon, 3), round(self.lat0 + half_lat, 3),
        )  # fmt: skip


def map_view(spots: Iterable[Spot], size: tuple[float, float] = WIDE) -> MapView | None:
    """The map of these spots; None where none has a position."""
    ranked = sorted(spots, key=lambda s: (-s.incidents, s.place, s.precision))
    shown = ranked[: MOST_SHOWN[size]]
    if not shown:
        return None
    project = Projection(shown, size)
    drawn = []
    for spot in sorted(shown, key=lambda s: (-RADIUS_KM[s.precision], -s.incidents, s.place)):
        x, y = project(spot.lon, spot.lat)
        r = max(LEAST[spot.precision], project.units(RADIUS_KM[spot.precision]))
        drawn.append(Drawn(round(x, 1), round(y, 1), round(r, 1), spot))
    land, borders = base_map.cut(project.window())
    km = _round_length(project)
    return MapView(
        width=size[0],
        height=size[1],
        land=base_map.path(land, project, closed=True),
        borders=base_map.path(borders, project, closed=False),
        has_base=bool(land),
        spots=tuple(drawn),
        labels=_labels(drawn, size),
        bar=(round(project.units(km), 1), f"{km:g} km"),
        meridians=_graticule(project, 0),
        parallels=_graticule(project, 1),
        left_out=len(ranked) - len(shown),
        window=project.window(),
    )


def _round_length(project: Projection) -> float:
    """A round number of kilometres between 60 and 160 units long."""
    for power in range(-1, 5):
        for step in (1, 2, 5):
            if 60 <= project.units(step * 10.0**power) <= 160:
                return step * 10.0**power
    return 1.0


def _graticule(project: Projection, axis: int) -> tuple[float, ...]:
    """Where meridians (0) or parallels (1) stand: round degrees, four or so to the drawing."""
    window = project.window()
    low, high = window[axis], window[axis + 2]
    step = next((s for s in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45) if (high - low) / s <= 6), 90)
    first = math.ceil(low / step)
    out = []
    for n in range(first, math.floor(high / step) + 1):
        at = project(n * step, 0)[0] if axis == 0 else project(0, n * step)[1]
        out.append(round(at, 1))
    return tuple(out)


def _labels(drawn: Sequence[Drawn], size: tuple[float, float]) -> tuple[Label, ...]:
    """Names where they hide nothing: those with most incidents first; a name without room is left to the table."""
    by_place: dict[str, list[Drawn]] = {}
    for item in drawn:
        by_place.setdefault(item.spot.place, []).append(item)
    taken = [(d.x - d.r, d.y - d.r, d.x + d.r, d.y + d.r) for d in drawn if d.spot.precision != "district"]
    out = []
    for items in sorted(by_place.values(), key=lambda g: (-sum(d.spot.incidents for d in g), g[0].spot.name)):
        number = sum(d.spot.incidents for d in items)
        at = max(items, key=lambda d: d.r)
        spot = at.spot
        wide = LETTER * max(len(f"{number} {spot.name}"), len(spot.other or "")) + 4
        tall = LINE * (2 if spot.other else 1)
        for x, y, anchor in (
            (at.x + at.r + 5, at.y + 4.5, "start"),
            (at.x - at.r - 5, at.y + 4.5, "end"),
            (at.x, at.y - at.r - 6 - (LINE if spot.other else 0), "middle"),
            (at.x, at.y + at.r + 15, "middle"),
        ):
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left, y - 12, left + wide, y - 12 + tall)
            inside = box[0] > 4 and box[2] < size[0] - 4 and box[1] > 4 and box[3] < size[1] - 4
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                out.append(Label(round(x, 1), round(y, 1), anchor, number, spot.name, spot.other, spot.place))
                break
    return tuple(out)


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
