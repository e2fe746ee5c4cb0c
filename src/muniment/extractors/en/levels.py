"""How firmly the publisher holds a claim, from the words that govern this claim and not its neighbour's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.mentions import Mentions
from muniment.extractors.quotations import Quotation
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model.vocabulary import Level

_LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("levels.toml"))


def _named(section: str) -> re.Pattern[str]:
    parts = [f"(?P<{level}>{wordlists.either(words)})" for level, words in _LISTS[section].items()]
    return re.compile(r"(?<!\w)(?:" + "|".join(reversed(parts)) + r")(?!\w)")


_NEAR = _named("near")
_ATTRIBUTED = _named("attributed")
_SAYS = re.compile(
    r"(?<!\w)(?:(?P<alleged>" + wordlists.either(_LISTS["says"]["alleged"]) + r")|(?P<denied>"
    + wordlists.either(_LISTS["says"]["denied"]) + r")|(?P<reported>"
    + wordlists.either([*_LISTS["says"]["reported"], *_LISTS["says"]["verified"]]) + r"))(?!\w)"
)  # fmt: skip
_VERIFIED = frozenset(_LISTS["says"]["verified"])
_OWN = frozenset(_LISTS["own"]["plain"])
_SELF = wordlists.pattern(_LISTS["self"]["words"])
_PICTURES = re.compile(
    r"(?<!\w)" + wordlists.either(_LISTS["pictures"]["words"]) + r"(?!\w)[^.;]{0,60}?(?<!\w)"
    + wordlists.either(_LISTS["pictures"]["shows"]) + r"(?!\w)"
)  # fmt: skip
_PICTURE = wordlists.pattern(_LISTS["pictures"]["words"])
_CHECKED = re.compile(
    r"(?<!\w)" + wordlists.either(_LISTS["pictures"]["checked"]) + r"(?!\w)[^.;]{0,60}?"
    + wordlists.either(_LISTS["pictures"]["words"]) + r"(?!\w)"
)  # fmt: skip
_PARTS = re.compile(r";|,?\s(?:while|whereas|although|though|but)\s|–")
_OPENING = re.compile(r"(?:while|although|though|whereas)\s")
_SPOKEN = re.compile(r"[,”\"]\s*(?:(?:he|she|they|it)\s)?")
DENYING = frozenset(_LISTS["says"]["denied"])
ACCUSING = frozenset({"alleged", "alleges", "accused", "accuses"})
RELATIVE = re.compile(r",\s+(?:(?:in|at|during|after|by)\s+)?(?:which|where|whose|when|who)\b")
NO_SAYING = re.compile(r"\s+(?:responsibility|credit|(?:[\w-]+\s+){0,2}lives\b|(?:his|her)\s+life\b)")
_UNTRUE = wordlists.pattern(_LISTS["untrue"]["words"])
_UNTRUE_ALONE = re.compile(r"\W*" + wordlists.either(_LISTS["untrue"]["alone"]) + r"\W*")
_TALK = wordlists.pattern(_LISTS["untrue"]["talk"])
_WEAPON_KINDS = frozenset({"weapon_use", "weapon_id"})
_FOUND_USED = re.compile(
    r"\s+(?:that\s|(?:the|repeated|widespread|illegal|unlawful)\s+(?:[\w-]+\s+){0,2}(?:use|firing|launch)\s)"
)
_LIKELY_PARTS = re.compile(
    r"(?<!\w)(?:likely|probably|possibly|apparently|presumably)\s+(?:to\s+be\s+)?(?:parts?|remnants?|remains|fragments?|pieces|debris|an?|from)\b"
    r"|(?<!\w)(?:appears?|appeared|believed|thought|seems?|seemed)\s+to\s+(?:be|have\s+been)\s+(?:an?|parts?|remnants?|fragments?|the)\b"
)
_SPEAKS = wordlists.pattern(["said", "says", "told", "added", "explained", "recalled", "stated", "wrote", "recounted"])
_RELATIVE = re.compile(r",\s+(?:who|whose|which)\s[^.;:]{0,50}$|,\s+(?:who|whose)\s(?:[a-z]+\s){0,3}$")
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "levels")
_NOUN_BEFORE = _WORDS["noun_before"]


_AHEAD = frozenset({"strongly_suggested", "likely", "corroborated", "alleged", "inconclusive"})
"""Levels that govern only what follows their words."""


class Cue(NamedTuple):
    """A level and the words that gave it."""

    level: Level
    start: int
    end: int
    rule: str


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Set the level of a claim and the words it rests on; without such words the publisher asserts it itself."""
    if "level" in draft.settled or draft.level is not None:
        return
    cue = _untrue(draft, view) or _cue(draft, view) or _cited(draft, view)
    if cue is None:
        draft.level = "established"
        return
    if cue.rule == "level:untrue":
        draft.polarity = "denied"
    draft.level = cue.level
    draft.cue = " ".join(view.text[cue.start : cue.end].split()) or None
    draft.because("level", cue.rule, view, cue.start, cue.end)


