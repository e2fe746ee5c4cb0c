"""The first page: where and when, what waits for a person, the largest figures, what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.model import Incident, Tally
from muniment.web.desk import Desk
from muniment.web.figures.map_view import NARROW, MapView, map_view
from muniment.web.figures.ranges import Scale, tally_scale
from muniment.web.figures.timeline import Timeline, timeline
from muniment.web.pages.maps import spots
from muniment.web.templating import desk_of, page

router = APIRouter()

QUESTIONS = 6
UNREAD = 5
LARGEST = 8
TOTALS = 6
PLACES_IN_TABLE = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """What the overview derives from all incidents: those with most people killed, and totals as sources state them."""

    largest: tuple[tuple[Incident, Tally], ...]
    totals: tuple[tuple[Incident, Tally], ...]
    scale: Scale
    totals_scale: Scale
    without_figure: int
    map: MapView | None
    narrow_map: MapView | None
    timeline: Timeline | None
    unplaced: dict[str, int]
    place_names: dict[str, str]


def killed(incident: Incident) -> Tally | None:
    """The tally of people killed, over all victims."""
    return next((t for t in incident.tallies if t.harm == "killed" and t.victims == "all"), None)


def _ranked(incidents: Iterable[Incident]) -> list[tuple[Incident, Tally]]:
    found = [(incident, tally) for incident in incidents if (tally := killed(incident)) is not None]
    found = [(i, t) for i, t in found if (t.best or t.low or t.high or 0) > 0]
    return sorted(found, key=lambda row: (-(row[1].best or row[1].low or 0), -(row[1].high or 0), row[0].id))


def _figures(desk: Desk) -> Figures:
    case = desk.case
    incidents = case.incidents().items
    single = [incident for incident in incidents if incident.kind != "aggregate"]
    ranked = _ranked(single)
    largest = ranked[:LARGEST]
    totals = _ranked(incident for incident in incidents if incident.kind == "aggregate")[:TOTALS]
    wide = [
        (i.when.earliest, i.when.latest)
        for i in single
        if i.when and i.when.earliest and i.when.latest and i.when.earliest != i.when.latest
    ]
    ids = {i.where.place for i, _ in (*largest, *totals) if i.where and i.where.place}
    points = spots(case.map_points())
    return Figures(
        largest=tuple(largest),
        totals=tuple(totals),
        scale=tally_scale(t for _, t in largest),
        totals_scale=tally_scale(t for _, t in totals),
        without_figure=len(single) - len(ranked),
        map=map_view(points),
        narrow_map=map_view(points, NARROW),
        timeline=timeline(case.timeline(), wide),
        unplaced=case.map_unplaced(),
        place_names={id_: place.name for id_, place in case.lookup.places(ids).items()},
    )


@router.get("/")
def overview(request: Request) -> HTMLResponse:
    """The case at a glance."""
    desk = desk_of(request)
    figures = desk.once("overview", lambda: _figures(desk))
    shell = desk.shell()
    return page(
        request,
        "overview.html",
        section="overview",
        title="Overview",
        figures=figures,
        map=figures.map,
        maps=[m for m in (figures.map, figures.narrow_map) if m is not None],
        timeline=figures.timeline,
        questions=desk.once("first questions", lambda: desk.case.questions(QUESTIONS)),
        unread=desk.once("first unread", lambda: desk.case.lookup.unread(UNREAD)),
        places=desk.once("first places", lambda: desk.case.places(PLACES_IN_TABLE)),
        held=shell.status,
        headlines=desk.once("headlines", desk.case.headlines),
    )
