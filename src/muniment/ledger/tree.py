"""The Merkle tree over the ledger's entries: one hash for all of them, and short proofs that hold without the rest.

Invariant: the hash of a perfect subtree never changes once its last leaf stands, so such hashes are kept, and every
root and proof is put together from at most two of them a level.

Source: RFC 6962 section 2.1, RFC 9162 section 2.1 (SHA-256; leaves are prefixed with 0x00, nodes with 0x01).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Read = Callable[[int, int], bytes]
"""Reads the hash of the perfect subtree at (level, index), which covers 2**level leaves from index * 2**level on."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf, 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children, 32 bytes each."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(size: int, leaf: bytes, read: Read) -> Iterator[tuple[int, int, bytes]]:
    """The perfect subtrees that the leaf after `size` others completes, as (level, index, hash), the leaf first."""
    level, index, digest = 0, size, leaf
    yield level, index, digest
    while index & 1:
        digest = node_hash(read(level, index - 1), digest)
        level, index = level + 1, index >> 1
        yield level, index, digest


def root(size: int, read: Read) -> bytes:
    """The root over the first `size` leaves."""
    return EMPTY_ROOT if size == 0 else _over(0, size, read)


def inclusion(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """The proof that the leaf at `index` is among the first `size`: the hashes beside its way up, lowest first.

    Raises:
        ValueError: where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_over(middle, high, read))
            high = middle
        else:
            path.append(_over(low, middle, read))
            low = middle
    return tuple(reversed(path))


def consistency(first: int, second: int, read: Read) -> tuple[bytes, ...]:
    """The proof that the tree of `second` leaves begins with the tree of `first`.

    Raises:
        ValueError: where `first` is not between 1 and `second`.
    """
    if not 0 < first <= second:
        raise ValueError(f"a tree of {first} leaves cannot be the beginning of one of {second}")
    path: list[bytes] = []
    low, high, whole = 0, second, True
    while first != high:
        middle = low + _split(high - low)
        if first <= middle:
            path.append(_over(middle, high, read))
            high = middle
        else:
            path.append(_over(low, middle, read))
            low, whole = middle, False
    if not whole:
        path.append(_over(low, high, read))
    return tuple(reversed(path))


def root_of_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to, or None where the proof has not the shape of one.

    Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    at, last, digest = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            digest = node_hash(step, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        at, last = at >> 1, last >> 1
    return digest if last == 0 else None


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that the second tree begins with the first.

    Source: RFC 9162 section 2.1.4.2.
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    steps = list(path) if first & (first - 1) else [first_root, *path]
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _over(low: int, high: int, read: Read) -> bytes:
    """The hash over leaves low to high; `low` is always where a perfect subtree of that width may begin."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, low >> level)
    middle = low + _split(size)
    return node_hash(_over(low, middle, read), _over(middle, high, read))
