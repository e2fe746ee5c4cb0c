"""A row of a gazetteer while it is read: its values, and where it stands, so that an error can name it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from muniment.errors import BadInput
from muniment.model import PlaceName
from muniment.model.vocabulary import WherePrecision

PRECISION: Mapping[str, WherePrecision] = {
    "country": "country", "contested": "region", "region": "region", "district": "district", "locality": "locality",
    "quarter": "vicinity", "site": "exact", "feature": "vicinity",
}  # fmt: skip
"""How finely a place of each kind fixes a spot, where the row tells no more."""

DISTRICT_KM2 = 5000.0
"""A first-level division smaller than this fixes a spot as finely as a district does elsewhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: the file, its number counted from 1, what it is called there (row, line, feature)."""

    file: str
    number: int
    unit: str
    values: Mapping[str, Any]

    def wrong(self, what: str) -> BadInput:
        """The error that names this row."""
        return BadInput(f"{self.file}, {self.unit} {self.number}: {what}")

    def text(self, key: str) -> str | None:
        """A cell's words, None where empty."""
        value = self.values.get(key)
        words = str(value).strip() if value is not None else ""
        return words or None

    def whole(self, key: str) -> int | None:
        """A cell's whole number, None where empty.

        Raises:
            BadInput: where it is no number.
        """
        words = self.text(key)
        if words is None:
            return None
        try:
            return int(float(words))
        except (ValueError, OverflowError):
            raise self.wrong(f"`{key}` is {words!r}, not a number.") from None

    def point(self, lon_key: str, lat_key: str) -> tuple[float | None, float | None]:
        """Degrees east and north, or (None, None) where both are empty.

        Raises:
            BadInput: where one is missing, no number, or off the globe.
        """
        lon, lat = self._degrees(lon_key, 180.0), self._degrees(lat_key, 90.0)
        if (lon is None) != (lat is None):
            raise self.wrong(f"one of `{lon_key}` and `{lat_key}` is missing; give both or neither.")
        return lon, lat

    def _degrees(self, key: str, most: float) -> float | None:
        words = self.text(key)
        if words is None:
            return None
        try:
            degrees = float(words)
        except ValueError:
            raise self.wrong(f"`{key}` is {words!r}, not a number of degrees.") from None
        if not math.isfinite(degrees) or abs(degrees) > most:
            raise self.wrong(f"`{key}` is {words}, not between -{most:.0f} and {most:.0f} degrees.")
        return degrees


def unique(names: Iterable[PlaceName]) -> tuple[PlaceName, ...]:
    """Names in order, each spelling once; what a later row knows of its language or who prefers it is kept."""
    out: dict[str, PlaceName] = {}
    for known in names:
        earlier = out.get(known.name)
        if earlier is None:
            out[known.name] = known
        elif earlier.preferred_by is None and (known.preferred_by or earlier.language is None):
            out[known.name] = PlaceName(known.name, known.language or earlier.language, known.preferred_by)
    return tuple(out.values())
