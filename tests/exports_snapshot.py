"""A small invented case for the tests of exports and of the command line: the war of Ulmar, which never was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from muniment.exports import Snapshot
from muniment.exports.snapshot import CaseHead
from muniment.model import (
    Claim,
    Count,
    Decision,
    Document,
    Exhibit,
    Flag,
    HeldResponsible,
    Incident,
    IncidentWhen,
    IncidentWhere,
    MadeBy,
    Party,
    PartyPosition,
    Person,
    PersonMention,
    Place,
    PlaceName,
    Relation,
    SetAside,
    Sighting,
    SourceLink,
    Span,
    Tally,
    Victims,
    Weapon,
    When,
    Where,
    Words,
    with_ids,
)

TEXT = (
    "Shelling hit Karsen market on 3 May 2031. At least 12 people were killed, the Health Office said.\n"
    "Among them was Lida Ormand, aged 9. Ormand’s mother survived. A cluster rocket appears to have come "
    "from Vell.\n"
)
EXHIBIT = "a" * 64


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _claim(words: str, **fields: object) -> Claim:
    span = _span(words)
    claim = Claim("", "d1", span, span.of(TEXT), "casualty", made_by=MadeBy("casualties", "1", "b" * 64))
    return replace(claim, **fields)  # type: ignore[arg-type]


def snapshot(*, protected: bool = True, title: str = "Ulmar 2031") -> Snapshot:
    """One exhibit, one document, three claims, two incidents, three places, one child."""
    when = When.of("on 3 May 2031", "2031-05-03", "explicit")
    where = Where("Karsen", "case:karsen", ("case:karsen",), "locality")
    claims = with_ids(
        [
            _claim(
                "At least 12 people were killed",
                harm=("killed",),
                count=Count.of("at_least", 12, "At least 12"),
                victims=Victims("unknown"),
                when=when,
                where=where,
                source=(SourceLink("Ulmar Daily", "self"), SourceLink("the Health Office", "party_state")),
            ),
            _claim(
                "Among them was Lida Ormand, aged 9",
                harm=("killed",),
                count=Count.of("exact", 1, "Lida Ormand"),
                persons=(PersonMention("Lida Ormand", "victim", "p1", 9, "female"),),
                mentions=(_span("Ormand’s mother"),),
                when=when,
                where=where,
            ),
            _claim(
                "A cluster rocket appears to have come from Vell",
                kind="attribution",
                weapon=Weapon("cluster rocket", "cluster"),
                party=HeldResponsible("Vell", "VELL", "appears", "appears to have"),
                where=Where("the Osk bend", None),
            ),
        ],
        EXHIBIT,
        "k1",
    )
    ids = tuple(claim.id for claim in claims)
    incidents = (
        Incident(
            "i1",
            "Karsen, 3 May 2031: shelling that killed Lida Ormand and others",
            "incident",
            IncidentWhen("2031-05-03", dt.date(2031, 5, 3), dt.date(2031, 5, 3)),
            IncidentWhere("case:karsen", "locality"),
            ids[:2],
            ("cluster",),
            (PartyPosition("VELL", "appears", ids[2:]),),
            (Tally("killed", "all", 12, 12, None, ids[:1], (SetAside(ids[1], "named victim inside the total"),)),),
        ),
        Incident("i2", "Ulmar: a strike", "incident", None, IncidentWhere("case:ulmar", "country"), ids[2:]),
    )
    places = {
        "case:karsen": Place(
            "case:karsen",
            (PlaceName("Karsen", "en"), PlaceName("Qarsen", None, "VELL")),
            40.5,
            -3.25,
            "locality",
            "locality",
            "case:ulmar",
            "case",
        ),
        "case:ulmar": Place(
            "case:ulmar", (PlaceName("Ulmar"),), 41.0, -3.0, "country", "country", None, "case", country="UL"
        ),
        "case:far": Place("case:far", (PlaceName("Far"),), 1.0, 1.0, "locality", "locality", None, "case"),
    }
    words = Words(EXHIBIT, "k1", "casualty", ("killed",), "Lida Ormand", "Lida Orm", "", "and", 0)
    return Snapshot(
        case=CaseHead(title, "f" * 32, 3, "e" * 64),
        exhibits=(
            Exhibit(
                EXHIBIT,
                len(TEXT.encode()),
                "text/plain",
                "utf-8",
                "c" * 64,
                "read",
                None,
                (
                    Sighting(
                        "statement_ormand.txt",
                        "https://ulmar.example/lida-ormand",
                        None,
                        "ida",
                        "somewhere",
                        "2031-05-09T10:00:00+00:00",
                    ),
                ),
            ),
        ),
        documents=(
            Document(
                "d1",
                EXHIBIT,
                "statement_ormand.txt",
                0,
                "k1",
                0,
                len(TEXT),
                "=Shelling of Karsen",
                "Ulmar Daily",
                "2031-05-04",
                "https://ulmar.example/%D0%9B-Ormand",
                "en",
                "news",
                {"title": "read", "publisher": "stated"},
            ),
        ),
        claims=claims,
        incidents=incidents,
        places=places,
        persons=(Person("p1", ("Lida Ormand", "Lidia Ormand"), ids[1:2], protected),),
        parties=(
            Party("VELL", ("Vell",), "armed_group"),
            Party("UL", ("Ulmar",), "state"),
            Party("XX", ("Nowhere",), "state"),
        ),
        relations=(Relation("part_of", ids[1], ids[0], score=0.9, why="Lida Ormand is one of the twelve"),),
        flags=(Flag("missing_follow_up", ("d1",), "A later document tells more of Ormand."),),
        decisions=(
            Decision(
                2,
                "2031-05-10T08:00:00+00:00",
                "ida",
                "protect",
                ("p1",),
                {"names": ["Lida Ormand"]},
                "Lida Ormand is a child.",
                {ids[1]: words},
            ),
        )
        if protected
        else (),
        incident_of={ids[0]: "i1", ids[1]: "i1", ids[2]: "i2"},
        case_parties=frozenset({"UL"}),
    )
