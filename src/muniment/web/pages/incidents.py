"""Incidents: the list by date, and one incident with every claim, its origin and what the tally did with it."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from muniment.web.figures.ranges import tally_scale
from muniment.web.pages.account import account
from muniment.web.pages.overview import killed
from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.templating import desk_of, page

router = APIRouter()


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


@router.get("/incidents")
def incidents(request: Request, kind: str | None = None, place: str | None = None) -> HTMLResponse:
    """All incidents by date, or those of a kind, a place, or between two days (`from`, `to`)."""
    desk = desk_of(request)
    number = page_number(request)
    earliest, latest = _day(request.query_params.get("from")), _day(request.query_params.get("to"))
    found = desk.case.incidents(kind or None, place or None, earliest, latest, PER_PAGE, offset_of(number))
    ids = {i.where.place for i in found if i.where and i.where.place} | ({place} if place else set())
    places = desk.case.lookup.places(ids)
    given = {
        "kind": kind,
        "place": place,
        "from": earliest.isoformat() if earliest else None,
        "to": latest.isoformat() if latest else None,
    }
    return page(
        request,
        "incidents.html",
        section="incidents",
        title="Incidents",
        incidents=found,
        places=places,
        place=places.get(place) if place else None,
        kind=kind or None,
        earliest=earliest,
        latest=latest,
        killed=killed,
        scale=tally_scale(t for i in found if (t := killed(i)) is not None),
        paging=paging("/incidents", number, found.total, given),
    )


@router.get("/incidents/{id_}", response_model=None)
def incident(request: Request, id_: str) -> HTMLResponse | RedirectResponse:
    """One incident; one that was joined to another leads there."""
    desk = desk_of(request)
    found = desk.case.incident(id_)
    if found.merged_into:
        return RedirectResponse(f"/incidents/{found.merged_into}", 307)
    told = account(desk, found)
    return page(request, "incident.html", section="incidents", title=found.title, incident=found, told=told)
