"""The time of day at which an event happened, as ISO 8601 writes it behind a day: T17:30, T17:30+04:00, T15:30Z.

A time is given only where the words leave no choice: "5:30" alone may be morning or evening, "after 5 pm" is no time.
The zone is written only where the text states one against UTC; else the time is that of the place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOCK = re.compile(
    r"(?<![\w.:,/-])(?:(?P<hour>[01]?\d|2[0-3])(?:(?P<mark>[.:]|h)(?P<minute>[0-5]\d)(?::[0-5]\d)?)?(?![\d:])"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?P<hours>\s?(?:hrs?|hours)\b(?!\s(?:of|after|before|later|earlier)))?|(?P<noon>noon|midday)\b)"
    r"(?:\s?,?\s?in\s+the\s+(?P<part>morning|afternoon|evening)|\s+at\s+(?P<night>night))?"
    r"(?:\s?\(?(?:[a-z]+\s){0,2}local(?:\s+time)?(?:\s+time)?\)?)?"
    r"(?:\s{1,2}\(?(?P<zone>(?:utc|gmt)(?:/gmt|/utc)?)(?:\s?(?P<sign>[+-]|plus|minus)\s?(?P<off>\d{1,2})(?::?(?P<offmin>[0-5]\d))?)?\b\)?)?"
)
_LEADS = re.compile(
    r"(?:\b(?:at|around|about|approximately|roughly|circa|exactly|precisely|by\s+about|from|shortly\s+(?:after|before)|just\s+(?:after|before))"
    r"|~|\btime:)\s{0,2}\Z"
)
_LOOSE = re.compile(r"\b(?:after|before|between|until|till|since|by|to|and|or)\s+(?:around\s+|about\s+)?\Z")
_SAID = re.compile(
    r"\b(?:said|says|states?|stated|told|posted|published|tweeted|reported|wrote|announced|uploaded|shared|issued|released|circulated|appeared|broadcast)"
    r"(?:\s+[\w,'-]+){0,5}\s+(?:at|around|about)\s+\Z"
)
_RECORDING = re.compile(r"\b(?:videos?|footage|recordings?|clips?|minute)\b")


class TimeOfDay(NamedTuple):
    """A time of day: what is written behind the day, and where its words stand."""

    written: str
    start: int
    end: int


def time_in(low: str, start: int, end: int) -> TimeOfDay | None:
    """The one time of day that a sentence in lower case gives; None where it gives none, several, or one of saying."""
    found: TimeOfDay | None = None
    if _RECORDING.search(low, start, end):
        return None  # "at 00:20" may be a place in the recording
    for match in _CLOCK.finditer(low, start, end):
        time = _time(low, match, start)
        if time is None:
            continue
        if found is not None:
            return None
        found = time
    return found


def _time(low: str, match: re.Match[str], start: int) -> TimeOfDay | None:
    plain = match["noon"] is None and match["half"] is None and match["hours"] is None
    if plain and (match["minute"] is None or match["mark"] == "."):
        return None  # "at 12.30" may be a figure; "at 5" says no half of the day
    before = low[max(start, match.start() - 70) : match.start()]
    sure = match["half"] is not None or match["zone"] is not None or "local" in match[0]
    if not sure and _LEADS.search(before) is None:
        return None
    if _SAID.search(before) or (_LOOSE.search(before) and not _LEADS.search(before)):
        return None
    hour = 12 if match["noon"] else int(match["hour"])
    part = match["part"] or match["night"]
    if match["half"]:
        if not 1 <= hour <= 12 and match["half"] == "a":
            return None
        hour = hour if hour > 12 else hour % 12 + (12 if match["half"] == "p" else 0)
    elif part in ("afternoon", "evening") and hour < 12:
        hour += 12
    elif hour < 12 and (part == "night" or (plain and len(match["hour"]) == 1 and part is None)):
        return None
    written = f"T{hour:02d}:{match['minute'] or '00'}"
    if match["zone"]:
        written += "Z" if match["off"] is None else _offset(match)
    return TimeOfDay(written, match.start(), match.end())


def _offset(match: re.Match[str]) -> str:
    sign = "-" if match["sign"] in ("-", "minus") else "+"
    return f"{sign}{int(match['off']):02d}:{match['offmin'] or '00'}"
