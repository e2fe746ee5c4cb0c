"""The bundled base map, cut to what a map shows: land as areas, borders as lines, in the map's own units.

Source: Natural Earth 1:10m, public domain, as packaged in world-atlas; tools/front_end.py places it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "static" / "vendor" / "basemap"
COORDINATES = 2

Point = tuple[float, float]
Window = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[tuple[Window, list[Point]], ...], tuple[tuple[Window, list[Point]], ...]]:
    """Every ring of land and every border, each with its bounds; nothing where the set-up was not run."""
    return _load("land"), _load("borders")


def _load(name: str) -> tuple[tuple[Window, list[Point]], ...]:
    path = FOLDER / f"{name}.geojson"
    if not path.is_file():
        return ()
    out = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        coordinates = feature["geometry"]["coordinates"]
        for line in coordinates if feature["geometry"]["type"] == "Polygon" else [coordinates]:
            xs, ys = [p[0] for p in line], [p[1] for p in line]
            out.append(((min(xs), min(ys), max(xs), max(ys)), line))
    return tuple(out)


@lru_cache(maxsize=8)
def cut(window: Window) -> tuple[tuple[tuple[Point, ...], ...], tuple[tuple[Point, ...], ...]]:
    """Land and borders inside a window, in degrees."""
    land, borders = _lines()
    rings = [
        tuple(line if _inside(bounds, window) else _clip_ring(line, window))
        for bounds, line in land
        if _meet(bounds, window)
    ]
    lines = [piece for bounds, line in borders if _meet(bounds, window) for piece in _clip_line(line, window)]
    return tuple(ring for ring in rings if len(ring) > 2), tuple(lines)


def _meet(a: Window, b: Window) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _inside(a: Window, b: Window) -> bool:
    return b[0] <= a[0] and a[2] <= b[2] and b[1] <= a[1] and a[3] <= b[3]


def _clip_ring(ring: Sequence[Point], window: Window) -> list[Point]:
    """The part of a ring inside the window. Source: Sutherland and Hodgman, CACM 17(1), 1974."""
    west, south, east, north = window
    out = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        if not out:
            break
        given, out = out, []
        before = given[-1]
        before_in = sign * (before[axis] - limit) >= 0
        for point in given:
            inside = sign * (point[axis] - limit) >= 0
            if inside != before_in:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                out.append((limit, other) if axis == 0 else (other, limit))
            if inside:
                out.append((point[0], point[1]))
            before, before_in = point, inside
    return out


def _clip_line(line: Sequence[Point], window: Window) -> list[tuple[Point, ...]]:
    """The pieces of a line that touch the window; a piece may run a step beyond it, which the drawing hides."""
    west, south, east, north = window
    pieces: list[tuple[Point, ...]] = []
    piece: list[Point] = []
    for a, b in itertools.pairwise(line):
        beside = max(a[0], b[0]) < west or min(a[0], b[0]) > east or max(a[1], b[1]) < south or min(a[1], b[1]) > north
        if not beside:
            piece = piece or [(a[0], a[1])]
            piece.append((b[0], b[1]))
        elif piece:
            pieces.append(tuple(piece))
            piece = []
    if piece:
        pieces.append(tuple(piece))
    return pieces


def path(lines: Sequence[Sequence[Point]], project: Callable[[float, float], Point], *, closed: bool) -> str:
    """The lines as SVG path data; steps and islands too small to be seen are left out."""
    out = []
    for line in lines:
        if closed and not _can_be_seen(line, project):
            continue
        last: Point | None = None
        parts = []
        for lon, lat in line:
            x, y = project(lon, lat)
            if last is not None and abs(x - last[0]) < 1 and abs(y - last[1]) < 1:
                continue
            parts.append(f"{'M' if last is None else 'L'}{x:.1f} {y:.1f}".replace(".0", ""))
            last = (x, y)
        if len(parts) > 1:
            out.append("".join(parts) + ("Z" if closed else ""))
    return "".join(out)


def _can_be_seen(ring: Sequence[Point], project: Callable[[float, float], Point]) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    (left, top), (right, bottom) = project(min(xs), max(ys)), project(max(xs), min(ys))
    return max(right - left, bottom - top) > 2
