"""Entries: each is bound to the one before it by its hash, and to its payload by a salted commitment.

The hash covers seq, time, kind, author, commitment and the hash before; the payload itself can be taken away (lawful
erasure) and the chain still holds. The entry's hash is the leaf of a Merkle tree to come.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from muniment.ledger.canonical import canonical

START = "0" * 64
"""What stands in place of a previous hash in the first entry."""
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        seq: 0, 1, 2, …
        at: UTC, ISO 8601.
        kind: created, received, decided, build, …
        by: who acted.
        payload: plain JSON values.
        salt: hex; blinds the commitment, so that a short payload cannot be guessed from it.
        commitment: HMAC-SHA-256 of the canonical payload under the salt, hex.
        previous: the hash of the entry before, hex.
        hash: SHA-256 over everything but payload and salt, hex.
    """

    seq: int
    at: str
    kind: str
    by: str
    payload: Any
    salt: str
    commitment: str
    previous: str
    hash: str


def commit(payload: Any, salt: str) -> str:
    """The salted commitment of a payload, hex."""
    return hmac.new(bytes.fromhex(salt), canonical(payload), hashlib.sha256).hexdigest()


def entry_hash(seq: int, at: str, kind: str, by: str, commitment: str, previous: str) -> str:
    """The hash of an entry, hex."""
    fields = {"at": at, "by": by, "commitment": commitment, "kind": kind, "previous": previous, "seq": seq}
    return hashlib.sha256(canonical(fields)).hexdigest()


def make(previous: Entry | None, *, at: str, kind: str, by: str, payload: Any, salt: str | None = None) -> Entry:
    """The entry that follows `previous` (None: the first of a ledger)."""
    salt = secrets.token_hex(SALT_BYTES) if salt is None else salt
    seq = 0 if previous is None else previous.seq + 1
    before = START if previous is None else previous.hash
    commitment = commit(payload, salt)
    return Entry(
        seq, at, kind, by, payload, salt, commitment, before, entry_hash(seq, at, kind, by, commitment, before)
    )
