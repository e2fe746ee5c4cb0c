"""A small integer program, solved exactly: the fewest people so that every figure counts as many as it needs.

One variable for each largest set of figures that may all count one person: how many such people there are. The
relaxation is solved in fractions, never in floating point, so that its value is a proof; the search closes what whole
numbers leave open. Source: Dantzig's simplex with Bland's rule where it stalls; Bron and Kerbosch (1973) for the sets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

Set = frozenset[str]


def fewest_cliques(needs: Mapping[str, int], company: Mapping[str, set[str]]) -> int:
    """The fewest people: each belongs to figures of which every two may share, each figure has as many as it needs.

    Args:
        needs: figure to a number of people above 0.
        company: figure to those it may share people with, among `needs`.
    """
    sets = sorted(_largest_sets(company), key=sorted)
    return _search(dict(needs), sets, sum(needs.values()))


def _largest_sets(company: Mapping[str, set[str]]) -> list[Set]:
    """Every set of figures that may all count one person, and that no further figure fits into."""
    found: list[Set] = []
    todo: list[tuple[Set, set[str], set[str]]] = [(frozenset(), set(company), set())]
    while todo:
        held, open_, done = todo.pop()
        if not open_ and not done:
            found.append(held)
            continue
        pivot = max(open_ | done, key=lambda name: (len(company[name] & open_), name))
        for name in sorted(open_ - company[pivot]):
            todo.append((held | {name}, open_ & company[name], done & company[name]))
            open_ = open_ - {name}
            done = done | {name}
    return found


def _search(needs: dict[str, int], sets: Sequence[Set], known: int) -> int:
    """The optimum where it is below `known`, else `known`.

    A figure that still needs people takes one from one of its sets: each choice is tried, the later ones without the
    sets tried before.
    """
    needs = {name: need for name, need in needs.items() if need > 0}
    if not needs:
        return min(known, 0)
    solved = _relaxed(needs, sets)
    if solved is None:
        return known
    bound, taken = math.ceil(solved[0]), solved[1]
    if bound >= known:
        return known
    whole = [math.floor(number) for number in taken]
    if any(whole):  # a good answer soon: what the relaxation takes whole, and the rest searched
        rest = _less(needs, sets, whole)
        known = min(known, sum(whole) + _search(rest, sets, known - sum(whole)))
        if bound >= known:
            return known
    name = min(needs, key=lambda each: (sum(each in one for one in sets), each))
    tried: set[Set] = set()
    likely = sorted((n for n, one in enumerate(sets) if name in one), key=lambda n: (-taken[n], n))
    for n in likely:
        left = [one for one in sets if one not in tried]
        rest = {each: need - (each in sets[n]) for each, need in needs.items()}
        known = min(known, 1 + _search(rest, left, known - 1))
        if bound >= known:
            return known
        tried.add(sets[n])
    return known


def _less(needs: Mapping[str, int], sets: Sequence[Set], taken: Sequence[int]) -> dict[str, int]:
    left = dict(needs)
    for one, number in zip(sets, taken, strict=True):
        for name in one & left.keys():
            left[name] -= number
    return left


def _relaxed(needs: Mapping[str, int], sets: Sequence[Set]) -> tuple[Fraction, list[Fraction]] | None:
    """The relaxation's value and how much of each set it takes; None where a figure stands in no set.

    Solved from its dual, which begins feasible: the dearest prices of figures such that no set costs more than one.
    """
    names = sorted(needs)
    if any(all(name not in one for one in sets) for name in names):
        return None
    column = {name: n for n, name in enumerate(names)}
    rows: list[dict[int, Fraction]] = [
        {column[name]: Fraction(1) for name in sorted(one & column.keys())} for one in sets
    ]
    room = [Fraction(1)] * len(sets)
    basic = [len(names) + n for n in range(len(sets))]
    gain = {column[name]: Fraction(need) for name, need in needs.items()}
    value, stalled = Fraction(0), 0
    while True:
        better = [n for n, worth in gain.items() if worth > 0]
        if not better:
            break
        enters = min(better) if stalled > len(names) else min(better, key=lambda n: (-gain[n], n))
        leaves = min(
            (n for n, row in enumerate(rows) if row.get(enters, 0) > 0),
            key=lambda n: (room[n] / rows[n][enters], basic[n]),
        )
        before = value
        value += _turn(enters, leaves, rows, room, basic, gain)
        stalled = stalled + 1 if value == before else 0
    prices = [-gain.get(len(names) + n, Fraction(0)) for n in range(len(sets))]
    return value, prices


def _turn(
    enters: int,
    leaves: int,
    rows: list[dict[int, Fraction]],
    room: list[Fraction],
    basic: list[int],
    gain: dict[int, Fraction],
) -> Fraction:
    """Let one variable into the basis for another; what the objective gains by it."""
    row = rows[leaves]
    by = row.pop(enters)
    row = {n: share / by for n, share in row.items()}
    row[basic[leaves]] = 1 / by
    room[leaves] /= by
    basic[leaves], rows[leaves] = enters, row
    for n, other in enumerate(rows):
        if n != leaves and enters in other:
            factor = other.pop(enters)
            _take(other, row, factor)
            room[n] -= factor * room[leaves]
    factor = gain.pop(enters)
    _take(gain, row, factor)
    return factor * room[leaves]


def _take(line: dict[int, Fraction], row: Mapping[int, Fraction], factor: Fraction) -> None:
    for n, share in row.items():
        left = line.get(n, Fraction(0)) - factor * share
        if left:
            line[n] = left
        else:
            line.pop(n, None)
