"""Names to places: resolved only where the text itself picks one candidate; else left open with its candidates.

What speaks for a candidate, in this order: the kind of place the words name ("the village of"), the place that contains
it named beside it, the countries and contested areas the document speaks of, nearness to what is already certain.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from muniment.extractors.mentions import PlaceMention
from muniment.extractors.view import View
from muniment.model import Party, Place
from muniment.plugins import Lexicon
from muniment.reference.parties import words_for

_SETTLED_KINDS = frozenset(("country", "contested"))
_NEAR_KM = 150.0
_AREAS = frozenset(("region", "district"))
_CONTESTED_KM = 70.0
_CLEARLY_NEARER_HERE = 1.75
_CLEARLY_NEARER = 3.0
_SHARE = 0.15
_BESIDE_KM = 35.0
_REGION_KM = 150.0
"""How far the middle of a region may lie from the town of its name."""
_AROUND = 3000
"""How far around a name, in code points, other places speak of the same part of the world."""
_MOST_ANCHORS = 40
_LARGE = 200_000
_LONG_NAME = 8
_SWAPS = (
    ("q", "g"),
    ("q", "k"),
    ("u", "i"),
    ("y", "i"),
    ("kh", "h"),
    ("kh", "x"),
    ("j", "c"),
    ("w", "v"),
    ("ou", "u"),
    ("dj", "j"),
)
_TRANSLITERATIONS = (*_SWAPS, *((b, a) for a, b in _SWAPS))
"""Letters that transliterations of one name exchange (Turkic vowel harmony, q, kh, y), each way."""
_MOST_CANDIDATES = 12
_TOWN = 15_000
"""A place with fewer people is not taken for meant on the word of other places or of a people's name alone."""
_ENOUGH = 2
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][A-Za-z-]+(?!\w)")
_VOWELS = re.compile(r"[aeiouy]+h?")
_BACK_VOWELS = ("o", "u", "ou", "oo")
_FRONT_VOWELS = ("a", "e", "i", "ai", "ay", "ei", "ah", "eh", "ee")
_SPELLINGS = 400
_SHORTEST_RESPELT = 4
_FEWEST_CONSONANTS = 2
_STATE_ID = 2
_LETTERS = 3
"""How long a country's letters are; none is called by a name so short."""
OWN = "case:"
"""How the ids of a case's own places begin: whoever listed them there says that the case speaks of them."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means here: a place, or none with the ids a person may choose from; and the rule that decided."""

    place: Place | None
    candidates: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What the words around a name say of it: kinds of place it may be, ids of places named as containing it."""

    kinds: frozenset[str] = frozenset()
    within: tuple[str, ...] = ()


def _variants(word: str) -> Iterator[str]:
    """The word with one letter or pair of letters as another transliteration would have it."""
    for a, b in _TRANSLITERATIONS:
        at = word.find(a)
        while at >= 0:
            yield word[:at] + b + word[at + len(a) :]
            at = word.find(a, at + 1)


@lru_cache(maxsize=500)
def _respelt(word: str) -> tuple[str, ...]:
    """The word with each of its vowels as another transliteration has it, with and without an article in front."""
    parts: list[tuple[str, ...]] = []
    at = 0
    for vowels in _VOWELS.finditer(word):
        parts.append((word[at : vowels.start()],))
        parts.append(_BACK_VOWELS if vowels[0][0] in "ou" else _FRONT_VOWELS)
        at = vowels.end()
    parts.append((word[at:],))
    total = 1
    for part in parts:
        total *= len(part)
    consonants = sum(len(part[0]) for part in parts if len(part) == 1)
    if total > _SPELLINGS or consonants < _FEWEST_CONSONANTS:
        return ()
    spelt = ["".join(chosen) for chosen in itertools.product(*parts)]
    return tuple(f"{article}{each}" for each in spelt for article in ("", "Al "))


@lru_cache(maxsize=4)
def _states_by_word(parties: tuple[Party, ...]) -> dict[str, str]:
    """States by their names and peoples of one word; two letters ("US") mean too many things."""
    return {
        name: party.id
        for party in parties
        if len(party.id) == _STATE_ID
        for name in party.names
        if len(name) > _STATE_ID and name.isascii() and " " not in name
    }


@lru_cache(maxsize=4)
def _party_words(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(name.lower() for party in parties for name in party.names)


@lru_cache(maxsize=1)
def _states_by_adjective() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for id_, words in words_for().items():
        for word in {*words.adjectives, *words.demonyms}:
            found[word] = (*found.get(word, ()), f"iso:{id_}")
    return found


def _not_shouted(raw: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places a name can mean, but for countries by letters ("ABS") that the text does not write as letters."""
    if len(raw) > _LETTERS or raw.isupper():
        return tuple(places)
    return tuple(p for p in places if p.kind != "country" or len(p.name) <= len(raw))


