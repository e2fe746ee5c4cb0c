"""Names as they stand in running text: whole words, the longest name first.

Finding is linear in the length of the text: each word is looked up once as the first word of a name, and what follows
is compared only as far as the longest name that begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from muniment.reference.folding import MARKS, QUOTES, WORD, fold, fold_word, is_lower

T = TypeVar("T")

_ARTICLES = r"(?:a[ldnrstz]|ash|ath|adh|el|es|en|ed|et|er)(?=[-\u2010\u2011\u2013][^\W\d_a-z])"
_START = re.compile(rf"(?<![\w{MARKS}])(?:{_ARTICLES}|(?![a-z_])(?:{WORD.pattern}))")
"""A word that may begin a name: not in ASCII lower case, save an Arabic article joined by a hyphen."""

_GAP = re.compile(r"[ \t\u00a0\u202f.,/\u2010-\u2015-]*(?:\r?\n[ \t]*)?")
"""What may stand between two words of one name: no more than one line end."""

_LONGEST_GAP = 12


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
        self._fronts: set[str] = set()
        """Two or more words that a longer name begins with: where none does, nothing longer is looked for."""
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
            front = key.rpartition(" ")[0]
            while " " in front and front not in self._fronts:
                self._fronts.add(front)
                front = front.rpartition(" ")[0]
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
        while len(spans) < words and (key == first or key in self._fronts):
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
