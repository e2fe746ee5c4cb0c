"""A local event: what one document says of one event, as the few traits that comparing needs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from muniment.linker import objects
from muniment.linker.names import fold, place_words
from muniment.linker.parts import counts, victims
from muniment.linker.places import FINE, Places
from muniment.linker.weapons import model_key
from muniment.model import Claim, Document
from muniment.model.when import bounds

TIGHT_DAYS = 4
"""A date that leaves more days open than this does not say when an event happened, only between what."""

NO_INCIDENT = frozenset({"call", "response", "legal_status", "indicator", "identity", "legal_finding"})
ATTACH_ONLY = frozenset({"denial", "refutation", "verification"})
_ATTACKS = frozenset({"casualty", "incident", "weapon_use", "damage"})
_HARM_FAMILY = {
    "detained": "detention",
    "released": "detention",
    "sentenced": "detention",
    "displaced": "displacement",
    "deprived": "deprivation",
    "infected": "surveillance",
    "tortured": "ill_treatment",
}
_KIND_FAMILY = {
    "detention": "detention",
    "ill_treatment": "ill_treatment",
    "restriction": "restriction",
    "deprivation": "deprivation",
    "surveillance": "surveillance",
    "ceasefire": "ceasefire",
}
T = TypeVar("T")
_HOUR = re.compile(r"T(\d\d):(\d\d)(?::\d\d)?(?![\d:Z+-])")
"""A time of the place; one against UTC says nothing beside it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One claim, or several of one document or cluster that speak of one event. Days are ordinals.

    Attributes:
        id: the smallest claim id.
        claims: claim ids, sorted.
        documents: document ids.
        start: code point where the account of it begins (of the first document).
        end: where it ends.
        family: kinds of events that can be one.
        aggregate: about a period or an area.
        low: first day it can have happened, None unknown.
        high: last day.
        ceiling: last day it can have happened since a document already speaks of it.
        minute: minute of the day, where stated.
        onset: day since which it lasts, where it is open-ended.
        places: canonical place ids.
        place_names: folded words of places that stay unresolved.
        counts: (harm, least, most) of its totals.
        another: the words say it is not the event spoken of before.
        several: the words speak of several events.
        words: keys of sentences long enough to betray a copy.
        publishers: who tells it, folded.
        cited: whom they cite, folded.
        rows: for tables, (report, row): one report's rows are as many events.
        ways: folded words for a means of harm that is no weapon of a known class.
        groups: folded words for who was harmed.
        crowd: how many events one account tells apart on its day at its place.
    """

    id: str
    claims: tuple[str, ...]
    documents: frozenset[str]
    start: int
    end: int
    family: str
    aggregate: bool
    low: int | None
    high: int | None
    ceiling: int | None
    minute: int | None
    onset: int | None
    places: frozenset[str]
    place_names: frozenset[str]
    weapons: frozenset[str]
    models: frozenset[str]
    parties: frozenset[str]
    harms: frozenset[str]
    people: frozenset[str]
    ages: frozenset[int]
    sites: frozenset[str]
    counts: tuple[tuple[str, float, float], ...]
    another: bool
    several: bool
    words: frozenset[str]
    publishers: frozenset[str]
    cited: frozenset[str]
    rows: frozenset[tuple[str, int]]
    ways: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    crowd: int = 1

    @property
    def tight(self) -> bool:
        """Whether its date is known to within TIGHT_DAYS."""
        return self.low is not None and self.high is not None and self.high - self.low < TIGHT_DAYS

    @property
    def first_day(self) -> int | None:
        """The day it happened or began, where that is known."""
        return self.low if self.one_day else self.onset

    @property
    def one_day(self) -> bool:
        """Whether its day is known."""
        return self.low is not None and self.low == self.high


def family(claim: Claim) -> str | None:
    """The family of events a claim speaks of; None where it speaks of no event."""
    if claim.kind in NO_INCIDENT or claim.level == "hypothetical":
        return None
    if claim.kind in _KIND_FAMILY:
        return _KIND_FAMILY[claim.kind]
    if not claim.harm and "mercenaries" in objects.sites(claim.quote):
        return "deployment"
    for harm in claim.harm:
        if harm in ("killed", "injured", "casualties"):
            return "attack"
        if harm in _HARM_FAMILY:
            return _HARM_FAMILY[harm]
    return "surveillance" if claim.weapon is not None and claim.weapon.class_ == "spyware" else "attack"


def seeds(claim: Claim) -> bool:
    """Whether the claim may stand as an incident of its own where nothing else speaks of its event."""
    if (
        claim.kind in ATTACH_ONLY
        or claim.polarity in ("negated", "denied")
        or claim.level in ("denied", "refuted_denial")
    ):
        return False
    if claim.kind == "attribution":
        return claim.weapon is not None or claim.when is not None or bool(objects.sites(claim.quote))
    return True


def published_day(document: Document | None) -> int | None:
    """The last day a document's date can mean, as an ordinal."""
    return None if document is None or document.published is None else _last_day(document.published)


