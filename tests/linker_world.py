"""An invented land for tests of linking and tallying, and claims about it written in one line each.

    a1 | 2031-03-10 Harbour Watch < Health Office:official_doc | killed >=12 civilian | 2031-03-09 | Norvik | mlrs Grad
       | VE appears | at least 12 civilians were killed in Norvik

A line's cells: id · day of publication, publisher, whom it cites · what · when · where · weapon · party · quote. `-`
leaves a cell empty. Claims of one document share the letters of their id: a1 and a2 stand in document `a`, in this
order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from muniment import linker, tally
from muniment.linker import Linkage, Rulings
from muniment.model import (
    Claim,
    Count,
    Document,
    HeldResponsible,
    Incident,
    PersonMention,
    Place,
    PlaceName,
    SourceLink,
    Span,
    Tally,
    Victims,
    Weapon,
    When,
    Where,
)
from muniment.model.vocabulary import CERTAINTIES, CLAIM_KINDS, HARMS, LEVELS
from muniment.plugins import Lexicon

GAP = 700
"""Code points between claims of one document, unless a line begins with `+`: then it stands close to the one before."""

_PLACES = [
    # id, names, lon, lat, precision, within
    ("iso:UL", ("Ulmar",), 40.0, 50.0, "country", None),
    ("iso:VE", ("Vell",), 46.0, 50.0, "country", None),
    ("ul:north", ("North Ulmar", "Ulmar al-Shamal"), 40.0, 51.0, "region", "iso:UL"),
    ("ul:south", ("South Ulmar",), 40.0, 49.0, "region", "iso:UL"),
    ("ul:norvik", ("Norvik", "Norvakar", "نورفيك"), 40.10, 51.10, "locality", "ul:north"),
    ("ul:norvik-dock", ("Dockside",), 40.11, 51.11, "vicinity", "ul:norvik"),
    ("ul:tarn", ("Tarn",), 40.90, 51.40, "locality", "ul:north"),
    ("ul:olm", ("Olm",), 40.20, 49.10, "locality", "ul:south"),
    ("ul:karsen", ("Karsen",), 41.00, 49.60, "locality", "ul:south"),
    ("ul:karsen-district", ("Karsen district",), 41.05, 49.65, "district", "ul:south"),
    ("ve:brask", ("Brask",), 45.00, 50.20, "locality", "iso:VE"),
]


class World:
    """A gazetteer of a few invented places."""

    digest = "invented"

    def __init__(self) -> None:
        self._places = {
            id_: Place(id_, tuple(map(PlaceName, names)), lon, lat, precision, precision, within, "invented")  # type: ignore[arg-type]
            for id_, names, lon, lat, precision, within in _PLACES
        }

    def get(self, place: str) -> Place | None:
        return self._places.get(place)

    def find(self, name: str) -> Sequence[Place]:
        return [p for p in self._places.values() if name in {n.name for n in p.names}]

    def scan(self, text: str) -> Iterable[tuple[int, int, Sequence[Place]]]:
        return []

    def within(self, place: str) -> Sequence[str]:
        out = []
        known = self._places.get(place)
        while known is not None and known.within is not None:
            out.append(known.within)
            known = self._places.get(known.within)
        return out

    def contains(self, outer: str, inner: str) -> bool:
        return outer == inner or outer in self.within(inner)

    def distance_km(self, a: str, b: str) -> float | None:
        one, other = self._places.get(a), self._places.get(b)
        if one is None or other is None or None in (one.lon, one.lat, other.lon, other.lat):
            return None
        dx = (one.lon - other.lon) * math.cos(math.radians(50)) * 111.2  # type: ignore[operator]
        return math.hypot(dx, (one.lat - other.lat) * 111.2)  # type: ignore[operator]


WORLD = World()
LEXICON = Lexicon(WORLD)


@dataclass(frozen=True)
class Told:
    """Claims and the documents they stand in."""

    claims: tuple[Claim, ...]
    documents: Mapping[str, Document]

    def claim(self, id_: str) -> Claim:
        return next(claim for claim in self.claims if claim.id == id_)


@dataclass(frozen=True)
class Linked:
    """What linking and tallying made of claims."""

    linkage: Linkage
    incidents: Mapping[str, Incident]
    incident_of: Mapping[str, str]
    claims: Mapping[str, Claim]

    def incident(self, claim: str) -> Incident:
        return self.incidents[self.incident_of[claim]]

    def figure(self, claim: str, harm: str = "killed", victims: str = "all") -> Tally | None:
        return next((t for t in self.incident(claim).tallies if (t.harm, t.victims) == (harm, victims)), None)

    def ends(self, claim: str) -> set[str]:
        return {claim, self.incident_of.get(claim, claim)}

    def related(self, kind: str, a: str, b: str, *, directed: bool = False) -> bool:
        ends = [(self.ends(a), self.ends(b))] + ([] if directed else [(self.ends(b), self.ends(a))])
        return any(
            r.kind == kind and r.a in x and r.b in y and r.status != "rejected"
            for r in self.linkage.relations
            for x, y in ends
        )

    def above(self, id_: str) -> set[str]:
        out, todo = {id_}, [id_]
        while todo:
            here = todo.pop()
            for r in self.linkage.relations:
                if r.kind == "part_of" and r.a == here and r.b not in out and r.status != "rejected":
                    out.add(r.b)
                    todo.append(r.b)
        return out - {id_}

    def part_of(self, a: str, b: str) -> bool:
        return bool((self.above(a) | self.above(self.incident_of.get(a, a))) & self.ends(b))

    def flagged(self, kind: str, claim: str) -> bool:
        flags = [*self.linkage.flags, *tally.gaps(self.incidents.values())]
        return any(flag.kind == kind and set(flag.on) & self.ends(claim) for flag in flags)


def told(text: str) -> Told:
    """The claims and documents that lines describe."""
    claims: list[Claim] = []
    documents: dict[str, Document] = {}
    at: dict[str, int] = {}
    for line in re.sub(r"\n\s+\|", " |", text.strip()).splitlines():
        if line.strip():
            _read(line.strip(), claims, documents, at)
    return Told(tuple(claims), documents)


def run(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    rulings: Rulings | None = None,
    kept: Mapping[str, frozenset[str]] | None = None,
) -> Linked:
    """Link and tally as a case does."""
    rulings = rulings or Rulings()
    by_id = {claim.id: claim for claim in claims}
    linkage = linker.link(by_id.values(), documents, LEXICON, rulings, kept or {})
    for id_, claim in list(by_id.items()):
        people = tuple(
            replace(person, person=linkage.person_of.get((id_, n))) for n, person in enumerate(claim.persons)
        )
        by_id[id_] = replace(claim, persons=people)
    incidents = {
        i.id: replace(i, tallies=tallies) for i, tallies in tally.tally_all(linkage, by_id, documents, rulings)
    }
    incident_of = {claim: i.id for i in incidents.values() for claim in i.claims}
    return Linked(linkage, incidents, incident_of, by_id)


def link_text(text: str, rulings: Rulings | None = None) -> Linked:
    """Link and tally what lines describe."""
    account = told(text)
    return run(account.claims, account.documents, rulings)


def _read(line: str, claims: list[Claim], documents: dict[str, Document], at: dict[str, int]) -> None:
    close = line.startswith("+")
    id_, published, what, when, where, weapon, party, quote = (cell.strip() for cell in line.lstrip("+ ").split("|"))
    document = re.match(r"[a-z]+", id_)[0]  # type: ignore[index]
    day, _, voices = published.partition(" ")
    publisher, *cited = (part.strip() for part in voices.split("<"))
    known = documents.get(document)
    if known is None:
        known = documents[document] = Document(
            document, "e" * 64, f"{document}.txt", 0, document, 0, 10**6, document, publisher or None,
            None if day == "-" else day, None, "en", "news",
        )  # fmt: skip
    start = at.get(document, 0) + (20 if close else GAP)
    at[document] = start + len(quote)
    chain = [SourceLink(known.publisher or document, "self")]
    for voice in cited:
        who, _, kind = voice.partition(":")
        chain.append(SourceLink(who, kind or "media"))  # type: ignore[arg-type]
    claim = Claim(id_, document, Span(start, start + len(quote)), quote, "casualty", source=tuple(chain))
    claims.append(_with_place(_with_weapon(_what(claim, what), weapon, party), when, where))


def _what(claim: Claim, what: str) -> Claim:
    harm: list[str] = []
    people: list[PersonMention] = []
    fields: dict[str, object] = {}
    status = "unknown"
    groups: list[str] = []
    unit = "people"
    count: tuple[str, float | None, float | None] | None = None
    for token in re.findall(r"\[[^\]]*\]|\S+", what):
        if token.startswith("["):
            name, _, age = token[1:-1].partition("/")
            people.append(PersonMention(name, "victim", age=int(age) if age else None))
        elif token in HARMS:
            harm.append(token)
        elif token in LEVELS:
            fields["level"] = token
        elif token in CLAIM_KINDS:
            fields["kind"] = token
        elif token == "agg":
            fields["aggregate"] = True
        elif token in ("civilian", "combatant", "mixed"):
            status = token
        elif token.startswith("group:"):
            groups.append(token[6:])
        elif token.startswith("unit:"):
            unit = token[5:]
        elif token.startswith("grade:"):
            from muniment.model import Grade

            fields["grade"] = Grade(token[6], int(token[7]))
        else:
            count = _count(token)
    if "kind" not in fields and not harm:
        fields["kind"] = "incident"
    if count is not None:
        qualifier, number, upper = count
        words = _raw(claim.quote, number)
        fields["count"] = Count.of(
            qualifier,  # type: ignore[arg-type]
            None if number is None else int(number),
            words,
            unit=unit,  # type: ignore[arg-type]
            upper=None if upper is None else int(upper),
            lower=1 if qualifier in ("vague", "unspecified") else None,
        )
    return replace(
        claim,
        harm=tuple(harm),
        persons=tuple(people),
        victims=Victims(status, tuple(groups)) if harm else None,  # type: ignore[arg-type]
        **fields,  # type: ignore[arg-type]
    )


def _raw(quote: str, number: float | None) -> str:
    found = re.search(rf"\b{int(number):,}\b|\b{int(number)}\b", quote) if number is not None else None
    return found[0] if found else "one" if number == 1 else str(number or "some")


def _count(token: str) -> tuple[str, float | None, float | None]:
    if token == "some":
        return ("unspecified", None, None)
    if token == "dozens":
        return ("vague", None, None)
    marks = {">=": "at_least", ">": "more_than", "<=": "as_many_as", "<": "less_than", "~": "about"}
    for mark, qualifier in marks.items():
        if token.startswith(mark):
            return (qualifier, float(token[len(mark) :]), None)
    if "-" in token:
        low, high = token.split("-")
        return ("range", float(low), float(high))
    return ("exact", float(token), None)


def _with_weapon(claim: Claim, weapon: str, party: str) -> Claim:
    if weapon != "-":
        class_, _, model = weapon.partition(" ")
        claim = replace(claim, weapon=Weapon(weapon, class_, model or None))  # type: ignore[arg-type]
    if party != "-":
        id_, _, certainty = party.partition(" ")
        assert not certainty or certainty in CERTAINTIES
        claim = replace(claim, party=HeldResponsible(id_, id_, certainty or "stated"))  # type: ignore[arg-type]
    return claim


def _with_place(claim: Claim, when: str, where: str) -> Claim:
    if when != "-":
        claim = replace(claim, when=When.of(when, when, "explicit"))
    if where == "-":
        return claim
    found = [WORLD.find(name.strip()) for name in where.split("&")]
    if not all(found):
        return replace(claim, where=Where(where, None))
    ids = tuple(places[0].id for places in found)
    precision = found[0][0].precision
    return replace(claim, where=Where(where, ids[0], ids if len(ids) > 1 else (), precision))
