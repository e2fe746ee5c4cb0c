"""The ground a proposal must stand on: the words of one passage, and the figures and dates that they carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from muniment.extractors.en.numbers import Quantity, as_figure, quantity_at
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.proposer.passages import sentences
from muniment.extractors.view import View
from muniment.model import Document, Span

AROUND = 60
"""How far in front of and behind a quote a figure's qualifier may stand, in code points: "at least", "or more"."""
_FIGURE = re.compile(r"\d+(?:[,.\u00a0\u202f٬ ]\d{3})*(?!\d)(?:[.٫]\d+)?")
_SEPARATOR = re.compile("[,.\u00a0\u202f٬ ](?=\\d{3}(?!\\d))")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Stand:
    """Words that stand in the text: as written there, and where, in the document's own words."""

    words: str
    span: Span


@dataclass
class Ground:
    """One quote that was found at its offset, within its passage; all offsets are into the document's own words."""

    document: Document
    words: str
    passage: Span
    quote: Span

    def find(self, said: object, within: Span | None = None) -> Stand | None:
        """Where words stand: in the quote or else the passage, or only `within`; None where they don't."""
        if not isinstance(said, str) or not said.strip():
            return None
        wanted = said.strip()
        for span in (self.quote, self.passage) if within is None else (within,):
            at = self.words.find(wanted, span.start, span.end)
            while at >= 0:
                if self._whole(at, at + len(wanted)):
                    return Stand(wanted, Span(at, at + len(wanted)))
                at = self.words.find(wanted, at + 1, span.end)
        return None

    def sentence_of(self, span: Span) -> Span:
        """A span with the rest of its sentence: the words that may say how firmly it is held."""
        touched = [
            (start + self.passage.start, end + self.passage.start)
            for start, end in self._sentences
            if start + self.passage.start < span.end and span.start < end + self.passage.start
        ]
        return Span(min([span.start, *(s for s, _ in touched)]), max([span.end, *(e for _, e in touched)]))

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return list(sentences(self.passage.of(self.words)))

    def _whole(self, start: int, end: int) -> bool:
        """Whether a stretch cuts no word or figure of a script that parts words: "2" does not stand in "12"."""
        return not (_joined(self.words, start) or _joined(self.words, end))

    # --- figures -----------------------------------------------------------------------------------------------------
    @cached_property
    def _around(self) -> tuple[int, Tokens]:
        """The quote with what stands beside it, as the rules for English see it, and where that begins."""
        start = max(self.passage.start, self.quote.start - AROUND)
        end = min(self.passage.end, self.quote.end + AROUND)
        while start < self.quote.start and _joined(self.words, start):
            start += 1
        while end > self.quote.end and _joined(self.words, end):
            end -= 1
        near = self.words[start:end]
        return start, Tokens(View(replace(self.document, start=0, end=len(near)), near), 0, len(near))

    def quantity(self, stand: Stand) -> tuple[Quantity, Stand, Tokens] | None:
        """The quantity that the rules for English read where these words stand, with its words and their tokens."""
        if (self.document.language or "en").split("-")[0].lower() != "en":
            return None
        start, tokens = self._around
        for quantity in _quantities(tokens):
            first, last = tokens.starts[quantity.first] + start, tokens.ends[quantity.last - 1] + start
            span = Span(first, last)
            if span.overlaps(stand.span):
                return quantity, Stand(self.words[first:last], span), tokens
        return None

    def figures(self, stand: Stand) -> set[float]:
        """The figures written in these words, in the digits of any script."""
        return figures_in(stand.words)

    def carries(self, number: float) -> bool:
        """Whether the quote, or what stands right beside it, carries this number as figure or English word."""
        start, tokens = self._around
        near = self.words[start : start + (tokens.ends[-1] if len(tokens) else 0)]
        if number in figures_in(near):
            return True
        return any(number in (q.value, q.upper) for q in _quantities(tokens)) or any(
            as_figure(word) == number for word in tokens.words
        )

    # --- dates -------------------------------------------------------------------------------------------------------
    def years(self) -> frozenset[int]:
        """The years a date may lie in: those written in the passage or the title, and about when it was published."""
        written = {int(year) for year in _YEAR.findall(self.words[self.passage.start : self.passage.end])}
        written.update(int(year) for year in _YEAR.findall(self.document.title or ""))
        published = _YEAR.match(self.document.published or "")
        if published is not None:
            written.update((int(published[0]) - 1, int(published[0])))
        return frozenset(written)


def years_in(words: str) -> frozenset[int]:
    """The years written in some words."""
    return frozenset(int(year) for year in _YEAR.findall(words))


def figures_in(words: str) -> set[float]:
    """The figures written in some words, in the digits of any script, read without their thousands' separators."""
    found: set[float] = set()
    for match in _FIGURE.finditer(words):
        digits = "".join(_digit(char) for char in _SEPARATOR.sub("", match[0]))
        try:
            found.add(float(digits))
        except ValueError:
            continue
    return found


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return "." if value is None else str(value)


def _quantities(tokens: Tokens) -> Iterator[Quantity]:
    i = 0
    while i < len(tokens):
        quantity = quantity_at(tokens, i)
        if quantity is None:
            i += 1
        else:
            yield quantity
            i = max(i + 1, quantity.last)


def _joined(words: str, at: int) -> bool:
    """Whether the characters on both sides of an offset belong to one word or figure."""
    if not 0 < at < len(words):
        return False
    before, after = words[at - 1], words[at]
    if before.isdigit() and after.isdigit():
        return True
    return _parts_words(before) and _parts_words(after)


def _parts_words(char: str) -> bool:
    """Whether a letter belongs to a script that writes spaces between words (not so Chinese, Japanese, Thai …)."""
    return char.isalpha() and not (
        "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" or char >= "\u2e80"
    )
