"""The vault: bytes sealed by their SHA-256 as they were received, found in source folders, written by one at a time."""

from muniment.evidence.lock import WriterLock
from muniment.evidence.vault import Sealed, Vault, check
from muniment.evidence.walking import Found, Refused, walk

__all__ = ["Found", "Refused", "Sealed", "Vault", "WriterLock", "check", "walk"]
