"""What was received (exhibits and sightings) and what was read from it (documents)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from muniment.model.vocabulary import DocumentKind, ExhibitState, FieldBasis


@dataclass(frozen=True, slots=True)
class Sighting:
    """One time the bytes were met: under what name, at what address, collected when and by whom."""

    name: str
    url: str | None = None
    collected: str | None = None
    by: str | None = None
    folder: str | None = None
    received: str | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Sealed bytes. `id` is their SHA-256 in hex; `bytes` their number; `why` says what keeps them unread."""

    id: str
    bytes: int
    media_type: str
    encoding: str | None
    text_sha256: str | None
    state: ExhibitState
    why: str | None
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A logical item inside an exhibit; a feed or a chat export has many.

    `start` and `end` are its extent in the exhibit's text; `key` finds it again after a new reading
    (guid or link, else a hash of title and date); `published` is EDTF with time and offset where given;
    `basis` says of each field whether it was read, stated (sources.csv) or decided.
    """

    id: str
    exhibit: str
    file: str
    item: int
    key: str
    start: int
    end: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    kind: DocumentKind
    basis: Mapping[str, FieldBasis] = field(default_factory=dict)
    not_extracted: str | None = None
    """Why no claims were looked for, e.g. `no pack for ru`; None where they were."""
    ocr: bool = False
    row: int | None = None
    """The row of a table it is, as spreadsheets count (the header is row 1); None where it is none."""
    mapping: str | None = None
    """SHA-256 of the mapping file that reads the row."""
    remarks: tuple[str, ...] = ()
    """What of its row could not be used, a sentence each with row and column."""
