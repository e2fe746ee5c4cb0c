"""Which event a passage goes on telling: the one that its section, or the whole document, opens with.

The lead says who did what with which weapon; the paragraphs below tell of the dead and wounded of that event and say
neither again. What the opening says can stand for a later sentence until another event, day or scene is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from muniment.extractors.draft import Draft
from muniment.extractors.en.day_book import Calendar, Dated, calendar_of
from muniment.extractors.en.passage import EVENT_NOUNS, EVENTS, is_fresh, is_section, names_same, points_back
from muniment.extractors.layout import Block
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, pattern
from muniment.model import when as edtf

_WORDS = EVENTS["account"]
_DEEDS = pattern(_WORDS["deeds"])
_NOT_TOLD = pattern(_WORDS["not_told"])
_OTHER_CAUSES = pattern(_WORDS["other_causes"])
_OTHER_EVENT = re.compile(
    rf"(?<!\w)(?:{either(_WORDS['other_events'])})\s+(?:[\w-]+\s+){{0,2}}?{EVENT_NOUNS}(?!\w)"
    rf"|(?<!\w)(?:{either(_WORDS['leaves'])})(?!\w)"
)
_ONE_OF_SERIES = re.compile(rf"(?<!\w)(?:one|some|most|all)\s+of\s+(?:the|these|those)\s+{EVENT_NOUNS}(?!\w)")
_ASIDE = re.compile(rf"\W*(?:{either(EVENTS['subject']['aside'])})(?!\w)")
_SCENE = re.compile(
    r"\W*(?:(?:On|At|In|By|Around)\s[^,.;]{2,40},\s+)?(?:Also\s+)?(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s+"
    r"(?:the\s+(?:[\w-]+\s+){0,4}?(?:of\s+)?)?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]+day)\b)"
    r"(?P<name>[A-Z][\w'’-]+)"
)
_HAD = re.compile(r"(?<!\w)had(?!\w)")
_LATER = re.compile(r"(?<!\w)(?:following|later|after(?:wards)?|next|since)(?!\w)")
_ITEM = re.compile(r"[#\s]*[A-Z][\w'’ -]{2,40}:\s")
_LEVEL = re.compile(r"#+")
_EVENT_NOUN = re.compile(rf"(?<!\w){EVENT_NOUNS}(?!\w)")
_ASIDE_HEAD = pattern(_WORDS["aside_heads"])
"""Headings of sections that leave the event the text opens with."""
_LEAD_SENTENCES = 6
_LEAD_BLOCKS = 3
_FARTHEST = 80
_ONE_EVENT_DAYS = 4
_AFTERMATH = dt.timedelta(days=30)
_SAME_DAY = dt.timedelta(0)
_HARMS = frozenset({"killed", "injured", "casualties"})
_KINDS = frozenset({"casualty", "damage", "incident", "weapon_use"})
"""Kinds that tell of the event itself or of what it did."""


@dataclass(slots=True)
class Opening:
    """The event a section opens with.

    Attributes:
        told: the sentence that tells it, then those of its paragraph that go on with it.
        heads: the heading lines above it.
        low, high: the days it is dated to, where the section gives them.
        on: whether each sentence from the first told on still tells of it.
        dated: the words that date it.
    """

    told: tuple[Sentence, ...]
    heads: tuple[Sentence, ...]
    low: dt.date | None = None
    high: dt.date | None = None
    on: tuple[bool, ...] = ()
    dated: Dated | None = None

    def goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence of the section still tells of the event."""
        at = sentence.index - self.told[0].index
        return 0 <= at < len(self.on) and self.on[at]

    @property
    def is_series(self) -> bool:
        """Whether it is told of a stretch of time: "on six occasions between 1 May and 9 June"."""
        return self.low is not None and self.high is not None and (self.high - self.low).days > _ONE_EVENT_DAYS

    def holds(self, low: dt.date, high: dt.date, *, later: bool) -> bool:
        """Whether a date can be one of the event: the same days, or soon after where what followed is told."""
        if self.low is None or self.high is None:
            return False
        if self.is_series:
            return self.low <= low and high <= self.high + (_AFTERMATH if later else _SAME_DAY)
        if (high - low).days > (_AFTERMATH.days if later else _ONE_EVENT_DAYS):
            return False
        return self.low <= high and low <= self.high + (_AFTERMATH if later else _SAME_DAY)


