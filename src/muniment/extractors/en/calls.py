"""Calls: who is called on to do what, from "calls on", "urges", "must", "should", and from lists of demands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from muniment.extractors.draft import Draft
from muniment.extractors.en.rules import Hit
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Call
from muniment.model.vocabulary import LONGEST_QUOTE

_LONGEST_ACTION = 320
_ENDS = re.compile(
    r"[;“”\"]|\s?–\s?|,\sand\sthat\s|,\s(?:while|although|but|which|said|says|added|according|warning|noting)\b"
    r"|,?\s(?:[a-z]+\s){1,3}said\s(?:today|in a)|,?\s(?:said|added|says)\s(?:the|\w+\s\w+)"
)
_SUBJECT_EDGE = re.compile(
    r"[;:“”\"–]\s*|[.!?]\s|,?\s(?:while|but|and that|although|because|said that|that)\s|,\s(?:and|so|thus)\s"
)
_LEAD = re.compile(
    r"^(?:(?:also|again|therefore|thus|notably|accordingly|now|in particular|at the same time|"
    r"instead|meanwhile|finally|first|to this end|and|crucially|moreover|furthermore|in addition),?\s)+",
    re.I,
)
_TRAIL = re.compile(r"(?:,? (?:also|therefore|now|too|then))+$")
_SECOND_VERB = re.compile(
    r"\s(?:also )?(?:continues?|remains?|are|is|was|were|have|has|had|share|shares|bear|bears)\s.*$", re.S
)
_ADDRESSEE = re.compile(
    r"[A-Z]|(?<!\w)(?:states?|governments?|part(?:y|ies)|sides?|authorit(?:y|ies)|leaders?|leadership|"
    r"council|community|courts?|you|us|them|it|companies|company|donors?|"
    r"members?|countries|ministers?|forces|army|military|police|union|nations|allies|secretary|"
    r"president|prosecutors?|commission|mission|peacekeepers|regime|"
    r"junta|coalition|rebels|groups?|lawmakers|parliament|investigators|experts|agencies|organi[sz]ations?|"
    r"envoys?|guarantors|mediators|banks?|manufacturers?|everyone|all|both)(?!\w)"
)
_NO_SUBJECT = re.compile(
    r"^(?:it|this|that|he|she|i|you|one|which|who|these|no \w+|nothing|nobody|patients|people|"
    r"residents|civilians who|prisoners of war|prisoner of war)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"(?:\w+ly )*be (?:\w+ly )*\w+|not be \w+|come to an end"
    r"|(?:stop|end|cease)(?: (?:immediately|now|at once|today|forthwith))?(?=[.,;]|\s*\Z)"
)
_LIST_LEAD = re.compile(
    r"(?<!\w)(?:urge|call on|calls on|ask|request|recommend|recommends|recommendations?|must|should|"
    r"demand|demands|agree on|to)(?!\w)[^.;]{0,120}:\s*\Z",
    re.I,
)
_LED_TO = re.compile(
    r"(?:urges?|calls? on|asks?|requests?|recommends?(?: that)?)\s(?P<to>[^:;]{2,80}?)(?:\s(?:to|"
    r"use|should|must)\b[^:;]*)?:\s*\Z",
    re.I,
)
_LAW_SAYS = re.compile(
    r"(?<!\w)(?:conventions?,? (?:states|provides|says|requires)|(?:part(?:y|ies) to (?:a|any|"
    r"an) (?:armed )?conflict|prisoners of war|the law|commanders|attacks) must|"
    r"(?:article|rule|protocol) \d+|(?:international (?:humanitarian )?law|ihl) (?:requires|provides|states))(?!\w)"
)
_IMPERATIVE = re.compile(
    r"\s*(?:[•◦▪‣●○·*–-]\s*|\(?\w{1,3}[.)]\s+)?(?P<verb>call|advocate|urge|ensure|condemn|press|"
    r"support|demand|release|end|stop|lift|open|allow|investigate|halt|impose|provide|publish|"
    r"join|ratify|refrain|"
    r"cease|grant|protect|respect|establish|adopt|repeal|amend|suspend|guarantee|facilitate|fund|"
    r"take|make|implement|raise|use|insist|refer|cooperate|prosecute|hold|bring|drop|return|restore|"
    r"disclose|withdraw|immediately|"
    r"prioriti[sz]e|work|conduct|comply|abolish|prohibit|monitor|address|review|encourage|include|"
    r"pay|remove|strengthen|increase|seek|issue|accept|sign)\b",
    re.I,
)


def calls(view: View, sentence: Sentence, hits: list[Hit]) -> Iterator[Draft]:
    """The calls in one sentence, each with its span; a rule inside another's action makes no call of its own."""
    reached = -1
    for hit in sorted((h for h in hits if h.rule.kind == "call"), key=lambda h: (h.start, -h.end)):
        if hit.start < reached:
            continue
        draft = _call(view, sentence, hit)
        if draft is None:
            continue
        reached = draft.end
        yield draft


