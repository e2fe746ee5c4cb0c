"""A text made plain for matching, of exactly the same length: what stands between words is blanked, never removed.

Offsets found in the plain text are offsets into the exhibit's text; quotes are always cut from the latter.
"""

from __future__ import annotations

import re

# Each pattern begins with a plain character, so that a text without it costs nothing.
_MARKUP: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("<", re.compile(r"<su[pb]>[^<>\n]{0,12}</su[pb]>|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,300})?/?>")),
    ("&", re.compile(r"&(?:nbsp|amp|quot|lt|gt|#\d{1,6}|#x[0-9a-fA-F]{1,5});")),
    ("](", re.compile(r"\]\((?:https?://|mailto:|#|/)[^()\s]{0,600}+\)")),  # the target of a Markdown link
    ("**", re.compile(r"\*\*+")),
    ("__", re.compile(r"__+")),
    ("~~", re.compile(r"~~+")),
    ("[", re.compile(r"\[\d{1,3}\]")),
)
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089]+")
_DIGITS = re.compile(r"\d+")
_MARK_BEFORE = re.compile(r"[a-z)\]][.,;:!?”\"']\Z|[a-z][.,][”\"]\Z|[)\]]\Z")
_MARK_BEHIND = re.compile(r"(?![\w%]|[.,:/]\d)")
_WORD_BEFORE = re.compile(r"[a-z]{3}\Z")
_WORD_BEHIND = re.compile(r"[\s.,;:)]")
_STOP_BEFORE = re.compile(r"\d[.,]\Z")
_STOP_BEHIND = re.compile(r"\s+[A-Z][a-z]")
_LOOSE_BEFORE = re.compile(r"[a-z][.!?]\s\Z")
_LOOSE_BEHIND = re.compile(r"\s+[A-Z][\w’'-]+\s+[a-z]")
_LONGEST_MARK = 3
_PEOPLE_FOLLOW = re.compile(
    r"\s+(?:[a-z]+\s)?(?:civilians?|people|persons?|children|child|women|men|boys?|girls?|soldiers?|others|killed|"
    r"wounded|injured|dead|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ONE_FOR_ONE = {
    **dict.fromkeys(
        "\t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
        "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\xad",
        " ",
    ),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u0060", "'"),
    **dict.fromkeys("\u2010\u2011\u2012", "-"),
    **dict.fromkeys("\u2014\u2015\u2212", "\u2013"),
    "\u0130": "I",
}
_TABLE = str.maketrans({**{chr(code): " " for code in range(32)}, "\x7f": " ", **_ONE_FOR_ONE})


def plain(text: str) -> str:
    """The text with markup, footnote marks, link targets, odd spaces and control characters as spaces.

    Curly apostrophes become straight ones and long dashes one kind; double quotation marks stay as they are.
    The result has the same length as `text`.
    """
    for sign, pattern in _MARKUP:
        if sign in text:
            text = pattern.sub(_blank, text)
    if not text.isascii():
        text = _RAISED.sub(_blank, text)
    text = _DIGITS.sub(_blank_mark, text)
    return text.translate(_TABLE)


def lower(text: str) -> str:
    """Lower case of the same length: letters whose lower case is longer keep their case."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _blank_mark(match: re.Match[str]) -> str:
    """A digit glued to a word is a footnote mark, unless a lost space made it so: "killed12 people"."""
    start, end = match.span()
    text = match.string
    if end - start > _LONGEST_MARK or start == 0 or (text[start - 1] == " " and text[start - 2 : start - 1].isalnum()):
        return match[0]
    before = text[max(0, start - 3) : start]
    short = end - start < _LONGEST_MARK
    glued = (
        (_MARK_BEFORE.search(before) and _MARK_BEHIND.match(text, end))
        or (short and _WORD_BEFORE.search(before) and _WORD_BEHIND.match(text, end))
        or (short and _STOP_BEFORE.search(before) and _STOP_BEHIND.match(text, end))
        or (short and _LOOSE_BEFORE.search(before) and _LOOSE_BEHIND.match(text, end))
    )
    if not glued or _PEOPLE_FOLLOW.match(text, end):
        return match[0]
    return _blank(match)
