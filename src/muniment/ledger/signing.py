"""Signing keys: made here, kept encrypted under a passphrase, used to put a name under a checkpoint.

Source: RFC 8032 (Ed25519), RFC 5958 and RFC 8018 (the encrypted key file: PKCS #8 in PEM).
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from muniment.errors import BadInput
from muniment.ledger.note import Checkpoint, Note, PublicKey, Signature, named, signer_of

_LINE = "# muniment signing key: "


def make_key(name: str, passphrase: str) -> tuple[str, PublicKey]:
    """A new key: the text of its file, encrypted under the passphrase, and the public half.

    Raises:
        BadInput: where the name cannot be one or the passphrase is empty.
    """
    named(name)
    if not passphrase:
        raise BadInput("A signing key needs a passphrase: who finds the file must not be able to sign with it.")
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    return f"{_LINE}{name}\n{pem.decode()}", _public(name, private)


class SigningKey:
    """An opened key. It lives as long as the object and is never written."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = _public(name, private)

    @staticmethod
    def open(text: str, passphrase: str) -> SigningKey:
        """Open a key file's text.

        Raises:
            BadInput: where it is no key file or the passphrase is not its own.
        """
        first, _, pem = text.partition("\n")
        if not first.startswith(_LINE):
            raise BadInput("This is not a signing key; `muniment key new` makes one.")
        try:
            private = load_pem_private_key(pem.encode(), passphrase.encode())
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise BadInput("The key does not open with this passphrase, or its file is damaged.") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise BadInput("The key is not of the kind checkpoints are signed with (Ed25519).")
        return SigningKey(named(first.removeprefix(_LINE).strip()), private)

    def sign(self, checkpoint: Checkpoint) -> Signature:
        """Put this key's name under a checkpoint."""
        return Signature(self.public.name, self.public.id, self._private.sign(checkpoint.body.encode()))


def _public(name: str, private: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(name, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def holds(note: Note, signature: Signature, key: PublicKey) -> bool:
    """Whether a signature under a note was made with this key over this checkpoint."""
    if signer_of(signature, (key,)) is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature.raw, note.checkpoint.body.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
