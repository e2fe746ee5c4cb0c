"""Where somebody else is speaking: the stretches between quotation marks, also over several paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from muniment.extractors.layout import Block

_MARKS = re.compile(r"[“”„«»\"]")
_SHORTEST_SPEECH = 25


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, marks excluded. `continued` says the next paragraph goes on with them."""

    start: int
    end: int
    block: int
    continued: bool = False

    @property
    def is_speech(self) -> bool:
        """Whether it is long enough to be a statement rather than a word in inverted commas."""
        return self.end - self.start >= _SHORTEST_SPEECH


def quotations(text: str, blocks: list[Block]) -> list[Quotation]:
    """All quotations of the blocks, in order. A paragraph opened and not closed is quoted to its end."""
    found: list[Quotation] = []
    for block in blocks:
        opened: int | None = None
        for match in _MARKS.finditer(text, block.start, block.end):
            mark, at = match[0], match.start()
            inch = mark == '"' and at > block.start and text[at - 1].isdigit() and opened is None
            if opened is None:
                if mark in "“„«" or (mark == '"' and not inch):
                    opened = at + 1
            elif mark in '”»"' or (mark == "“" and text[opened - 2 : opened - 1] == "„"):
                if at > opened:
                    found.append(Quotation(opened, at, block.index))
                opened = None
            elif mark in "“«":
                opened = at + 1
        if opened is not None and opened < block.end and block.kind != "heading":
            found.append(Quotation(opened, block.end, block.index, continued=True))
    return found
