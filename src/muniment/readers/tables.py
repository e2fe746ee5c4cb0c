"""Tables as text: CSV, TSV and JSON Lines, decoded as they are."""

from __future__ import annotations

from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import sniffing
from muniment.readers.decoding import decode
from muniment.readers.limits import read_all


class Tables:
    """One dataset a file. Its text is searchable and takes claims made by hand."""

    name = "tables"
    version = "1"
    media_types = ("text/csv", "text/tab-separated-values", "application/jsonl")

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.6 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The text; a table says nothing of its own title or date."""
        decoded = decode(read_all(stream))
        item = Item(0, len(decoded.text), kind="dataset")
        return Reading(decoded.text, (item,), decoded.encoding, notes=decoded.notes)


PLUGINS = [Tables()]
