"""Where a table's row places its event: the name first, what contains it and the coordinates as evidence.

A name is resolved only where evidence speaks for one candidate; where name and coordinates disagree it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from muniment.model import Place
from muniment.model.vocabulary import WherePrecision
from muniment.reference.gazetteer import Gazetteer
from muniment.reference.same_place import km_between

_KINDS = {
    "locality": "city|town|village|settlement|hamlet|municipality|locality",
    "quarter": "neighbourhood|neighborhood|suburb|quarter|estate|ward",
    "district": "district|raion|rayon|county|department|sub-county|constituency|division|municipality",
    "region": "province|oblast|region|governorate|state|prefecture|republic|krai|county",
}
"""Words for a kind of place that tables write beside its name."""

_GENERIC = re.compile(
    rf"(?P<before>(?:{'|'.join(_KINDS.values())})\s+(?:of\s+)?)?(?P<name>.*?)(?P<after>\s+(?:{'|'.join(_KINDS.values())}))?",
    re.IGNORECASE,
)
_TOLERANCE_KM = {"locality": 30.0, "quarter": 15.0, "site": 15.0, "feature": 60.0, "district": 120.0, "region": 450.0}
"""How far a place's own point may be from the coordinates beside its name, by its kind."""

_CLEARLY = 3.0
_AT_LEAST_KM = 10.0
_FINE: dict[WherePrecision, int] = {
    "exact": 0, "vicinity": 1, "locality": 2, "district": 3, "region": 4, "country": 5, "unknown": 6,
}  # fmt: skip
_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: a place or none, the ids to choose from, the rule that decided."""

    place: Place | None
    candidates: tuple[str, ...]
    rule: str


def resolve(
    name: str,
    within: Sequence[str],
    point: tuple[float, float] | None,
    precision: WherePrecision | None,
    gazetteer: Gazetteer,
) -> Found:
    """The one place a name means in its row.

    Args:
        name: as the cell has it.
        within: names of what contains it, as other cells have them.
        point: degrees east and north, where the row gives them.
        precision: how finely the row says the place is known.
        gazetteer: of the case.
    """
    places, kinds = _named(name, gazetteer)
    if not places:
        return Found(None, (), "place:not in the gazetteer")
    ids = tuple(place.id for place in places[:_MOST_CANDIDATES])
    countries, areas = _containers(name, within, gazetteer)
    left = [place for place in places if not countries or any(_lies_in(place, c, gazetteer) for c in countries)]
    if not left:
        return Found(None, (), "place:no candidate in the country named")
    near = left
    if point is not None:
        near = [place for place in left if _agrees(place, point)]
        if not near:
            return Found(None, ids, "place:name and coordinates disagree")
    evidence = bool(countries) or (point is not None and any(_km(place, point) is not None for place in near))
    inside = [place for place in near if any(gazetteer.contains(area.id, place.id) for area in areas)]
    near = inside or near
    near = [place for place in near if place.kind in kinds] or near
    if len(near) == 1 and (evidence or inside or near[0].kind == "country"):
        return Found(
            near[0], ids, "place:name" + (" and coordinates" if point is not None else " and what contains it")
        )
    if len(near) == 1:
        return Found(None, ids, "place:nothing in the row speaks for the one candidate")
    chosen = _of_precision(near, precision) or _nearest(near, point)
    if chosen is not None and evidence:
        return Found(chosen, ids, "place:the candidate the row's evidence picks")
    return Found(None, ids, "place:several candidates")


def coarser(a: WherePrecision, b: WherePrecision) -> WherePrecision:
    """The coarser of two precisions: a town's own point fixes no house, whatever a table says."""
    return max(a, b, key=_FINE.__getitem__)


def _named(name: str, gazetteer: Gazetteer) -> tuple[list[Place], frozenset[str]]:
    """Places of a name as written, else without brackets, what follows a comma, or the word for its kind."""
    kinds: frozenset[str] = frozenset()
    for words in _forms(name):
        match = _GENERIC.fullmatch(words)
        said = " ".join(filter(None, (match["before"], match["after"]))).casefold() if match is not None else ""
        kinds = frozenset(
            kind for kind, listed in _KINDS.items() if any(word in listed.split("|") for word in said.split())
        )
        bare = match["name"].strip() if match is not None and said else words
        for form in dict.fromkeys((words, bare)):
            found = list(gazetteer.find(form)) if form else []
            if found:
                return found, kinds
    return [], kinds


def _forms(name: str) -> Iterator[str]:
    tidy = " ".join(name.split())
    yield tidy
    without = " ".join(re.sub(r"\([^()]*\)", " ", tidy).split())
    for form in (without, without.split(",")[0].strip()):
        if form and form != tidy:
            yield form


def _containers(name: str, within: Iterable[str], gazetteer: Gazetteer) -> tuple[list[Place], list[Place]]:
    """Countries and other areas that the row's other cells name."""
    countries: list[Place] = []
    areas: list[Place] = []
    for words in within:
        if words.casefold() == name.casefold():
            continue
        found, _ = _named(words, gazetteer)
        states = [place for place in found if place.kind == "country"]
        countries += states
        if not states:
            areas += [place for place in found if place.kind not in ("site", "feature")]
    return countries, areas


def _lies_in(place: Place, country: Place, gazetteer: Gazetteer) -> bool:
    if place.country is not None and place.country == country.country:
        return True
    return gazetteer.contains(country.id, place.id)


def _km(place: Place, point: tuple[float, float]) -> float | None:
    here = Place("", place.names, point[0], point[1], "site", "exact", None, "")
    return km_between(place, here)


def _agrees(place: Place, point: tuple[float, float]) -> bool:
    tolerance = _TOLERANCE_KM.get(place.kind)
    km = _km(place, point)
    return tolerance is None or km is None or km <= tolerance


def _of_precision(places: Sequence[Place], precision: WherePrecision | None) -> Place | None:
    """Of a town and the area it gives its name to, the one as fine as the row says; the town where it says nothing."""
    if len({place.kind for place in places}) < len(places):
        return None
    if precision is None or precision == "unknown":
        towns = [place for place in places if place.kind in ("locality", "quarter", "site")]
        return towns[0] if len(towns) == 1 else None
    gaps = sorted(abs(_FINE[place.precision] - _FINE[precision]) for place in places)
    if gaps[0] == gaps[1]:
        return None
    return next(place for place in places if abs(_FINE[place.precision] - _FINE[precision]) == gaps[0])


def _nearest(places: Sequence[Place], point: tuple[float, float] | None) -> Place | None:
    """The candidate clearly nearest to the coordinates."""
    if point is None:
        return None
    ranked = sorted(((km, p.id, p) for p in places if (km := _km(p, point)) is not None), key=lambda row: row[:2])
    if len(ranked) < len(places) or not ranked:
        return None
    first, second = ranked[0], ranked[1]
    return first[2] if second[0] > max(_CLEARLY * first[0], _AT_LEAST_KM) else None
