"""What a date in a sentence belongs to: the event told, the saying of it, the research, or something else."""

from __future__ import annotations

import re
from typing import Literal

from muniment.extractors.en.dates import DateMention
from muniment.extractors.en.passage import EVENT_WORDS, EVENTS, SAYING
from muniment.extractors.wordlists import either

Role = Literal["event", "statement", "research", "other"]

_OTHER = EVENTS["other"]
_SAYS = EVENTS["saying"]
_WORD = r"[\w'’.&()/-]+"
_PREPOSITIONS = r"(?:(?:on|in|late|early|earlier|at|by|this|the|of|from|during|between)\s+){0,3}"

_SAYS_NEXT = re.compile(
    rf"\s{{0,20}},?\s*(?P<subject>(?:{_WORD},?\s+){{0,9}}?)(?:(?:has|have|had|also|later|publicly|then|again|repeatedly)\s+){{0,3}}"
    rf"(?P<verb>(?<!united\s){SAYING})(?!\w)(?P<aside>\s*,(?!\s*(?:in|on|through|via|by|after)\b))?"
)
_SAYS_BEFORE = re.compile(
    rf"(?<!\w)(?P<verb>{SAYING})(?!\w)(?P<between>(?:\s+{_WORD}){{0,7}}?),?\s+{_PREPOSITIONS}(?:last\s+|past\s+)?\Z"
)
_SAYS_AFTER = re.compile(
    rf"\s+(?:(?:has|have|had|also|publicly|again|repeatedly|then|[a-z]+ly)\s+){{0,2}}(?!reports\b){SAYING}(?!\w)(?!\s+(?:by|dead|as|in|with)\b)"
)
"""A verb of saying right behind the date: "The ministry on Monday rejected ..."."""
_BY_EVENT = re.compile(rf"(?<!\w){either([*EVENTS['event']['nouns'], *EVENTS['event']['verbs']])}\s+{_PREPOSITIONS}\Z")
_DATELINE = re.compile(r"[\W_]*[A-Z][A-Z.'-]{2,}[\w\s.,'()/-]{0,60}?,?\s\Z")
_DATELINE_END = re.compile(r"\s?(?:\([\w\s./-]{2,40}\)\s?)?[-–:]\s")
_FILE = re.compile(r"[^()\[\]]{0,24}?\.(?:png|jpe?g|gif|webp|mp4|pdf)\b")
_RESEARCH = re.compile(
    rf"(?<!\w){either(_SAYS['research'])}(?!\w)(?P<between>(?:\s+[\w'’.,&()/-]+){{0,14}}?)\s+{_PREPOSITIONS}\Z"
)
_PUBLIC = rf"(?:of|from|on|in|{either(_SAYS['made_public'])})"
_DOCUMENT = re.compile(
    rf"(?<!\w){either(_SAYS['documents'])}(?!\w)(?P<between>(?:\s+{_WORD}){{0,4}}?)\s+{_PUBLIC}(?:\s+(?:on|in|by|the|to|and)){{0,3}}\s*\Z"
)
_FILMED = re.compile(
    r"\b(?:videos?|footage|photos?|photographs?|images?)\s+(?:from|of|taken|filmed|recorded|shot|captured)(?:\s+(?:on|in))?\s*\Z"
)
_MADE_PUBLIC = re.compile(
    rf"(?<!\w){either(_SAYS['made_public'])}(?:\s+(?:by|on|to|via)\s+(?:{_WORD}\s+){{1,4}}?)?\s+{_PREPOSITIONS}\Z"
)
_REFERENCE = re.compile(
    rf"(?<!\w){either(_OTHER['before'])}\s+(?:(?:the|a|an|this|its|their)\s+)?(?:[\w'’-]+\s+){{0,4}}?{either(_OTHER['nouns'])}"
    rf"(?:\s+[\w'’-]+){{0,4}}?\s+(?:of|on|from|in|signed\s+on|agreed\s+on|reached\s+on)\s*(?:the\s+)?\Z"
)
_REFERENCE_OPEN = re.compile(rf"(?<!\w){either(_OTHER['before'])}\s+(?:(?:the|a|an)\s+)?\Z")
_REFERENCE_REST = re.compile(rf"\s+(?:[\w'’-]+\s+){{0,3}}?{either(_OTHER['nouns'])}(?!\w)")
SINCE_OUTBREAK = re.compile(
    r"(?<!\w)since\s+(?:the\s+)?(?:(?:start|beginning|outbreak|onset)\s+of\s+(?:the\s+)?)?(?:[\w-]+\s+){0,2}?[\w-]+\s+"
    r"(?:(?:began|broke\s+out|started|erupted)\s+)?(?:on|in)\s+(?:the\s+)?\Z"
)
"""Words before a date that make it a beginning: "since the outbreak of the war on 5 May"."""
_INSTRUMENT_AFTER = re.compile(rf"\s+(?:[\w'’-]+\s+){{0,2}}?{either(_OTHER['instruments'])}(?!\w)")
_INSTRUMENT_BEFORE = re.compile(
    rf"(?<!\w){either(_OTHER['instruments'])}(?:\s+[\w'’.\"“”-]+){{0,10}}?[,\"”]{{0,2}}\s+"
    rf"(?:(?:of|in|on|from|adopted|signed|dated)\s+){{0,2}}(?:the\s+)?\(?\Z"
)
_RECORD = re.compile(
    r"(?<!\w)(?:worst|deadliest|bloodiest|heaviest|fiercest|largest|biggest|most\s+\w+)(?:\s+[\w-]+){0,5}?\s+\Z"
)
"""Words in front of "this year" by which an event is the worst of it, and dated by other words."""
_BORN = re.compile(r"\b(?:born|birthday|birth)(?:\s+\w+){0,2}\s*\Z")
_OPENS = re.compile(
    r"(?:\A|[.;:–—“\"(,]|\band|\bbut|\bwhile)\s*(?:(?:on|in|earlier|late|early|by|at|the|of|morning|afternoon|evening|night)\s+){0,5}\Z"
)
_CITED = re.compile(r"(?:[A-Z][\w.'’]*|[”\"»])\s*,?\s?\((?:published |posted |accessed |updated )?\Z")
_STAMP = re.compile(r"\s+\d\d:\d\d(?::\d\d)?(?:\s[+-]\d{4}|\s?gmt|\s?z\b)")
_SAID_LAST = re.compile(
    rf"\s*,\s+(?:{_WORD},?\s+){{1,14}}?(?:(?:has|have|had|also)\s+)?{SAYING}"
    rf"(?:\s+(?:today|yesterday|on\s+\w+|in\s+a\s+(?:[\w-]+\s+)?(?:report|statement|briefing)[^.]{{0,40}}))?\s*[.”\"]*\s*\Z"
)
"""Behind the date of what was told, who told it, to the sentence's end: ", an inquiry by the centre has found."."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is)\s+(?:\w+\s+){0,2}\Z")
_SAYS_DOCUMENT = re.compile(rf"(?<!\w){either(_SAYS['documents'])}(?!\w)")


def role(text: str, low: str, start: int, end: int, mention: DateMention) -> Role:
    """The role of a date in the sentence `[start, end)` of a plain text and its lower-case twin."""
    if _CITED.search(text, max(start, mention.start - 40), mention.start) or _STAMP.match(low, mention.end, end):
        return "statement"
    if _FILE.match(low, mention.end, mention.end + 50):
        return "other"
    opening = text[start : mention.start] if mention.start - start < 90 else ""
    if opening and _DATELINE.match(opening) and _DATELINE_END.match(text, mention.end, end):
        return "statement"
    before = low[max(start, mention.start - 160) : mention.start].replace("[", " ").replace("]", " ")
    after = low[mention.end : min(end, mention.end + 140)].replace("[", " ").replace("]", " ")
    if _BORN.search(before[-40:]):
        return "other"
    if mention.kind in ("year", "relative", "month") and "this" in mention.raw.lower() and _RECORD.search(before[-70:]):
        return "other"
    if _is_other(before, after, mention):
        return "other"
    if _SAYS_AFTER.match(after) and not _OPENS.search(before) and not _BY_EVENT.search(before):
        return "statement"
    spoken = _SAYS_BEFORE.search(before)
    if spoken is not None and not EVENT_WORDS.search(spoken["between"]) and not _says_that(spoken["between"]):
        passive = _PASSIVE.search(before[: spoken.start()]) is not None
        if not passive or _SAYS_DOCUMENT.search(before):
            return "statement"
    if not _FILMED.search(before):
        document = _DOCUMENT.search(before)
        if document is not None and not EVENT_WORDS.search(document["between"]) and not _says_that(document["between"]):
            return "statement"
        public = _MADE_PUBLIC.search(before)
        if public is not None and not (_PASSIVE.search(before[: public.start()]) and not _SAYS_DOCUMENT.search(before)):
            return "statement"
    research = _RESEARCH.search(before)
    if research is not None and not EVENT_WORDS.search(research["between"]) and not _says_that(research["between"]):
        return "research"
    if _OPENS.search(before):
        if after.startswith(",") and EVENT_WORDS.search(before) and _SAID_LAST.match(low, mention.end, end):
            return "event"
        return _opening(after, mention)
    return "event"


def _opening(after: str, mention: DateMention) -> Role:
    """A date that opens its clause dates the verb that follows: "On 5 May the ministry said that ..."."""
    says = _SAYS_NEXT.match(after)
    if says is None or says["aside"] or "," in says["subject"].strip(", ") or EVENT_WORDS.search(says["subject"]):
        return "event"
    if says["verb"] in ("reported", "identified", "found", "documented") and re.search(
        r"\b(?:was|were|is|are|been)\s+\Z", after[: says.start("verb")]
    ):
        return "event"
    if says["verb"] == "reports" and not says["subject"]:
        return "event"  # "reports came in that": a noun
    if mention.edtf is not None and mention.edtf.endswith("/.."):
        return "event"
    if says["verb"] in _COUNTING and _is_span(mention):
        return "event"
    return "statement"


_COUNTING = frozenset({"documented", "recorded", "verified", "registered", "confirmed", "counted", "found", "received"})
"""Verbs that, over a stretch of time, count what happened in it."""


def _is_span(mention: DateMention) -> bool:
    return mention.kind in ("month", "season", "year", "decade", "days") or "/" in (mention.edtf or "")


def _says_that(between: str) -> bool:
    return re.search(r"\bthat\b|\bhow\b|[“\"]", between) is not None


def _is_other(before: str, after: str, mention: DateMention) -> bool:
    if _REFERENCE.search(before) and not SINCE_OUTBREAK.search(before):
        return True
    if mention.kind in ("year", "day", "month") and _INSTRUMENT_AFTER.match(after):
        return not EVENT_WORDS.search(after[: _INSTRUMENT_AFTER.match(after).end()])  # type: ignore[union-attr]
    if _REFERENCE_OPEN.search(before) and _REFERENCE_REST.match(after):
        return True
    if mention.kind in ("day", "year"):
        found = _INSTRUMENT_BEFORE.search(before)
        return found is not None and not EVENT_WORDS.search(found[0])
    return False
