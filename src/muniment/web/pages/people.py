"""People the sources name; a protected person's name is not shown."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.templating import desk_of, page

router = APIRouter()


@router.get("/people")
def people(request: Request) -> HTMLResponse:
    """People by id, with their spellings and how many claims name them."""
    desk = desk_of(request)
    number = page_number(request)
    found = desk.case.persons(PER_PAGE, offset_of(number))
    firsts = desk.case.lookup.claims(person.claims[0] for person in found if person.claims)
    return page(
        request,
        "people.html",
        section="people",
        title="People",
        people=found,
        claims=firsts,
        paging=paging("/people", number, found.total),
    )
