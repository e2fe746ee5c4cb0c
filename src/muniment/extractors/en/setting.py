"""Where a document or one of its sections is set: the place its heading, fact sheet, dateline or title names.

It stands for the place of a claim whose own words, and those told before, name none; not where a sentence leaves the
event behind, or another place was named since.
"""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from muniment.extractors.draft import Draft
from muniment.extractors.en.passage import EVENTS, is_fresh
from muniment.extractors.en.spots import LISTS, Spot, atlas, spots_of
from muniment.extractors.en.subject import PLACE_LABEL, subject_of
from muniment.extractors.mentions import Mentions, PlaceMention
from muniment.extractors.places import Hints
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either

_SETTING = LISTS["setting"]
_KINDS = either(_SETTING["kinds"])
_OF_EVENTS = frozenset({"casualty", "damage", "incident", "weapon_use"})
_COARSE = frozenset({"country", "contested", "region"})
_ASIDE = re.compile(rf"\W*(?:{either(EVENTS['subject']['aside'])})(?!\w)")
_EVERYWHERE = re.compile(rf"(?<!\w)(?:{either(_SETTING['everywhere'])})(?!\w)")
_OTHER = re.compile(rf"(?<!\w)(?:{either(_SETTING['other'])})(?!\w)")
"""Words by which a sentence tells of another event than the document's own."""
_ONLY = re.compile(rf"[\W\d_]*(?:(?:the|in|{_KINDS})\s+(?:of\s+)?){{0,2}}\Z")
_AFTER_ONLY = re.compile(rf"(?:\s+(?:{_KINDS}))?\W*\Z")
_DATELINE = re.compile(r"\s*(?:\([^()\n]{1,30}\)\s*|,[^.\n]{1,40})?\s*[–—-]\s")
_SEGMENT = re.compile(r"\s*(?::|>|/|\s[–-]\s)\s*")
_HUBS = frozenset(_SETTING["hubs"])
_CITY = 1_000_000
_BACK_BLOCKS = 40
_BACK_SENTENCES = 30
_FIRST_BLOCKS = 4
_LEAD = 2


