"""A document's text as paragraphs with its claims marked, every code point kept where it stands.

Claims may overlap and nest. The text is cut wherever one begins or ends; a piece shows the firmness of the shortest
claim that covers it, and every claim keeps its own anchor, number and card.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from muniment.model import Claim, Span
from muniment.web.firmness import of_level

LONG_LINE = 100
"""A line longer than this is a paragraph of its own, not one line of a text that was broken by hand."""
WRAPPED = 45
"""A line at least this long that runs on was broken by hand: the break is shown as a space."""
LONGEST_HEADING = 90
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?:;,…»”\")\]،؛؟։]\s*$")
_LIST_LINE = re.compile(r"\s*(?:[-*•–]\s|\d{1,3}[.)]\s|#{1,6}\s|>|\|)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words under the same claims: `tone` is None for words of no claim.

    `begins` lists the claims that start here, `ends` those whose number follows; `claims` all that cover it.
    """

    text: str
    tone: str | None = None
    claims: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    breaks: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph or heading, the pieces it is made of, and the numbers of the claims that begin in it."""

    heading: int
    pieces: list[Piece] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    quoted: bool = False
    id: str = ""

    @property
    def text(self) -> str:
        """The words without their marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Cover:
    number: int
    span: Span
    tone: str
    first: bool


def paragraphs(text: str, start: int, end: int, claims: Sequence[Claim], title: str | None) -> list[Paragraph]:
    """The document's paragraphs.

    Args:
        text: the whole exhibit's text.
        start: where the document begins in it.
        end: where it ends.
        claims: the document's, in the order of their numbers (from 1).
        title: of the document; a first paragraph that repeats it is the heading.
    """
    covers = [_Cover(n, c.span, of_level(c.level).tone, True) for n, c in enumerate(claims, 1)]
    covers += [_Cover(n, span, of_level(c.level).tone, False) for n, c in enumerate(claims, 1) for span in c.mentions]
    covers.sort(key=lambda cover: (cover.span, cover.number))
    out: list[Paragraph] = []
    blocks = _blocks(text, start, end)
    begun: set[int] = set()
    for index, block in enumerate(blocks):
        words = text[block.start : block.end]
        follows = index + 1 < len(blocks)
        out.append(_paragraph(text, block, covers, begun, _heading(words, index == 0, title, follows)))
    number = 0
    for paragraph in out:
        if paragraph.heading:
            number += 1
            paragraph.id = f"section-{number}"
    return out


def _blocks(text: str, start: int, end: int) -> list[Span]:
    """Paragraphs as spans: parted by blank lines, or by the ends of long lines."""
    body = text[start:end]
    out: list[Span] = []
    position = 0
    for gap in [*_BLANK.finditer(body), None]:
        stop = gap.start() if gap else len(body)
        out.extend(_lines(body, position, stop, start))
        position = gap.end() if gap else stop
    return out


def _lines(body: str, begin: int, stop: int, shift: int) -> list[Span]:
    """One block, or one for each of its lines where these are as long as paragraphs."""
    lines = []
    position = begin
    for line in body[begin:stop].split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    kept = [(a, b) for a, b in lines if body[a:b].strip()]
    if not kept:
        return []
    if len(kept) > 1 and max(b - a for a, b in kept) > LONG_LINE:
        return [Span(a + shift, b + shift) for a, b in kept]
    return [Span(kept[0][0] + shift, kept[-1][1] + shift)]


def _heading(words: str, first: bool, title: str | None, follows: bool) -> int:
    """The level of a heading, 0 for a paragraph. Headings are told by shape: text has lost its tags."""
    stripped = words.strip()
    markdown = _MARKDOWN_HEADING.match(stripped)
    bare = stripped[markdown.end() :] if markdown else stripped
    if first and title and _folded(bare) == _folded(title):
        return 1
    if markdown:
        return 1 if first and len(markdown[1]) == 1 else 2
    short = len(stripped) <= LONGEST_HEADING and "\n" not in stripped and len(stripped.split()) <= 12
    if follows and short and not _ENDS_SENTENCE.search(stripped) and stripped[:1].isalnum() and not first:
        return 2
    return 0


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().strip(" .")


def _paragraph(text: str, block: Span, covers: Sequence[_Cover], begun: set[int], heading: int) -> Paragraph:
    inside = [cover for cover in covers if cover.span.start < block.end and cover.span.end > block.start]
    cuts = {block.start, block.end}
    for cover in inside:
        cuts.update(at for at in (cover.span.start, cover.span.end) if block.start < at < block.end)
    paragraph = Paragraph(heading, quoted=text[block.start : block.end].lstrip().startswith(">"))
    edges = sorted(cuts)
    for a, b in itertools.pairwise(edges):
        over = [cover for cover in inside if cover.span.start <= a and cover.span.end >= b]
        shortest = min(over, key=lambda c: (len(c.span), c.number), default=None)
        begins = tuple(c.number for c in over if c.first and c.number not in begun)
        begun.update(begins)
        ends = sorted({c.number for c in over if min(c.span.end, block.end) == b and c.span.end <= block.end})
        covered = tuple(sorted({c.number for c in over}))
        tone = shortest.tone if shortest else None
        shown = _with_breaks(text, a, b, block)
        for index, (words, breaks) in enumerate(shown):
            last = index == len(shown) - 1
            paragraph.pieces.append(
                Piece(words, tone, covered, begins if index == 0 else (), tuple(ends) if last else (), breaks)
            )
        paragraph.claims += begins
    return paragraph


def _with_breaks(text: str, a: int, b: int, block: Span) -> list[tuple[str, bool]]:
    """The words between two cuts, split where a line break is to be kept; other breaks become spaces."""
    out: list[tuple[str, bool]] = []
    words: list[str] = []
    for at in range(a, b):
        if text[at] != "\n":
            words.append(text[at])
            continue
        if _runs_on(text, at, block):
            words.append(" ")
        else:
            out.append(("".join(words), True))
            words = []
    out.append(("".join(words), False))
    return out


def _runs_on(text: str, at: int, block: Span) -> bool:
    """Whether the line that ends here was broken by hand in the middle of a sentence's flow."""
    begin = text.rfind("\n", block.start, at) + 1 or block.start
    stop = text.find("\n", at + 1, block.end)
    after = text[at + 1 : block.end if stop < 0 else stop]
    return at - begin >= WRAPPED and not _LIST_LINE.match(after)
