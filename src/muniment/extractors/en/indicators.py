"""Figures about how people live: what is measured, its value now and before, its unit, per what, over what period."""

from __future__ import annotations

import re
from dataclasses import replace

from muniment.extractors.draft import Draft
from muniment.extractors.en.counting import qualified, quantities, unit_of
from muniment.extractors.en.numbers import Quantity, as_figure
from muniment.extractors.en.rules import Hit
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.view import View
from muniment.model import Count, Measure

_FROM_TO = re.compile(r"from (?P<before>.+?) to (?P<value>.+)")
_PER = re.compile(
    r"(?<!\w)(?:an?|per|each|every)\s(?P<per>day|week|month|year|hour|night|person|head|family|"
    r"household|quarter)(?!\w)|(?P<daily>daily)"
)
_BY = re.compile(r"(?<!\w)by (?:about |around |nearly |almost |more than |over )?(?P<by>[\w,.]+(?:\s?%|\sper\s?cent)?)")
_CHANGES = re.compile(r"gr[eo]w|increas|ris|rose|decreas|f[ea]ll|drop|declin")
_TIMES = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_NUMBER_OF = re.compile(
    r"(?P<what>(?:numbers?|prices?|rates?|cases?|levels?|costs?) of [\w\s',-]{3,60}?)(?= (?:has|"
    r"have|had|is|are|was|were|rose|fell|grew|dropped|increased|decreased|doubled|tripled|halved|"
    r"that|who|entering|arriving|reaching|per|from)(?!\w))"
)
_UNIT_WORD = re.compile(r"\s*(?:%|per ?cent|[\w-]+)")
_PERIOD = re.compile(
    r"(?<!\w)(?:in|over|during|since|within) (?:the )?(?:last|past|first|previous) [\w\s]{2,25}?(?:days?|"
    r"weeks?|months?|years?|quarter)(?!\w)|since (?:\w+ )?\w+"
)
_HOURS = re.compile(
    r"(?P<value>\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|sixteen|"
    r"eighteen|twenty) (?P<unit>hours?|minutes?|litres?|liters?|kilos?|kilograms?|grams?|dollars?|"
    r"days?|tonnes?|times)"
)


def measure(draft: Draft, view: View, hit: Hit) -> None:
    """Fill the count and the measure of an indicator from its words."""
    low, sentence = view.low, draft.sentence
    start, end = qualified(low, sentence.start, hit.start), hit.end
    core = low[start:end]
    around = low[draft.start : draft.end]
    tokens, found = quantities(view, sentence, start, end)
    changed = _FROM_TO.search(core)
    before: float | None = None
    now: Quantity | None = None
    if changed is not None and hit.rule.name.startswith("from"):
        middle = start + changed.start("value")
        earlier = [q for q in found if tokens.starts[q.first] < middle and q.value is not None]
        later = [q for q in found if tokens.starts[q.first] >= middle and q.value is not None]
        if not later:
            first, listed = quantities(view, sentence, middle, end)
            later = [q for q in listed if q.value is not None]
            tokens = first
        before = float(earlier[0].value) if earlier and earlier[0].value is not None else _plain(changed["before"])
        now = later[0] if later else None
    else:
        now = next((q for q in found if q.value is not None), None)
    count: Count | None = None
    if now is not None:
        following = low[tokens.ends[now.last - 1] : draft.end]
        count = now.count(tokens, unit_of(following))
        if count.qualifier == "share" and re.match(
            r"about|around|some|nearly|almost|approximately|roughly", count.raw.lower()
        ):
            count = replace(count, qualifier="about")
        if hit.rule.name == "so many of so many":
            count = _share(count, found)
    else:
        count = _rate(core) or _rate(around)
    per = _PER.search(core) or _PER.search(low, end, min(sentence.end, end + 14)) or _PER.search(around)
    what = _NUMBER_OF.search(around)
    times = next((value for word, value in _TIMES.items() if word in core), None)
    by = _BY.search(core)
    if (
        count is None
        and times is None
        and by is None
        and not re.search(r"gr[eo]w|increas|ris|rose|decreas|f[ea]ll|drop|declin", core)
    ):
        return
    draft.count = count
    value = None if count is None else _value(count)
    draft.measure = Measure(
        what=" ".join((what["what"] if what else around).split())[:120],
        value=value if value is not None else times,
        before=before,
        unit=_unit_word(low, tokens, now, core, around),
        per=None if per is None else (per["per"] or "day"),
        period=_period(low, sentence.start, sentence.end),
    )
    draft.because("measure", f"indicator: {hit.rule.name}", view, start, end)
    if count is not None:
        draft.because("count", f"indicator: {hit.rule.name}", view, start, end)


def _value(count: Count) -> float | None:
    figure = next((n for n in (count.best, count.min, count.max) if n is not None), None)
    return None if figure is None else float(figure)


def _share(count: Count, found: list[Quantity]) -> Count:
    values = [q.value for q in found if q.value is not None]
    if len(values) < 2:
        return replace(count, qualifier="share")
    return replace(count, qualifier="share", min=values[0], best=values[0], max=values[1])


def _rate(words: str) -> Count | None:
    """ "six hours a day": a figure with a unit that counts nobody."""
    match = _HOURS.search(words)
    if match is None:
        return None
    value = as_figure(match["value"])
    if value is None:
        return None
    qualifier = "about" if re.search(r"average|about|around|some", words[: match.start()]) else "exact"
    if re.search(r"up to|as (?:many|much) as", words[: match.start()]):
        return Count.of("as_many_as", value, match[0], unit="other")
    return Count.of("about" if qualifier == "about" else "exact", value, match[0], unit="other")


def _plain(words: str) -> float | None:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    if match is not None:
        return float(match[0].replace(",", ""))
    word = next((part for part in words.split() if as_figure(part) is not None), None)
    return None if word is None else float(as_figure(word) or 0)


def _unit_word(low: str, tokens: Tokens, now: Quantity | None, core: str, around: str) -> str | None:
    hours = _HOURS.search(core) or _HOURS.search(around)
    if "%" in core or "per cent" in core or "percent" in core:
        return "per cent"
    if now is not None and now.last < len(tokens):
        word = tokens.words[now.last]
        if word.isalpha() and word not in ("a", "an", "per", "of", "and", "to", "in", "since", "or", "between"):
            return word
    what = _NUMBER_OF.search(around)
    if what is not None and what["what"].startswith("number"):
        noun = re.split(r"\s(?:entering|arriving|reaching|per|in|at|who|that)\s", what["what"] + " ")[0].split()
        return noun[-1]
    return hours["unit"] if hours is not None else None


def _period(low: str, start: int, end: int) -> str | None:
    match = _PERIOD.search(low, start, end)
    return None if match is None else " ".join(match[0].split())
