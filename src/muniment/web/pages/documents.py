"""Documents: the list, and one document with its claims marked in its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.errors import NotFound
from muniment.model import Claim, Document, Incident, Place, Relation
from muniment.web import marking
from muniment.web.pages.paging import PER_PAGE, offset_of, page_number, paging
from muniment.web.templating import desk_of, page

router = APIRouter()

LONGEST_SHOWN = 400_000
"""Code points of a document shown on one page; a longer one is cut there, and says so."""
FACTS = {"part_of": "part of", "updates": "updates", "conflicts": "conflicts with", "denies": "denies",
         "refutes": "refutes", "same_fact": "same fact as"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A claim in the margin: its number, what it says, what stands around it."""

    number: int
    claim: Claim
    place: Place | None
    incident: str | None
    beside: tuple[tuple[str, int], ...]
    """Relations to other claims of the same document: what they are, and the other's number."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document that shares words with this one."""

    document: Document
    earlier: bool
    why: str


@router.get("/documents")
def documents(request: Request, publisher: str | None = None, language: str | None = None) -> HTMLResponse:
    """All documents, by file."""
    desk = desk_of(request)
    number = page_number(request)
    found = desk.case.documents(PER_PAGE, offset_of(number), publisher or None, language or None)
    given = {"publisher": publisher, "language": language}
    return page(
        request,
        "documents.html",
        section="documents",
        title="Documents",
        documents=found,
        numbers=desk.case.lookup.claim_numbers(document.id for document in found),
        paging=paging("/documents", number, found.total, given),
        publisher=publisher or None,
        language_code=language or None,
        unread=desk.once("all unread", lambda: desk.case.lookup.unread(200)),
    )


@router.get("/documents/{id_}")
def document(request: Request, id_: str) -> HTMLResponse:
    """One document, its claims marked where their words stand."""
    desk = desk_of(request)
    case, lookup = desk.case, desk.case.lookup
    read = case.document(id_)
    claims = case.claims(document=read.id).items
    exhibit = lookup.exhibit(read.exhibit)
    try:
        text = case.text(read.exhibit)
    except NotFound:
        text = ""
    end = min(read.end, read.start + LONGEST_SHOWN)
    paragraphs = marking.paragraphs(text, read.start, end, claims, read.title)
    incident_ids = lookup.incidents_of(claim.id for claim in claims)
    incidents = lookup.incidents(incident_ids.values())
    relations = [r for r in lookup.relations([read.id, *(c.id for c in claims)]) if r.status != "rejected"]
    places = lookup.places(c.where.place for c in claims if c.where and c.where.place)
    cards = _cards(claims, incident_ids, places, relations)
    titled = bool(paragraphs) and paragraphs[0].heading == 1
    return page(
        request,
        "document.html",
        section="documents",
        title=read.title or read.file,
        document=read,
        exhibit=exhibit,
        paragraphs=paragraphs,
        cards=cards,
        incidents=_by_number_of_claims(incidents, incident_ids),
        copies=_copies(read, relations, lookup.documents(_other_ends(read.id, relations))),
        flags=lookup.flags([read.id, *(c.id for c in claims)]),
        reviews=Counter(claim.review.state for claim in claims),
        titled=titled,
        cut=read.end - end,
        pages=_pages(request, read),
    )


def _by_number_of_claims(incidents: Mapping[str, Incident], of: Mapping[str, str]) -> list[tuple[Incident, int]]:
    numbers = Counter(of.values())
    return [(incidents[id_], number) for id_, number in numbers.most_common() if id_ in incidents]


def _cards(
    claims: Sequence[Claim],
    incident_ids: Mapping[str, str],
    places: Mapping[str, Place],
    relations: Sequence[Relation],
) -> dict[int, Card]:
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    beside: dict[str, list[tuple[str, int]]] = {}
    for relation in relations:
        if relation.kind in FACTS and relation.a in numbers and relation.b in numbers:
            beside.setdefault(relation.a, []).append((FACTS[relation.kind], numbers[relation.b]))
    return {
        number: Card(
            number,
            claim,
            places.get(claim.where.place) if claim.where and claim.where.place else None,
            incident_ids.get(claim.id),
            tuple(dict.fromkeys(beside.get(claim.id, ()))),
        )
        for number, claim in enumerate(claims, 1)
    }


def _other_ends(id_: str, relations: Sequence[Relation]) -> list[str]:
    return [r.b if r.a == id_ else r.a for r in relations if r.kind == "copied_from" and id_ in (r.a, r.b)]


def _copies(read: Document, relations: Sequence[Relation], others: Mapping[str, Document]) -> list[Copy]:
    out = []
    for relation in relations:
        if relation.kind != "copied_from" or read.id not in (relation.a, relation.b):
            continue
        other = others.get(relation.b if relation.a == read.id else relation.a)
        if other is not None:
            out.append(Copy(other, earlier=relation.a == read.id, why=relation.why))
    return out


def _pages(request: Request, read: Document) -> int | None:
    """How many pages the document has, where it has pages."""
    if not re.search(r"\.pdf$", read.file, re.I):
        return None
    boxes = desk_of(request).case.boxes(read.exhibit)
    pages = {box.page for box in boxes if box.start < read.end and box.end > read.start}
    return len(pages) or None