@lru_cache(maxsize=65536)
def _last_day(published: str) -> int | None:
    try:
        last = bounds(published)[1]
    except ValueError:
        return None
    return last.toordinal() if last is not None else None


def party_ids(claim: Claim) -> frozenset[str]:
    """The parties held responsible, each by itself."""
    if claim.party is None or claim.party.id is None or claim.party.certainty == "denied":
        return frozenset()
    return frozenset(claim.party.id.split("+"))


def of_claim(claim: Claim, document: Document | None, places: Places, kind: str, sentence: str | None = None) -> Event:
    """The traits of one claim.

    Args:
        claim: with its id.
        document: where it stands, for the day it was published and by whom.
        places: to bring place ids to one name.
        kind: its family.
        sentence: the key shared by claims whose long sentences are the same.
    """
    published = published_day(document)
    low, high = _days(claim, published)
    where = claim.where
    ids = () if where is None else tuple(where.places) or ((where.place,) if where.place else ())
    raw = "" if where is None or ids else place_words(where.raw)
    weapon = claim.weapon
    publisher = fold(document.publisher) if document is not None and document.publisher else ""
    cited = {fold(link.who) for link in claim.source if link.type != "self"} - {publisher, ""}
    hour = _HOUR.search(claim.when.edtf) if claim.when is not None and low == high else None
    return Event(
        id=claim.id,
        claims=(claim.id,),
        documents=_one(claim.document),
        start=claim.span.start,
        end=claim.span.end,
        family=kind,
        aggregate=_of_many(claim, places, ids, low, high),
        low=low,
        high=high,
        ceiling=None if published is None else published + 1,
        minute=int(hour[1]) * 60 + int(hour[2]) if hour else None,
        onset=low if claim.when is not None and claim.when.latest is None else None,
        places=shared(frozenset(places.canon(id_) for id_ in ids)),
        place_names=_one(raw),
        weapons=_one("" if weapon is None or weapon.class_ == "other" else weapon.class_),
        models=_one(model_key(weapon.model) if weapon is not None and weapon.model else ""),
        parties=shared(party_ids(claim)),
        harms=shared(frozenset(claim.harm)),
        people=frozenset(victims(claim)),
        ages=objects.ages(claim.quote) | frozenset(p.age for p in claim.persons if p.role == "victim" and p.age),
        sites=objects.sites(claim.quote),
        counts=counts(claim),
        another=objects.says_another(claim.quote),
        several=objects.says_several(claim.quote),
        words=_one(sentence or ""),
        publishers=_one(publisher),
        cited=shared(frozenset(cited)),
        rows=_rows(claim, document, publisher),
        ways=_one(fold(weapon.raw) if weapon is not None and weapon.class_ == "other" else ""),
        groups=frozenset(map(fold, claim.victims.groups)) if claim.victims is not None else frozenset(),
    )


@lru_cache(maxsize=65536)
def _one(word: str) -> frozenset[str]:
    """The set of one word, the same object for the same word; empty where there is none."""
    return frozenset((word,)) if word else frozenset()


@lru_cache(maxsize=65536)
def shared(words: frozenset[str]) -> frozenset[str]:
    """The same object for equal sets: a million events hold a few thousand different ones."""
    return words


