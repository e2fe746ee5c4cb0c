"""A sentence as tokens: words in lower case with their offsets; figures whole, ages whole, glued words parted."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.view import View

_TOKEN = re.compile(
    r"\d{1,3}\s(?:year|month|week|day)s?[\s-]olds?\b|\d{1,3}(?:,\d{3})+(?!,?\d)|\d{1,3}(?: \d{3})+(?=\s[a-z])"
    r"|\d+(?:\.\d+)?(?![\w-])|\w+(?:['.&-]\w+)*'?|[^\w\s]"
)
_GLUED_FIGURE = re.compile(r"([a-z]+)(\d[\d,]*)\Z|(\d[\d,]*)([a-z]+)\Z")


class Tokens:
    """The tokens of one sentence.

    Attributes:
        words: lower case; a figure keeps its commas.
        starts, ends: offsets into the exhibit's text.
        capital: whether the word begins with a capital in the text.
    """

    __slots__ = ("capital", "ends", "starts", "view", "words")

    def __init__(self, view: View, start: int, end: int) -> None:
        self.view = view
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        joined = joined_words()
        for match in _TOKEN.finditer(view.low, start, end):
            word = match[0]
            at, to = match.span()
            parts = joined.get(word)
            if parts is None and not word.isalpha() and word[0].isdigit() != word[-1].isdigit():
                parts = _split_figure(word)
            if parts:
                words.extend(parts)
                middle = at + len(parts[0])
                starts.extend((at, middle))
                ends.extend((middle, to))
            else:
                words.append(word)
                starts.append(at)
                ends.append(to)
        if "-" in words:
            for k in range(1, len(words) - 1):
                if words[k] == "-" and ends[k - 1] < starts[k] and ends[k] < starts[k + 1]:
                    words[k] = "–"
        if "may" in words:
            for k, word in enumerate(words):
                if word == "may" and view.clean[starts[k]] == "M" and _is_month(words, k):
                    words[k] = "may-month"  # not the "may" of what is only possible
        self.words = words
        self.starts = starts
        self.ends = ends
        clean = view.clean
        self.capital = [clean[at].isupper() for at in starts]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The word at `i`, "" outside the sentence."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def raw(self, first: int, last: int) -> str:
        """The words of tokens `[first, last)` as they stand in the text, spaces and line ends as one space."""
        return " ".join(self.view.text[self.starts[first] : self.ends[last - 1]].split())


def unbracketed(tokens: Tokens) -> Tokens:
    """The tokens without the brackets around a figure that counts what follows: "the wounding of (16) others"."""
    words = tokens.words
    if "(" not in words:
        return tokens
    dropped: set[int] = set()
    for k in range(1, len(words) - 3):
        if words[k] != "(" or words[k + 2] != ")" or not words[k + 1].isdigit():
            continue
        before, after = words[k - 1], words[k + 3]
        if before[0].isalpha() and before in _before_bracket() and after[0].isalpha():
            dropped |= {k, k + 2}
    return _without(tokens, dropped)


def _without(tokens: Tokens, dropped: set[int]) -> Tokens:
    if dropped:
        kept = [k for k in range(len(tokens.words)) if k not in dropped]
        tokens.words = [tokens.words[k] for k in kept]
        tokens.starts = [tokens.starts[k] for k in kept]
        tokens.ends = [tokens.ends[k] for k in kept]
        tokens.capital = [tokens.capital[k] for k in kept]
    return tokens


@cache
def _before_bracket() -> frozenset[str]:
    harm = wordlists.load(Path(__file__).with_name("harm.toml"))
    told = {word for form in ("participles", "gerunds") for row in harm[form].values() for word in row}
    return _before_figures() | told | {"them", "including", "whom", "left", "or", "nearly", "these", "were"}


def _is_month(words: list[str], k: int) -> bool:
    before = words[k - 1] if k else ""
    after = words[k + 1] if k + 1 < len(words) else ""
    return before[:1].isdigit() or after[:1].isdigit() or before in _BEFORE_MONTH


_BEFORE_MONTH = frozenset(
    ("in", "of", "since", "until", "early", "late", "mid", "by", "last", "next", "this", "during")
)
_MARKS = frozenset(('"', "“", "”", "«", "»", "‘", "’"))
_LONGEST_QUOTED = 7


def unquoted(tokens: Tokens) -> Tokens:
    """The tokens without quotation marks around a few words within a phrase: `"fifteen or sixteen" wounded`."""
    words = tokens.words
    marks = [k for k, word in enumerate(words) if word in _MARKS]
    if len(marks) < 2:
        return tokens
    dropped: set[int] = set()
    for first, last in pairwise(marks):
        inside = words[first + 1 : last]
        if first in dropped or not 0 < len(inside) <= _LONGEST_QUOTED or not all(w[0].isalnum() for w in inside):
            continue
        if first > 0 and last + 1 < len(words) and words[first - 1][0].isalnum() and words[last + 1][0].isalnum():
            dropped |= {first, last}
    return _without(tokens, dropped)


def _split_figure(word: str) -> tuple[str, str] | None:
    """A figure glued to a word by a lost space; a designation such as "m095" or "122mm" stays whole."""
    match = _GLUED_FIGURE.fullmatch(word)
    if match is None:
        return None
    if match[1] is not None:
        return (match[1], match[2]) if match[1] in _before_figures() else None
    return (match[3], match[4]) if match[4] in _after_figures() else None


@cache
def _before_figures() -> frozenset[str]:
    return wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "tokens")["before_figures"]


@cache
def _after_figures() -> frozenset[str]:
    folder = Path(__file__).parent
    people = wordlists.load(folder / "people.toml")["nouns"]
    harm = wordlists.load(folder / "harm.toml")["participles"]
    words = {word for row in people for word in row["many"]} | {word for row in harm.values() for word in row}
    return frozenset(words | {"dead", "deaths", "were", "others", "more", "civilian", "civilians"})


@cache
def joined_words() -> dict[str, tuple[str, str]]:
    """Two words run together by a lost space, where neither could be part of another word: "werekilled"."""
    folder = Path(__file__).parent
    people = [word for row in wordlists.load(folder / "people.toml")["nouns"] for word in row["many"] if len(word) > 4]
    harm = wordlists.load(folder / "harm.toml")
    done = [word for row in harm["participles"].values() for word in row]
    doing = [word for row in harm["gerunds"].values() for word in row]
    numbers = wordlists.load(folder / "numbers.toml")
    figures = [*numbers["units"], *numbers["tens"], "dozens", "scores", "hundreds", "thousands", "several", "many"]
    auxiliaries = ("were", "was", "been", "being", "and")
    pairs = [(a, b) for a in auxiliaries for b in done]
    pairs += [(a, b) for a in people for b in ("were", "was", "have", "had", "and", *done)]
    pairs += [(a, b) for a in figures for b in people]
    pairs += [(a, b) for a in done for b in ("and", "in", "by", "when", *people, *figures)]
    pairs += [(a, b) for a in doing for b in ("and", "at", *people, *figures)]
    pairs += [("atleast", "")]
    known = {a + b: (a, b) for a, b in pairs if b}
    known["atleast"] = ("at", "least")
    known["morethan"] = ("more", "than")
    for word in ("hundredth", "womankind", "peoples"):
        known.pop(word, None)
    return known
