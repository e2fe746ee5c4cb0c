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

DATES_APART = "the dates cannot both hold"
HOURS_APART_MINUTES = 180

AGREED_DAYS = frozenset({"same_day", "overlapping_days", "same_period", "day_in_period"})
AGREED_PLACES = frozenset({"same_spot", "same_place", "same_district", "place_within_place", "places_near"})
"""Where both agree, it matters whether day and place name one event or several."""

AIMED_AT = frozenset({"targeted"})
"""To be the target is no other harm than to be hurt."""

FEW = 3
"""Up to so many events told apart of one day and place are several, more are many."""

FAR_APART = 2.0
"""Figures that differ by this factor are hardly the same count."""

PERIOD_DAYS = 35
"""Dates that leave no more days open than this can still agree with another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one pair. `barred` says in words why they cannot be one; None where nothing bars them."""

    score: float
    marks: tuple[str, ...]
    barred: str | None = None

    @property
    def a_day_apart(self) -> bool:
        """Whether nothing but a day between them bars the two: dates slip by one more often than anything else."""
        return self.barred == DATES_APART and "adjacent_days" in self.marks

    @property
    def specific(self) -> bool:
        """Whether something distinctive agrees, beyond day and place."""
        return any(mark in SPECIFIC for mark in self.marks)

    def why(self) -> str:
        """What agreed and what differed, with the weights."""
        if self.barred is not None and not self.a_day_apart:
            return self.barred
        return "; ".join(f"{WORDS[mark]} {WEIGHTS[mark]:+.1f}" for mark in self.marks) + f" = {self.score:.1f}"


def cannot_be_one(a: Event, b: Event, places: Places) -> str | None:
    """Why two events cannot be one whatever else agrees; None where they can."""
    if a.family != b.family:
        return "different kinds of event"
    if a.aggregate != b.aggregate and not _either_scope(a, b):
        return "one speaks of a period or an area, the other of one event"
    if a.low is not None and a.high is not None and b.low is not None and b.high is not None:
        slack = 1 if a.family == "ceasefire" else 0
        if a.low > b.high + slack or b.low > a.high + slack:
            return DATES_APART
    for one, other in ((a, b), (b, a)):
        if one.low is not None and other.ceiling is not None and one.low > other.ceiling:
            return "one happened after the other was already reported"
    if _rows_apart(a, b):
        return "one report gives each a row of its own"
    if _places_apart(a, b, places):
        return "the places cannot both hold"
    return None


def _a_day_apart(a: Event, b: Event, places: Places) -> bool:
    """Whether both say when, the one begins the day after the other ends, and only that sets them apart."""
    if not a.tight or not b.tight or a.low is None or a.high is None or b.low is None or b.high is None:
        return False
    if a.low != b.high + 1 and b.low != a.high + 1:
        return False
    for one, other in ((a, b), (b, a)):
        if one.ceiling is not None and other.low is not None and other.low > one.ceiling:
            return False
    if a.aggregate or b.aggregate or not a.documents.isdisjoint(b.documents) or _rows_apart(a, b):
        return False
    return not _places_apart(a, b, places)


def _rows_apart(a: Event, b: Event) -> bool:
    """Whether one report gives each a row of its own."""
    if not a.rows or not b.rows or a.rows & b.rows:
        return False
    return bool({report for report, _ in a.rows} & {report for report, _ in b.rows})


