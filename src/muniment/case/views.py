"""What the façade hands to pages, the command line and Python users: small frozen rows, never tables or connections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from muniment.model import Incident, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a longer list, and how many there are in all."""

    items: tuple[T, ...]
    total: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> T:
        return self.items[index]


@dataclass(frozen=True, slots=True)
class Unread:
    """An exhibit that is sealed but not read: the name it came by, the reason's code, and a sentence."""

    name: str
    reason: str
    sentence: str
    exhibit: str | None = None


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """Words for a place that no gazetteer settles: as written, the claims that wait, and what a person may choose."""

    raw: str
    claims: tuple[str, ...]
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide.

    Attributes:
        kind: same_incident, which_place, which_figure, part_of, same_person, unread, lost_decision, look.
        sentence: the question in words.
        on: ids it is about; for `part_of` the whole, then its parts.
        moves: how far an answer could move a best figure (people), None where it moves none.
        link: id of the thing to open.
    """

    kind: str
    sentence: str
    on: tuple[str, ...]
    moves: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result. `marks` are [start, end) offsets of the words found, into `snippet`."""

    kind: str
    id: str
    document: str | None
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place to draw, with how finely it is known: never a point for a region or a country."""

    place_id: str
    name: str
    other_names: tuple[str, ...]
    lon: float
    lat: float
    precision: str
    incidents: int


@dataclass(frozen=True, slots=True)
class PlaceUse:
    """A place the case speaks of, and how often."""

    place: Place
    claims: int
    incidents: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a case holds, counted."""

    title: str
    exhibits: int
    documents: int
    claims: int
    incidents: int
    questions: int
    places: int
    persons: int
    publishers: int
    unread: int
    unresolved_places: int
    not_extracted: int
    decisions: int
    entries: int
    head: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    claims_by_kind: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build received, read and found.

    Attributes:
        received: exhibits sealed for the first time by this build.
        documents: documents in the case after it.
        read: exhibits read by this build.
        unread: every exhibit of the case that is sealed but not read.
        refused: what was not taken from the source folder, each with why.
        claims_by_kind: all claims of the case.
        incidents: all incidents, by date.
        conflicts: relations of kind `conflicts`.
        unresolved: words for places that stay unresolved.
        questions: what needs a person, most telling first.
        not_extracted: documents without a language pack, by language.
        seconds: wall time by stage.
    """

    received: int
    documents: int
    read: int
    unread: tuple[Unread, ...]
    refused: tuple[str, ...]
    claims_by_kind: dict[str, int]
    incidents: Sequence[Incident]
    conflicts: int
    unresolved: tuple[UnresolvedName, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    not_extracted: dict[str, int]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Proposing:
    """What a model is, or was, asked.

    Attributes:
        address: where it is asked.
        model: the name the server knows it by.
        on_this_machine: whether the address is this machine's own.
        documents: documents with passages not asked about before.
        questions: these passages; a passage is one request.
        characters: how much of the documents' words that is, in code points.
        asked_before: passages that were answered before and are not asked about again.
        naming_protected: documents that name protected people, among those to be asked about.
        left_out: documents that name protected people and are not sent to another machine.
        answered: questions answered now.
        failures: a sentence for each question without an answer.
    """

    address: str
    model: str
    on_this_machine: bool
    documents: int
    questions: int
    characters: int
    asked_before: int
    naming_protected: int
    left_out: int
    answered: int = 0
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a check: what is proved, what is not and cannot be, and what is wrong."""

    ok: bool
    proved: tuple[str, ...]
    not_proved: tuple[str, ...]
    problems: tuple[str, ...]
