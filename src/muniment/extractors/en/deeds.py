"""Whether the words around a party hold it responsible: it acts, owns the deed, is blamed or stands behind "by"."""

from __future__ import annotations

import re

from muniment.extractors.en.parties import WORDS, Found
from muniment.extractors.en.passage import SAYING
from muniment.extractors.wordlists import either

_DEEDS = WORDS["deeds"]
_VERB = rf"(?:{either(_DEEDS['verbs'])})(?!\w)"
_NOUN = rf"(?:{either(_DEEDS['nouns'])})(?!\w)"
_HARM = either(WORDS["victims"]["harm"])
_THEN = either(WORDS["victims"]["then"])

_BY = re.compile(
    r"(?<!\w)by\s+(?:both\s+)?(?:(?:the|a|an|some|members?\s+of|soldiers\s+of|elements\s+of|dozens\s+of|a\s+group\s+of)\s+){0,3}\Z"
)
_NOT_BY = re.compile(rf"(?<!\w){either(WORDS['not_by']['verbs'])}(?!\w)(?:\s+[\w-]+){{0,2}}?\s+by\b[^.;]*\Z")
_FROM = re.compile(
    rf"(?<!\w){either(_DEEDS['from_nouns'])}(?!\w)(?:\s+[\w-]+){{0,6}}?\s+(?:from|of)\s+(?:(?:the|a|an|(?:territory|positions?|areas?|districts?|villages?|land)\s+(?:of|held\s+by|controlled\s+by|under\s+the\s+control\s+of))\s+){{0,3}}\Z"
)
_BLAME = re.compile(
    rf"(?<!\w){either(WORDS['blame']['before'])}(?!\w)\s+(?:(?:the|a|an|both|members\s+of)\s+){{0,2}}\Z"
)
_BLAMED = re.compile(rf"\s+(?:[\w-]+\s+){{0,2}}?{either(WORDS['blame']['after'])}(?!\w)")
_DOES = re.compile(
    rf"(?:\s\([^()]{{1,40}}\))?(?:\s*,\s*[^,;.]{{3,90}},)?(?P<between>(?:,?\s+[\w'’–/\[\]-]+){{0,6}}?),?\s+(?P<verb>{_VERB})"
)
_SAID_TO_HAVE = re.compile(
    r"\s+(?:is|are|was|were)\s+(?:widely\s+)?(?:alleged|believed|reported|reportedly|said|thought|suspected|known)\s+to\s+(?:have|be)\s+"
    rf"(?:been\s+)?(?P<verb>{_VERB})"
)
_OF_PLACE = re.compile(
    r"(?<!\w)(?:in|on|near|from|into|across|inside|throughout|within|at|against|to|towards?|with|for|between|over|outside|around)\s+(?:the\s+)?\Z"
)
_MEMBERS_OF = re.compile(
    r"(?<!\w)(?:members|elements|fighters|soldiers|units|groups?|gangs?|bands?|officers|men|troops|forces|jets?|aircraft|warplanes?|planes?|helicopters?|drones?|tanks?|gunboats?|artillery|a\s+coalition)\s+(?:of|from)\s+(?:(?:the|a|an|several)\s+)?\Z"
)
_IN_PLACE = re.compile(r"[a-z]'?,\s*\Z")
_VICTIM = re.compile(
    rf"(?<!\w){either(WORDS['victims']['before'])}\s+(?:(?:a|an|the|two|three|four|five|several|\d+)\s+)?(?:dead\s+|captured\s+)?\Z"
)
_OWNS = re.compile(rf"(?:'s?|s')?(?P<between>(?:\s+(?:and\s+)?[\w-]+){{0,4}}?)\s+(?P<noun>{_NOUN})")
_SAID = re.compile(rf"(?<!\w)(?:{SAYING}|that|saying|called|urged?|urges|must|should|to\s+stop)(?!\w)")
_PASSIVE = re.compile(r"(?<!\w)(?:was|were|been|being|be|get|got)(?!\w)")
_REDUCED = re.compile(rf"\s+(?:[a-z]+ly\s+)?(?:{_HARM})(?!\w)(?:\s+and\s+{_HARM})?\s*(?:[,.;)]|\Z|\s(?:{_THEN})(?!\w))")
_OF_DUTY = re.compile(
    r"(?<!\w)(?:must|should|shall|ought\s+to|may|might|could|can|would|will|need\s+to|called?\s+on|urge[sd]?|not\s+to|to)(?!\w)"
)
_NO_DEED_NOUN = re.compile(
    rf"(?<!\w)(?:has|have|had|is|are|was|were|will|also|{SAYING}|and|or|in|on|at|from|to|with|who|which|that|against|of|for|border|under|come|came|faced?|journalists?|reporters?|people|residents|refugees|fled|citizens?|victims?|prisoners?|civilians?|villages?|towns?|city|territory|region)(?!\w)"
)


def acts_at(low: str, start: int, end: int, found: Found) -> int | None:
    """Where the words stand by which a sentence holds a party responsible; None where it does not.

    Args:
        low: plain text in lower case.
        start: where the sentence begins.
        end: where it ends.
        found: the party.
    """
    before = low[max(start, found.start - 120) : found.start]
    after = low[found.end : min(end, found.end + 120)]
    by = _BY.search(before)
    if by is not None and not _NOT_BY.search(before[max(0, by.start() - 40) : by.start() + 3]):
        return found.start
    if _BLAME.search(before):
        return found.start
    if _FROM.search(before) and not found.bare:
        return found.start
    if _BLAMED.match(after):
        return found.start
    owns = _OWNS.match(after)
    if (
        owns is not None
        and not _NO_DEED_NOUN.search(owns["between"])
        and (found.ids or owns[0][:1] in "'s" or found.home or not (found.initials or found.both))
    ):
        return found.end + owns.start("noun")
    if found.bare and after.startswith(",") and _IN_PLACE.search(before):
        return None
    member = _MEMBERS_OF.search(before)
    if member is not None:  # "members of a gang killed nine", but "killing nine members of a gang"
        before = before[: member.start()]
    if _VICTIM.search(before) or (_OF_PLACE.search(before) and (found.bare or not found.ids)):
        return None
    if _REDUCED.match(after) and not _DOES_MORE.match(after):
        return None
    said = _SAID_TO_HAVE.match(after)
    if said is not None:
        return found.end + said.start("verb")
    does = _DOES.match(after)
    if does is not None and _is_active(does["between"], does["verb"]):
        return found.end + does.start("verb")
    return None


_DOES_MORE = re.compile(
    rf"\s+(?:{_HARM})\s+(?:and\s+(?:{_HARM})\s+)?(?:at\s+least|more|the|a|an|\d|two|three|four|five|six|seven|eight|nine|ten|several|dozens|scores|hundreds|civilians|people|him|her|them)\b"
)


_BE = ("is ", "are ", "was ", "were ", "be ", "been ", "have ", "has ", "had ")
_NOUN_BEFORE = re.compile(r"(?<!\w)(?:under|an?|the|in|of|by|from|for|this|that|to|its|their)\s*\Z")


def _is_active(between: str, verb: str) -> bool:
    if _NOUN_BEFORE.search(between) and not verb.startswith(_BE):
        return False
    if _SAID.search(between) or _OF_DUTY.search(between) or re.search(r"[.;:]", between):
        return False
    return verb.startswith(
        ("is ", "are ", "was ", "were ", "be ", "been ", "have ", "has ", "had ")
    ) or not _PASSIVE.search(between)
