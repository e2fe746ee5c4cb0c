"""The dates of one document as its events have them: which governs a place, which is carried on, where a war began."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from muniment.extractors.en import calendar_words as cal
from muniment.extractors.en import dates
from muniment.extractors.en.date_grammar import WORDS
from muniment.extractors.en.date_roles import SINCE_OUTBREAK, Role, role
from muniment.extractors.en.dates import DateMention
from muniment.extractors.en.passage import (
    EVENT_NOUNS,
    EVENT_WORDS,
    EVENTS,
    earlier,
    is_fresh,
    points_back,
)
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, pattern
from muniment.model import when as edtf
from muniment.model.vocabulary import WhenBasis

_HOSTILITIES = either(WORDS["hostilities"]["nouns"])
_STARTS = either(WORDS["hostilities"]["starts"])
_WAR_BEGINS = re.compile(
    rf"(?<!\w){_HOSTILITIES}(?!\w)(?:\s+[\w-]+){{0,3}}?\s+{_STARTS}(?!\w)"
    rf"|(?<!\w){_STARTS}(?:\s+[\w-]+){{0,3}}?\s+{_HOSTILITIES}(?!\w)"
)
_AFTERMATH = pattern(EVENTS["subject"]["aftermath"])
_NTH = re.compile(r"\W*" + either(EVENTS["subject"]["nth"]) + r"(?!\w)")
_DEED = pattern(EVENTS["event"]["verbs"])
_STATE = re.compile(r"(?<!\w)(?:" + "|".join(WORDS["hostilities"]["states"]) + ")")
_LASTED = re.compile(
    r"\s*,?\s+(?:(?:and|before|that|which)\s+)?(?:lasted|continued|went\s+on|ran|raged|ended|dragged\s+on)\s+"
    r"(?:(?:in|into|until|till|through|to)\s+)?(?:the\s+)?"
)
_BREAK = re.compile(r"[;:]|,\s+(?:while|whereas|but|and\s+(?:on|in)\s)|\s(?:while|whereas|but)\s")
_ELSEWHERE = re.compile(r"\s+(?:in|on|against|over|between)\s+(?:the\s+)?[A-Z]")
_ASIDE = re.compile(rf"\W*(?:{either(EVENTS['subject']['aside'])})(?!\w)")
_EARLIER_ONE = re.compile(
    rf"(?<!\w)(?:{either(EVENTS['subject']['earlier_ones'])})\s+(?:[\w-]+\s+){{0,2}}?{EVENT_NOUNS}(?!\w)[^;.]{{0,80}}\Z"
)
_SEQUEL = re.compile(
    r"(?:(?:;|,\s+(?:but|and|while)|,)\s[^,;]{0,40}?\b(?:died|succumbed)|\s(?:who|which|whom?)\s(?:had|have|has)\s[a-z]+)(?!\w)[^,;.]{0,60}\Z"
)
"""What follows or went before an event and has a day of its own, which is not the event's."""
_AFTERWARDS = re.compile(
    r"\s(?:over|in|within|during)\s+the\s+following\s+(?:[\w-]+\s+)?(?:hours|days|weeks|months|nights?)(?!\w)"
)
_IN = re.compile(r"\b(?:[Ii]n|[Nn]ear)\s+([A-Z][\w'-]+)")
_AT = re.compile(
    r"(?:\b[Ii]n|\bat|\bnear|\bof|\bshelled|\bhit|\bstruck|\bbombed|\battacked)\s+(?:the\s+)?([A-Z][\w'-]+)"
)
_CALENDAR_NAMES = frozenset(name.capitalize() for name in (*WORDS["months"], *WORDS["weekdays"]))
_FOOTAGE = re.compile(r"\b(?:videos?|footage|photos?|photographs?|images?)\b")
_FAR_BLOCKS = 12
_MOST_DAYS = 31
_MOST_DAYS_ABOVE = 3
"""How long a span can be to be carried on, within a paragraph and from a paragraph above."""
_ONE_EVENT_KINDS = frozenset({"news", "post", "message", "statement"})
_LEAD_BLOCKS = 4
_LONGEST_NEWS = 40
_ANY_ROLE = frozenset({"ceasefire"})
"""Kinds that are themselves what other sentences only refer to."""


class Dated(NamedTuple):
    """A date chosen for a claim: what it means, on which ground, and which words gave it."""

    edtf: str
    basis: WhenBasis
    rule: str
    mention: DateMention


