"""What every page needs of a case, fetched once for each state of it."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from muniment.case import Case
    from muniment.case.views import Status
    from muniment.exports.redaction import Withheld

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page: the case, its folder as commands name it, what it holds, the ledger's end."""

    title: str
    folder: str
    status: Status
    entry: int
    at: str | None
    by: str | None


class Drawer:
    """What was asked of a case, kept until its ledger grows; one for all requests."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}
        self._lock = threading.Lock()

    def once(self, name: str, state: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each state of the case."""
        with self._lock:
            kept = self._kept.get(name)
        if kept is None or kept[0] != state:
            kept = (state, make())
            with self._lock:
                self._kept[name] = kept
        made: T = kept[1]
        return made


class Desk:
    """A case as one request sees it.

    Args:
        case: open.
        drawer: what other requests asked before.
    """

    def __init__(self, case: Case, drawer: Drawer) -> None:
        self.case = case
        self._drawer = drawer
        self._state = case.lookup.state()

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each state of the case."""
        return self._drawer.once(name, self._state, make)

    def shell(self) -> Shell:
        """What stands around every page."""
        return self.once("shell", self._shell)

    def _shell(self) -> Shell:
        status = self.case.status()
        newest = self.case.lookup.newest_entries(1)
        last = newest.items[0] if newest.items else None
        title = self.withheld().text(status.title) or "Case"
        folder = shlex.quote(str(self.case.folder))
        if last is None:
            return Shell(title, folder, status, 0, None, None)
        return Shell(title, folder, status, last.seq, last.at, last.by)

    def withheld(self) -> Withheld:
        """The names of protected people."""
        return self.once("withheld", self.case.lookup.withheld)

    def shown(self, text: str | None) -> str | None:
        """Words that Muniment made (a title of a page, a name in a list), without protected names."""
        return None if text is None else self.withheld().text(text)

    def party_names(self) -> dict[str, str]:
        """Party id to the name the case knows it by."""
        return self.once("parties", lambda: {party.id: party.names[0] for party in self.case.parties()})

    def party(self, id_: str | None) -> str:
        """A party's name; joint parties joined by `and`."""
        if not id_:
            return "no party named"
        names = self.party_names()
        return " and ".join(names.get(part, part) for part in id_.split("+"))
