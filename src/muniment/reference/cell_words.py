"""What a single cell of a table says: a figure, a day, degrees. A cell that can be read two ways is refused."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from muniment.model.vocabulary import Qualifier
from muniment.model.when import bounds
from muniment.reference.table_mapping import Value, folded


class BadCell(ValueError):
    """A cell cannot be used; the message completes “row 7, column dead: …”."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a cell qualifies it; `upper` is the upper end of a range."""

    qualifier: Qualifier
    number: int
    upper: int | None = None


_DIGITS = r"(\d{1,3}(?:[ ,\u00a0\u202f'’]\d{3})+|\d+)(?:\.0+)?"
_PLAIN = re.compile(_DIGITS)
_TO = r"\s*(?:-|–|—|to|and)\s*"
_RANGE = re.compile(rf"(?:between\s+)?{_DIGITS}{_TO}{_DIGITS}", re.IGNORECASE)
_WORDED: tuple[tuple[str, Qualifier], ...] = (
    (r"#\s*(?:\+|or more|and more)", "at_least"),
    (r"(?:>=|≥|at least|no fewer than|min\.?|minimum)\s*#", "at_least"),
    (r"(?:>|more than|over)\s*#", "more_than"),
    (r"(?:<=|≤|up to|as many as|at most|max\.?|maximum)\s*#", "as_many_as"),
    (r"(?:<|fewer than|less than|under)\s*#", "less_than"),
    (r"(?:~|≈|c\.|ca\.?|circa|about|around|approx\.?|approximately|some|roughly)\s*#", "about"),
)
_QUALIFIED = tuple((re.compile(words.replace("#", _DIGITS), re.IGNORECASE), kind) for words, kind in _WORDED)
_MOST_DIGITS = 12


def figure(words: str) -> Figure:
    """How many: `12`, `1,200`, `12.0`, `12+`, `>= 12`, `up to 40`, `~50`, `10-15`.

    Raises:
        BadCell: where it is no whole number of that kind.
    """
    text = " ".join(words.split())
    if sum(map(str.isdigit, text)) > 2 * _MOST_DIGITS or not text.isprintable():
        raise BadCell("is not a whole number")
    if match := _PLAIN.fullmatch(text):
        return Figure("exact", _whole(match[1]))
    if match := _RANGE.fullmatch(text):
        low, high = _whole(match[1]), _whole(match[2])
        if high < low:
            raise BadCell("is a range that ends below its beginning")
        return Figure("range", low, high)
    for pattern, qualifier in _QUALIFIED:
        if match := pattern.fullmatch(text):
            return Figure(qualifier, _whole(match[1]))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        raise BadCell("can be read two ways; write thousands without a point")
    raise BadCell("is negative" if re.fullmatch(r"[-−]\s*\d+(?:\.0+)?", text) else "is not a whole number")


def _whole(digits: str) -> int:
    bare = "".join(char for char in digits if char.isdecimal())
    if len(bare) > _MOST_DIGITS:
        raise BadCell("is larger than any count of people")
    return int(bare)


_ISO = re.compile(
    r"(?P<day>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ](?P<time>\d{2}:\d{2})(?::(?P<seconds>\d{2}(?:\.\d+)?))?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_UNAMBIGUOUS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%Y/%m/%d", "%Y.%m.%d")
_NUMBERS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


