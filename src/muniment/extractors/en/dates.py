"""Dates in English text, as EDTF: explicit, yearless, partial, approximate, ranges, and counted from another day.

A figure that merely stands beside a date ("on 17 October, 21 civilians") and the verb "may" are not dates. Nothing is
guessed: a phrase whose anchor is not known has no `edtf`, but says by `shift` how it counts.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from muniment.extractors.en import calendar_words as cal
from muniment.extractors.en.date_grammar import (
    ANCHOR,
    BEGINNING,
    GRAMMAR,
    LONGEST_BEGINNING,
    MONTHS,
    NUMBERS,
    REACH,
    RECENT_DAYS,
    SEASONS,
    WEEKDAYS,
    WORDS,
    any_of,
)  # fmt: skip
from muniment.model import when
from muniment.model.vocabulary import WhenBasis

DateKind = Literal["day", "days", "month", "season", "year", "decade", "relative", "anaphoric", "outbreak"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as written.

    Attributes:
        start: offset of its first character in the text.
        end: offset after its last.
        raw: the words.
        edtf: what they mean; None where that hangs on a day not known yet.
        basis: `explicit` where the words give it, `resolved` where it was reckoned from another day.
        kind: the sort of phrase.
        shift: for a phrase that counts from an event told before: (unit, number), e.g. ("day", 1) for the next day.
        year_inferred: the year is not written.
        weekday_mismatch: the weekday written is not that of the date.
        time: a time of day written beside it, with its zone, as written.
        lent: where the date stands from which it took its year.
    """

    start: int
    end: int
    raw: str
    edtf: str | None
    basis: WhenBasis
    kind: DateKind
    shift: tuple[str, int] | None = None
    year_inferred: bool = False
    weekday_mismatch: bool = False
    time: str | None = None
    lent: tuple[int, int] | None = None


_BEFORE = re.compile(
    rf"(?:\b(?P<span>(?P<spann>\d{{1,2}}|{any_of(NUMBERS)})\s{{1,9}}(?P<spanu>day|week|month|year)s\s{{1,9}}(?:up\s{{1,9}})?(?:to|ending|until|through))|"
    r"\b(?P<since>since|from|starting(?: on| from)?|beginning(?: on| from| in)?|after)"
    r"|\b(?P<until>as of|until|till|up to|through|by|before|prior to|no later than)"
    r"|\b(?P<about>around|about|circa|ca?\.|approximately|on or about|roughly)"
    r"|\b(?P<between>between)|(?P<week>\bthe week (?:of|from|beginning|starting))"
    r"|\b(?P<in>in|during|throughout|of|over|within|late in|early in|on|to|and|year|the)|(?P<open>\())"
    r"\s{1,12}(?:(?:the|early|late|as|on|in|around|about)\s{1,12}){0,2}\Z|(?P<paren>\()\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s{1,3}(?:(?P<on>onwards?|forward)\b|on(?=\s{0,2}[,.;)])|(?P<later>and (?:later|after)))", re.IGNORECASE
)
_TIME = re.compile(
    r"\s{0,3},?\s{1,3}(?:(?:at|from|around|about|shortly after|just after|just before|before|after)\s{1,3}){1,2}"
    r"(?:(?:around|about|approximately|roughly|exactly)\s{1,3})?"
    r"(?:(?:[01]?\d|2[0-4])[.:h]?[0-5]\d(?:\s{0,2}[ap]\.?m\b\.?)?|(?:[01]?\d)\s{0,2}(?:[ap]\.?m\b\.?|o'clock)|noon|midnight|midday|dawn|dusk)"
    r"(?:\s{1,3}(?:\(?local(?:\s{1,3}time)?\)?|GMT|UTC|[A-Z]{2,4}T\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|hours?))?",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b(?:{any_of(WORDS['month_alone']['before'])})\s{{1,9}}\Z", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\s{{1,9}}(?:[a-z-]{{1,15}}\s{{1,9}})?(?:{any_of(WORDS['counted']['nouns'])})(?:\b|(?<=%))", re.IGNORECASE
)
_EVENT_AFTER = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:attacks?|(?:air)?strikes?|raids?|shelling|bombing|explosions?|blasts?|massacre|incident|killings?)\b",
    re.IGNORECASE,
)
_INSTRUMENT = re.compile(
    r"convention|protocol|covenant|resolution|treaty|statute|constitution|\blaw\b|declaration|born\b", re.IGNORECASE
)
_YEAR_SAID = re.compile(r",?\s{1,9}(?:of\s{1,9})?(?P<which>this|last)\s{1,9}year\b", re.IGNORECASE)
_MONTH_TELLS = re.compile(r"\s+(?:was|saw|had|brought|remained|proved|became|marked)\b")
_SOON_DAYS = {"hours": 1, "days": 7, "weeks": 30, "months": 180}
"""How long after an event "within days" and "in the weeks that followed" reach."""
_LOOKS_BACK_DAYS = 300
_NEAR = 900
"""Within so many characters a date with its year lends that year to one without."""


