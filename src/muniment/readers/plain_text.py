"""Plain text and what is text to the eye: the decoded bytes exactly as they are."""

from __future__ import annotations

import re
from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import letterhead, sniffing
from muniment.readers.decoding import decode
from muniment.readers.limits import read_all


class PlainText:
    """Letters, statements, notes; also XML, JSON and source of any kind that has no reader of its own."""

    name = "plain_text"
    version = "1"
    media_types = ("text/plain", "application/xml", "application/json")

    def score(self, head: bytes, name: str) -> float:
        """Low for anything that is text: every more particular reader goes first."""
        return 0.2 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The text, and what its head and foot say of it."""
        data = read_all(stream)
        decoded = decode(data)
        text = decoded.text
        item = Item(0, len(text))
        if not re.match(r"\ufeff?\s*[<{\[]", text[:200]):
            found = letterhead.facts(text)
            item = Item(0, len(text), found.title, found.publisher, found.published, kind=found.kind)
        return Reading(text, (item,), decoded.encoding, notes=decoded.notes)


PLUGINS = [PlainText()]
