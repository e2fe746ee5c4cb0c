"""Checkpoints of a case: made over its ledger as it stands, signed, countersigned, time-stamped, and kept beside it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from muniment import ledger
from muniment.case import time_stamping
from muniment.case.site import Site, entry_of, now
from muniment.errors import BadInput, NotFound, UsageError, VerificationFailed
from muniment.ledger import note as notes
from muniment.ledger import tree
from muniment.ledger.signing import SigningKey, holds
from muniment.store import checkpointed, received

ADDED, ROTATED, REVOKED = "key_added", "key_rotated", "key_revoked"


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A key the case knows: since which entry, and from which entry on it no longer counts (None: it does)."""

    key: ledger.PublicKey
    added: int
    revoked: int | None = None

    def signs(self, size: int) -> bool:
        """Whether a checkpoint of this size could be signed with it: made before it was revoked."""
        return self.revoked is None or size <= self.revoked


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint kept in the case, and its time-stamp's answer in DER."""

    note: ledger.Note
    made: str
    token: bytes | None

    @property
    def size(self) -> int:
        """How many entries it is over."""
        return self.note.checkpoint.size

    @property
    def root(self) -> str:
        """The root it names, hex."""
        return self.note.checkpoint.root.hex()


def keys_of(entries: Iterable[ledger.Entry]) -> list[CaseKey]:
    """The keys a ledger knows, oldest first; what is no key any more is passed over (the audit says so)."""
    found: dict[str, CaseKey] = {}
    for entry in entries:
        if entry.kind not in (ADDED, ROTATED, REVOKED) or not isinstance(entry.payload, dict):
            continue
        try:
            key = ledger.parse_key(str(entry.payload.get("key")))
        except BadInput:
            continue
        if entry.kind == REVOKED:
            if str(key) in found and found[str(key)].revoked is None:
                found[str(key)] = replace(found[str(key)], revoked=entry.seq)
            continue
        found.setdefault(str(key), CaseKey(key, entry.seq))
        for other in [known for known in found.values() if entry.kind == ROTATED]:
            if str(other.key) == entry.payload.get("replaces") and other.revoked is None:
                found[str(other.key)] = replace(other, revoked=entry.seq)
    return list(found.values())


def keys(connection: sa.Connection) -> list[CaseKey]:
    """The keys of the case."""
    rows = received.entries_of(connection, (ADDED, ROTATED, REVOKED))
    return keys_of(entry_of(row) for row in rows)


def add_key(site: Site, text: str, *, replaces: str | None = None) -> CaseKey:
    """Let a key sign for the case; with `replaces`, the name of a key that no longer does.

    Raises:
        UsageError: where a key of that name stands already.
        NotFound: where the key to replace is not the case's.
    """
    key = ledger.parse_key(text)
    with site.writing(), site.transaction() as connection:
        standing = [known for known in keys(connection) if known.revoked is None]
        payload = {"key": str(key)}
        if replaces is not None:
            payload["replaces"] = str(_named(standing, replaces).key)
        elif any(known.key.name == key.name for known in standing):
            raise UsageError(f"A key named {key.name} stands already; revoke it, or replace it with --replaces.")
        entry = site.log(connection, ADDED if replaces is None else ROTATED, payload)
    return CaseKey(key, entry.seq)


def revoke_key(site: Site, name: str, reason: str) -> CaseKey:
    """Let a key sign no more: what it signed before stands, what it signs from now on does not count.

    Raises:
        NotFound: where no key of that name stands.
    """
    with site.writing(), site.transaction() as connection:
        known = _named([key for key in keys(connection) if key.revoked is None], name)
        entry = site.log(connection, REVOKED, {"key": str(known.key), "reason": reason})
    return replace(known, revoked=entry.seq)


def _named(known: Sequence[CaseKey], name: str) -> CaseKey:
    for key in known:
        if key.key.name == name:
            return key
    raise NotFound(f"No key of this case is named {name}; `muniment key list CASE` shows them.")


