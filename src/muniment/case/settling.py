"""What decisions do to documents and claims. Pure: rows and decisions in, rows and lost decisions out.

A decision about words finds its claim again after a new reading by exhibit, document key, kind, quote and what stands
on either side. Where none or several fit it is lost: listed for a person, never applied by guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from muniment.case.correction import (
    NOT_JUDGED,
    RELIABILITY,
    corrected,
    document_fields,
    grade_value,
    with_facts,
)
from muniment.errors import MunimentError
from muniment.model import (
    Claim,
    Decision,
    Document,
    Grade,
    MadeBy,
    Review,
    Span,
    Where,
    Words,
    claim_id,
)
from muniment.model.vocabulary import ExhibitState

CONTEXT_CHARACTERS = 32


def active(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions still in force: those not taken back. Taking back a take_back restores the decision."""
    logged = list(decisions)
    cancelled: set[int] = set()
    for decision in reversed(logged):
        if decision.kind == "take_back" and decision.seq not in cancelled:
            cancelled.update(int(on) for on in decision.on)
    return [d for d in logged if d.seq not in cancelled and d.kind != "take_back"]


def set_documents(documents: Sequence[Document], decisions: Iterable[Decision]) -> list[Document]:
    """Documents with the facts that people decided."""
    by_id = {document.id: document for document in documents}
    by_key = {(document.exhibit, document.key): document.id for document in documents}
    for decision in decisions:
        if decision.kind != "set_document":
            continue
        for on in decision.on:
            words = decision.words.get(on)
            id_ = on if on in by_id else by_key.get((words.exhibit, words.key)) if words else None
            if id_ is not None:
                by_id[id_] = with_facts(by_id[id_], document_fields(decision.value))
    return [by_id[document.id] for document in documents]


def out_of_case(decisions: Iterable[Decision]) -> dict[str, ExhibitState]:
    """Exhibits set aside, withdrawn or erased, and which of these."""
    states: dict[str, ExhibitState] = {"set_aside": "set_aside", "withdraw": "withdrawn", "erase": "erased"}
    return {on: states[d.kind] for d in decisions if d.kind in states for on in d.on}


def anchor(claim: Claim, document: Document, text: str) -> Words:
    """The words by which a decision finds this claim again."""
    start, end = claim.span.start, claim.span.end
    return Words(
        exhibit=document.exhibit,
        key=document.key,
        kind=claim.kind,
        harm=claim.harm,
        count=claim.count.raw if claim.count else None,
        quote=claim.quote,
        before=text[max(0, start - CONTEXT_CHARACTERS) : start],
        after=text[end : end + CONTEXT_CHARACTERS],
        start=start,
    )


class Finder:
    """Finds the claims that decisions speak of, in a present reading."""

    def __init__(
        self, claims: Iterable[Claim], documents: Mapping[str, Document], text_of: Callable[[str], str]
    ) -> None:
        self._claims = {claim.id: claim for claim in claims}
        self._documents = documents
        self._text_of = text_of
        self._by_words: dict[tuple[str, str, str, str], list[Claim]] = {}
        for claim in self._claims.values():
            document = documents[claim.document]
            self._by_words.setdefault((document.exhibit, document.key, claim.kind, claim.quote), []).append(claim)

    def find(self, id_: str, words: Words | None) -> str | None:
        """The id the claim has now; None where none or several fit.

        An id alone is not trusted: it rests on offsets, and after a new reading other words may stand there.
        """
        if words is None:
            return id_ if id_ in self._claims else None
        fits = [
            claim
            for claim in self._by_words.get((words.exhibit, words.key, words.kind, words.quote), [])
            if claim.harm == words.harm and (claim.count.raw if claim.count else None) == words.count
        ]
        if len(fits) > 1:
            fits = [claim for claim in fits if self._context(claim) == (words.before, words.after)]
        if len(fits) > 1:  # the very same words in the very same company: then only the id tells them apart
            fits = [claim for claim in fits if claim.id == id_.rpartition("/")[2]]
        return fits[0].id if len(fits) == 1 else None

    def _context(self, claim: Claim) -> tuple[str, str]:
        text = self._text_of(self._documents[claim.document].exhibit)
        words = anchor(claim, self._documents[claim.document], text)
        return words.before, words.after


