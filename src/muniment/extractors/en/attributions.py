"""The words of a sentence by which it cites somebody: "according to X", "X said", "as confirmed by X", "X told Y"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from muniment.extractors.en.passage import EVENTS
from muniment.extractors.en.voices import WORDS
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, pattern

Position = Literal["before", "after", "around", "nobody"]

_VERBS = WORDS["verbs"]
_SAY = rf"(?:{either(_VERBS['say'])})(?!\w)"
_WHO = r"(?P<who>[^,;:.“”\"\[\]()–]{2,110})"
_CITING = re.compile(
    rf"(?<!\w)(?:according\s+to|as\s+per|in\s+the\s+words\s+of|citing|quoting)\s+(?!(?:which|whom|plan|law)\b){_WHO}",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\w)(?:confirmed|reported|documented|verified|stated|announced|claimed|recorded|published|released|shared|posted|"
    r"circulated|disseminated|alleged|corroborated|identified|compiled|cited|described|quoted)\s+(?:\w+ly\s+)?by\s+"
    + _WHO,
    re.IGNORECASE,
)
_REPORTS_OF = re.compile(
    r"(?<!\w)(?:reports?|accounts?|statements?|testimon(?:y|ies)|claims?)\s+(?:by|from)\s+" + _WHO, re.IGNORECASE
)
_SAYS = re.compile(rf"(?<![\w-])(?P<verb>{_SAY})", re.IGNORECASE)
_HEARER = re.compile(
    r"\s+(?:to\s+)?(?P<hearer>[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){0,4}|reporters|journalists|the\s+(?:news\s+)?agency|the\s+media)"
    r"(?=\s+(?:that|how|in|on|by|of|it|they|he|she|about|the|what|his|her)\b|[,.:;”\"]|\s*\Z)"
)
_INVERTED = re.compile(
    rf"[,”\"]\s*[”\"]?\s*(?!told\b)(?:{either(_VERBS['trailing'])})\s+"
    r"(?P<who>(?:(?:the|a|an|one|another)\s+)?[\w’'][^;:.“”\"]{2,140})"
)
_INVERTED_WHO = re.compile(r"(?:the|a|an|one|another)\s|[A-Z]")
_TRAILING = pattern(_VERBS["trailing"])
_NOBODY = re.compile(rf"(?<!\w)(?:{either(_VERBS['nobody'])})(?!\w)(?!\s+(?:\w+ly\s+)?by\b)")
_DETERMINED = re.compile(
    r"(?<!\w)(?:the|a|an|this|these|those|his|her|its|their|any|no|such|further|of|in|to|for|by|from|more|new)\s+\Z"
)
_AIDS_BEFORE = re.compile(rf"(?:\s+(?:{either(_VERBS['aids'])}|[a-z]+ly))*\s*\Z")
_PASSIVE = re.compile(r"(?<!\w)(?:is|are|was|were|been|being|be|as)(?:\s+[a-z]+ly|\s+also|\s+having\s+been)?\s*\Z")
_BOUNDARY = re.compile(
    r"[;:“”\"–(]|[.!?]\s|,\s+(?:while|but|although|though|and|as|where)\s|\s(?:while|that|but|because|if|although|though|after|when|before|until|why|which|how)\s"
)
_ADVERBIAL = re.compile(
    r"\s*(?:on|in|at|after|since|during|earlier|later|following|by|over|last|this|yesterday|today|meanwhile|however|moreover|"
    r"continuing|separately|citing|quoting|the\s+(?:same|next|following)|that|for|with|under|despite|as|to|from|throughout|before|until)\b[^,]{0,90},\s*",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\s*(?:in\s+(?:[A-Z][a-z]+\s+)?\d{4}(?=\s+(?:the|an?)\s)|and|but|while|also|then|yet|so|however,|meanwhile,|moreover,|additionally,|as|when|although|separately,|continuing,|in\s+addition,)\s+",
    re.IGNORECASE,
)
_POINTED = re.compile(
    r"(?:they|he|she|it|who|which|the\s+(?:group|agency|ministry|office|statement|same\s+sources?))(?:\s+(?:both|all))?\s*\Z",
    re.IGNORECASE,
)
_DEED = pattern(EVENTS["event"]["verbs"])
_RESEARCH_VERBS = frozenset(
    {"found", "saw", "recorded", "observed", "named", "listed", "counted", "registered", "shared", "issued", "released"}
)
_PARENTHESES = re.compile(r"\([^()]{0,60}\)")
_COUNTED_STATES = re.compile(
    r"(?:\d|\b(?:the|these|those|all|many|most|other|member|several|some|which|few|two|three))\s+\Z"
)
_PLAIN = re.compile(r"[a-z]+")
_TELLING = frozenset(_VERBS["citing_words"])
_NOBODY_WORDS = frozenset(_VERBS["nobody_words"])
_SAY_WORDS = frozenset(
    form
    for verb in (*_VERBS["say"], *_VERBS["trailing"])
    for stem in re.findall(r"\A[a-z]+", verb)
    for form in (stem, stem[:-1] if verb.startswith(f"{stem}?") else stem)
)
"""Single words one of which every citation of its kind has: a quick look."""
_ENDING = frozenset({"report", "reports"})
_NEEDS_THAT = frozenset(_VERBS["needs_that"])
_MAKES_PUBLIC = frozenset(
    {"published", "posted", "circulated", "disseminated", "broadcast", "broadcasted", "shared", "released", "issued"}
)
_MADE_PUBLIC = re.compile(
    r"(?:\s+[\w-]+){0,5}?\s+(?:videos?|photos?|photographs?|footage|images?|statements?|lists?|figures?|names|data|that|reports?|pictures?)\b"
)
_THAT = re.compile(
    r"\s+(?:that|how|what|to\s+have|(?:only\s+|another\s+|an?\s+(?:total|further|additional)\s+)?(?:\d|at\s+least|at\s+most|more\s+than|fewer\s+than|"
    r"over|nearly|almost|about|around|some|up\s+to|dozens|scores|hundreds|thousands|several|(?:one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty|sixty)(?:-[a-z]+)?\s+[a-z]|(?:the\s+)?(?:killings?|deaths?|woundings?|injur(?:y|ies))\s+of\b))|\s*[:,]?\s*[“\"]"
)
_PAPERS = pattern(_VERBS["papers"])
_LABEL = rf"(?P<who>(?:[A-Za-z][\w'’.-]*\s+){{0,4}}?(?:{either(_VERBS['labels'])})(?:\s+[A-Z][\w'’.-]+){{0,3}})"
_LABEL_IN_FRONT = re.compile(rf"[\W_]{{0,6}}{_LABEL}\s?:\s+(?=[\w“\"])", re.IGNORECASE)
_LABEL_BEHIND = re.compile(rf"(?<=\w)\s[–-]\s{_LABEL}\s*[.!]?\s*\Z", re.IGNORECASE)
_LAST_VOICE = re.compile(r"(?:\bthe\s+[\w-]+(?:\s[\w-]+)?|[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)\Z")
_LONGEST_LABEL = 70
_SHOWN = re.compile(
    r"(?P<who>(?:(?:a|the|an|one|several|two)\s+)?(?:[\w-]+\s+)?(?:videos?|footage|photos?|photographs?|images?|clips?|posts?|messages?)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:on|in|to|via|by)\s+(?:[\w-]+\s+){0,3}?(?:social\s+media|telegram|facebook|twitter|youtube|whatsapp|tiktok|instagram)(?:\s+channels?)?)"
    r"\s+(?:shows?|showed|claims?|claimed|says?|said|appears?\s+to\s+show|purports?\s+to\s+show)\b",
    re.IGNORECASE,
)
_SET_OFF = re.compile(r"\s*,\s")
_CLOSES = re.compile(
    r"\s*(?:\s(?:by\s+(?:phone|telephone|email)|over\s+the\s+phone|via\s+\w+|at\s+the\s+(?:scene|site|hospital))|,?\s*(?:on|in|late|early|earlier)\s[^,.;]{1,40}|,?\s*(?:today|yesterday))?\s*(?:[.;”\"]|,\s*[”\"]|\Z)",
    re.IGNORECASE,
)
_COORDINATED = re.compile(
    r"(?P<who>(?:[Aa]n?|[Tt]he|[A-Z])[\w'’ -]{2,60}?)\s+(?:[a-z]+ed|found|saw|told|said)\s.*\sand\s*\Z", re.DOTALL
)
_ALSO_ADJECTIVES = frozenset({"reported", "claimed", "alleged", "confirmed", "documented", "identified", "verified"})
_TO_BE = re.compile(r"\s+(?:to\s+be|to\s+have\s+been|as)\b")
_WHAT = re.compile(
    r"\s+(?:that|how|the|a|an|at\s+least|more|his|her|their|its|\d|one|two|three|\w+\s+(?:people|civilians|dead|deaths))\b|\s*[:,.“\"]|\s*\Z"
)
_NOUNS_TOO = frozenset({"reports", "report", "claims", "estimates", "counts", "lists", "names", "shows"})
_DEED_BEFORE = re.compile(
    r"\b(?:\w{2,}ing|received|reviewed|examined|collected|gathered|dismissed|denied|rejected|investigated|checked|analysed|studied|as)(?:\s[\w-]+)?\Z"
)
_POSSESSED = re.compile(
    r"(?<!\w)(?P<who>(?:the\s+)?(?:[\w-]+\s+){0,3}?[\w-]+)['’]s?\s+(?:[a-z]+\s+)?(?:claims?|figures?|tolls?|counts?|estimates?|assertions?)\s+(?:of|that)(?!\w)",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"(?:it|there)\s+(?:is|was|were|are|has|had)\b|according\b", re.IGNORECASE)
_LONGEST_SUBJECT = 170


@dataclass(frozen=True, slots=True)
class Attribution:
    """A citation in a sentence.

    Attributes:
        start: offset of its first word.
        end: offset after its last.
        who: the voice as written; None where nobody is named.
        position: what it governs: the words `before` it, `after` it, or all `around`; `nobody` names no one.
        hearer: whom the voice told, where the text says.
        pointed: the voice is only pointed at: "they", "who".
    """

    start: int
    end: int
    who: str | None
    position: Position
    hearer: str | None = None
    pointed: bool = False


_CITED: WeakKeyDictionary[View, dict[tuple[int, int], list[Attribution]]] = WeakKeyDictionary()


def cited(view: View, start: int, end: int) -> list[Attribution]:
    """The citations in `[start, end)` of a document; kept as long as it is being read."""
    known = _CITED.setdefault(view, {})
    found = known.get((start, end))
    if found is None:
        found = known[(start, end)] = find(view.clean, view.low, start, end)
    return found


def find(text: str, low: str, start: int, end: int) -> list[Attribution]:
    """The citations in the sentence `[start, end)` of a plain text and its lower-case twin, left to right."""
    found: list[Attribution] = []
    words = frozenset(_PLAIN.findall(low, start, end))
    if not _TELLING.isdisjoint(words):
        for citing in (_CITING, _BY, _REPORTS_OF):
            for match in citing.finditer(text, start, end):
                found.append(Attribution(match.start(), match.end(), _cut(match["who"]), "around"))
    if not _SAY_WORDS.isdisjoint(words):
        for match in _INVERTED.finditer(text, start, end):
            if _INVERTED_WHO.match(match["who"]) and " that " not in match["who"]:
                found.append(Attribution(match.start(), match.end(), match["who"], "before"))
        inverted = [(a.start, a.end) for a in found]
        for match in _SAYS.finditer(low, start, end):
            if not any(a <= match.start() < b for a, b in inverted):
                said = _said(text, low, start, end, match)
                if said is not None:
                    found.append(said)
    found += _labelled(text, low, start, end)
    if not _NOBODY_WORDS.isdisjoint(words):
        for match in _NOBODY.finditer(low, start, end):
            found.append(Attribution(match.start(), match.end(), None, "nobody"))
    return sorted(found, key=lambda a: (a.start, a.end))


def _labelled(text: str, low: str, start: int, end: int) -> list[Attribution]:
    """A voice that stands alone: "Police: ...", "... – police"; and pictures on social media that show it."""
    found: list[Attribution] = []
    if low.find(": ", start, min(end, start + _LONGEST_LABEL)) >= 0:
        front = _LABEL_IN_FRONT.match(text, start, min(end, start + _LONGEST_LABEL + 2))
        if front is not None:
            found.append(Attribution(front.start("who"), front.end("who"), front["who"], "after"))
    dash = max(low.rfind(" - ", start, end), low.rfind(" – ", start, end))
    if dash >= max(start, end - _LONGEST_LABEL):
        behind = _LABEL_BEHIND.search(text, dash - 1, end)
        if behind is not None:
            found.append(Attribution(behind.start("who"), behind.end("who"), behind["who"], "before"))
    if low.find("'s ", start, end) >= 0 or low.find("s' ", start, end) >= 0:
        for match in _POSSESSED.finditer(text, start, end):
            who = _LAST_VOICE.search(match["who"])
            if who is not None:
                found.append(Attribution(match.start("who") + who.start(), match.end(), who[0], "after"))
    if any(low.find(shown, start, end) >= 0 for shown in (" show", " claim", " said ", " says ", "purport")):
        for match in _SHOWN.finditer(text, start, end):
            found.append(Attribution(match.start(), match.end(), match["who"], "after"))
    return found


def _said(text: str, low: str, start: int, end: int, match: re.Match[str]) -> Attribution | None:
    """The subject of a verb of saying, if the verb is one and has a subject."""
    before = low[max(start, match.start() - _LONGEST_SUBJECT) : match.start()].replace("[", " ")
    before = _PARENTHESES.sub(lambda inner: " " * len(inner[0]), before)
    ends = _CLOSES.match(text, match.end(), end) is not None and "," in before
    if (
        match["verb"] in _NEEDS_THAT
        and not _THAT.match(low, match.end(), end)
        and not (ends and match["verb"] in _ENDING)
    ):
        return None
    if _DETERMINED.search(before) or _PASSIVE.search(before):
        return None
    if match["verb"] in _MAKES_PUBLIC and not _MADE_PUBLIC.match(low, match.end(), end):
        return None
    if match["verb"] == "states" and _COUNTED_STATES.search(before):
        return None
    aids = _AIDS_BEFORE.search(before)
    if match["verb"] == "alleged" and not (aids and aids[0].strip()) and not _THAT.match(low, match.end(), end):
        return None
    bare = not (aids and aids[0].strip())
    if (
        bare
        and match["verb"] in _ALSO_ADJECTIVES
        and (
            _TO_BE.match(low, match.end(), end)
            or (before.rstrip().endswith(",") and not _WHAT.match(low, match.end(), end))
        )
    ):
        return None
    left = before[: aids.start()] if aids else before
    offset = match.start() - len(before)
    cut = 0
    for boundary in _BOUNDARY.finditer(left):
        if boundary.end() < len(left.rstrip()):
            cut = boundary.end()
    subject = text[offset + cut : offset + len(left)]
    shift = _skipped(subject)
    subject = subject[shift:]
    trailing = subject.lstrip() != subject or text[
        max(start, offset + cut + shift - 2) : offset + cut + shift
    ].startswith(",")
    hearer = _HEARER.match(text, match.end(), end)
    stop = hearer.end() if hearer else match.end()
    closes = (
        _CLOSES.match(text, stop, end) is not None and _TRAILING.fullmatch(low, match.start(), match.end()) is not None
    )
    if _DEED.search(subject.lower()) or (closes and "," in subject):
        rest, moved = _last_part(subject)
        if rest is None:
            return None
        subject, trailing, shift = rest, True, shift + moved
    first_verb = _COORDINATED.match(subject)
    if first_verb is not None:
        subject = first_verb["who"]
    if not subject or not subject.strip(" ,'’)”\""):
        return None
    name = subject.strip(" ,")
    if match["verb"] in _NOUNS_TOO and _DEED_BEFORE.search(name.lower()):
        return None  # "is investigating reports that", "dismissed as lies reports that": nouns
    if _IT_IS.match(name) or (match["verb"] in ("show", "shows") and _PAPERS.search(name.lower()) is None):
        return None
    if match["verb"] in _RESEARCH_VERBS and not (
        name[:1].isupper() or name.lower().startswith(("the ", "a ", "an ", "they", "who"))
    ):
        return None
    first = offset + cut + shift
    if trailing and _SET_OFF.match(low, stop, end) and text[max(start, first - 3) : first].strip().endswith(","):
        return Attribution(first, stop, name, "around", None, _POINTED.fullmatch(name) is not None)
    at_end = (trailing or closes) and first > start + 3 and closes
    return Attribution(
        first,
        stop,
        name,
        "before" if at_end else "after",
        hearer["hearer"] if hearer else None,
        _POINTED.fullmatch(name) is not None,
    )


def _skipped(subject: str) -> int:
    """How much of a subject's front is not its own: conjunctions, "On Monday, ..."."""
    at = 0
    for _ in range(4):
        match = _LEADING.match(subject, at) or _ADVERBIAL.match(subject, at)
        if match is None:
            break
        at = match.end()
    return at


def _last_part(subject: str) -> tuple[str | None, int]:
    """What stands after the last comma of a subject that told of deeds before: "Shells fell, the ministry"."""
    at = max(subject.rfind(", "), subject.rfind(" and "))
    if at < 0:
        return None, 0
    at += 2 if subject[at] == "," else 5
    rest = subject[at:]
    return (rest, at) if rest.strip() and not _DEED.search(rest.lower()) else (None, 0)


def _cut(who: str) -> str:
    """A voice named after "by" or "according to", without the clause that follows it."""
    match = _CLAUSE.search(who)
    return who[: match.start()] if match else who


_CLAUSE = re.compile(
    r"\s(?:that|who|which|after|when|where|while|before|but|because|as\s+having|as\s+(?:a|an|the)|showing|on\s+(?:\d|[A-Z])|to\s+have|"
    r"had|has|have|was|were|is|are|said|told|since|during|and\s+(?:\w+\s+){0,3}(?:was|were|had|have|said|killed|injured))\b"
)
