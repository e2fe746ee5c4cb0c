"""Totals and their parts: whether a figure counts all of an event's victims, or some of them."""

from __future__ import annotations

import re

from muniment.linker import objects
from muniment.linker.names import fold
from muniment.model import Claim


def victims(claim: Claim) -> tuple[str, ...]:
    """The folded names of those harmed."""
    return tuple(fold(person.name) for person in claim.persons if person.role == "victim")


def counts(claim: Claim) -> tuple[tuple[str, float, float], ...]:
    """(harm, least, most) where the claim gives a total of people; empty where it gives none, or a part."""
    count = claim.count
    if count is None or count.unit != "people" or len(claim.harm) != 1 or is_part(claim):
        return ()
    if count.qualifier in ("vague", "unspecified", "share"):
        return ()
    least, most = count.interval()
    return ((claim.harm[0], least, most),)


PART_GROUPS = frozenset(
    {
        "children", "child", "women", "woman", "girls", "girl", "boys", "boy", "elderly", "older", "minors", "infants",
        "babies", "men", "toddlers", "teenagers",
    }
)  # fmt: skip


_CUT = re.compile(r"[,;:(]|\b(?:including|among|and|were|was|are|is|have|had|who|when|in|on)\b", re.IGNORECASE)
_NUMERAL = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|dozens?|scores?|hundreds?|thousands?|several|many|some|few|number|couple)\b",
    re.IGNORECASE,
)


def is_part(claim: Claim) -> bool:
    """Whether the words give a part of a total: "including four children", a victim by name, "his father"."""
    if objects.says_including(claim.quote) or victims(claim):
        return True
    count = claim.count
    if count is None:
        return False
    if objects.says_including(count.raw):
        return True
    if count.best is None:
        return False
    if not _NUMERAL.search(count.raw):
        return bool(count.raw) and count.unit == "people"
    return bool(PART_GROUPS & set(fold(_counted_words(claim.quote, count.raw)).split()))


def _counted_words(quote: str, raw: str) -> str:
    """The words that say who is counted: those of the figure and what follows it, up to the next break."""
    at = quote.find(raw)
    tail = quote[at + len(raw) : at + len(raw) + 40] if at >= 0 else ""
    cut = _CUT.search(tail)
    return f"{raw} {tail[: cut.start()] if cut else tail}"
