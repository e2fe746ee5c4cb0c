"""A model's answers, as sealed: taken apart, held against the document's own words, and what stands kept as claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import msgspec

from muniment.extractors.proposer.fields import Fields
from muniment.extractors.proposer.ground import Ground
from muniment.extractors.shifting import shifted
from muniment.model import Claim, Document, MadeBy, Reason, Span, with_ids
from muniment.model.vocabulary import CLAIM_KINDS, LONGEST_QUOTE, ClaimKind
from muniment.plugins import Lexicon

MOST_CLAIMS = 200
"""More claims than this in the answer to one passage is no answer to the question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered about the stretch `[start, end)` of a document's own words: the bytes as received."""

    model: str
    start: int
    end: int
    body: bytes


@dataclass(slots=True)
class Proposals:
    """What stands of a document's answers, and what was set aside, by reason.

    Attributes:
        claims: each marked with the model; without ids.
        set_aside: proposals, or whole answers, that do not count, by reason.
        left_out: fields that were not kept in claims that count, by name.
    """

    claims: list[Claim] = field(default_factory=list)
    set_aside: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    """The envelope of an answer. Source: OpenAI API reference, chat completion object."""

    choices: list[_Choice]


class _Listed(msgspec.Struct):
    claims: list[Any]


def is_answer(body: bytes) -> bool:
    """Whether a server's reply is a model's answer at all, whatever it says."""
    return _content(body) is not None


def proposed(
    document: Document, words: str, answers: Sequence[Answer], lexicon: Lexicon, read: Sequence[Claim] = ()
) -> Proposals:
    """The claims that answers give of one document, beside those the rules read.

    Args:
        document: as it stands in its exhibit.
        words: the exhibit's text from `document.start` to `document.end`.
        answers: in the order they were received.
        lexicon: places and parties of the case.
        read: the claims the rules read; what they say is not proposed again.
    """
    alone = replace(document, start=0, end=len(words))
    known = [shifted(claim, -document.start) for claim in read]
    out = Proposals()
    for answer in answers:
        for given in _listed(answer, out):
            claim = _claim(alone, words, answer, given, lexicon, known, out)
            if claim is None:
                continue
            if any(_same(claim, other) for other in known):
                out.set_aside["already read"] += 1
            elif any(_same(claim, other) for other in out.claims):
                out.set_aside["proposed before"] += 1
            else:
                out.claims.append(claim)
    out.claims = [shifted(claim, document.start) for claim in out.claims]
    return out


def with_proposals(read: Sequence[Claim], proposals: Proposals, document: Document) -> tuple[Claim, ...]:
    """The document's claims, read and proposed, each with its id; those that were read keep theirs."""
    return with_ids([*read, *proposals.claims], document.exhibit, document.key)


def _content(body: bytes) -> tuple[str, bool] | None:
    """What the model wrote, and whether its length limit cut it off; None where it is no completion."""
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    if not completion.choices or completion.choices[0].message.content is None:
        return None
    return completion.choices[0].message.content, completion.choices[0].finish_reason == "length"


def _listed(answer: Answer, out: Proposals) -> list[Any]:
    found = _content(answer.body)
    if found is None:
        out.set_aside["no answer"] += 1
        return []
    content, cut_off = found
    try:
        claims = msgspec.json.decode(_bare(content), type=_Listed).claims
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        out.set_aside["cut off" if cut_off else "not the JSON asked for"] += 1
        return []
    if len(claims) > MOST_CLAIMS:
        out.set_aside["too many"] += len(claims) - MOST_CLAIMS
    return claims[:MOST_CLAIMS]


def _bare(content: str) -> str:
    """The answer without what some models put around it: their thinking in front, a Markdown fence."""
    text = content.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        text = text[text.index("\n") + 1 : -3]
    return text


def _claim(
    document: Document,
    words: str,
    answer: Answer,
    given: Any,
    lexicon: Lexicon,
    read: Sequence[Claim],
    out: Proposals,
) -> Claim | None:
    """One proposal as a claim with offsets into the document's own words, or None with the reason counted."""
    reason, quote = _misfit(words, answer, given)
    if reason is not None or quote is None:
        out.set_aside[reason or "no quote"] += 1
        return None
    ground = Ground(document, words, Span(answer.start, answer.end), quote)
    fields = Fields(ground, lexicon, read, given)
    kind = cast(ClaimKind, given["kind"])
    if kind == "casualty" and not fields.harm():
        out.set_aside["a casualty without a harm of the list"] += 1
        return None
    kept = fields.kept()
    out.left_out.update(fields.left_out)
    said = quote.of(words)
    return Claim(
        id="",
        document=document.id,
        span=quote,
        quote=said,
        kind=kind,
        made_by=MadeBy(model=answer.model),
        why={"kind": Reason("proposer.quote", said, quote.start, quote.end), **fields.why},
        **kept,
    )


def _misfit(words: str, answer: Answer, given: Any) -> tuple[str | None, Span | None]:
    """Why a proposal cannot count, or where its quote stands."""
    if not isinstance(given, Mapping):
        return "no proposal", None
    quote, start, kind = given.get("quote"), given.get("start"), given.get("kind")
    if not isinstance(quote, str) or not quote.strip():
        return "no quote", None
    if not isinstance(kind, str) or kind not in CLAIM_KINDS:
        return "kind not of the list", None
    if len(quote) > LONGEST_QUOTE:
        return "quote too long", None
    if isinstance(start, bool) or not isinstance(start, int):
        return "no offset", None
    if not answer.start <= start <= answer.end - len(quote) or words[start : start + len(quote)] != quote:
        stands = words.find(quote, answer.start, answer.end) >= 0
        return ("quote at another offset" if stands else "quote not in the text"), None
    # The words themselves, without space around them: as tight as reads well.
    lead = len(quote) - len(quote.lstrip())
    return None, Span(start + lead, start + lead + len(quote.strip()))


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two claims of one document say the same thing at the same place."""
    if claim.kind != other.kind or not claim.span.overlaps(other.span):
        return False
    if claim.harm and other.harm and not set(claim.harm) & set(other.harm):
        return False
    if claim.count is None or other.count is None:
        return True
    mine, theirs = claim.count, other.count
    return (mine.min, mine.best, mine.max, mine.unit) == (theirs.min, theirs.best, theirs.max, theirs.unit)