@dataclass(slots=True)
class Settled:
    """Claims as they stand with decisions applied."""

    claims: dict[str, Claim] = field(default_factory=dict)
    added: dict[str, Claim] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    """Claim ids that decisions were made on, and the ids these claims have now."""
    lost: list[tuple[Decision, str]] = field(default_factory=list)
    place_of_name: dict[str, str] = field(default_factory=dict)

    def now(self, id_: str) -> str:
        """The present id of a claim a decision named."""
        return self.moved.get(id_, id_)

    def now_in(self, incident: str, claim: str) -> str:
        """The present id of a claim that a decision on an incident names: it is anchored with the incident."""
        key = f"{incident}/{claim}"
        now = self.now(key)
        return self.now(claim) if now == key else now

    def everything(self) -> dict[str, Claim]:
        """Extracted and added claims together."""
        return {**self.claims, **self.added}


def settle(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    decisions: Sequence[Decision],
    text_of: Callable[[str], str],
) -> Settled:
    """Apply the decisions in force to extracted claims.

    Args:
        claims: as extracted.
        documents: by id.
        decisions: those in force, oldest first.
        text_of: the text of an exhibit, by id.
    """
    out = Settled(claims={claim.id: claim for claim in claims})
    reliability: dict[str, str] = {}
    for decision in decisions:
        if decision.kind == "add_claim":
            _add(out, decision, documents, text_of)
        elif decision.kind == "set_place":
            for on in decision.on:
                out.place_of_name[folded_name(on)] = str(decision.value)
        elif decision.kind == "grade" and (letter := _letter(decision.value)):
            reliability.update((source_name(on), letter) for on in decision.on)
    needed = any(d.words for d in decisions)
    finder = Finder(out.everything().values(), documents, text_of) if needed else None
    keys = {(document.exhibit, document.key) for document in documents.values()}
    lost: set[tuple[int, str]] = set()
    for decision in decisions:
        for on, words in decision.words.items():
            if words.kind == "document":
                found = on if on in documents or (words.exhibit, words.key) in keys else None
                if found is None and decision.kind != "add_claim":  # which was listed above
                    out.lost.append((decision, on))
            elif finder is not None:
                found = finder.find(on, words)
                if found is not None:
                    out.moved[on] = found
                else:
                    out.lost.append((decision, on))
                    lost.add((decision.seq, on))
                    # Whatever has this id now is not what was decided on: nothing may be done to it in that name.
                    out.moved.setdefault(on, f"{on}?")
    for decision in decisions:
        for on in decision.on:
            if (decision.seq, on) in lost:
                continue
            id_ = out.now(on)
            rows = out.claims if id_ in out.claims else out.added
            if id_ in rows:
                try:
                    rows[id_] = _apply(rows[id_], decision)
                except MunimentError:
                    out.lost.append((decision, on))
    if out.place_of_name:
        for rows in (out.claims, out.added):
            for id_, claim in rows.items():
                rows[id_] = _placed(claim, out.place_of_name)
    if reliability:
        for rows in (out.claims, out.added):
            for id_, claim in rows.items():
                rows[id_] = _of_graded_sources(claim, documents.get(claim.document), reliability)
    return out


def _letter(value: Any) -> str | None:
    """The letter, where a source's reliability was graded."""
    return value.upper() if isinstance(value, str) and len(value) == 1 and value.upper() in RELIABILITY else None


