"""The ledger's tree at a million entries, beside another implementation: appends, proofs, a full audit.

Both grow the same leaves and must come to the same root. Appends in bulk are the tree's own, in memory and with its
perfect subtrees kept; a durable append is an entry with its row, its hashes and a commit on the disk. Figures are
ratios first: machines differ.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import pymerkle

import muniment
from muniment import ledger
from muniment.ledger import tree

DURABLE = 200
PROOFS = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    number = parser.parse_args().entries
    at = "2031-05-01T08:00:00+00:00"
    entries = [
        ledger.make(n, at=at, kind="received", by="runa", payload={"exhibit": f"{n:064x}"}) for n in range(number)
    ]

    began = time.perf_counter()
    nodes: dict[tuple[int, int], bytes] = {}
    for entry in entries:
        for level, index, digest in tree.grown(entry.seq, bytes.fromhex(entry.hash), lambda at, n: nodes[at, n]):
            nodes[level, index] = digest
    ours = time.perf_counter() - began

    leaves = [ledger.leaf(entry.seq, entry.at, entry.kind, entry.by_commitment, entry.commitment) for entry in entries]
    began = time.perf_counter()
    peer = pymerkle.InmemoryTree(algorithm="sha256")
    for data in leaves:
        peer.append_entry(data)
    theirs = time.perf_counter() - began

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    assert tree.root(number, read) == peer.get_root(number), "two implementations, two roots"
    step = max(1, number // PROOFS)
    began = time.perf_counter()
    for seq in range(0, number, step):
        tree.inclusion(seq, number, read)
    proof = (time.perf_counter() - began) / len(range(0, number, step))
    began = time.perf_counter()
    for seq in range(0, number, step * 20):
        peer.prove_inclusion(seq + 1, number)
    their_proof = (time.perf_counter() - began) / len(range(0, number, step * 20))

    began = time.perf_counter()
    audit = ledger.check(entries, {place: digest for place, digest in nodes.items() if place[0]})
    full = time.perf_counter() - began
    assert audit.problems == ()

    with tempfile.TemporaryDirectory() as folder, muniment.open(Path(folder) / "case", by="runa") as case:
        times = []
        for n in range(DURABLE):
            began = time.perf_counter()
            with case._site.writing(), case._site.transaction() as connection:
                case._site.log(connection, "viewed", {"what": n})
            times.append(time.perf_counter() - began)
    print(f"entries {number:,}")
    print(f"append in bulk: {number / ours:,.0f}/s; {theirs / ours:.2f} x as fast as pymerkle in memory")
    print(f"inclusion proof: {proof * 1000:.3f} ms; {their_proof / proof:.1f} x as fast as pymerkle")
    print(f"full audit: {full:.1f} s, {number / full:,.0f} entries/s")
    print(f"durable append: median {statistics.median(times) * 1000:.2f} ms, longest {max(times) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
