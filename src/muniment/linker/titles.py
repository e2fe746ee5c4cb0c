"""Titles of incidents in plain words: what, where, when. Never a victim's name: a title may leave the case."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from muniment.model import Claim

_STRIKES = {
    "cluster": "Cluster munition strike",
    "ballistic_missile": "Ballistic missile strike",
    "mlrs": "Rocket artillery strike",
    "artillery": "Shelling",
    "rocket": "Rocket strike",
    "air_bomb": "Air strike",
    "air_strike": "Air strike",
    "guided_bomb": "Guided bomb strike",
    "drone": "Drone strike",
    "landmine": "Landmine explosion",
    "small_arms": "Shooting",
    "blade": "Attack with a blade",
    "incendiary": "Incendiary attack",
    "spyware": "Spyware infection",
    "explosive_wide_area": "Strike with explosive weapons",
    "barrel_bomb": "Barrel bomb strike",
}
_FAMILIES = {
    "detention": "Detention",
    "ill_treatment": "Ill-treatment",
    "restriction": "Restriction",
    "deprivation": "Deprivation",
    "displacement": "Displacement",
    "surveillance": "Surveillance",
    "ceasefire": "Ceasefire",
    "deployment": "Foreign fighters",
}
_TOLLS = {
    "detention": "Detentions",
    "displacement": "Displacement",
    "deprivation": "Deprivation",
    "surveillance": "Surveillance",
    "restriction": "Restrictions",
    "ceasefire": "Ceasefires",
    "deployment": "Foreign fighters",
    "ill_treatment": "Ill-treatment",
}


def title(
    family: str,
    claims: Sequence[Claim],
    place: str | None,
    low: dt.date | None,
    high: dt.date | None,
    *,
    aggregate: bool,
) -> str:
    """A title such as "Cluster munition strike, Norvik, 9 March 2031".

    Args:
        family: the kinds of event these claims can speak of.
        claims: of the incident.
        place: its preferred name or the words used for it, None where unknown.
        low: first day.
        high: last day.
        aggregate: whether it is a period or an area rather than one event.
    """
    parts = [_what(family, claims, aggregate=aggregate)]
    if place:
        parts.append(place)
    when = days_in_words(low, high)
    if when:
        parts.append(when)
    elif not aggregate:
        parts.append("date unknown")
    return ", ".join(parts)


def _what(family: str, claims: Sequence[Claim], *, aggregate: bool) -> str:
    if family != "attack":
        return _TOLLS[family] if aggregate else _FAMILIES[family]
    if aggregate:
        harms = {harm for claim in claims for harm in claim.harm}
        return "Casualties over a period" if harms else "Series of attacks"
    weapons = Counter(
        claim.weapon.class_ for claim in claims if claim.weapon is not None and claim.weapon.class_ in _STRIKES
    )
    if weapons:
        best = min(weapons.items(), key=lambda item: (-item[1], item[0]))[0]
        return _STRIKES[best]
    kinds = {claim.kind for claim in claims}
    if kinds <= {"damage"}:
        return "Damage"
    if any(claim.party is not None for claim in claims) or kinds & {"incident", "weapon_use", "weapon_id", "damage"}:
        return "Attack"
    harms = {harm for claim in claims for harm in claim.harm}
    return "Killing" if "killed" in harms else "Injury" if "injured" in harms else "Incident"


def days_in_words(low: dt.date | None, high: dt.date | None) -> str:
    """Days as a person writes them: "9 March 2031", "3–4 October 2031", "since 12 December 2031"."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"until {_day(high)}"
    if high is None:
        return f"since {_day(low)}"
    if low == high:
        return _day(low)
    if low.day == 1 and (high + dt.timedelta(days=1)).day == 1:
        if (low.year, low.month) == (high.year, high.month):
            return f"{low:%B} {low.year}"
        if low.month == 1 and high.month == 12 and low.year == high.year:
            return str(low.year)
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day}–{_day(high)}"
    if low.year == high.year:
        return f"{low.day} {low:%B} – {_day(high)}"
    return f"{_day(low)} – {_day(high)}"


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B} {day.year}"
