"""Web pages: all their text in reading order; the document's extent is the main part where the page marks one."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import IO

from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import letterhead, sniffing
from muniment.readers.decoding import decode
from muniment.readers.html_blocks import Page, parse, render
from muniment.readers.limits import damaged, read_all
from muniment.readers.page_facts import page_facts

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.I
)
_UNSHOWN = re.compile(r"<(script|style|noscript|template|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_FEWEST_MAIN_CHARACTERS = 200


def decode_markup(data: bytes) -> str:
    """HTML or XML bytes to text: byte order mark, then what the markup states, then what the bytes look like."""
    match = _CHARSET.search(data[:4096])
    if match and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stated = (match[1] or match[2]).decode("ascii", "replace")
        try:
            name = codecs.lookup(stated).name
        except LookupError:
            name = "utf-8"
        if name not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
            # Browsers read Latin-1 as Windows-1252 (WHATWG Encoding Standard).
            return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name, "replace")
    return decode(data).text


def main_extent(page: Page) -> tuple[int, int]:
    """Where the page's own matter stands, without navigation; the whole text where the page does not say."""
    candidates = page.mains if len(page.mains) == 1 else page.articles if len(page.articles) == 1 else []
    both = len(page.mains) == 1 and len(page.articles) == 1 and _inside(page.articles[0], page.mains[0])
    if both and page.articles[0][1] - page.articles[0][0] >= _FEWEST_MAIN_CHARACTERS:
        candidates = page.articles
    for start, end in candidates:
        if end - start >= _FEWEST_MAIN_CHARACTERS:
            if page.first_heading and page.first_heading[0] < start and start - page.first_heading[1] < 1000:
                start = page.first_heading[0]
            inside = page.text[start:end]
            return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
    return 0, len(page.text)


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


class Html:
    """HTML and XHTML pages as saved from the web."""

    name = "html"
    version = "1"
    media_types = ("text/html", "application/xhtml+xml")

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.7 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The page's text, then the addresses its links lead to, outside the document's extent."""
        return read_page(decode_markup(read_all(stream)))


def read_page(markup: str) -> Reading:
    """A reading of a page's markup.

    Raises:
        Unreadable: where there is no text in it.
    """
    root = parse(markup)
    page = None if root is None else render(root)
    if page is None or not page.text.strip():
        if _TAG.sub("", _UNSHOWN.sub("", markup)).strip():
            raise damaged("is a page too deeply nested, or too badly broken, to be followed")
        raise Unreadable(
            "empty", "The page has no text; if a script was to fetch it, save the page as a browser shows it."
        )
    start, end = main_extent(page)
    heading = " ".join(page.text[slice(*page.first_heading)].split()) if page.first_heading else None
    item = page_facts(root, heading or None)
    if item.published is None or item.kind is None:
        found = letterhead.facts(page.text[start:end])
        item = replace(item, published=item.published or found.published, kind=item.kind or found.kind)
    text = page.text
    if page.links:
        listed = dict.fromkeys(f"{words} — {address}" if words else address for words, address in page.links)
        text += "\n\nLinks\n" + "\n".join(listed)
    return Reading(text, (replace(item, start=start, end=end),))


PLUGINS = [Html()]
