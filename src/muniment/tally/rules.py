"""Named rules that choose the best figure among what credible sources say now. Never a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from muniment.tally.position import Position

Rule = Callable[[Sequence[Position]], Position]


def _settle(position: Position) -> tuple[float, str]:
    """Ties: the larger figure, then the smallest claim id, so that no order of claims decides."""
    return (-(position.best or 0), position.claims[0])


def latest_best_graded(positions: Sequence[Position]) -> Position:
    """Of the best-graded sources, the latest."""
    return min(positions, key=lambda p: (p.rank, -p.day, *_settle(p)))


def latest(positions: Sequence[Position]) -> Position:
    """The latest source, whatever its grade."""
    return min(positions, key=lambda p: (-p.day, p.rank, *_settle(p)))


def lowest(positions: Sequence[Position]) -> Position:
    """The smallest figure stated."""
    return min(positions, key=lambda p: (p.best or 0, *_settle(p)))


def highest(positions: Sequence[Position]) -> Position:
    """The largest figure stated."""
    return min(positions, key=_settle)


def mode(positions: Sequence[Position]) -> Position:
    """The figure most origins agree on; where several are as common, that of the latest best-graded source."""
    often = Counter(position.best for position in positions)
    most = max(often.values())
    return latest_best_graded([position for position in positions if often[position.best] == most])


DEFAULT_RULE = "latest_best_graded"

RULES: dict[str, Rule] = {
    DEFAULT_RULE: latest_best_graded,
    "latest": latest,
    "min": lowest,
    "max": highest,
    "mode": mode,
}
"""Every rule a case may choose by the setting `tally_rule`."""


def choose(name: str, positions: Sequence[Position]) -> Position | None:
    """The position that gives the best figure, None where none states one."""
    stated = [position for position in positions if position.best is not None]
    return RULES.get(name, latest_best_graded)(stated) if stated else None
