"""How many: figures, number words, vague words and shares, with the qualifier that governs them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from muniment.extractors import wordlists
from muniment.extractors.en.tokens import Tokens
from muniment.model import Count
from muniment.model.vocabulary import Qualifier, Unit

_LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("numbers.toml"))
_UNITS: dict[str, int] = _LISTS["units"]
_TENS: dict[str, int] = _LISTS["tens"]
_SCALES: dict[str, int] = _LISTS["scales"]
_NOT_AFTER = frozenset(_LISTS["not_people"]["after"])
_NOT_BEFORE = frozenset(_LISTS["not_people"]["before"])
_FIGURE = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d{1,4})-(\d{1,4})")
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "numbers")
_MONTHS = _WORDS["months"]
_AFTER_BOTH = frozenset(("of", "his", "her", "their", "my", "our", "its", "the"))
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, as read from tokens `[first, last)`: the qualifier and the figure with its words.

    `value` is the figure (the lower end of a range), None where the words name none.
    """

    first: int
    last: int
    qualifier: Qualifier
    value: int | float | None
    upper: int | float | None = None
    lower: int | float | None = None
    bare: bool = False
    """Whether it is a plain figure without any word of its own: such may be a date, a number of a house …"""

    def count(self, tokens: Tokens, unit: Unit = "people", last: int | None = None) -> Count:
        """The count these words make."""
        raw = tokens.raw(self.first, last or self.last)
        return Count.of(self.qualifier, self.value, raw, unit=unit, upper=self.upper, lower=self.lower)

    @property
    def is_one(self) -> bool:
        """Whether it says exactly one."""
        return self.value == 1 and self.qualifier == "exact"


@cache
def _phrases(section: str) -> dict[str, list[tuple[tuple[str, ...], Any]]]:
    """Phrases by their first word, the longest first, with their meaning."""
    table = _LISTS[section]
    rows: list[tuple[str, Any]] = (
        [(words, meaning) for meaning, listed in table.items() for words in listed]
        if section in ("qualifiers", "behind")
        else list(table.items())
    )
    found: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for words, meaning in rows:
        parts = tuple(words.split(" "))
        found.setdefault(parts[0], []).append((parts, meaning))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


def _phrase_at(section: str, words: list[str], i: int) -> tuple[int, Any] | None:
    if i >= len(words):
        return None
    for parts, meaning in _phrases(section).get(words[i], ()):
        length = len(parts)
        if length == 1 or tuple(words[i : i + length]) == parts:
            return i + length, meaning
    return None


@cache
def starters() -> frozenset[str]:
    """Every word a quantity may begin with, figures apart."""
    return _STARTERS


_STARTERS = frozenset(
    {*_UNITS, *_TENS, *_SCALES, "between", "from", "dozen", "half", "tens", "a", "an", "one", "both"}
    | {word for section in ("qualifiers", "vague", "shares", "rounded") for word in _phrases(section)}
)
_QUALIFIERS = _phrases("qualifiers")
_ARTICLES = frozenset(("the", "his", "her", "their", "our", "my", "its", "these", "those"))


def quantity_at(tokens: Tokens, i: int) -> Quantity | None:
    """The quantity that begins at token `i`, or None."""
    words = tokens.words
    word = words[i]
    if word not in _STARTERS:
        if not word[0].isdigit() and _hyphened(word) is None:
            return None
    elif word in _ARTICLES:
        following = words[i + 1] if i + 1 < len(words) else ""
        if following not in _STARTERS and not following[:1].isdigit() and "-" not in following:
            return None
    if word == "between" or word == "from":
        return _between(tokens, i)
    reached, qualifier, said = i, None, False
    while (
        reached < len(words)
        and words[reached] in _QUALIFIERS
        and (prefix := _phrase_at("qualifiers", words, reached)) is not None
    ):
        reached, meaning = prefix
        said = True
        if qualifier in (None, "exact"):
            qualifier = meaning
    if words[reached : reached + 1] == ["both"]:
        behind_both = words[reached + 1 : reached + 2]
        if (
            behind_both
            and behind_both[0][0].isalpha()
            and not behind_both[0].endswith(("ed", "ing"))
            and behind_both[0] not in ("and", "sides", "parties")
        ):
            return Quantity(i, reached + 1, "exact", 2)
        return None
    share = None if _phrase_at("rounded", words, reached) else _share(words, reached)
    if share is not None:
        last, percent = share
        return Quantity(
            i, last, "share", percent or None, lower=percent if qualifier == "more_than" and percent else None
        )
    vague = _phrase_at("vague", words, reached)
    if vague is not None and not (qualifier not in (None, "exact", "about", "at_least", "more_than", "as_many_as")):
        last, (low, high) = vague
        listed = _LISTS["unspecified"]["words"]
        kind: Qualifier = "unspecified" if " ".join(words[reached:last]) in listed else "vague"
        return Quantity(i, last, kind, None, lower=low, upper=high or None)
    core = _figure(tokens, reached, said)
    if core is None:
        hyphened = _hyphened_range(words, reached)
        if hyphened is not None and qualifier in (None, "exact", "about"):
            return Quantity(i, reached + 1, "range", hyphened[0], upper=hyphened[1])
        return None
    last, value = core
    ratio = _ratio(tokens, last, value)
    if ratio is not None:
        return Quantity(i, ratio[0], "share", ratio[1])
    if words[last - 1] == "dozen" and qualifier in (None, "exact") and reached < last - 1 and words[reached] == "a":
        qualifier = "about"
    upper = None
    ranged = _range_end(tokens, last)
    if ranged is not None and ranged[1] > value and qualifier in (None, "exact", "about"):
        last, upper = ranged
        qualifier = "range"
    elif ranged is not None and ranged[1] > value and words[last] == "or" and qualifier in ("more_than", "at_least"):
        last = ranged[0]  # "more than 50 or 60": the least is what it says
    else:
        behind = _phrase_at("behind", words, last)
        if behind is not None:
            last, meaning = behind
            qualifier = meaning if qualifier in (None, "exact") else qualifier
    bare = not said and last == i + 1 and word[0].isdigit()
    return Quantity(i, last, qualifier or "exact", value, upper=upper, bare=bare)


