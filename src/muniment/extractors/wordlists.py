"""Word lists of a language pack: TOML files beside its code, read once, turned into patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(path: Path) -> dict[str, Any]:
    """A word-list file. Its tables are described in the file itself."""
    with path.open("rb") as stream:
        return tomllib.load(stream)


def either(words: Iterable[str]) -> str:
    """A pattern for any of these words or phrases, the longest first.

    A space stands for any run of spaces, ` ?` for some or none. A phrase may use `(?:…)`, `?`, `|` and `[…]` as in a
    regular expression.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    spaced = (word.replace(" ?", r"\s*").replace(" ", r"\s+") for word in ordered)
    return "(?:" + "|".join(spaced) + ")"


def pattern(words: Iterable[str], *, flags: int = 0) -> re.Pattern[str]:
    """The words as whole words, ready to search in lower-case plain text."""
    return re.compile(r"(?<!\w)" + either(words) + r"(?!\w)", flags)


_NESTED = re.compile(r"\(\?:[^()]*\)[*?]?|\[[^\]]*\][*?]?|\\.\+?|.[*?]")
_LETTERS = re.compile(r"[a-z]+")


def telling(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for a part that each of these words or phrases cannot do without: a quick look before they are tried.

    What a phrase leaves open (`(?:…)`, `[…]`, `x?`) is left out; one that leaves all open tells by any of its words.
    """
    parts: set[str] = set()
    for word in words:
        bare = word
        while (fewer := _NESTED.sub(" ", bare)) != bare:
            bare = fewer
        sure = _LETTERS.findall(bare)
        if sure and "|" not in bare:
            parts.add(max(sure, key=len))
        else:
            parts.update(_LETTERS.findall(re.sub(r"\w[*?]", " ", word)))
    return re.compile("|".join(sorted(parts)))


@cache
def word_sets(path: Path, section: str) -> dict[str, frozenset[str]]:
    """The lists of one table of a word-list file, as sets by name."""
    return {name: frozenset(words) for name, words in load(path)[section].items()}
