"""Adding a gazetteer: sealed like any other thing received, its places stored, the addition logged."""

from __future__ import annotations

from pathlib import Path

from muniment import ledger
from muniment.case.site import Site
from muniment.reference.loaders import load_places
from muniment.store import received


def import_places(site: Site, path: Path) -> int:
    """Add the places of a file; returns how many are new rows, 0 where the same file was added before.

    Raises:
        BadInput: where the file is no gazetteer, naming the row at fault; then nothing is added.
    """
    rows = list(load_places(path))
    sealed = site.vault.seal(path)
    with site.transaction() as connection:
        if sealed.sha256 in received.gazetteer_digests(connection):
            return 0
        # The rows first: the entry carries a digest of all places as they stand with these added.
        seq = received.next_seq(connection)
        number = received.add_gazetteer(connection, sealed.sha256, path.name, seq, rows)
        digest = ledger.digest_rows(received.place_rows(connection))
        payload = {"gazetteer": sealed.sha256, "bytes": sealed.bytes, "name": path.name, "places": digest}
        site.log(connection, "received", payload)
        return number
