"""The log: append-only entries under a Merkle tree, signed checkpoints, proofs anyone can check. Pure; the store keeps
the rows.
"""

from muniment.ledger.audit import Audit, Frontier, check, wrong
from muniment.ledger.canonical import canonical, parse
from muniment.ledger.digest import digest_rows
from muniment.ledger.entry import Entry, commit, commit_bytes, entry_hash, leaf, make
from muniment.ledger.note import Checkpoint, Note, PublicKey, Signature, origin_of, parse_key, parse_note

__all__ = [
    "Audit",
    "Checkpoint",
    "Entry",
    "Frontier",
    "Note",
    "PublicKey",
    "Signature",
    "canonical",
    "check",
    "commit",
    "commit_bytes",
    "digest_rows",
    "entry_hash",
    "leaf",
    "make",
    "origin_of",
    "parse",
    "parse_key",
    "parse_note",
    "wrong",
]
