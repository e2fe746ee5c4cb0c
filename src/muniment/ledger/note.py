"""Checkpoints as signed notes: size and root of a ledger on three lines, and under them who vouches for them.

A note is text that can be printed in a report, sent by mail and signed by several people; anyone with the signers'
public keys can check it.

Source: C2SP tlog-checkpoint v1.0, C2SP signed-note v1.0 (Ed25519 signatures, type 0x01); RFC 8032.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from muniment.errors import BadInput

_ED25519 = b"\x01"
_DASH = "\u2014 "
_NAME = re.compile(r"[^\s+\u2014]{1,100}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A signer's public key: a name without blanks or plus signs, and 32 bytes."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys apart; not a proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        """The key as one word: name, id and bytes, as the signed-note format writes verifier keys."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.raw).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: the name, four bytes of key id, 64 bytes of signature."""

    name: str
    key_id: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A ledger's size and root at one moment. `extensions` are further lines that the signatures cover too."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """What is signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint and the signatures under it."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        lines = (f"{_DASH}{s.name} {base64.b64encode(s.key_id + s.raw).decode()}\n" for s in self.signatures)
        return f"{self.checkpoint.body}\n{''.join(lines)}"


def origin_of(case: str) -> str:
    """The first line of a case's checkpoints."""
    return f"muniment/{case}"


def parse_note(text: str) -> Note:
    """Read a signed note.

    Raises:
        BadInput: where the text has not the form of one.
    """
    body, blank, under = text.replace("\r\n", "\n").rpartition("\n\n")
    lines = body.split("\n")
    try:
        if not blank or len(lines) < 3 or not lines[0]:
            raise ValueError("three lines, a blank one and signatures are expected")
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise ValueError("its second line is no size")
        root = base64.b64decode(lines[2], validate=True)
        if len(root) != 32:
            raise ValueError("its third line is no SHA-256")
        signatures = tuple(_signature(line) for line in under.splitlines() if line)
    except (ValueError, binascii.Error) as error:
        raise BadInput(f"This is not a checkpoint: {error}.") from error
    return Note(Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:])), signatures)


def _signature(line: str) -> Signature:
    name, _, data = line.removeprefix(_DASH).rpartition(" ")
    if not line.startswith(_DASH) or not name:
        raise ValueError("a signature's line begins with a dash and a name")
    raw = base64.b64decode(data, validate=True)
    if len(raw) < 5:
        raise ValueError("a signature is too short")
    return Signature(name, raw[:4], raw[4:])


def parse_key(text: str) -> PublicKey:
    """Read a public key as `muniment key` writes it.

    Raises:
        BadInput: where it is none, or its id does not fit it.
    """
    name, _, rest = text.strip().partition("+")
    id_, _, data = rest.partition("+")
    try:
        raw = base64.b64decode(data, validate=True)
        key = PublicKey(named(name), raw[1:])
        if raw[:1] != _ED25519 or len(raw) != 33:
            raise ValueError("it is not an Ed25519 key")
        if key.id.hex() != id_:
            raise ValueError("its id does not fit it")
    except (ValueError, binascii.Error) as error:
        raise BadInput(f"This is not a public key: {error}.") from error
    return key


def named(name: str) -> str:
    """The name, where a key may bear it.

    Raises:
        BadInput: where it has blanks, plus signs or nothing in it.
    """
    if not _NAME.fullmatch(name):
        raise BadInput("A key's name is one word without plus signs; write for example first-last.")
    return name


def with_signature(note: Note, signature: Signature) -> Note:
    """The note with one more signature; a signer's newer signature takes the place of the older."""
    kept = (s for s in note.signatures if (s.name, s.key_id) != (signature.name, signature.key_id))
    return Note(note.checkpoint, (*kept, signature))


def signer_of(signature: Signature, keys: Iterable[PublicKey]) -> PublicKey | None:
    """The key that a signature names, if it is among these; whether it holds is another matter."""
    return next((key for key in keys if (key.name, key.id) == (signature.name, signature.key_id)), None)
