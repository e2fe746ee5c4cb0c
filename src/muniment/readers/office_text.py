"""From the text of a word processor's file to a reading: its properties first, then what its head and foot say."""

from __future__ import annotations

import re

from muniment.errors import Unreadable
from muniment.plugins import Item, Reading
from muniment.readers import language, letterhead

# Titles programs fill in by themselves: the file's name, or no name at all.
_MACHINE_TITLE = re.compile(
    r"^(?:microsoft word - .*|untitled\b.*|(?:document|doc|dokument|документ|presentation|title|new document)\s*\d*|"
    r".*\.\w{2,4}|\W*)$",
    re.I,
)


def stated_title(title: str | None) -> str | None:
    """A title from a file's properties, unless a program made it up."""
    line = " ".join((title or "").split())
    return line if len(line) > 3 and not _MACHINE_TITLE.match(line) else None


def whole_document(
    text: str, title: str | None, stated_language: str | None = None, notes: tuple[str, ...] = ()
) -> Reading:
    """A reading with one item over the whole text.

    Args:
        text: the extracted text.
        title: as the file's properties have it; the author and the day of saving there are not publisher and date.
        stated_language: as the file's properties have it.
        notes: what a reader should know.

    Raises:
        Unreadable: where there is no text.
    """
    if not text.strip():
        raise Unreadable("empty", "The document has no text; if it holds pictures of pages, add them as PDF.")
    found = letterhead.facts(text)
    item = Item(
        0,
        len(text),
        stated_title(title) or found.title,
        found.publisher,
        found.published,
        language=language.tag(stated_language),
        kind=found.kind,
    )
    return Reading(text, (item,), notes=notes)