def _ratio(tokens: Tokens, i: int, value: int | float) -> tuple[int, float] | None:
    """ "out of ten", "in five" behind a figure: a share in per cent. "out of the 12" is no ratio."""
    words = tokens.words
    if words[i : i + 2] == ["out", "of"]:
        at = i + 3 if words[i + 2 : i + 3] == ["every"] else i + 2
    elif words[i : i + 1] == ["in"] and value < 10:
        at = i + 2 if words[i + 1 : i + 2] == ["every"] else i + 1
        if at < len(words) and words[at][0].isdigit():
            return None
    else:
        return None
    whole = _number_words(words, at) if at < len(words) else None
    if whole is None and at < len(words) and words[at].isdigit():
        whole = (at + 1, int(words[at]))
    if whole is None or not value < whole[1] <= 100:
        return None
    return whole[0], round(100 * value / whole[1], 1)


def _between(tokens: Tokens, i: int) -> Quantity | None:
    words = tokens.words
    low = _figure(tokens, i + 1, True)
    if low is None or low[0] >= len(words) or words[low[0]] not in ("and", "to"):
        return None
    high = _figure(tokens, low[0] + 1, True)
    if high is None or high[1] <= low[1] or (low[1] in _YEARS and high[1] in _YEARS):
        return None
    return Quantity(i, high[0], "range", low[1], upper=high[1])


def _hyphened_range(words: list[str], i: int) -> tuple[int, int] | None:
    """ "30-40" before what it counts; no years, measures or scores."""
    match = _RANGE.fullmatch(words[i]) if i < len(words) else None
    after = words[i + 1] if i + 1 < len(words) else ""
    if match is None or not after[:1].isalpha() or after in _NOT_AFTER or words[i - 1] in _NOT_BEFORE:
        return None
    low, high = int(match[1]), int(match[2])
    return None if low >= high or (low in _YEARS and high in _YEARS) else (low, high)


def _range_end(tokens: Tokens, i: int) -> tuple[int, int | float] | None:
    """ "to 30", "-30", "or seven" behind a figure."""
    if tokens.word(i) not in ("to", "-", "–", "or"):
        return None
    if i + 1 >= len(tokens):
        return None
    return _figure(tokens, i + 1, True)


def _share(words: list[str], i: int) -> tuple[int, float] | None:
    found = _phrase_at("shares", words, i)
    if found is not None:
        last, percent = found
        return (last, float(percent))
    word = words[i] if i < len(words) else ""
    if word and word[0].isdigit() and i + 1 < len(words):
        if words[i + 1] == "%" or words[i + 1] in ("percent",):
            return i + 2, float(word.replace(",", ""))
        if words[i + 1] == "per" and i + 2 < len(words) and words[i + 2] == "cent":
            return i + 3, float(word.replace(",", ""))
    return None


