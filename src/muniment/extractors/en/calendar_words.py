"""Reckoning with days: what a phrase means once its words are known, and how far a document's own date carries it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from muniment.extractors.en.date_grammar import NUMBERS, ORDINALS
from muniment.model import when
from muniment.model.vocabulary import WhenBasis

ValueKind = Literal["day", "days", "month", "season", "year", "decade", "relative", "anaphoric", "outbreak"]

_DIGITS = re.compile(r"\d{1,2}")
_DAYS = re.compile(r"\d{1,2}|[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_CLOCK = re.compile(r"T(\d\d):?(\d\d)?")
_NEAR_MIDNIGHT_HOURS = 4


@dataclass(frozen=True, slots=True)
class Value:
    """What a phrase means; `sure` is False where only the words before it can show that it is a date."""

    edtf: str | None
    basis: WhenBasis
    kind: ValueKind
    shift: tuple[str, int] | None = None
    year_inferred: bool = False
    weekday_mismatch: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Published:
    """The day a document was published, from which "yesterday" counts.

    Attributes:
        day: the day, None where the date is not known to the day.
        latest: the last day it can be.
        rough: the date is approximate, so that what counts from it is too.
        drift: days by which the local day may differ, where the hour is near midnight: -1, 0 or 1.
    """

    day: dt.date | None
    latest: dt.date | None
    rough: bool = False
    drift: int = 0

    @classmethod
    def of(cls, edtf: str | None) -> Published:
        """Read the document's date; what is not EDTF counts as unknown."""
        try:
            low, high = when.bounds(edtf) if edtf else (None, None)
        except ValueError:
            return cls(None, None)
        clock = _CLOCK.search(edtf or "")
        drift = 0
        if clock is not None:
            hour = int(clock[1])
            drift = 1 if hour >= 24 - _NEAR_MIDNIGHT_HOURS else -1 if hour < _NEAR_MIDNIGHT_HOURS else 0
        return cls(low if low == high else None, high, bool(re.search(r"[~?%]", edtf or "")), drift)

    def year_of(self, month: int, day: int | None) -> int | None:
        """The year of a date without one: the nearest that does not lie after the publication."""
        if self.latest is None:
            return None
        year = self.latest.year
        limit = self.latest + dt.timedelta(days=1)
        first = day_of(year, month, day or 1)
        if first is None:
            return next((y for y in range(year, year - 8, -1) if day_of(y, month, day or 1)), None)
        return year if first <= limit else year - 1

    def _mark(self) -> str:
        return "~" if self.rough else ""

    def days_back(self, n: int) -> Value:
        """So many days before; near midnight the two days that it may be."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        day = self.day - dt.timedelta(days=n)
        if self.drift:
            low, high = sorted((day, day + dt.timedelta(days=self.drift)))
            return Value(f"{low.isoformat()}/{high.isoformat()}", "resolved", "relative")
        return Value(day.isoformat() + self._mark(), "resolved", "relative")

    def back(self, unit_: str, n: int, word: str) -> Value:
        """N units ago."""
        if self.day is None or n > 400:
            return Value(None, "resolved", "relative")
        if unit_ == "hour":
            return self.days_back(n // 24) if n >= 24 else self._span(self.day - dt.timedelta(days=n > 6), self.day)
        if unit_ == "day":
            return (
                self.days_back(n)
                if word not in ("several", "a few")
                else self._span(self.day - dt.timedelta(days=7), self.day)
            )
        if unit_ == "week":
            return Value((self.day - dt.timedelta(days=7 * n)).isoformat() + "~", "resolved", "relative")
        return Value(shifted(self.day, unit_, -n), "resolved", "relative")

    def past(self, unit_: str, n: int | None, *, plural: bool) -> Value | None:
        """The last N units, up to the publication."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        number_ = n if n is not None else (3 if plural else 1)
        if number_ > 400:
            return None
        low = self.day - dt.timedelta(days=-(-number_ // 24)) if unit_ == "hour" else before(self.day, unit_, number_)
        return self._span(low, self.day, rough=True)

    def recent(self, days: int) -> Value:
        """A loose stretch of days up to the publication."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        return self._span(self.day - dt.timedelta(days=days), self.day, rough=True)

    def night(self) -> Value:
        """The night before the publication: two days."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        return self._span(self.day - dt.timedelta(days=1), self.day)

    def weekend(self) -> Value:
        """The Saturday and Sunday last begun."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        saturday = self.day - dt.timedelta(days=(self.day.isoweekday() + 1) % 7)
        return self._span(saturday, min(saturday + dt.timedelta(days=1), self.day))

    def weekdays(self, first: int, last: int, *, both: bool) -> Value:
        """From one weekday to the next such, the last one the most recent; `both`: those two days alone."""
        end = self.weekday(last, last=False)
        if self.day is None or end.edtf is None:
            return end
        high = dt.date.fromisoformat(end.edtf[:10])
        low = high - dt.timedelta(days=(last - first) % 7)
        if both and (high - low).days > 1:
            return Value(f"{{{low.isoformat()},{high.isoformat()}}}", "resolved", "relative")
        return self._span(low, high)

    def weekday(self, number_: int, *, last: bool) -> Value:
        """The most recent such weekday, the day of publication itself unless it is called the last."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        back = (self.day.isoweekday() - number_) % 7
        if last and back == 0:
            back = 7
        return Value((self.day - dt.timedelta(days=back)).isoformat() + self._mark(), "resolved", "relative")

    def period(self, which: str, unit_: str) -> Value:
        """This or last week, month or year."""
        if self.day is None:
            return Value(None, "resolved", "relative")
        day, ago = self.day, int("this" not in which)
        if unit_ == "week":
            monday = day - dt.timedelta(days=day.isoweekday() - 1 + 7 * ago)
            return self._span(monday, day if not ago else monday + dt.timedelta(days=6))
        whole = shifted(day, unit_, -ago)
        if which.startswith(("early", "beginning", "late", "end")):
            part = which.split()[0]
            year, _, month = whole.partition("-")
            return Value(
                month_part(int(year), int(month), part) if month else year_part(int(year), part), "resolved", "relative"
            )
        return Value(whole, "resolved", "relative")

    def _span(self, low: dt.date, high: dt.date, *, rough: bool = False) -> Value:
        mark = "~" if rough or self.rough else ""
        if low == high:
            return Value(low.isoformat() + mark, "resolved", "relative")
        return Value(f"{low.isoformat()}{mark}/{high.isoformat()}{self._mark()}", "resolved", "relative")


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def day_value(year: int, month: int, day: int) -> Value | None:
    """The value of one whole date."""
    date = day_of(year, month, day)
    return Value(date.isoformat(), "explicit", "day") if date else None


def day_number(words: str) -> int:
    """The day of the month in "27", "the 27th", "twenty-seventh"."""
    digits = _DIGITS.search(words)
    if digits is not None:
        return int(digits[0])
    return ORDINALS.get(words.lower().split()[-1], 0)


def day_numbers(words: str) -> list[int]:
    """The days of a list: "3, 5 and 7"."""
    found = [int(w) if w.isdigit() else ORDINALS.get(w.lower(), 0) for w in _DAYS.findall(words)]
    return [day for day in found if day]


def number(words: str) -> int:
    """A small number in words or digits."""
    plain = " ".join(words.lower().split())
    return int(plain) if plain.isdigit() else NUMBERS[plain]


def unit(words: str | None) -> str:
    """The unit of a phrase: parts of a day count as days."""
    return words.lower() if words and words.lower() in ("week", "month", "year") else "day"


def is_common_word(name: str) -> bool:
    """Whether a month's name in lower case is rather a verb or another word: "may", "march", "mar"."""
    return not name[:1].isupper() and name.lower() in ("may", "march", "mar", "dec", "sep", "jan")


def before(day: dt.date, unit_: str, n: int) -> dt.date:
    """The day so many units earlier, clipped to the month's end."""
    if unit_ in ("day", "week"):
        return day - dt.timedelta(days=n * (7 if unit_ == "week" else 1))
    months = day.year * 12 + day.month - 1 - n * (12 if unit_ == "year" else 1)
    year, month = max(1, months // 12), months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shifted(day: dt.date, unit_: str, n: int) -> str:
    """The month or year so many units away, as EDTF."""
    moved = before(day, unit_, -n)
    return f"{moved.year:04d}" if unit_ == "year" else f"{moved.year:04d}-{moved.month:02d}"


def _third(part: str) -> int:
    """Which third of a span a word names: 0 early, 1 middle, 2 late; 3 and 4 the halves."""
    words = part.lower().split()
    if "half" in words:
        return 3 if "first" in words else 4
    if words[0] == "the":
        words = words[1:]
    return 0 if words[0] in ("early", "beginning", "start") else 2 if words[0] in ("late", "end") else 1


_WEEKS = ("first", "second", "third", "fourth")


def month_part(year: int, month: int, part: str | None) -> str:
    """A month or a part of it: early is the 1st to 10th, mid the 11th to 20th, late the rest."""
    if not part:
        return f"{year:04d}-{month:02d}"
    last = calendar.monthrange(year, month)[1]
    words = part.lower().removeprefix("the ").split()
    if words[1:2] in (["week"], ["days"]):
        length = 7 if words[1] == "week" else 5
        low = last - length + 1 if words[0] in ("last", "final") else 1 + length * _WEEKS.index(words[0])
        return f"{year:04d}-{month:02d}-{low:02d}~/{year:04d}-{month:02d}-{low + length - 1:02d}~"
    low, high = ((1, 10), (11, 20), (21, last), (1, 15), (16, last))[_third(part)]
    return f"{year:04d}-{month:02d}-{low:02d}~/{year:04d}-{month:02d}-{high:02d}~"


def year_part(year: int, part: str | None) -> str:
    """A year or a part of it, in months."""
    if not part:
        return f"{year:04d}"
    low, high = ((1, 4), (5, 8), (9, 12), (1, 6), (7, 12))[_third(part)]
    return f"{year:04d}-{low:02d}~/{year:04d}-{high:02d}~"


def decade_part(decade: int, part: str | None) -> str:
    """A decade or a part of it, in years."""
    if not part:
        return f"{decade // 10:03d}X"
    low, high = ((0, 3), (3, 6), (6, 9), (0, 4), (5, 9))[_third(part)]
    return f"{decade + low:04d}~/{decade + high:04d}~"


def joined(low: str, high: str) -> str:
    """From the beginning of one span to the end of another."""
    return f"{low.split('/')[0]}/{high.split('/')[-1]}"


def last_season(day: dt.date, season: int, *, this: bool) -> str:
    """The season last ended or, with `this`, last begun."""
    for year in range(day.year + 1, day.year - 3, -1):
        low, high = when.bounds(f"{year}-{season}")
        if low is not None and high is not None and (low <= day if this else high < day):
            return f"{year:04d}-{season}"
    return f"{day.year - 1:04d}-{season}"


def quarter(year: int, which: str, kind: str) -> Value | None:
    """A half or quarter of a year, in months."""
    n = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3 if kind == "quarter" else 1}[which]
    size = 3 if kind == "quarter" else 6
    if (n + 1) * size > 12:
        return None
    return Value(f"{year:04d}-{n * size + 1:02d}/{year:04d}-{(n + 1) * size:02d}", "explicit", "month")
