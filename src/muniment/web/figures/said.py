"""How a figure grew: each statement at the day it was said, with its bounds; dashes upward where it says “at least”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from muniment.model import Count, Tally
from muniment.web import words
from muniment.web.figures.ranges import scale
from muniment.web.firmness import Firmness

LEFT, RIGHT, TOP, BOTTOM = 28.0, 828.0, 14.0, 220.0
CLOSEST = 17.0
"""Marks of one day stand this far apart, else they would hide one another."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim as the chart takes it."""

    claim: str
    said: dt.date
    count: Count
    firmness: Firmness
    letter: str
    copy: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement drawn: its point, whiskers (None without), where dashes begin, and its origin's letter."""

    x: float
    y: float
    top: float | None
    bottom: float | None
    open_from: float | None
    firmness: Firmness
    letter: str
    letter_y: float
    claim: str


@dataclass(frozen=True, slots=True)
class Said:
    """The chart: grid lines (y, label), ticks (x, label), marks, and the tally as it stands."""

    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    band: tuple[float, float] | None
    best: float | None
    labels: tuple[tuple[float, str, bool], ...]
    sentence: str


def said(statements: Sequence[Statement], tally: Tally) -> Said | None:
    """The chart of one harm; None for fewer than two statements with a figure.

    Args:
        statements: those with a figure and a day on which they were said.
        tally: the harm's tally over all victims.
    """
    shown = sorted((s for s in statements if _figure(s.count) is not None), key=lambda s: (s.said, s.claim))
    if len(shown) < 2:
        return None
    figures = [f for s in shown for f in (s.count.min, s.count.best, s.count.max)]
    on = scale([*figures, tally.low, tally.best, tally.high])
    first, last = shown[0].said, shown[-1].said
    days = max((last - first).days, 1)
    margin = max(1.0, days * 0.03)

    def x(day: dt.date) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((day - first).days + margin) / (days + 2 * margin), 1)

    def y(figure: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * min(figure, on.top) / on.top, 1)

    marks = _marks(shown, x, y)
    best = None if tally.best is None else y(tally.best)
    band = None
    if tally.low is not None:
        band = (TOP if tally.high is None else y(tally.high), y(tally.low))
    begin, end = shown[0], shown[-1]
    sentence = (
        f"From {_words(begin.count)} on {words.day(begin.said)} to {_words(end.count)} on {words.day(end.said)}; "
        f"the tally stands at low {words.number(tally.low)}, best {words.number(tally.best)}, "
        f"high {'open' if tally.high is None else words.number(tally.high)}."
    )
    return Said(
        grid=tuple((y(tick), words.number(tick)) for tick in on.ticks),
        ticks=_ticks([s.said for s in shown], x),
        marks=tuple(marks),
        band=band,
        best=best,
        labels=_labels(tally, y),
        sentence=sentence,
    )


def _marks(shown: Sequence[Statement], x: Callable[[dt.date], float], y: Callable[[float], float]) -> list[Mark]:
    """The statements in order, moved apart where they would hide one another; a letter once for neighbours."""
    places: list[float] = []
    for statement in shown:
        at = x(statement.said)
        places.append(max(at, places[-1] + CLOSEST) if places else at)
    for n in range(len(places) - 1, -1, -1):
        places[n] = round(min(places[n], RIGHT - CLOSEST * (len(places) - n)), 1)
    marks = [_mark(statement, at, y) for statement, at in zip(shown, places, strict=True)]
    return [
        replace(mark, letter="")
        if before is not None and before.letter == mark.letter and mark.x - before.x < 2 * CLOSEST
        else mark
        for before, mark in zip([None, *marks], marks, strict=False)
    ]


def _figure(count: Count) -> float | None:
    for figure in (count.best, count.max, count.min):
        if figure is not None:
            return figure
    return None


def _words(count: Count) -> str:
    return " ".join(part for part in words.bounds(count) if part)


def _mark(statement: Statement, at: float, y: Callable[[float], float]) -> Mark:
    count = statement.count
    low, high = count.min, count.max
    centre = count.best
    if centre is None:
        centre = (low + high) / 2 if low is not None and high is not None else _figure(count)
    assert centre is not None
    point = y(centre)
    ends = (y(low), y(high)) if low is not None and high is not None and low != high else None
    return Mark(
        x=at,
        y=point,
        top=ends[1] if ends else None,
        bottom=ends[0] if ends else None,
        open_from=point - 8 if high is None and low is not None else None,
        firmness=statement.firmness,
        letter="" if statement.copy else statement.letter,
        letter_y=(ends[0] if ends else point) + (21 if point < BOTTOM - 30 else -12),
        claim=statement.claim,
    )


def _ticks(days: Sequence[dt.date], x: Callable[[dt.date], float]) -> tuple[tuple[float, str], ...]:
    """Dates under the axis, at their true place, none closer to another than its words are wide."""
    out: list[tuple[float, str]] = []
    for day in sorted(set(days)):
        at = x(day)
        if not out or at - out[-1][0] >= 64:
            out.append((at, words.day(day, short=True, year=False)))
    return tuple(out)


def _labels(tally: Tally, y: Callable[[float], float]) -> tuple[tuple[float, str, bool], ...]:
    """`high`, `best`, `low` at the right edge, moved apart where they would touch."""
    wanted = [(y(tally.high), f"high {words.number(tally.high)}", False)] if tally.high is not None else []
    wanted += [] if tally.high is not None else [(TOP, "high open", False)]
    wanted += [(y(tally.best), f"best {words.number(tally.best)}", True)] if tally.best is not None else []
    wanted += [(y(tally.low), f"low {words.number(tally.low)}", False)] if tally.low is not None else []
    out: list[tuple[float, str, bool]] = []
    for at, text, strong in wanted:
        place = at + 4
        if out and place - out[-1][0] < 16:
            place = out[-1][0] + 16
        out.append((round(place, 1), text, strong))
    return tuple(out)
