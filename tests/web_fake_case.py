"""A case for tests of the pages: the invented snapshot, with a second document in Arabic and text that means harm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli_fake_case import FakeCase, cut
from exports_snapshot import EXHIBIT, TEXT
from muniment.case.views import Hit, MapPoint, Page, Question, Unread, UnresolvedName
from muniment.errors import NotFound
from muniment.exports.redaction import Withheld
from muniment.ledger import make
from muniment.model import (
    Claim,
    Count,
    Document,
    Exhibit,
    Incident,
    IncidentWhen,
    Relation,
    Sighting,
    SourceLink,
    Span,
    Tally,
    with_ids,
)

HOSTILE = '<script>alert("x")</script><img src=https://elsewhere.example/x.png onerror=alert(1)>'
ARABIC_EXHIBIT = "d" * 64
ARABIC = "قتل سبعة أشخاص في السوق.\n\nوقال شهود إن القصف استمر ساعتين."
HOSTILE_EXHIBIT = "9" * 64
HOSTILE_TEXT = f"{HOSTILE}\n\nThree people were killed near {HOSTILE} on 4 May 2031."


def _more_claims() -> tuple[Claim, ...]:
    arabic = Claim(
        "", "d2", Span(0, 15), ARABIC[:15], "casualty", ("killed",), Count.of("exact", 7, "سبعة"), level="alleged",
        source=(SourceLink("Shore Agency", "self"), SourceLink("residents", "witness")),
    )  # fmt: skip
    start = HOSTILE_TEXT.index("Three")
    hostile = Claim(
        "", "d3", Span(start, len(HOSTILE_TEXT)), HOSTILE_TEXT[start:], "casualty", ("killed",),
        Count.of("exact", 3, "Three"), source=(SourceLink(HOSTILE, "self"),), level="denied",
    )  # fmt: skip
    return (*with_ids([arabic], ARABIC_EXHIBIT, "k2"), *with_ids([hostile], HOSTILE_EXHIBIT, "k3"))


class FakeLookup:
    """Many rows at once, from the fake case."""

    def __init__(self, case: WebCase) -> None:
        self.case = case

    def state(self) -> str:
        return self.case.state

    def _some(self, rows: Iterable[Any], ids: Iterable[str]) -> dict[str, Any]:
        wanted = set(ids)
        return {row.id: row for row in rows if row.id in wanted}

    def documents(self, ids: Iterable[str]) -> dict[str, Any]:
        return self._some(self.case.all_documents, ids)

    def documents_in(self, exhibit: str) -> tuple[Any, ...]:
        return tuple(d for d in self.case.all_documents if d.exhibit == exhibit)

    def claims(self, ids: Iterable[str]) -> dict[str, Any]:
        return self._some(self.case.all_claims, ids)

    def incidents(self, ids: Iterable[str]) -> dict[str, Any]:
        return self._some(self.case.all_incidents, ids)

    def persons(self, ids: Iterable[str]) -> dict[str, Any]:
        return self._some(self.case.snapshot.persons, ids)

    def places(self, ids: Iterable[str]) -> dict[str, Any]:
        found = {id_: self.case.snapshot.places.get(id_) for id_ in ids}
        return {id_: place for id_, place in found.items() if place is not None}

    def incidents_of(self, claims: Iterable[str]) -> dict[str, str]:
        of = {id_: incident.id for incident in self.case.all_incidents for id_ in incident.claims}
        return {id_: of[id_] for id_ in claims if id_ in of}

    def claim_numbers(self, documents: Iterable[str]) -> dict[str, int]:
        return {id_: sum(c.document == id_ for c in self.case.all_claims) for id_ in documents}

    def relations(self, ids: Iterable[str]) -> list[Relation]:
        wanted = set(ids)
        return [r for r in self.case.all_relations if {r.a, r.b} & wanted]

    def flags(self, ids: Iterable[str]) -> list[Any]:
        wanted = set(ids)
        return [f for f in self.case.snapshot.flags if set(f.on) & wanted]

    def questions(self, limit: int, offset: int = 0) -> Page[Question]:
        return cut(self.case.questions(), limit, offset)

    def unresolved(self, limit: int, offset: int = 0) -> Page[UnresolvedName]:
        return cut(self.case.unresolved_places(), limit, offset)

    def unread(self, limit: int | None = None, offset: int = 0) -> Page[Unread]:
        return cut([Unread(f"scan {HOSTILE}.pdf", "needs_ocr", "Build again with --ocr eng.", "b" * 64)], limit, offset)

    def exhibit(self, id_: str) -> Exhibit:
        for exhibit in self.case.all_exhibits:
            if exhibit.id.startswith(id_):
                return exhibit
        raise NotFound(f"No exhibit of this case has the id {id_}.")

    def withheld(self) -> Withheld:
        return Withheld.of(self.case.snapshot.persons, (), self.case.snapshot.decisions)

    def newest_entries(self, limit: int, offset: int = 0) -> Page[Any]:
        return cut(list(reversed(self.case.ledger)), limit, offset)


class WebCase(FakeCase):
    """Answers as the façade does, for pages."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.state = "1"
        more = _more_claims()
        self.all_claims = (*self.snapshot.claims, *more)
        self.all_documents: tuple[Document, ...] = (
            *self.snapshot.documents,
            Document("d2", ARABIC_EXHIBIT, "market.txt", 0, "k2", 0, len(ARABIC), None, "Shore Agency", "2031-05-05",
                     None, "ar", "news"),
            Document("d3", HOSTILE_EXHIBIT, f"{HOSTILE}.txt", 0, "k3", 0, len(HOSTILE_TEXT), HOSTILE, HOSTILE, None,
                     f"javascript:{HOSTILE}", "en", "post"),
        )  # fmt: skip
        self.texts = {EXHIBIT: TEXT, ARABIC_EXHIBIT: ARABIC, HOSTILE_EXHIBIT: HOSTILE_TEXT}
        self.all_exhibits = (
            *self.snapshot.exhibits,
            Exhibit(ARABIC_EXHIBIT, 120, "text/plain", "utf-8", "c" * 64, "read", None, (Sighting("market.txt"),)),
            Exhibit(HOSTILE_EXHIBIT, 99, "text/plain", "utf-8", "c" * 64, "read", None, (Sighting(HOSTILE),)),
            Exhibit("b" * 64, 12, "application/pdf", None, None, "unread", "Build again.", (Sighting("scan.pdf"),)),
        )
        first, second = self.snapshot.incidents
        day = dt.date(2031, 5, 3)
        self.all_incidents: tuple[Incident, ...] = (
            replace(
                first,
                claims=(*first.claims, more[0].id),
                tallies=(
                    *first.tallies,
                    Tally("killed", "civilian", 1, 1, 12, first.claims[1:]),
                    Tally("injured", "all", None, None, None, ()),
                ),
            ),
            second,
            Incident("i3", f"Strike {HOSTILE}", "incident", IncidentWhen("2031-05-04", day, day), None, (more[1].id,)),
            Incident("i9", "Joined", "incident", None, None, (), merged_into="i1"),
        )
        self.all_relations = (
            *self.snapshot.relations,
            Relation("candidate", "i1", "i3", score=0.5, why="same day"),
            Relation("conflicts", self.all_claims[0].id, more[0].id),
        )
        self.ledger = []
        for number, (kind, payload) in enumerate(
            [("created", {"case": "x"}), ("received", {"name": HOSTILE, "bytes": 9}),
             ("decided", {"kind": "protect", "reason": "Lida Ormand is a child.", "value": "x"})]
        ):  # fmt: skip
            self.ledger.append(
                make(len(self.ledger), at=f"2031-05-1{number}T08:00:00+00:00", kind=kind, by="ida", payload=payload)
            )

    @property
    def lookup(self) -> FakeLookup:
        return FakeLookup(self)

    def documents(self, limit: int | None = None, offset: int = 0, *wanted: Any) -> Page[Any]:
        return cut(self.all_documents, limit, offset)

    def claims(
        self, document: str | None = None, incident: str | None = None, kind: str | None = None,
        limit: int | None = None, offset: int = 0,
    ) -> Page[Any]:  # fmt: skip
        rows = [c for c in self.all_claims if document in (None, c.document) and kind in (None, c.kind)]
        return cut(rows, limit, offset)

    def incidents(
        self, kind: str | None = None, place: str | None = None, earliest: Any = None, latest: Any = None,
        limit: int | None = None, offset: int = 0,
    ) -> Page[Any]:  # fmt: skip
        return cut([i for i in self.all_incidents if i.merged_into is None], limit, offset)

    def persons(self, limit: int | None = None, offset: int = 0) -> Page[Any]:
        return cut(self.snapshot.persons, limit, offset)

    def parties(self) -> Any:
        return self.snapshot.parties

    def questions(self, limit: int | None = None) -> list[Question]:
        ids = tuple(claim.id for claim in self.all_claims)
        return [
            Question("same_incident", "Same incident? Karsen; Strike", ("i1", "i3"), 3, "i1"),
            Question("which_place", "Which place? “the Osk bend”: Far", ("c1",), 4, "c1"),
            Question("which_figure", "Which figure? 12 and 7 can’t both hold", (ids[0], ids[3]), None, "i1"),
            Question("same_person", "Same person? Lida Ormand; Lidia Ormand", ("p1", "p2")),
            Question("part_of", "Contained? Karsen; Strike: counted inside Far", ("i2", "i1", "i3"), None, "i2"),
        ][:limit]

    def timeline(self) -> list[tuple[dt.date, int]]:
        return [(dt.date(2031, 5, 3), 2), (dt.date(2031, 5, 9), 1)]

    def map_points(self) -> list[MapPoint]:
        return [
            MapPoint("case:karsen", "Karsen", ("Qarsen",), 40.5, -3.25, "locality", 2),
            MapPoint("case:far", HOSTILE, (), 40.9, -3.0, "exact", 1),
            MapPoint("case:bend", "Osk", (), 40.7, -3.1, "vicinity", 1),
            MapPoint("case:vale", "Vale", (), 40.2, -3.4, "district", 1),
        ]

    def map_unplaced(self) -> dict[str, int]:
        return {"region": 1, "unresolved": 2}

    def document(self, id_: str) -> Any:
        return self._one(self.all_documents, id_)

    def claim(self, id_: str) -> Any:
        return self._one(self.all_claims, id_)

    def incident(self, id_: str) -> Any:
        return self._one(self.all_incidents, id_)

    def text(self, exhibit: str) -> str:
        return self.texts[exhibit]

    def boxes(self, exhibit: str) -> tuple[Any, ...]:
        return ()

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        self._called("search", {"words": words, "limit": limit})
        if words == "nothing":
            return []
        return [
            Hit("claim", self.all_claims[0].id, "d1", f"Title {HOSTILE}", f"hit {HOSTILE} market", ((0, 3),), 1.5),
            Hit("incident", "i1", None, "Karsen", "Lida Ormand was hit", ((16, 19),), 1.0),
        ]