class Atlas:
    """The places one document names, and what they say about each other."""

    def __init__(self, view: View, lexicon: Lexicon, stands: Callable[[PlaceMention], bool]) -> None:
        """Take in a document.

        Args:
            view: the document.
            lexicon: with the gazetteer.
            stands: whether a name stands where a place stands, rather than in a person's or an office's name.
        """
        self.view = view
        self.gazetteer = lexicon.gazetteer
        self._lexicon = lexicon
        self._stands = stands
        self._spelt: dict[str, Resolution] = {}
        self._resolved: dict[tuple[int, Hints], Resolution] = {}

    @cached_property
    def mentions(self) -> list[PlaceMention]:
        """Every known name of the document, left to right."""
        view = self.view
        offset = view.start
        return [
            PlaceMention(start + offset, end + offset, view.text[start + offset : end + offset], places)
            for start, end, found in self.gazetteer.scan(view.clean[view.start : view.end])
            if (places := _not_shouted(view.text[start + offset : end + offset], found))
        ]

    def states_called(self, word: str) -> tuple[str, ...]:
        """Ids of the countries whose people or adjective a word is: one, or several that share it ("Congolese")."""
        return _states_by_adjective().get(word, ())

    @cached_property
    def party_words(self) -> frozenset[str]:
        """What parties and the people of a state are called, lower case: such a word alone is no place."""
        return _party_words(self._lexicon.parties)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the document names each country or contested area, by id."""
        found: Counter[str] = Counter()
        for mention in self.mentions:
            certain = [place for place in mention.places if place.kind in _SETTLED_KINDS]
            if len(certain) == 1:
                found[certain[0].id] += 1
                if certain[0].kind == "contested":
                    found.update(self.gazetteer.within(certain[0].id))
        title = self.view.document.title
        for _, _, places in self.gazetteer.scan(title) if title else ():
            certain = [place for place in places if place.kind == "country"]
            found.update(place.id for place in certain if len(certain) == 1)
        # A country named once in a hundred names (a ministry's, an agency's) is not where the document's places lie.
        least = max(found.values(), default=0) * _SHARE
        return Counter({id_: number for id_, number in found.items() if number >= least})

    @cached_property
    def implied(self) -> Counter[str]:
        """Countries the document speaks of without naming them, by id: by their people, or by two of their towns."""
        found: Counter[str] = Counter()
        parties = self._lexicon.parties if isinstance(self._lexicon.parties, tuple) else tuple(self._lexicon.parties)
        states, view = _states_by_word(parties), self.view
        words = _CAPITALISED.findall(view.clean, view.start, view.end)
        found.update(f"iso:{states[word]}" for word in words if word in states)
        towns: dict[str, set[str]] = {}
        for mention in self.mentions:
            countries = {place.country for place in mention.places}
            if len(countries) == 1 and self._is_known(mention.places) and self._stands(mention):
                towns.setdefault(f"iso:{countries.pop()}", set()).add(mention.raw.lower())
        for country, names in towns.items():
            if len(names) >= _ENOUGH:
                found[country] += 2 * len(names)
        return found

    def _is_implied(self, country: str | None) -> bool:
        """Whether a country is implied clearly: by two words at least, and no other by more than twice as many."""
        count = self.implied[f"iso:{country}"]
        return count >= _ENOUGH and count * 2 > max(self.implied.values(), default=0)

    @staticmethod
    def _is_known(places: Sequence[Place]) -> bool:
        """Whether a name is that of a town of some size or of a region, not of a hamlet only."""
        return any(place.kind == "region" or (place.population or 0) >= _TOWN for place in places)

    def _where_implied(self, places: list[Place]) -> list[Place]:
        """Those of a name that is one country's only, where the document implies that country."""
        countries = {place.country for place in places}
        if len(countries) == 1 and self._is_known(places) and self._is_implied(places[0].country):
            return [place for place in places if place.kind not in _SETTLED_KINDS]
        return []

    @cached_property
    def anchors(self) -> list[tuple[int, Place]]:
        """Towns and regions that need no deciding, with where they are named: one place, in a country spoken of."""
        found: list[tuple[int, Place]] = []
        for mention in self.mentions:
            if not self._stands(mention):
                continue
            places = (
                [place for place in mention.places if self._fits(place)] if self.countries else list(mention.places)
            )
            place = self._one_place(places) if places else None
            if place is not None and place.kind not in _SETTLED_KINDS:
                found.append((mention.start, place))
        return found

    def named_in(self, start: int, end: int) -> list[PlaceMention]:
        """Known names that stand in `[start, end)`."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    def resolve(self, mention: PlaceMention, hints: Hints) -> Resolution:
        """The one place a name means here, if the text picks it."""
        key = (mention.start, hints)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(mention, hints)
        return found

    def spelt_otherwise(self, name: str) -> Resolution:
        """A long name the gazetteer writes with one letter transliterated differently, if that is one place only.

        The place must lie in a country the document names; a short name, or one with several such places, stays open.
        """
        word = name.lower()
        if len(word) < _SHORTEST_RESPELT or not word.isalpha() or not self.countries:
            return Resolution(None, (), "place:not in the gazetteer")
        known = self._spelt.get(word)
        if known is None:
            known = self._spelt[word] = self._spell(word)
        return known

    def _spell(self, word: str) -> Resolution:
        """One letter transliterated otherwise may decide; other vowels only give candidates for a person to choose."""
        found = self._bearing(_variants(word) if len(word) >= _LONG_NAME else ())
        chosen = self._one_place(list(found.values())) if found else None
        if chosen is None:
            found |= self._bearing(_respelt(word))
        return Resolution(chosen, tuple(found)[:_MOST_CANDIDATES], "place:spelt otherwise in the gazetteer")

    def _bearing(self, names: Iterable[str]) -> dict[str, Place]:
        return {
            place.id: place
            for name in names
            for place in self.gazetteer.find(name.capitalize())
            if self._fits(place) and place.kind not in _SETTLED_KINDS
        }

    def _resolve(self, mention: PlaceMention, hints: Hints) -> Resolution:
        places = mention.places
        ids = tuple(place.id for place in places[:_MOST_CANDIDATES])
        left = list(places)
        rule = "place:only candidate"
        sure = False
        if hints.within:
            inside = self._inside(left, hints.within)
            if inside:
                left, rule, sure = inside, "place:container named", True
        if hints.kinds:
            of_kind = [place for place in left if place.kind in hints.kinds]
            if of_kind:
                left, rule = of_kind, "place:kind named" if not sure else rule
            elif (
                hints.kinds <= _AREAS
                and not any(place.kind in _SETTLED_KINDS for place in left)
                and not (sure and self._is_narrow(hints.within))
            ):
                return Resolution(None, ids, "place:no candidate of the kind named")  # a village is not its district
            elif all(place.kind in _SETTLED_KINDS for place in left) and not hints.kinds & {"region", "country"}:
                return Resolution(None, ids, "place:no candidate of the kind named")
        settled = [place for place in left if place.kind in _SETTLED_KINDS]
        if len(settled) > 1 and sum(place.kind == "country" for place in settled) == 1:
            settled = [place for place in settled if place.kind == "country"]  # "Ukraine" is the country
        if (
            len(settled) == 1
            and (not hints.kinds or settled[0].kind in hints.kinds or "region" in hints.kinds)
            and not sure
        ):
            return Resolution(settled[0], ids, "place:country or contested area")
        if not sure:
            left = self._in_context(left, places)
            if not left:
                return Resolution(None, ids, "place:no candidate where the document speaks of")
            if len(left) < len(places):
                rule = "place:countries of the document"
        if len(left) == 1:
            return Resolution(left[0], ids, rule)
        chosen = self._one_place(left)
        if chosen is not None:
            return Resolution(chosen, ids, rule)
        nearest = self._nearest(left, mention.start)
        if nearest is not None:
            return Resolution(nearest, ids, "place:nearest to the other places")
        return Resolution(None, ids, "place:several candidates")

    def _in_context(self, places: list[Place], named: Sequence[Place]) -> list[Place]:
        own = [place for place in places if place.id.startswith(OWN)]
        if own:
            return own
        if self.countries:
            fitting = [place for place in places if self._fits(place)]
            if fitting:
                return fitting
            implied = self._where_implied(places)
            if implied:
                return implied
            # A large city may be named in passing; a hamlet abroad that shares the name is not meant.
            large = [place for place in places if (place.population or 0) >= 5 * _LARGE]
            return large if len(large) == 1 else []
        implied = self._where_implied(places)
        if implied:
            return implied
        if len({place.country for place in named}) == 1 and any(place.kind == "region" for place in named):
            return places  # a region of one country alone, and the town it is called after
        large = [place for place in places if (place.population or 0) >= _LARGE or place.kind != "locality"]
        if len(places) == 1:
            return places if large else []
        return large if len(large) == 1 else places

    def is_meant(self, place: Place) -> bool:
        """Whether nothing the document names or implies speaks for another country than this place's."""
        if self._fits(place) or self._is_implied(place.country):
            return True
        return not self.countries and (
            not self.implied or place.country is None or f"iso:{place.country}" in self.implied
        )

    def _fits(self, place: Place) -> bool:
        """Whether a place lies in a country or contested area the document names."""
        if place.id in self.countries or (place.country is not None and f"iso:{place.country}" in self.countries):
            return True
        return any(outer in self.countries for outer in self.gazetteer.within(place.id))

    def _inside(self, places: list[Place], outers: Sequence[str]) -> list[Place]:
        """Those that lie in one of the areas named; near the middle of a contested area where no entry lies in it."""
        inside = [
            place
            for place in places
            if any(place.id != outer and self.gazetteer.contains(outer, place.id) for outer in outers)
        ]
        if inside:
            return inside
        return [place for place in places if any(self._lies_near(place, outer) for outer in outers)]

    def _is_narrow(self, outers: Sequence[str]) -> bool:
        """Whether one of the containers named is less than a country."""
        places = [self.gazetteer.get(outer) for outer in outers]
        return any(place is not None and place.kind != "country" for place in places)

    def _lies_near(self, place: Place, outer: str) -> bool:
        area = self.gazetteer.get(outer)
        if area is None or area.kind != "contested" or place.id == outer:
            return False
        distance = self.gazetteer.distance_km(outer, place.id)
        return distance is not None and distance < _CONTESTED_KM and self._fits(place)

    def _one_place(self, places: list[Place]) -> Place | None:
        """The narrowest of places that contain one another, as a town and the district it gives its name."""
        towns = [place for place in places if place.kind in ("locality", "quarter", "site")]
        for place in towns or places:
            if all(
                other is place or self.gazetteer.contains(other.id, place.id) or self._beside(place, other)
                for other in places
            ):
                return place
        return None

    def _beside(self, a: Place, b: Place) -> bool:
        """Whether two entries stand for a town and its own district: of different kinds, within a short way."""
        distance = self.gazetteer.distance_km(a.id, b.id)
        if {a.kind, b.kind} == {"locality", "region"} and a.country == b.country:
            return distance is None or distance < _REGION_KM  # a region listed without a point bears its town's name
        return a.kind != b.kind and distance is not None and distance < _BESIDE_KM

    def _nearest(self, places: list[Place], at: int) -> Place | None:
        """The candidate clearly nearest to what is certain: to the places told of round about, else to all of them."""
        around = {place.id: place for start, place in self.anchors if -_AROUND < start - at < _AROUND // 2}
        everywhere = {place.id: place for _, place in self.anchors}
        for anchors, clearly in ((around, _CLEARLY_NEARER_HERE), (everywhere, _CLEARLY_NEARER)):
            chosen = self._nearest_to(places, list(anchors.values())[:_MOST_ANCHORS], clearly)
            if chosen is not None:
                return chosen
        return None

    def _nearest_to(self, places: list[Place], anchors: list[Place], clearly: float) -> Place | None:
        ranked: list[tuple[float, Place]] = []
        for place in places:
            distances = [
                distance
                for anchor in anchors
                if anchor.id != place.id and (distance := self.gazetteer.distance_km(place.id, anchor.id)) is not None
            ]
            if not distances:
                return None
            ranked.append((min(distances), place))
        ranked.sort(key=lambda pair: pair[0])
        if not ranked or ranked[0][0] > _NEAR_KM:
            return None
        km, best = ranked[0]
        for other_km, other in ranked[1:]:
            if self._same(best, other):
                if other.kind == "locality" and best.kind != "locality":
                    best = other
                continue
            if other_km < max(clearly * km, 40.0):
                return None
            break
        return best

    def _same(self, a: Place, b: Place) -> bool:
        return self.gazetteer.contains(a.id, b.id) or self.gazetteer.contains(b.id, a.id) or self._beside(a, b)
