"""Weapons named in English text: models from the munitions reference, and general words by what reaches people.

A name beside a general word is one weapon ("a Scud-B ballistic missile"). Treaties and organisations named after
weapons, and weapons a sentence says were not used, are no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from muniment.extractors.mentions import WeaponMention
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, load, pattern
from muniment.model.vocabulary import Certainty, WeaponClass
from muniment.reference import munitions

_WORDS = load(Path(__file__).with_name("weapons.toml"))
_CLASS_OF_GROUP: dict[str, WeaponClass] = {name: cast(WeaponClass, name) for name in _WORDS["classes"]}
_GENERIC = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{either(words)})" for name, words in _WORDS["classes"].items()) + r")(?!\w)"
)
_NAMES_AROUND = pattern(_WORDS["names"]["around"])
_NEGATED = re.compile(r"(?<!\w)" + either(_WORDS["negated"]["before"]) + r"(?!\w)(?:\s+[\w-]+){0,4}\s*\Z")
_GENERAL = pattern(_WORDS["general"]["words"])
_CERTAINTY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{row['certainty']}>{either(row['words'])})" for row in _WORDS["certainty"])
    + r")(?!\w)"
)
_MADE = re.compile(
    r"(?<!\w)([a-z]+)(?:-|\s)" + either(_WORDS["made"]["suffixes"]) + r"\s+(?:[\w-]+\s+){0,3}\Z|(?<!\w)([a-z]+)\s+\Z"
)
_WORD = re.compile(r"(?<![\w-])(?:\d{3,4}|[a-z]{1,3}-\d|[abcdefghijklmnopqrstuvwxyz]{3}|an?\s)")
_PLAIN = re.compile(r"[a-z]+(?:-\d)?")
_REACH = 48
_CAPITALS = re.compile(r"(?<!\w)([A-Z]{4,10})\s\Z")
_FIRST = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"(?<![^\W_])(?:[^\W\d_a-z][^\W_]*|\d+[^\W_]*)")
"""A word that may begin a designation: with a capital, a digit, or in another script."""
_NAMESAKE = re.compile(r"\s(?:[\w'’-]+\s)?" + either(_WORDS["namesakes"]["nouns"]) + r"(?!\w)")
_CALIBRE = re.compile(r"(?<![\w.])\d{2,3}\s?-?(?:mm|milli-?met(?:er|re)s?)\s+\Z")
_JOIN = re.compile(r"[\s'’(\"“-]{1,4}(?:(?:type|class|style|series|model)\s)?\Z")
_CONTENTS = re.compile(
    r"\b(?:contain(?:s|ing|ed)?|carr(?:y|ies|ying|ied)|(?:load|arm|fitt|fill)ed with|releas(?:es|ed|ing)"
    r"|scatter(?:s|ed|ing)|dispens(?:es|ed|ing)|from)\b"
)
_STEM = re.compile(either(_WORDS["stems"]["words"]))
_BROAD: frozenset[str] = frozenset({"other", "explosive_wide_area", "rocket", "artillery", "air_strike"})
"""Classes a general word may give too broadly beside a model of a narrower class."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    class_: WeaponClass
    munition: munitions.Munition | None


def find(text: str, low: str, start: int, end: int) -> list[WeaponMention]:
    """The weapons in `[start, end)`, left to right, none overlapping.

    Args:
        text: the plain text.
        low: the same in lower case, same length.
        start: where to begin.
        end: where to stop.
    """
    found: list[_Found] = []
    places = [word.start() for word in _PLAIN.finditer(low, start, end) if _tells(word[0])]
    if places:
        avoided = [m.span() for m in _NAMES_AROUND.finditer(low, start, end)]
        found = [
            _Found(m.start(), m.end(), _CLASS_OF_GROUP[m.lastgroup or "other"], None)
            for m in _generic(low, start, end, places)
            if not any(a <= m.start() < b for a, b in avoided)
        ]
    part = text[start:end]
    found = [_named(text, start, one) for one in found]
    if not _model_words().isdisjoint(word.lower() for word in _TELLING.findall(part)):
        found = _with_models(part, start, found)
    return [_mention(text, low, start, end, one) for one in _joined(text, low, found)]


def is_general(low: str, start: int, end: int) -> bool:
    """Whether a sentence speaks of weapons as a rule, a wish or a danger, not of their use."""
    return _GENERAL.search(low, start, end) is not None


def is_negated(low: str, start: int, mention: WeaponMention) -> bool:
    """Whether the words before a weapon, in its clause, say that it was none."""
    clause = max(start, low.rfind(";", start, mention.start) + 1, low.rfind(" but ", start, mention.start) + 1)
    return _NEGATED.search(low, max(clause, mention.start - 90), mention.start) is not None


def may_be_one(told: Sequence[WeaponMention], opening: Sequence[WeaponMention]) -> bool:
    """Whether weapons told of can be that of the event told before: shells are not an air strike."""
    if not told or not opening:
        return True
    return any(a.class_ == b.class_ or any({a.class_, b.class_} <= kin for kin in _KIN) for a in told for b in opening)


_KIN: tuple[frozenset[WeaponClass], ...] = tuple(
    cast(frozenset[WeaponClass], frozenset(words)) for words in _WORDS["kin"]["classes"]
)
"""Classes that words may give to one and the same weapon."""


