"""Places: a gazetteer's entries, with every name they go by, and where a claim says something happened."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import WherePrecision


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place; `preferred_by` is the party or source that prefers it, None where unknown."""

    name: str
    language: str | None = None
    preferred_by: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that names resolve to.

    Attributes:
        id: stable across loads, e.g. `ne:1159151587`, `wof:85632773`, `iso:AM`, `case:…`.
        names: preferred first.
        lon: degrees east, WGS 84; None for an area without a fair point.
        lat: degrees north.
        kind: country, contested, region, district, locality, quarter, site, feature.
        precision: how finely the place fixes a spot.
        within: id of the smallest containing place known.
        source: the data set and its licence tag.
        population: residents, where the gazetteer knows; used only to rank candidates shown to a person.
    """

    id: str
    names: tuple[PlaceName, ...]
    lon: float | None
    lat: float | None
    kind: str
    precision: WherePrecision
    within: str | None
    source: str
    population: int | None = None
    country: str | None = None

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.names[0].name


@dataclass(frozen=True, slots=True)
class Where:
    """Where a claim places its event: the words, and what they resolve to (None: unresolved).

    `candidates` lists the ids a person may choose from when the words stay unresolved.
    """

    raw: str
    place: str | None
    places: tuple[str, ...] = ()
    precision: WherePrecision = "unknown"
    candidates: tuple[str, ...] = ()
