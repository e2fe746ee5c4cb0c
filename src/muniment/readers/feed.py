"""RSS (0.9x, 1.0, 2.0) and Atom: each item a document with title, body, link and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from muniment.errors import Unreadable
from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import addresses, dates, language, sniffing
from muniment.readers.html import decode_markup
from muniment.readers.html_blocks import fragment_text
from muniment.readers.limits import read_all
from muniment.readers.xml_safely import local, parse_xml

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PUBLISHED = ("pubDate", "published", "issued", "date", "created", "updated", "modified")
_MORE = re.compile(r"\s*(?:\[…\]|\[\.\.\.\]|…|\.\.\.|The post .* (?:appeared first on|first appeared on) .*)\s*$", re.S)


class Feed:
    """Feeds as XML. Entities declared inside are refused, HTML in titles and bodies becomes text."""

    name = "feed"
    version = "1"
    media_types = ("application/rss+xml", "application/atom+xml")

    def score(self, head: bytes, name: str) -> float:
        """By the root element."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Title and body of each item, a blank line between, the channel's own words before them."""
        root = parse_xml(decode_markup(read_all(stream)), recover=True)
        channel = next((child for child in root if local(child) == "channel"), root)
        publisher = _text(channel, "title")
        stated = _text(channel, "language") or root.get(_XML_LANG)
        lines = [line for line in (publisher, _text(channel, "description") or _text(channel, "subtitle")) if line]
        parts = ["\n".join(lines)] if lines else []
        length = len(parts[0]) if parts else 0
        items: list[Item] = []
        for node in _item_nodes(root, channel):
            title, body = _text(node, "title"), _body(node)
            piece = "\n\n".join(part for part in (title, body) if part)
            if not piece:
                continue
            start = length + 2 if parts else 0
            length = start + len(piece)
            parts.append(piece)
            items.append(_item(node, title, start, length, publisher, stated))
        if not items:
            raise Unreadable("empty", "The feed has no items.")
        return Reading("\n\n".join(parts), tuple(items))


def _item_nodes(root: Any, channel: Any) -> Iterator[Any]:
    # RSS 1.0 puts items beside the channel, RSS 2.0 inside it, Atom calls them entries.
    for parent in dict.fromkeys((channel, root)):
        for child in parent:
            if local(child) in ("item", "entry"):
                yield child


def _item(node: Any, title: str | None, start: int, end: int, publisher: str | None, stated: str | None) -> Item:
    link = _link(node)
    guid = _text(node, "guid") or _text(node, "id") or node.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    published = next(
        (date for name in _PUBLISHED if (raw := _text(node, name)) and (date := dates.read_date(raw))), None
    )
    source = _text(node, "source") if node.find("source") is not None else None
    return Item(
        start,
        end,
        " ".join(title.split()) if title else None,
        _text(node, "publisher") or source or publisher,
        published,
        link or (guid if addresses.is_web(guid) else None),
        language.tag(_text(node, "language") or node.get(_XML_LANG) or stated),
        addresses.kind_of(link),
        guid or link,
    )


def _child(node: Any, name: str) -> Any:
    return next((child for child in node if local(child) == name), None)


def _raw(element: Any) -> str:
    """An element's words; where HTML stands in it as markup (Atom's xhtml), with that markup."""
    if len(element) and element.get("type") in ("xhtml", None):
        from lxml import etree

        inner = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
        return "".join(inner)
    return "".join(element.itertext())


def _text(node: Any, name: str) -> str | None:
    element = _child(node, name)
    if element is None:
        return None
    words = fragment_text(_raw(element))
    return " ".join(words.split()) or None


def _body(node: Any) -> str:
    """The fullest text an item carries; a summary is kept before it unless it only begins the same."""
    content = node.find(_CONTENT)
    content = content if content is not None else _child(node, "content")
    summary = _child(node, "description")
    summary = summary if summary is not None else _child(node, "summary")
    full = fragment_text(_raw(content)).strip() if content is not None else ""
    short = fragment_text(_raw(summary)).strip() if summary is not None else ""
    if not full or not short:
        return full or short
    begins = " ".join(_MORE.sub("", short).split())
    return full if begins in " ".join(full.split()) else f"{short}\n\n{full}"


def _link(node: Any) -> str | None:
    found: str | None = None
    for child in node:
        if local(child) == "link":
            address = (child.get("href") or child.text or "").strip()
            if addresses.is_web(address) and child.get("rel", "alternate") == "alternate":
                return address
            found = found or (address if addresses.is_web(address) else None)
    return found


PLUGINS = [Feed()]