def _cue(draft: Draft, view: View) -> Cue | None:
    sentence = draft.sentence
    start, end = _clause(view, sentence, draft)
    if view.block_of(sentence).kind == "note":
        # A note cites: what it tells is told by what it cites.
        return Cue("reported", draft.start, draft.start, "level:cited in a note")
    if draft.kind == "weapon_id":
        parts = _LIKELY_PARTS.search(view.low, draft.anchor[1], sentence.end)
        if parts is not None:
            return Cue("likely", parts.start(), parts.end(), "level:what was identified is likely")
    found = _near(view, draft, start, end) or _attributed(view, draft, start, end)
    if found is None and (start, end) != (sentence.start, sentence.end):
        found = _whole(view, sentence, draft)
    if found is None:
        found = _quoted(view, draft)
    if found is None or found.level in ("established", "verified"):
        shown = _pictures(view, draft)
        if shown is not None:
            return shown
    return None if found is None or found.level == "established" else found


def _untrue(draft: Draft, view: View) -> Cue | None:
    """Whether the publisher tells a claim only to say that it is false: "a fake report that ...", "This is untrue." """
    sentence, low = draft.sentence, view.low
    if draft.kind not in ("casualty", "damage", "incident"):
        return None
    if not _TALK.search(low, sentence.start, sentence.end) and view.quotation_at(draft.start) is None:
        return None
    match = _UNTRUE.search(low, sentence.start, sentence.end)
    if match is None and sentence.index + 1 < len(view.sentences):
        after = view.sentences[sentence.index + 1]
        if after.block == sentence.block:
            match = _UNTRUE_ALONE.fullmatch(low, after.start, after.end)
    return Cue("denied", match.start(), match.end(), "level:untrue") if match is not None else None


_CITING_RULES = frozenset({"source.nobody", "source.cited", "source.quotation", "source.told_on"})


def _cited(draft: Draft, view: View) -> Cue | None:
    """What the publisher has from somebody else, by words that only the chain of sources was read from."""
    reason = draft.why.get("source")
    if reason is None or reason.rule not in _CITING_RULES or reason.start is None or reason.end is None:
        return None
    if len(draft.source) < 2 or draft.kind not in _EVENTS:
        return None
    verb = _last_match(_SAYS, view.low, reason.start, reason.end)
    start, end = (verb.start(), verb.end()) if verb is not None else (reason.start, reason.end)
    level: Level = "alleged" if verb is not None and verb.lastgroup == "alleged" else "reported"
    return Cue(level, start, end, "level:told by another")


_EVENTS = frozenset(
    {"casualty", "damage", "incident", "weapon_use", "attribution", "detention", "ill_treatment", "deprivation"}
)


