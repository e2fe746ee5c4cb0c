"""Protected people: the public record shows `Name withheld` for every name of theirs in every string.

Rather one word too many withheld than one too few: a full name is found in any case, with diacritics or without, with
an inflected ending or a slip of spelling, across hyphens and line breaks; a part of it (a surname alone) wherever it
is written with a capital. A name written in another script than any known spelling is not found: add the spelling
with a `same_person` or `protect` decision.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from muniment.model import Claim, Decision, Person

WITHHELD = "Name withheld"
ADULT_AGE = 18
LONGEST_ENDING = 4
"""Letters that an inflected form may add to a name outside the Latin script."""

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ`][^\W_]+)*")
_LETTERS = str.maketrans({"ə": "a", "Ə": "a", "ı": "i", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d"})
_NOT_ALONE = frozenset(
    """
    abu abd aged agha al an and anonymous bin bint boy brother captain child da daughter de der di doctor dr el family
    father for from general girl her his ibn in la lady le lieutenant major man mother mr mrs ms name named of official
    old on person prof professor resident sergeant sir sister son source the um umm uncle van victim von was widow wife
    with withheld witness woman year
    """.split()  # noqa: SIM905
)
"""Words that stand in names or pseudonyms but are nobody's name alone."""
_LINK_KEYS = frozenset({"url", "name", "file", "key"})
"""Fields that hold addresses and file names, where names stand without capitals."""
_FIXED_KEYS = frozenset(
    {"id", "document", "exhibit", "incident", "claim", "hash", "sha256", "text_sha256", "merged_into"}
)
"""Fields that hold ids and digests: never words."""
_REFERENCE_ROOMS = frozenset({"places", "parties"})
"""Lists whose names come from reference data: a village is not withheld for sharing a name with a person."""


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    start: int
    end: int
    capital: bool


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'").replace("ʼ", "'")


def _tokens(text: str) -> list[_Token]:
    return [_Token(_fold(m.group()), m.start(), m.end(), not m.group()[0].islower()) for m in _WORD.finditer(text)]


def _is_form_of(word: str, name: str) -> bool:
    """Whether a folded word is the name itself, its possessive, or an inflected form of it."""
    word = word.removesuffix("'s").removesuffix("'")
    if word == name:
        return True
    if name.isascii():
        return word.replace("'", "") == name.replace("'", "") or (len(name) >= 3 and word in (name + "s", name + "es"))
    if _is_arabic(name):  # small words written in front: and, for, by, so, like; the article
        return len(name) >= 3 and word.endswith(name) and word[: -len(name)] in ("و", "ل", "ب", "ف", "ك", "ال", "وال")
    if len(name) < 4:
        return False
    longest = LONGEST_ENDING if len(name) >= 5 else 2  # Петросян, Петросяна; Анна, Анны
    return word.startswith(name[:-1]) and len(word) - len(name) < longest


def _is_slip_of(word: str, name: str) -> bool:
    word = word.removesuffix("'s").removesuffix("'")
    if len(name) < 5 or word[:1] != name[:1]:
        return False
    allowed = 1 if len(name) < 9 else 2
    return DamerauLevenshtein.distance(word, name, score_cutoff=allowed) <= allowed


@dataclass(frozen=True, slots=True)
class Withheld:
    """The names that must not be shown, as folded words, found by their stems.

    Attributes:
        full: names of two words or more, each under the stem of each of its words, with that word's position.
        alone: single words of names that identify a person by themselves.
        persons: ids of the people they belong to.
        written: the names exactly as the case knows them.
    """

    full: Mapping[str, frozenset[tuple[tuple[str, ...], int]]]
    alone: Mapping[str, frozenset[str]]
    persons: frozenset[str]
    written: frozenset[str]

    @classmethod
    def of(
        cls, persons: Iterable[Person], claims: Iterable[Claim] = (), decisions: Iterable[Decision] = ()
    ) -> Withheld:
        """The names of those who are protected.

        Args:
            persons: the case's people, each with whether they are protected.
            claims: for minors and pseudonyms that only a claim knows.
            decisions: for names protected by a decision that names nobody the case knows.
        """
        people = list(persons)
        protected = [person for person in people if person.protected]
        names = {name for person in protected for name in person.names}
        names.update(_protected_by_name(list(decisions), {person.id for person in people}))
        for mention in (mention for claim in claims for mention in claim.persons if mention.person is None):
            if mention.pseudonym or (mention.age is not None and mention.age < ADULT_AGE):
                names.add(mention.name)
        full: dict[str, set[tuple[tuple[str, ...], int]]] = {}
        alone: dict[str, set[str]] = {}
        for name in names:
            tokens = _tokens(name)
            if not any(token.capital for token in tokens):
                continue  # "his father": no name
            words = tuple(token.folded for token in tokens)
            if len(words) > 1:
                for position, word in enumerate(words):
                    full.setdefault(_stem(word), set()).add((words, position))
            for token in tokens:
                word = token.folded
                if token.capital and len(word) >= 3 and word not in _NOT_ALONE and not word.isdigit():
                    alone.setdefault(_stem(word), set()).add(word)
        return cls(
            {stem: frozenset(group) for stem, group in full.items()},
            {stem: frozenset(group) for stem, group in alone.items()},
            frozenset(person.id for person in protected),
            frozenset(names),
        )

    def __bool__(self) -> bool:
        return bool(self.persons or self.written)

    def text(self, text: str, *, link: bool = False, parts: bool = True) -> str:
        """The text with every protected name replaced.

        Args:
            text: any string that is shown.
            link: an address or a file name, where names stand without capitals.
            parts: whether a single part of a name is withheld too.
        """
        if text in self.written:
            return WITHHELD
        if link and "%" in text:
            plain = urllib.parse.unquote(text)
            shown = self._replaced(plain, link=True, parts=parts)
            return text if shown == plain else shown
        return self._replaced(text, link=link, parts=parts)

    def _replaced(self, text: str, *, link: bool, parts: bool) -> str:
        spans = list(self._found(text, link, parts))
        out, position = [], 0
        for start, end in _joined(spans, text):
            out += [text[position:start], WITHHELD]
            position = end
            if text[start:end].rstrip("'’").endswith(("'s", "’s")):
                out.append("’s")
        return "".join((*out, text[position:])) if spans else text

    def _found(self, text: str, link: bool, parts: bool) -> Iterator[tuple[int, int]]:
        tokens = _tokens(text)
        for at, token in enumerate(tokens):
            for stem in _possible_stems(token.folded):
                for words, position in self.full.get(stem, ()):
                    run = tokens[max(0, at - position) : max(0, at - position + len(words))]
                    if len(run) == len(words) and _reads_as(run, words) and _adjacent(run, text):
                        yield run[0].start, run[-1].end
                if (
                    parts
                    and (token.capital or link)
                    and any(_is_form_of(token.folded, name) for name in self.alone.get(stem, ()))
                ):
                    yield token.start, token.end


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _stem(name: str) -> str:
    """What every form of a name shares: the key it is found by."""
    if name.isascii():
        return name.replace("'", "")
    return name if _is_arabic(name) or len(name) < 4 else name[:-1]


