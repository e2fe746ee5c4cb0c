"""Low, best and high of what sources say of one harm: one origin once, interim overtaken, parts inside totals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from muniment.model import SetAside
from muniment.tally.position import NOT_CREDIBLE, Position
from muniment.tally.rules import choose


@dataclass(slots=True)
class Figure:
    """A figure in the making. `high` is infinite where no upper bound is known."""

    low: int = 0
    best: int | None = None
    high: float = math.inf
    used: set[str] = field(default_factory=set)
    aside: dict[str, str] = field(default_factory=dict)
    rule: str = ""
    stated: bool = False

    def set_aside(self, claims: Iterable[str], why: str) -> None:
        """Note claims that are not used; the first reason stands."""
        for claim in claims:
            self.aside.setdefault(claim, why)

    def rows(self) -> tuple[SetAside, ...]:
        """What was set aside, ordered by claim."""
        return tuple(SetAside(claim, why) for claim, why in sorted(self.aside.items()) if claim not in self.used)


def figure(positions: Sequence[Position], named: int, rule: str) -> Figure:
    """The figure for all victims, or for one status where the positions are of that status only.

    Args:
        positions: of single claims.
        named: how many distinct people are named; never fewer are counted.
        rule: name of the rule that chooses the best figure.
    """
    out = Figure()
    totals = [p for p in positions if not p.part]
    parts = [p for p in positions if p.part]
    alone = not totals
    if alone:
        totals, parts = _largest_parts(parts), []
    for part in parts:
        out.set_aside(part.claims, "a named victim inside the total" if part.named else "a part of the total")
    now = _one_voice_each(totals, out)
    now = _whole_or_subset(now, out)
    now = _not_overtaken(now, out)
    now = _counted(_credible(now, out), out)
    out.stated = any(p.counted for p in now)
    out.used.update(claim for p in now for claim in p.claims)
    bounds = [part.low for part in parts if part.level not in NOT_CREDIBLE]
    lows = [p.low for p in now if p.minimum]
    least = _least_of_parts(now) if alone else min(lows, default=0)
    out.low = max([named, least, *bounds, *_subset_floors(positions, now)])
    out.high = _high(now)
    chosen = choose(rule, now)
    if chosen is not None and chosen.best is not None:
        out.best, out.rule = chosen.best, rule
    elif named and not any(p.counted for p in now):
        out.best, out.rule = named, "people named"
    if out.high < out.low:
        out.high = out.low
    if out.best is not None:
        out.best = int(min(max(out.best, out.low), out.high))
    return out


def _largest_parts(parts: Sequence[Position]) -> list[Position]:
    """Where only parts are told, they are what is known: each a lower bound, the figure as stated its best."""
    several = len({part.whom for part in parts if part.whom} - {"older"}) > 1
    return [replace(part, high=math.inf) if several or (part.named and len(parts) > 1) else part for part in parts]


def _least_of_parts(now: Sequence[Position]) -> int:
    """What parts without a total show: all of the largest, and of each the least that its sources give."""
    told: dict[str, dict[str, int]] = {}
    for part in now:
        by = told.setdefault(part.whom, {})
        by[part.lineage] = max(by.get(part.lineage, 0), part.low)
    return max((min(by.values()) for by in told.values()), default=0)


def _one_voice_each(totals: Sequence[Position], out: Figure) -> list[Position]:
    """Of each origin what it says last and most exactly, for each status, and for each part where parts are all."""
    voices: dict[tuple[str, str, str], list[Position]] = {}
    for position in totals:
        voices.setdefault((position.lineage, position.status, position.whom), []).append(position)
    kept = []
    for _, said in sorted(voices.items()):
        counted = [p for p in said if p.counted]
        for vague in (p for p in said if not p.counted):
            if counted:
                out.set_aside(vague.claims, "the same source says it more exactly")
        said = counted or said
        last = max(p.day for p in said)
        for earlier in (p for p in said if p.day < last):
            out.set_aside(earlier.claims, "superseded: the same source gives a later figure")
        kept += _agreeing([p for p in said if p.day == last])
    return kept


def _agreeing(said: Sequence[Position]) -> list[Position]:
    """Equal figures of one origin are one position with several claims."""
    same: dict[tuple[object, ...], list[Position]] = {}
    for p in said:
        same.setdefault((p.low, p.high, p.best), []).append(p)
    return [
        replace(
            min(group, key=lambda p: (p.rank, p.claims)),
            claims=tuple(sorted(claim for p in group for claim in p.claims)),
            interim=all(p.interim for p in group),
        )
        for _, group in sorted(same.items(), key=lambda item: item[1][0].claims)
    ]


def _whole_or_subset(now: Sequence[Position], out: Figure) -> list[Position]:
    """Civilians and combatants one source states are disjoint: together they are its total. Where another total is
    larger than a figure for one status, that figure is a subset and bounds the total from below only."""
    kept: list[Position] = []
    voices: dict[str, list[Position]] = {}
    for position in now:
        voices.setdefault(position.lineage, []).append(position)
    for _, said in sorted(voices.items()):
        wholes = [p for p in said if p.status == "unknown"]
        civilians = [p for p in said if p.status == "civilian"]
        combatants = [p for p in said if p.status == "combatant"]
        if not wholes and len(civilians) == 1 and len(combatants) == 1:
            kept.append(_together(civilians[0], combatants[0]))
        else:
            kept += said
    totals = [p for p in kept if p.status == "unknown"]
    out_now = []
    for position in kept:
        if position.status != "unknown" and any(total.low > position.high for total in totals):
            out.set_aside(position.claims, f"counts {position.status}s only")
        else:
            out_now.append(position)
    return out_now


def _together(a: Position, b: Position) -> Position:
    return replace(
        a,
        claims=tuple(sorted((*a.claims, *b.claims))),
        low=a.low + b.low,
        high=a.high + b.high,
        best=a.best + b.best if a.best is not None and b.best is not None else None,
        status="unknown",
        day=max(a.day, b.day),
        rank=max(a.rank, b.rank),
    )


def _subset_floors(positions: Sequence[Position], now: Sequence[Position]) -> list[int]:
    """Lower bounds from figures for one status that the total must hold."""
    used = {claim for p in now for claim in p.claims}
    return [
        p.low
        for p in positions
        if p.status != "unknown" and not p.part and not used & set(p.claims) and _still_said(p, positions)
    ]


def _still_said(p: Position, positions: Sequence[Position]) -> bool:
    """Whether its origin has said nothing later for the same status."""
    return not any(
        o.lineage == p.lineage and o.status == p.status and o.counted and (o.day > p.day or not p.counted)
        for o in positions
        if o is not p
    )


def _not_overtaken(now: Sequence[Position], out: Figure) -> list[Position]:
    """An interim count is overtaken by a later, larger one of the same or a better source."""
    kept = []
    for position in now:
        later = [
            p
            for p in now
            if p.day > position.day
            and p.rank <= position.rank
            and p.counted
            and p.low >= position.low
            and p is not position
        ]
        if later and position.interim and position.day:
            out.set_aside(position.claims, "an interim figure, overtaken by a later one of the same or a better source")
        else:
            kept.append(position)
    return kept


def _credible(now: Sequence[Position], out: Figure) -> list[Position]:
    """What is unverified or inconclusive bounds nothing where something firmer is said."""
    firm = [p for p in now if p.level not in NOT_CREDIBLE]
    if firm:
        for weak in (p for p in now if p.level in NOT_CREDIBLE):
            out.set_aside(weak.claims, "not verified, where firmer figures stand")
        return firm
    return list(now)


def _counted(now: Sequence[Position], out: Figure) -> list[Position]:
    """Vague words ("several") bound nothing where figures stand, unless no figure that stands can hold with them."""
    figures = [p for p in now if p.counted]
    kept = []
    for position in now:
        if position.counted or not figures or all(position.conflicts_with(p) for p in figures):
            kept.append(position)
        else:
            out.set_aside(position.claims, "vaguer than the figures that stand")
    return kept


def _high(now: Sequence[Position]) -> float:
    """The largest closed maximum; open where only lower bounds are known, or one exceeds every maximum."""
    closed = [p.high for p in now if not math.isinf(p.high)]
    if not closed:
        return math.inf
    top = max(closed)
    return math.inf if any(math.isinf(p.high) and p.low > top for p in now) else top


def within(status: Figure, total: Figure, *, floor_only: bool) -> None:
    """Hold the figure for one status inside the figure for all.

    Args:
        status: the figure for civilians, or for combatants.
        total: the figure for all.
        floor_only: only parts of the total are told of this status ("including 40 children"): a floor, no best figure.
    """
    if floor_only:
        status.best, status.high, status.rule = None, math.inf, ""
    status.low = min(status.low, total.low)
    status.high = max(min(status.high, total.high), status.low)
    if status.best is not None:
        status.best = int(min(status.best, status.high))
