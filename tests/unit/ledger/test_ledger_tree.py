"""Roots and proofs are those of RFC 9162, held against its own definition and against another implementation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.ledger import tree
from muniment.ledger.audit import Frontier

Nodes = dict[tuple[int, int], bytes]


def grow(leaves: list[bytes]) -> Nodes:
    nodes: Nodes = {}
    for number, leaf in enumerate(leaves):
        grown = tree.grown(number, tree.leaf_hash(leaf), lambda level, index: nodes[level, index])
        nodes.update({(level, index): digest for level, index, digest in grown})
    return nodes


def reader(nodes: Nodes) -> Callable[[int, int], bytes]:
    return lambda level, index: nodes[level, index]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


LEAVES = [f"leaf {number}".encode() for number in range(70)]
NODES = grow(LEAVES)
READ = reader(NODES)


@pytest.mark.parametrize("size", range(71))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert tree.root(size, READ) == by_definition(LEAVES[:size])
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        list(frontier.add(tree.leaf_hash(leaf)))
    assert frontier.root() == by_definition(LEAVES[:size])


def test_every_proof_of_inclusion_leads_to_the_root_and_to_no_other_place() -> None:
    for size in range(1, 40):
        root = tree.root(size, READ)
        for index in range(size):
            path = tree.inclusion(index, size, READ)
            leaf = tree.leaf_hash(LEAVES[index])
            assert tree.root_of_inclusion(index, size, leaf, path) == root
            assert tree.root_of_inclusion(index, size, tree.leaf_hash(b"another"), path) != root
            for other in {0, index + 1, size - 1} - {index}:
                assert tree.root_of_inclusion(other, size, leaf, path) != root
            if path:
                assert tree.root_of_inclusion(index, size, leaf, path[:-1]) != root
            assert tree.root_of_inclusion(index, size, leaf, (*path, bytes(32))) != root


def test_every_proof_of_consistency_holds_for_its_roots_and_for_no_others() -> None:
    for second in range(1, 33):
        for first in range(1, second + 1):
            path = tree.consistency(first, second, READ)
            old, new = tree.root(first, READ), tree.root(second, READ)
            assert tree.is_consistent(first, second, old, new, path)
            assert not tree.is_consistent(first, second, bytes(32), new, path)
            assert not tree.is_consistent(first, second, old, bytes(32), path)
            assert not tree.is_consistent(first, second, old, new, (*path, bytes(32)))


def test_proofs_are_those_of_another_implementation() -> None:
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in LEAVES:
        oracle.append_entry(leaf)
    for size in (1, 2, 3, 7, 8, 33, 70):
        root = tree.root(size, READ)
        assert root == oracle.get_root(size)
        for index in range(size):
            leaf = tree.leaf_hash(LEAVES[index])
            theirs = oracle.prove_inclusion(index + 1, size)
            pymerkle.verify_inclusion(leaf, root, theirs)  # raises where it does not lead there
            steps = {bytes.fromhex(step) for step in theirs.serialize()["path"]}
            assert steps == {leaf, *tree.inclusion(index, size, READ)}


@given(st.data())
def test_a_forked_log_is_consistent_with_neither_branch(data: st.DataObject) -> None:
    common = data.draw(st.integers(0, 20))
    ours = LEAVES[: common + data.draw(st.integers(1, 10))]
    theirs = [*LEAVES[:common], b"forked", *LEAVES[common : common + data.draw(st.integers(0, 10))]]
    small, large = sorted((ours, theirs), key=len)
    path = tree.consistency(len(small), len(large), reader(grow(large)))
    assert not tree.is_consistent(len(small), len(large), by_definition(small), by_definition(large), path)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (-1, 2)])
def test_no_proof_is_made_of_what_cannot_be(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="beginning"):
        tree.consistency(first, second, READ)
    with pytest.raises(ValueError, match="not in a tree"):
        tree.inclusion(second, second, READ)
    assert not tree.is_consistent(first, second, bytes(32), bytes(32), ())