def make(site: Site, signers: Sequence[SigningKey], time_stamp_address: str | None = None) -> KeptCheckpoint:
    """Sign the ledger as it stands, have the checkpoint time-stamped where an address is given, and keep it.

    Raises:
        UsageError: where a signer's key is not the case's, or no longer.
        NotAnswered: where the time-stamping server gave no usable answer; the checkpoint is kept without it.
    """
    with site.writing():
        with site.transaction() as connection:
            size = received.next_seq(connection)
            known = {str(key.key): key for key in keys(connection)}
            for signer in signers:
                key = known.get(str(signer.public))
                if key is None or not key.signs(size):
                    raise UsageError(
                        f"The key {signer.public.name} does not sign for this case"
                        + ("; it was revoked." if key else "; `muniment key add CASE FILE.pub` lets it.")
                    )
            checkpoint = ledger.Checkpoint(_origin(connection), size, root_at(connection, size))
            kept = KeptCheckpoint(ledger.Note(checkpoint), now(), None)
            for signer in signers:
                kept = replace(kept, note=notes.with_signature(kept.note, signer.sign(checkpoint)))
            _keep(connection, kept)
            told = {"size": size, "root": kept.root, "signers": [str(signer.public) for signer in signers]}
            site.log(connection, "sealed", told)
        if time_stamp_address is not None:
            kept = _time_stamped(site, kept, time_stamp_address)
    return kept


def _time_stamped(site: Site, kept: KeptCheckpoint, address: str) -> KeptCheckpoint:
    token = time_stamping.ask(address, kept.note.checkpoint.body.encode())
    kept = replace(kept, token=token)
    with site.transaction() as connection:
        _keep(connection, kept)
        site.log(
            connection,
            "time_stamped",
            {"size": kept.size, "address": address, "token": hashlib.sha256(token).hexdigest()},
        )
    return kept


def countersign(site: Site, text: str) -> KeptCheckpoint:
    """Take in signatures that partners put under a checkpoint this case made.

    Raises:
        NotFound: where the case keeps no checkpoint of that size.
        VerificationFailed: where it is not the checkpoint the case keeps, or no signature under it holds.
    """
    came = ledger.parse_note(text)
    with site.writing(), site.transaction() as connection:
        row = next((r for r in checkpointed.iter_checkpoints(connection) if r.size == came.checkpoint.size), None)
        if row is None:
            raise NotFound(f"This case keeps no checkpoint over {came.checkpoint.size:,} entries.")
        kept = _kept(row)
        if kept.note.checkpoint != came.checkpoint:
            raise VerificationFailed(
                "The note is over another ledger than the one this case keeps; nothing was taken in."
            )
        signers = []
        for signature in came.signatures:
            for known in keys(connection):
                if holds(came, signature, known.key) and known.signs(kept.size):
                    kept = replace(kept, note=notes.with_signature(kept.note, signature))
                    signers.append(str(known.key))
        if not signers:
            raise VerificationFailed(
                "No signature under the note is by a key of this case; add the partner's public key first."
            )
        _keep(connection, kept)
        site.log(connection, "sealed", {"size": kept.size, "root": kept.root, "signers": sorted(signers)})
    return kept


def kept_checkpoints(connection: sa.Connection) -> list[KeptCheckpoint]:
    """Checkpoints the case keeps, oldest first.

    Raises:
        BadInput: where a kept note is none any more.
    """
    return [_kept(row) for row in checkpointed.iter_checkpoints(connection)]


def root_at(connection: sa.Connection, size: int) -> bytes:
    """The root over the first `size` entries.

    Raises:
        VerificationFailed: where hashes are missing.
    """
    try:
        return tree.root(size, functools.partial(checkpointed.node, connection))
    except (LookupError, ValueError) as error:
        raise VerificationFailed(f"The ledger's tree is damaged ({error}); `muniment verify` says where.") from error


def inclusion_of(connection: sa.Connection, seq: int, size: int) -> tuple[bytes, ...]:
    """The proof that an entry is among the first `size`."""
    return tree.inclusion(seq, size, functools.partial(checkpointed.node, connection))


def _origin(connection: sa.Connection) -> str:
    return notes.origin_of(str(received.get_meta(connection, "id")))


def _kept(row: checkpointed.CheckpointRow) -> KeptCheckpoint:
    return KeptCheckpoint(ledger.parse_note(row.note), row.made, row.token)


def _keep(connection: sa.Connection, kept: KeptCheckpoint) -> None:
    checkpointed.put_checkpoint(
        connection, checkpointed.CheckpointRow(kept.size, kept.made, str(kept.note), kept.token)
    )