def listed(view: View, sentence: Sentence) -> Draft | None:
    """A bullet that says what to do, under a sentence that asks for it."""
    block = view.block_of(sentence)
    if block.kind != "bullet" or view.sentences_of(block)[0] is not sentence:
        return None
    verb = _IMPERATIVE.match(view.clean, sentence.start, sentence.end)
    if verb is None:
        return None
    lead = _lead_of(view, sentence)
    if lead is None:
        return None
    start = verb.start("verb")
    end = min(_action_end(view, sentence, start), start + LONGEST_QUOTE)
    led = _LED_TO.search(lead)
    to = _names(led["to"]) if led is not None else ()
    draft = Draft("call", sentence, start, end, verb.span("verb"))
    draft.call = Call(to, _words(view, start, end))
    draft.level = "established"
    draft.settled.update(("level", "cue", "polarity"))
    draft.because("kind", "call: a listed demand", view, *verb.span("verb"))
    return draft


def _lead_of(view: View, sentence: Sentence) -> str | None:
    """The sentence that introduces the list a bullet stands in."""
    index = sentence.block - 1
    while index >= 0 and sentence.block - index <= 12:
        block = view.blocks[index]
        if block.kind != "bullet":
            words = view.clean[block.start : block.end].rstrip()
            return words[-260:] if _LIST_LEAD.search(words[-260:]) else None
        index -= 1
    return None


def _law_says(view: View, sentence: Sentence) -> bool:
    return _LAW_SAYS.search(view.low, sentence.start, sentence.end) is not None


def _call(view: View, sentence: Sentence, hit: Hit) -> Draft | None:
    match = hit.match
    groups = match.groupdict()
    name = next(g for g in ("action", "action2", "action3") if groups.get(g) is not None)
    first = match.start(name)
    to: tuple[str, ...] = ()
    start = hit.start
    if groups.get("modal") is not None:
        if _law_says(view, sentence):
            return None
        subject = _subject(view, sentence, hit.start)
        if subject is None:
            return None
        start, words = subject
        passive = _PASSIVE.match(view.low, first, sentence.end)
        to = () if passive is not None or words.lower() == "there" else _names(words)
    else:
        named = next((g for g in ("to", "to2") if groups.get(g)), None)
        if named is not None:
            asked = view.clean[match.start(named) : match.end(named)]
            if _ADDRESSEE.search(asked):
                to = _names(asked)
            elif hit.rule.name == "calls for":
                first = match.start(named)  # "calls for an end to the siege" asks nobody in particular
            else:
                return None
        start = _speaker(view, sentence, hit.start)
    end = min(_action_end(view, sentence, first), start + LONGEST_QUOTE)
    action = _words(view, first, min(end, first + _LONGEST_ACTION))
    if len(action) < 4 or (groups.get("modal") is None and action.endswith(":")):
        return None
    if view.clean[first:end].rstrip().endswith(":") or view.clean[end : end + 1] == ":":
        return None  # what follows is a list: each of its items is the call
    draft = Draft("call", sentence, start, end, hit.anchor)
    draft.call = Call(to, action)
    draft.level = "established"
    draft.settled.update(("level", "cue", "polarity"))
    draft.because("kind", f"call: {hit.rule.name}", view, *hit.anchor)
    draft.because("call", f"call: {hit.rule.name}", view, first, end)
    return draft


