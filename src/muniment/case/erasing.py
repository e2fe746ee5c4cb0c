"""Erasure that the law requires: bytes, text, quotes, index and what the ledger said are removed; that it was so stays.

Order: first one transaction that takes every row with the words away and says in the ledger what was erased, why and
by which two people; then the sealed bytes; then the database is written anew, so that no free page keeps a word. Run
again after a crash, each step does what is left of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from muniment.case import building
from muniment.case.linking import link_case
from muniment.case.site import DATABASE, Site, entry_of
from muniment.errors import NotFound, StorageFailed, UsageError
from muniment.ledger import Entry
from muniment.store import derived, received
from muniment.store import engine as store_engine

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        exhibit: SHA-256 of what is gone.
        entries: ledger entries that no longer say what they said.
        decisions: how many decisions about its words went with them.
        left: what had already left the case while it was here: the ledger's exports and packages, by entry.
    """

    exhibit: str
    entries: tuple[int, ...]
    decisions: int
    left: tuple[int, ...]


def erase_exhibit(
    site: Site, exhibit: str, *, reason: str, second: str, progress: Callable[[str, int, int], None]
) -> Erased:
    """Erase an exhibit and everything that rests on its words.

    Args:
        site: the case; who acts is `site.by`.
        exhibit: its whole SHA-256.
        reason: why; it stays in the ledger, so it must not say what is erased.
        second: the person who agreed, someone else than who acts.
        progress: called with (stage, done, total).

    Raises:
        UsageError: without a reason or a second person.
        NotFound: where the case never received it.
        StorageFailed: where the bytes or the old pages could not be removed; run it again then.
    """
    if not reason.strip():
        raise UsageError("An erasure needs a reason; it stays in the ledger, so do not name what is erased.")
    if not second.strip() or second.strip() == site.by:
        raise UsageError(
            f"An erasure needs a second person, and {site.by} is the first: name who agreed with --second."
        )
    with site.writing():
        with site.transaction() as connection:
            if not received.has_exhibit(connection, exhibit):
                raise NotFound(f"No exhibit of this case has the id {exhibit}.")
            entries = [entry_of(row) for row in received.iter_entries(connection)]
            bearing = [entry for entry in entries if not entry.erased and _bears(entry, exhibit)]
            decided = [entry.seq for entry in bearing if entry.kind == "decided"]
            came = next(e.seq for e in entries if e.kind == "received" and _payload(e).get("exhibit") == exhibit)
            left = tuple(entry.seq for entry in entries if entry.kind == "exported" and entry.seq > came)
            derived.forget_exhibit(connection, exhibit)
            received.forget_payloads(connection, [entry.seq for entry in bearing])
            received.forget_exhibit(connection, exhibit, decided)
            told = {
                "exhibit": exhibit,
                "entries": [entry.seq for entry in bearing],
                "reason": reason,
                "second": second.strip(),
                "left": list(left),
            }
            site.log(connection, ERASED, told)
        try:
            site.vault.remove(exhibit)
            for old in site.folder.glob(f"{DATABASE}.before-*"):
                old.unlink()
        except OSError as error:
            raise StorageFailed(f"The sealed bytes could not be removed ({error.strerror}); erase again.") from error
        work = building.Work()
        building.settle_documents(site, work)
        link_case(site, progress, work.notes)
        store_engine.write_anew(site.engine)
    return Erased(exhibit, tuple(entry.seq for entry in bearing), len(decided), left)


def _payload(entry: Entry) -> dict[str, Any]:
    return entry.payload if isinstance(entry.payload, dict) else {}


def _bears(entry: Entry, exhibit: str) -> bool:
    """Whether an entry says something of the exhibit beyond that these bytes were once received."""
    payload = _payload(entry)
    if entry.kind == "sighted":
        return bool(payload.get("exhibit") == exhibit)
    if entry.kind == "received":
        return bool(payload.get("about") == exhibit or (payload.get("exhibit") == exhibit and "folder" in payload))
    if entry.kind == "decided":
        words = payload.get("words")
        quoted = [item.get("exhibit") for item in words.values()] if isinstance(words, dict) else []
        return exhibit in quoted or exhibit in payload.get("on", ())
    return False
