"""How a name is compared: without case, diacritics, apostrophes or punctuation, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ed\u0900-\u0e7f\u1000-\u109f\u200c\u200d"
)
"""What stands inside a word though it is neither letter nor digit: combining marks, vowel signs, joiners."""

QUOTES = "'\u2019\u2018\u00b4`\u2032"
"""Apostrophes as people type them; the modifier letters ʼ and ʻ are letters to Unicode already."""

INSIDE = rf"[\w{MARKS}]"
_REST = rf"{INSIDE}*(?:[{QUOTES}]{INSIDE}+)*"
_ELIDED = rf"[dlDL](?=[{QUOTES}]\w)"
_LETTERS = rf"(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!{INSIDE}))?"
_WORD = rf"{_ELIDED}|{_LETTERS}|{INSIDE}{_REST}"
WORD = re.compile(_WORD)
"""One word: letters with apostrophes inside, initials with their dots (U.S.), the d of d'Alep apart."""

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
