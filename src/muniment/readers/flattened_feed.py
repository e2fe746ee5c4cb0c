"""A flattened feed: RSS or Atom whose tags were stripped, leaving titles, links, dates and bodies in a row.

An item is known by its header, which every feed repeats: a title, its link, a date with time and zone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import addresses, language, sniffing
from muniment.readers.decoding import decode
from muniment.readers.flattened_headers import (
    LONGEST_TITLE,
    Header,
    Layout,
    by_slug,
    channel,
    guid_after,
    headers,
    layout,
    slug_end,
    words_of,
)
from muniment.readers.limits import read_all

_FOOTER = re.compile(
    r"The post .{1,400}? (?:appeared first on|first appeared on) (?P<site>[^\n]{2,100}?)\.(?=\s|\Z)", re.S
)
_ENDS_OF_MARKUP = (
    re.compile(r"\]\]>\s*"),
    re.compile(r"\b(?:hourly|daily|weekly|monthly|yearly)\s+\d+\s+"),
    re.compile(r"https?://\S+\s+(?:\d+\s+\d+\s+)?"),
)
_SENTENCE_END = re.compile(r"[.!?…\]][\"”’)]?\s+")
_OPENING_QUOTES = "“‘\"'«(["
_CLOSING_MARKS = "”’\"'»)].?!"


def find_items(text: str) -> list[Item]:
    """The items of a flattened feed in the order of the text; empty where it is none."""
    found, words_between = headers(text)
    if not found:
        return []
    skip, lower, stated = channel(text, found, words_between)
    items = found[skip:]
    if len(items) < 2 and not (items and skip):
        return []
    order = layout(text, items, lower, words_between)
    starts = _starts(text, items, lower, order)
    channel_title = None
    if head := re.match(r"\s*(?P<title>[^\n]{2,200}?)\s+https?://", text[: starts[0]]):
        channel_title = " ".join(head["title"].split())
    publisher = _publisher(text, channel_title)
    out = []
    for number, (header, start) in enumerate(zip(items, starts, strict=True)):
        web = header.link if addresses.is_web(header.link) else None
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        # With the words before it, the address ahead of the date may be the permanent one as well.
        guid = guid_after(text, header, end) if order != "words, link, date" else None
        out.append(
            Item(
                start,
                start + len(text[start:end].rstrip()),
                title=_title(text, start, header, order),
                publisher=publisher,
                published=header.date,
                url=web,
                language=language.tag(stated),
                kind=addresses.kind_of(web),
                guid=guid or header.link,
            )
        )
    return out


def _starts(text: str, items: list[Header], lower: int, order: Layout) -> list[int]:
    starts: list[int] = []
    for header in items:
        if order == "words, link, date":
            starts.append(lower + len(text[lower:]) - len(text[lower:].lstrip()))
        else:
            starts.append(_title_start(text, lower, header.link_start, header.link))
        lower = header.date_end
    return starts


def _title(text: str, start: int, header: Header, order: Layout) -> str | None:
    if order != "words, link, date":
        return " ".join(text[start : header.link_start].split()) or None
    words = text[start : header.link_start].rstrip()
    end = slug_end(words, header.link)
    if end is None:
        line = words.split("\n")[0].strip()
        return line if 0 < len(line) <= LONGEST_TITLE else None
    while end < len(words) and words[end] in _CLOSING_MARKS:
        end += 1
    return " ".join(words[:end].split())


def _title_start(text: str, lower: int, link_start: int, link: str) -> int:
    """Where the title before a link begins: a new line, an end of markup, or the words the link repeats."""
    before = text[lower:link_start].rstrip()
    starts = [before.rfind("\n") + 1, 0]
    for pattern in _ENDS_OF_MARKUP:
        starts += [match.end() for match in pattern.finditer(before)][-1:]
    start = max(position for position in starts if position < max(1, len(before)))
    slugged = by_slug(before, link)
    if slugged is not None and slugged > start and len(words_of(before[start:slugged])) > 6:
        start = slugged
    if len(before) - start > LONGEST_TITLE:
        ends = [match.end() for match in _SENTENCE_END.finditer(before[-LONGEST_TITLE:])]
        start = len(before) - LONGEST_TITLE + ends[-1] if ends else len(before)
    while start > 0 and before[start - 1] in _OPENING_QUOTES:
        start -= 1
    start += len(before[start:]) - len(before[start:].lstrip())
    return lower + start


def _publisher(text: str, channel_title: str | None) -> str | None:
    """The site that the footers of the posts name, else the channel's own title."""
    sites = Counter(" ".join(match["site"].split()) for match in _FOOTER.finditer(text))
    return sites.most_common(1)[0][0] if sites else channel_title


class FlattenedFeed:
    """Feeds saved as text without their tags."""

    name = "flattened_feed"
    version = "1"
    media_types = ("text/plain",)

    def score(self, head: bytes, name: str) -> float:
        """Certain enough where the head repeats an item's header."""
        if sniffing.media_type(head, name) not in ("text/plain", "text/markdown"):
            return 0.0
        return 0.8 if find_items(sniffing.text_of(head)) else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The decoded bytes as they are, with an item for each header."""
        decoded = decode(read_all(stream))
        items = find_items(decoded.text) or [Item(0, len(decoded.text))]
        return Reading(decoded.text, tuple(items), decoded.encoding, notes=decoded.notes)


PLUGINS = [FlattenedFeed()]
