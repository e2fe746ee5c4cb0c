"""What a web address says of the document at it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_KINDS = (
    ("statement", re.compile(r"statement|press-?release|communique")),
    ("report", re.compile(r"reports?|research|publications?|documents?")),
    ("letter", re.compile(r"(?:open-)?letters?")),
    ("news", re.compile(r"news|articles?|stories|story|press")),
    ("post", re.compile(r"blogs?|posts?|status(?:es)?")),
)


def is_web(address: str | None) -> bool:
    """Whether this is an address on the web."""
    return bool(address) and re.match(r"https?://[^\s/]", str(address), re.I) is not None


def kind_of(address: str | None) -> str | None:
    """The kind of document, where a whole part of the address names it (`/news/`, `/reports/`, `news.example.org`)."""
    if not is_web(address):
        return None
    try:
        split = urlsplit(str(address))
        parts = [*split.path.lower().split("/")[:-1], (split.hostname or "").split(".")[0]]
    except ValueError:
        return None
    for part in parts:
        for kind, pattern in _KINDS:
            if pattern.fullmatch(part):
                return kind
    return None


def slug_words(address: str) -> list[str]:
    """The words an address ends with, as sites make them from titles; empty where it has none."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    last = next((part for part in reversed(path.split("/")) if part), "")
    words = [word for word in re.split(r"[-_]+", re.sub(r"\.\w{2,5}$", "", last.lower())) if word]
    if len(words) > 3 and words[-1].isdigit():
        words.pop()  # a site's counter for titles used twice
    return words if len(words) >= 3 else []