def _all(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    """The union; one of the sets themselves where it holds all, as it mostly does."""
    held = list(sets)
    largest = max(held, key=len)
    if all(largest >= one for one in held):
        return largest
    return frozenset().union(*held)


def _rows(claim: Claim, document: Document | None, publisher: str) -> frozenset[tuple[str, int]]:
    if not claim.cells or document is None:
        return frozenset()
    report = "\x1f".join((document.exhibit, publisher, document.title or "", document.published or ""))
    return frozenset((report, cell.row) for cell in claim.cells)


def _of_many(claim: Claim, places: Places, ids: tuple[str, ...], low: int | None, high: int | None) -> bool:
    """Whether the claim speaks of a period or an area: as read, or a sum over a wide area without a day.

    "Critics such as A" without a figure or a period is of A's case.
    """
    if claim.aggregate:
        alone = len(victims(claim)) == 1 and claim.count is None and claim.when is None and bool(claim.harm)
        return not alone
    if claim.kind in _ATTACKS and _lasts(claim) and objects.says_several(claim.quote):
        return True  # what strikes have done since a day, or over a span of days
    if claim.harm and low is None and claim.where is None and len(party_ids(claim)) > 1:
        return True  # what both sides did, nowhere and on no day, is no single event
    if claim.count is None or claim.count.unit != "people" or any(places.precision(id_) in FINE for id_ in ids):
        return False
    if claim.where is not None and not ids:
        return False  # the name may be that of a town
    days = high - low if low is not None and high is not None else 0
    period = days >= TIGHT_DAYS or (days > 1 and bool(ids))
    return period or (low is None and objects.says_total(claim.quote))


def _lasts(claim: Claim) -> bool:
    """Whether it is told of more days than one event takes: since a day, or over a span of them."""
    when = claim.when
    if when is None or when.earliest is None:
        return False
    return when.latest is None or (when.latest - when.earliest).days >= TIGHT_DAYS


def _days(claim: Claim, published: int | None) -> tuple[int | None, int | None]:
    when = claim.when
    if when is None:
        return None, None
    low = when.earliest.toordinal() if when.earliest is not None else None
    high = when.latest.toordinal() if when.latest is not None else None
    if published is not None and low is not None and low > published + 1:
        return None, None  # an event cannot begin after the document that tells of it
    if high is None and low is not None:
        high = published
    return low, high


def join(events: Iterable[Event]) -> Event:
    """The traits of several events taken as one."""
    each = sorted(events, key=lambda event: event.id)
    first = each[0]
    if len(each) == 1:
        return first
    dated = [event for event in each if event.tight] or [event for event in each if event.low is not None]
    lows = [event.low for event in dated if event.low is not None]
    highs = [event.high for event in dated if event.high is not None]
    low, high = (max(lows) if lows else None), (min(highs) if highs else None)
    if low is not None and high is not None and low > high:
        low, high = min(lows), max(highs)
    ceilings = [event.ceiling for event in each if event.ceiling is not None]
    minutes = [event.minute for event in each if event.minute is not None]
    onsets = [event.onset for event in each if event.onset is not None]
    return replace(
        first,
        claims=tuple(sorted(claim for event in each for claim in event.claims)),
        documents=_all(event.documents for event in each),
        start=min(event.start for event in each),
        end=max(event.end for event in each),
        aggregate=any(event.aggregate for event in each),
        low=low,
        high=high,
        ceiling=min(ceilings) if ceilings else None,
        minute=minutes[0] if minutes else None,
        onset=min(onsets) if onsets else None,
        places=_all(event.places for event in each),
        place_names=_all(event.place_names for event in each),
        weapons=_all(event.weapons for event in each),
        models=_all(event.models for event in each),
        parties=_all(event.parties for event in each),
        harms=_all(event.harms for event in each),
        people=_all(event.people for event in each),
        ages=_all(event.ages for event in each),
        sites=_all(event.sites for event in each),
        counts=_joined_counts(each),
        another=any(event.another for event in each),
        several=all(event.several for event in each),
        words=_all(event.words for event in each),
        publishers=_all(event.publishers for event in each),
        cited=_all(event.cited for event in each),
        rows=_all(event.rows for event in each),
        ways=_all(event.ways for event in each),
        groups=_all(event.groups for event in each),
        crowd=max(event.crowd for event in each),
    )


def _joined_counts(events: list[Event]) -> tuple[tuple[str, float, float], ...]:
    ranges: dict[str, tuple[float, float]] = {}
    for event in events:
        for harm, least, most in event.counts:
            low, high = ranges.get(harm, (least, most))
            ranges[harm] = (min(low, least), max(high, most))
    return tuple((harm, *ranges[harm]) for harm in sorted(ranges))


def day(ordinal: int) -> dt.date:
    """The calendar day of an ordinal."""
    return dt.date.fromordinal(ordinal)


Claims = Mapping[str, Claim]
