"""Tables as text: CSV, TSV and JSON Lines, decoded as they are; where a mapping fits, each row is a document."""

from __future__ import annotations

from typing import IO

from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing, table_rows
from muniment.readers.decoding import decode
from muniment.readers.limits import read_all


class Tables:
    """One document a row where a mapping says what its columns are; else one dataset, which is searchable and takes
    claims made by hand."""

    name = "tables"
    version = "2"
    media_types = ("text/csv", "text/tab-separated-values", "application/jsonl")

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.6 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The text with its rows; cells that cannot be used are named in the notes and with their row."""
        data = read_all(stream)
        decoded = decode(data)
        kind = sniffing.media_type(data[:65536], name)
        told = table_rows.items(decoded.text, kind, name, options.mappings)
        return Reading(decoded.text, tuple(told.items), decoded.encoding, notes=(*decoded.notes, *told.notes))


PLUGINS = [Tables()]
