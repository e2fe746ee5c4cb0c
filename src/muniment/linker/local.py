"""First step: put together what one document says of one event. Claims of a passage share date, place and weapon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muniment.linker import objects
from muniment.linker.compare import cannot_be_one, weapon_marks
from muniment.linker.event import Event, family, join, of_claim, seeds
from muniment.linker.places import Places
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
    groups: list[list[Event]] = []
    joined: list[Event] = []
    stated: list[tuple[Claim, Event]] = []
    for claim in sorted(claims, key=lambda c: (c.span, c.id)):
        kind = family(claim) or ("attack" if claim.id in standing else None)
        if kind is None:
            continue
        event = of_claim(claim, document, places, kind, sentences.get(claim.id))
        stated.append((claim, event))
        home = _home(claim, event, joined, places, apart)
        if home is not None:
            groups[home].append(event)
            joined[home] = join(groups[home])
        else:
            groups.append([event])
            joined.append(event)
    may_stand = {claim.id for claim, _ in stated if seeds(claim) or claim.id in standing}
    return [event for event in joined if any(id_ in may_stand for id_ in event.claims)]


def _home(
    claim: Claim, event: Event, joined: Sequence[Event], places: Places, apart: Mapping[str, frozenset[str]]
) -> int | None:
    """The event the claim belongs to among those the document already told of; the latest that fits."""
    foes = apart.get(claim.id, frozenset())
    count = len(joined)
    anchored = event.tight and bool(event.places or event.place_names)
    first = 0 if anchored or event.people or event.ages or event.words else max(0, count - REMEMBERED)
    attacks_since = 0
    for position in range(count - 1, first - 1, -1):
        other = joined[position]
        if other.family != event.family:
            continue
        attacks_since += 1
        if foes and foes.intersection(other.claims):
            continue
        if _one_event(claim, event, other, places, latest=attacks_since == 1):
            return position
    return None


def _one_event(claim: Claim, event: Event, other: Event, places: Places, *, latest: bool) -> bool:
    if event.words and event.words & other.words and event.aggregate == other.aggregate:
        return True
    if cannot_be_one(event, other, places) is not None:
        return False
    if event.aggregate:
        return _one_scope(event, other)
    if event.another or _other_site(event, other):
        return False
    marks = weapon_marks(event, other)
    if "different_weapon_model" in marks or "different_weapon_class" in marks:
        return False
    if any(" " in name for name in event.people & other.people):
        return True
    gap = max(0, event.start - other.end)
    placed = _place_agrees(event, other, places)
    if placed is False:
        return False
    dated = (event.low == other.low and event.high == other.high) if event.low is not None else None
    if event.tight and other.tight and placed:
        return True
    if event.ages and event.ages == other.ages and event.harms & other.harms and placed:
        return True
    if not latest:
        return False
    if objects.says_same(claim.quote) and gap <= BACK_REFERENCE_CHARACTERS:
        return True
    if event.several and not other.several:
        return False
    if dated or placed:
        return gap <= PASSAGE_CHARACTERS
    if dated is None and not event.places and not event.place_names:
        return gap <= (PASSAGE_CHARACTERS if event.harms or claim.kind in _DETAILS else SENTENCE_CHARACTERS)
    return gap <= SENTENCE_CHARACTERS and (dated is not None or other.low is None)


_DETAILS = frozenset({"weapon_use", "weapon_id", "verification", "damage", "attribution"})


def _other_site(event: Event, other: Event) -> bool:
    return bool(event.sites and other.sites) and not event.sites & other.sites and not (event.tight and other.tight)


def _place_agrees(event: Event, other: Event, places: Places) -> bool | None:
    """True: same or nested narrowly; False: not shown to be the same; None: one of them names no place."""
    if event.places and other.places:
        standings = {places.standing(x, y) for x in event.places for y in other.places}
        if standings & {"same", "within", "near"}:
            return True
        return None if standings & {"wide"} else False
    if event.place_names and other.place_names:
        return bool(event.place_names & other.place_names)
    if (event.places or event.place_names) and (other.places or other.place_names):
        return False
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
