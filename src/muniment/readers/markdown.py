"""Markdown: the text as it is; front matter and the first heading name it."""

from __future__ import annotations

import re
from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import dates, letterhead, sniffing
from muniment.readers.decoding import decode
from muniment.readers.limits import read_all

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>(?:.*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^(?P<name>[A-Za-z_]+):[ \t]*(?P<value>\S.*?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^(?:#[ \t]+(?P<atx>\S.*?)[ \t]*#*|(?P<setext>\S.*)\r?\n=+)[ \t]*\r?$", re.MULTILINE)
_DATES = ("date", "published", "pubdate", "created")
_ADDRESSES = ("canonical", "canonical_url", "url", "link", "source_url")


class Markdown:
    """Markdown by its name; the front matter stays in the text, outside the document's extent."""

    name = "markdown"
    version = "1"
    media_types = ("text/markdown",)

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.6 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The text and what its front matter, heading, head and foot say."""
        decoded = decode(read_all(stream))
        text, start = decoded.text, 0
        front: dict[str, str] = {}
        if match := _FRONT.match(text):
            start = match.end()
            front = {m["name"].lower(): m["value"].strip().strip("\"'") for m in _FIELD.finditer(match["body"])}
        found = letterhead.facts(text[start:])
        heading = _HEADING.search(text, start, start + 4000)
        title = front.get("title") or (heading and letterhead.clean(heading["atx"] or heading["setext"])) or found.title
        stated = next((dates.read_date(front[key]) for key in _DATES if key in front), None)
        address = next((front[key] for key in _ADDRESSES if front.get(key, "").startswith("http")), None)
        item = Item(
            start,
            len(text),
            title or None,
            front.get("publisher") or found.publisher,
            stated or found.published,
            address,
            front.get("lang") or front.get("language"),
            found.kind,
        )
        return Reading(text, (item,), decoded.encoding, notes=decoded.notes)


PLUGINS = [Markdown()]