def certainty_near(low: str, start: int, end: int, at: tuple[int, int]) -> tuple[Certainty, str | None, int, int]:
    """How surely a clause `[start, end)` says what stands at `at`: certainty, cue and where the cue is."""
    best: tuple[int, Certainty, re.Match[str]] | None = None
    for match in _CERTAINTY.finditer(low, start, end):
        if match.start() >= at[0] and match.end() <= at[1]:
            continue
        if match.start() >= at[1] and "," in low[at[1] : match.start()]:
            break
        gap = at[0] - match.end() if match.end() <= at[0] else match.start() - at[1] + 12
        if best is None or gap < best[0]:
            best = (gap, cast(Certainty, match.lastgroup), match)
    if best is None or best[0] > 110:
        return "stated", None, at[0], at[0]
    return best[1], best[2][0], best[2].start(), best[2].end()


@lru_cache(maxsize=20_000)
def _tells(word: str) -> bool:
    """Whether a word holds letters that a general word for a weapon cannot do without."""
    return _STEM.search(word) is not None


def _generic(low: str, start: int, end: int, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """General words for weapons, looked for from a few words in front of each telling word."""
    at = start
    for place in places:
        for word in _WORD.finditer(low, max(at, place - _REACH), min(end, place + 4)):
            if word.start() < at or word.start() > place:
                continue
            match = _GENERIC.match(low, word.start(), end)
            if match is not None and match.end() > place:
                yield match
                at = match.end()
                break


@lru_cache(maxsize=1)
def _model_words() -> frozenset[str]:
    """The first words of all designations, in lower case."""
    names = (name for munition in munitions.all() for name in (munition.name, *munition.aliases))
    return frozenset(match[0].lower() for name in names if (match := _FIRST.search(name)))


def _with_models(part: str, offset: int, generic: list[_Found]) -> list[_Found]:
    models = [
        _Found(start + offset, end + offset, munition.class_, munition)
        for start, end, munition in munitions.find(part)
        if _is_designation(part[start:end]) and not _NAMESAKE.match(part.lower(), end)
    ]
    if not models:
        return generic
    kept = [g for g in generic if not any(m.start <= g.start and g.end <= m.end for m in models)]
    return sorted(models + kept, key=lambda f: (f.start, -f.end))


def _named(text: str, start: int, one: _Found) -> _Found:
    """A general word with the name of a model in capitals before it: "an ARGO ballistic missile"."""
    word = _CAPITALS.search(text, max(start, one.start - 12), one.start)
    munition = _names_in_capitals().get(word[1]) if word is not None else None
    return one if munition is None or word is None else replace(one, start=word.start(1), munition=munition)


@lru_cache(maxsize=1)
def _names_in_capitals() -> dict[str, munitions.Munition]:
    """Models whose name is one word in capitals and a general word; the class is what the text says it is."""
    found: dict[str, munitions.Munition] = {}
    for munition in munitions.all():
        for name in (munition.name, *munition.aliases):
            first, _, rest = name.partition(" ")
            if len(first) > 3 and first.isalpha() and first.isascii() and first.isupper() and rest.islower():
                found.setdefault(first, munition)
    return found


def _is_designation(words: str) -> bool:
    """Whether the words are written as a model's name; plain lower-case words are left to the general list."""
    return any(char.isdigit() or char.isupper() for char in words) or not words.isascii()


def _joined(text: str, low: str, found: Iterable[_Found]) -> list[_Found]:
    """Neighbours that are one weapon made one: a calibre, several designations, and the general word."""
    out: list[_Found] = []
    for one in found:
        if (out and one.start < out[-1].end) or (
            out and _JOIN.fullmatch(text, out[-1].end, one.start) and (out[-1].munition or one.munition)
        ):
            out[-1] = _one(out[-1], one)
        else:
            out.append(one)
    return [_with_calibre(low, one) for one in out]


def _with_calibre(low: str, one: _Found) -> _Found:
    calibre = _CALIBRE.search(low, max(0, one.start - 20), one.start)
    return replace(one, start=calibre.start()) if calibre else one


def _one(a: _Found, b: _Found) -> _Found:
    munition = a.munition or b.munition
    if a.munition and b.munition and b.class_ == "cluster":
        munition = b.munition if a.class_ != "cluster" else a.munition
    classes = (a.class_, b.class_)
    if "cluster" in classes:
        class_: WeaponClass = "cluster"
    elif munition is not None:
        class_ = munition.class_
    else:
        class_ = next((c for c in classes if c not in _BROAD), a.class_)
    return _Found(min(a.start, b.start), max(a.end, b.end), class_, munition)


def _mention(text: str, low: str, start: int, end: int, found: _Found) -> WeaponMention:
    certainty, cue, _, _ = certainty_near(low, *clause(low, start, end, found.start), (found.start, found.end))
    origin = found.munition.origin if found.munition else None
    return WeaponMention(
        found.start,
        found.end,
        text[found.start : found.end],
        found.class_,
        found.munition.name if found.munition else None,
        origin,
        certainty,
        cue,
    )


_CLAUSE = re.compile(
    r"[;:]|[.!?]\s|,\s(?:but|while|whereas|although|though|and\s(?:the|that|in|on|a)\b)|\s(?:but|while|whereas|although|though)\s"
)


def clause(low: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The clause of a sentence `[start, end)` that holds the offset."""
    left, right = start, end
    for match in _CLAUSE.finditer(low, start, end):
        if match.end() <= at:
            left = match.end()
        elif match.start() > at:
            right = match.start()
            break
    return left, right


def carries(low: str, first: WeaponMention, second: WeaponMention) -> bool:
    """Whether the words between two weapons say that the first carries the second."""
    return second.start - first.end < 60 and _CONTENTS.search(low, first.end, second.start) is not None


def lookup(view: View, start: int, end: int) -> list[WeaponMention]:
    """The weapons in `[start, end)` of a document's plain text."""
    return find(view.clean, view.low, start, end)
