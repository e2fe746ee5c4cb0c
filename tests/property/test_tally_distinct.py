"""Bounds over nested and overlapping scopes, held against all ways in which people can stand in them."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Iterable, Mapping

from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment.tally.distinct import fewest
from muniment.tally.scopes import Scopes

Pair = tuple[str, str]
RING = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a")]


def by_trying(needs: Mapping[str, int], kinds: Iterable[frozenset[str]]) -> int:
    """The fewest people, each of one of the kinds given, by trying every choice."""
    names = sorted(name for name, need in needs.items() if need > 0)
    useful = {kind & frozenset(names) for kind in kinds}
    largest = [kind for kind in useful if not any(kind < other for other in useful)]

    @functools.cache
    def least(left: tuple[int, ...]) -> int:
        waiting = next((n for n, need in enumerate(left) if need > 0), None)
        if waiting is None:
            return 0
        return min(
            1 + least(tuple(max(0, need - (names[n] in kind)) for n, need in enumerate(left)))
            for kind in largest
            if names[waiting] in kind
        )

    return least(tuple(needs[name] for name in names))


def subsets(names: Iterable[str]) -> Iterable[frozenset[str]]:
    held = sorted(names)
    for size in range(len(held) + 1):
        yield from map(frozenset, itertools.combinations(held, size))


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 3)),
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=16),
)
@example(dict.fromkeys("abcde", 1), RING)
@example(dict.fromkeys("abcde", 3), RING)
@example(dict.fromkeys("abcdef", 2), [p for p in itertools.combinations("abcdef", 2) if p not in {("a", "d")}])
def test_the_fewest_people_are_found(needs: dict[str, int], pairs: list[Pair]) -> None:
    may = {frozenset(pair) for pair in pairs}
    kinds = [s for s in subsets(needs) if all(frozenset(pair) in may for pair in itertools.combinations(s, 2))]
    assert fewest(needs, pairs) == by_trying(needs, kinds)


def test_a_ring_of_five_needs_more_than_any_two_parts_of_it() -> None:
    """No two of the five that share nobody count more than 200 together, and still 250 people are needed."""
    assert fewest(dict.fromkeys("abcde", 100), RING) == 250
    assert fewest(dict.fromkeys("abcde", 101), RING) == 253


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_neither_order_nor_name_changes_a_bound(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"n{n}" for n in range(rng.randint(1, 24))]
    needs = {name: rng.randint(0, 90) for name in names}
    pairs = [pair for pair in itertools.combinations(names, 2) if rng.random() < 0.25]
    known = fewest(needs, pairs)
    other = dict(zip(names, rng.sample(names, len(names)), strict=True))
    turned = [(other[b], other[a]) for a, b in rng.sample(pairs, len(pairs))]
    assert fewest({other[name]: needs[name] for name in reversed(names)}, turned) == known
    taken: list[str] = []
    for name in sorted(needs, key=lambda each: -needs[each]):
        if not any(frozenset((name, each)) in {frozenset(p) for p in pairs} for each in taken):
            taken.append(name)
    assert sum(needs[name] for name in taken) <= known <= sum(needs.values())


@st.composite
def nested(draw: st.DrawFn) -> tuple[Scopes, dict[str, int]]:
    """A whole `w` with up to six incidents below it, some in several others, some that may overlap."""
    names = list("abcdef"[: draw(st.integers(1, 6))])
    parts: dict[str, set[str]] = {"w": set()}
    for n, name in enumerate(names):
        for whole in draw(st.sets(st.sampled_from(["w", *names[:n]]), min_size=1, max_size=2)):
            parts.setdefault(whole, set()).add(name)
    overlaps: dict[str, set[str]] = {}
    for a, b in draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=6)):
        if a != b:
            overlaps.setdefault(a, set()).add(b)
            overlaps.setdefault(b, set()).add(a)
    single = draw(st.sets(st.sampled_from([name for name in names if name not in parts] or ["-"])))
    needs = {name: draw(st.integers(0, 3)) for name in names if draw(st.integers(0, 5))}
    return (
        Scopes(
            {whole: tuple(sorted(inner)) for whole, inner in parts.items()},
            {name: frozenset(others) for name, others in overlaps.items()},
            frozenset(single),
        ),
        needs,
    )


def people_there_can_be(scopes: Scopes) -> list[frozenset[str]]:
    """Every way in which one person can stand below `w`: in all wholes of what they are in, in no two that differ."""
    names = scopes.within("w") - {"w"}
    wholes = {name: {whole for whole, parts in scopes.parts.items() if name in parts} for name in names}

    def differ(a: str, b: str) -> bool:
        if b in scopes.overlaps.get(a, ()) or scopes.within(a) & scopes.within(b):
            return False
        return bool(wholes[a] & wholes[b]) or {a, b} <= scopes.single

    return [
        kind
        for kind in subsets(names)
        if all(wholes[name] - {"w"} <= kind for name in kind)
        and not any(differ(a, b) for a, b in itertools.combinations(sorted(kind), 2))
    ]


@settings(max_examples=500, deadline=None)
@given(nested())
def test_what_a_whole_holds_at_least_is_exact(case: tuple[Scopes, dict[str, int]]) -> None:
    scopes, needs = case
    full: dict[str, int] = {}
    for id_ in scopes.upward(["w"]):  # as figures are made: none is lower than what lies in it
        inner = scopes.fewest(id_, full.get) if id_ in scopes.parts else 0
        if id_ in needs or id_ == "w":
            full[id_] = max(needs.get(id_, 0), inner)
    assert full["w"] == by_trying(needs, people_there_can_be(scopes))
