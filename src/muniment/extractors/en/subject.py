"""What a document as a whole is about: the one day and place its title, fact sheet or lead name, the period it covers.

Later sections go on about "the attack" or "the casualties" and give neither again; a sentence that opens another event,
or stands among sentences of another day, takes nothing from here.
"""

from __future__ import annotations

import datetime as dt
import re
from weakref import WeakKeyDictionary

from muniment.extractors.en import calendar_words as cal
from muniment.extractors.en.dates import DateMention
from muniment.extractors.en.day_book import Calendar, Dated, calendar_of
from muniment.extractors.en.passage import EVENT_NOUNS, EVENTS, is_fresh, points_back
from muniment.extractors.layout import Block
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either
from muniment.model import when as edtf

_SUBJECT = EVENTS["subject"]
_DAY_LABEL = re.compile(rf"\W*(?:{either(_SUBJECT['day_labels'])})\W{{0,3}}\s*[:–=]\s*")
PLACE_LABEL = re.compile(rf"\W*(?:{either(_SUBJECT['place_labels'])})\W{{0,3}}\s*[:–=]\s*")
_LABEL = re.compile(r"\W*[a-z][\w ()/-]{1,40}\s*:\s*\S")
_IN_PERIOD = re.compile(rf"(?<!\w)(?:{either(_SUBJECT['in_period'])})(?!\w)")
_OF_FIGURES = re.compile(rf"(?<!\w)(?:{either(_SUBJECT['of_figures'])})(?!\w)")
_SINCE_THEN = re.compile(r"(?<!\w)(?:since\s+then|since\s+that\s+(?:day|date|time|point)|ever\s+since)(?!\w)")
_DEFINITE = re.compile(
    rf"(?<!\w)(?:the|this|that|same)\s+(?:[\w-]+\s+){{0,2}}?{EVENT_NOUNS}(?!\w)"
    r"|(?<!\w)this\s+morning(?!\w)|(?<!\w)(?:the|those)\s+(?:[\w-]+\s+)?(?:killed|injured|wounded|dead|victims)(?!\w)"
    r"|(?<!\w)(?:the\s+)?(?:[a-z]+\s+)?(?:death\s+toll|casualty\s+(?:figures?|numbers?|counts?))(?!\w)"
)
_FIRST_BLOCKS = 16
_SHEET_BLOCKS = 40
_BACK_SENTENCES = 24
_BACK_BLOCKS = 12
_SHORTEST_PERIOD = 6
_LONGEST_PERIOD = 800
_MONTH = 31
_QUARTER = 93
_MOST_OF = 0.5
_ENOUGH = 2
_FEW = 3
_NOT_OF_EVENTS = frozenset({"other", "research"})


