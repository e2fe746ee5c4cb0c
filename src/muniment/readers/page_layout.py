"""From words on pages to text: lines, paragraphs, and a box for every word."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from muniment.plugins import Box

_ENDS_SENTENCE = (".", "!", "?", ":", "”", '"', "»", ")", "։", "؟")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the page's top left; `confidence` (0 to 1) where a machine guessed it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a line in reading order."""

    words: tuple[Word, ...]
    opens_paragraph: bool = False
    joined: bool = False
    """Whether its first word goes on from the last one of the line before (a hyphen stood between)."""


def with_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, those marked that stand apart from the line above or are set in another size."""
    baselines = [max(word.bottom for word in line.words) for line in lines]
    heights = [statistics.median(word.bottom - word.top for word in line.words) for line in lines]
    pitches = [below - above for above, below in itertools.pairwise(baselines) if below > above]
    usual = statistics.median(pitches) if pitches else 0.0
    out = list(lines[:1])
    for number in range(1, len(lines)):
        line, height = lines[number], min(heights[number - 1], heights[number])
        pitch = baselines[number] - baselines[number - 1]
        if pitch <= 0:  # another column, or a header drawn last
            opens = lines[number - 1].words[-1].text.endswith(_ENDS_SENTENCE)
        else:
            apart = pitch > 1.35 * usual or pitch > 1.9 * height > 0
            opens = apart or abs(heights[number] - heights[number - 1]) > 0.15 * max(height, 0.1)
        # Words side by side on one baseline are cells or a label and its value, never two paragraphs.
        opens = opens and abs(pitch) > 0.3 * height
        out.append(Line(line.words, opens and not line.joined, line.joined))
    return out


def assemble(pages: Iterable[tuple[int, Sequence[Line]]]) -> tuple[str, tuple[Box, ...]]:
    """The text of all pages and the boxes of its words.

    Args:
        pages: 1-based page number and its lines.
    """
    parts: list[str] = []
    boxes: list[Box] = []
    length = 0
    ends = True
    for number, lines in pages:
        for position, line in enumerate(lines):
            if length and not line.joined:
                # A sentence may run on to the next page: a blank line there would cut it.
                gap = "\n\n" if (ends if position == 0 else line.opens_paragraph) else "\n"
                parts.append(gap)
                length += len(gap)
            for place, word in enumerate(line.words):
                if place:
                    parts.append(" ")
                    length += 1
                end = length + len(word.text)
                boxes.append(
                    Box(
                        length,
                        end,
                        number,
                        round(word.x0, 1),
                        round(word.top, 1),
                        round(word.x1, 1),
                        round(word.bottom, 1),
                        word.confidence,
                    )
                )
                parts.append(word.text)
                length = end
            ends = line.words[-1].text.endswith(_ENDS_SENTENCE)
    return "".join(parts), tuple(boxes)
