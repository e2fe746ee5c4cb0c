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
_IT_FOR_NOTHING = re.compile(r"[\s“\"'(•*-]{0,6}" + either(EVENTS["back"]["it_for_nothing"]) + r"(?!\w)")
_NAMES = re.compile(r"\d|\s[\W_]{0,2}[^\W\d_a-z]")
_MOST_SENTENCES = 5
_MOST_BLOCKS = 4
_FAR_SENTENCES = 12
_FAR_BLOCKS = 10
"""How far to look where sentences in between tell nothing."""


class _Links:
    """What is known of a document's sentences: which start afresh, which point back. Looked at once each."""

    def __init__(self) -> None:
        self.fresh: dict[int, bool] = {}
        self.back: dict[int, bool] = {}
        self.idle: dict[int, bool] = {}
        self.lead: dict[int, int | None] = {}


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
    low, start, end = view.low, sentence.start, sentence.end
    if _BACK.search(low, start, end) is not None:
        return True
    return _BACK_OPENING.match(low, start, end) is not None and _IT_FOR_NOTHING.match(low, start, end) is None


def names_same(view: View, sentence: Sentence) -> bool:
    """Whether a sentence names the event told before: "in these attacks", "after the strike"."""
    return _SAME.search(view.low, sentence.start, sentence.end) is not None


def is_idle(view: View, sentence: Sentence) -> bool:
    """Whether a sentence tells nothing that a claim could take: no event, name or figure, and nothing told before."""
    known = _links_of(view).idle
    answer = known.get(sentence.index)
    if answer is None:
        answer = known[sentence.index] = _is_idle(view, sentence)
    return answer


def _is_idle(view: View, sentence: Sentence) -> bool:
    block = view.blocks[sentence.block]
    if view.text.startswith("![", block.start):
        return True  # a picture
    return (
        _NAMES.search(view.clean, sentence.start, sentence.end) is None
        and EVENT_WORDS.search(view.low, sentence.start, sentence.end) is None
        and not is_fresh(view, sentence)
        and not points_back(view, sentence)
    )


def earlier(view: View, sentence: Sentence) -> Iterator[Sentence]:
    """Sentences before this one that tell of the same event, nearest first.

    Within a paragraph the story goes on until a sentence starts afresh. Into the paragraphs above it goes on only
    where a sentence points back, or a speaker or a list was announced. What tells nothing in between changes nothing.
    """
    if is_fresh(view, sentence) and _SAME.search(view.low, sentence.start, sentence.end) is None:
        return
    told = 0
    listed = view.blocks[sentence.block].kind in ("bullet", "note")
    back = points_back(view, sentence)
    opens_back = False
    first = sentence
    for before in view.before(sentence, _FAR_SENTENCES):
        yield before
        first = before
        if is_fresh(view, before):
            return
        if not is_idle(view, before):
            told += 1
            opens_back = points_back(view, before)
            if told == _MOST_SENTENCES:
                break
    if listed and _SAME_AS_ABOVE.search(view.low, sentence.start, sentence.end) is None:
        yield from announcing(view, sentence)
        return
    yield from _above(view, first, told, back=back or opens_back)


def _above(view: View, first: Sentence, told: int, *, back: bool) -> Iterator[Sentence]:
    """Sentences of the paragraphs above, as long as each paragraph points back or was announced."""
    index, blocks, idle_blocks = first.index - 1, 0, 0
    last_block, tells = first.block, True
    while index >= 0 and told < 2 * _MOST_SENTENCES:
        before = view.sentences[index]
        if before.block != last_block:
            block = view.blocks[before.block]
            announced = view.clean[before.end - 1 : before.end] in (":", ",")
            if block.kind == "heading" and block.end - block.start > 3 and not view.text.startswith("![", block.start):
                if is_section(view, before):
                    return
                index, last_block = index - 1, before.block
                continue
            if not (back or announced):
                return
            blocks, idle_blocks = (blocks + 1, idle_blocks) if tells else (blocks, idle_blocks + 1)
            if blocks > _MOST_BLOCKS or idle_blocks > _FAR_BLOCKS:
                return
            last_block, tells = before.block, False
        yield before
        if is_fresh(view, before):
            return
        if not is_idle(view, before):
            told, tells = told + 1, True
            back = points_back(view, before)
        index -= 1


def announcing(view: View, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence that announces the list an item stands in: "Those killed on 8 April were:"."""
    above = _lead_of(view, sentence.block)
    lines = view.sentences_of(view.blocks[above]) if above is not None else ()
    if lines and view.clean[lines[-1].end - 1 : lines[-1].end] == ":":
        yield lines[-1]


def _lead_of(view: View, index: int) -> int | None:
    """The block above the first item of the list that a block is part of."""
    known = _links_of(view).lead
    passed: list[int] = []
    above: int | None = index
    while above is not None and above not in known and view.blocks[above].kind in ("bullet", "note"):
        passed.append(above)
        above = above - 1 if above else None
    found = above if above is None else known.get(above, above)
    for block in passed:
        known[block] = found
    return found


def is_section(view: View, sentence: Sentence) -> bool:
    """Whether a heading opens a section; a pulled quote's speaker or a name alone does not."""
    words = view.words(sentence)
    if words.lstrip().startswith("#"):
        return True
    names = sum(word[:1].isupper() for word in words.split())
    count = len(words.split())
    return count == 1 or not (names >= count - 1 or "," in words)
