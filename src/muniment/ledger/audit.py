"""Checking a ledger: any entry altered, reordered, repeated or dropped is noticed, but for what is cut off the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muniment.ledger.entry import START, Entry, commit, entry_hash


@dataclass(frozen=True, slots=True)
class Audit:
    """What a check found: how many entries, the hash of the last, what is wrong, and what stays unproved."""

    size: int
    head: str | None
    problems: tuple[str, ...]
    sentences: tuple[str, ...]


def check(entries: Iterable[Entry]) -> Audit:
    """Check entries in the order they are kept, in constant memory."""
    problems: list[str] = []
    size = 0
    before, head = START, None
    for entry in entries:
        if entry.seq != size:
            problems.append(f"Entry {size} is missing or out of its place: entry {entry.seq} stands there.")
        problems.extend(_wrong(entry, before))
        before = head = entry.hash
        size += 1
    if size == 0:
        problems.append("The ledger is empty; a case has at least the entry that made it.")
    end = (
        "The end of the ledger: entries cut off after the last one would not be noticed, and a ledger rewritten as a "
        "whole would pass, unless its newest hash was kept somewhere outside this folder."
    )
    return Audit(size, head, tuple(problems), (end,))


def _wrong(entry: Entry, before: str) -> list[str]:
    found = []
    if entry.previous != before:
        found.append(f"Entry {entry.seq} does not follow the entry before it.")
    try:
        hashed = entry_hash(entry.seq, entry.at, entry.kind, entry.by, entry.commitment, entry.previous)
    except (TypeError, ValueError):  # a field was made into something no entry can hold
        hashed = ""
    if entry.hash != hashed:
        found.append(f"Entry {entry.seq} was altered: its hash is not that of its fields.")
    try:
        committed = commit(entry.payload, entry.salt)
    except (TypeError, ValueError):
        committed = ""
    if committed != entry.commitment:
        found.append(f"Entry {entry.seq} ({entry.kind}) no longer carries the payload it was made with.")
    return found