class Setting:
    """The places that stand over the parts of one document; found when asked, then kept."""

    def __init__(self, view: View, mentions: Mentions) -> None:
        self._view = view
        self._lexicon = mentions.lexicon
        self._headings: dict[int, Spot | None] = {}
        self._whole: list[Spot | None] = []

    def of(self, draft: Draft) -> tuple[Spot, str] | None:
        """The place over a claim, and by which rule; None where nothing says it."""
        view, sentence = self._view, draft.sentence
        if draft.kind not in _OF_EVENTS or _EVERYWHERE.search(view.low, sentence.start, sentence.end):
            return None
        headed = self._section(sentence)
        if headed is not None and self._is_meant(headed):
            return headed, "where:heading"
        whole = self.whole()
        if whole is None or draft.aggregate != whole.coarse or not self._is_meant(whole):
            return None
        if draft.aggregate:
            return whole, "where:title"
        if is_fresh(view, sentence) or _OTHER.search(view.low, sentence.start, sentence.end) is not None:
            return None
        if not self._is_of_whole(draft, whole):
            return None
        return whole, "where:subject"

    def _is_meant(self, spot: Spot) -> bool:
        """Whether the place a title or dateline names lies where the document's other places lie."""
        if spot.mention is None:
            return True
        map_ = atlas(self._view, self._lexicon)
        place = map_.resolve(spot.mention, spot.hints).place
        return place is None or place.kind in _COARSE or map_.is_meant(place)

    def _is_filed_there(self, mention: PlaceMention) -> bool:
        """Whether news is only filed from a dateline's city: a large one, or a seat of agencies, named nowhere else."""
        hub = mention.raw.lower() in _HUBS or any((place.population or 0) >= _CITY for place in mention.places)
        again = re.compile(rf"(?<!\w){re.escape(mention.raw)}(?!\w)", re.IGNORECASE)
        return hub and again.search(self._view.clean, mention.end, self._view.end) is None

    def _is_of_whole(self, draft: Draft, whole: Spot) -> bool:
        """Whether a claim is of the document's one event: by its day, and no other place named since."""
        view, subject = self._view, subject_of(self._view)
        day = subject.day()
        dated = draft.when is not None and draft.when.basis != "context"
        leads = 0 <= draft.sentence.block - self._block_of(whole) <= _LEAD
        if dated and not leads and (day is None or draft.when is None or draft.when.edtf != day.edtf):
            return False
        last = draft.sentence.index - 1
        for index in range(last, max(-1, last - _BACK_SENTENCES), -1):
            before = view.sentences[index]
            block = view.blocks[before.block]
            if before.start <= whole.start < before.end or block in subject.sheet:
                return True
            if before.block != draft.sentence.block and _ASIDE.match(view.low, block.start):
                continue
            fine = [spot for spot in spots_of(view, self._lexicon, before) if not spot.coarse]
            if fine:
                return view.low[fine[-1].start : fine[-1].end] == view.low[whole.start : whole.end]
        return True

    def _block_of(self, spot: Spot) -> int:
        sentence = self._view.sentence_at(spot.start)
        return sentence.block if sentence is not None else -1

    def _section(self, sentence: Sentence) -> Spot | None:
        """The place that the heading above a sentence consists of."""
        for index in range(sentence.block - 1, max(-1, sentence.block - 1 - _BACK_BLOCKS), -1):
            block = self._view.blocks[index]
            if block.kind == "heading":
                if index not in self._headings:
                    self._headings[index] = self._only(block.start, block.end)
                return self._headings[index]
        return None

    def _only(self, start: int, end: int) -> Spot | None:
        """The one known name that words consist of, but for what kind of place it is."""
        low = self._view.low
        for mention in atlas(self._view, self._lexicon).named_in(start, end):
            if _ONLY.match(low[start : mention.start]) and _AFTER_ONLY.match(low[mention.end : end]):
                return Spot(mention.start, mention.end, mention, Hints(), False, _is_coarse(mention))
        return None

    def whole(self) -> Spot | None:
        """The place the whole document is set in: of its fact sheet, dateline or title."""
        if not self._whole:
            self._whole.append(self._sheet_place() or self._dateline() or self._title())
        return self._whole[0]

    def _sheet_place(self) -> Spot | None:
        """The last part of "Location: Northland : Darsun", what holds it named beside it."""
        view, line = self._view, subject_of(self._view).place_line()
        label = PLACE_LABEL.match(view.low, line.start, line.end) if line is not None else None
        if line is None or label is None:
            return None
        start = label.end()
        for cut in _SEGMENT.finditer(view.clean, start, line.end):
            start = cut.end()
        end = next((at for at in range(start, line.end) if view.clean[at] in "(,;["), line.end)
        end = start + len(view.clean[start:end].rstrip())
        if end - start < 2 or not view.clean[start].isupper():
            return None
        known = self._only(start, end)
        if known is None:
            return Spot(start, end, None, Hints(), False, False)
        map_ = atlas(view, self._lexicon)
        outer = [*map_.named_in(line.start, start), *map_.named_in(end, line.end)]
        within = tuple(place.id for mention in outer for place in mention.places if place.kind != "locality")
        return Spot(known.start, known.end, known.mention, Hints(frozenset(), within), False, known.coarse)

    def _dateline(self) -> Spot | None:
        """ "DARSUN - Rescuers ..." at the front of a paragraph near the top."""
        view = self._view
        for block in view.blocks[: 2 * _FIRST_BLOCKS]:
            for mention in atlas(view, self._lexicon).named_in(block.start, min(block.end, block.start + 40)):
                if (
                    mention.start - block.start <= 2
                    and _DATELINE.match(view.clean, mention.end, block.end)
                    and not self._is_filed_there(mention)
                ):
                    return Spot(mention.start, mention.end, mention, Hints(), False, _is_coarse(mention))
        return None

    def _title(self) -> Spot | None:
        """The one place that the headings at the top name; a country in front of a colon where they name no other."""
        view = self._view
        fine: dict[str, Spot] = {}
        coarse: Spot | None = None
        for sentence in view.sentences:
            if sentence.block >= _FIRST_BLOCKS:
                break
            if view.block_of(sentence).kind != "heading":
                continue
            for spot in spots_of(view, self._lexicon, sentence):
                if not spot.coarse:
                    fine.setdefault(view.low[spot.start : spot.end], spot)
                elif coarse is None and spot.start - sentence.start < 3 and view.clean[spot.end : spot.end + 1] == ":":
                    coarse = spot
        if fine:
            return next(iter(fine.values())) if len(fine) == 1 else None
        return coarse


def _is_coarse(mention: PlaceMention) -> bool:
    return all(place.kind in _COARSE for place in mention.places)


_SETTINGS: WeakKeyDictionary[View, Setting] = WeakKeyDictionary()


def setting_of(view: View, mentions: Mentions) -> Setting:
    """Where a document is set, kept as long as the document is being read."""
    known = _SETTINGS.get(view)
    if known is None:
        known = _SETTINGS[view] = Setting(view, mentions)
    return known
