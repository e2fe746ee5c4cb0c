"""Outlines for tools/make_places.py: reading them, a point inside, an area, fewer corners.

A shape is polygons, a polygon its rings, the outer one first.
"""

from __future__ import annotations

import math
import sqlite3
import struct
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]
Shape = list[list[Ring]]


def from_geojson(geometry: dict[str, Any]) -> Shape:
    """A GeoJSON polygon or several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[[(x, y) for x, y, *_ in ring] for ring in polygon] for polygon in polygons]


def from_geopackage(path: Path) -> list[tuple[dict[str, str], Shape]]:
    """First-level divisions in QGIS' world map."""
    columns = ("iso_a2", "name", "woe_name", "gn_name")
    with sqlite3.connect(path) as connection:
        rows = connection.execute(f"select geom, {', '.join(columns)} from states_provinces order by fid").fetchall()
    return [(dict(zip(columns, rest, strict=True)), _from_blob(blob)) for blob, *rest in rows if rest[1]]


def _from_blob(blob: bytes) -> Shape:
    """GeoPackage's header, then well-known binary."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    polygons, _ = _wkb(blob, 8 + envelope)
    return polygons


def _wkb(blob: bytes, at: int) -> tuple[Shape, int]:
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(f"{order}II", blob, at + 1)
    at += 9
    if kind == 3:
        rings: list[Ring] = []
        for _ in range(count):
            (corners,) = struct.unpack_from(f"{order}I", blob, at)
            flat = struct.unpack_from(f"{order}{2 * corners}d", blob, at + 4)
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
            at += 4 + 16 * corners
        return [rings], at
    if kind == 6:
        out: Shape = []
        for _ in range(count):
            part, at = _wkb(blob, at)
            out += part
        return out, at
    raise ValueError(f"geometry of type {kind}")


def _signed(ring: Ring) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def area_km2(shape: Shape) -> float:
    """Roughly: degrees scaled at each polygon's middle latitude."""
    total = 0.0
    for polygon in shape:
        middle = sum(y for _, y in polygon[0]) / len(polygon[0])
        total += abs(_signed(polygon[0])) * 111.2**2 * math.cos(math.radians(middle))
    return total


def holds(shape: Shape, lon: float, lat: float) -> bool:
    """Whether a point lies in the shape."""
    return any(_in(polygon[0], lon, lat) and not any(_in(hole, lon, lat) for hole in polygon[1:]) for polygon in shape)


def _in(ring: Ring, lon: float, lat: float) -> bool:
    inside = False
    for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y > lat) != (v > lat) and lon < (u - x) * (lat - y) / (v - y) + x:
            inside = not inside
    return inside


def point_of(shape: Shape) -> tuple[float, float]:
    """A fair point: the centre of the largest polygon, or the middle of its widest stretch at that latitude."""
    ring = max((polygon[0] for polygon in shape), key=lambda r: abs(_signed(r)))
    area = _signed(ring)
    if not area:
        return ring[0]
    x0, y0 = ring[0]
    moved = [(x - x0, y - y0) for x, y in ring]
    pairs = list(zip(moved, moved[1:] + moved[:1], strict=True))
    lon = x0 + sum((x + u) * (x * v - u * y) for (x, y), (u, v) in pairs) / (6 * area)
    lat = y0 + sum((y + v) * (x * v - u * y) for (x, y), (u, v) in pairs) / (6 * area)
    if _in(ring, lon, lat):
        return lon, lat
    cuts = sorted(
        (u - x) * (lat - y) / (v - y) + x
        for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True)
        if (y > lat) != (v > lat)
    )
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    if not spans:
        return ring[0]
    left, right = max(spans, key=lambda span: span[1] - span[0])
    return (left + right) / 2, lat


def simplified(shape: Shape, tolerance: float) -> list[list[list[float]]]:
    """Outer rings only, without the corners nearer than `tolerance` degrees to a straight line."""
    out = []
    for polygon in shape:
        ring = polygon[0]
        half = len(ring) // 2
        kept = _peucker(ring[: half + 1], tolerance)[:-1] + _peucker(ring[half:], tolerance)
        if len(kept) < 4:
            kept = ring
        out.append([[round(x, 4), round(y, 4)] for x, y in kept])
    return out


def _peucker(line: Ring, tolerance: float) -> Ring:
    if len(line) < 3:
        return line
    (x, y), (u, v) = line[0], line[-1]
    length = math.hypot(u - x, v - y)
    far, where = 0.0, 0
    for i, (p, q) in enumerate(line[1:-1], 1):
        away = abs((u - x) * (y - q) - (x - p) * (v - y)) / length if length else math.hypot(p - x, q - y)
        if away > far:
            far, where = away, i
    if far <= tolerance:
        return [line[0], line[-1]]
    return _peucker(line[: where + 1], tolerance)[:-1] + _peucker(line[where:], tolerance)
