"""Who speaks in a quotation: named before it, behind it, between its parts, or outside its paragraph."""

from __future__ import annotations

import re

from muniment.extractors.en.attributions import cited as find_attributions
from muniment.extractors.en.voices import WORDS, kind_of
from muniment.extractors.quotations import Quotation
from muniment.extractors.view import View
from muniment.extractors.wordlists import either

_SAY = rf"(?:{either(WORDS['verbs']['trailing'])})(?!\w)"
_BEHIND = re.compile(
    rf"[”\"’'\s,.]{{0,6}}(?:(?P<inverted>{_SAY})\s+(?P<after>[^;:.“”\"]{{2,160}})"
    rf"|(?:[–-]\s*)?(?P<who>[^;:.“”\"]{{2,120}}?),?\s+(?:also\s+|has\s+|had\s+|later\s+)?(?P<verb>{_SAY}))",
    re.IGNORECASE,
)
_LEADS = re.compile(r"[^.;“”\"]{0,90}[,:]?\s*[“\"]?\s*")
_SENTENCE_ENDED = re.compile(r"[^“”\"]{0,200}[.!?]\s*[“\"]?\s*")
_CLOSED = re.compile(r"(?:\s(?:by|over|via|at|from|in)\s[^.,;:“”\"]{1,40})?\s*[.,:]?\s*[“\"]?\s*")
_NAME_LINE = re.compile(r"\s*[–—-]?\s*(?P<who>[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+){1,3}(?:,\s[^.“”]{2,120})?)\s*\Z")
_MOST_PARAGRAPHS = 4
_FAR_IN_FRONT = 320


def speaker(view: View, quotation: Quotation) -> tuple[str, int, int] | None:
    """The words that name a quotation's speaker, and where they stand; None where nothing does."""
    block = view.blocks[quotation.block]
    behind = _BEHIND.match(view.clean, quotation.end, min(block.end, quotation.end + 220))
    told_behind = behind is not None and (behind["inverted"] or view.clean[quotation.end - 1] in ",?!–")
    if behind is not None and told_behind:
        return _found(behind, "after" if behind["inverted"] else "who")
    before = _in_front(view, block.start, quotation.start)
    if before is not None:
        return before
    return _outside(view, quotation)


def _found(match: re.Match[str], group: str) -> tuple[str, int, int]:
    return match[group], match.start(group), match.end(group)


def _in_front(view: View, start: int, at: int) -> tuple[str, int, int] | None:
    """Who is announced in front of a quotation, in its paragraph."""
    first = max(start, at - _FAR_IN_FRONT)
    sentence = view.sentence_at(first)
    while sentence is not None and sentence.end < at - 2 and sentence.index + 1 < len(view.sentences):
        sentence = view.sentences[sentence.index + 1]
    begin = max(first, sentence.start) if sentence is not None and sentence.start < at else first
    for cited in reversed(find_attributions(view, begin, at)):
        led = _CLOSED if cited.position == "before" else _LEADS
        if cited.who is not None and led.fullmatch(view.clean, cited.end, at):
            return cited.who, cited.start, cited.end
    for cited in reversed(find_attributions(view, begin, at)):
        told = cited.who is not None and not cited.pointed and cited.position == "after"
        if told and _SENTENCE_ENDED.fullmatch(view.clean, cited.end, at):
            return cited.who or "", cited.start, cited.end
    before = view.sentence_at(begin - 2) if begin - 2 >= start else None
    if before is None or not view.quotation_at(before.start + 1):
        return None
    for cited in reversed(find_attributions(view, before.start, before.end)):
        if cited.who is not None and cited.position == "before":
            return cited.who, cited.start, cited.end
    return None


def _outside(view: View, quotation: Quotation) -> tuple[str, int, int] | None:
    """A speaker outside the paragraph: announced by the one above, named by a line below, or speaking on."""
    index = quotation.block
    for above in range(index - 1, max(-1, index - 1 - _MOST_PARAGRAPHS), -1):
        block = view.blocks[above]
        tail = view.clean[max(block.start, block.end - 3) : block.end].rstrip()
        if tail.endswith(":"):
            lines = view.sentences_of(block)
            cited = find_attributions(view, lines[-1].start, lines[-1].end) if lines else []
            named = [one for one in cited if one.who is not None]
            return (named[-1].who or "", named[-1].start, named[-1].end) if named else None
        inside = [q for q in view.quotations if q.block == above and q.is_speech]
        if not inside and block.kind != "heading":
            break
    for below in range(index + 1, min(len(view.blocks), index + 2 + _MOST_PARAGRAPHS)):
        block = view.blocks[below]
        line = _NAME_LINE.match(view.clean, block.start, block.end)
        if line is not None and (block.kind == "heading" or kind_of(line["who"])):
            return _found(line, "who")
        following = [q for q in view.quotations if q.block == below]
        if not following or not quotation.continued:
            break
        last = following[-1]
        behind = _BEHIND.match(view.clean, last.end, min(block.end, last.end + 220))
        if behind is not None:
            return _found(behind, "after" if behind["inverted"] else "who")
    return None
