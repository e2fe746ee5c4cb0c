"""A case for tests of the command line: answers from a snapshot, remembers what it was asked to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from exports_snapshot import snapshot
from muniment import exports
from muniment.case.views import (
    BuildReport,
    Hit,
    Page,
    PlaceUse,
    Question,
    Status,
    Unread,
    UnresolvedName,
    Verification,
)
from muniment.errors import NotFound
from muniment.model import Basis, Decision, Headline, Headlines


def cut(items: Sequence[Any], limit: int | None, offset: int) -> Page[Any]:
    end = None if limit is None else offset + limit
    return Page(tuple(items[offset:end]), len(items))


class FakeCase:
    """Answers as the façade does."""

    def __init__(self, folder: Path, *, by: str | None = None) -> None:
        self.folder, self.by = folder, by
        self.snapshot = snapshot()
        self.title = "Ulmar 2031"
        self.asked: list[tuple[str, Any]] = []
        self.verified = Verification(True, ("All bytes are as sealed.",), ("The end of the log.",), ())
        self.fails: BaseException | None = None
        self.closed = False

    def __enter__(self) -> FakeCase:
        return self

    def __exit__(self, *error: object) -> None:
        self.closed = True

    def _called(self, name: str, given: Any) -> None:
        self.asked.append((name, given))
        if self.fails is not None:
            raise self.fails

    def headlines(self) -> Headlines:
        basis = Basis(
            3, dt.date(2031, 5, 3), dt.date(2031, 5, 9), 1, dt.date(2031, 6, 1), 2, ("confirmed", "fair"), 4, 5, 1,
            "latest_best_graded", 3, "c" * 64,
        )  # fmt: skip
        return Headlines(basis, (Headline("killed", "all", 12, 19, 17, None, 3, 0, 6),))

    def build(self, sources: Sequence[Path] = (), **options: Any) -> BuildReport:
        self._called("build", {"sources": tuple(sources), **options})
        places = self.snapshot.places
        return BuildReport(
            received=2,
            documents=1,
            read=1,
            unread=(Unread("scan.pdf", "needs_ocr", "Build again with --ocr eng."),),
            refused=("link.txt leads out of the folder",),
            claims_by_kind={"casualty": 2, "attribution": 1},
            incidents=self.snapshot.incidents,
            conflicts=1,
            unresolved=(UnresolvedName("the Osk bend", ("c1",), (places["case:far"],)),),  # type: ignore[index]
            questions=tuple(self.questions()),
            notes=("A run before this one was interrupted; what it had sealed is kept.",),
            not_extracted={"ru": 2},
            seconds={"seal": 0.25, "read": 0.5},
        )

    def questions(self, limit: int | None = None) -> list[Question]:
        return [Question("which_place", "Is “the Osk bend” in Far?", ("c1",), 4, "c1")]

    def status(self) -> Status:
        self._called("status", None)
        return Status(
            "Ulmar 2031", 2, 1, 3, 2, 1, 2, 1, 1, 1, 1, 2, 1, 4, "e" * 64, dt.date(2031, 5, 3), dt.date(2031, 5, 9),
            {"casualty": 2, "attribution": 1},
        )  # fmt: skip

    def documents(self, limit: int | None = None, offset: int = 0, **wanted: Any) -> Page[Any]:
        self._called("documents", {"limit": limit, "offset": offset, **wanted})
        return cut(self.snapshot.documents, limit, offset)

    def exhibits(self, state: str | None = None) -> Page[Any]:
        return cut([e for e in self.snapshot.exhibits if state in (None, e.state)], None, 0)

    def claims(self, limit: int | None = None, offset: int = 0, **wanted: Any) -> Page[Any]:
        self._called("claims", {"limit": limit, "offset": offset, **wanted})
        return cut(self.snapshot.claims, limit, offset)

    def incidents(self, limit: int | None = None, offset: int = 0, **wanted: Any) -> Page[Any]:
        self._called("incidents", {"limit": limit, "offset": offset, **wanted})
        return cut(self.snapshot.incidents, limit, offset)

    def places(self, limit: int | None = None, offset: int = 0) -> Page[PlaceUse]:
        lookup = self.snapshot.places
        uses = [PlaceUse(lookup[id_], 2, 1) for id_ in ("case:karsen", "case:ulmar")]  # type: ignore[index]
        return cut(uses, limit, offset)

    def unresolved_places(self) -> list[UnresolvedName]:
        return [UnresolvedName("the Osk bend", ("c1",), (self.snapshot.places["case:far"],))]  # type: ignore[index]

    def document(self, id_: str) -> Any:
        return self._one(self.snapshot.documents, id_)

    def incident(self, id_: str) -> Any:
        return self._one(self.snapshot.incidents, id_)

    def _one(self, rows: Sequence[Any], id_: str) -> Any:
        for row in rows:
            if row.id.startswith(id_):
                return row
        raise NotFound(f"Nothing in this case has the id {id_}.")

    def show(self, id_: str, why: bool = False) -> dict[str, Any]:
        claim = self._one((*self.snapshot.claims, *self.snapshot.incidents), id_)
        out = {"type": type(claim).__name__.lower(), **msgspec.to_builtins(claim), "relations": []}
        if why:
            out["why"] = {"count": {"rule": "at_least", "words": "At least 12", "start": 42, "end": 53}}
        return out

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        self._called("search", {"words": words, "limit": limit})
        if words == "nothing":
            return []
        return [Hit("claim", "c123456789abc", "d1", "Shelling of Karsen", "hit Karsen market", ((4, 10),), 1.5)]

    def decide(self, kind: str, on: Any, value: Any = None, *, reason: str, by: str | None = None) -> Decision:
        self._called("decide", (kind, on, value, reason, by))
        return Decision(7, "2031-06-01T10:00:00+00:00", by or "ida", kind, tuple(on), value, reason, {})  # type: ignore[arg-type]

    def decisions(self) -> list[Decision]:
        return list(self.snapshot.decisions)

    def lost_decisions(self) -> list[tuple[Decision, str]]:
        return [(self.snapshot.decisions[0], "c9")]

    def verify(
        self, progress: Any = None, checkpoints: Any = (), trust: Any = (), time_stamp_roots: Any = None
    ) -> Verification:
        return self.verified

    def import_places(self, path: Path) -> int:
        self._called("import_places", path)
        return 1200

    def export(self, format: str, out: IO[str] | Path, audience: str = "case", normalise: bool = False) -> None:
        self._called("export", (format, audience, normalise))
        if format == "texts":
            assert isinstance(out, Path)
            exports.texts(out, [("a" * 64, "text", ())])
            return
        record = exports.record(self.snapshot, audience=audience, made="2031-06-01T12:00:00+00:00")
        assert not isinstance(out, Path)
        exports.write(format, exports.normalise(record) if normalise else record, out)
