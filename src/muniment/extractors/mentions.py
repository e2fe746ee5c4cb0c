"""What a document names, sentence by sentence: dates, places, weapons, parties. Looked up when asked, then kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Place
from muniment.model.vocabulary import Certainty, WeaponClass, WhenBasis
from muniment.plugins import Lexicon


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a stretch of time as written, and what it means.

    `statement` marks the date of saying something ("on 5 May, the ministry said"), which never dates an event.
    """

    start: int
    end: int
    raw: str
    edtf: str
    basis: WhenBasis = "explicit"
    statement: bool = False
    weekday_mismatch: bool = False


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon as written, its class and model, and how surely the text says it is that."""

    start: int
    end: int
    raw: str
    class_: WeaponClass
    model: str | None = None
    origin: str | None = None
    certainty: Certainty = "stated"
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party named in the text. `responsible` says that these words hold it responsible for what is told here."""

    start: int
    end: int
    raw: str
    id: str | None
    responsible: bool = False
    certainty: Certainty = "stated"
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name the gazetteer knows, and every place that goes by it."""

    start: int
    end: int
    raw: str
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Lookups:
    """How a language pack finds what is named in `[start, end)` of a view's plain text."""

    dates: Callable[[View, int, int], Sequence[DateMention]]
    weapons: Callable[[View, int, int], Sequence[WeaponMention]]
    parties: Callable[[View, int, int, Lexicon], Sequence[PartyMention]]
    places: Callable[[View, int, int, Lexicon], Sequence[PlaceMention]]


class Mentions:
    """What one document names. Each sentence is looked at once for each kind of thing, and only if asked."""

    def __init__(self, view: View, lexicon: Lexicon, lookups: Lookups) -> None:
        self.view = view
        self.lexicon = lexicon
        self._lookups = lookups
        self._dates: dict[int, Sequence[DateMention]] = {}
        self._weapons: dict[int, Sequence[WeaponMention]] = {}
        self._parties: dict[int, Sequence[PartyMention]] = {}
        self._places: dict[int, Sequence[PlaceMention]] = {}

    def dates(self, sentence: Sentence) -> Sequence[DateMention]:
        """Dates in a sentence, left to right."""
        found = self._dates.get(sentence.index)
        if found is None:
            found = self._dates[sentence.index] = self._lookups.dates(self.view, sentence.start, sentence.end)
        return found

    def weapons(self, sentence: Sentence) -> Sequence[WeaponMention]:
        """Weapons in a sentence, left to right."""
        found = self._weapons.get(sentence.index)
        if found is None:
            found = self._weapons[sentence.index] = self._lookups.weapons(self.view, sentence.start, sentence.end)
        return found

    def parties(self, sentence: Sentence) -> Sequence[PartyMention]:
        """Parties in a sentence, left to right."""
        found = self._parties.get(sentence.index)
        if found is None:
            found = self._parties[sentence.index] = self._lookups.parties(
                self.view, sentence.start, sentence.end, self.lexicon
            )
        return found

    def places(self, sentence: Sentence) -> Sequence[PlaceMention]:
        """Place names in a sentence, left to right."""
        found = self._places.get(sentence.index)
        if found is None:
            found = self._places[sentence.index] = self._lookups.places(
                self.view, sentence.start, sentence.end, self.lexicon
            )
        return found
