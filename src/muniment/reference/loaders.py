"""Reading a gazetteer a person has: GeoNames, Who's On First, Natural Earth, or their own CSV, JSON or GeoJSON.

The format is found out from the content, never from the file's name. A row that cannot be understood stops the load and
is named: nothing is dropped in silence. Rows a gazetteer itself marks as withdrawn are passed over and counted.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from muniment.errors import BadInput
from muniment.model import Place
from muniment.reference import from_geonames, from_natural_earth, from_own_table, from_whosonfirst
from muniment.reference.rows import Row

KNOWN = "GeoNames, Who's On First, Natural Earth, or your own CSV, JSON or GeoJSON (docs/how-to/add-a-gazetteer.md)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held: its format, its places, and how many rows were passed over, by reason."""

    format: str
    places: tuple[Place, ...]
    passed_over: dict[str, int] = field(default_factory=dict)


def load_places(path: Path) -> Iterable[Place]:
    """The places of a gazetteer file, plain or gzipped.

    Raises:
        BadInput: where the file is no gazetteer, or a row of it cannot be used: the row is named by its number.
    """
    return load(path).places


def load(path: Path) -> Loaded:
    """The places of a gazetteer file, and what was passed over.

    Raises:
        BadInput: as for `load_places`.
    """
    text = _text(path)
    head = text[:4096].lstrip()
    if not head:
        raise BadInput(f"{path.name} is empty; give a gazetteer: {KNOWN}.")
    made = _from_json(path.name, text) if head[0] in "[{" else _from_table(path.name, text)
    if not made.places:
        raise BadInput(f"{path.name} holds no place that is in use; give a gazetteer: {KNOWN}.")
    seen: dict[str, int] = {}
    for number, place in enumerate(made.places, 1):
        if place.id in seen:
            raise BadInput(f"{path.name}: the id {place.id} is given to two places ({place.name}); make ids unique.")
        seen[place.id] = number
    return made


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be opened: {error.strerror}.") from error
    try:
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        return raw.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(f"{path.name} is a damaged gzip file; fetch it again.") from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{path.name}, line {line}: not UTF-8; save the file as UTF-8. Known: {KNOWN}.") from error


def _from_json(name: str, text: str) -> Loaded:
    try:
        whole = json.loads(text)
    except ValueError as error:
        rows = _json_lines(name, text, error)
    else:
        if isinstance(whole, dict) and whole.get("type") == "FeatureCollection":
            whole = whole.get("features")
        elif isinstance(whole, dict) and whole.get("type") != "Feature" and "name" not in whole:
            whole = list(whole.values())
        rows = [Row(name, i, "feature", values) for i, values in enumerate(_listed(name, whole), 1)]
    return _from_objects(name, rows)


def _json_lines(name: str, text: str, error: ValueError) -> list[Row]:
    """One JSON object a line."""
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError:
            if number == 1:
                raise BadInput(f"{name} is not valid JSON ({error}); give a gazetteer: {KNOWN}.") from None
            raise BadInput(f"{name}, line {number}: not valid JSON; the file may be cut short.") from None
        rows.append(Row(name, number, "line", _object(name, number, values)))
    return rows


def _listed(name: str, whole: Any) -> Sequence[dict[str, Any]]:
    listed = whole if isinstance(whole, list) else [whole]
    return [_object(name, number, values) for number, values in enumerate(listed, 1)]


def _object(name: str, number: int, values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise BadInput(f"{name}, entry {number}: not an object with a name; known are {KNOWN}.")
    return values


def _from_objects(name: str, rows: list[Row]) -> Loaded:
    if not rows:
        raise BadInput(f"{name} holds no rows; give a gazetteer: {KNOWN}.")
    first = rows[0].values
    facts = first.get("properties") if first.get("type") == "Feature" else None
    if isinstance(facts, dict):
        if any(key.startswith("wof:") for key in facts):
            return Loaded("Who's On First", *from_whosonfirst.places(rows))
        if from_natural_earth.is_one(facts):
            return Loaded("Natural Earth", *from_natural_earth.places(rows))
        return Loaded("GeoJSON", *from_own_table.places([_flat(row) for row in rows]))
    if "geonameid" in first:
        return Loaded("GeoNames", *from_geonames.places(rows))
    return Loaded("JSON", *from_own_table.places(rows))


def _flat(row: Row) -> Row:
    """A GeoJSON feature as a row of one's own: its properties, with the point of its geometry."""
    values = dict(row.values.get("properties") or {})
    geometry = row.values.get("geometry") or {}
    if geometry.get("type") == "Point":
        lon, lat = (*(geometry.get("coordinates") or ()), None, None)[:2]
        values = {"lon": lon, "lat": lat} | values
    if "id" not in values and row.values.get("id") is not None:
        values["id"] = row.values["id"]
    return Row(row.file, row.number, row.unit, values)


def _from_table(name: str, text: str) -> Loaded:
    first, *_ = lines = text.split("\n")
    columns = first.rstrip("\r").split("\t")
    if from_geonames.is_table(columns):
        rows = [
            Row(name, i, "row", from_geonames.columns_of(name, i, ln)) for i, ln in enumerate(lines, 1) if ln.strip()
        ]
        return Loaded("GeoNames", *from_geonames.places(rows))
    if from_geonames.is_alternates(columns):
        raise BadInput(f"{name} is GeoNames' table of alternate names, without points; load the country table instead.")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    headings = [heading.strip().lower() for heading in reader.fieldnames or ()]
    if "name" not in headings:
        raise BadInput(f"{name} has no column `name` and is no gazetteer known here; known are {KNOWN}.")
    reader.fieldnames = headings
    rows = []
    for number, values in enumerate(reader, 2):
        if None in values:
            raise BadInput(f"{name}, row {number}: more cells than headings; quote a cell that holds a comma.")
        rows.append(Row(name, number, "row", dict(values)))
    if not rows:
        raise BadInput(f"{name} has headings but no rows; add a place a row.")
    return Loaded("CSV", *from_own_table.places(rows))
