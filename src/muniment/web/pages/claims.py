"""Claims: the list, by kind; one claim's address leads to its words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from muniment.model.vocabulary import CLAIM_KINDS
from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.templating import desk_of, page

router = APIRouter()


@router.get("/claims")
def claims(request: Request, kind: str | None = None) -> HTMLResponse:
    """All claims in the order of their documents, or those of one kind."""
    desk = desk_of(request)
    wanted = kind if kind in CLAIM_KINDS else None
    number = page_number(request)
    found = desk.case.claims(kind=wanted, limit=PER_PAGE, offset=offset_of(number))
    return page(
        request,
        "claims.html",
        section="claims",
        title="Claims",
        claims=found,
        documents=desk.case.lookup.documents(claim.document for claim in found),
        incidents=desk.case.lookup.incidents_of(claim.id for claim in found),
        paging=paging("/claims", number, found.total, {"kind": wanted}),
        kind=wanted,
        kinds=sorted(desk.shell().status.claims_by_kind.items(), key=lambda row: (-row[1], row[0])),
    )


@router.get("/claims/{id_}")
def claim(request: Request, id_: str) -> RedirectResponse:
    """The claim's words, in its document."""
    found = desk_of(request).case.claim(id_)
    return RedirectResponse(f"/documents/{found.document}#claim-{found.id}", 307)
