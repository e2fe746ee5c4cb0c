"""The lines of a document as the blocks a reader sees: headings, paragraphs, bullets, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullet", "note"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+|\x0c")
_BULLET = re.compile(r"\s*(?:[•◦▪‣●○·]\s*|[-*–—]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S))")
_NOTE = re.compile(
    r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]?)\s+(?=https?://|www\.|[Ss]ee\b|Ibid|Cf\.|Interview|Telephone|Phone|[“\"]|Video|Statement)"
)
_FURTHER_NOTE = re.compile(r"\s*(?:[Ss]ee\s+(?:also\s+)?(?:as well|[“\"A-Z])|Ibid\b|Cf\.)")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_ENDS = re.compile(r"[.!?…:;][”\"’')\]]*\s*\d{0,3}[”\"’')\]]*\s*\Z")
_LONGEST_HEADING = 160
_NARROWEST_WRAP = 45
_WIDEST_WRAP = 220


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text set apart from what surrounds it; `mark` is a footnote's number as written."""

    index: int
    start: int
    end: int
    kind: BlockKind
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int


def blocks(text: str, start: int, end: int) -> list[Block]:
    """The blocks of `text[start:end]`, in order; linear in its length."""
    found: list[Block] = []
    for run in _runs(text, start, end):
        for first, last in _parts(text, run):
            lines = run[first:last]
            begin, stop = lines[0].start, lines[-1].end
            kind, mark = _kind(text, lines, begin, stop)
            found.append(Block(len(found), begin, stop, kind, mark))
    return found


def _runs(text: str, start: int, end: int) -> Iterator[list[_Line]]:
    """Lines between blank lines."""
    run: list[_Line] = []
    reached = start
    for match in _LINE.finditer(text, start, end):
        line, at = match[0], match.start()
        stripped = line.strip()
        gap = text[reached:at]
        reached = match.end()
        newlines = gap.count("\n") or gap.count("\r") or len(gap)
        if run and (not stripped or newlines > 1):
            yield run
            run = []
        if stripped:
            left = at + line.index(stripped[0])
            run.append(_Line(left, left + len(stripped)))
    if run:
        yield run


def _parts(text: str, run: list[_Line]) -> Iterator[tuple[int, int]]:
    """A run cut where a new paragraph, bullet or note begins although no blank line parts them."""
    if len(run) == 1:
        yield 0, 1
        return
    lengths = sorted(line.end - line.start for line in run)
    width = lengths[len(lengths) * 3 // 4]
    wrapped = _NARROWEST_WRAP <= width <= _WIDEST_WRAP and lengths[-1] <= _WIDEST_WRAP * 1.3
    first = 0
    for i in range(1, len(run)):
        if _breaks(text, run[i - 1], run[i], width, wrapped):
            yield first, i
            first = i
    yield first, len(run)


def _breaks(text: str, before: _Line, after: _Line, width: int, wrapped: bool) -> bool:
    head = text[after.start : after.start + 40]
    tail = text[max(before.start, before.end - 12) : before.end]
    ends = _ENDS.search(tail) is not None
    # A number that merely stands first on a wrapped line is no bullet.
    if _BULLET.match(head) and not head[:1].isalpha() and (ends or not head[:1].isdigit()):
        return True
    if _NOTE.match(head) or _MARKDOWN_HEADING.match(head):
        return True
    length = before.end - before.start
    if not wrapped:
        return ends or not head[:1].islower()
    if ends:
        return length < 0.88 * width and not head[:1].islower()
    # A short line that ends without a stop and is followed by a capital: a heading, a name, an address.
    line = text[before.start : before.end]
    return (length < 0.62 * width and not head[:1].islower() and not line.endswith((",", "-", "–"))) or (
        line.isupper() and not text[after.start : after.end].isupper()
    )


def _kind(text: str, lines: list[_Line], start: int, end: int) -> tuple[BlockKind, str | None]:
    head = text[start : start + 60]
    note = _NOTE.match(head)
    if note:
        return "note", note[1] or note[2]
    if _FURTHER_NOTE.match(head):
        return "note", None
    if _MARKDOWN_HEADING.match(head):
        return "heading", None
    bullet = _BULLET.match(head)
    if bullet:
        return "bullet", None
    whole = text[start:end]
    if len(lines) <= 2 and end - start <= _LONGEST_HEADING and not _ENDS.search(whole[-14:]):
        return "heading", None
    if whole.isupper() and end - start <= 2 * _LONGEST_HEADING:
        return "heading", None
    return "paragraph", None