class Accounts:
    """The sections of a document and what each opens with; found when asked, then kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._book: Calendar = calendar_of(view)
        self._starts = list(self._sections())
        self._openings: dict[int, Opening | None] = {}
        self._onwards: frozenset[int] | None = None

    def _sections(self) -> list[int]:
        """The blocks at which sections begin: headings that follow on a paragraph."""
        view, starts, told = self._view, [0], False
        for block in view.blocks:
            if block.kind != "heading":
                told = True
            elif told and self._is_heading(block):
                starts.append(block.index)
                told = False
        return starts

    def _is_heading(self, block: Block) -> bool:
        lines = self._view.sentences_of(block)
        if not lines or block.end - block.start <= 3 or self._view.text.startswith("![", block.start):
            return False
        return is_section(self._view, lines[0])

    def _section(self, block: int) -> int:
        """Which section a block stands in, by number."""
        found = 0
        for number, start in enumerate(self._starts):
            if start > block:
                break
            found = number
        return found

    def opening(self, number: int) -> Opening | None:
        """What a section opens with; None where its first sentences tell of no attack."""
        if number not in self._openings:
            self._openings[number] = self._find(number)
        return self._openings[number]

    def _find(self, number: int) -> Opening | None:
        view = self._view
        start = self._starts[number]
        stop = self._starts[number + 1] if number + 1 < len(self._starts) else len(view.blocks)
        heads: list[Sentence] = []
        read = blocks = 0
        for block in view.blocks[start:stop]:
            if block.kind == "heading":
                heads += view.sentences_of(block) if not read else ()
                continue
            if block.kind == "note":
                continue
            blocks += 1
            for sentence in view.sentences_of(block):
                read += 1
                if self._tells(sentence):
                    opening = Opening((sentence,), tuple(heads))
                    self._follow(opening, stop)
                    return opening
            if read > _LEAD_SENTENCES or blocks >= _LEAD_BLOCKS:
                return None
        return None

    def _tells(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of an attack, rather than of the law or the work of those who report."""
        low, start, end = self._view.low, sentence.start, sentence.end
        if _DEEDS.search(low, start, end) is None or _NOT_TOLD.search(low, start, end) is not None:
            return False
        dated = self._book.told(sentence)
        return dated is None or edtf.bounds(dated.edtf)[1] is not None  # "since 2029 they have bombed": no one event

    def _follow(self, opening: Opening, stop: int) -> None:
        """Walk from the opening to the section's end and note which sentences still tell of its event."""
        view, first = self._view, opening.told[0]
        self._date(opening, first)
        front = (
            view.low[view.blocks[self._starts[self._section(first.block)]].start : view.blocks[first.block].end]
            + (view.document.title or "").lower()
        )
        on, away, aside_block = [True], False, -1
        for sentence in view.sentences[first.index + 1 : first.index + _FARTHEST]:
            if sentence.block >= stop:
                break
            if view.blocks[sentence.block].kind in ("heading", "note"):
                on.append(False)
                continue
            ours, theirs = self._dates(opening, sentence)
            if ours:
                away, aside_block = False, -1
            aside = False
            if theirs and _HAD.search(view.low, sentence.start, sentence.end) and not self._is_first(sentence):
                aside = True  # "the hospital had been hit twice in July"
            elif not ours and (theirs or self._leaves(sentence, front)):
                away, aside_block = away or self._is_first(sentence), sentence.block
            elif is_fresh(view, sentence) and not names_same(view, sentence):
                aside_block = sentence.block
            here = not (away or aside) and sentence.block != aside_block
            on.append(here)
            if here and sentence.block == first.block and len(opening.told) < _LEAD_SENTENCES:
                opening.told = (*opening.told, sentence)
        opening.on = tuple(on)

    def _is_first(self, sentence: Sentence) -> bool:
        """Whether a sentence opens its paragraph."""
        return sentence.index == 0 or self._view.sentences[sentence.index - 1].block != sentence.block

    def _date(self, opening: Opening, sentence: Sentence) -> None:
        dated = self._book.told(sentence)
        low, high = edtf.bounds(dated.edtf) if dated is not None else (None, None)
        if low is not None and high is not None:
            opening.low, opening.high, opening.dated = low, high, dated

    def _dates(self, opening: Opening, sentence: Sentence) -> tuple[bool, bool]:
        """Whether a sentence dates what it tells to the event's own days, and whether to other days."""
        dated = self._book.told(sentence)
        low, high = edtf.bounds(dated.edtf) if dated is not None else (None, None)
        if dated is None or low is None:
            return False, False
        if opening.low is None:
            near = sentence.block - opening.told[0].block <= _LEAD_BLOCKS
            if high is not None and near and not self._leaves(sentence, ""):
                opening.low, opening.high, opening.dated = low, high, dated
                return True, False
            return False, True
        if high is None:
            return False, True
        later = (
            points_back(self._view, sentence) or _LATER.search(self._view.low, sentence.start, sentence.end) is not None
        )
        if opening.holds(low, high, later=False):
            return not _ASIDE.match(self._view.low, sentence.start), False
        return False, not opening.holds(low, high, later=later)

    def _leaves(self, sentence: Sentence, front: str) -> bool:
        """Whether a sentence opens another event or scene: "another strike", "In Ulm", "earlier that week"."""
        view = self._view
        if _OTHER_EVENT.search(view.low, sentence.start, sentence.end) or _ASIDE.match(view.low, sentence.start):
            return True
        scene = _SCENE.match(view.clean, sentence.start, sentence.end) if front else None
        return scene is not None and scene["name"].lower() not in front

    def told_by(self, draft: Draft) -> tuple[Opening, ...]:
        """The openings whose event a claim tells of: its section's, then the whole document's."""
        number = self._section(draft.sentence.block)
        own, found = self.opening(number), list[Opening]()
        if own is not None and own.goes_on(draft.sentence) and self._agrees(draft, own):
            found.append(own)
        whole = self._of_whole(draft, number) if number else None
        if whole is None and number and draft.sentence.index in self._told_on():
            whole = self.opening(0)
            whole = whole if whole is not None and self._agrees(draft, whole) else None
        return (*found, whole) if whole is not None else tuple(found)

    def _told_on(self) -> frozenset[int]:
        """The sentences of later sections that still tell of the one event the title and lead tell, by index."""
        if self._onwards is None:
            self._onwards = frozenset(self._tell_on())
        return self._onwards

    def _title(self, whole: Opening) -> str:
        """The title and the headings above the lead, in lower case."""
        heads = " ".join(self._view.low[head.start : head.end] for head in whole.heads)
        return f"{(self._view.document.title or '').lower()} {heads}"

    def is_one_event(self) -> bool:
        """Whether title and lead tell of one dated event, as news of an attack does and a review of a year does not."""
        whole = self.opening(0)
        if whole is None or whole.low is None or whole.is_series:
            return False
        title = self._title(whole)
        return _DEEDS.search(title) is not None or _EVENT_NOUN.search(title) is not None

    def dated(self, draft: Draft) -> Dated | None:
        """The date of the one event that the whole text is about, for a claim that goes on telling of it."""
        sentence, whole = draft.sentence, self.opening(0)
        if whole is None or whole.dated is None or not self.is_one_event():
            return None
        if any(mention.kind != "year" for mention in self._book.of(sentence)):
            return None  # it has a day of its own
        if whole not in openings_of(draft, self._view) or self._book.is_elsewhere(sentence, whole.told[0]):
            return None
        return whole.dated

    def _tell_on(self) -> Iterator[int]:
        """Walk from the second section on, until a section, a date or another scene leaves the event."""
        view, whole = self._view, self.opening(0)
        if whole is None or len(self._starts) == 1 or not self.is_one_event():
            return
        title = self._title(whole)
        front = f"{title} {view.low[whole.told[0].start : whole.told[-1].end]}"
        first = view.sentences_of(view.blocks[self._starts[1]])[0].index
        away = aside = False
        aside_block = -1
        for sentence in view.sentences[first : first + _FARTHEST]:
            kind = view.blocks[sentence.block].kind
            if kind == "note":
                continue
            if kind == "heading":
                if self._is_item(self._section(sentence.block)):
                    return
                aside = _ASIDE_HEAD.search(view.low, sentence.start, sentence.end) is not None
                continue
            ours, theirs = self._dates(whole, sentence)
            if ours:
                away = aside = False
            elif theirs and _HAD.search(view.low, sentence.start, sentence.end):
                continue
            elif theirs or self._leaves(sentence, front):
                away = True
            elif is_fresh(view, sentence) and not names_same(view, sentence):
                aside_block = sentence.block
            if not (away or aside or sentence.block == aside_block):
                yield sentence.index

    def is_front(self, block: Block) -> bool:
        """Whether a heading stands in front of the whole text, where the text opens with an event."""
        whole = self.opening(0)
        return whole is not None and block.index < whole.told[0].block and self._section(block.index) == 0

    def above(self, draft: Draft) -> tuple[Opening, ...]:
        """What the sections up to the claim's open with."""
        number = self._section(draft.sentence.block)
        return tuple(one for k in range(number + 1) if (one := self.opening(k)) is not None)

    def _agrees(self, draft: Draft, opening: Opening) -> bool:
        """Whether the claim's date, where it has one, can be that of the event."""
        if draft.when is None or draft.when.basis == "context":
            return True
        low, high = draft.when.earliest, draft.when.latest
        if low is None or high is None:
            return False
        sentence = draft.sentence
        later = draft.when.basis != "explicit" or points_back(self._view, sentence)
        later = later or _LATER.search(self._view.low, sentence.start, sentence.end) is not None
        return opening.holds(low, high, later=later)

    def _of_whole(self, draft: Draft, number: int) -> Opening | None:
        """What the document as a whole opens with, for a section that dates its event to the same day or series."""
        whole = self.opening(0)
        if whole is None or self._is_item(number):
            return None
        low, high = (draft.when.earliest, draft.when.latest) if draft.when is not None else (None, None)
        own = self.opening(number)
        carried = draft.when is None or draft.when.basis == "context"
        if carried and own is not None and own.goes_on(draft.sentence) and own.low is not None:
            low, high = own.low, own.high
        if low is None or high is None or is_fresh(self._view, draft.sentence):
            return None
        if _OTHER_EVENT.search(self._view.low, draft.sentence.start, draft.sentence.end):
            return None
        back = _ONE_OF_SERIES.search(self._view.low, draft.sentence.start, draft.sentence.end) is not None
        return whole if whole.holds(low, high, later=back) else None

    def _is_item(self, number: int) -> bool:
        """Whether a section is one item of several, each about its own: a bulletin, headings "Norland: ..."."""
        view = self._view
        head = view.blocks[self._starts[number]]
        whole = self.opening(0)
        above = [view.blocks[line.block] for line in whole.heads] if whole is not None else []
        if not above:
            return True
        level, first = (_LEVEL.match(view.text, block.start) for block in (head, above[-1]))
        if level is not None and first is not None and level[0] == first[0]:
            return True
        return _ITEM.match(view.clean, head.start, head.end) is not None


