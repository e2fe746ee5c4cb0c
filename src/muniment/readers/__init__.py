"""Bytes to documents with exact offsets: one file a format, chosen by what the bytes are.

Whatever the bytes, reading gives a Reading or raises Unreadable with a reason; it never raises anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from muniment.errors import Unreadable
from muniment.model import Document
from muniment.plugins import Origin, Reading, ReadOptions, TableRow
from muniment.readers.sniffing import media_type
from muniment.reference.table_mapping import TableMapping

HEAD_BYTES = 65536
"""How much of an exhibit is looked at to tell what it is."""

__all__ = ["documents", "is_table", "media_type", "read", "rows_of"]


def read(path: Path, name: str, options: ReadOptions, extra_plugins: Sequence[Any] = ()) -> tuple[Reading, Origin, str]:
    """Read one exhibit with the reader that is surest of it; of two equally sure, the package's own.

    Args:
        path: where the bytes are.
        name: the name they came by; it decides only what the bytes leave open.
        options: passwords and OCR languages a person supplied.
        extra_plugins: plugins of any kind; those that are readers are asked too.

    Returns:
        The reading, the code that made it, and the exhibit's media type.

    Raises:
        Unreadable: with the reason, where it cannot be read.
    """
    from muniment.readers import choosing

    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        if not head:
            raise Unreadable("empty", "The file is empty; ask whoever sent it for a whole copy.")
        chosen = choosing.choose(head, name, extra_plugins)
        stream.seek(0)
        reading = choosing.checked(chosen.plugin, stream, name, options)
    return reading, chosen.origin, chosen.media_type


def documents(reading: Reading, exhibit: str, names: Sequence[str]) -> tuple[Document, ...]:
    """The documents of a reading, each with a key of its own, its language and what is known of it.

    Args:
        reading: what `read` gave.
        exhibit: SHA-256 of the bytes, hex.
        names: the names the exhibit came by, without folders.
    """
    from muniment.readers import documenting

    return documenting.documents(reading, exhibit, names)


def is_table(media_type: str) -> bool:
    """Whether exhibits of this media type are rows and columns, which a mapping may read."""
    from muniment.readers import grid

    return media_type in grid.TABLES


def rows_of(text: str, media_type: str, name: str, mappings: Sequence[TableMapping]) -> dict[tuple[int, int], TableRow]:
    """The rows of a table's text by their extent, each with the cells its mapping names, offsets from its own start.

    Args:
        text: the exhibit's, as `read` gave it.
        media_type: the exhibit's.
        name: the name it came by.
        mappings: as in the options it was read with.
    """
    from muniment.readers import table_rows

    return {
        (mapped.start, mapped.end): table_rows.from_its_start(mapped)
        for mapped in table_rows.rows(text, media_type, name, mappings)
    }
