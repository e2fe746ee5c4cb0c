"""Rows and names for tools/make_places.py, and reading what they are made from."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "src/muniment/reference/data"


def features(path: Path) -> list[dict[str, Any]]:
    """The features of a GeoJSON file, plain or gzipped."""
    raw = path.read_bytes()
    found: list[dict[str, Any]] = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)["features"]
    return found


def table(name: str) -> list[dict[str, str]]:
    """The rows of a shipped tab-separated table."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


class Names:
    """Names of one place in order, each spelling once."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._seen: set[str] = set()

    def add(self, name: str | None, language: str | None = None, preferred_by: str | None = None) -> None:
        """Add a name; one that lost letters on its way ("?") is left out."""
        name = (name or "").strip()
        if not name or "?" in name or name in self._seen:
            return
        self._seen.add(name)
        known = {"name": name, "language": language or "", "preferred_by": preferred_by or ""}
        self.rows.append({key: value for key, value in known.items() if value})


def row(
    id_: str,
    names: Names,
    point: tuple[float, float] | None,
    kind: str,
    precision: str,
    within: str | None,
    source: str,
    **more: Any,
) -> dict[str, Any]:
    """One place as the table keeps it; what is unknown and may be left out is."""
    lon, lat = (round(point[0], 4), round(point[1], 4)) if point else (None, None)
    out = {"id": id_, "names": names.rows, "lon": lon, "lat": lat, "kind": kind, "precision": precision}
    out |= {"within": within, "source": source}
    return out | {key: value for key, value in more.items() if value is not None}