class Subject:
    """What one document is about; found when asked, then kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._book: Calendar = calendar_of(view)
        self._day: list[Dated | None] = []
        self._period: list[Dated | None] = []
        self.sheet: tuple[Block, ...] = tuple(self._find_sheet())

    def _find_sheet(self) -> list[Block]:
        """The lines of a fact sheet near the top, "Date: ...", "Location: ...", where one of them gives the day."""
        view = self._view
        labelled = [b for b in view.blocks[:_SHEET_BLOCKS] if _LABEL.match(view.low, b.start, b.end)]
        if not any(_DAY_LABEL.match(view.low, block.start, block.end) for block in labelled):
            return []
        return labelled

    def place_line(self) -> Sentence | None:
        """The line of the fact sheet that says where."""
        for block in self.sheet:
            if PLACE_LABEL.match(self._view.low, block.start, block.end):
                lines = self._view.sentences_of(block)
                return lines[0] if lines else None
        return None

    def day(self) -> Dated | None:
        """The day of the one event the document is about; None where it tells of several, or of none by its day."""
        if not self._day:
            self._day.append(self._sheet_day() if self.sheet else self._told_day())
        return self._day[0]

    def _sheet_day(self) -> Dated | None:
        view, found = self._view, list[Dated]()
        for block in self.sheet:
            if _DAY_LABEL.match(view.low, block.start, block.end):
                for sentence in view.sentences_of(block):
                    found += [_dated(m) for m in self._book.of(sentence) if m.edtf and m.kind == "day"]
        return found[0] if found and len({dated.edtf for dated in found}) == 1 else None

    def _told_day(self) -> Dated | None:
        """The day told first, near the top, where it is the day that most sentences with a day tell of."""
        view, first = self._view, None
        told: list[dt.date] = []
        for sentence in view.sentences:
            if not self._book.of(sentence):
                continue
            dated = self._book.told(sentence)
            low, high = edtf.bounds(dated.edtf) if dated is not None else (None, None)
            if dated is None or low is None or high is None or (high - low).days > 1 or self._is_dateline(sentence):
                continue
            if first is None:
                if sentence.block >= _FIRST_BLOCKS:
                    return None
                first = (low, dated)
            told.append(low)
        if first is None:
            return None
        same = sum(day == first[0] for day in told)
        return first[1] if same >= _ENOUGH and same > _MOST_OF * len(told) else None

    def _is_dateline(self, sentence: Sentence) -> bool:
        """Whether a line only gives the document's own date."""
        return self._view.blocks[sentence.block].kind == "heading" and sentence.block < _FIRST_BLOCKS

    def tells_of(self, sentence: Sentence) -> bool:
        """Whether a sentence without a date goes on about the document's one event."""
        view = self._view
        main = self.day()
        if main is None or is_fresh(view, sentence):
            return False
        if not (
            self.sheet
            or points_back(view, sentence)
            or _DEFINITE.search(view.low, sentence.start, sentence.end)
            or view.quotation_at(sentence.start + 1)
        ):
            return False
        nearest = self._nearest(sentence)
        return nearest is None or edtf.bounds(nearest.edtf)[0] == edtf.bounds(main.edtf)[0]

    def _nearest(self, sentence: Sentence) -> Dated | None:
        """The day told last in front of a sentence, in its section."""
        view = self._view
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK_SENTENCES), -1):
            before = view.sentences[index]
            block = view.blocks[before.block]
            if block in self.sheet:
                return None
            if block.kind == "heading" and before.block != sentence.block and view.clean[block.start] != "!":
                return None
            dated = self._book.told(before)
            if dated is not None and edtf.bounds(dated.edtf)[1] is not None:
                return dated
        return None

    def heading_day(self, sentence: Sentence) -> Dated | None:
        """The day in the heading above, for the list or paragraphs under it."""
        view = self._view
        for index in range(sentence.block - 1, max(-1, sentence.block - 1 - _BACK_BLOCKS), -1):
            block = view.blocks[index]
            if block.kind != "heading":
                continue
            lines = view.sentences_of(block)
            dated = self._book.told(lines[0]) if lines else None
            if dated is None or dated.mention.kind not in ("day", "days") or self._is_published(dated):
                return None
            return dated
        return None

    def _is_published(self, dated: Dated) -> bool:
        published = cal.Published.of(self._view.published)
        return edtf.bounds(dated.edtf)[0] == published.latest

    def period_of(self, sentence: Sentence, at: int) -> Dated | None:
        """The period a sentence means by "during the period", "of those casualties", "since then"."""
        low = self._view.low
        then = _SINCE_THEN.search(low, sentence.start, sentence.end)
        if then is not None:
            return self._since(sentence)
        within = _IN_PERIOD.search(low, sentence.start, sentence.end)
        if within is not None:
            most = _MONTH if within[0].endswith("month") else _QUARTER if "quarter" in within[0] else _LONGEST_PERIOD
            return self._told_period(sentence, most=most) or self.period()
        if _OF_FIGURES.search(low, max(sentence.start, at - 90), sentence.end):
            if self._is_of_a_day(sentence):
                return None
            return self._told_period(sentence, _BACK_BLOCKS)
        return None

    def _is_of_a_day(self, sentence: Sentence) -> bool:
        """Whether the figures spoken of are those of one day's event, told in this paragraph last."""
        for before in self._view.before(sentence, _FEW):
            dated = self._book.told(before)
            if dated is not None:
                return dated.mention.kind == "day" and not dated.edtf.endswith("/..")
        return False

    def _since(self, sentence: Sentence) -> Dated | None:
        for before in self._view.before(sentence, 2):
            for mention in reversed(self._book.of(before)):
                first = edtf.bounds(mention.edtf)[0] if mention.edtf else None
                if first is not None and mention.kind != "year":
                    return Dated(
                        f"{first.isoformat()}/..",
                        "resolved",
                        "date.since_then",
                        mention,
                    )
        return None

    def _told_period(
        self,
        sentence: Sentence,
        blocks: int = _BACK_BLOCKS * 2,
        most: int = _LONGEST_PERIOD,
    ) -> Dated | None:
        """The last stretch of time told before a sentence; one with its end before one that is open."""
        since: Dated | None = None
        for index in range(sentence.index - 1, -1, -1):
            before = self._view.sentences[index]
            if sentence.block - before.block > blocks:
                break
            for mention in self._book.of(before):
                text = mention.edtf or ""
                if text.endswith("/..") and mention.raw[:5].lower() == "since":
                    since = since or _dated(mention)
                elif (
                    mention.kind != "year"
                    and _is_period(text, most)
                    and self._book.role(before, mention) not in _NOT_OF_EVENTS
                ):
                    return _dated(mention)
        return since

    def period(self) -> Dated | None:
        """The period the title or the first lines give the document as a whole: "January to May 2031"."""
        if not self._period:
            self._period.append(self._find_period())
        return self._period[0]

    def _find_period(self) -> Dated | None:
        for sentence in self._view.sentences[:6]:
            if self._view.blocks[sentence.block].kind != "heading":
                continue
            for mention in self._book.of(sentence):
                if mention.edtf and mention.kind != "year" and _is_period(mention.edtf):
                    return _dated(mention)
        return None


def _dated(mention: DateMention) -> Dated:
    return Dated(mention.edtf or "", mention.basis, f"date.{mention.kind}", mention)


def _is_period(text: str, most: int = _LONGEST_PERIOD) -> bool:
    """Whether a date is a stretch of time with two certain ends."""
    if not text or "~" in text or text[0] in "[{":
        return False
    low, high = edtf.bounds(text)
    return low is not None and high is not None and _SHORTEST_PERIOD <= (high - low).days <= most


_SUBJECTS: WeakKeyDictionary[View, Subject] = WeakKeyDictionary()


def subject_of(view: View) -> Subject:
    """What a document is about, kept as long as the document is being read."""
    known = _SUBJECTS.get(view)
    if known is None:
        known = _SUBJECTS[view] = Subject(view)
    return known
