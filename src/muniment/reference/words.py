"""Names as they stand in running text: one folding of case, marks and punctuation, and a search for whole words.

Finding is linear in the length of the text: each word is looked up once as the first word of a name, and what follows
is compared only as far as the longest name that begins so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ed\u0900-\u0e7f\u1000-\u109f\u200c\u200d"
)
"""What stands inside a word though it is neither letter nor digit: combining marks, vowel signs, joiners."""

QUOTES = "'\u2019\u2018\u00b4`\u2032"
"""Apostrophes as people type them; the modifier letters ʼ and ʻ are letters to Unicode already."""

_INSIDE = rf"[\w{MARKS}]"
_REST = rf"{_INSIDE}*(?:[{QUOTES}]{_INSIDE}+)*"
_ELIDED = rf"[dlDL](?=[{QUOTES}]\w)"
_LETTERS = rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!{_INSIDE}))?"
_WORD = rf"{_ELIDED}|{_LETTERS}|{_INSIDE}{_REST}"
_ARTICLES = r"(?:a[ldnrstz]|ash|ath|adh|el|es|en|ed|et|er)(?=[-\u2010\u2011\u2013][^\W\d_a-z])"
WORD = re.compile(_WORD)
"""One word: letters with apostrophes inside, initials with their dots (U.S.), the d of d'Alep apart."""

_START = re.compile(rf"(?<![\w{MARKS}])(?:{_ARTICLES}|(?![a-z_])(?:{_WORD}))")
"""A word that may begin a name: not in ASCII lower case, save an Arabic article joined by a hyphen."""

_GAP = re.compile(r"[ \t\u00a0\u202f.,/\u2010-\u2015-]*(?:\r?\n[ \t]*)?")
"""What may stand between two words of one name: no more than one line end."""

_LONGEST_GAP = 12

_SPECIAL = str.maketrans(
    {
        "ı": "i", "ə": "e", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ŋ": "n", "ŧ": "t", "ʼ": None, "ʻ": None, "ʽ": None, "ʾ": None, "ʿ": None, "ʹ": None, "ʺ": None, "ˈ": None,
        "՚": None, "՛": None, "ـ": None, "\u200c": None, "\u200d": None, "\u00ad": None, "ة": "ه", "ى": "ي",
        "ک": "ك", "ی": "ي", "ې": "ي", "ے": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا", ".": None,
        **dict.fromkeys(QUOTES),
    }
)  # fmt: skip

_POSSESSIVE = re.compile(rf"[{QUOTES}][sS]$")


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One word without case, diacritics, apostrophes and a possessive 's; Arabic letter variants made one."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return _plain(_POSSESSIVE.sub("", word))


def _plain(letters: str) -> str:
    folded = letters.casefold().translate(_SPECIAL)
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFKD", folded)
    return parts.translate(_MARKLESS)


