"""The headers of a flattened feed: for each item its link and its date, in whichever order the feed wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from muniment.readers import addresses, dates

DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\s+"
    r"\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|UTC|GMT|[ECMP][SD]T|Z)(?!\w)"
    r"|(?<!\S)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)(?!\w)"
)
_ADDRESS = re.compile(r"https?://|\b(?:urn|tag):")
_URLS = r"(?P<urls>(?:(?:https?://|urn:|tag:)\S{3,600}\s+){1,3})"
_SHORT_GAP, _LONG_GAP = 300, 8000
_BEFORE_DATE = {
    longest: re.compile(_URLS + rf"(?P<gap>(?:(?!https?://)[^\0]){{0,{longest}}}?)\Z")
    for longest in (_SHORT_GAP, _LONG_GAP)
}
SCHEDULE = re.compile(
    r"\s+(?:(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\s+)?(?:hourly|daily|weekly|monthly|yearly)\s+\d+(?=\s|\Z)"
)
_LANGUAGE_ONLY = re.compile(r"\s+(?P<language>[a-z]{2}(?:-[A-Za-z]{2})?)\s")
_GUID = re.compile(r"(?P<between>[^\0]{0,500}?)\s(?P<guid>https?://\S{4,600})")
LONGEST_TITLE = 300
_LONGEST_TAIL = 80

Layout = Literal["link, date, words", "link, words, date", "words, link, date"]
"""In which order a feed's items come; the title is first in all of them."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where an item's link and date stand; `gap` is what lies between them."""

    link: str
    link_start: int
    gap: str
    date: str
    date_end: int


def headers(text: str) -> tuple[list[Header], bool]:
    """The headers in order, and whether words stand between link and date."""
    if _ADDRESS.search(text) is None:
        return [], False
    dated = list(DATE.finditer(text))
    if not dated:
        return [], False
    close = _headers(text, dated, _SHORT_GAP)
    if len(close) >= 3:
        return close, False
    wide = _headers(text, dated, _LONG_GAP)
    return (wide, True) if len(wide) > len(close) else (close, False)


def _headers(text: str, dated: Sequence[re.Match[str]], longest_gap: int) -> list[Header]:
    found: list[Header] = []
    floor = 0
    for match in dated:
        window_start = max(floor, match.start() - longest_gap - 2000)
        before = _before(text[window_start : match.start()], _BEFORE_DATE[longest_gap])
        date = dates.from_rfc822(match[0]) or dates.from_iso(match[0])
        if before is None or date is None:
            continue
        urls, offset, gap = before
        found.append(Header(urls[0], window_start + offset, gap.strip(), date, match.end()))
        floor = match.end()
    return found


def _before(window: str, pattern: re.Pattern[str]) -> tuple[list[str], int, str] | None:
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
    match = pattern.match(window, start + (window[start] == " "))
    return (match["urls"].split(), match.start("urls"), match["gap"]) if match else None


def channel(text: str, found: Sequence[Header], words_between: bool) -> tuple[int, int, str | None]:
    """How many headers are the channel's own (0 or 1), where its words end, and the language it states."""
    first = found[0]
    if match := SCHEDULE.match(text, first.date_end):
        return 1, match.end(), match["language"]
    if len(found) < 2:
        return 0, 0, None
    following = found[1]
    distance = following.link_start - first.date_end
    is_root = following.link.startswith(first.link.rstrip("/") + "/") and len(following.link) > len(first.link) + 8
    is_root = is_root or bool(not addresses.slug_words(first.link) and addresses.slug_words(following.link))
    described = not words_between and first.gap.count(" ") >= 2 and distance < LONGEST_TITLE
    if distance < 700 and (is_root or described):
        match = _LANGUAGE_ONLY.match(text, first.date_end)
        return 1, match.end() - 1 if match else first.date_end, match["language"] if match else None
    return 0, 0, None


def layout(text: str, items: Sequence[Header], lower: int, words_between: bool) -> Layout:
    """The order of an item's parts, told by where the words are."""
    if words_between:
        return "link, words, date"
    tail = re.sub(r"https?://\S+", "", text[items[-1].date_end :]).strip()
    if len(tail) > _LONGEST_TAIL:
        return "link, date, words"
    ends = [lower, *(item.date_end for item in items[:-1])]
    before = [text[end : item.link_start] for end, item in zip(ends, items, strict=True)]
    told = [by_slug(words.rstrip(), item.link) is not None for words, item in zip(before, items, strict=True)]
    slugs = sum(bool(addresses.slug_words(item.link)) for item in items)
    apart = 2 * sum(told) < slugs if slugs else sum(map(len, before)) > LONGEST_TITLE * len(before)
    return "words, link, date" if apart else "link, date, words"


def guid_after(text: str, header: Header, before: int) -> str | None:
    """The permanent address that follows an item's date, past categories, on the same host."""
    match = _GUID.match(text, header.date_end, before)
    if match is None or re.search(r"[.!?]\s", match["between"]):
        return None
    host = re.match(r"https?://[^/]+", header.link)
    return match["guid"] if host and match["guid"].startswith(host[0]) else None


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Words with their offsets, folded as addresses fold them: no case, no accents, no apostrophes."""
    out = []
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        folded = unicodedata.normalize("NFKD", match[0].lower())
        out.append((match.start(), match.end(), "".join(char for char in folded if char.isalnum())))
    return out


def by_slug(before: str, link: str) -> int | None:
    """Where in the text before a link the words begin that the link's own last part repeats."""
    slug = addresses.slug_words(link)
    words = words_of(before[-LONGEST_TITLE:])
    base = max(0, len(before) - LONGEST_TITLE)
    best: tuple[float, int] | None = None
    for number, (offset, _, word) in enumerate(words):
        if not slug or word != slug[0]:
            continue
        rest = iter([folded for _, _, folded in words[number:]])
        matched = sum(1 for wanted in slug if wanted in rest)
        share = matched / max(len(slug), len(words) - number)
        if share >= 0.6 and (best is None or share > best[0]):
            best = (share, base + offset)
    return best[1] if best else None


def slug_end(after: str, link: str) -> int | None:
    """Where in a text that begins with a title the words end that the link's own last part repeats."""
    slug = addresses.slug_words(link)
    words = words_of(after[:LONGEST_TITLE])
    place = matched = 0
    end: int | None = None
    for wanted in slug:
        position = next((n for n in range(place, min(len(words), place + 4)) if words[n][2] == wanted), None)
        if position is not None:
            place, matched, end = position + 1, matched + 1, words[position][1]
    return end if slug and matched >= 0.6 * len(slug) else None
