"""A flattened feed: RSS or Atom whose tags were stripped, leaving titles, links, dates and bodies in a row.

An item is known by its header, which every feed repeats: a title, its link, a date with time and zone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import addresses, dates, language, sniffing
from muniment.readers.decoding import decode
from muniment.readers.limits import read_all

_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\s+"
    r"\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|UTC|GMT|[ECMP][SD]T|Z)(?!\w)"
    r"|(?<!\S)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)(?!\w)"
)
_BEFORE_DATE = re.compile(
    r"(?P<urls>(?:(?:https?://|urn:|tag:)\S{3,600}\s+){1,3})(?P<gap>(?:(?!https?://)[^\0]){0,300}?)\Z"
)
_SCHEDULE = re.compile(
    r"\s+(?:(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\s+)?(?:hourly|daily|weekly|monthly|yearly)\s+\d+(?=\s|\Z)"
)
_LANGUAGE_ONLY = re.compile(r"\s+(?P<language>[a-z]{2}(?:-[A-Za-z]{2})?)\s")
_GUID = re.compile(r"(?P<between>[^\n]{0,500}?)\s(?P<guid>https?://\S{4,600})")
_FOOTER = re.compile(
    r"The post .{1,400}? (?:appeared first on|first appeared on) (?P<site>[^\n]{2,100}?)\.(?=\s|\Z)", re.S
)
_WINDOW = 2600
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Header:
    """Where an item's link and date stand; `gap` is what lies between them."""

    link: str
    link_start: int
    gap: str
    date: str
    date_end: int


def _headers(text: str) -> list[_Header]:
    found: list[_Header] = []
    floor = 0
    for match in _DATE.finditer(text):
        window_start = max(floor, match.start() - _WINDOW)
        before = _before(text[window_start : match.start()])
        date = dates.from_rfc822(match[0]) or dates.from_iso(match[0])
        if before is None or date is None:
            continue
        urls, offset, gap = before
        found.append(_Header(urls[0], window_start + offset, gap.strip(), date, match.end()))
        floor = match.end()
    return found


def _before(window: str) -> tuple[list[str], int, str] | None:
    """The run of addresses nearest before a date: the first is the item's link, another its comments."""
    last = max(window.rfind("http://"), window.rfind("https://"), window.rfind(" urn:"), window.rfind(" tag:"))
    if last < 0:
        return None
    # Start the search a little before the last address: up to three may stand in a row.
    start = last
    for _ in range(2):
        earlier = window.rfind("http", max(0, start - 601), start)
        if earlier < 0 or len(window[earlier:start].split()) != 1:
            break
        start = earlier
    match = _BEFORE_DATE.match(window, start + (window[start] == " "))
    return (match["urls"].split(), match.start("urls"), match["gap"]) if match else None


def _channel(text: str, headers: list[_Header]) -> tuple[int, str | None]:
    """How many headers are the channel's own (0 or 1), and the language it states."""
    first = headers[0]
    if match := _SCHEDULE.match(text, first.date_end):
        return 1, match["language"]
    if len(headers) < 2:
        return 0, None
    following = headers[1]
    distance = following.link_start - first.date_end
    is_root = following.link.startswith(first.link.rstrip("/") + "/") and len(following.link) > len(first.link) + 8
    if distance < 700 and (is_root or (first.gap.count(" ") >= 2 and distance < _LONGEST_TITLE)):
        match = _LANGUAGE_ONLY.match(text, first.date_end)
        return 1, match["language"] if match else None
    return 0, None


def _words(text: str) -> list[tuple[int, str]]:
    """Words with their offsets, folded as addresses fold them: no case, no accents, no apostrophes."""
    out = []
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        folded = unicodedata.normalize("NFKD", match[0].lower())
        out.append((match.start(), "".join(char for char in folded if char.isalnum())))
    return out


def _by_slug(before: str, link: str) -> int | None:
    """Where in the text before a link the words begin that the link's own last part repeats."""
    slug = addresses.slug_words(link)
    words = _words(before[-_LONGEST_TITLE:])
    base = max(0, len(before) - _LONGEST_TITLE)
    best: tuple[float, int] | None = None
    for number, (offset, word) in enumerate(words):
        if not slug or word != slug[0]:
            continue
        rest = iter([folded for _, folded in words[number:]])
        matched = sum(1 for wanted in slug if wanted in rest)
        share = matched / max(len(slug), len(words) - number)
        if share >= 0.6 and (best is None or share > best[0]):
            best = (share, base + offset)
    return best[1] if best else None


def _title_start(text: str, lower: int, link_start: int, link: str) -> int:
    """Where the title before a link begins: a new line, an end of markup, or the words the link repeats."""
    before = text[lower:link_start].rstrip()
    starts = [before.rfind("\n") + 1, 0]
    for pattern in (
        r"\]\]>\s*",
        r"\b(?:hourly|daily|weekly|monthly|yearly)\s+\d+\s+",
        r"https?://\S+\s+(?:\d+\s+\d+\s+)?",
    ):
        starts += [match.end() for match in re.finditer(pattern, before)][-1:]
    start = max(position for position in starts if position < max(1, len(before)))
    by_slug = _by_slug(before, link)
    if by_slug is not None and by_slug > start and len(_words(before[start:by_slug])) > 6:
        start = by_slug
    if len(before) - start > _LONGEST_TITLE:
        sentence_ends = [m.end() for m in re.finditer(r"[.!?…\]][\"”’)]?\s+", before[-_LONGEST_TITLE:])]
        start = len(before) - _LONGEST_TITLE + sentence_ends[-1] if sentence_ends else len(before)
    while start > 0 and before[start - 1] in "“‘\"'«([":
        start -= 1
    start += len(before[start:]) - len(before[start:].lstrip())
    return lower + start


def _guid(text: str, header: _Header) -> str | None:
    match = _GUID.match(text, header.date_end)
    if match is None or re.search(r"[.!?]\s", match["between"]):
        return None
    host = re.match(r"https?://[^/]+", header.link)
    return match["guid"] if host and match["guid"].startswith(host[0]) else None


def _publisher(text: str, channel_title: str | None) -> str | None:
    """The site that the footers of the posts name, else the channel's own title."""
    sites = Counter(" ".join(match["site"].split()) for match in _FOOTER.finditer(text))
    return sites.most_common(1)[0][0] if sites else channel_title


def find_items(text: str) -> list[Item]:
    """The items of a flattened feed in the order of the text; empty where it is none."""
    headers = _headers(text)
    if not headers:
        return []
    skip, stated = _channel(text, headers)
    items = headers[skip:]
    if len(items) < 2 and not (items and skip):
        return []
    starts: list[int] = []
    lower = headers[0].date_end if skip else 0
    for header in items:
        starts.append(_title_start(text, lower, header.link_start, header.link))
        lower = header.date_end
    channel_title = None
    if head := re.match(r"\s*(?P<title>[^\n]{2,200}?)\s+https?://", text[: starts[0]]):
        channel_title = " ".join(head["title"].split())
    publisher = _publisher(text, channel_title)
    found = []
    for number, (header, start) in enumerate(zip(items, starts, strict=True)):
        web = header.link if addresses.is_web(header.link) else None
        found.append(
            Item(
                start,
                starts[number + 1] if number + 1 < len(starts) else len(text),
                title=" ".join(text[start : header.link_start].split()) or None,
                publisher=publisher,
                published=header.date,
                url=web,
                language=language.tag(stated),
                kind=addresses.kind_of(web) or "post",
                guid=_guid(text, header) or header.link,
            )
        )
    return found


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
