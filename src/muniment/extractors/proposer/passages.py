"""A document cut into passages a model is asked about: whole sentences of any script, each with its offset.

The cut depends on the words alone and on nothing that other rules learn, so that a better sentence rule elsewhere does
not make every question a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PASSAGE = 4000
LONGEST_SENTENCE = 1000
_STOP = re.compile(r"[.!?…。！？؟।]+[”\"’'»)\]]*(?=\s|$)|[。！？]|\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: `[start, end)` in the document's own words, and its sentences likewise."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def passages(words: str) -> list[Passage]:
    """The passages of a document, in order; they do not overlap and leave out nothing but space.

    Args:
        words: the document's own words, without what else its exhibit holds.
    """
    found: list[Passage] = []
    gathered: list[tuple[int, int]] = []
    for sentence in sentences(words):
        if gathered and sentence[1] - gathered[0][0] > LONGEST_PASSAGE:
            found.append(Passage(gathered[0][0], gathered[-1][1], tuple(gathered)))
            gathered = []
        gathered.append(sentence)
    if gathered:
        found.append(Passage(gathered[0][0], gathered[-1][1], tuple(gathered)))
    return found


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of some words stand, in order, without the space around them."""
    start = 0
    for match in _STOP.finditer(words):
        yield from _bounded(words, start, match.end())
        start = match.end()
    yield from _bounded(words, start, len(words))


def _bounded(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = words.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
        while start < end and words[start].isspace():
            start += 1
    if start < end:
        yield start, end
