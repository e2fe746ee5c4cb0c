"""First step: put together what one document says of one event. Claims of a passage share date, place and weapon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from muniment.linker import objects, weapons
from muniment.linker.compare import cannot_be_one, counts_conflict
from muniment.linker.event import Event, family, join, of_claim, seeds
from muniment.linker.places import FINE, Places
from muniment.model import Claim, Document

PASSAGE_CHARACTERS = 450
"""Claims this close with nothing between them speak of one event, where nothing says otherwise."""

SENTENCE_CHARACTERS = 160
BACK_REFERENCE_CHARACTERS = 1500
"""How far "in the same strike" may point back."""

REMEMBERED = 12
"""How many of the latest events a claim without a day or place of its own is held against."""


def local_events(
    claims: Sequence[Claim],
    document: Document | None,
    places: Places,
    apart: Mapping[str, frozenset[str]],
    sentences: Mapping[str, str],
    standing: frozenset[str] = frozenset(),
) -> list[Event]:
    """The events of one document.

    Args:
        claims: of that document.
        document: for its date.
        places: to compare places.
        apart: claim id to claim ids that a person ruled are not of the same incident.
        sentences: claim id to the key its long sentence shares with copies of it.
        standing: claims that a person put into an incident, whatever they say.
    """
    told = _Account(places, apart)
    stated: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.span, c.id)):
        kind = family(claim) or ("attack" if claim.id in standing else None)
        if kind is None:
            continue
        stated.append(claim)
        told.tell(claim, of_claim(claim, document, places, kind, sentences.get(claim.id)))
    told.fold_undated()
    told.sum_up()
    may_stand = {claim.id for claim in stated if seeds(claim) or claim.id in standing}
    return [event for event in told.events() if any(id_ in may_stand for id_ in event.claims)]


class _Account:
    """The events of one document, as they are told."""

    def __init__(self, places: Places, apart: Mapping[str, frozenset[str]]) -> None:
        self._places = places
        self._apart = apart
        self._groups: list[list[Event]] = []
        self._joined: list[Event] = []

    def events(self) -> list[Event]:
        """The events told so far, in the order of the text."""
        return list(self._joined)

    def tell(self, claim: Claim, event: Event) -> None:
        """Add a claim to the event it speaks of, or begin a new one."""
        home = self._home(claim, event)
        if home is None:
            self._groups.append([event])
            self._joined.append(event)
        else:
            self._groups[home].append(event)
            self._joined[home] = join(self._groups[home])

    def _home(self, claim: Claim, event: Event) -> int | None:
        """The event the claim belongs to among those already told: the one of its kind of weapon or site, else the
        latest that fits."""
        foes = self._apart.get(claim.id, frozenset())
        count = len(self._joined)
        anchored = event.tight and bool(event.places or event.place_names)
        first = 0 if anchored or event.people or event.ages or event.words else max(0, count - REMEMBERED)
        since = 0
        best: tuple[int, int] | None = None
        for position in range(count - 1, first - 1, -1):
            other = self._joined[position]
            if other.family != event.family:
                continue
            since += 1
            if foes and foes.intersection(other.claims):
                continue
            if _one_event(claim, event, other, self._places, latest=since == 1):
                best = max(best or (-1, -1), (_kinship(event, other), position))
        return best[1] if best is not None else None

    def fold_undated(self) -> None:
        """A caption or a later mention without a day is of the one event that its document tells of that place."""
        for late in range(len(self._joined) - 1, -1, -1):
            event = self._joined[late]
            if event.low is not None or event.aggregate or event.another or event.several or not event.places:
                continue
            fitting = [
                n for n, other in enumerate(self._joined) if n != late and other.tight and self._same_spot(event, other)
            ]
            kin = max((_kinship(event, self._joined[n]) for n in fitting), default=0)
            fitting = [n for n in fitting if _kinship(event, self._joined[n]) == kin]
            if len(fitting) != 1 or self._ruled_apart(event, self._joined[fitting[0]]):
                continue
            home = fitting[0]
            self._groups[home] += self._groups[late]
            self._joined[home] = join(self._groups[home])
            del self._groups[late], self._joined[late]

    def sum_up(self) -> None:
        """A figure told with "attacks" or "strikes", on no day and in no town, is of all of them."""
        for n, group in enumerate(self._groups):
            joint = self._joined[n]
            fine = any(self._places.precision(place) in FINE for place in joint.places) or joint.place_names
            if joint.aggregate or joint.low is not None or fine or not joint.counts:
                continue
            if any(event.several for event in group):
                self._joined[n] = replace(joint, aggregate=True)

    def _same_spot(self, event: Event, other: Event) -> bool:
        if other.aggregate or other.another or cannot_be_one(event, other, self._places) is not None:
            return False
        if not any(self._places.standing(x, y) == "same" for x in event.places for y in other.places):
            return False
        if _parties_apart(event, other) or _other_site(event, other):
            return False
        if {"different_weapon_model", "different_weapon_class"} & set(_weapon_marks(event, other)):
            return False
        return bool(event.harms & other.harms) or _kinship(event, other) > 0

    def _ruled_apart(self, event: Event, other: Event) -> bool:
        return any(self._apart.get(claim, frozenset()) & set(other.claims) for claim in event.claims)


def _weapon_marks(event: Event, other: Event) -> list[str]:
    return weapons.marks(event.models, other.models, event.weapons, other.weapons)


def _kinship(event: Event, other: Event) -> int:
    """How much that is distinctive two events of one document share: a weapon, a site, a person."""
    weapons = 2 if event.models & other.models else 1 if event.weapons & other.weapons else 0
    return weapons + (2 if event.people & other.people else 0) + (1 if event.sites & other.sites else 0)


def _one_event(claim: Claim, event: Event, other: Event, places: Places, *, latest: bool) -> bool:
    if event.words and event.words & other.words and event.aggregate == other.aggregate:
        return True
    if event.aggregate != other.aggregate or cannot_be_one(event, other, places) is not None:
        return False
    if event.aggregate:
        return _one_scope(event, other)
    if event.another or _other_site(event, other):
        return False
    marks = _weapon_marks(event, other)
    if "different_weapon_model" in marks or "different_weapon_class" in marks:
        return False
    if any(" " in name for name in event.people & other.people):
        return True
    gap = max(0, event.start - other.end)
    placed = _place_agrees(event, other, places)
    if _same_victim(event, other, placed):
        return True
    if placed is False:
        return False
    dated = (event.low == other.low and event.high == other.high) if event.low is not None else None
    conflict = counts_conflict(event, other)
    if event.tight and other.tight and placed and not (conflict and gap > PASSAGE_CHARACTERS):
        return True
    if conflict:
        return False  # one account gives two figures: of two things, unless it says the day and the place of both
    if _parties_apart(event, other):
        return False
    if placed and dated is None and _kinship(event, other) and gap <= BACK_REFERENCE_CHARACTERS:
        return True
    if not latest:
        return False
    if objects.says_same(claim.quote) and gap <= BACK_REFERENCE_CHARACTERS:
        return True
    if event.several and not other.several:
        return False
    if dated or placed:
        return gap <= PASSAGE_CHARACTERS
    framed = bool(event.places or event.place_names)
    if dated is None and not framed:
        return gap <= (PASSAGE_CHARACTERS if event.harms or claim.kind in _DETAILS else SENTENCE_CHARACTERS)
    if gap > SENTENCE_CHARACTERS or (dated is None and other.low is not None):
        return False
    if dated is False and other.low is not None:
        return False
    # The frame comes with this claim: what was told just before belongs to it if the two share more than a party.
    return bool(event.harms & other.harms or marks or event.sites & other.sites)


_DETAILS = frozenset({"weapon_use", "weapon_id", "verification", "damage", "attribution"})


def _parties_apart(event: Event, other: Event) -> bool:
    return bool(event.parties and other.parties) and not event.parties & other.parties


def _same_victim(event: Event, other: Event, placed: bool | None) -> bool:
    """Whether both tell of a victim of one age, harmed in the same way, where nothing sets the two apart."""
    if not event.ages or event.ages != other.ages or not event.harms & other.harms:
        return False
    if placed or event.places & other.places:
        return True
    one_unplaced = not event.places or not other.places
    return one_unplaced and _kinship(event, other) > 0 and bool(event.parties) and event.parties == other.parties


def _other_site(event: Event, other: Event) -> bool:
    return bool(event.sites and other.sites) and not event.sites & other.sites and not (event.tight and other.tight)


def _place_agrees(event: Event, other: Event, places: Places) -> bool | None:
    """True: same or nested narrowly; False: not shown to be the same; None: one of them names no place."""
    if event.places and other.places:
        standings = {places.standing(x, y) for x in event.places for y in other.places}
        if len(event.places) != len(other.places) and "apart" in standings:
            return False  # what befell two towns is not what befell one of them
        if standings & {"same", "within"}:
            return True
        return None if standings & {"wide"} else False
    if event.place_names and other.place_names:
        return bool(event.place_names & other.place_names)
    if (event.places or event.place_names) and (other.places or other.place_names):
        # A name that is not resolved may lie in the place that is: the day must decide.
        return None if event.low is not None and (event.low, event.high) == (other.low, other.high) else False
    return None


def _one_scope(event: Event, other: Event) -> bool:
    """Whether two figures of one document cover the same period, area and party."""
    if (event.low, event.high, event.places, event.place_names) != (
        other.low,
        other.high,
        other.places,
        other.place_names,
    ):
        return False
    if event.parties != other.parties:
        return False
    stated = event.low is not None or bool(event.places)
    return stated or event.start - other.end <= SENTENCE_CHARACTERS