def _figure(tokens: Tokens, i: int, said: bool) -> tuple[int, int | float] | None:
    """The figure at `i` in digits or words, unless it counts kilometres, days, pages or years."""
    words = tokens.words
    if i >= len(words):
        return None
    word = words[i]
    rounded = _phrase_at("rounded", words, i)
    if rounded is not None:
        return rounded
    if word[0].isdigit():
        if not _FIGURE.fullmatch(word):
            return None
        value: int | float = float(word) if "." in word else int(word.replace(",", "").replace(" ", ""))
        last = i + 1
        if last < len(words) and words[last] in _SCALES:
            value, last = value * _SCALES[words[last]], last + 1
            value = int(value) if value == int(value) else value
        elif last < len(words) and words[last] == "dozen":
            value, last = value * 12, last + 1
        if isinstance(value, float) or _is_no_count(tokens, i, last, value, said):
            return None
        return last, value
    found = _number_words(words, i)
    if found is None or (found[0] < len(words) and words[found[0]] in _NOT_AFTER and words[found[0]] != "may"):
        return None
    return found


def _is_no_count(tokens: Tokens, i: int, last: int, value: int | float, said: bool) -> bool:
    words = tokens.words
    before = words[i - 1] if i else ""
    after = words[last] if last < len(words) else ""
    if after in _NOT_AFTER and not (after == "may" and not tokens.capital[last]):
        return True
    if after == "-" or before in ("$", "€", "£", "#", "/", "§", "№", "-") or after in ("/", "°", "′", ":"):
        return not (
            after == "-" and last + 1 < len(words) and words[last + 1][0].isdigit() and before not in ("/", "-")
        )
    if before in _NOT_BEFORE and not said:
        return True
    if before == ":" and i >= 2 and words[i - 2].isdigit() and tokens.ends[i - 1] == tokens.starts[i]:
        return True  # "at 9:35"
    if before == "." and i >= 2 and words[i - 2] in _NOT_BEFORE:
        return True
    if before == "," and i >= 2 and words[i - 2] in _MONTHS and value in _YEARS:
        return True
    if not said and value in _YEARS and "," not in words[i]:
        if before in (
            "in",
            "of",
            "since",
            "until",
            "till",
            "by",
            "from",
            "during",
            "late",
            "early",
            "mid",
            "the",
            "and",
            "to",
            "–",
            "(",
        ):
            return True
        if (i >= 1 and before in _MONTHS) or (i >= 2 and words[i - 2] in _MONTHS) or after in (",", ".", ")", "–", ""):
            return True
    return False


def _number_words(words: list[str], i: int) -> tuple[int, int | float] | None:
    total, group, reached = 0, 0, i
    seen = False
    while reached < len(words):
        word = words[reached]
        if word in _UNITS:
            if seen and group % 10 == 0 and group % 100 >= 20:
                group += _UNITS[word]
            elif seen and not (group % 100 == 0 and words[reached - 1] in ("and", "hundred")):
                break
            else:
                group += _UNITS[word]
        elif word in _TENS:
            if seen and group % 100:
                break
            group += _TENS[word]
        elif "-" in word and (pair := _hyphened(word)) is not None:
            if seen and group % 100:
                break
            group += pair
        elif word in ("hundred", "dozen") and seen and group:
            group *= 100 if word == "hundred" else 12
        elif word in ("thousand", "million") and seen and group:
            total, group = total + group * _SCALES[word], 0
        elif word == "and" and seen and words[reached - 1] in ("hundred", "thousand") and reached + 1 < len(words):
            following = words[reached + 1]
            if not (following in _UNITS or following in _TENS or _hyphened(following) is not None):
                break
        else:
            break
        seen = True
        reached += 1
    if not seen:
        return None
    return reached, total + group


@cache
def _hyphened(word: str) -> int | None:
    tens, _, unit = word.partition("-")
    if tens in _TENS and unit in _UNITS and 0 < _UNITS[unit] < 10:
        return _TENS[tens] + _UNITS[unit]
    return None


def age_of(word: str) -> int | None:
    """The age in "14-year-old", "eight-year-old"; 0 where it is told in months, weeks or days."""
    match = re.match(r"(\d{1,3})|([a-z]+(?:-[a-z]+)?)(?=-(?:year|month|week|day))", word)
    if match is None or "old" not in word:
        return None
    if match[1] is not None:
        value: int | None = int(match[1])
    else:
        value = _UNITS.get(match[2], _TENS.get(match[2])) if match[2] else None
        if value is None and match[2]:
            value = _hyphened(match[2])
    if value is None:
        return None
    return value if "year" in word else 0


def as_figure(word: str) -> int | None:
    """A plain figure or number word as an age may be written: "41", "six"."""
    if word.isdigit():
        return int(word) if int(word) <= 120 else None
    value = _UNITS.get(word, _TENS.get(word))
    return value if value is not None else _hyphened(word)


def widened(quantity: Quantity, first: int, last: int) -> Quantity:
    """The same quantity over other tokens."""
    return replace(quantity, first=first, last=last)