class Calendar:
    """The dates of one document, block by block, with their roles; found when asked, then kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._blocks: dict[int, Sequence[DateMention]] = {}
        self._whole: dict[int, DateMention | None] = {}
        self._roles: dict[tuple[int, int], Role] = {}
        self._event: dict[int, Dated | None] = {}
        self._outbreak: list[DateMention | None] = []
        self._standing: list[tuple[Dated, str] | None] = []

    def of(self, sentence: Sentence) -> Sequence[DateMention]:
        """The dates in a sentence, left to right."""
        found = self._blocks.get(sentence.block)
        if found is None:
            found = self._of_block(sentence.block)
        first = bisect_left(found, sentence.start, key=lambda mention: mention.start)
        last = bisect_left(found, sentence.end, first, key=lambda mention: mention.start)
        return found[first:last]

    def _of_block(self, index: int) -> Sequence[DateMention]:
        found = self._blocks.get(index)
        if found is None:
            view, block = self._view, self._view.blocks[index]
            found = dates.find(
                view.clean,
                block.start,
                block.end,
                view.published,
                lambda: self._lent(index),
            )
            self._blocks[index] = found
        return found

    def _lent(self, index: int) -> DateMention | None:
        """The last day or month with its year told in the paragraphs above."""
        view = self._view
        for above in range(index - 1, max(-1, index - 1 - _FAR_BLOCKS), -1):
            block = view.blocks[above]
            if view.low.find("this year", block.start, block.end) >= 0:
                return None  # what is told here is of the year of publication
            if above not in self._whole:
                self._whole[above] = self._last_whole(above)
            mention = self._whole[above]
            if mention is not None:
                return mention
        return None

    def _last_whole(self, index: int) -> DateMention | None:
        block = self._view.blocks[index]
        for mention in reversed(dates.find(self._view.clean, block.start, block.end, self._view.published)):
            whole = mention.kind in ("day", "days", "month") and mention.basis == "explicit"
            if whole and mention.edtf and not (mention.year_inferred or ".." in mention.edtf):
                return mention
        return None

    def role(self, sentence: Sentence, mention: DateMention) -> Role:
        """What a date of a sentence belongs to."""
        key = (sentence.index, mention.start)
        known = self._roles.get(key)
        if known is None:
            known = self._roles[key] = role(self._view.clean, self._view.low, sentence.start, sentence.end, mention)
        return known

    def told(self, sentence: Sentence) -> Dated | None:
        """The date of the event a sentence tells, for others to carry on; None where it gives none to a fair point."""
        if sentence.index not in self._event:
            self._event[sentence.index] = None  # a phrase that counts from itself ends here
            chosen = self._choose(sentence, sentence.end, frozenset(), whole=True)
            if chosen is not None and self._is_aside(sentence, chosen):
                chosen = None
            self._event[sentence.index] = chosen
        return self._event[sentence.index]

    def _is_aside(self, sentence: Sentence, dated: Dated) -> bool:
        """Whether a date tells when something was built, held or buried, and no event that others could share."""
        if not dated.mention.edtf:
            return False
        low, start, end = self._view.low, sentence.start, sentence.end
        first = dated.mention.start
        if start <= first < end and low.find("satellite", max(start, first - 60), first) >= 0:
            return True  # the day of a picture of what was left
        if _AFTERMATH.search(low, start, end):
            return _DEED.search(low, start, end) is None
        coarse = dated.mention.kind in ("season", "year", "decade", "month")
        return coarse and not dated.edtf.endswith("/..") and EVENT_WORDS.search(low, start, end) is None

    def is_unresolved(self, sentence: Sentence, at: int) -> bool:
        """Whether a sentence dates its event by a phrase whose day is not known, and by nothing else."""
        mentions = [m for m in self.of(sentence) if not self._is_of_another_clause(sentence, m, at, whole=False)]
        if not mentions and self._view.low.find(" following ", sentence.start, sentence.end) >= 0:
            return _AFTERWARDS.search(self._view.low, sentence.start, sentence.end) is not None
        return any(m.edtf is None and m.kind in ("anaphoric", "relative") for m in mentions) and all(
            m.edtf is None or self.role(sentence, m) != "event" for m in mentions
        )

    def was_said_before(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence was said, by its own date, before a day: then that day cannot be its event's."""
        first = edtf.bounds(text)[0]
        for mention in self.of(sentence):
            last = edtf.bounds(mention.edtf)[1] if mention.edtf else None
            if first is not None and last is not None and last < first and self.role(sentence, mention) == "statement":
                return True
        return False

    def governing(self, sentence: Sentence, at: int, kind: str) -> Dated | None:
        """The date in a sentence that governs the words at an offset."""
        roles = frozenset({"other"}) if kind in _ANY_ROLE else frozenset()
        return self._choose(sentence, at, roles)

    def carried(self, sentence: Sentence, *, lasting: bool = False, outbreak: bool = False) -> Dated | None:
        """The date of the event that a sentence goes on telling, from the sentences before it.

        Args:
            sentence: the sentence that gives no date of its own.
            lasting: a state is told, which may hold since a day on.
            outbreak: the event may be the beginning of the hostilities itself.
        """
        nth = _NTH.match(self._view.low, sentence.start) is not None
        for before in earlier(self._view, sentence):
            dated = self.told(before)
            if dated is None:
                continue
            low, high = edtf.bounds(dated.edtf)
            if high is None and low is not None:
                if lasting:
                    return dated
                continue
            if low is None or high is None:
                continue
            days = (high - low).days
            if self._begins_war(before) and not outbreak:
                continue
            if before.block != sentence.block and self.is_elsewhere(sentence, before):
                return None
            if nth and _NTH.match(self._view.low, before.start):
                return None  # each of several has its own day
            if days <= (_MOST_DAYS if before.block == sentence.block else _MOST_DAYS_ABOVE):
                return dated
            return None
        return self.standing(sentence) if lasting else self.lead(sentence)

    def is_elsewhere(self, sentence: Sentence, told: Sentence) -> bool:
        """Whether a paragraph, up to a sentence, names other places than a sentence of a paragraph above."""
        view = self._view
        if points_back(view, sentence):
            return False
        here = {match[1] for match in _IN.finditer(view.clean, view.blocks[sentence.block].start, sentence.end)}
        there = {match[1] for match in _AT.finditer(view.clean, told.start, told.end)} - _CALENDAR_NAMES
        here -= _CALENDAR_NAMES
        return bool(here) and bool(there) and here.isdisjoint(there)

    def _begins_war(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of a war's beginning and of no other deed."""
        low = self._view.low
        match = _WAR_BEGINS.search(low, sentence.start, sentence.end)
        if match is None:
            return False
        return not (_DEED.search(low, sentence.start, match.start()) or _DEED.search(low, match.end(), sentence.end))

    def standing(self, sentence: Sentence) -> Dated | None:
        """Since when a blockade, siege or the like has stood, where the document says so once and speaks of it here."""
        if not self._standing:
            self._standing.append(self._find_standing())
        found = self._standing[0]
        if found is None:
            return None
        dated, stem = found
        block = self._view.blocks[sentence.block]
        title = (self._view.document.title or "").lower()
        return dated if stem in title or self._view.low.find(stem, block.start, block.end) >= 0 else None

    def _find_standing(self) -> tuple[Dated, str] | None:
        found: dict[str, tuple[Dated, str]] = {}
        for match in _STATE.finditer(self._view.low, self._view.start, self._view.end):
            sentence = self._view.sentence_at(match.start())
            dated = self.told(sentence) if sentence is not None else None
            if dated is not None and dated.edtf.endswith("/..") and dated.mention.kind == "day":
                found.setdefault(dated.edtf, (dated, match[0]))
        return next(iter(found.values())) if len(found) == 1 else None

    def lead(self, sentence: Sentence) -> Dated | None:
        """The day of the one event a short text is about: told in its lead, with no other day between."""
        view = self._view
        if view.document.kind not in _ONE_EVENT_KINDS or is_fresh(view, sentence) or sentence.index > _LONGEST_NEWS:
            return None
        given: Dated | None = None
        for other in view.sentences[: sentence.index]:
            block = view.blocks[other.block]
            dated = self.told(other) if block.kind != "note" else None
            if dated is None or (other.block != sentence.block and _ASIDE.match(view.low, block.start)):
                continue
            if block.kind == "heading" and dated.edtf[:10] == (view.published or "")[:10]:
                continue  # the line that dates the document
            low, high = edtf.bounds(dated.edtf)
            if low is None or high is None or (high - low).days > 1 or self._begins_war(other):
                return None
            if given is None and other.block > _LEAD_BLOCKS:
                return None
            if given is not None and edtf.bounds(given.edtf)[0] != low:
                return None
            given = given or dated
        return given

    def outbreak(self) -> DateMention | None:
        """The day on which the hostilities told of began, where the document says so."""
        if not self._outbreak:
            self._outbreak.append(self._find_outbreak())
        return self._outbreak[0]

    def _find_outbreak(self) -> DateMention | None:
        view = self._view
        for match in _WAR_BEGINS.finditer(view.low, view.start, view.end):
            sentence = view.sentence_at(match.start())
            if sentence is None or sentence.end < match.end():
                continue
            for mention in self.of(sentence):
                if mention.kind == "day" and mention.edtf is not None and self.role(sentence, mention) == "event":
                    return mention
        return None

    def _choose(self, sentence: Sentence, at: int, also: frozenset[str], *, whole: bool = False) -> Dated | None:
        best: tuple[int, Dated] | None = None
        mentions = self.of(sentence)
        for index, mention in enumerate(mentions):
            its = self.role(sentence, mention)
            if its != "event" and its not in also:
                continue
            other = _EARLIER_ONE.search(self._view.low, max(sentence.start, mention.start - 160), mention.start)
            if other is not None and (whole or at < other.start()):
                continue  # the day of an earlier event, named beside the one told
            if self._is_of_another_clause(sentence, mention, at, whole=whole):
                continue
            dated = self._resolved(sentence, mentions, index)
            if dated is None:
                continue
            cost = self._cost(sentence, mention, at)
            if best is None or cost < best[0]:
                best = (cost, dated)
        return best[1] if best else None

    def _is_of_another_clause(self, sentence: Sentence, mention: DateMention, at: int, *, whole: bool) -> bool:
        """Whether a day counted from an event is only that of a later death or an earlier birth told beside it."""
        if mention.kind != "anaphoric":
            return False
        low = self._view.low
        beside = _SEQUEL.search(low, max(sentence.start, mention.start - 90), mention.start)
        return beside is not None and (whole or at < beside.start() or at > mention.end)

    def _cost(self, sentence: Sentence, mention: DateMention, at: int) -> int:
        """How far a date stands from a place in its sentence; each clause between weighs as many words."""
        low, high = (mention.end, at) if mention.end <= at else (at, mention.start)
        breaks = sum(1 for _ in _BREAK.finditer(self._view.low, low, max(low, high)))
        coarse = {"year": 80, "decade": 80, "month": 20, "outbreak": 30}.get(mention.kind, 0)
        return max(0, high - low) + 120 * breaks + coarse

    def _resolved(self, sentence: Sentence, mentions: Sequence[DateMention], index: int) -> Dated | None:
        mention = mentions[index]
        if mention.edtf is None:
            return self._counted(sentence, mention)
        before = mentions[index - 1] if index else None
        if before is not None and before.edtf and _LASTED.fullmatch(self._view.low, before.end, mention.start):
            return self._resolved(sentence, mentions, index - 1)
        if mention.kind == "relative" and self._is_quoted_of_old(sentence, mention):
            return None
        low, _ = edtf.bounds(mention.edtf)
        published = cal.Published.of(self._view.published).latest
        if low is not None and published is not None and low > published + dt.timedelta(days=1):
            return None
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following is not None and following.edtf and following.kind in ("year", "decade", "month", "day"):
            between = self._view.low[mention.end : following.start]
            if _LASTED.fullmatch(between) and "/" not in mention.edtf:
                whole = f"{mention.edtf}/{following.edtf.split('/')[-1]}"
                if _is_sound(whole):
                    return Dated(whole, "explicit", "date.lasted", mention)
        if "/" not in mention.edtf and SINCE_OUTBREAK.search(self._view.low, max(0, mention.start - 80), mention.start):
            return Dated(f"{mention.edtf}/..", mention.basis, "date.since", mention)
        basis: WhenBasis = mention.basis
        return Dated(mention.edtf, basis, f"date.{mention.kind}", mention)

    def _is_quoted_of_old(self, sentence: Sentence, mention: DateMention) -> bool:
        """Whether "today" is another's word, said on a day that a later report does not share."""
        view = self._view
        if view.document.kind in _ONE_EVENT_KINDS:
            return False
        quoted = view.quotation_at(mention.start) is not None
        return quoted or view.clean[view.blocks[sentence.block].start] == ">"

    def _counted(self, sentence: Sentence, mention: DateMention) -> Dated | None:
        """A phrase that counts from an event told before, or from the outbreak of the war."""
        if mention.shift is None:
            return None
        unit, number = mention.shift
        if mention.kind == "outbreak":
            return self._from_outbreak(sentence, mention, unit, number)
        base = self._base(sentence, mention)
        if base is None:
            return None
        low, high = edtf.bounds(base.edtf)
        if low is None or high is None or (high - low).days > _MOST_DAYS:
            return None
        rough = "~" if base.edtf.endswith("~") else ""
        if unit == "soon":
            return Dated(
                _span(low, low + dt.timedelta(days=number), "~"),
                "resolved",
                "date.counted",
                mention,
            )
        if unit in ("day", "week"):
            by = dt.timedelta(days=number * (7 if unit == "week" else 1))
            mark = "~" if unit == "week" else rough
            text = _span(low + by, high + by, mark)
        else:
            text = cal.shifted(low, unit, number)
        return Dated(text, "resolved", "date.counted", mention)

    def _base(self, sentence: Sentence, mention: DateMention) -> Dated | None:
        """The date that an anaphoric phrase counts from: before it in its sentence, else told before."""
        mentions = self.of(sentence)
        for index in range(len(mentions) - 1, -1, -1):
            other = mentions[index]
            whole = other.end <= mention.start and other.edtf is not None and other.kind in ("day", "days", "relative")
            if whole and self.role(sentence, other) == "event":
                return self._resolved(sentence, mentions, index)
        for before in self._view.before(sentence, 4):
            dated = self.told(before)
            low, high = edtf.bounds(dated.edtf) if dated is not None else (None, None)
            if dated is not None and low is not None and high is not None and (high - low).days <= _MOST_DAYS:
                return dated
        return self.carried(sentence)

    def _from_outbreak(self, sentence: Sentence, mention: DateMention, unit: str, number: int) -> Dated | None:
        if _ELSEWHERE.match(self._view.clean, mention.end):
            return None
        first = self.outbreak()
        start = first.edtf if first is not None and first.start != mention.start else None
        if start is None:
            base = self._base(sentence, mention)
            start = base.edtf if base is not None else None
        low = edtf.bounds(start)[0] if start else None
        if low is None:
            return None
        if unit == "span":
            text = _span(low, low + dt.timedelta(days=max(0, number - 1)), "")
        elif self._view.low[max(0, mention.start - 12) : mention.start].rstrip().endswith("since"):
            text = f"{low.isoformat()}/.."
        else:
            text = (low + dt.timedelta(days=number)).isoformat()
        return Dated(text, "resolved", "date.outbreak", mention)

    def up_to_footage(self, sentence: Sentence, at: int) -> Dated | None:
        """What footage shows, made public on a day soon after the war began, lies between the two."""
        first = self.outbreak()
        if first is None or first.edtf is None or not _FOOTAGE.search(self._view.low, sentence.start, at):
            return None
        start = edtf.bounds(first.edtf)[0]
        for mention in self.of(sentence):
            if mention.end > at or mention.edtf is None or self.role(sentence, mention) != "statement":
                continue
            last = edtf.bounds(mention.edtf)[1]
            if start is not None and last is not None and 0 <= (last - start).days <= _MOST_DAYS:
                return Dated(_span(start, last, ""), "resolved", "date.footage", mention)
        return None


_CALENDARS: WeakKeyDictionary[View, Calendar] = WeakKeyDictionary()


def calendar_of(view: View) -> Calendar:
    """The dates of a document, kept as long as the document is being read."""
    known = _CALENDARS.get(view)
    if known is None:
        known = _CALENDARS[view] = Calendar(view)
    return known


def starts_anew(view: View, sentence: Sentence) -> bool:
    """Whether a sentence dates an event of its own, so that what was told before is not its."""
    book = calendar_of(view)
    own = [m for m in book.of(sentence) if m.kind == "day" and book.role(sentence, m) == "event"]
    return bool(own) and not points_back(view, sentence)


def _span(low: dt.date, high: dt.date, mark: str) -> str:
    if low == high:
        return low.isoformat() + mark
    return f"{low.isoformat()}{mark}/{high.isoformat()}{mark}"


def _is_sound(text: str) -> bool:
    try:
        edtf.bounds(text)
    except ValueError:
        return False
    return True