@lru_cache(maxsize=65536)
def day(words: str, formats: tuple[str, ...] = ()) -> str:
    """A day, month or year as EDTF, with the time of day where it is not midnight exactly.

    Args:
        words: ISO 8601 (`2031-05-04`, `2031-05`, `2031-05-04 09:30`), other EDTF, a day with the month in words, or
            as `formats` say.
        formats: strptime's, tried first.

    Raises:
        BadCell: where it is no date, or one that can be read two ways.
    """
    text = " ".join(words.split())
    for each in formats:
        try:
            return _stamp(dt.datetime.strptime(text, each))
        except ValueError:
            continue
    if match := _ISO.fullmatch(text):
        found = match["day"]
        _check(found)
        at_midnight = match["time"] == "00:00" and float(match["seconds"] or 0) == 0
        if match["time"] is None or len(found) < len("YYYY-MM-DD") or (at_midnight and not match["zone"]):
            return found
        return f"{found}T{time_of_day(match['time'])}:00{match['zone'] or ''}"
    for each in _UNAMBIGUOUS:
        try:
            return _stamp(dt.datetime.strptime(text, each))
        except ValueError:
            continue
    if _NUMBERS.fullmatch(text):
        raise BadCell("can be read two ways; say how days are written with `formats`")
    if len(text) <= 40 and re.fullmatch(r"[\dXTu/.~?%\[\]{},\s-]+", text) and re.search(r"\d{3}", text):
        _check(text)
        return text
    raise BadCell("is not a date")


def _stamp(at: dt.datetime) -> str:
    return at.date().isoformat() if at.time() == dt.time() else at.strftime("%Y-%m-%dT%H:%M:00")


def _check(edtf: str) -> None:
    try:
        bounds(edtf)
    except ValueError:
        raise BadCell("is not a date") from None


def time_of_day(words: str) -> str:
    """Hours and minutes, `09:30`, from `9:30`, `09:30:00`, `0930` or `9.30`.

    Raises:
        BadCell: where it is no time of day.
    """
    match = re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?|(\d{2})(\d{2})", words.strip())
    if match is None:
        raise BadCell("is not a time of day")
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    if hour > 23 or minute > 59:
        raise BadCell("is not a time of day")
    return f"{hour:02}:{minute:02}"


def degrees(words: str, most: float) -> float:
    """Degrees east or north.

    Raises:
        BadCell: where it is no number, or off the globe.
    """
    text = words.strip().replace("−", "-")
    if re.fullmatch(r"-?\d+,\d+", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,3}(?:\.\d*)?", text):
        raise BadCell("is not a number of degrees")
    found = float(text)
    if not math.isfinite(found) or abs(found) > most:
        raise BadCell(f"is not between -{most:.0f} and {most:.0f} degrees")
    return found


def pieces(value: Value, words: str) -> Sequence[str]:
    """What a cell means by its mapping: one word, or several where it is split and each is taken.

    Raises:
        BadCell: where a code is not listed, or the cell is not written as the template says.
    """
    listed = [piece for part in (words.split(value.split) if value.split else [words]) if (piece := part.strip(' \t"'))]
    if value.take != "each":
        listed = listed[:1] if value.take == "first" else listed[-1:]
    if value.template is not None and value.part is not None:
        listed = [_part(value.template, value.part, piece) for piece in listed]
    if value.values:
        listed = [_code(value, piece) for piece in listed]
    return listed


def _code(value: Value, piece: str) -> str:
    found = value.values.get(folded(piece))
    if found is None:
        raise BadCell("is a code the mapping does not list")
    return found


_DATE_PARTS = frozenset(("published", "date"))


@lru_cache(maxsize=256)
def _compiled(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    last = len(parts) - 2
    out = []
    for n, part in enumerate(parts):
        if n % 2 == 0:
            out.append(r"\s*".join(map(re.escape, part.split(" "))))
        else:
            pattern = r"\d{4}(?:-\d\d(?:-\d\d)?)?" if part in _DATE_PARTS else ".+" if n == last else ".+?"
            out.append(f"({pattern})" if part == "_" else f"(?P<{part}>{pattern})")
    return re.compile("".join(out), re.DOTALL)


_LONGEST_TEMPLATED = 4000


def _part(template: str, part: str, words: str) -> str:
    match = _compiled(template).fullmatch(words) if len(words) <= _LONGEST_TEMPLATED else None
    if match is None:
        raise BadCell(f"is not written as the template says ({template})")
    return match[part].strip()
