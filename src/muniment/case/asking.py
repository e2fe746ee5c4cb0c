"""Questions to a case: lists, single things by id, figures for the overview. Everything here only reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import sqlalchemy as sa

from muniment.case.exhibits import stated_exhibits
from muniment.case.lexicon import load_lexicon, settings_of
from muniment.case.settling import active
from muniment.case.site import Site
from muniment.case.views import Hit, MapPoint, PlaceUse, Status
from muniment.errors import NotFound, UsageError
from muniment.model import Claim, Document, Exhibit, Incident, Person, Place
from muniment.store import queries, received, search

DRAWABLE = frozenset({"exact", "vicinity", "locality", "district"})
"""Precisions that a map may draw; a region, a country and the unknown are counted in words."""

Thing = Claim | Document | Incident | Person | Exhibit | Place


def resolve(connection: sa.Connection, id_: str) -> Claim | Document | Incident | Person | str | None:
    """The row with this id or unique prefix; an exhibit is given as its id; None where there is none.

    Raises:
        UsageError: where several ids begin so.
    """
    found: list[Claim | Document | Incident | Person | str] = []
    for kind in (Claim, Document, Incident, Person):
        rows = queries.by_id(connection, kind, id_)
        if len(rows) == 1 and rows[0].id == id_:  # type: ignore[attr-defined]
            return rows[0]  # type: ignore[return-value]
        found.extend(rows)  # type: ignore[arg-type]
    found.extend(exhibit.id for exhibit in received.all_exhibits(connection) if exhibit.id.startswith(id_))
    if len(found) > 1:
        raise UsageError(f"Several things have ids that begin with {id_}; give more of the id.")
    return found[0] if found else None


def one(site: Site, kind: type[Any], id_: str) -> Any:
    """The row of one kind with this id or unique prefix.

    Raises:
        NotFound: where there is none.
        UsageError: where several ids begin so.
    """
    with site.reading() as connection:
        rows = queries.by_id(connection, kind, id_)
    if not rows:
        raise NotFound(f"No {kind.__name__.lower()} of this case has the id {id_}.")
    if len(rows) > 1:
        raise UsageError(f"Several ids begin with {id_}; give more of it.")
    return rows[0]


def title(connection: sa.Connection) -> str:
    """The case's title: as set, else the name of its folder when it was made."""
    settings = settings_of(active(received.all_decisions(connection)))
    return str(settings.get("title") or received.get_meta(connection, "title") or "")


def status(site: Site) -> Status:
    """What the case holds, counted."""
    with site.reading() as connection:
        counts = queries.counts(connection)
        first, last = queries.first_and_last_day(connection)
        head = received.last_entry(connection)
        return Status(
            title=title(connection),
            exhibits=counts["exhibits"],
            documents=counts["documents"],
            claims=counts["claims"],
            incidents=counts["incidents"],
            questions=counts["questions"],
            places=len(queries.counted(connection, "claims by place")),
            persons=counts["persons"],
            publishers=counts["publishers"],
            unread=counts["unread"],
            unresolved_places=counts["unresolved"],
            not_extracted=counts["not_extracted"],
            decisions=len(received.all_decisions(connection)),
            entries=0 if head is None else head.seq + 1,
            head=None if head is None else head.hash,
            first_day=dt.date.fromisoformat(first) if first else None,
            last_day=dt.date.fromisoformat(last) if last else None,
            claims_by_kind=queries.counted(connection, "claims by kind"),
        )


def place_uses(site: Site) -> list[PlaceUse]:
    """Places the case speaks of, those with most incidents first."""
    with site.reading() as connection:
        gazetteer = load_lexicon(connection).lexicon.gazetteer
        by_claims = queries.counted(connection, "claims by place")
        by_incidents = queries.counted(connection, "incidents by place")
    uses = [
        PlaceUse(place, by_claims.get(id_, 0), by_incidents.get(id_, 0))
        for id_ in {*by_claims, *by_incidents}
        if (place := gazetteer.get(id_)) is not None
    ]
    return sorted(uses, key=lambda use: (-use.incidents, -use.claims, use.place.name, use.place.id))