def find(
    text: str, start: int, end: int, published: str | None, lend: Callable[[], DateMention | None] | None = None
) -> list[DateMention]:
    """The dates in `text[start:end]`, in order, none overlapping.

    Args:
        text: the exhibit's text, or its plain twin of the same length.
        start: where to begin.
        end: where to stop.
        published: EDTF of the document's publication, from which relative and yearless dates are reckoned.
        lend: gives the last date before `start` that carries its year; asked only where a year is missing.
    """
    return _Finder(text, start, end, published, lend).run()


_LATEST = re.compile(r"(?<!\w)(?:latest|most\s+recent)\s+(?:[\w-]+\s+){0,3}?[\w-]+,?\s+(?:on|in)\s+\Z", re.IGNORECASE)
"""Words in front of a date that set it shortly before publication: "in the latest incident, on "."""


class _Finder:
    """One pass over a text; remembers the last date that carried its year."""

    def __init__(
        self, text: str, start: int, end: int, published: str | None, lend: Callable[[], DateMention | None] | None
    ) -> None:
        self.lend = lend
        self.text, self.start, self.end = text, start, end
        self.published = cal.Published.of(published)
        self.last_full: DateMention | None = None
        self._lent: tuple[int, int] | None = None
        self._after = start
        self._year_told: DateMention | None = None
        self._width = 0
        self._small = ""

    def run(self) -> list[DateMention]:
        found: list[DateMention] = []
        part = self.text[self.start : self.end]
        small = part.lower()
        if len(small) != len(part):
            small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in part)
        self._small = small
        reached = self.start
        for anchor in ANCHOR.finditer(small):
            at = anchor.start() + self.start
            if at < reached:
                continue
            for match in self._matches(anchor.lastgroup or "", at, anchor.end() + self.start, reached):
                mention = self._mention(match)
                if mention is not None:
                    found.append(mention)
                    reached = mention.end
                    self._remember(mention)
                    break
        return found

    def _matches(self, kind: str, at: int, anchor_end: int, reached: int) -> Iterator[re.Match[str]]:
        grammar = GRAMMAR[kind]
        first = max(reached, at - REACH) - self.start
        last = at - self.start
        for word in BEGINNING[kind].finditer(self._small, first, last + LONGEST_BEGINNING):
            begin = word.start() + self.start
            if begin > at:
                return
            match = grammar.match(self.text, begin, self.end)
            if match is None or match.end() < anchor_end - 1 or match.end() <= at:
                continue
            yield match
            if match.lastgroup == "md":  # a month whose number is no day: "in March 12 people were killed"
                alone = GRAMMAR["part"].match(self.text, begin, self.end)
                if alone is not None and alone.end() > at:
                    yield alone
            return

    def _remember(self, mention: DateMention) -> None:
        if mention.kind == "year" and mention.edtf is not None and mention.edtf.isdigit():
            self._year_told = mention
        if mention.kind not in ("day", "days") or mention.edtf is None or mention.year_inferred:
            return
        if mention.basis != "explicit" or _INSTRUMENT.search(
            self.text, max(self.start, mention.start - 90), mention.end
        ):
            return
        self.last_full = mention

    def _year(self, month: int, day: int | None, at: int) -> int | None:
        """The year of a date written without one."""
        said = _YEAR_SAID.match(self.text, self._after, self.end)
        if said is not None and self.published.latest is not None:
            return self.published.latest.year - int(said["which"].lower() == "last")
        latest_one = self.published.latest is not None and _LATEST.search(self.text, max(self.start, at - 60), at)
        lender = None if latest_one else self._lender(at) or self._far_lender()
        if day is None and self._year_told is not None and _MONTH_TELLS.match(self.text, self._after, self.end):
            lender = self._year_told  # "In 2030 ... March was the worst month"
        near = when.bounds(lender.edtf or "")[0] if lender is not None else None
        if lender is not None and near is not None:
            years = (near.year - 1, near.year, near.year + 1)
            days = [d for y in years if (d := cal.day_of(y, month, day or 1)) is not None]
            latest = self.published.latest
            days = [d for d in days if latest is None or d <= latest]
            if lender is self._year_told:
                days = [each for each in days if each.year == near.year]
            if days:
                self._lent = lender.start, lender.end
                return min(days, key=lambda d: (abs((d - near).days), d)).year
        return self.published.year_of(month, day)

    def _lender(self, at: int) -> DateMention | None:
        """The date told shortly before, of the same paragraph where the publication could serve instead."""
        last = self.last_full
        if last is None or at - last.end > _NEAR:
            return None
        apart = self.published.latest is not None and "\n\n" in self.text[last.end : at]
        return None if apart else last

    def _far_lender(self) -> DateMention | None:
        """The date told before this text, where it lies so far back that the document looks back on it."""
        latest = self.published.latest
        if self.last_full is not None or self.lend is None:
            return None
        lender = self.lend()
        near = when.bounds(lender.edtf)[0] if lender is not None and lender.edtf else None
        return lender if near is not None and (latest is None or (latest - near).days > _LOOKS_BACK_DAYS) else None

    def _mention(self, match: re.Match[str]) -> DateMention | None:
        family = match.lastgroup or ""
        self._lent, self._after = None, match.end()
        made: cal.Value | None = getattr(self, f"_read_{family}")(match)
        if made is None:
            return None
        start, end = match.start(), match.end()
        edtf = made.edtf
        said = _YEAR_SAID.match(self.text, end, self.end) if made.year_inferred else None
        end = said.end() if said is not None else end
        before = _BEFORE.search(self.text, max(self.start, start - 44), start)
        how = before.lastgroup if before else None
        if family == "y" and not made.sure and how not in ("since", "until", "about", "between", "in", "open", "paren"):
            return None
        if family == "m" and not made.sure and how not in ("since", "until", "about", "between", "in"):
            opens = self.text[max(self.start, start - 2) : start].strip() in ("", ".", ",", ";", "d")
            if not (opens and _MONTH_TELLS.match(self.text, end, self.end)):
                return None
        time = None
        if made.kind in ("day", "relative", "anaphoric"):
            clock = _TIME.match(self.text, end, min(self.end, end + 60))
            if clock is not None:
                time, end = clock[0].strip(" ,\n\t"), clock.end()
        if edtf is not None and before is not None:
            self._width = match.end() - start
            edtf, start = self._bounded(edtf, how, before, start)
        after = _AFTER.match(self.text, end, min(self.end, end + 14)) if edtf else None
        if after is not None and edtf is not None and "/" not in edtf:
            edtf, end = f"{edtf}/..", after.end()
        raw = self.text[start:end]
        if edtf is not None:
            try:
                when.bounds(edtf)
            except ValueError:
                return None
        return DateMention(
            start,
            end,
            raw,
            edtf,
            made.basis,
            made.kind,
            made.shift,
            made.year_inferred,
            made.weekday_mismatch,
            time,
            self._lent,
        )

    def _bounded(self, edtf: str, how: str | None, before: re.Match[str], start: int) -> tuple[str, int]:
        """The date with what the words before it make of it: open, closed, approximate, a week long."""
        if how == "since" and _EVENT_AFTER.match(self.text, start + self._width, self.end):
            return edtf, start
        if how == "span":
            high = when.bounds(edtf)[1]
            if high is None or "/" in edtf:
                return edtf, start
            begin = cal.before(high, before["spanu"].lower(), cal.number(before["spann"])) + dt.timedelta(days=1)
            return f"{begin.isoformat()}/{high.isoformat()}", before.start()
        if how == "week" and "/" not in edtf:
            low = when.bounds(edtf)[0]
            if low is not None:
                return f"{edtf}/{(low + dt.timedelta(days=6)).isoformat()}", before.start()
        if "/" in edtf or edtf[:1] in "[{":
            if how == "since" and re.match(r"since\b", before[0], re.IGNORECASE):
                return f"{edtf.split('/')[0]}/..", before.start()
            return edtf, start
        if how == "since":
            word = before[0].lower()
            if word.startswith("from") and not _AFTER.match(self.text, start + len(before[0]), self.end):
                return edtf, start
            return f"{edtf}/..", before.start()
        if how == "until":
            return f"../{edtf}", before.start()
        if how == "about" and not edtf.endswith("~"):
            return f"{edtf}~", before.start()
        return edtf, start

    # One reader per family of date_grammar. Each gives the value, or None where the words are no date after all.

    def _read_iso(self, m: re.Match[str]) -> cal.Value | None:
        return cal.day_value(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"]))

    def _read_numeric(self, m: re.Match[str]) -> cal.Value | None:
        a, b, year = int(m["num_a"]), int(m["num_b"]), int(m["num_y"])
        day_first, month_first = cal.day_of(year, b, a), cal.day_of(year, a, b)
        if day_first and month_first and day_first != month_first:
            low, high = sorted((day_first, month_first))
            return cal.Value(f"[{low.isoformat()},{high.isoformat()}]", "explicit", "day")
        day = day_first or month_first
        return cal.Value(day.isoformat(), "explicit", "day") if day else None

    def _days(
        self, days: list[int], month: int, year: str | None, at: int, kind: DateKind = "days"
    ) -> cal.Value | None:
        known = int(year) if year else self._year(month, days[-1], at)
        if known is None:
            return cal.Value(None, "resolved", kind)
        dates = [cal.day_of(known, month, day) for day in days]
        if None in dates:
            return None
        whole = [day for day in dates if day is not None]
        if all((b - a).days == 1 for a, b in itertools.pairwise(whole)):
            edtf = f"{whole[0].isoformat()}/{whole[-1].isoformat()}"
        else:
            edtf = "{" + ",".join(day.isoformat() for day in whole) + "}"
        return cal.Value(edtf, "explicit", kind, year_inferred=not year)

    def _range(
        self, first: tuple[int, int | None, str | None], last: tuple[int, int, str | None], to: str, at: int
    ) -> cal.Value | None:
        """A range or pair of days; (month, day, year) at either end."""
        (month_a, day_a, year_a), (month_b, day_b, year_b) = first, last
        written = year_b or year_a
        known_b = int(year_b) if year_b else (int(year_a) if year_a else self._year(month_b, day_b, at))
        if known_b is None or day_a is None:
            return cal.Value(None, "resolved", "days")
        known_a = int(year_a) if year_a else known_b - (month_a > month_b)
        low, high = cal.day_of(known_a, month_a, day_a), cal.day_of(known_b, month_b, day_b)
        if low is None or high is None or high < low:
            return None
        joined = to.strip().lower()
        if joined in ("and", "or") and not self._between(at) and (high - low).days != 1:
            ends = f"{low.isoformat()},{high.isoformat()}"
            return cal.Value(
                f"{{{ends}}}" if joined == "and" else f"[{ends}]", "explicit", "days", year_inferred=not written
            )
        return cal.Value(f"{low.isoformat()}/{high.isoformat()}", "explicit", "days", year_inferred=not written)

    def _between(self, at: int) -> bool:
        before = _BEFORE.search(self.text, max(self.start, at - 44), at)
        return before is not None and before.lastgroup == "between"

    def _read_dm_range(self, m: re.Match[str]) -> cal.Value | None:
        month_b = MONTHS[m["dr_n"].lower().rstrip(".")]
        month_a = MONTHS[m["dr_m"].lower().rstrip(".")] if m["dr_m"] else month_b
        first = (month_a, cal.day_number(m["dr_a"]), m["dr_y"])
        return self._range(first, (month_b, cal.day_number(m["dr_b"]), m["dr_z"]), m["dr_to"], m.start())

    def _read_md_range(self, m: re.Match[str]) -> cal.Value | None:
        if _ALONE.search(self.text, max(self.start, m.start() - 14), m.start()):
            return None
        month_a = MONTHS[m["mr_m"].lower().rstrip(".")]
        month_b = MONTHS[m["mr_n"].lower().rstrip(".")] if m["mr_n"] else month_a
        first = (month_a, cal.day_number(m["mr_a"]), m["mr_y"])
        return self._range(first, (month_b, cal.day_number(m["mr_b"]), m["mr_z"]), m["mr_to"], m.start())

    def _read_dm_list(self, m: re.Match[str]) -> cal.Value | None:
        return self._days(cal.day_numbers(m["dl_days"]), MONTHS[m["dl_m"].lower().rstrip(".")], m["dl_y"], m.start())

    def _read_md_list(self, m: re.Match[str]) -> cal.Value | None:
        return self._days(cal.day_numbers(m["ml_days"]), MONTHS[m["ml_m"].lower().rstrip(".")], m["ml_y"], m.start())

    def _one_day(self, day: str, name: str, year: str | None, weekday: str | None, at: int) -> cal.Value | None:
        if year is None and cal.is_common_word(name):
            return None
        month, number = MONTHS[name.lower().rstrip(".")], cal.day_number(day)
        known = int(year) if year else self._year(month, number, at)
        if known is None:
            return cal.Value(None, "resolved", "day")
        value = cal.day_value(known, month, number)
        if value is None:
            return None
        wrong = (
            weekday is not None and dt.date(known, month, number).isoweekday() != WEEKDAYS[weekday.lower().rstrip(".")]
        )
        return cal.Value(value.edtf, "explicit", "day", year_inferred=year is None, weekday_mismatch=wrong)

    def _read_dm(self, m: re.Match[str]) -> cal.Value | None:
        return self._one_day(m["dm_d"], m["dm_m"], m["dm_y"], m["dm_w"], m.start())

    def _read_md(self, m: re.Match[str]) -> cal.Value | None:
        alone = m["md_y"] is None and m["md_w"] is None
        if alone and _ALONE.search(self.text, max(self.start, m.start() - 14), m.start()):
            return None
        return self._one_day(m["md_d"], m["md_m"], m["md_y"], m["md_w"], m.start())

    def _read_m_range(self, m: re.Match[str]) -> cal.Value | None:
        if cal.is_common_word(m["rm_a"]) or cal.is_common_word(m["rm_b"]):
            return None
        a, b = MONTHS[m["rm_a"].lower().rstrip(".")], MONTHS[m["rm_b"].lower().rstrip(".")]
        year_b = int(m["ry_b"]) if m["ry_b"] else (int(m["ry_a"]) if m["ry_a"] else self._year(b, None, m.start()))
        if year_b is None:
            return cal.Value(None, "resolved", "month")
        year_a = int(m["ry_a"]) if m["ry_a"] else year_b - (a > b)
        low, high = cal.month_part(year_a, a, m["rp_a"]), cal.month_part(year_b, b, m["rp_b"])
        return cal.Value(cal.joined(low, high), "explicit", "month", year_inferred=not (m["ry_a"] or m["ry_b"]))

    def _read_m(self, m: re.Match[str]) -> cal.Value | None:
        if m["mthis"] and m["mthis"].lower() == "next":
            return None
        name, sure = m["mm"], bool(m["my"] or m["mp"] or m["mthis"])
        if not (name[:1].isupper() or m["my"]) or ("." in name and not m["my"]):
            return None
        if len(name) <= 4 and name.lower() not in WORDS["months"] and not m["my"]:
            return None
        month = MONTHS[name.lower().rstrip(".")]
        year = int(m["my"]) if m["my"] else self._year(month, None, m.start())
        if year is None:
            return cal.Value(None, "resolved", "month", sure=sure)
        return cal.Value(
            cal.month_part(year, month, m["mp"]), "explicit", "month", year_inferred=not m["my"], sure=sure
        )

    def _read_season(self, m: re.Match[str]) -> cal.Value | None:
        season, day = SEASONS[m["ss"].lower()], self.published.day
        if m["sy"]:
            return cal.Value(f"{int(m['sy'])}-{season}", "explicit", "season")
        if not m["sthis"] or day is None or (m["ss"].lower() == "fall" and m["sthis"].lower() == "this"):
            return None
        return cal.Value(cal.last_season(day, season, this=m["sthis"].lower() == "this"), "resolved", "season")

    def _read_decade(self, m: re.Match[str]) -> cal.Value | None:
        return cal.Value(cal.decade_part(int(m["ed"]), m["ep"]), "explicit", "decade")

    def _read_quarter(self, m: re.Match[str]) -> cal.Value | None:
        return cal.quarter(int(m["qy"]), m["qn"].lower(), m["qk"].lower())

    def _read_y_range(self, m: re.Match[str]) -> cal.Value | None:
        a, b = int(m["yr_a"]), m["yr_b"]
        last = int(b) if len(b) == 4 else a - a % 100 + int(b)
        joined = m["yr_to"].strip().lower()
        if last <= a or last - a > 130 or (len(b) == 2 and joined.isalpha()) or not self._plausible(last):
            return None
        if joined in ("and", "or") and not self._between(m.start()) and last - a > 1:
            return cal.Value(f"{{{a},{last}}}", "explicit", "year")
        return cal.Value(f"{a}/{last}", "explicit", "year")

    def _plausible(self, year: int) -> bool:
        latest = self.published.latest
        return latest is None or year <= latest.year + 1

    def _read_y(self, m: re.Match[str]) -> cal.Value | None:
        year = int(m["yy"])
        if not self._plausible(year) or _COUNTED.match(self.text, m.end(), self.end):
            return None
        return cal.Value(cal.year_part(year, m["yp"]), "explicit", "year", sure=bool(m["yp"]))

    def _read_outbreak(self, m: re.Match[str]) -> cal.Value | None:
        if m["od"]:
            return cal.Value(None, "resolved", "outbreak", shift=("span", cal.number(m["od"])))
        return cal.Value(None, "resolved", "outbreak", shift=("day", cal.day_number(m["on"]) - 1 if m["on"] else 0))

    def _read_ago(self, m: re.Match[str]) -> cal.Value | None:
        return self.published.back(m["au"].lower(), cal.number(m["an"]), m["an"].lower())

    def _read_past(self, m: re.Match[str]) -> cal.Value | None:
        n = cal.number(m["pn"]) if m["pn"] else None
        return self.published.past(m["pu"].lower(), n, plural=m[0].lower().endswith("s"))

    def _read_recent(self, m: re.Match[str]) -> cal.Value | None:
        return self.published.recent(RECENT_DAYS[m["ru"].lower()])

    def _read_near(self, m: re.Match[str]) -> cal.Value | None:
        words = " ".join(m["nd"].lower().split())
        if words == "overnight":
            return self.published.night()
        back = 2 if words.startswith("the day") else 1 if words.startswith(("yesterday", "last")) else 0
        return self.published.days_back(back)

    def _read_weekend(self, m: re.Match[str]) -> cal.Value | None:
        return self.published.weekend()

    def _read_period(self, m: re.Match[str]) -> cal.Value | None:
        return self.published.period(" ".join(m["pw"].lower().split()), m["pk"].lower())

    def _read_weekday_range(self, m: re.Match[str]) -> cal.Value | None:
        if not (m["wa"][:1].isupper() and m["wb"][:1].isupper()):
            return None
        joined = m["wt"].strip().lower()
        if joined == "or":
            return cal.Value(None, "resolved", "relative")
        both = joined == "and" and not self._between(m.start())
        return self.published.weekdays(WEEKDAYS[m["wa"].lower()], WEEKDAYS[m["wb"].lower()], both=both)

    def _read_turn(self, m: re.Match[str]) -> cal.Value | None:
        last = WEEKDAYS[(m["tb"] or m["tc"]).lower()]
        first = WEEKDAYS[m["ta"].lower()] if m["ta"] else (last - 2) % 7 + 1
        return self.published.weekdays(first, last, both=False)

    def _read_starting(self, m: re.Match[str]) -> cal.Value | None:
        begun = self.published.period("this", m["su"].lower())
        low = when.bounds(begun.edtf)[0] if begun.edtf else None
        if low is None:
            return begun
        high = low + dt.timedelta(days={"week": 1, "month": 9, "year": 30}[m["su"].lower()])
        return cal.Value(
            f"{low.isoformat()}~/{min(high, self.published.day or high).isoformat()}~", "resolved", "relative"
        )

    def _read_soon(self, m: re.Match[str]) -> cal.Value | None:
        return cal.Value(
            None, "resolved", "anaphoric", shift=("soon", _SOON_DAYS[(m["wu"] or m["fu1"] or m["fu2"]).lower()])
        )

    def _read_weekday(self, m: re.Match[str]) -> cal.Value | None:
        if not m["kw"][:1].isupper() or (m["kl"] and m["kl"].lower() == "next"):
            return None
        return self.published.weekday(WEEKDAYS[m["kw"].lower()], last=bool(m["kl"]) and m["kl"].lower() == "last")

    def _read_same(self, m: re.Match[str]) -> cal.Value | None:
        return cal.Value(None, "resolved", "anaphoric", shift=("day", 0))

    def _read_next(self, m: re.Match[str]) -> cal.Value | None:
        return cal.Value(None, "resolved", "anaphoric", shift=(cal.unit(m["nu"]), 1))

    def _read_previous(self, m: re.Match[str]) -> cal.Value | None:
        return cal.Value(None, "resolved", "anaphoric", shift=(cal.unit(m["vu"] or m["vb"]), -1))

    def _read_shift(self, m: re.Match[str]) -> cal.Value | None:
        words = m["fd"].lower().split()
        if m["fu"].lower() in ("year",) and cal.number(m["fn"]) > 60:
            return None
        sign = -1 if words[0] in ("earlier", "before") else 1
        return cal.Value(None, "resolved", "anaphoric", shift=(m["fu"].lower(), sign * cal.number(m["fn"])))
