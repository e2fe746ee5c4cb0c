"""Compare two events: what bars them from being one, and the weight of all they agree and differ in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from muniment.linker import weapons
from muniment.linker.event import Event
from muniment.linker.places import Places
from muniment.linker.weights import SPECIFIC, WEIGHTS, WORDS

RARE = frozenset({"ceasefire", "deployment"})
"""Kinds of event so rare that two within a day of each other are likely one."""

HOURS_APART_MINUTES = 180


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one pair. `barred` says in words why they cannot be one; None where nothing bars them."""

    score: float
    marks: tuple[str, ...]
    barred: str | None = None

    @property
    def specific(self) -> bool:
        """Whether something distinctive agrees, beyond day and place."""
        return any(mark in SPECIFIC for mark in self.marks)

    def why(self) -> str:
        """What agreed and what differed, with the weights."""
        if self.barred is not None:
            return self.barred
        return "; ".join(f"{WORDS[mark]} {WEIGHTS[mark]:+.1f}" for mark in self.marks) + f" = {self.score:.1f}"


def cannot_be_one(a: Event, b: Event, places: Places) -> str | None:
    """Why two events cannot be one whatever else agrees; None where they can."""
    if a.family != b.family:
        return "different kinds of event"
    if a.aggregate != b.aggregate and not (_says_nothing_closer(a) and _says_nothing_closer(b)):
        return "one speaks of a period or an area, the other of one event"
    if a.low is not None and a.high is not None and b.low is not None and b.high is not None:
        slack = 1 if a.family == "ceasefire" else 0
        if a.low > b.high + slack or b.low > a.high + slack:
            return "the dates cannot both hold"
    for one, other in ((a, b), (b, a)):
        if one.low is not None and other.ceiling is not None and one.low > other.ceiling:
            return "one happened after the other was already reported"
    if (
        a.rows
        and b.rows
        and not a.rows & b.rows
        and {report for report, _ in a.rows} & {report for report, _ in b.rows}
    ):
        return "one report gives each a row of its own"
    if _places_apart(a, b, places):
        return "the places cannot both hold"
    return None


def _says_nothing_closer(event: Event) -> bool:
    """Whether it gives neither day nor place nor figure: then one event and a pattern are not told apart by it."""
    return event.low is None and not event.places and not event.place_names and not event.counts


def voices_meet(names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a name of the one is a name of the other, or its branch: "Lantern Desk" and "Lantern Desk Olm"."""
    if not names or not others:
        return False
    return not names.isdisjoint(others) or any(_branch(x, y) for x in names for y in others)


@lru_cache(maxsize=65536)
def _branch(x: str, y: str) -> bool:
    short, long = sorted((x, y), key=len)
    return " " in short and long.startswith(short + " ")


def _places_apart(a: Event, b: Event, places: Places) -> bool:
    if not a.places or not b.places:
        return False
    return all(places.standing(x, y) == "apart" for x in a.places for y in b.places)


def compare(a: Event, b: Event, places: Places) -> Comparison:
    """Weigh two events against each other. Symmetric."""
    barred = cannot_be_one(a, b, places)
    if barred is not None:
        return Comparison(float("-inf"), (), barred)
    marks = [mark for mark in (_days(a, b), _hours(a, b), _places(a, b, places)) if mark]
    marks += weapons.marks(a.models, b.models, a.weapons, b.weapons)
    if a.parties and b.parties:
        marks.append("same_party" if a.parties & b.parties else "different_party")
    if a.harms & b.harms:
        marks.append("same_harm")
    if _people(a, b):
        marks.append("same_person")
    if a.ages & b.ages and len(a.ages) == 1 and len(b.ages) == 1:
        marks.append("same_age")
    if a.sites and b.sites:
        marks.append("same_site" if a.sites & b.sites else "different_site")
    if a.words & b.words:
        marks.append("same_words")
    if voices_meet(a.cited, b.publishers) or voices_meet(b.cited, a.publishers):
        marks.append("cites_the_other")
    elif voices_meet(a.publishers, b.publishers) and not a.documents & b.documents and not (a.tight and b.tight):
        marks.append("same_publisher")
    if counts_conflict(a, b):
        marks.append("counts_conflict")
    if a.family in RARE and _near_in_time(a, b):
        marks.append("rare_kind")
    if "same_words" not in marks:
        if a.another or b.another:
            marks.append("said_to_be_another")
        if a.several != b.several:
            marks.append("several_events")
    return Comparison(sum(WEIGHTS[mark] for mark in marks), tuple(marks))


def _near_in_time(a: Event, b: Event) -> bool:
    one, other = a.first_day, b.first_day
    if one is None and other is None:
        return a.family == "deployment"
    return one is not None and other is not None and abs(one - other) <= 1


def _days(a: Event, b: Event) -> str | None:
    if (a.onset is not None or b.onset is not None) and a.first_day is not None and a.first_day == b.first_day:
        return "same_day"
    if not a.tight or not b.tight or a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    if a.low > b.high or b.low > a.high:
        return "adjacent_days"
    return "same_day" if a.low == b.low and a.high == b.high else "overlapping_days"


def _hours(a: Event, b: Event) -> str | None:
    if a.minute is None or b.minute is None or not a.one_day or not b.one_day:
        return None
    return "different_hour" if abs(a.minute - b.minute) >= HOURS_APART_MINUTES else None


def _places(a: Event, b: Event, places: Places) -> str | None:
    if a.places and b.places:
        standings = {places.standing(x, y) for x in a.places for y in b.places}
        if "same" in standings:
            several = max(len(a.places), len(b.places)) > 1 and any(
                places.standing(x, y) == "apart" for x in a.places for y in b.places
            )
            return "places_shared_in_part" if several else "same_place"
        if a.places & b.places:
            return "same_wide_place"
        for standing, mark in (("within", "place_within_place"), ("near", "places_near"), ("wide", "same_wide_area")):
            if standing in standings:
                return mark
        return None
    if a.place_names & b.place_names:
        return "same_place_name_unresolved"
    return None


def _people(a: Event, b: Event) -> bool:
    return any(" " in name for name in a.people & b.people)


def counts_conflict(a: Event, b: Event) -> bool:
    """Whether both give totals of one harm that no number satisfies."""
    other = {harm: (least, most) for harm, least, most in b.counts}
    return any(harm in other and (most < other[harm][0] or other[harm][1] < least) for harm, least, most in a.counts)
