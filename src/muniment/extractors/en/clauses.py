"""Where the words of a claim begin and end, and whether a sentence asserts at all."""

from __future__ import annotations

import re

from muniment.extractors.en.counting import qualified
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View

_LONGEST_LEFT = 150
_LONGEST_RIGHT = 170
_LEFT_EDGE = re.compile(
    r"[;:–“”\"•]\s*|[.!?]\s|\s(?:while|whereas|although|though|but)\s|,\s(?:and|which|who|where|"
    r"when|as|with|including|after)\s"
    r"|\s(?:said|says|stated|reported|told [^,;]{2,40}?|confirmed|found|shows?|showed|claims?|"
    r"claimed|announced|indicat\w+|know|believes?|alleged?) that\s"
)
_RIGHT_EDGE = re.compile(
    r"[;–”\"]|:\s|,\s(?:while|whereas|although|though|but|which|who|whom|whose|where|including|"
    r"and (?:the|a|an|it|they|he|she|we|has|have|had|was|were|is|are|two|another))\s"
    r"|,?\s(?:while|whereas|although|but)\s|\.\s|,\s(?:according to|said|says|added|reported)\b"
)
_LED = re.compile(
    r"(?:^|(?<=\s))(?:the|a|an|its|their|his|her|our|this|that|all|some|both|\d[\d,.]*|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|dozens of)\s"
    r"(?:(?!(?:and|or|of|in|on|at|by|to|from|with|that)\s)[\w'’.-]+,?\s){0,3}\Z"
)
_ADJECTIVES = re.compile(
    r"(?:[\w'’.-]*(?:ed|ing|al|ous|ive|ent|ant|ic|ary|able|ese|ish|ian|ean|near|heavy|new|mass)\s){1,3}\Z"
)
_LAW = re.compile(
    r"(?<!\w)(?:(?:is|are|remains?) (?:not |\w+ly )*(?:prohibited|banned|forbidden|indiscriminate|outlawed|"
    r"bound by|war crimes?|a war crime)(?! by a treaty)"
    r"|(?:law|laws|convention|conventions|treaty|article|protocol|statute|principle|rules?|rule "
    r"of \w+)(?: \d+)?(?: of \w+)? (?:\w+ly |also )*(?:prohibit|require|oblige|forbid|state|provide|"
    r"protect|demand|define|stipulate|ban)s?"
    r"|use of (?:these|such|the|any) (?:\w+ )?(?:weapons|bombs|munitions) (?:violates|is|are|constitutes)|"
    r"use of [^.;]{3,60}? is (?:illegal|unlawful|prohibited)|"
    r"(?:is|are) (?:\w+ )?(?:illegal|unlawful|a crime|crimes|war crimes) (?:under|in)|in any circumstances|"
    r"under (?:all|any) circumstances|at all times|have an obligation|has an obligation|are obliged|"
    r"is obliged|duty (?:to|for|of)"
    r"|part(?:y|ies) to (?:a|any) (?:armed )?conflict|typically|unsuitable|in general terms|is "
    r"defined as|must never|designed to"
    r"|weapons? that (?:inflict|scatter|cause|pose)|often (?:fail|means?|cause|miss|lead)|poses? "
    r"a (?:\w+ )?(?:threat|hazard|risk)|pose a)(?!\w)"
)
_LEFT_MIGHT = re.compile(
    r"(?<!\w)(?:would|could|might|(?<!\d )may(?! \d)|can|if|unless|will|"
    r"(?:threat|risk|fear|danger|prospect|possibility) of|fears? that|prevent|avoid|in order to|so as to|lest|"
    r"threaten(?:s|ed)? to|plans? to|planned to|intend(?:s|ed)? to|vowed to|ordered to|warned "
    r"(?:against|that)|no|neither|never|without)\s(?:[\w'-]+\s){0,5}\Z|(?<!\w)(?:whether|"
    r"not (?:yet |\w+ly )?(?:clear|certain|established) that|determine (?:which|what)|which (?:type|specific|of))"
    r"\s(?:[\w'-]+\s){0,9}\Z"
)


def clause(view: View, sentence: Sentence, start: int, end: int, *, nominal: bool = False) -> tuple[int, int]:
    """The clause around `[start, end)`: back to its subject, on to where the next clause begins.

    Args:
        view: the document.
        sentence: whose bounds are kept.
        start: where the words that carry the claim begin.
        end: where they end.
        nominal: that these words are a noun, so that only what qualifies it is taken in front.
    """
    low = view.low
    left = low[max(sentence.start, start - _LONGEST_LEFT) : start]
    base = start - len(left)
    if nominal:
        led = _LED.search(left) or _ADJECTIVES.search(left)
        first = qualified(low, sentence.start, base + led.start() if led is not None else start)
    else:
        edges = [edge.end() for edge in _LEFT_EDGE.finditer(left)]
        first = base + edges[-1] if edges else base
        if not edges and base > sentence.start:
            cut = left.find(" ")
            first = base + cut + 1 if cut >= 0 else base
    stop = min(sentence.end, end + _LONGEST_RIGHT)
    following = _RIGHT_EDGE.search(low, max(end - 1, start), stop)
    while following is not None and following.start() < end:
        following = _RIGHT_EDGE.search(low, following.start() + 1, stop)
    if following is not None:
        last = following.start()
    elif stop == sentence.end:
        last = stop
    else:
        cut = max(low.rfind(", ", end, stop), -1)
        cut = cut if cut > end else low.rfind(" ", end, stop)
        last = cut if cut > end else stop
    return _trimmed(view.clean, first, max(last, end))


def states_law(view: View, sentence: Sentence) -> bool:
    """Whether the sentence says what the law or a kind of weapon is, not what happened."""
    return _LAW.search(view.low, sentence.start, sentence.end) is not None


def is_open(view: View, sentence: Sentence, at: int) -> bool:
    """Whether the words in front of `at` leave it open: "could", "if", "threat of", or deny it: "no", "without"."""
    return _LEFT_MIGHT.search(view.low[max(sentence.start, at - 70) : at]) is not None


_ASKED = re.compile(
    r"(?<!\w)(?:whether|determine (?:if|which|what|who)|not (?:yet )?(?:clear|known|certain) (?:if|who|what))\s"
    r"[^.;:,]{0,60}\Z"
)


def is_asked(view: View, sentence: Sentence, at: int) -> bool:
    """Whether `at` lies in a clause that asks: "whether a house was hit"."""
    left = view.low[max(sentence.start, at - 90) : at]
    return ("whe" in left or "determine" in left or "not " in left) and _ASKED.search(left) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:–-.•”)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–-.“("):
        end -= 1
    return start, end
