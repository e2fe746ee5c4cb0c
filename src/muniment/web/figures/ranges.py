"""Low, best and high as a bar: solid to low, thin from low to high, a tick at best, dashes where the top is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muniment.model import Tally

WIDTH = 1000.0
OPEN_SHARE = 1.3
"""How far the thin bar of an open top runs beyond the largest figure known, before its dashes."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A common scale from 0 to `top`, with ticks at `ticks`."""

    top: float
    ticks: tuple[int, ...]

    def at(self, value: float) -> float:
        """Where a figure stands, in units of the drawing."""
        return round(WIDTH * min(value, self.top) / self.top, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row's bar in units of the drawing (0 to 1000); None for what is not known."""

    low: float
    high_from: float
    high: float
    best: float | None
    more: float | None


def scale(figures: Iterable[float | None]) -> Scale:
    """A scale that holds all the figures, whose top is 1, 2, 2.4, 3, 4, 6 or 9 times a power of ten."""
    largest = max((float(f) for f in figures if f is not None), default=0.0)
    if largest <= 4:
        return Scale(4, (0, 2, 4))
    power = 10 ** (len(str(int(largest))) - 1)
    steps = next(s for s in (1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 9, 10) if s * power >= largest)
    top = steps * power
    parts = next((p for p in (3, 4, 2) if float(top / p).is_integer()), 1)
    return Scale(top, tuple(int(top * n / parts) for n in range(parts + 1)))


def bar(low: float | None, best: float | None, high: float | None, on: Scale) -> Bar:
    """The bar of one row; `high` None is an open top."""
    begin = low or 0
    if high is not None:
        top, more = high, None
    else:
        top = max(x for x in (low, best, 0) if x is not None) * OPEN_SHARE
        more = on.at(top) + 3
    known = [x for x in (low, best, high) if x is not None]
    start = on.at(begin)
    return Bar(
        low=start,
        high_from=start,
        high=round(max(0.0, on.at(top) - start), 1) if known else 0.0,
        best=None if best is None else on.at(best),
        more=more if known else None,
    )


def tally_scale(tallies: Iterable[Tally]) -> Scale:
    """A scale for several tallies; an open top leaves room for its dashes."""
    figures: list[float | None] = []
    for tally in tallies:
        figures += [tally.low, tally.best, tally.high]
        if tally.high is None:
            figures.append(max(tally.low or 0, tally.best or 0) * (OPEN_SHARE + 0.15))
    return scale(figures)
