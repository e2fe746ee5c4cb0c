"""Blocks cut into sentences with exact offsets; what noise glued together is parted again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from muniment.extractors.layout import Block

LONGEST_SENTENCE = 1200
"""Text without a stop is cut here at a space, so that no rule ever meets a sentence without end."""

_STOP = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[”\"’')\]]{0,3})(?P<gap>\s+)(?=[“\"‘'(\[]{0,3}(?P<next>[A-Z0-9\u00c0-\u024f\u0370-\u1fff—–-]|\[…|…))"
    r"|(?<=[a-z\d][a-z\d])(?P<lost>\.)(?=[A-Z][a-z]+[\s,]|[“][A-Z])"
    r"|(?P<url>https?://\S{1,600}+)(?=\s+[A-Z0-9“\"])"
    r"|\s(?=https?://)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'’])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Hon|St|Mt|No|Nos|Art|Arts|Para|paras?|pp?|vol|"
    r"approx|incl|ca?|cf|vs|v|e\.g|i\.e|etc|al|Inc|Ltd|Co|Corp|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Brig|Cmdr|Fig|ed|"
    r"eds|Rev|Fr|Ave|Blvd|Rd|Ft|U\.S|U\.N|U\.K|D\.C|a\.m|p\.m|[A-Z])\Z"
)
_OPENS = re.compile(r"(?:The|In|On|At|He|She|They|It|We|A|An|This|These|Those|Two|Three|According|After|His|Her)\s")
_NAME_AFTER = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Hon|St|Mt|No|Nos|Art|Arts|v|vs|[A-Z])\Z"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the document, and the block it stands in."""

    index: int
    start: int
    end: int
    block: int


def sentences(text: str, blocks: list[Block]) -> list[Sentence]:
    """All sentences of the blocks, in order. `text` is the plain text (same length as the exhibit's)."""
    found: list[Sentence] = []
    for block in blocks:
        for start, end in _spans(text, block.start, block.end):
            found.append(Sentence(len(found), start, end, block.index))
    return found


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _STOP.finditer(text, start, end):
        if match["mark"] is not None:
            if not _is_stop(text, first, match):
                continue
            stop, following = match.end("close"), match.end()
        elif match["lost"] is not None:
            stop = following = match.end()
        elif match["url"] is not None:
            stop, following = match.end("url"), match.end("url")
        else:
            before = text[max(first, match.start() - 10) : match.start()].rstrip().rsplit(" ", 1)[-1].lower()
            if before in ("at", "see", "from", "via", "on", "and", "or", "is", "to", "here:", "link:", "well:"):
                continue
            stop, following = match.start(), match.end()
        yield from _bounded(text, first, stop)
        first = following
    yield from _bounded(text, first, end)


def _is_stop(text: str, first: int, match: re.Match[str]) -> bool:
    if match["mark"] != ".":
        return match["next"].isupper() or match["next"] in "—–-" or match["mark"] != "…"
    if match["close"]:
        return True
    before = text[max(first, match.start() - 14) : match.start()]
    abbreviation = _ABBREVIATION.search(before)
    if abbreviation is None:
        return True
    word = abbreviation[0].strip(" ([“\"'’")
    if match["next"].isdigit():
        return False
    if _NAME_AFTER.fullmatch(word):
        return False
    # "at 2 p.m. The strike", "in the U.S. The": a stop where a word of the sentence's beginning follows.
    return _OPENS.match(text, match.end()) is not None


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        better = text.rfind("; ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = better + 1 if better > 0 else cut if cut > 0 else start + LONGEST_SENTENCE
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