def _either_scope(a: Event, b: Event) -> bool:
    """Whether to speak of a period or an area does not tell two apart: fighters brought in stay, wherever in it."""
    if a.family == "deployment":
        return not a.counts and not b.counts
    return _says_nothing_closer(a) and _says_nothing_closer(b)


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
    if barred is not None and not (barred == DATES_APART and _a_day_apart(a, b, places)):
        return _outcome((), barred)
    marks = [mark for mark in (_days(a, b), _hours(a, b), _places(a, b, places)) if mark]
    marks += weapons.marks(a.models, b.models, a.weapons, b.weapons)
    if a.ways and b.ways:
        marks.append("same_way" if a.ways & b.ways else "different_way")
    if a.groups and b.groups:
        marks.append("same_group" if a.groups & b.groups else "different_group")
    if max(a.crowd, b.crowd) > 1 and AGREED_DAYS & set(marks) and AGREED_PLACES & set(marks):
        marks.append("many_told_there" if max(a.crowd, b.crowd) > FEW else "several_told_there")
    if a.parties and b.parties:
        marks.append("same_party" if a.parties & b.parties else "different_party")
    marks += _harms(a.harms, b.harms)
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
    elif a.publishers & b.publishers and not a.documents & b.documents and a.family not in RARE:
        marks.append("told_twice")
    conflict = counts_conflict(a, b)
    if conflict:
        marks.append("counts_far_apart" if conflict >= FAR_APART else "counts_conflict")
    if a.family in RARE and _near_in_time(a, b):
        marks.append("rare_kind")
    if "same_words" not in marks:
        if a.another or b.another:
            marks.append("said_to_be_another")
        if a.several != b.several:
            marks.append("several_events")
    return _outcome(tuple(marks), barred)


_OUTCOMES: dict[tuple[tuple[str, ...], str | None], Comparison] = {}


def _outcome(marks: tuple[str, ...], barred: str | None) -> Comparison:
    """The outcome with these marks; a million pairs have a few thousand outcomes, so equal ones are one object."""
    score = sum(WEIGHTS[mark] for mark in marks) if marks else float("-inf") if barred is not None else 0.0
    known = _OUTCOMES.get((marks, barred))
    if known is None or known.score != score:
        known = _OUTCOMES[(marks, barred)] = Comparison(score, marks, barred)
    return known


def _near_in_time(a: Event, b: Event) -> bool:
    one, other = a.first_day, b.first_day
    if one is None and other is None:
        return a.family == "deployment"
    return one is not None and other is not None and abs(one - other) <= 1


def _days(a: Event, b: Event) -> str | None:
    if (a.onset is not None or b.onset is not None) and a.first_day is not None and a.first_day == b.first_day:
        return "same_day"
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    if not a.tight or not b.tight:
        if max(a.high - a.low, b.high - b.low) > PERIOD_DAYS or a.low > b.high or b.low > a.high:
            return None
        return "same_period" if (a.low, a.high) == (b.low, b.high) else "day_in_period"
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
            if several:
                return "places_shared_in_part"
            return _SAME[min(_FINENESS.index(places.precision(x)) for x in a.places & b.places)]
        if a.places & b.places:
            return "same_wide_place"
        for standing, mark in (("within", "place_within_place"), ("near", "places_near"), ("wide", "same_wide_area")):
            if standing in standings:
                return mark
        return None
    if a.place_names & b.place_names:
        return "same_place_name_unresolved"
    return None


_FINENESS = ("exact", "vicinity", "locality", "district", "region", "country", "unknown")
_SAME = ("same_spot", "same_spot", "same_place", "same_district", "same_place", "same_place", "same_place")


def _harms(ours: frozenset[str], theirs: frozenset[str]) -> list[str]:
    if ours & theirs:
        return ["same_harm"] if ("killed" in ours) == ("killed" in theirs) else ["same_harm", "death_in_one"]
    if ours - AIMED_AT and theirs - AIMED_AT:
        return ["different_harm"]
    return ["death_in_one"] if "killed" in ours or "killed" in theirs else []


def _people(a: Event, b: Event) -> bool:
    return any(" " in name for name in a.people & b.people)


def counts_conflict(a: Event, b: Event) -> float:
    """By what factor totals of one harm miss each other, where no number satisfies both; 0 where none do."""
    other = {harm: (least, most) for harm, least, most in b.counts}
    worst = 0.0
    for harm, least, most in a.counts:
        if harm in other:
            low, high = other[harm]
            if most < low:
                worst = max(worst, (low + 1) / (most + 1))
            elif high < least:
                worst = max(worst, (least + 1) / (high + 1))
    return worst
