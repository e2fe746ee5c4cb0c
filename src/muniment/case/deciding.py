"""Recording what a person says: checked, anchored to words, logged, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

import sqlalchemy as sa

from muniment.case.asking import resolve
from muniment.case.correction import check_grade, corrected, document_fields, grade_value
from muniment.case.settling import active, anchor
from muniment.case.site import Site
from muniment.case.values import (
    SETTINGS,
    check_about,
    check_figure,
    check_place,
    check_setting,
    check_source,
    groups_of,
)
from muniment.errors import NotFound, UsageError
from muniment.model import Claim, Decision, Document, Incident, Person, Span, Words
from muniment.model.vocabulary import DECISION_KINDS, DecisionKind
from muniment.store import derived, queries, received

PAIRS = frozenset({"same", "not_same", "part_of", "not_part_of", "same_person", "distinct_person", "merge_place"})
WHOLE_FILES = frozenset({"set_aside", "withdraw"})
NEEDS_VALUE = frozenset(
    {"correct", "add_claim", "split", "best_figure", "set_document", "set_place", "place_name", "assign", "setting"}
)


def decide(site: Site, kind: str, on: str | Sequence[str], value: Any, *, reason: str, by: str | None) -> Decision:
    """Record a decision; it binds the next derivation.

    Raises:
        UsageError: where kind, value or reason are not usable.
        NotFound: where it is about something the case does not hold.
    """
    if kind not in DECISION_KINDS:
        raise UsageError(f"{kind!r} is no kind of decision; choose from {', '.join(get_args(DecisionKind))}.")
    if not reason.strip():
        raise UsageError("A decision needs a reason; say in a few words why.")
    things = (on,) if isinstance(on, str) else tuple(on)
    if not things:
        raise UsageError("Say what the decision is about: one or more ids.")
    if kind in PAIRS and len(things) < 2:
        raise UsageError(f"{kind} is about two things; give both ids, separated by a comma.")
    if kind in NEEDS_VALUE and value is None:
        raise UsageError(f"{kind} needs a value.")
    if kind == "erase":
        raise UsageError(
            "An erasure removes bytes for good and needs a second person: `muniment erase CASE EXHIBIT --second NAME "
            "--reason WHY`. To leave an exhibit out and keep it sealed, decide set_aside or withdraw."
        )
    with site.writing(), site.transaction() as connection:
        ids, words, value = _anchored(connection, kind, things, value)
        draft = Decision(0, "", "", kind, ids, value, reason, words)  # type: ignore[arg-type]
        entry = site.log(connection, "decided", logged_decision(draft), by=by)
        decision = replace(draft, seq=entry.seq, at=entry.at, by=entry.by)
        received.add_decision(connection, decision)
    return decision


def logged_decision(decision: Decision) -> dict[str, Any]:
    """What the ledger keeps of a decision beside when and by whom: plain JSON values."""
    words = {
        key: {name: getattr(item, name) if name != "harm" else list(item.harm) for name in Words.__slots__}
        for key, item in sorted(decision.words.items())
    }
    return {
        "kind": decision.kind,
        "on": list(decision.on),
        "value": decision.value,
        "reason": decision.reason,
        "words": words,
    }


def _anchored(
    connection: sa.Connection, kind: str, things: Sequence[str], value: Any
) -> tuple[tuple[str, ...], dict[str, Words], Any]:
    if kind == "setting":
        unknown = [name for name in things if name not in SETTINGS]
        if unknown:
            raise UsageError(f"There is no setting {unknown[0]!r}; these exist: {', '.join(sorted(SETTINGS))}.")
        for name in things:
            check_setting(name, value)
        return tuple(things), {}, value
    if kind == "take_back":
        _check_taken_back(connection, things)
        return tuple(things), {}, value
    if kind in ("place_name", "merge_place"):
        for thing in things:
            check_place(connection, thing)
        return tuple(things), {}, value
    if kind in ("finding", "sign"):
        return tuple(things), {}, value
    value = _checked(connection, kind, value)
    ids: list[str] = []
    words: dict[str, Words] = {}
    for thing in things:
        found = resolve(connection, thing)
        if found is None:
            if kind == "grade":  # which may be of a source, by its name
                check_grade(str, value)
                check_source(connection, thing)
            if kind in ("set_place", "protect", "grade"):  # they may name words rather than rows
                ids.append(thing)
                continue
            raise NotFound(f"Nothing in this case has the id {thing}; `muniment search` and `show` find ids.")
        if isinstance(found, Document) and kind in WHOLE_FILES:
            found = _only_document(connection, kind, found)
        check_about(kind, thing, found)
        if kind == "grade":
            check_grade(type(found), value)
        if kind == "split" and isinstance(found, Incident):
            value = groups_of(found, value)
        if kind == "correct" and isinstance(found, Claim):
            corrected(found, _mapping(value))
        if kind == "protect" and isinstance(found, Person) and value is None:
            value = {"names": list(found.names)}
        ids.append(found if isinstance(found, str) else found.id)
        words.update(_words(connection, found))
    if kind == "add_claim":
        value, words = _new_claim(connection, ids, _mapping(value), words)
    if kind == "assign":
        value = _assigned(connection, ids, value, words)
    return tuple(ids), words, value


def _checked(connection: sa.Connection, kind: str, value: Any) -> Any:
    if kind == "set_document":
        return document_fields(value)
    if kind == "grade":
        grade_value(value)
    elif kind == "set_place":
        check_place(connection, value)
    elif kind == "best_figure":
        check_figure(value)
    return value


def _only_document(connection: sa.Connection, kind: str, document: Document) -> str:
    """The exhibit of a document that is all there is in it."""
    if len(queries.documents_of(connection, document.exhibit)) > 1:
        raise UsageError(f"{kind} is about a whole exhibit, and {document.file} has other documents: name the exhibit.")
    return document.exhibit


def _assigned(connection: sa.Connection, ids: Sequence[str], value: Any, words: dict[str, Words]) -> str:
    """The incident claims are assigned to; the claims of it and of those they leave are anchored with them."""
    target = resolve(connection, str(value))
    if not isinstance(target, Incident):
        raise UsageError(f"assign takes an incident's id as its value; {value} is not one.")
    left = queries.incidents_of(connection, ids).values()
    for incident in (target, *queries.several(connection, Incident, left).values()):
        words.update(_words(connection, incident))
    return target.id


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise UsageError(
            'This decision takes fields as JSON, for example {"count": {"number": 12, "qualifier": "at_least"}}.'
        )
    return dict(value)


def _check_taken_back(connection: sa.Connection, things: Iterable[str]) -> None:
    logged = received.all_decisions(connection)
    seqs, in_force = {d.seq for d in logged}, {d.seq for d in active(logged)}
    takes_back = {d.seq for d in logged if d.kind == "take_back"}
    for thing in things:
        if not thing.isdigit() or int(thing) not in seqs:
            raise NotFound(f"There is no decision {thing}; `muniment decisions` lists them by number.")
        if int(thing) not in in_force | takes_back:
            raise UsageError(f"Decision {thing} was taken back already.")


def _words(connection: sa.Connection, found: object) -> dict[str, Words]:
    if isinstance(found, Claim):
        return {found.id: _claim_words(connection, found)}
    if isinstance(found, Document):
        title = found.title or found.file
        words = Words(found.exhibit, found.key, "document", (), None, title, "", "", found.start)
        return {found.id: words}
    if isinstance(found, Incident):
        claims = queries.claims_by_id(connection, found.claims)
        return {f"{found.id}/{id_}": _claim_words(connection, claim) for id_, claim in sorted(claims.items())}
    return {}


def _claim_words(connection: sa.Connection, claim: Claim) -> Words:
    document = queries.by_id(connection, Document, claim.document)[0]
    return anchor(claim, document, derived.text_of(connection, document.exhibit) or "")


def _new_claim(
    connection: sa.Connection, ids: Sequence[str], value: dict[str, Any], words: dict[str, Words]
) -> tuple[dict[str, Any], dict[str, Words]]:
    documents = queries.by_id(connection, Document, ids[0])
    if not documents:
        raise UsageError("add_claim is about a document: give its id, and start and end of the words in the value.")
    document = documents[0]
    text = derived.text_of(connection, document.exhibit) or ""
    start, end, quote = value.get("start"), value.get("end"), value.get("quote")
    if not (isinstance(start, int) and isinstance(end, int)) and isinstance(quote, str) and quote:
        start = text.find(quote, document.start, document.end)
        end = start + len(quote)
        if start < 0 or text.find(quote, start + 1, document.end) >= 0:
            raise UsageError("The quote does not stand exactly once in the document; give start and end.")
    if not (isinstance(start, int) and isinstance(end, int)) or not document.start <= start < end <= document.end:
        raise UsageError("The words of a new claim must lie inside the document: give start and end, or the quote.")
    if quote is not None and text[start:end] != quote:
        raise UsageError("The quote is not what stands between start and end.")
    quote = text[start:end]
    if len(quote) > 600:
        raise UsageError("A claim quotes at most 600 characters; choose the words that carry it.")
    fields = {key: item for key, item in value.items() if key not in ("start", "end", "quote")}
    corrected(Claim("", document.id, Span(start, end), quote, "casualty"), fields)
    before, after = text[max(0, start - 32) : start], text[end : end + 32]
    anchor_words = Words(document.exhibit, document.key, "document", (), None, quote, before, after, start)
    return {**fields, "start": start, "end": end, "quote": quote}, {ids[0]: anchor_words}
