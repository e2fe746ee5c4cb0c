"""When an event happened: EDTF (ISO 8601-2) with inclusive day bounds; never the date of the statement."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from muniment.model.vocabulary import WhenBasis

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
_MARKS = str.maketrans("", "", "~?%")
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class When:
    """The date of an event: the words, the EDTF, and the first and last day it can mean (both inclusive)."""

    raw: str
    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    basis: WhenBasis

    @classmethod
    def of(cls, raw: str, edtf: str, basis: WhenBasis) -> When:
        """A date whose bounds follow from its EDTF."""
        earliest, latest = bounds(edtf)
        return cls(raw, edtf, earliest, latest, basis)


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day an EDTF expression can mean; None for an open or unknown end.

    Reads levels 0 and 1, `X` digits, seasons 21–24, sets and intervals. A time of day narrows nothing.

    Raises:
        ValueError: where the expression is not EDTF of that kind.

    Source: ISO 8601-2:2019; Library of Congress EDTF specification.
    """
    text = edtf.strip()
    if text and text[0] in "[{" and text[-1] in "]}":
        parts = [bounds(part.strip()) for part in text[1:-1].split(",")]
        lows = [low for low, _ in parts]
        highs = [high for _, high in parts]
        return (
            None if None in lows else min(low for low in lows if low),
            None if None in highs else max(high for high in highs if high),
        )
    if ".." in text and "/" not in text:
        text = text.replace("..", "/", 1) if not text.endswith("..") else text[:-2] + "/.."
    if "/" in text:
        first, last = text.split("/", 1)
        low = None if first in ("", "..") else _one(first)[0]
        high = None if last in ("", "..") else _one(last)[1]
        if low and high and high < low:
            raise ValueError(f"{edtf!r} ends before it begins")
        return low, high
    return _one(text)


def _one(text: str) -> tuple[dt.date, dt.date]:
    bare = text.strip().translate(_MARKS).split("T")[0]
    match = _DATE.fullmatch(bare)
    if match is None:
        raise ValueError(f"{text!r} is not an EDTF date")
    year, month, day = match.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        raise ValueError(f"{text!r}: the year 0 is outside what a day can carry")
    if month in (None, "XX"):
        return dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    number = int(month)
    if number in _SEASON_MONTH:
        start = dt.date(first_year, _SEASON_MONTH[number], 1)
        end_year, end_month = (last_year + 1, 2) if number == 24 else (last_year, _SEASON_MONTH[number] + 2)
        return start, dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    if day in (None, "XX"):
        last_day = calendar.monthrange(last_year, number)[1]
        return dt.date(first_year, number, 1), dt.date(last_year, number, last_day)
    return dt.date(first_year, number, int(day)), dt.date(last_year, number, int(day))
