"""The figure a claim of another kind than casualty carries: which number in its words, and what it counts."""

from __future__ import annotations

import re

from muniment.extractors.en.numbers import Quantity, quantity_at
from muniment.extractors.en.rules import macros
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count
from muniment.model.vocabulary import Unit

_COUNTED: dict[str, re.Pattern[str]] = {
    "people": re.compile(rf"{macros()['people']}\Z"),
    "facilities": re.compile(rf"{macros()['object']}\Z|states?\Z|cent(?:er|re)s?\Z|facilit"),
    "videos": re.compile(
        r"(?:videos?|photos?|photographs?|images?|pictures?|clips?|recordings?|files|fragments|testimonies|"
        r"cases|strikes)\Z"
    ),
    "strikes": re.compile(r"(?:strikes|attacks|airstrikes|raids|incidents|bombings|massacres|assaults|violations)\Z"),
    "states": re.compile(
        r"(?:states|countries|governments|nations|members|votes|abstentions|abstained|against|favou?r)\Z"
    ),
    "infections": re.compile(r"(?:infections|intrusions|attempts|breaches|times)\Z"),
    "submunitions": re.compile(r"(?:submunitions|bomblets)\Z"),
    "families": re.compile(r"(?:families|households)\Z"),
    "other": re.compile(r"(?:rockets|shells|missiles|bombs|mortars|drones|rounds|grenades|projectiles|munitions)\Z"),
}
_PEOPLE_WORDS = re.compile(
    r"(?:women|men|children|people|patients?|girls|boys|families|households|residents|detainees|"
    r"prisoners|refugees|students|pupils|victims)\Z"
)
_PLACES_WORDS = re.compile(
    r"(?:shelters?|hospitals?|clinics?|schools?|homes|houses|facilities|centres?|centers?|pharmacies|"
    r"bakeries|shops?|beds?|wells?)\Z"
)
_NOUN_WITHIN = 5
_AROUND = 60
"""How far beyond the words asked for a figure is read: what stands beside it tells whether it counts anything."""


def quantities(view: View, sentence: Sentence, start: int, end: int) -> tuple[Tokens, list[Quantity]]:
    """The quantities that begin in `[start, end)`, left to right, with the sentence's tokens."""
    first, last = max(sentence.start, start - _AROUND), min(sentence.end, end + _AROUND)
    while first > sentence.start and not view.low[first - 1].isspace():
        first -= 1
    while last < sentence.end and not view.low[last].isspace():
        last += 1
    tokens = Tokens(view, first, last)
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        if tokens.starts[i] >= end:
            break
        if tokens.starts[i] < start:
            i += 1
            continue
        quantity = quantity_at(tokens, i)
        if quantity is None:
            i += 1
            continue
        found.append(quantity)
        i = max(quantity.last, i + 1)
    return tokens, found


def counted(
    view: View, sentence: Sentence, start: int, end: int, anchor: int, unit: Unit, *, bare: bool = False
) -> Count | None:
    """The figure in `[start, end)` that counts things of this unit, the nearest to `anchor`; None where none does.

    With `bare` the first figure counts, whatever follows it.
    """
    if _MAYBE.search(view.low, start, end) is None:
        return None
    tokens, found = quantities(view, sentence, start, end)
    noun = _COUNTED[unit]
    fitting: list[tuple[int, Quantity]] = []
    for quantity in found:
        if _is_idle(tokens, quantity):
            continue
        if bare:
            return quantity.count(tokens, unit)
        for i in range(quantity.last, min(quantity.last + _NOUN_WITHIN, len(tokens))):
            word = tokens.words[i]
            if word in (",", ";", ".", "(", "and", "showing", "depicting"):
                break
            if word in ("of", "in") and i > quantity.last:
                break
            if noun.match(word):
                fitting.append((abs(tokens.starts[quantity.first] - anchor), quantity))
                break
    if not fitting:
        return None
    _, best = min(fitting, key=lambda pair: pair[0])
    return best.count(tokens, unit)


_MAYBE = re.compile(
    r"\d|(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|[\w]+ty-\w+|dozens?|scores|hundreds?|thousands?|several)(?!\w)"
)


_IDLE = frozenset({"many", "most", "numerous", "various", "few", "multiple", "countless", "untold"})


def _is_idle(tokens: Tokens, quantity: Quantity) -> bool:
    """Words like "many", "all", "both" that name no figure worth a count here."""
    vague = quantity.value is None and quantity.qualifier in ("vague", "unspecified", "share")
    return vague and tokens.words[quantity.first] in _IDLE


_QUALIFIED = re.compile(
    r"(?<!\w)(?:at least|more than|fewer than|less than|up to|as many as|no fewer than|an estimated|"
    r"a total of|about|around|some|nearly|almost|over|only|just|"
    r"approximately|roughly|another|a further|an average of)\s+\Z"
)


def qualified(low: str, first: int, start: int) -> int:
    """Where the words that qualify a figure at `start` begin: "at least", "about"."""
    while (match := _QUALIFIED.search(low, max(first, start - 20), start)) is not None:
        start = match.start()
    return start


def unit_of(words: str) -> Unit:
    """What a figure counts, from the noun that follows it."""
    for word in re.findall(r"[\w'-]+", words)[:6]:
        if _PEOPLE_WORDS.match(word):
            return "people"
        if _PLACES_WORDS.match(word):
            return "facilities"
    return "other"
