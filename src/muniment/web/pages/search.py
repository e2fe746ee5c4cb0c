"""Search: words in documents, claims and incidents. What is searched for never stands in an address by our doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from muniment.model import Document
from muniment.web.templating import desk_of, page, part
from muniment.web.words import what

if TYPE_CHECKING:
    from muniment.case.views import Hit

router = APIRouter()

MOST = 60
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A result: what it is called, whose it is, its snippet cut where words were found, and where it leads."""

    kind: str
    title: str
    source: Document | None
    hit: Hit
    pieces: tuple[tuple[str, bool], ...]
    link: str


def pieces(text: str, marks: tuple[tuple[int, int], ...]) -> tuple[tuple[str, bool], ...]:
    """The snippet cut at its marks."""
    out: list[tuple[str, bool]] = []
    at = 0
    for start, end in marks:
        if start > at:
            out.append((text[at:start], False))
        if end > start:
            out.append((text[start:end], True))
        at = max(at, end)
    if at < len(text):
        out.append((text[at:], False))
    return tuple(out)


def _link(hit: Hit) -> str:
    if hit.kind == "incident":
        return f"/incidents/{hit.id}"
    if hit.kind == "claim" and hit.document:
        return f"/documents/{hit.document}#claim-{hit.id}"
    return f"/documents/{hit.document or hit.id}"


def _find(request: Request, words: str) -> list[Found]:
    asked = " ".join(words.split())[:LONGEST]
    if not asked:
        return []
    case = desk_of(request).case
    hits = case.search(asked, MOST)
    documents = case.lookup.documents(hit.document or hit.id for hit in hits if hit.kind != "incident")
    claims = case.lookup.claims(hit.id for hit in hits if hit.kind == "claim")
    out = []
    for hit in hits:
        source = documents.get(hit.document or hit.id) if hit.kind != "incident" else None
        claim = claims.get(hit.id)
        title = what(claim) if claim else hit.title or (source.file if source else "Untitled")
        out.append(Found(hit.kind, title, source, hit, pieces(hit.snippet, hit.marks), _link(hit)))
    return out


def _answer(request: Request, words: str) -> HTMLResponse:
    found = _find(request, words)
    if request.headers.get("hx-request"):
        return part(request, "search_results.html", words=words.strip(), found=found, most=MOST)
    return page(
        request, "search.html", section="search", title="Search", words=words.strip(), found=found, most=MOST
    )  # fmt: skip


@router.get("/search")
def search(request: Request, q: str = "") -> HTMLResponse:
    """The page of the search, with what an address asks for."""
    return _answer(request, q)


@router.post("/search")
def search_form(request: Request, q: Annotated[str, Form()] = "") -> HTMLResponse:
    """The same from the form: names that are typed stay out of addresses, histories and logs."""
    return _answer(request, q)
