"""The fewest people who can make several figures true at once, where some figures may count the same people.

An exact answer for any number of figures. People who share what is said of them stand in a *set of figures that may all
count one person*; the program asks for the fewest people so that each figure has as many as it needs. Four steps, each
of which keeps the optimum: figures that share nobody add up; where every figure of one side may share with every figure
of the other, the larger side holds the smaller; a figure whose company is all in another's company is filled from it;
what is left, which in a case is hardly ever anything, is solved as an integer program by `covering`.

The proofs are in docs/decisions/0014-exact-bounds.md.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping

from muniment.tally.covering import fewest_cliques

Company = dict[str, set[str]]


def fewest(figures: Mapping[str, int], sharing: Iterable[tuple[str, str]]) -> int:
    """The fewest people who make every figure true.

    Args:
        figures: name to the least number of people it counts.
        sharing: pairs that may count the same people; all others count different ones.
    """
    needs = {name: need for name, need in figures.items() if need > 0}
    company: Company = {name: set() for name in needs}
    for a, b in sharing:
        if a != b and a in needs and b in needs:
            company[a].add(b)
            company[b].add(a)
    return _fewest(needs, company)


def _fewest(needs: dict[str, int], company: Company) -> int:
    total = _filled(needs, company)
    for group in _apart(company):
        sides = _sides(group, company)
        if len(sides) == 1:
            total += fewest_cliques({name: needs[name] for name in group}, {n: company[n] for n in group})
            continue
        total += max(
            _fewest({name: needs[name] for name in side}, {name: company[name] & side for name in side})
            for side in sides
        )
    return total


def _filled(needs: dict[str, int], company: Company) -> int:
    """Fill each figure from another whose company it takes in; both dictionaries keep what is left to solve.

    Everyone in `one` may also be in `other` wherever the company of `one` is in that of `other`: so `other` needs only
    the rest, and that rest shares nobody with `one`.

    Returns:
        The people of the figures that came to stand alone.
    """
    alone = 0
    waiting = [(len(near), name) for name, near in company.items()]
    heapq.heapify(waiting)
    while waiting:
        size, one = heapq.heappop(waiting)
        if one not in company or len(company[one]) != size:
            continue
        near = company[one]
        for other in sorted(near):
            if len(company[other]) < len(near) or not near - {other} <= company[other]:
                continue
            near.discard(other)
            company[other].discard(one)
            needs[other] -= needs[one]
            changed = {other}
            if needs[other] <= 0:
                changed = company.pop(other)
                del needs[other]
                for each in changed:
                    company[each].discard(other)
            for each in changed - {one}:
                heapq.heappush(waiting, (len(company[each]), each))
        if not near:
            alone += needs.pop(one)
            del company[one]
        elif len(near) != size:
            heapq.heappush(waiting, (len(near), one))
    return alone


def _apart(company: Company) -> list[set[str]]:
    """Groups of figures that share nobody with one another."""
    return _reached(set(company), lambda name, left: company[name] & left)


def _sides(group: set[str], company: Company) -> list[set[str]]:
    """Sides of a group of which every figure may share with every figure of every other side."""
    return _reached(group, lambda name, left: left - company[name])


def _reached(names: set[str], step: Callable[[str, set[str]], set[str]]) -> list[set[str]]:
    groups, left = [], set(names)
    for start in sorted(names):
        if start not in left:
            continue
        group, todo = {start}, [start]
        left.discard(start)
        while todo:
            fresh = step(todo.pop(), left)
            left -= fresh
            group |= fresh
            todo.extend(fresh)
        groups.append(group)
    return groups
