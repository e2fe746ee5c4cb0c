"""A case's own places: a CSV, JSON or GeoJSON a team keeps, a place a row.

Columns: `name` is needed; `id`, `other_names`, `lon`, `lat`, `kind`, `within`, `country`, `population`, `source` may be
given. Other names are separated by `;` or `|`, each `Name`, `Name@language`, or `Name@language@party` where a party
prefers it (`Name@@party` without a language).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from muniment.model import Place, PlaceName
from muniment.reference.folding import fold
from muniment.reference.rows import PRECISION, Row, unique

SOURCE = "the case's own"


def places(rows: Sequence[Row]) -> tuple[tuple[Place, ...], dict[str, int]]:
    """The places; every row is one, an empty row apart."""
    filled = [row for row in rows if any(row.text(key) for key in row.values)]
    ids: dict[str, int] = {}
    for row in filled:
        id_ = _id(row)
        if id_ in ids:
            raise row.wrong(f"the id {id_} is that of row {ids[id_]} too; give each place its own `id`.")
        ids[id_] = row.number
    return tuple(_place(row, ids) for row in filled), {}


def _id(row: Row) -> str:
    given = row.text("id")
    if given is None:
        name = row.text("name")
        if name is None:
            raise row.wrong("`name` is empty; every place needs one.")
        given = re.sub(r"\W+", "-", fold(name)).strip("-") or f"row-{row.number}"
    return given if ":" in given else f"case:{given}"


def _place(row: Row, ids: dict[str, int]) -> Place:
    name = row.text("name")
    if name is None:
        raise row.wrong("`name` is empty; every place needs one.")
    kind = (row.text("kind") or "locality").lower()
    if kind not in PRECISION:
        raise row.wrong(f"`kind` is {kind!r}; it is one of {', '.join(PRECISION)}.")
    lon, lat = row.point("lon", "lat")
    within = row.text("within")
    if within is not None and ":" not in within:
        within = f"case:{within}"
    id_ = _id(row)
    if within == id_:
        raise row.wrong("`within` names the place itself.")
    if within is not None and within.startswith("case:") and within not in ids:
        raise row.wrong(f"`within` is {within}, which no row has as its `id`; name a row of this file or e.g. iso:XX.")
    country = (row.text("country") or "").upper() or None
    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        raise row.wrong(f"`country` is {country!r}; give the two letters of ISO 3166-1.")
    if country is None and within is not None:
        found = re.match(r"iso:([A-Z]{2})(?![A-Z])", within)
        country = found.group(1) if found else None
    return Place(
        id=id_,
        names=unique([PlaceName(name), *_others(row)]),
        lon=lon,
        lat=lat,
        kind=kind,
        precision=PRECISION[kind],
        within=within,
        source=row.text("source") or SOURCE,
        population=row.whole("population"),
        country=country,
    )


def _others(row: Row) -> Iterator[PlaceName]:
    value = row.values.get("other_names")
    listed = value if isinstance(value, list) else re.split(r"[;|]", str(value or ""))
    for entry in listed:
        words, _, rest = str(entry).strip().partition("@")
        language, _, party = rest.partition("@")
        if words.strip():
            yield PlaceName(words.strip(), language.strip() or None, party.strip() or None)
        elif rest:
            raise row.wrong(f"`other_names` has a language without a name: {entry!r}.")
