"""Footnote marks joined to their notes: what a mark behind a claim cites."""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from muniment.extractors.layout import Block
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View

_MARK = re.compile(
    r"<sup>\s*(\d{1,3})\s*</sup>|([\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})|\[(\d{1,3})\]|(?<=[\w.,;:!?”\"’)\]])\s?(\d{1,3})(?=[\s.,;)]|\Z)"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(
    r"(?:<sup>\s*)?([\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}|(?<=<sup>)\d{1,3})(?:\s*</sup>)?\s+\S"
)
_FURTHER = 130
"""How far behind a claim a mark may stand, in characters."""
_LONGEST_NOTE = 400
"""How far a note may go on behind its block, where its lines were torn apart."""


class Notes:
    """The notes of one document by their marks."""

    def __init__(self, view: View) -> None:
        self._view = view
        raised = {}
        for block in view.blocks:
            mark = _RAISED.match(view.text, block.start, block.end)
            if mark is not None:
                raised[mark[1].translate(_SUPERSCRIPT)] = block
        notes = [b for b in view.blocks if b.kind == "note" or b in raised.values()]
        self._by_mark: dict[str, Block] = {**raised, **view.notes}
        if not self._by_mark:
            self._by_mark = {str(number): block for number, block in enumerate(notes, 1)}
        follows = [block.start for block in notes[1:]] + [view.end]
        self._end = {
            block.index: min(after, block.end + _LONGEST_NOTE) for block, after in zip(notes, follows, strict=False)
        }

    def cited(self, sentence: Sentence, end: int) -> tuple[str, int, int] | None:
        """The note that the first mark behind a claim's end leads to: its words, and where the mark stands."""
        if not self._by_mark:
            return None
        view = self._view
        block = view.block_of(sentence)
        if block.kind == "note":
            return None
        stop = min(block.end, max(sentence.end + 6, end), end + _FURTHER)
        for match in _MARK.finditer(view.text, max(sentence.start, end - 1), stop):
            digits = next(group for group in match.groups() if group)
            at = match.start(match.lastindex or 0)
            if view.clean[at : at + len(digits)].strip() and match.lastindex == 4 and at < sentence.end - 1:
                continue  # a figure of the text, not a mark
            note = self._by_mark.get(digits.translate(_SUPERSCRIPT))
            if note is not None:
                return view.text[note.start : self._end[note.index]], at, match.end()
        return None


_NOTES: WeakKeyDictionary[View, Notes] = WeakKeyDictionary()


def notes_of(view: View) -> Notes:
    """The notes of a document, kept as long as the document is being read."""
    known = _NOTES.get(view)
    if known is None:
        known = _NOTES[view] = Notes(view)
    return known
