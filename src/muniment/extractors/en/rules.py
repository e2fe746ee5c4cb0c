"""Rules as data: `kinds/*.toml` say which words tell of what. One pass over a text finds where any rule may begin.

A rule names the stems it begins at (`on`); wherever one begins a word, its `pattern` is tried there, and only there, so
the time is linear in the text however many rules there are. Words in front are asked for by `before`, which must reach
up to the stem; `unless_before` and `unless` rule out what reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ahocorasick

from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, load
from muniment.model.vocabulary import ClaimKind, Harm, Level, Polarity, Unit

_FOLDER = Path(__file__).with_name("kinds")
_MACRO = re.compile(r"@(\w+)")
_REACH = 160
"""How far in front of its stem a rule looks."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying one kind of thing.

    Attributes:
        place: where it stands among all rules; of two alike the earlier is kept.
        kind: the kind of claim it makes.
        name: what it is called in the claim's reasons.
        on: beginnings of the word it starts at, lower case.
        pattern: what must stand there.
        before: what must stand in front, up to the stem.
        unless_before, unless, unless_after: what must not stand in front, within the match, behind it.
        needs: what must stand somewhere in the sentence.
        harm: the harms it tells of.
        unit: what a figure in it counts; None where it takes no figure.
        persons: whether it concerns people who may be named.
        polarity, level: where the words settle them.
        nominal: whether it is a noun, so that no subject in front belongs to it.
        anywhere: whether it also holds inside what somebody is called on to do.
        quiet: whether it yields to a casualty with a figure in the same sentence.
        times: how often, where the words themselves say so.
        bare: whether its figure stands without a noun.
        looks_back: whether what `before` finds is only looked at, and no part of the claim's words.
        between: what must not stand between the stem and the weapon.
        tight: whether its words alone are the claim, without the clause around them.
        weapon: on which side a weapon must be named ("after", "before"), within `reach` characters; `model` asks that
            its model or origin be named.
    """

    place: int
    kind: ClaimKind
    name: str
    on: tuple[str, ...]
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None = None
    unless_before: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    needs: re.Pattern[str] | None = None
    harm: tuple[Harm, ...] = ()
    unit: Unit | None = None
    persons: bool = False
    polarity: Polarity | None = None
    level: Level | None = None
    nominal: bool = False
    anywhere: bool = False
    quiet: bool = False
    times: int | None = None
    weapon: str | None = None
    reach: int = 0
    model: bool = False
    tight: bool = False
    bare: bool = False
    looks_back: bool = False
    between: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits: the words it took, and the one that carries them."""

    rule: Rule
    sentence: Sentence
    start: int
    end: int
    anchor: tuple[int, int]
    match: re.Match[str]


def hits(view: View) -> Iterator[tuple[Sentence, list[Hit]]]:
    """Every rule that fits, sentence by sentence, in reading order."""
    automaton, rules = _automaton(), _rules()
    low, sentences = view.low, view.sentences
    if not sentences:
        return
    at, found = 0, list[Hit]()
    seen: set[tuple[int, int]] = set()
    for last, (length, numbers) in automaton.iter(low, view.start, view.end):
        start = last - length + 1
        if start > 0 and low[start].isalnum() and (low[start - 1].isalnum() or low[start - 1] == "-"):
            continue  # within a word
        if start >= sentences[at].end:
            if found:
                yield sentences[at], found
                found = []
            while at < len(sentences) - 1 and start >= sentences[at].end:
                at += 1
        sentence = sentences[at]
        if not sentence.start <= start < sentence.end:
            continue
        for number in numbers:
            hit = _fit(rules[number], view, sentence, start)
            if hit is not None and (number, start) not in seen:
                seen.add((number, start))  # two stems of a rule may begin at one place
                found.append(hit)
    if found:
        yield sentences[at], found


