"""Propose weights for linking: logistic regression on labelled pairs, each mark of a comparison one column.

    python benchmarks/linking/fit.py    # prints proposed weights beside the shipped ones; changes nothing

Labelled pairs come from coded reports and from generated worlds, never from a case and never from the texts that the
acceptance checks use. Weights are kept near the shipped ones (a ridge around them), so that a mark that the labelled
pairs hardly show keeps its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import maverick
import measured
import numpy as np
import score
import world

from muniment.linker import Rulings, Session
from muniment.linker.weights import TOGETHER, WEIGHTS
from muniment.model import Claim, Document
from muniment.plugins import Lexicon

RIDGE = 2.0
"""How many pairs' worth of evidence the shipped weight of a mark stands for."""

STEPS = 60
SHIFTS = (0.0, 0.5, 1.0, 1.5, 2.0)
SLACK = 0.002
DAYS = frozenset({"same_day", "overlapping_days", "same_period", "day_in_period"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """Compared pairs: the marks of each, and whether the two are one event."""

    marks: list[tuple[str, ...]]
    one: list[bool]


def labelled(
    claims: Iterable[Claim],
    documents: dict[str, Document],
    lexicon: Lexicon,
    event_of: Callable[[str], str],
) -> Labelled:
    """Every pair of local events that linking would compare and nothing bars."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.document, []).append(claim)
    session = Session(lexicon, Rulings(), {})
    session.update({id_: (documents.get(id_), account) for id_, account in told.items()})
    out = Labelled([], [])
    for a, b, result in session.compared():
        if result.barred is None:
            out.marks.append(result.marks)
            out.one.append(event_of(a) == event_of(b))
    return out


def of_reports(told: maverick.Told) -> Labelled:
    """The pairs of coded reports."""
    return labelled(told.claims, told.documents, told.lexicon, lambda claim: told.event_of[told.row_of[claim]])


def of_world(made: world.World) -> Labelled:
    """The pairs of a generated world."""
    return labelled(made.claims, made.documents, made.lexicon, made.event_of.__getitem__)


def fitted(told: maverick.Told) -> dict[str, float]:
    """Weights fitted on coded reports. How much two accounts must agree is fitted with them, on the same reports: of
    the shifts of every agreement on the day whose B³ F1 is within SLACK of the best, the largest."""
    found = proposal([of_reports(told)])
    tried = [_shifted(found, shift) for shift in SHIFTS]
    scores = [_b_cubed(told, weights) for weights in tried]
    return max(zip(SHIFTS, tried, scores, strict=True), key=lambda t: (t[2] >= max(scores) - SLACK, t[0]))[1]


def _shifted(found: Mapping[str, float], shift: float) -> dict[str, float]:
    return {name: round(weight + shift * (name in DAYS), 2) for name, weight in found.items()}


def _b_cubed(told: maverick.Told, found: Mapping[str, float]) -> float:
    with measured.weights(found):
        linked = measured.link(told.claims, told.documents, told.lexicon)
    return score.b_cubed(measured.rows_at_home(linked.home, told.row_of), told.event_of).f1


def proposal(sets: Sequence[Labelled]) -> dict[str, float]:
    """Weights that tell one event from two, so that TOGETHER stands where both are as likely.

    Each set of pairs counts as much as any other. Newton's method on the penalised log-likelihood.
    """
    names = sorted(WEIGHTS)
    column = {name: n for n, name in enumerate(names)}
    rows, answers, shares = [], [], []
    for pairs in sets:
        block = np.zeros((len(pairs.marks), len(names)))
        for n, marks in enumerate(pairs.marks):
            for mark in marks:
                block[n, column[mark]] = 1.0
        rows.append(block)
        answers.append(np.array(pairs.one, dtype=float))
        shares.append(np.full(len(pairs.marks), 1.0))
    x, y, share = np.vstack(rows), np.concatenate(answers), np.concatenate(shares)
    prior = np.array([WEIGHTS[name] for name in names])
    weights = prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(x @ weights - TOGETHER)))
        slope = x.T @ (share * (y - chance)) - RIDGE * (weights - prior)
        bend = (x * (share * chance * (1 - chance))[:, None]).T @ x + RIDGE * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(weights[n]), 2) for n, name in enumerate(names)}


def main() -> None:
    sets = [of_world(world.make(1000, 20, seed=11))]
    path = maverick.table()
    if path is not None:
        sets.append(of_reports(maverick.tell(maverick.read(path))))
    proposed = proposal(sets)
    seen = {mark: sum(mark in marks for pairs in sets for marks in pairs.marks) for mark in WEIGHTS}
    print(f"{'mark':<30} {'shipped':>8} {'proposed':>9} {'pairs':>8}")
    for mark, weight in WEIGHTS.items():
        print(f"{mark:<30} {weight:>+8.2f} {proposed[mark]:>+9.2f} {seen[mark]:>8,}")


if __name__ == "__main__":
    main()