def _of_graded_sources(claim: Claim, document: Document | None, reliability: Mapping[str, str]) -> Claim:
    """The claim with the reliability of the least reliable graded source of its chain, unless a person graded its own.

    A chain is no better than its weakest link; who cannot be judged (F) neither raises nor lowers it.
    """
    if claim.grade is not None and claim.grade.reliability != NOT_JUDGED:
        return claim
    voices = {link.who for link in claim.source} | ({document.publisher} if document and document.publisher else set())
    letters = sorted({reliability[source_name(who)] for who in voices if source_name(who) in reliability})
    if not letters:
        return claim
    judged = [letter for letter in letters if letter != NOT_JUDGED]
    credibility = claim.grade.credibility if claim.grade is not None else 6
    return replace(claim, grade=Grade(max(judged, default=NOT_JUDGED), credibility))


def _apply(claim: Claim, decision: Decision) -> Claim:
    match decision.kind:
        case "accept":
            return replace(claim, review=Review("accepted", decision.seq))
        case "reject":
            return replace(claim, review=Review("rejected", decision.seq))
        case "correct":
            return replace(corrected(claim, decision.value), review=Review("corrected", decision.seq))
        case "grade":
            grade = grade_value(decision.value)
            return replace(claim, grade=grade) if grade is None or isinstance(grade, Grade) else claim
        case "set_place":
            raw = claim.where.raw if claim.where else ""
            place = str(decision.value)
            precision = claim.where.precision if claim.where and claim.where.precision != "unknown" else "locality"
            return replace(claim, where=Where(raw, place, (place,), precision))
    return claim


def source_name(name: str) -> str:
    """A source's name for comparing: "the Health Office" is the Health Office."""
    return folded_name(name).removeprefix("the ")


def folded_name(name: str) -> str:
    """A name as typed or written, for comparing: case and spaces do not matter."""
    return " ".join(name.casefold().split())


def _placed(claim: Claim, place_of_name: Mapping[str, str]) -> Claim:
    if claim.where is None or claim.where.place is not None:
        return claim
    place = place_of_name.get(folded_name(claim.where.raw))
    if place is None:
        return claim
    precision = claim.where.precision if claim.where.precision != "unknown" else "locality"
    return replace(claim, where=Where(claim.where.raw, place, (place,), precision))


def _add(out: Settled, decision: Decision, documents: Mapping[str, Document], text_of: Callable[[str], str]) -> None:
    value: dict[str, Any] = dict(decision.value or {})
    document = next((documents[on] for on in decision.on if on in documents), None)
    words = next(iter(decision.words.values()), None)
    if document is None and words is not None:
        document = next((d for d in documents.values() if (d.exhibit, d.key) == (words.exhibit, words.key)), None)
    if document is None:
        out.lost.append((decision, ",".join(decision.on)))
        return
    text = text_of(document.exhibit)
    span = _span_of(value, words, text, document)
    if span is None:
        out.lost.append((decision, document.id))
        return
    kind = value.get("kind", "casualty")
    fields = {name: item for name, item in value.items() if name not in ("start", "end", "quote", "kind")}
    bare = Claim(
        id="",
        document=document.id,
        span=span,
        quote=span.of(text),
        kind=kind,
        review=Review("accepted", decision.seq),
        made_by=MadeBy(person=decision.by),
    )
    claim = corrected(bare, {"kind": kind, **fields})
    id_ = claim_id(document.exhibit, document.key, claim.kind, claim.harm, span, decision.seq)
    out.added[id_] = replace(claim, id=id_)


def _span_of(value: Mapping[str, Any], words: Words | None, text: str, document: Document) -> Span | None:
    """Where the words of a hand-made claim stand now: by offset while the words are there, else by the words alone."""
    quote = words.quote if words else value.get("quote")
    start = value.get("start")
    if isinstance(start, int) and isinstance(value.get("end"), int):
        end = value["end"]
        if quote is None or text[start:end] == quote:
            return Span(start, end)
    if not quote:
        return None
    first = text.find(quote, document.start, document.end)
    if first < 0 or text.find(quote, first + 1, document.end) >= 0:
        return None
    return Span(first, first + len(quote))
