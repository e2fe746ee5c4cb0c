"""Pages saved by a browser with all their parts in one file (.mhtml): the page in it, read as a web page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage
from typing import IO

from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import addresses, sniffing
from muniment.readers.html import read_page
from muniment.readers.limits import read_all
from muniment.readers.mail import header, part_text


class SavedPage:
    """MIME HTML. The date in its head is the day of saving, so it is not taken for the day of publication.

    Source: RFC 2557.
    """

    name = "saved_page"
    version = "1"
    media_types = (sniffing.SAVED_PAGE,)

    def score(self, head: bytes, name: str) -> float:
        """By the header fields browsers write."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The first HTML part, with the address the page was saved from."""
        message = email.message_from_bytes(read_all(stream), policy=email.policy.default, _class=EmailMessage)
        page = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
        if page is None:
            raise Unreadable("empty", "There is no page in the saved file.")
        reading = read_page(part_text(page))
        saved_from = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
        if not addresses.is_web(saved_from):
            return reading
        item = reading.items[0]
        item = replace(item, url=item.url or saved_from, kind=item.kind or addresses.kind_of(saved_from))
        return replace(reading, items=(item,))


PLUGINS = [SavedPage()]
