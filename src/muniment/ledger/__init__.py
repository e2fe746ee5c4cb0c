"""The log: append-only entries, hash-linked, checked by anyone who has them. Pure; the store keeps the rows."""

from muniment.ledger.audit import Audit, check
from muniment.ledger.canonical import canonical, parse
from muniment.ledger.digest import digest_rows
from muniment.ledger.entry import START, Entry, commit, entry_hash, make

__all__ = ["START", "Audit", "Entry", "canonical", "check", "commit", "digest_rows", "entry_hash", "make", "parse"]