def _possible_stems(word: str) -> tuple[str, ...]:
    """The stems this word may be a form of."""
    bare = word.removesuffix("'s").removesuffix("'").replace("'", "")
    if not bare:
        return ()
    if bare.isascii():
        return tuple(dict.fromkeys((bare, bare[:-1], bare[:-2])))
    if _is_arabic(bare):
        return tuple(dict.fromkeys(bare[n:] for n in range(min(4, len(bare)))))
    return tuple(bare[:n] for n in range(max(1, len(bare) - LONGEST_ENDING), len(bare) + 1))


def _protected_by_name(decisions: list[Decision], person_ids: set[str]) -> set[str]:
    """Names that `protect` decisions give; one that was taken back no longer counts."""
    taken_back: set[int] = set()
    for decision in reversed(decisions):
        if decision.kind == "take_back" and decision.seq not in taken_back:
            taken_back.update(int(on) for on in decision.on if on.isdigit())
    names: set[str] = set()
    for decision in decisions:
        if decision.kind == "protect" and decision.seq not in taken_back:
            names.update(on for on in decision.on if on not in person_ids)
            if isinstance(decision.value, Mapping):
                names.update(str(name) for name in decision.value.get("names", ()))
    return names


def _reads_as(run: list[_Token], words: tuple[str, ...]) -> bool:
    """Whether the tokens are the words of the name in some form; beside a sure word a slip of spelling is forgiven."""
    pairs = list(zip(run, words, strict=True))
    sure = [_is_form_of(token.folded, word) for token, word in pairs]
    return all(sure) or (
        any(sure)
        and all(is_sure or _is_slip_of(token.folded, word) for is_sure, (token, word) in zip(sure, pairs, strict=True))
    )


def _adjacent(run: list[_Token], text: str) -> bool:
    return all(len(text[a.end : b.start].strip(" \t\r\n\u00a0.-–_+/,")) == 0 for a, b in itertools.pairwise(run))


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Overlapping finds, and finds with nothing but space, a dot or a hyphen between, as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip(" \t\r\n\u00a0.-")):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def redact(record: Mapping[str, Any], withheld: Withheld) -> dict[str, Any]:
    """A copy of a record in which no string shows a protected name.

    A claim so changed has `redacted` true and no offsets: its quote is no longer the text's.
    """
    if not withheld:
        return dict(record)
    # An id made from a name could be found again from a list of names, so protected people get new ones.
    ids = {person: f"withheld-{number}" for number, person in enumerate(sorted(withheld.persons), 1)}
    out = {room: _value(value, withheld, ids, room, room) for room, value in record.items()}
    out["claims"] = [_claim(row, out_row) for row, out_row in zip(record["claims"], out["claims"], strict=True)]
    out["persons"] = sorted(
        ({**row, "names": [WITHHELD]} if row["protected"] else row for row in out["persons"]),
        key=lambda row: str(row["id"]),
    )
    out["relations"] = sorted(out["relations"], key=lambda row: (row["kind"], row["a"], row["b"], row["status"]))
    return out


def _claim(before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    if dict(before) == after:
        return after
    cells = [{**cell, "start": None, "end": None} for cell in after["cells"]]
    return {**after, "redacted": True, "start": None, "end": None, "mentions": None, "cells": cells}


def _value(value: Any, withheld: Withheld, ids: Mapping[str, str], key: str, room: str) -> Any:
    if isinstance(value, str):
        if value in ids:
            return ids[value]
        if key in _FIXED_KEYS:
            return value
        return withheld.text(value, link=key in _LINK_KEYS, parts=room not in _REFERENCE_ROOMS)
    if isinstance(value, Mapping):
        if value.get("person") in ids and "name" in value:
            value = {**value, "name": WITHHELD}
        return {
            withheld.text(str(name)) if room == "decisions" else name: _value(item, withheld, ids, str(name), room)
            for name, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_value(item, withheld, ids, key, room) for item in value]
    return value
