"""Incidents over time: a bar for each day (or week, or month), and under the line a stroke for what has no day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_IN_DAYS = 150
LONGEST_IN_WEEKS = 800
HEIGHT = 72.0
BASE = 61.5
STEP = 10.0


@dataclass(frozen=True, slots=True)
class Column:
    """One bar: where it stands, what it counts, and its first and last day."""

    x: float
    y: float
    height: float
    number: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Stroke:
    """A span in which incidents happened whose day is not known."""

    x1: float
    x2: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the axis, in percent from the start."""

    x: float
    date: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: its width, its bars (`unit` is day, week or month), strokes and ticks."""

    width: float
    unit: str
    most: int
    columns: tuple[Column, ...]
    strokes: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]
    first: dt.date
    last: dt.date


def timeline(days: Sequence[tuple[dt.date, int]], spans: Iterable[tuple[dt.date, dt.date]]) -> Timeline | None:
    """The timeline of these days and spans; None where nothing is dated.

    Args:
        days: incidents whose day is known, by day.
        spans: first and last day of the others.
    """
    wide = [span for span in spans if span[0] <= span[1]]
    if not days and not wide:
        return None
    begin = min(day for day, _ in days) if days else min(a for a, _ in wide)
    end = max(day for day, _ in days) if days else max(b for _, b in wide)
    length = (end - begin).days + 1
    unit = "day" if length <= LONGEST_IN_DAYS else "week" if length <= LONGEST_IN_WEEKS else "month"
    edges = _edges(begin, end, unit)
    counts = [0] * (len(edges) - 1)
    place = 0
    for day, number in sorted(days):
        while day >= edges[place + 1]:
            place += 1
        counts[place] += number
    most = max(counts, default=0)
    width = STEP * len(counts)
    columns = tuple(
        Column(
            x=round(STEP * n + 1.5, 1),
            y=round(BASE - 0.5 - 61 * number / most, 1),
            height=round(61 * number / most, 1),
            number=number,
            first=edges[n],
            last=edges[n + 1] - dt.timedelta(days=1),
        )
        for n, number in enumerate(counts)
        if number
    )
    whole = (edges[-1] - edges[0]).days

    def x(day: dt.date) -> float:
        return round(width * min(max((day - edges[0]).days, 0), whole) / whole, 1)

    strokes = tuple(Stroke(a, b) for a, b in _joined([(x(a), x(b + dt.timedelta(days=1))) for a, b in wide]) if a < b)
    ticks = tuple(Tick(round(100 * x(date) / width, 2), date) for date in _ticks(edges[0], edges[-1]))
    return Timeline(width, unit, most, columns, strokes, ticks, edges[0], edges[-1] - dt.timedelta(days=1))


def _edges(begin: dt.date, end: dt.date, unit: str) -> list[dt.date]:
    """The first day of each bar, and the day after the last."""
    if unit == "month":
        edges = [begin.replace(day=1)]
        while edges[-1] <= end:
            edges.append((edges[-1] + dt.timedelta(days=32)).replace(day=1))
        return edges
    step = dt.timedelta(days=1 if unit == "day" else 7)
    first = begin if unit == "day" else begin - dt.timedelta(days=begin.weekday())
    if unit == "day" and (end - begin).days < 13:  # a few days alone would be slabs
        first = begin - dt.timedelta(days=(13 - (end - begin).days) // 2)
        end = max(end, first + dt.timedelta(days=13))
    edges = [first]
    while edges[-1] <= end:
        edges.append(edges[-1] + step)
    return edges


def _ticks(first: dt.date, end: dt.date) -> list[dt.date]:
    """The first of months (or of years), few enough to stand side by side; the first day itself where none fits."""
    days = (end - first).days
    months = 1 if days <= 250 else 3 if days <= 800 else 12 if days <= 4000 else 60
    date = first.replace(day=1)
    out = []
    while date < end:
        if date >= first and (date.month - 1) % min(months, 12) == 0 and date.year % max(1, months // 12) == 0:
            out.append(date)
        date = (date + dt.timedelta(days=32)).replace(day=1)
    return out or [first]


def _joined(strokes: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for a, b in sorted(strokes):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out
