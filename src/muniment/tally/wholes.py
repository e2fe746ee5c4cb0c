"""What the parts of a whole add up to: bounds that never count twice who may be in two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

EXACT_UP_TO = 18
"""Groups of overlapping parts up to this size are solved exactly; of larger ones two choices are tried, the largest
parts first and those with the fewest overlaps first, and the better stands: a true lower bound, if not the best."""


def heaviest(weights: Mapping[str, int], overlapping: Iterable[tuple[str, str]]) -> int:
    """The most people that are surely distinct: the heaviest set of parts of which no two overlap.

    It is a true lower bound: parts that may share people are never both counted. Groups of parts that do not
    touch each other add up; in a tree, where no parts overlap, it is the plain sum.

    Args:
        weights: part to a number of people.
        overlapping: pairs of parts that may share people.
    """
    foes: dict[str, set[str]] = {}
    for a, b in overlapping:
        if a in weights and b in weights and a != b:
            foes.setdefault(a, set()).add(b)
            foes.setdefault(b, set()).add(a)
    total = sum(weight for part, weight in weights.items() if part not in foes)
    seen: set[str] = set()
    for part in sorted(foes):
        if part not in seen:
            group = _group(part, foes)
            seen |= group
            total += _solve(tuple(sorted(group, key=lambda p: (-weights[p], p))), weights, foes)
    return total


def _group(start: str, foes: Mapping[str, set[str]]) -> set[str]:
    group, todo = {start}, [start]
    while todo:
        fresh = foes[todo.pop()] - group
        group |= fresh
        todo.extend(fresh)
    return group


def _solve(parts: tuple[str, ...], weights: Mapping[str, int], foes: Mapping[str, set[str]]) -> int:
    if len(parts) > EXACT_UP_TO:
        least_bound = sorted(parts, key=lambda p: (len(foes[p]), -weights[p], p))
        return max(_taken_in_turn(parts, weights, foes), _taken_in_turn(least_bound, weights, foes))
    if not parts:
        return 0
    first, rest = parts[0], parts[1:]
    with_it = weights[first] + _solve(tuple(p for p in rest if p not in foes[first]), weights, foes)
    return max(with_it, _solve(rest, weights, foes))


def _taken_in_turn(parts: Iterable[str], weights: Mapping[str, int], foes: Mapping[str, set[str]]) -> int:
    taken: set[str] = set()
    for part in parts:
        if not foes[part] & taken:
            taken.add(part)
    return sum(weights[part] for part in taken)
