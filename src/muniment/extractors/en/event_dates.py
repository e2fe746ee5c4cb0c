"""When the event of a claim happened: the date that governs its words, else the one carried from what was told before.

The date of a statement, a visit or a treaty is never the date of an event.
"""

from __future__ import annotations

import re

from muniment.extractors import mentions as frame
from muniment.extractors.draft import Draft
from muniment.extractors.en.account import accounts_of
from muniment.extractors.en.clock import TimeOfDay, time_in
from muniment.extractors.en.date_grammar import WORDS
from muniment.extractors.en.dates import DateMention
from muniment.extractors.en.day_book import Calendar, Dated, calendar_of
from muniment.extractors.en.subject import Subject, subject_of
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import When

_SINCE_STATE = re.compile(
    r"(?<!\w)(?:since|under|during|before)\s+the\s+(?:[\w-]+\s+)?(?:" + "|".join(WORDS["hostilities"]["states"]) + ")"
)
_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LASTING_KINDS = frozenset({"deprivation", "indicator", "restriction"})
_LASTING_HARMS = frozenset({"deprived", "displaced", "missing", "detained"})
_OWN_SENTENCE_ONLY = frozenset(
    {
        "call",
        "response",
        "verification",
        "identity",
        "denial",
        "refutation",
        "legal_status",
        "legal_finding",
        "indicator",
    }
)
"""Kinds that take only a date of their own sentence: what they tell is not the event told before."""
_OF_EVENTS = frozenset({"casualty", "damage", "incident", "weapon_use", "attribution"})
"""Kinds that tell of the one event a document is about, unless they say otherwise."""


def event_date(draft: Draft, view: View) -> Dated | None:
    """The date of a claim's event, None where nothing says it."""
    book = calendar_of(view)
    own = book.governing(
        draft.sentence,
        draft.end if "part" in draft.why else draft.anchor[0],
        draft.kind,
    )
    if own is not None:
        return own
    if book.is_unresolved(draft.sentence, draft.anchor[0]):
        return None  # it has a day of its own, which nothing here tells
    shown = book.up_to_footage(draft.sentence, draft.anchor[0])
    if shown is not None:
        return shown
    if draft.kind == "indicator" and _SINCE_STATE.search(view.low, draft.sentence.start, draft.sentence.end):
        stands = book.standing(draft.sentence)
        return stands and Dated(stands.edtf, "context", "date.standing", stands.mention)
    if draft.kind in _OWN_SENTENCE_ONLY:
        return None
    subject = subject_of(view)
    period = subject.period_of(draft.sentence, draft.anchor[0])
    if period is not None:
        return Dated(period.edtf, "context", "date.period", period.mention)
    if draft.aggregate:
        return None
    given = _given_above(draft, view, book, subject)
    return None if given is not None and book.was_said_before(draft.sentence, given.edtf) else given


def _given_above(draft: Draft, view: View, book: Calendar, subject: Subject) -> Dated | None:
    """The date carried from the sentences before, from the heading above, or from what the document is about."""
    lasting = draft.kind in _LASTING_KINDS or bool(_LASTING_HARMS.intersection(draft.harm))
    carried = book.carried(
        draft.sentence,
        lasting=lasting,
        outbreak=draft.kind in ("attribution", "incident"),
    )
    if carried is None and "missing" in draft.harm:
        carried = book.lead(draft.sentence)
    if carried is not None:
        return Dated(carried.edtf, "context", "date.carried", carried.mention)
    headed = subject.heading_day(draft.sentence)
    if headed is not None:
        return Dated(headed.edtf, "context", "date.heading", headed.mention)
    main = subject.day() if draft.kind in _OF_EVENTS and subject.tells_of(draft.sentence) else None
    if main is not None:
        return Dated(main.edtf, "context", "date.subject", main.mention)
    if draft.kind not in _OF_EVENTS or view.blocks[draft.sentence.block].kind == "note":
        return None
    opened = accounts_of(view).dated(draft)
    return opened and Dated(opened.edtf, "context", "date.account", opened.mention)


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Date a draft."""
    if "when" in draft.settled or draft.kind == "call":
        return
    dated = event_date(draft, view)
    if dated is None:
        return
    mention = dated.mention
    text = dated.edtf
    time = _time_of(draft, view, text, mention)
    if time is not None:
        text += time.written
        draft.because("time", "date.time of day", view, time.start, time.end)
    draft.when = When.of(view.text[mention.start : mention.end], text, dated.basis)
    draft.because("when", dated.rule, view, mention.start, mention.end)
    if mention.lent is not None:
        draft.because("year", "date.year of the date before", view, *mention.lent)


def _time_of(draft: Draft, view: View, text: str, mention: DateMention) -> TimeOfDay | None:
    """The time of day told beside the claim or its date, where that is one certain day."""
    if draft.kind not in _OF_EVENTS or draft.aggregate or _ONE_DAY.fullmatch(text) is None:
        return None
    sentence = draft.sentence
    own = sum(m.kind in ("day", "days", "relative", "anaphoric") for m in calendar_of(view).of(sentence))
    if own > (1 if sentence.start <= mention.start < sentence.end else 0) and not _same_day(view, sentence, text):
        return None
    return time_in(view.low, sentence.start, sentence.end)


def _same_day(view: View, sentence: Sentence, text: str) -> bool:
    """Whether all days of a sentence that are known are this one: "Yesterday (28 May)"."""
    return all(m.edtf == text for m in calendar_of(view).of(sentence))


def lookup(view: View, start: int, end: int) -> list[frame.DateMention]:
    """The dates in `[start, end)` whose meaning is known, marked where they date a statement."""
    sentence = view.sentence_at(start)
    found: list[frame.DateMention] = []
    if sentence is None:
        return found
    book = calendar_of(view)
    for mention in book.of(sentence):
        if mention.edtf is not None and start <= mention.start and mention.end <= end:
            found.append(
                frame.DateMention(
                    mention.start,
                    mention.end,
                    mention.raw,
                    mention.edtf,
                    mention.basis,
                    statement=book.role(sentence, mention) != "event",
                    weekday_mismatch=mention.weekday_mismatch,
                )
            )
    return found
