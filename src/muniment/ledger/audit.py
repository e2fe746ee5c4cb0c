"""Checking a ledger: any entry altered, reordered, repeated or dropped is noticed, but for what is cut off the end.

The hashes of perfect subtrees are made anew from the leaves, so that kept hashes prove nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muniment.ledger import tree
from muniment.ledger.entry import Entry, carries, commit_bytes, entry_hash


@dataclass(frozen=True, slots=True)
class Audit:
    """What a check found: how many entries, the root over them, what is wrong, and roots at sizes asked for.

    `erased` counts entries whose payload was taken away; `roots` are hex by size.
    """

    size: int
    root: str
    erased: int
    problems: tuple[str, ...]
    roots: Mapping[int, str]


@dataclass(slots=True)
class Frontier:
    """The peaks of a growing tree, which is all that is needed for its root: one hash a level, lowest last."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, digest: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Take in the next leaf's hash; yields the perfect subtrees above the leaf that it completes."""
        index, level = self.size, 0
        while index & 1:
            digest = tree.node_hash(self.peaks.pop(), digest)
            index, level = index >> 1, level + 1
            yield level, index, digest
        self.peaks.append(digest)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return tree.EMPTY_ROOT
        digest = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            digest = tree.node_hash(peak, digest)
        return digest


def check(
    entries: Iterable[Entry], nodes: Mapping[tuple[int, int], bytes] | None = None, sizes: Iterable[int] = ()
) -> Audit:
    """Check entries in the order they are kept.

    Args:
        entries: as stored.
        nodes: the kept hashes of perfect subtrees by (level, index), level 1 and above; None: not asked.
        sizes: where to note the root on the way, as a checkpoint of that size must have it.
    """
    problems: list[str] = []
    frontier = Frontier()
    wanted = frozenset(sizes)
    roots: dict[int, str] = {0: tree.EMPTY_ROOT.hex()} if 0 in wanted else {}
    erased = 0
    met = 0
    for entry in entries:
        if entry.seq != frontier.size:
            problems.append(f"Entry {frontier.size} is missing or out of its place: entry {entry.seq} stands there.")
        problems.extend(wrong(entry))
        erased += entry.erased
        try:
            digest = bytes.fromhex(entry.hash)
        except (TypeError, ValueError):  # `wrong` has said so
            digest = b""
        for level, index, node in frontier.add(digest):
            met += 1
            if nodes is not None and nodes.get((level, index)) != node:
                problems.append(f"The kept hash over entries {index << level} to {(index + 1 << level) - 1} is wrong.")
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root().hex()
    if frontier.size == 0:
        problems.append("The ledger is empty; a case has at least the entry that made it.")
    if nodes is not None and len(nodes) > met:
        problems.append("Hashes are kept over entries that do not stand in the ledger.")
    return Audit(frontier.size, frontier.root().hex(), erased, tuple(problems), roots)


def wrong(entry: Entry) -> list[str]:
    """What in one entry is not as it was made."""
    found = []
    try:
        hashed = entry_hash(entry.seq, entry.at, entry.kind, entry.by_commitment, entry.commitment)
    except (TypeError, ValueError):  # a field was made into something no entry can hold
        hashed = ""
    if entry.hash != hashed:
        found.append(f"Entry {entry.seq} was altered: its hash is not that of its fields.")
    if _commitment(entry.by.encode("utf-8", "surrogatepass"), entry.by_salt) != entry.by_commitment:
        found.append(f"Entry {entry.seq} ({entry.kind}) no longer names who made it.")
    if entry.salt is None and entry.payload is None:
        return found
    if entry.salt is None or not carries(entry.payload, entry.salt, entry.commitment):
        found.append(f"Entry {entry.seq} ({entry.kind}) no longer carries the payload it was made with.")
    return found


def _commitment(data: bytes, salt: str | None) -> str:
    try:
        return commit_bytes(data, salt or "")
    except (TypeError, ValueError):
        return ""