def _last_match(words: re.Pattern[str], low: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for match in words.finditer(low, start, end):
        last = match
    return last


def _clause(view: View, sentence: Sentence, draft: Draft) -> tuple[int, int]:
    """The part of the sentence the claim stands in, between "while", "but" and semicolons."""
    low = view.low
    start, end = sentence.start, sentence.end
    opening = _OPENING.match(low, start, end)
    for match in _PARTS.finditer(low, start, end):
        if match.end() <= draft.start:
            start = match.end()
        elif match.start() >= draft.end:
            end = match.start()
            break
    if opening is not None and start == sentence.start:
        comma = low.find(",", start, end)
        if 0 < comma < draft.start:
            start = comma + 1
        elif comma >= draft.end:
            end = comma
    return start, end


def _near(view: View, draft: Draft, start: int, end: int) -> Cue | None:
    low = view.low
    a, b = draft.anchor
    first = max(start, min(draft.start, a) - 45)
    last = min(end, max(draft.end, b) + 80)
    best: Cue | None = None
    for match in _NEAR.finditer(low, start, last):
        if match.start() < first and not (match.lastgroup == "alleged" and match[0].endswith("ly")):
            continue
        if match.start() > max(draft.end, b) + 35 and (
            match.lastgroup != "reported" or any(mark in low[draft.end : match.start()] for mark in ",;:")
        ):
            continue
        if match.start() >= b and low[b : match.start()].strip(" ") and match.lastgroup in ("likely",):
            continue  # what follows after other words is said of something else
        between = low[match.end() : a] if match.end() <= a else low[b : match.start()]
        if "," in between and match.start() < draft.start and between.count(",") > 1:
            continue
        if match.lastgroup == "likely" and (
            low[match.start() - 4 : match.start()].strip() in ("most", "as") or match.end() < draft.start - 25
        ):
            continue
        best = Cue(match.lastgroup, match.start(), match.end(), "level:near")  # type: ignore[arg-type]
        if draft.start - 5 <= match.start() <= draft.end + 5:
            return best
    return best


def _attributed(view: View, draft: Draft, start: int, end: int) -> Cue | None:
    low = view.low
    for match in _ATTRIBUTED.finditer(low, start, end):
        level: Level = match.lastgroup  # type: ignore[assignment]
        if match.start() >= draft.end and level in _AHEAD:
            continue
        if match[0].startswith("according") and _is_self(
            view, low[match.end() : min(end, match.end() + 90)].split(",")[0]
        ):
            continue
        return Cue(level, match.start(), match.end(), "level:attributed")
    chosen: Cue | None = None
    for match in _SAYS.finditer(low, start, end):
        if draft.start <= match.start() < draft.end:
            own = draft.kind in _WEAPON_KINDS and match[0] in _VERIFIED and _is_self(view, _subject(view, start, match))
            if own and _FOUND_USED.match(low, match.end(), end):
                chosen = Cue("verified", match.start(), match.end(), "level:found by the publisher")
            continue
        before = low[max(start, match.start() - 60) : match.start()]
        word_before = before.split()[-1:] or [""]
        if word_before[0] in _NOUN_BEFORE:
            continue  # "the report", "of claims": nouns
        if match.start() >= draft.end:
            if not _closes(view, match, draft):
                continue
        elif not _governs(view, match, draft):
            continue
        who = _subject(view, start, match)
        after = low[match.end() : min(end, match.end() + 110)]
        own = _is_self(view, who) or (match.start() >= draft.end and _is_self(view, after))
        word = match[0]
        if own and not (word == "told" and not _is_self(view, who)):
            if word in _VERIFIED and match.start() < draft.start:
                chosen = Cue("verified", match.start(), match.end(), "level:found by the publisher")
            elif chosen is None and match.lastgroup == "reported":
                chosen = Cue("established", match.start(), match.end(), "level:own words")
            continue
        level = "reported" if match.lastgroup == "reported" else match.lastgroup  # type: ignore[assignment]
        return Cue(level, match.start(), match.end(), "level:said by another")
    return chosen


def _governs(view: View, match: re.Match[str], draft: Draft) -> bool:
    """Whether a verb of saying in front of a claim has it as its content."""
    between = view.low[match.end() : draft.start]
    if ";" in between or NO_SAYING.match(view.low, match.end()):
        return False
    if match.lastgroup == "denied" and RELATIVE.search(between):
        return False  # "denied that they had shelled the school, in which nine died"
    if re.search(r"[”\"]\s*$", between) or "”" in between:
        return False
    return not (
        match[0] in ("found", "put", "listed", "recorded", "counted", "released", "published", "broadcast")
        and len(between) > 80
    )


def _closes(view: View, match: re.Match[str], draft: Draft) -> bool:
    """Whether a verb of saying behind a claim closes the sentence: ", officials said." or "…” said the mayor"."""
    low = view.low
    before = low[max(0, match.start() - 90) : match.start()]
    comma = max(before.rfind(","), before.rfind("”"), before.rfind('"'))
    if comma < 0:
        return False
    if "”" not in low[draft.end : match.start()] and _RELATIVE.search(
        low, max(draft.sentence.start, draft.start - 60), draft.start
    ):
        return False  # "Ilka Moren, who lost her brother, told …": a clause of the publisher's own
    between = before[comma + 1 :].split()
    return len(between) <= 9 and not any(word in ("which", "who", "that", "and") for word in between)


def _subject(view: View, start: int, match: re.Match[str]) -> str:
    before = view.low[max(start, match.start() - 110) : match.start()]
    cut = max(before.rfind(mark) for mark in (";", " that ", " which ", "”", "“", '"'))
    return before[cut + 1 :]


def _whole(view: View, sentence: Sentence, draft: Draft) -> Cue | None:
    """An attribution that opens or closes the sentence governs all of it."""
    low = view.low
    head = re.compile(r"[\W_]*(?:\[?according to|citing)").match(low, sentence.start, sentence.end)
    if head is not None:
        comma = low.find(",", head.end(), sentence.end)
        if comma > 0 and not _is_self(view, low[head.end() : comma]):
            return Cue("reported", head.end() - len("according to"), head.end(), "level:attributed")
    for match in _SAYS.finditer(low, max(sentence.start, sentence.end - 110), sentence.end):
        if match.start() > draft.end and _closes(view, match, draft):
            after = low[match.end() : sentence.end]
            if _is_self(view, _subject(view, sentence.start, match)[-60:]) or _is_self(view, after):
                return None
            return Cue("reported", match.start(), match.end(), "level:said by another")
    return None


def _quoted(view: View, draft: Draft) -> Cue | None:
    quotation = view.quotation_at(draft.start)
    if quotation is None or not quotation.is_speech or draft.end > quotation.end + 1:
        return None
    speaker = _speaker(view, quotation)
    if speaker is None:
        return None
    start, end, who = speaker
    if _is_self(view, who):
        return Cue("established", start, end, "level:own words")
    return Cue("reported", start, end, "level:quoted")


def _speaker(view: View, quotation: Quotation) -> tuple[int, int, str] | None:
    block = view.blocks[quotation.block]
    low = view.low
    for index in range(block.index, min(block.index + 4, len(view.blocks))):
        part = view.blocks[index]
        first = quotation.end if index == block.index else part.start
        match = _SPEAKS.search(low, first, part.end)
        if match is not None:
            return match.start(), match.end(), low[max(first, match.start() - 90) : min(part.end, match.end() + 160)]
        if not quotation.continued and index > block.index:
            break
    match = _last_said(low, block.start, quotation.start)
    if (
        match is None
        and block.index > 0
        and view.blocks[block.index - 1].end - view.blocks[block.index - 1].start < 900
    ):
        previous = view.blocks[block.index - 1]
        if view.clean[previous.end - 1] in ":":
            match = _last_said(low, previous.start, previous.end)
    if match is None:
        return None
    return match.start(), match.end(), low[max(0, match.start() - 110) : match.start()]


def _last_said(low: str, start: int, end: int) -> re.Match[str] | None:
    return _last_match(_SPEAKS, low, start, end)


_PICTURE_DOCUMENTS: WeakKeyDictionary[View, bool] = WeakKeyDictionary()


def _pictures(view: View, draft: Draft) -> Cue | None:
    checked = _PICTURE_DOCUMENTS.get(view)
    if checked is None:
        checked = _PICTURE_DOCUMENTS[view] = _CHECKED.search(view.low, view.start, view.end) is not None
    if not checked:
        return None
    for sentence in (draft.sentence, *view.before(draft.sentence)):
        match = _PICTURES.search(view.low, sentence.start, sentence.end)
        if match is not None:
            return Cue("verified", match.start(), match.end(), "level:pictures checked by the publisher")
    return None


_NAMES: WeakKeyDictionary[View, re.Pattern[str] | None] = WeakKeyDictionary()
_COMMON = _WORDS["common"]
_BODIES = frozenset(_LISTS["self"]["bodies"])


def _is_self(view: View, words: str) -> bool:
    """Whether these words name the publisher."""
    if view not in _NAMES:
        _NAMES[view] = _publisher(view)
    name = _NAMES[view]
    if name is not None and name.search(words):
        return True
    return _SELF.search(words) is not None and "according" not in words


def called_by(publisher: str) -> tuple[str, ...]:
    """The nouns of a publisher's name by which its texts call it: "the Centre", "the Register"."""
    words = [word.strip(".,'") for word in publisher.lower().split()]
    return tuple(word for word in words if word in _BODIES)


def _publisher(view: View) -> re.Pattern[str] | None:
    publisher = (view.document.publisher or "").lower().strip()
    if not publisher:
        return None
    names = [re.escape(publisher)]
    first = publisher.split()[0]
    if first not in _COMMON and len(first) > 4:
        names.append(re.escape(first))
    nouns = wordlists.either(called_by(publisher))
    if called_by(publisher):
        names.append(rf"the\s+{nouns}(?:'s\s+\w+)?(?:\s+(?:has|have|had|also|so|far|since|itself|now|\w+ly))*\s*\Z")
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{name})" for name in names) + r")(?!\w)")