def _action_end(view: View, sentence: Sentence, first: int) -> int:
    stop = min(sentence.end, first + LONGEST_QUOTE - 150)
    edge = _ENDS.search(view.low, first + 3, stop)
    end = edge.start() if edge is not None else stop
    if edge is None and stop < sentence.end:
        cut = view.clean.rfind(" ", first, stop)
        end = cut if cut > first else stop
    while end > first and view.clean[end - 1] in " .,;–":
        end -= 1
    return end


def _subject(view: View, sentence: Sentence, at: int) -> tuple[int, str] | None:
    left = view.clean[max(sentence.start, at - 160) : at]
    base = at - len(left)
    edges = [edge.end() for edge in _SUBJECT_EDGE.finditer(left)]
    start = base + (edges[-1] if edges else 0)
    start = _whole_word(view, sentence, start)
    words = view.clean[start:at].strip(" •·-–")
    words = _LEAD.sub("", words)
    words = _TRAIL.sub("", words)
    words = _SECOND_VERB.sub("", words)
    segments = words.rsplit(", ", 1)
    if (
        len(segments) == 2
        and 0 < len(segments[1].split()) <= 9
        and (segments[0][:1].islower() or len(segments[0].split()) > 5)
    ):
        words = segments[1].removeprefix("and ")
    if (
        "," in words
        and len(words.split(",")[0].split()) <= 6
        and words.split(",")[0].lower().startswith(("under", "in ", "at ", "as ", "since", "on "))
    ):
        words = words.split(",", 1)[1].strip()
    if not words or len(words) > 150 or _NO_SUBJECT.match(words):
        return None
    at_words = view.clean.find(words, start, at)
    return (at_words if at_words >= 0 else start), words


def _speaker(view: View, sentence: Sentence, at: int) -> int:
    """Back to who calls: "We", "Amnesty International also"."""
    left = view.clean[max(sentence.start, at - 90) : at]
    base = at - len(left)
    edges = [edge.end() for edge in _SUBJECT_EDGE.finditer(left)]
    start = base + (edges[-1] if edges else 0)
    start = _whole_word(view, sentence, start)
    while start < at and view.clean[start] in " ,;–•-":
        start += 1
    return start


def _whole_word(view: View, sentence: Sentence, start: int) -> int:
    """On to the next word where `start` lies within one."""
    clean = view.clean
    if start > sentence.start and clean[start - 1].isalnum():
        while start < sentence.end and not clean[start].isspace():
            start += 1
    return start


def _names(words: str) -> tuple[str, ...]:
    """Those called on, as named: "both Ordania and Vesht" are two, "parties to the conflict" one."""
    plain = " ".join(words.split()).strip(" ,;:")
    both = re.match(r"both (?P<a>[^,]+?) and (?P<b>[^,]+)\Z", plain, re.I)
    if both is not None and both["a"][:1].isupper() and both["b"][:1].isupper() and " " not in both["b"]:
        return (both["a"], both["b"])
    pair = re.match(r"(?P<a>[A-Z]\w+) and (?P<b>[A-Z]\w+)\Z", plain)
    if pair is not None:
        return (pair["a"], pair["b"])
    plain = re.sub(r"^(?:the|our|their)\s", "", plain, flags=re.I)
    return (plain,) if plain else ()


def _words(view: View, start: int, end: int) -> str:
    return " ".join(view.clean[start:end].split())