class _Markless(dict[int, str]):
    """Drops combining marks, and once more makes Arabic letter variants one; learns each character once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        known = self[code] = "" if unicodedata.combining(char) else char.translate(_SPECIAL)
        return known


_MARKLESS = _Markless()


def fold(name: str) -> str:
    """A name as it is compared: its folded words joined by single spaces; "" where it has no word."""
    if name.isascii():
        if name.isalpha():
            return name.lower()
        if name.replace(" ", "").isalnum():
            return " ".join(name.lower().split())
    elif name.isalnum():
        return _plain(name)
    return " ".join(folded for word in WORD.findall(name) if (folded := fold_word(word)))


def is_lower(char: str) -> bool:
    """Whether a letter is in lower case in a script that has two cases in use (Georgian does not write them)."""
    return char.islower() and not "\u10d0" <= char <= "\u10ff"


class Phrases(Generic[T]):
    """Names of one or more words, each leading to the things that bear it."""

    def __init__(self, *, any_case: bool = False) -> None:
        """An empty list of names.

        Args:
            any_case: names listed in lower case are found in lower case too; otherwise a name begins with a capital.
        """
        self._any_case = any_case
        self._things: dict[str, tuple[T, ...]] = {}
        self._most: dict[str, int] = {}
        self._capitals: dict[str, bool] = {}
        self._in_text: set[str] = set()
        self._with_comma: set[str] = set()
        self._lower: set[str] = set()
        self._hidden: set[str] = set()
        self._hidden_first: set[str] = set()

    def __len__(self) -> int:
        return len(self._things)

    def add(self, name: str, thing: T, *, in_text: bool = True) -> None:
        """Let a name lead to a thing; names that fold alike share their things, in the order added.

        Args:
            name: as written, of any number of words.
            thing: what bears it.
            in_text: whether it is to be found in a running text too, and not only when it is asked for.
        """
        key = fold(name)
        if not key:
            return
        known = self._things.get(key)
        if known is None:
            self._things[key] = (thing,)
        elif thing not in known:
            self._things[key] = (*known, thing)
        if not in_text:
            return
        if key not in self._in_text:
            self._in_text.add(key)
            first, _, rest = key.partition(" ")
            words = rest.count(" ") + 2 if rest else 1
            if self._most.get(first, 0) < words:
                self._most[first] = words
        if len(key) <= _LONGEST_ACRONYM:
            self._capitals[key] = self._capitals.get(key, True) and _is_acronym(name)
        if "," in name:
            self._with_comma.add(key)
        if self._any_case and is_lower(name[0]):
            self._lower.add(key)

    def hide(self, word: str, *, first_only: bool = False) -> None:
        """Never find a one-word name in a text, or not where it begins a sentence: it is an ordinary word too."""
        (self._hidden_first if first_only else self._hidden).add(fold(word))

    def get(self, name: str) -> tuple[T, ...]:
        """The things that bear exactly this name, up to folding."""
        return self._things.get(fold(name), ())

    def shared(self) -> Iterator[tuple[str, tuple[T, ...]]]:
        """Each folded name that leads to more than one thing, with its things."""
        return ((name, things) for name, things in self._things.items() if len(things) > 1)

    def scan(self, text: str) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """The longest names standing in a text as whole words: (start, end, things), left to right, apart."""
        most, start_of = self._most, (WORD if self._any_case else _START)
        upto = 0
        for match in start_of.finditer(text):
            if match.start() < upto:
                continue
            first = fold_word(match.group())
            begin = match.start()
            words = most.get(first)
            if words is None:
                shift = _clitic(text, begin, match.end(), most)
                if not shift:
                    continue
                begin += shift
                first = fold_word(text[begin : match.end()])
                words = most[first]
            for end, key in self._longest(text, match.end(), first, words):
                if key in self._in_text and self._is_written(text, begin, end, key):
                    yield begin, end, self._things[key]
                    upto = end
                    break

    def _longest(self, text: str, end: int, first: str, words: int) -> Iterable[tuple[int, str]]:
        """Stretches of up to `words` words from one start, longest first, as (end, key)."""
        spans = [(_without_possessive(text, end), first)]
        key, last, comma = first, first, False
        while len(spans) < words:
            gap = _GAP.match(text, end, end + _LONGEST_GAP)
            after = WORD.match(text, gap.end()) if gap is not None else None
            if gap is None or after is None or not _joins(gap.group(), last, after.group()):
                break
            comma = comma or "," in gap.group()
            last = fold_word(after.group())
            key = f"{key} {last}"
            end = after.end()
            if not comma or key in self._with_comma:
                spans.append((_without_possessive(text, end), key))
            elif len(key) > _LONGEST_WITH_COMMA:
                break
        return reversed(spans)

    def _is_written(self, text: str, start: int, end: int, key: str) -> bool:
        """Whether the words are written as a name is: capitals where the script has them."""
        if key in self._hidden or (key in self._hidden_first and _begins_sentence(text, start)):
            return False
        written = text[start:end]
        if self._capitals.get(key, False):
            return written.upper() == written
        if not is_lower(written[0]):
            return len(written) > _SHORT or self._any_case or not _is_acronym(written)
        if self._any_case:
            return key in self._lower or (len(key) > _SHORT and any(char.isdigit() for char in key))
        return "-" in written[2:4]


_SHORT = 3
"""Three letters in capitals are an abbreviation, and a name only where it is listed so."""

_LONGEST_WITH_COMMA = 60
_BEFORE = re.compile(r"(?:^|[.!?:;•*#>\n\"“„«(\[–—])\s*[\"“„«(\[]*$")


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a word stands where any word has a capital."""
    return _BEFORE.search(text, max(0, start - 6), start) is not None


_LONGEST_ACRONYM = 6
_CLITICS = "وفبل"


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and letters.isascii()


def _joins(gap: str, before: str, after: str) -> bool:
    """Whether a gap joins two words of a name: not a full stop after a real word, not a letter apart from a number."""
    if not gap:
        return False
    spaced = gap != gap.strip()
    if "." in gap and spaced and len(before) > 3:
        return False
    return not (spaced and len(before) == 1 and before.isalpha() and after[0].isdigit())


def _without_possessive(text: str, end: int) -> int:
    """Where a word ends without its possessive 's."""
    if end >= 2 and text[end - 1] in "sS" and text[end - 2] in QUOTES:
        return end - 2
    return end


def _clitic(text: str, start: int, end: int, known: dict[str, int]) -> int:
    """How many letters of an Arabic word are "and", "in", "to" and the like, where what remains begins a name."""
    for letters in (1, 2):
        if end - start - letters < _SHORTEST_AFTER_CLITIC or text[start + letters - 1] not in _CLITICS:
            return 0
        if fold_word(text[start + letters : end]) in known:
            return letters
    return 0


_SHORTEST_AFTER_CLITIC = 3
