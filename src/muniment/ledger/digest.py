"""One hash over many rows, in constant memory: what a build's entry says of the tables it derived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_rows(rows: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256, hex, over rows of (key, payload) in the order given; lengths keep neighbours apart."""
    digest = hashlib.sha256()
    for key, payload in rows:
        name = key.encode()
        digest.update(len(name).to_bytes(8, "big") + name + len(payload).to_bytes(8, "big") + payload)
    return digest.hexdigest()
