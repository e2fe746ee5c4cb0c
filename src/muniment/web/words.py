"""Numbers, dates and names as the pages write them. English; a day without a zone is a day."""

from __future__ import annotations

import datetime as dt
import re

from muniment.model import Claim, Count, Place

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT = {9: "Sept"}
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bs": "Bosnian", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hr": "Croatian",
    "hy": "Armenian", "it": "Italian", "ka": "Georgian", "ku": "Kurdish", "my": "Burmese", "nl": "Dutch",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ru": "Russian", "sr": "Serbian", "sw": "Swahili",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip
RULES = {
    "latest_best_graded": "latest statement of the best-graded source",
    "latest": "latest statement",
    "min": "smallest figure stated",
    "max": "largest figure stated",
    "mode": "figure most origins agree on",
}
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_PART = re.compile(
    r"(?P<year>[\dX]{4})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?P<mark>[~?%]?)"
)


def number(value: float | None) -> str:
    """A number with commas at the thousands; a whole number without decimals."""
    if value is None:
        return "not stated"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The number with its unit: `1 claim`, `2,040 claims`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def day(date: dt.date, *, short: bool = False, year: bool = True) -> str:
    """A day: `9 March 2031`, in tables `9 Mar 2031`."""
    name = MONTHS[date.month - 1]
    if short:
        name = SHORT.get(date.month, name[:3])
    return f"{date.day} {name} {date.year}" if year else f"{date.day} {name}"


def edtf(text: str | None, *, short: bool = False, time: bool = True) -> str:
    """An EDTF expression in words: `9 March 2031`, `7 to 16 March 2031`, `March 2031`, `about 9 March 2031`.

    What this does not know how to say is given as it is.
    """
    if not text:
        return "not dated"
    bare = text.strip()
    if ".." in bare and "/" not in bare and bare[:1] not in "[{":
        bare = bare.replace("..", "/", 1)
    if bare[:1] in "[{":
        inner = bare.strip("[]{}")
        return " or ".join(edtf(part.strip(), short=short, time=time) for part in inner.split(","))
    if "/" not in bare:
        return _one(bare, short=short, time=time)
    first, last = bare.split("/", 1)
    if first in ("", ".."):
        return f"until {_one(last, short=short, time=time)}"
    if last in ("", ".."):
        return f"from {_one(first, short=short, time=time)}"
    return _span(_one(first, short=short, time=time), _one(last, short=short, time=time))


def _span(first: str, last: str) -> str:
    """Two dates as a span, without saying twice what both end with: `7 to 16 March 2031`."""
    if first == last:
        return last
    begin, end = first.split(" "), last.split(" ")
    shared = 0
    while "," not in first and shared < min(len(begin), len(end)) - 1 and begin[-1 - shared] == end[-1 - shared]:
        shared += 1
    return f"{' '.join(begin[: len(begin) - shared])} to {last}"


def _one(text: str, *, short: bool, time: bool) -> str:
    match = _PART.fullmatch(text)
    if match is None:
        return text
    year, month, number_of_day = match["year"], match["month"], match["day"]
    about = {"~": "about ", "?": "possibly ", "%": "possibly about ", "": ""}[match["mark"]]
    shown = f"{year.replace('X', '0')}s" if "X" in year else year
    if month and month != "XX":
        if int(month) in SEASONS:
            shown = f"{SEASONS[int(month)]} {shown}"
        elif 1 <= int(month) <= 12:
            name = MONTHS[int(month) - 1]
            name = SHORT.get(int(month), name[:3]) if short else name
            shown = f"{name} {shown}"
            if number_of_day and number_of_day != "XX":
                shown = f"{int(number_of_day)} {shown}"
    if time and match["hour"]:
        shown = f"{shown}, {match['hour']}:{match['minute']}"
        if match["zone"]:
            shown += " UTC" if match["zone"] in ("Z", "+00:00", "+0000") else f" (UTC{match['zone']})"
    return about + shown


def moment(text: str | None) -> str:
    """A moment of the log, UTC: `14 Nov 2032, 09:12 UTC`."""
    if not text:
        return "not known"
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    if at.tzinfo is None:
        return edtf(text.replace(" ", "T"))
    at = at.astimezone(dt.UTC)
    return f"{day(at.date(), short=True)}, {at:%H:%M} UTC"


def label(code: str) -> str:
    """A code of the record in words: `weapon_use` is `weapon use`."""
    return code.replace("_", " ")


def rule(code: str) -> str:
    """A tally's rule in words."""
    return RULES.get(code, label(code))


def language(code: str | None) -> str:
    """The name of a language; its code where the pages have no name for it."""
    if code is None:
        return "language not known"
    return LANGUAGES.get(code.split("-")[0], code)


def direction(code: str | None) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if code is not None and code.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def size(count: int) -> str:
    """A number of bytes, as people say it."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} bytes"


def bounds(count: Count) -> tuple[str, str]:
    """A count as a small word and a figure: `("at least", "17")`; the words themselves where there is no figure."""
    match count.qualifier:
        case "at_least":
            return "at least", number(count.min)
        case "more_than":
            return "over", number(count.min)
        case "as_many_as":
            return "up to", number(count.max)
        case "less_than":
            return "under", number(count.max)
        case "about":
            return "about", number(count.best)
        case "range":
            return f"{number(count.min)} to", number(count.max)
        case "exact":
            return "", number(count.best)
        case _:
            return "", f"“{count.raw}”"


def what(claim: Claim) -> str:
    """What a claim asserts, in a few words: `at least 17 killed`, `denial`, `weapon: cluster`."""
    harms = " and ".join(label(harm) for harm in claim.harm)
    if claim.count is not None:
        word, figure = bounds(claim.count)
        unit = "" if claim.count.unit == "people" else f" {claim.count.unit}"
        counted = f"{word} {figure}{unit} {harms}".strip()
        if claim.polarity != "affirm":
            counted = f"{label(claim.polarity)}: {counted}"
        return " ".join(counted.split())
    if claim.measure is not None:
        return f"{claim.measure.what}: {number(claim.measure.value)} {claim.measure.unit or ''}".strip()
    if claim.kind == "call" and claim.call is not None:
        return f"call on {', '.join(claim.call.to) or 'nobody named'}"
    if claim.kind in ("weapon_use", "weapon_id") and claim.weapon is not None:
        return f"weapon: {claim.weapon.raw}"
    if claim.kind == "attribution" and claim.party is not None:
        return f"holds responsible: {claim.party.raw}"
    kind = "event" if claim.kind == "incident" else label(claim.kind)
    return f"{kind}: {harms}" if harms else kind


def other_names(place: Place) -> list[tuple[str, str | None]]:
    """The other names of a place, each once, with their language.

    Names that a party or source prefers come first, and those in scripts the pages bring a face for before the rest.
    """
    seen = {place.name}
    out = []
    for name in sorted(place.names[1:], key=lambda n: (n.preferred_by is None, not _has_face(n.name))):
        if name.name not in seen:
            seen.add(name.name)
            out.append((name.name, name.language))
    return out


_FACES = (("\u10a0", "\u10ff"), ("\u1c90", "\u1eff"), ("\u2000", "\u206f"))


def _has_face(name: str) -> bool:
    """Whether the bundled faces write this: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian."""
    return all(c < "\u0780" or any(first <= c <= last for first, last in _FACES) for c in name)
