"""Dates as documents write them, as EDTF; what is ambiguous gives None rather than a guess."""

from __future__ import annotations

import datetime as dt
import email.utils
import re

_ENGLISH = "january february march april may june july august september october november december"
# One row per language: month names as dates use them (the genitive where the language has one).
_MONTH_ROWS = (
    _ENGLISH,
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan. feb. mar. apr. may. jun. jul. aug. sept. oct. nov. dec.",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "յունվարի փետրվարի մարտի ապրիլի մայիսի յունիսի յուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_MONTHS: dict[str, int] = {
    name: number for row in reversed(_MONTH_ROWS) for number, name in enumerate(row.split(), 1)
} | {
    "sept": 9,
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6,
    "تموز": 7, "آب": 8, "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
}  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_NAMES = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_ORDINAL = r"(?:\s?(?:<sup>)?(?:st|nd|rd|th|er)(?:</sup>)?|\.)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?:the\s+)?(?P<day>\d{{1,2}}){_ORDINAL}(?:\s+of|\s+de)?[\s-]+(?P<month>{_NAMES})\.?,?(?:\s+de)?[\s-]+"
    r"(?P<year>[12]\d{3})(?:-?ci il|\s?г\.?|\s?թ\.?|\s?року)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>{_NAMES})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+(?P<year>[12]\d{{3}})", re.IGNORECASE
)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<year>[12]\d{3})(?:\s?г\.?)?")
_ISO = re.compile(
    r"(?P<year>[12]\d{3})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?\s?"
    r"(?P<zone>Z|UTC|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
WRITTEN = re.compile(re.sub(r"\?P<\w+>", "?:", rf"{_DAY_FIRST.pattern}|{_MONTH_FIRST.pattern}"), re.IGNORECASE)
"""Any written date with its year, for use inside a longer line."""


def day_edtf(year: int, month: int, day: int) -> str | None:
    """The day as EDTF, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def moment_edtf(moment: dt.datetime) -> str:
    """A moment as EDTF with its offset, or local where it has none."""
    zone = ""
    if (offset := moment.utcoffset()) is not None:
        minutes = round(offset.total_seconds() / 60)
        zone = "Z" if minutes == 0 else f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + zone


def from_rfc822(text: str) -> str | None:
    """The date of a mail or RSS header: `Wed, 04 Mar 2031 07:30:00 +0400` (RFC 5322; -0000 means no known zone)."""
    try:
        return moment_edtf(email.utils.parsedate_to_datetime(text.strip()))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_iso(text: str) -> str | None:
    """A year, month, day or moment in ISO 8601."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        return None
    found = match.groupdict()
    year, month, day = int(found["year"]), found["month"], found["day"]
    if month is None:
        return found["year"]
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year:04}-{month}"
    date = day_edtf(year, int(month), int(day))
    if date is None or found["hour"] is None:
        return date
    if int(found["hour"]) > 23 or int(found["minute"]) > 59 or int(found["second"] or 0) > 59:
        return None
    zone = (found["zone"] or "").replace("UTC", "Z")
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return f"{date}T{found['hour']}:{found['minute']}:{found['second'] or '00'}{zone}"


def from_words(text: str) -> str | None:
    """A written date that is the whole of `text`: `27 October 2020`, `Oct. 21, 2020`, `21.10.2020`, `27 октября 2020`.

    `03/04/2031` is either of two days and gives None; `04.03.2031` is day first wherever dots are used.
    """
    bare = text.strip().strip("*_ ").rstrip(".")
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(bare):
            return day_edtf(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"]))
    if match := _NUMERIC.fullmatch(bare):
        a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
        if match["sep"] == "." or a > 12 or a == b:
            return day_edtf(year, b, a)
        if b > 12:
            return day_edtf(year, a, b)
    return None


def read_date(text: str) -> str | None:
    """A date in any of the forms above."""
    return from_iso(text) or from_words(text) or from_rfc822(text)


def from_iso_day(text: str) -> str | None:
    """A day or moment in ISO 8601, never a bare year or month: those are too often something else."""
    return from_iso(text) if re.match(r"[12]\d{3}-\d\d-\d\d", text.strip()) else None
