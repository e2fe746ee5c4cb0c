"""A text made plain for matching, of exactly the same length: what stands between words is blanked, never removed.

Offsets found in the plain text are offsets into the exhibit's text; quotes are always cut from the latter.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"<su[pb]>[^<>\n]{0,12}</su[pb]>"  # footnote marks and the "th" of a date
    r"|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,300})?/?>"
    r"|&(?:nbsp|amp|quot|lt|gt|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
    r"|(?<=\])\((?:https?://|mailto:|#|/)[^()\s]{0,600}\)"  # the target of a Markdown link
    r"|\*\*+|__+|~~+"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079\u2080-\u2089]+"
    r"|(?<![\d\w])\[\d{1,3}\]"
    r"|(?<=[a-z,.;:!?\"'”’)\]])\[\d{1,3}\]"
)
_GLUED_MARK = re.compile(
    r"(?<=[a-z)\]][.,;:!?”\"'])\d{1,3}(?![\w%]|[.,:/]\d)"
    r"|(?<=[a-z][.,][”\"])\d{1,3}(?![\w%])"
    r"|(?<=[)\]])\d{1,3}(?![\w%]|[.,:/]\d)"
    r"|(?<=\d[.,])\d{1,2}(?=\s+[A-Z][a-z])"
    r"|(?<=[a-z]{3})\d{1,2}(?=[\s.,;:)])"
    r"|(?<=[a-z][.!?]\s)\d{1,2}(?=\s+[A-Z][\w’'-]+\s+[a-z])"
)
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
    text = _MARKUP.sub(_blank, text)
    text = _GLUED_MARK.sub(_blank_mark, text)
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
    # A digit glued to a word is a footnote mark, unless a lost space made it so: "killed12 people".
    if _PEOPLE_FOLLOW.match(match.string, match.end()):
        return match[0]
    return _blank(match)
