"""How right a linking is: pairs, B³, and totals that hold the truth."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from muniment.model import Incident


@dataclass(frozen=True, slots=True)
class Pairs:
    """Of all pairs of items put together, how many belong together, and of all that belong, how many were put."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision and recall of each item's own cluster, averaged over the items.

    Source: Bagga and Baldwin (1998), Entity-based cross-document coreferencing using the vector space model.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the totals of incidents: the share whose [low, high] holds the truth, the median width, the share open."""

    number: int
    holding: float
    median_width: float
    open: float


def _two(number: int) -> int:
    return number * (number - 1) // 2


def pairs(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Pairs:
    """Pairs over the items of `truth`; an item that `found` lacks stands alone."""
    cells = Counter((found.get(item, item), event) for item, event in truth.items())
    clusters = Counter(found.get(item, item) for item in truth)
    events = Counter(truth.values())
    both = sum(map(_two, cells.values()))
    put, belong = sum(map(_two, clusters.values())), sum(map(_two, events.values()))
    return Pairs(both / put if put else 1.0, both / belong if belong else 1.0)


def b_cubed(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> BCubed:
    """B³ over the items of `truth`; an item that `found` lacks stands alone."""
    cells = Counter((found.get(item, item), event) for item, event in truth.items())
    clusters = Counter(found.get(item, item) for item in truth)
    events = Counter(truth.values())
    precision = sum(n * n / clusters[cluster] for (cluster, _), n in cells.items()) / len(truth)
    recall = sum(n * n / events[event] for (_, event), n in cells.items()) / len(truth)
    return BCubed(precision, recall)


def totals(
    incidents: Iterable[Incident], event_of: Mapping[str, str], truth: Mapping[tuple[str, str], int]
) -> tuple[Totals, list[tuple[Incident, str, int, int, int | None]]]:
    """Every total an incident shows for all victims, against the event most of its claims are about.

    Returns:
        the figures, and what missed: incident, harm, truth, low, high.
    """
    widths: list[float] = []
    missed: list[tuple[Incident, str, int, int, int | None]] = []
    for incident in incidents:
        votes = Counter(event_of[claim] for claim in incident.claims)
        if not votes:
            continue
        event = min(votes.items(), key=lambda item: (-item[1], item[0]))[0]
        for tally in incident.tallies:
            number = truth.get((event, tally.harm))
            if tally.victims != "all" or number is None:
                continue
            low, high = tally.low or 0, math.inf if tally.high is None else tally.high
            widths.append(high - low)
            if not low <= number <= high:
                missed.append((incident, str(tally.harm), number, low, tally.high))
    widths.sort()
    share = 1 - len(missed) / len(widths) if widths else 1.0
    middle = widths[len(widths) // 2] if widths else 0.0
    return Totals(len(widths), share, middle, sum(map(math.isinf, widths)) / max(1, len(widths))), missed


def by_item(incidents: Iterable[Incident]) -> dict[str, str]:
    """claim id to incident id."""
    return {claim: incident.id for incident in incidents for claim in incident.claims}


def members(home: Mapping[str, str]) -> dict[str, list[str]]:
    """Cluster to its items."""
    out: dict[str, list[str]] = defaultdict(list)
    for item, cluster in home.items():
        out[cluster].append(item)
    return out