def _fit(rule: Rule, view: View, sentence: Sentence, start: int) -> Hit | None:
    low = view.low
    match = rule.pattern.match(low, start, sentence.end)
    if match is None:
        return None
    first = start
    left = low[max(sentence.start, start - _REACH) : start]
    if rule.before is not None:
        led = rule.before.search(left)
        if led is None:
            return None
        first = start if rule.looks_back else start - len(left) + led.start()
    if rule.unless_before is not None and rule.unless_before.search(left):
        return None
    if rule.unless is not None and rule.unless.search(match[0]):
        return None
    if rule.unless_after is not None and rule.unless_after.match(low, match.end(), sentence.end):
        return None
    if rule.needs is not None and not rule.needs.search(low, sentence.start, sentence.end):
        return None
    word = start
    while word < sentence.end and (low[word].isalnum() or low[word] in "'-"):
        word += 1
    return Hit(rule, sentence, first, match.end(), (start, max(word, start + 1)), match)


@cache
def macros() -> dict[str, str]:
    """The shared word lists, as alternatives by name."""
    found: dict[str, str] = {}
    for name, words in load(_FOLDER / "shared.toml").items():
        found[name] = expand(words, found) if isinstance(words, str) else either(expand(w, found) for w in words)
    return found


def expand(pattern: str, lists: dict[str, str]) -> str:
    """A pattern with each `@name` replaced by the alternatives of that list."""
    return _MACRO.sub(lambda match: lists[match[1]], pattern)


@cache
def lists_of(stem: str) -> dict[str, str]:
    """The word lists a rule file may use: the shared ones and its own."""
    found = dict(macros())
    for name, words in load(_FOLDER / f"{stem}.toml").get("words", {}).items():
        found[name] = expand(words, found) if isinstance(words, str) else either(expand(w, found) for w in words)
    return found


@cache
def _rules() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for path in sorted(_FOLDER.glob("*.toml")):
        if path.stem == "shared":
            continue
        table = load(path)
        lists = lists_of(path.stem)
        found.extend(_rule(row, lists, len(found) + n) for n, row in enumerate(table.get("rules", ())))
    return tuple(found)


def _rule(row: dict[str, Any], lists: dict[str, str], place: int) -> Rule:
    def compiled(name: str, behind: str = "") -> re.Pattern[str] | None:
        words = row.get(name)
        return None if words is None else re.compile(_spaced(expand(words, lists)) + behind)

    pattern = compiled("pattern", r"(?!\w)")
    if pattern is None:
        raise ValueError(f"rule {row.get('name')!r} has no pattern")
    before = row.get("before")
    led = None
    if before is not None:
        led = re.compile(r"(?:(?<!\w)|(?=[^\w\s]))(?:" + _spaced(expand(before, lists)) + r")\s*\Z")
    barred = row.get("unless_before")
    bar = (
        None
        if barred is None
        else re.compile(r"(?:(?<!\w)|(?=[^\w\s]))(?:" + _spaced(expand(barred, lists)) + r")\s*\Z")
    )
    return Rule(
        place=place,
        kind=row["kind"],
        name=row["name"],
        on=tuple(row["on"]),
        pattern=pattern,
        before=led,
        unless_before=bar,
        unless=compiled("unless"),
        unless_after=compiled("unless_after"),
        needs=compiled("needs"),
        harm=tuple(row.get("harm", ())),
        unit=row.get("unit"),
        persons=row.get("persons", False),
        polarity=row.get("polarity"),
        level=row.get("level"),
        nominal=row.get("nominal", False),
        anywhere=row.get("anywhere", False),
        quiet=row.get("quiet", False),
        times=row.get("times"),
        weapon=row.get("weapon"),
        reach=row.get("reach", 0),
        model=row.get("model", False),
        tight=row.get("tight", False),
        bare=row.get("bare", False),
        looks_back=row.get("looks_back", False),
        between=compiled("between"),
    )


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


@cache
def _automaton() -> Any:
    numbers: dict[str, list[int]] = {}
    for number, rule in enumerate(_rules()):
        for stem in rule.on:
            numbers.setdefault(stem, []).append(number)
    automaton = ahocorasick.Automaton()
    for stem, listed in numbers.items():
        automaton.add_word(stem, (len(stem), tuple(listed)))
    automaton.make_automaton()
    return automaton
