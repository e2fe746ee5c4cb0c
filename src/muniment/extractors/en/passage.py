"""Which earlier sentences tell of the same event: what one of them says can stand for what a later one leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, load, pattern

EVENTS = load(Path(__file__).with_name("events.toml"))
EVENT_NOUNS = either(EVENTS["event"]["nouns"])
EVENT_WORDS = pattern([*EVENTS["event"]["nouns"], *EVENTS["event"]["verbs"]])
SAYING = either(EVENTS["saying"]["verbs"])

_FRESH = re.compile(r"[\s“\"'(•*-]{0,6}" + either(EVENTS["fresh"]["openings"]) + r"(?!\w)")
_RECOUNTS = pattern(EVENTS["fresh"]["recounts"])
_BACK = pattern(EVENTS["back"]["anywhere"])
_SAME = pattern(EVENTS["back"]["anywhere"][:2])
_SAME_AS_ABOVE = re.compile(rf"(?<!\w)(?:the|that)\s+same\s+(?:[\w-]+\s+)?{EVENT_NOUNS}(?!\w)")
_BACK_OPENING = re.compile(r"[\s“\"'(•*-]{0,6}" + either(EVENTS["back"]["openings"]) + r"(?!\w)")
_MOST_SENTENCES = 5
_MOST_BLOCKS = 4


class _Links:
    """What is known of a document's sentences: which start afresh, which point back. Looked at once each."""

    def __init__(self) -> None:
        self.fresh: dict[int, bool] = {}
        self.back: dict[int, bool] = {}


_LINKS: WeakKeyDictionary[View, _Links] = WeakKeyDictionary()


def _links_of(view: View) -> _Links:
    known = _LINKS.get(view)
    if known is None:
        known = _LINKS[view] = _Links()
    return known


def is_fresh(view: View, sentence: Sentence) -> bool:
    """Whether a sentence leaves behind what was told before: "Elsewhere", "In total", a sum over many events."""
    known = _links_of(view).fresh
    answer = known.get(sentence.index)
    if answer is None:
        answer = known[sentence.index] = _is_fresh(view, sentence)
    return answer


def _is_fresh(view: View, sentence: Sentence) -> bool:
    if view.quotation_at(sentence.start + 1) is not None:
        return False
    return (
        _FRESH.match(view.low, sentence.start, sentence.end) is not None
        or _RECOUNTS.search(view.low, sentence.start, sentence.end) is not None
    )


def points_back(view: View, sentence: Sentence) -> bool:
    """Whether a sentence refers to an event told before: "in the same strike", "one of those killed", "he"."""
    known = _links_of(view).back
    answer = known.get(sentence.index)
    if answer is None:
        answer = known[sentence.index] = _points_back(view, sentence)
    return answer


def _points_back(view: View, sentence: Sentence) -> bool:
    return (
        _BACK.search(view.low, sentence.start, sentence.end) is not None
        or _BACK_OPENING.match(view.low, sentence.start, sentence.end) is not None
    )


def earlier(view: View, sentence: Sentence) -> Iterator[Sentence]:
    """Sentences before this one that tell of the same event, nearest first.

    Within a paragraph the story goes on until a sentence starts afresh. Into the paragraphs above it goes on only
    where a sentence points back, or a speaker was announced.
    """
    if is_fresh(view, sentence) and _SAME.search(view.low, sentence.start, sentence.end) is None:
        return
    given = 0
    listed = view.blocks[sentence.block].kind in ("bullet", "note")
    first = sentence
    for before in view.before(sentence, _MOST_SENTENCES):
        yield before
        given += 1
        first = before
        if is_fresh(view, before):
            return
    if listed and _SAME_AS_ABOVE.search(view.low, sentence.start, sentence.end) is None:
        return
    back = points_back(view, sentence) or (first is not sentence and points_back(view, first))
    index, blocks = first.index - 1, 0
    last_block = first.block
    while index >= 0 and given < 2 * _MOST_SENTENCES:
        before = view.sentences[index]
        if before.block != last_block:
            kind = view.blocks[before.block].kind
            announced = view.clean[before.end - 1 : before.end] in (":", ",")
            if kind == "heading" and view.blocks[before.block].end - view.blocks[before.block].start > 3:
                if _is_section(view, before):
                    return
                index, last_block = index - 1, before.block
                continue
            if blocks == _MOST_BLOCKS or not (back or announced):
                return
            last_block = before.block
            blocks += 1
        yield before
        given += 1
        if is_fresh(view, before):
            return
        back = points_back(view, before)
        index -= 1


def _is_section(view: View, sentence: Sentence) -> bool:
    """Whether a heading opens a section; a pulled quote's speaker or a name alone does not."""
    words = view.words(sentence)
    names = sum(word[:1].isupper() for word in words.split())
    count = len(words.split())
    return count == 1 or not (names >= count - 1 or "," in words)
