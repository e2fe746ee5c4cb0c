"""Places: what the case speaks of, under all their names; and words for places that nothing settles."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.pages.questions import command
from muniment.web.templating import desk_of, page

router = APIRouter()

UNRESOLVED = 40


@router.get("/places")
def places(request: Request) -> HTMLResponse:
    """Places by how many incidents happened there, and the names that stay unresolved."""
    desk = desk_of(request)
    number = page_number(request)
    uses = desk.once("places", desk.case.places)
    first = offset_of(number)
    shown = uses.items[first : first + PER_PAGE]
    within = desk.case.lookup.places(use.place.within for use in shown if use.place.within)
    return page(
        request,
        "places.html",
        section="places",
        title="Places",
        uses=shown,
        within=within,
        command=partial(command, desk.shell().folder),
        unresolved=desk.once("unresolved", lambda: desk.case.lookup.unresolved(UNRESOLVED)),
        paging=paging("/places", number, uses.total),
    )