_ACCOUNTS: WeakKeyDictionary[View, Accounts] = WeakKeyDictionary()


def accounts_of(view: View) -> Accounts:
    """The sections of a document, kept as long as the document is being read."""
    known = _ACCOUNTS.get(view)
    if known is None:
        known = _ACCOUNTS[view] = Accounts(view)
    return known


def is_aside(view: View, sentence: Sentence) -> bool:
    """Whether a sentence opens with words that set it beside the event told: "earlier that week", "elsewhere"."""
    return _ASIDE.match(view.low, sentence.start, sentence.end) is not None


def openings_of(draft: Draft, view: View) -> tuple[Opening, ...]:
    """The openings that tell the event of a claim; none where the claim is of another event, cause or kind."""
    if draft.kind not in _KINDS or (draft.harm and not _HARMS.intersection(draft.harm)):
        return ()
    if draft.aggregate and not (names_same(view, draft.sentence) or _only_lasted(draft)):
        return ()
    if _OTHER_CAUSES.search(view.low, draft.sentence.start, draft.sentence.end):
        return ()
    return accounts_of(view).told_by(draft)


def _only_lasted(draft: Draft) -> bool:
    """Whether a claim is a sum only because its date counts some days on: "died in the following days"."""
    why = draft.why.get("aggregate")
    return (
        why is not None
        and why.rule.endswith("date of many days")
        and draft.when is not None
        and (draft.when.basis == "resolved")
    )