def map_points(site: Site) -> list[MapPoint]:
    """Places to draw with the number of incidents there."""
    with site.reading() as connection:
        gazetteer = load_lexicon(connection).lexicon.gazetteer
        rows = queries.incidents_by_place(connection)
    points = []
    for place_id, precision, number in rows:
        place = gazetteer.get(place_id)
        if place is None or place.lon is None or place.lat is None or precision not in DRAWABLE:
            continue
        names = tuple(dict.fromkeys(name.name for name in place.names[1:] if name.name != place.name))
        points.append(MapPoint(place_id, place.name, names[:3], place.lon, place.lat, precision, number))
    return points


def map_unplaced(site: Site) -> dict[str, int]:
    """Incidents a map must not draw, counted by why: region, country, unresolved."""
    with site.reading() as connection:
        gazetteer = load_lexicon(connection).lexicon.gazetteer
        rows = queries.incidents_by_place(connection)
        total = queries.counts(connection)["incidents"]
    out: dict[str, int] = {}
    placed = 0
    for place_id, precision, number in rows:
        placed += number
        place = gazetteer.get(place_id)
        if precision in DRAWABLE and place is not None and place.lon is not None:
            continue
        key = precision if precision in ("region", "country") else "unresolved"
        out[key] = out.get(key, 0) + number
    if total > placed:
        out["unresolved"] = out.get("unresolved", 0) + total - placed
    return out


def timeline(site: Site) -> list[tuple[dt.date, int]]:
    """Incidents whose day is known, by day."""
    with site.reading() as connection:
        days = queries.counted(connection, "days")
    return [(dt.date.fromisoformat(day), number) for day, number in days.items() if day]


def find(site: Site, words: str, limit: int) -> list[Hit]:
    """Documents, claims and incidents that hold every word, best first."""
    with site.reading() as connection:
        found = search.find(connection, words, limit)
    return [_hit(row) for row in found]


def _hit(row: search.Found) -> Hit:
    plain: list[str] = []
    marks: list[tuple[int, int]] = []
    position = 0
    for number, part in enumerate(row.snippet.replace(search.CLOSE, search.OPEN).split(search.OPEN)):
        plain.append(part)
        if number % 2 == 1:  # between OPEN and CLOSE
            marks.append((position, position + len(part)))
        position += len(part)
    return Hit(row.kind, row.id, row.document, row.title, "".join(plain), tuple(marks), row.score)


def show(site: Site, id_: str, *, why: bool) -> dict[str, Any]:
    """One thing of any kind with what stands around it, as plain values.

    Raises:
        NotFound: where nothing has this id.
    """
    with site.reading() as connection:
        found = resolve(connection, id_)
        if found is None:
            place = load_lexicon(connection).lexicon.gazetteer.get(id_)
            if place is None:
                raise NotFound(f"Nothing in this case has the id {id_}; `muniment search` finds ids.")
            return {"type": "place", **msgspec.to_builtins(place)}
        if isinstance(found, str):
            exhibit = next(e for e in stated_exhibits(site, connection) if e.id == found)
            documents = queries.documents_of(connection, found)
            return {
                "type": "exhibit",
                **msgspec.to_builtins(exhibit),
                "documents": [msgspec.to_builtins(d) for d in documents],
                "relations": _relations(connection, found),
            }
        out: dict[str, Any] = {"type": type(found).__name__.lower(), **msgspec.to_builtins(found)}
        out["relations"] = _relations(connection, found.id)
        out["flags"] = [msgspec.to_builtins(flag) for flag in queries.flags_on(connection, found.id)]
        if isinstance(found, Claim):
            out["incident"] = queries.incident_of(connection, found.id)
            if not why:
                out.pop("why", None)
        elif isinstance(found, Incident):
            claims = queries.claims_by_id(connection, found.claims)
            rows = [msgspec.to_builtins(claims[c]) for c in found.claims if c in claims]
            for row in rows:
                row.pop("why", None)
            out["claims"] = rows
            if why:
                # A relation between two claims of the incident is found from both; it is told once.
                pairs = dict.fromkeys(r for c in found.claims for r in queries.relations_of(connection, c))
                out["pairs"] = [msgspec.to_builtins(pair) for pair in pairs]
        return out


def _relations(connection: sa.Connection, id_: str) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(relation) for relation in queries.relations_of(connection, id_)]
