"""Short ways for the tests to read bytes as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from muniment import readers
from muniment.errors import Unreadable
from muniment.model import Document
from muniment.plugins import Reading, ReadOptions

EXHIBIT = "0" * 64


def read(data: bytes | str, name: str, options: ReadOptions | None = None) -> Reading:
    """The reading of these bytes under this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return readers.read(path, name, options or ReadOptions())[0]


def documents(data: bytes | str, name: str, options: ReadOptions | None = None) -> tuple[Document, ...]:
    """The documents of these bytes."""
    return readers.documents(read(data, name, options), EXHIBIT, (name,))


def document(data: bytes | str, name: str, options: ReadOptions | None = None) -> Document:
    """The one document of these bytes."""
    (only,) = documents(data, name, options)
    return only


def reason(data: bytes | str, name: str, options: ReadOptions | None = None) -> str:
    """Why these bytes cannot be read."""
    try:
        read(data, name, options)
    except Unreadable as unreadable:
        return unreadable.reason
    return "read"
