"""The façade: open a case, build it, ask it, decide in it, export it. Pages and commands use nothing else."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from muniment import ledger
from muniment.case import asking, building, deciding, exporting, linking, proposing, totals
from muniment.case.exhibits import stated_exhibits
from muniment.case.lexicon import load_lexicon, settings_of
from muniment.case.lookup import Lookup
from muniment.case.places import import_places
from muniment.case.settling import active
from muniment.case.site import Site, entry_of, open_site
from muniment.case.views import (
    BuildReport,
    Hit,
    MapPoint,
    Page,
    PlaceUse,
    Proposing,
    Question,
    Status,
    Unread,
    UnresolvedName,
    Verification,
)
from muniment.errors import NotFound, UsageError
from muniment.model import Claim, Decision, Document, Exhibit, Flag, Headlines, Incident, Party, Person, Place, Relation
from muniment.model.vocabulary import Audience
from muniment.plugins import Box, ReadOptions
from muniment.store import derived, queries, received
from muniment.tally import Swing, Total, sensitivity

if TYPE_CHECKING:
    from muniment.case.custody import Custody

__all__ = ["Case", "Swing", "Total", "open"]

Progress = Callable[[str, int, int], None]


def open(
    folder: str | os.PathLike[str],
    *,
    create: bool = True,
    by: str | None = None,
    plugins: Sequence[str | os.PathLike[str]] = (),
) -> Case:
    """Open the case in a folder, making it where there is none.

    Args:
        folder: the case's folder.
        create: make the case if there is none.
        by: who acts, for the log; the login name where not given.
        plugins: Python files with a PLUGINS list.

    Raises:
        NotACase: where there is no case and none may be made.
        NewerCase: where a newer Muniment wrote it.
    """
    return Case(open_site(Path(folder), create=create, by=by, plugins=tuple(Path(p) for p in plugins)))


class Case:
    """A case: sealed sources, what was derived from them, and what people decided."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._site.engine.dispose()

    @property
    def folder(self) -> Path:
        """Where the case is kept."""
        return self._site.folder

    @property
    def title(self) -> str:
        """The case's title."""
        with self._site.reading() as connection:
            return asking.title(connection)

    @property
    def lookup(self) -> Lookup:
        """Many rows at once, as pages need them."""
        return Lookup(self._site)

    @property
    def custody(self) -> Custody:
        """Keys and checkpoints: what makes the ledger provable to someone outside."""
        # Imported here, as for `verify`: most verbs sign and pack nothing, and need not wait for these libraries.
        from muniment.case.custody import Custody

        return Custody(self._site)

    # --- build -------------------------------------------------------------------------------------------------------
    def build(
        self,
        sources: Iterable[str | os.PathLike[str]] = (),
        *,
        places: Iterable[str | os.PathLike[str]] = (),
        mappings: Iterable[str | os.PathLike[str]] = (),
        ocr: Sequence[str] = (),
        passwords: Sequence[str] = (),
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Seal sources, read, extract, link and tally; without sources, derive again.

        Args:
            sources: files or folders.
            places: gazetteers to add first.
            mappings: files that say what the columns of tables are; sealed, and kept for later builds.
            ocr: Tesseract languages for pages without text.
            passwords: tried on encrypted files; never stored or logged.
            workers: processes; by the machine's cores where not given.
            progress: called with (stage, done, total).

        Raises:
            CaseHeld: where another process is writing.
            BadInput: where a source, gazetteer or mapping cannot be used.
        """
        request = building.Request(
            sources=tuple(Path(source) for source in sources),
            places=tuple(Path(path) for path in places),
            mappings=tuple(Path(path) for path in mappings),
            options=ReadOptions(tuple(ocr), tuple(passwords)),
            workers=workers or os.cpu_count() or 1,
            progress=progress or (lambda stage, done, total: None),
        )
        work = building.run(self._site, request)
        with self._site.reading() as connection:
            counts = queries.counts(connection)
            incidents, _ = queries.incident_page(connection, None, 0)
            return BuildReport(
                received=work.received,
                documents=counts["documents"],
                read=work.read,
                unread=self._unread(),
                refused=tuple(work.refused),
                claims_by_kind=queries.counted(connection, "claims by kind"),
                incidents=incidents,
                conflicts=queries.counted(connection, "relations by kind").get("conflicts", 0),
                unresolved=tuple(queries.ranked(connection, UnresolvedName, "unresolved")),
                questions=tuple(queries.ranked(connection, Question, "questions")),
                notes=tuple(work.notes),
                not_extracted=queries.counted(connection, "documents not extracted"),
                seconds=work.seconds,
            )

    def _unread(self) -> tuple[Unread, ...]:
        with self._site.reading() as connection:
            states = derived.reading_states(connection)
            exhibits = received.all_exhibits(connection)
        return tuple(
            Unread(e.sightings[0].name, states[e.id].reason or "damaged" if e.id in states else "", e.why or "", e.id)
            for e in exhibits
            if e.state == "unread" and e.sightings
        )

    def import_places(self, path: str | os.PathLike[str]) -> int:
        """Add a gazetteer's places; 0 where the same file was added before. Build again to use them."""
        with self._site.writing():
            return import_places(self._site, Path(path))

    def propose(
        self,
        send_to: str | None = None,
        *,
        documents: Sequence[str] | None = None,
        limit: int | None = None,
        again: bool = False,
        with_protected: bool = False,
        progress: Progress | None = None,
    ) -> Proposing:
        """Ask the model that is set for claims; its answers are sealed, and count with the next build.

        Args:
            send_to: the address you confirm that texts may be sent to; without it nothing is sent, only counted.
            documents: ids; all documents where not given.
            limit: how many questions at most.
            again: ask also what was answered before.
            with_protected: send documents that name protected people to another machine too.
            progress: called with (stage, done, total).

        Raises:
            UsageError: where no model is set, or another address is confirmed than the one that is set.
            NotAnswered: where not one question was answered.
        """
        wanted = proposing.Wanted(send_to, documents, limit, again, with_protected)
        return proposing.propose(self._site, wanted, progress or (lambda stage, done, total: None))

    # --- lists -------------------------------------------------------------------------------------------------------
    def status(self) -> Status:
        """What the case holds, counted."""
        return asking.status(self._site)

    def documents(
        self, limit: int | None = None, offset: int = 0, publisher: str | None = None, language: str | None = None
    ) -> Page[Document]:
        """Documents by file and item."""
        with self._site.reading() as connection:
            return Page(*queries.document_page(connection, limit, offset, publisher, language))

    def claims(
        self,
        document: str | None = None,
        incident: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Claim]:
        """Claims by document and place in the text."""
        with self._site.reading() as connection:
            return Page(*queries.claim_page(connection, limit, offset, document, incident, kind))

    def incidents(
        self,
        kind: str | None = None,
        place: str | None = None,
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Page[Incident]:
        """Incidents by date, undated last."""
        with self._site.reading() as connection:
            return Page(*queries.incident_page(connection, limit, offset, kind, place, earliest, latest))

    def exhibits(self, state: str | None = None) -> Page[Exhibit]:
        """Sealed bytes, by id; with a state, only those."""
        with self._site.reading() as connection:
            found = tuple(e for e in stated_exhibits(self._site, connection) if state in (None, e.state))
        return Page(found, len(found))

    def places(self, limit: int | None = None, offset: int = 0) -> Page[PlaceUse]:
        """Places the case speaks of, those with most incidents first."""
        uses = asking.place_uses(self._site)
        end = None if limit is None else offset + limit
        return Page(tuple(uses[offset:end]), len(uses))

    def persons(self, limit: int | None = None, offset: int = 0) -> Page[Person]:
        """People the sources name, with protection as derived and decided."""
        with self._site.reading() as connection:
            people, total = queries.person_page(connection, limit, offset)
            decisions = active(received.all_decisions(connection))
        return Page(tuple(exporting.protected(people, decisions)), total)

    def parties(self) -> tuple[Party, ...]:
        """Parties: the case's own, then states."""
        with self._site.reading() as connection:
            return load_lexicon(connection).lexicon.parties

    def unresolved_places(self) -> list[UnresolvedName]:
        """Words for places that stay unresolved, those that hold up most claims first."""
        with self._site.reading() as connection:
            return queries.ranked(connection, UnresolvedName, "unresolved")

    def questions(self, limit: int | None = None) -> list[Question]:
        """What only a person can decide, most telling first."""
        with self._site.reading() as connection:
            return queries.ranked(connection, Question, "questions", limit)

    def timeline(self) -> list[tuple[dt.date, int]]:
        """Incidents whose day is known, by day."""
        return asking.timeline(self._site)

    def map_points(self) -> list[MapPoint]:
        """Places to draw, each with how finely it is known."""
        return asking.map_points(self._site)

    def map_unplaced(self) -> dict[str, int]:
        """Incidents no map may draw, by why."""
        return asking.map_unplaced(self._site)

    # --- one thing ---------------------------------------------------------------------------------------------------
    def document(self, id: str) -> Document:
        """The document with this id."""
        found: Document = asking.one(self._site, Document, id)
        return found

    def claim(self, id: str) -> Claim:
        """The claim with this id."""
        found: Claim = asking.one(self._site, Claim, id)
        return found

    def incident(self, id: str) -> Incident:
        """The incident with this id."""
        found: Incident = asking.one(self._site, Incident, id)
        return found

    def person(self, id: str) -> Person:
        """The person with this id, protected as derived or decided."""
        found: Person = asking.one(self._site, Person, id)
        with self._site.reading() as connection:
            decisions = active(received.all_decisions(connection))
        return exporting.protected((found,), decisions)[0]

    def place(self, id: str) -> Place:
        """The place with this id.

        Raises:
            NotFound: where no gazetteer of the case has it.
        """
        with self._site.reading() as connection:
            found = load_lexicon(connection).lexicon.gazetteer.get(id)
        if found is None:
            raise NotFound(f"No place of this case has the id {id}.")
        return found

    def exhibit(self, id: str) -> Exhibit:
        """The exhibit with this SHA-256, or one that begins so."""
        found = [e for e in self.exhibits() if e.id.startswith(id)]
        if not found:
            raise NotFound(f"No exhibit of this case has the id {id}.")
        if len(found) > 1:
            raise UsageError(f"Several ids begin with {id}; give more of it.")
        return found[0]

    def text(self, exhibit: str) -> str:
        """The text of an exhibit: what offsets point into.

        Raises:
            NotFound: where it is unread.
        """
        with self._site.reading() as connection:
            text = derived.text_of(connection, exhibit)
        if text is None:
            raise NotFound(f"Exhibit {exhibit[:16]} has no text; `muniment documents` says what is unread and why.")
        return text

    def boxes(self, exhibit: str) -> tuple[Box, ...]:
        """Where an exhibit's text stands on pages."""
        with self._site.reading() as connection:
            return derived.boxes_of(connection, exhibit)

    def relations(self, of: str) -> list[Relation]:
        """Relations that name this id."""
        with self._site.reading() as connection:
            return queries.relations_of(connection, of)

    def flags(self, on: str | None = None) -> list[Flag]:
        """Flags about this id, or all."""
        with self._site.reading() as connection:
            return queries.flags_on(connection, on)

    def incident_of(self, claim: str) -> str | None:
        """The incident a claim belongs to."""
        with self._site.reading() as connection:
            return queries.incident_of(connection, claim)

    def show(self, id: str, why: bool = False) -> dict[str, Any]:
        """One thing of any kind with what stands around it; `why` adds what gave each field."""
        return asking.show(self._site, id, why=why)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Documents, claims and incidents that hold every word, best first."""
        return asking.find(self._site, words, limit)

    # --- decisions ---------------------------------------------------------------------------------------------------
    def decide(
        self, kind: str, on: str | Sequence[str], value: Any = None, *, reason: str, by: str | None = None
    ) -> Decision:
        """Record what a person says; it binds the next build."""
        return deciding.decide(self._site, kind, on, value, reason=reason, by=by)

    def decisions(self) -> list[Decision]:
        """Decisions as logged, oldest first."""
        with self._site.reading() as connection:
            return received.all_decisions(connection)

    def lost_decisions(self) -> list[tuple[Decision, str]]:
        """Decisions that find their words no more, each with why."""
        by_seq = {str(decision.seq): decision for decision in self.decisions()}
        return [(by_seq[flag.on[0]], flag.why) for flag in self.flags() if flag.kind == "lost_decision"]

    def settings(self) -> dict[str, Any]:
        """Settings in force."""
        with self._site.reading() as connection:
            return settings_of(active(received.all_decisions(connection)))

    # --- totals ------------------------------------------------------------------------------------------------------
    def sensitivity(self) -> tuple[Total, ...]:
        """How each total moves under the tally rules, which incidents cause it, and the claims behind each number.

        Links what is stored anew, so that it takes as long as the linking of a build; writes nothing.
        """
        with self._site.reading() as connection:
            linked = linking.link_stored(connection, self._site.linking)
        settings = linked.lexicon.settings
        return sensitivity(
            linked.linkage,
            linked.claims,
            linked.documents,
            linked.rulings,
            cutoff=totals.cutoff_of(settings),
            grades=totals.grades_of(settings),
        )

    def headlines(self) -> Headlines:
        """The totals of the case, with their scope, cut-off day, grades and the ledger's entry they were made from."""
        with self._site.reading() as connection:
            return totals.headlines(connection)

    # --- custody and export ------------------------------------------------------------------------------------------
    def entries(self, limit: int | None = None, offset: int = 0) -> Page[ledger.Entry]:
        """Ledger entries, oldest first."""
        with self._site.reading() as connection:
            rows = [entry_of(row) for row in received.iter_entries(connection, limit=limit, offset=offset)]
            return Page(tuple(rows), received.count_entries(connection))

    def verify(
        self,
        progress: Progress | None = None,
        *,
        checkpoints: Sequence[Path] = (),
        trust: Sequence[str] = (),
        time_stamp_roots: Path | None = None,
    ) -> Verification:
        """Hash, replay and compare everything; says what is proved and what is not.

        Args:
            progress: called with (stage, done, total).
            checkpoints: files of checkpoints kept outside the case.
            trust: public keys, as words or files, whose signatures you trust.
            time_stamp_roots: root certificates of time-stamping authorities you trust, PEM.

        Raises:
            BadInput: where a file brought along is not what it should be.
        """
        from muniment.case import verifying, vouching

        brought = vouching.read_trust(checkpoints, trust, time_stamp_roots)
        return verifying.verify(self._site, progress or (lambda stage, done, total: None), brought)

    def record(self, audience: Audience = "case", normalise: bool = False) -> dict[str, Any]:
        """The record of the case as plain values (RECORD contract)."""
        return exporting.record(self._site, audience=audience, normalise=normalise)

    def export(self, format: str, out: IO[str] | Path, audience: Audience = "case", normalise: bool = False) -> None:
        """Write the record as json, csv, geojson, or the exhibits' texts into a folder."""
        exporting.export(self._site, format, out, audience=audience, normalise=normalise)
