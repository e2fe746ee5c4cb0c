"""From what a reader found to documents: a key that finds each again, its language, and which facts were read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import cast

from muniment.model import Document
from muniment.model.vocabulary import DOCUMENT_KINDS, DocumentKind, FieldBasis
from muniment.model.when import bounds
from muniment.plugins import Item, Reading
from muniment.readers import language

FACTS = ("title", "publisher", "published", "url", "language", "kind")
"""The fields of a document that are read, stated or decided."""
_LONGEST_LINE = 1000
_ENOUGH_LETTERS = 200
"""From this many letters on, the words themselves outrank what a template says of their language."""
_PLAINLY = 0.999


def documents(reading: Reading, exhibit: str, names: Sequence[str]) -> tuple[Document, ...]:
    """The documents of one exhibit in the order of its text."""
    file = min(names)
    taken: dict[str, int] = {}
    out = []
    for number, item in enumerate(reading.items):
        own = key_of(item, number)
        taken[own] = taken.get(own, 0) + 1
        key = own if taken[own] == 1 else f"{own}#{taken[own]}"
        facts = {
            "title": _line(item.title),
            "publisher": _line(item.publisher),
            "published": _edtf(item.published),
            "url": item.url or None,
            "language": _language(item, reading.text[item.start : item.end]),
            "kind": item.kind if item.kind in DOCUMENT_KINDS else None,
        }
        basis: dict[str, FieldBasis] = {field: "read" for field, value in facts.items() if value is not None}
        out.append(
            Document(
                id=document_id(exhibit, key),
                exhibit=exhibit,
                file=file,
                item=number,
                key=key,
                start=item.start,
                end=item.end,
                title=facts["title"],
                publisher=facts["publisher"],
                published=facts["published"],
                url=facts["url"],
                language=facts["language"],
                kind=cast(DocumentKind, facts["kind"] or "other"),
                basis=basis,
                ocr=reading.ocr,
                row=item.row,
                mapping=item.mapping,
                remarks=item.remarks,
            )
        )
    return tuple(out)


def document_id(exhibit: str, key: str) -> str:
    """The id of a document: a function of its exhibit and its key, so that a new reading gives the same."""
    return "d" + hashlib.sha256(f"{exhibit}\x1f{key}".encode()).hexdigest()[:20]


def key_of(item: Item, number: int) -> str:
    """The guid or link, else a hash of title and date, else the position.

    Source: RECORD contract, `documents.key`.
    """
    stated = item.guid or item.url
    if stated:
        return stated[:_LONGEST_LINE]
    if item.title or item.published:
        words = f"{item.title or ''}\x1f{item.published or ''}"
        return "h" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]
    return f"item-{number}"


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:_LONGEST_LINE] or None


def _edtf(published: str | None) -> str | None:
    """The date if it is EDTF; a reader's slip must not reach the record."""
    try:
        return published if published and bounds(published) else None
    except ValueError:
        return None


def _language(item: Item, text: str) -> str | None:
    """As stated, unless enough words are plainly in another language: templates often state the site's own."""
    stated = language.tag(item.language)
    if stated is None:
        return language.detect(text)
    if not language.has_letters(text[:4000], _ENOUGH_LETTERS):
        return stated
    sure = language.SURE if language.is_in_another_script(stated, text) else _PLAINLY
    found = language.detect(text, sure=sure)
    return stated if found is None or language.are_close(stated, found) else found
