"""The ledger: every exhibit received, every build, every decision, newest first; and one exhibit's seal."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.templating import desk_of, page

router = APIRouter()


@router.get("/ledger")
def ledger(request: Request) -> HTMLResponse:
    """The log, newest entry first, with what it proves and what it does not."""
    desk = desk_of(request)
    number = page_number(request)
    found = desk.case.lookup.newest_entries(PER_PAGE, offset_of(number))
    return page(
        request,
        "ledger.html",
        section="ledger",
        title="Ledger",
        entries=found,
        paging=paging("/ledger", number, found.total),
    )


@router.get("/exhibits/{id_}")
def exhibit(request: Request, id_: str) -> HTMLResponse:
    """One exhibit: its seal, how it came, and what was read from it."""
    desk = desk_of(request)
    found = desk.case.lookup.exhibit(id_)
    return page(
        request,
        "exhibit.html",
        section="documents",
        title=f"Exhibit {found.id[:8]}",
        exhibit=found,
        documents=desk.case.lookup.documents_in(found.id),
    )
