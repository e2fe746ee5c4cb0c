"""Questions: what only a person can decide, one at a time, with what speaks for each answer and how to give it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from muniment.model import Claim, Document, Incident, Place
from muniment.web.desk import Desk
from muniment.web.pages.paging import paging
from muniment.web.templating import desk_of, page

if TYPE_CHECKING:
    from muniment.case.views import Question, UnresolvedName

router = APIRouter()

Command = Callable[..., str]

PER_PAGE = 25
SIDES = 12
"""Things a question is about that are shown; a total may hold thousands."""
PARTS_ASKED = 4
"""Parts of one whole whose answers are written out; the rest come when these are answered."""
ASKED = {
    "same_incident": "Are these the same incident?",
    "part_of": "Does the one contain the other?",
    "which_place": "Which place is meant?",
    "which_figure": "Which figure holds?",
    "same_person": "Is this the same person?",
    "unread": "How shall this be read?",
    "lost_decision": "Shall this be decided again?",
    "look": "What shall be made of this?",
}


PAIRED = frozenset({"same_incident", "which_figure", "part_of", "same_person"})
"""Questions about two things, shown side by side."""


def command(folder: str, kind: str, on: str, value: str | None = None) -> str:
    """The words of the command line that give an answer; the reason is for the person to write.

    Args:
        folder: the case's folder, quoted for a shell.
        kind: of the decision.
        on: what it is about.
        value: what is decided, where the kind takes one.
    """
    return f"muniment decide {folder} {shlex.join([kind, on, *([value] if value else [])])} --reason TEXT"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: an incident with its first words, or a claim."""

    id: str
    incident: Incident | None
    claim: Claim | None
    document: Document | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and the command that gives it."""

    words: str
    command: str


@router.get("/questions")
def questions(request: Request) -> HTMLResponse:
    """The questions in the order of what an answer could move, one of them open."""
    desk = desk_of(request)
    lookup = desk.case.lookup
    asked = request.query_params.get("n", "1")
    at = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = (at - 1) // PER_PAGE + 1
    found = lookup.questions(PER_PAGE, (number - 1) * PER_PAGE)
    index = (at - 1) % PER_PAGE
    question = found.items[index] if index < len(found.items) else None
    ids = question.on if question else ()
    shown = ids[:SIDES]
    relations = lookup.relations(shown) if question else []
    sides = _sides(desk, shown)
    unresolved = None
    if question is not None and question.kind == "which_place":
        unresolved = next((u for u in desk.case.unresolved_places() if set(u.claims) == set(ids)), None)
    return page(
        request,
        "questions.html",
        section="questions",
        title="Questions",
        questions=found,
        question=question,
        asked=ASKED,
        paired=question is not None and question.kind in PAIRED and len(sides) == 2,
        at=at,
        first=(number - 1) * PER_PAGE,
        sides=sides,
        unresolved=unresolved,
        relation=next((r for r in relations if {r.a, r.b} == set(ids)), None),
        answers=_answers(question, unresolved, sides, partial(command, desk.shell().folder)) if question else (),
        paging=paging("/questions", number, found.total, per_page=PER_PAGE),
        per_page=PER_PAGE,
    )


def _sides(desk: Desk, ids: tuple[str, ...]) -> list[Side]:
    lookup = desk.case.lookup
    incidents: Mapping[str, Incident] = lookup.incidents(ids)
    first = [incident.claims[0] for incident in incidents.values() if incident.claims]
    claims = lookup.claims([*ids, *first])
    documents = lookup.documents(claim.document for claim in claims.values())
    places = lookup.places(
        [i.where.place for i in incidents.values() if i.where and i.where.place]
        + [c.where.place for c in claims.values() if c.where and c.where.place]
    )
    out = []
    for id_ in ids:
        incident = incidents.get(id_)
        claim = claims.get(incident.claims[0] if incident and incident.claims else id_)
        if incident is None and claim is None:
            continue
        where = incident.where if incident else claim.where if claim else None
        out.append(
            Side(
                id_,
                incident,
                claim,
                documents.get(claim.document) if claim else None,
                places.get(where.place) if where and where.place else None,
            )
        )
    return out


def _answers(
    question: Question, unresolved: UnresolvedName | None, sides: list[Side], command: Command
) -> tuple[Answer, ...]:
    """Every answer with its command: equal in weight, none preset."""
    pair = ",".join(question.on[:2])
    match question.kind:
        case "same_incident":
            return (
                Answer("Same incident", command("same", pair)),
                Answer("Not the same", command("not_same", pair)),
                Answer("The first is part of the second", command("part_of", pair)),
                Answer("The second is part of the first", command("part_of", ",".join(reversed(question.on[:2])))),
            )
        case "part_of":
            return _contained(question, sides, command)
        case "same_person":
            return (
                Answer("Same person", command("same_person", pair)),
                Answer("Two people", command("distinct_person", pair)),
            )
        case "which_place":
            if unresolved is None:
                return ()
            known = tuple(
                Answer(f"{place.name} ({place.kind})", command("set_place", unresolved.raw, place.id))
                for place in unresolved.candidates[:6]
            )
            return known or (Answer("A place of the case, by its id", command("set_place", unresolved.raw, "PLACE")),)
        case "which_figure":
            return _figures(question, sides, command)
        case _:
            return ()


def _contained(question: Question, sides: list[Side], command: Command) -> tuple[Answer, ...]:
    """For each of the first parts that it is one, or is not."""
    whole, *parts = question.on
    named = {side.id: side.incident.title for side in sides if side.incident}
    answers = []
    for part in parts[:PARTS_ASKED]:
        title = f": {named[part]}" if len(parts) > 1 and part in named else ""
        answers += [
            Answer(f"Contained{title}", command("part_of", f"{part},{whole}")),
            Answer(f"Not contained{title}", command("not_part_of", f"{part},{whole}")),
        ]
    return tuple(answers)


def _figures(question: Question, sides: list[Side], command: Command) -> tuple[Answer, ...]:
    """A best figure for the incident, for each figure that stands against the others."""
    answers: dict[str, Answer] = {}
    for claim in (side.claim for side in sides if side.claim):
        if claim.count is None or question.link is None or not claim.harm:
            continue
        best = claim.count.min if claim.count.best is None else claim.count.best
        if best is not None:
            value = json.dumps({"harm": claim.harm[0], "best": int(best)})
            words = f"Best figure “{claim.count.raw}”"
            answers.setdefault(value, Answer(words, command("best_figure", question.link, value)))
    return tuple(answers.values())
