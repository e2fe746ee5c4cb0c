"""Entries: a leaf of the Merkle tree carries when and of what kind, and commits to who and what without saying them.

The leaf is canonical JSON of seq, time, kind and two salted commitments, one of the author and one of the payload. So
a payload can be taken away with its salt (lawful erasure) and the tree still holds; and a leaf shown to a stranger as
part of a proof names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

import msgspec

from muniment.ledger.canonical import canonical
from muniment.ledger.tree import leaf_hash

SALT_BYTES = 16
_compact = msgspec.json.Encoder(order="sorted").encode
"""Canonical JSON for most values, many times as fast: all but some floats, control characters and rare keys."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        seq: 0, 1, 2, …
        at: UTC, ISO 8601.
        kind: created, received, decided, build, …
        by: who acted.
        by_salt: hex; blinds `by_commitment`.
        by_commitment: HMAC-SHA-256 of `by` in UTF-8 under its salt, hex.
        payload: plain JSON values; None where it was erased.
        salt: hex; blinds the commitment, so that a short payload cannot be guessed from it; None where erased.
        commitment: HMAC-SHA-256 of the canonical payload under the salt, hex.
        hash: the leaf's hash, hex.
    """

    seq: int
    at: str
    kind: str
    by: str
    by_salt: str
    by_commitment: str
    payload: Any
    salt: str | None
    commitment: str
    hash: str

    @property
    def erased(self) -> bool:
        """Whether the payload was taken away."""
        return self.salt is None


def commit(payload: Any, salt: str) -> str:
    """The salted commitment of a payload, hex."""
    return commit_bytes(canonical(payload), salt)


def commit_bytes(data: bytes, salt: str) -> str:
    """The salted commitment of bytes, hex."""
    return hmac.digest(bytes.fromhex(salt), data, hashlib.sha256).hex()


def carries(payload: Any, salt: str, commitment: str) -> bool:
    """Whether a payload is the one that was committed to."""
    try:
        if commit_bytes(_compact(payload), salt) == commitment:
            return True
        return commit(payload, salt) == commitment
    except (TypeError, ValueError, RecursionError):  # it was made into something no entry can hold
        return False


def leaf(seq: int, at: str, kind: str, by_commitment: str, commitment: str) -> bytes:
    """The bytes of a leaf: canonical JSON (RFC 8785), whose keys are ASCII and values strings but for `seq`."""
    fields = {"at": at, "by": by_commitment, "commitment": commitment, "kind": kind, "seq": seq}
    return _compact(fields)


def entry_hash(seq: int, at: str, kind: str, by_commitment: str, commitment: str) -> str:
    """The hash of an entry, hex: that of its leaf."""
    return leaf_hash(leaf(seq, at, kind, by_commitment, commitment)).hex()


def make(seq: int, *, at: str, kind: str, by: str, payload: Any) -> Entry:
    """The entry with this number, with fresh salts."""
    salt, by_salt = secrets.token_hex(SALT_BYTES), secrets.token_hex(SALT_BYTES)
    commitment, by_commitment = commit(payload, salt), commit_bytes(by.encode(), by_salt)
    return Entry(
        seq,
        at,
        kind,
        by,
        by_salt,
        by_commitment,
        payload,
        salt,
        commitment,
        entry_hash(seq, at, kind, by_commitment, commitment),
    )
