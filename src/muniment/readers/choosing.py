"""Which reader reads an exhibit, and what holds for every reading whoever made it."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from muniment.errors import Unreadable
from muniment.plugins import Item, Origin, Reader, Reading, ReadOptions, code_digest, room_digest
from muniment.readers import sniffing

_MODULES = (
    "web_archive", "pdf", "docx", "odt", "rtf", "outlook", "legacy_word", "saved_page", "mail", "feed", "html",
    "telegram", "flattened_feed", "markdown", "workbook", "tables", "plain_text",
)  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_FAMILIES = (
    ("image/", "a picture"), ("video/", "a video"), ("audio/", "a sound recording"),
    ("application/zip", "an archive"), ("application/gzip", "an archive"), ("application/x-tar", "an archive"),
    ("application/x-7z", "an archive"), ("application/vnd.rar", "an archive"), ("application/x-xz", "an archive"),
    ("application/x-bzip2", "an archive"), ("application/zstd", "an archive"),
    (sniffing.XLSX, "a spreadsheet"), (sniffing.XLS, "a spreadsheet"),
    ("application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
    (sniffing.PPTX, "a presentation"), ("application/vnd.ms-powerpoint", "a presentation"),
    ("application/vnd.oasis.opendocument.presentation", "a presentation"), ("application/epub+zip", "a book"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """A reader, the code it is, and the media type of what it is to read."""

    plugin: Reader
    origin: Origin
    media_type: str


@lru_cache(maxsize=1)
def own_readers() -> tuple[Reader, ...]:
    """The package's readers, in a fixed order."""
    return tuple(plugin for name in _MODULES for plugin in importlib.import_module(f"muniment.readers.{name}").PLUGINS)


def choose(head: bytes, name: str, extra_plugins: Sequence[Any] = ()) -> Chosen:
    """The reader that is surest of these bytes.

    Raises:
        Unreadable: awaiting_reader, where none is at all sure; needs_password for encrypted Office files.
    """
    kind = sniffing.media_type(head, name)
    extra = [plugin for plugin in extra_plugins if isinstance(plugin, Reader)]
    scored = [(float(plugin.score(head, name)), plugin) for plugin in (*own_readers(), *extra)]
    surest, plugin = max(scored, key=lambda pair: pair[0])  # the first of equals
    if surest > 0:
        types = tuple(plugin.media_types)
        return Chosen(plugin, _origin(plugin), kind if kind in types or plugin not in extra or not types else types[0])
    if kind == sniffing.ENCRYPTED_OOXML:
        raise Unreadable(
            "needs_password", "The Office file needs a password; open it, save a copy without one and add the copy."
        )
    family = next((words for start, words in _FAMILIES if kind.startswith(start)), None)
    what = f"Is {family} ({kind})" if family else f"Is of a kind that has no reader ({kind})"
    raise Unreadable("awaiting_reader", f"{what}; it is sealed and waits for a reader.")


def checked(plugin: Reader, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
    """What the reader gives, held to what every reading must keep.

    The exception's own words are left out of the sentence: they may quote the material.

    Raises:
        Unreadable: as the reader says, or damaged where it fails otherwise or contradicts itself.
    """
    try:
        reading = plugin.read(stream, name, options)
    except (Unreadable, MemoryError):
        raise
    except RecursionError as error:
        raise Unreadable("damaged", "Is nested more deeply than can be read; it is damaged or misleads.") from error
    except Exception as error:
        sentence = f"The reader {plugin.name} failed on it ({type(error).__name__}); the file is likely damaged."
        raise Unreadable("damaged", sentence) from error
    if not reading.text.strip("\ufeff\0 \t\r\n"):
        raise Unreadable("empty", "There are no words in it; ask whoever sent it for a whole copy.")
    end = 0
    for item in reading.items:
        if not end <= item.start <= item.end <= len(reading.text):
            sentence = f"The reader {plugin.name} places a document outside the text or into another; report this."
            raise Unreadable("damaged", sentence)
        end = item.end
    if not reading.items:
        raise Unreadable("empty", "There are no documents in it.")
    return _storable(reading)


def _storable(reading: Reading) -> Reading:
    """The same with half characters, which no database or UTF-8 file can hold, as U+FFFD (as long as before)."""
    text = reading.text if reading.text.isascii() else _SURROGATE.sub("\ufffd", reading.text)
    return replace(reading, text=text, items=tuple(_item(item) for item in reading.items))


def _item(item: Item) -> Item:
    facts = ("title", "publisher", "published", "url", "language", "kind", "guid")
    changed: dict[str, Any] = {
        field: _SURROGATE.sub("\ufffd", value).replace("\0", "").strip() or None
        for field in facts
        if (value := getattr(item, field)) is not None
    }
    return replace(item, **changed)


def _origin(plugin: Reader) -> Origin:
    module = type(plugin).__module__
    if module.startswith("muniment.readers."):
        return Origin(plugin.name, plugin.version, _room_digest())
    return Origin(plugin.name, plugin.version, code_digest([Path(inspect.getfile(type(plugin)))]))


@lru_cache(maxsize=1)
def _room_digest() -> str:
    return room_digest("muniment.readers")
