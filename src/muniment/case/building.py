"""Build: seal, read, extract, link, tally; each stage does only what has no row under the present digest.

A run that is killed resumes by running again: bytes are durable before their rows, rows come with their log entry.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from muniment import evidence, extractors, jobs, readers
from muniment.case import lexicon as case_lexicon
from muniment.case import reading, sources, tables
from muniment.case.answers import load_answers
from muniment.case.exhibits import load_statements
from muniment.case.linking import altered, begin, link_case
from muniment.case.places import import_places
from muniment.case.settling import active, out_of_case, set_documents
from muniment.case.site import Site, now
from muniment.errors import BadInput
from muniment.model import Claim, Document, Sighting
from muniment.plugins import Extractor, Lexicon, ReadOptions, TableCell, TableRow, room_digest
from muniment.readers import sources_csv
from muniment.reference import mapping_file
from muniment.reference.table_mapping import TableMapping
from muniment.store import derived, received
from muniment.store.codec import dump, load

Progress = Callable[[str, int, int], None]

ROWS_PER_TRANSACTION = 200
FEW_DOCUMENTS = 200
"""Below this many documents, starting worker processes to extract costs more than it saves."""
SECONDS_PER_DOCUMENT = 120.0


@dataclass(slots=True)
class Work:
    """What a build did, gathered stage by stage."""

    received: int = 0
    read: int = 0
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked a build to do."""

    sources: tuple[Path, ...]
    places: tuple[Path, ...]
    mappings: tuple[Path, ...]
    options: ReadOptions
    workers: int
    progress: Progress


def run(site: Site, request: Request) -> Work:
    """Take the case from what it has received to what follows from it."""
    for source in (*request.sources, *request.places):
        if not source.exists():
            raise BadInput(f"{source} does not exist; check the path.")
    for path in request.mappings:
        tables.check(path)
    work = Work()
    with site.writing():
        swept = site.vault.sweep()
        if swept:
            work.notes.append("A run before this one was interrupted; what it had sealed is kept.")
        changed = altered(site)
        if changed:
            work.notes.append("What was derived had been changed by other means; it was derived again.")
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("seal", lambda: _seal_all(site, request, work)),
            ("places", lambda: _import_all(site, request, work)),
            ("read", lambda: _read_all(site, request, work, again=changed)),
            ("extract", lambda: _extract_all(site, request, work)),
            ("link", lambda: link_case(site, request.progress, work.notes)),
        )
        for stage, step in steps:
            began = time.perf_counter()
            step()
            work.seconds[stage] = time.perf_counter() - began
    return work


def _import_all(site: Site, request: Request, work: Work) -> None:
    for path in request.places:
        number = import_places(site, path)
        work.notes.append(
            f"{path.name}: {number:,} places added." if number else f"{path.name}: nothing new; its places are known."
        )


# --- seal ------------------------------------------------------------------------------------------------------------
def _seal_all(site: Site, request: Request, work: Work) -> None:
    found: list[evidence.Found] = []
    own = site.folder.resolve()
    for source in (*request.mappings, *request.sources):
        before = len(found) + len(work.refused)
        for item in evidence.walk(source):
            if isinstance(item, evidence.Refused):
                work.refused.append(item.sentence)
            elif own in item.path.resolve().parents:
                continue  # the case may lie inside the folder of its own sources
            else:
                found.append(item)
        if len(found) + len(work.refused) == before:
            work.notes.append(f"{source.name or source} is empty: it holds no file to take in.")
    batch: list[tuple[evidence.Found, evidence.Sealed]] = []
    for number, item in enumerate(found):
        request.progress("seal", number, len(found))
        try:
            batch.append((item, site.vault.seal(item.path)))
        except (BadInput, OSError) as error:
            work.refused.append(f"{item.name}: {error}")
        if len(batch) >= ROWS_PER_TRANSACTION:
            work.received += _record_sealed(site, batch, work)
            batch = []
    work.received += _record_sealed(site, batch, work)
    if found:
        request.progress("seal", len(found), len(found))


def _record_sealed(site: Site, batch: Sequence[tuple[evidence.Found, evidence.Sealed]], work: Work) -> int:
    if not batch:
        return 0
    new = 0
    with site.transaction() as connection:
        for item, sealed in batch:
            if received.latest_at(connection, str(item.folder), item.name) == sealed.sha256:
                continue
            if received.is_erased(connection, sealed.sha256):
                site.vault.remove(sealed.sha256)
                work.refused.append(f"{item.name}: its bytes were erased from this case, and are not taken in again.")
                continue
            at = now()
            role = _role(site, item, sealed)
            if not received.has_exhibit(connection, sealed.sha256):
                told = {"exhibit": sealed.sha256, "bytes": sealed.bytes, "role": role}
                entry = site.log(connection, "received", told)
                received.add_exhibit(connection, sealed.sha256, sealed.bytes, role, entry.seq)
                new += 1
            # Where it was met is an entry of its own: a name or a folder may say who gave it, and a proof need not.
            seen = {"exhibit": sealed.sha256, "name": item.name, "folder": str(item.folder)}
            entry = site.log(connection, "sighted", seen)
            sighting = Sighting(item.name, folder=str(item.folder), received=at)
            received.add_sighting(connection, sealed.sha256, sighting, entry.seq)
    return new


def _role(site: Site, item: evidence.Found, sealed: evidence.Sealed) -> str:
    if mapping_file.is_mapping(item.name):
        return tables.ROLE
    with site.vault.open(sealed.sha256) as stream:
        return "sources_csv" if sources_csv.is_sources_csv(item.name, stream.read(65536)) else "source"


# --- read ------------------------------------------------------------------------------------------------------------
def _read_all(site: Site, request: Request, work: Work, *, again: bool) -> None:
    begin(site, again=again)
    code = reading.code_digest("readers", site.plugins)
    with site.reading() as connection:
        states = derived.reading_states(connection)
        seen = received.all_sightings(connection)
        ids = received.exhibits_of_role(connection, "source")
        mappings = tables.load_mappings(site, connection)
    work.notes.extend(mappings.problems)
    tasks = []
    for exhibit in ids:
        state = states.get(exhibit)
        names = tuple(sorted({os.path.basename(s.name) for _, s in seen[exhibit]}))
        kind = state.media_type if state is not None else _media_type(site, exhibit, names[0])
        tried = mappings.for_table([s for _, s in seen[exhibit]]) if readers.is_table(kind) else ()
        digest = reading.digest_of(code, names, tried)
        if reading.is_due(state, digest, request.options):
            options = replace(request.options, mappings=tried)
            if state is not None and state.ocr and not options.ocr_languages:
                options = replace(options, ocr_languages=tuple(state.ocr.split("+")))
            tasks.append(reading.ReadTask(exhibit, site.vault.path(exhibit), names, options, digest))
    rows: list[derived.ReadingRow] = []
    results = jobs.run(
        reading.read_exhibit,
        tasks,
        workers=request.workers,
        seconds=reading.SECONDS_PER_EXHIBIT * (reading.OCR_TAKES if request.options.ocr_languages else 1),
        memory_bytes=reading.MEMORY_BYTES,
        initializer=reading.start_worker,
        initargs=(site.plugins,),
    )
    for done, (number, result) in enumerate(results, 1):
        task = tasks[number]
        if isinstance(result, jobs.Failure):
            result = derived.ReadingRow(
                task.exhibit, task.digest, "application/octet-stream", reason=result.reason, why=result.sentence
            )
        before = states.get(task.exhibit)
        if result.reason is not None and before is not None and before.reason is None:
            # What was once read stays readable: a password not given again must not take a reading away.
            work.notes.append(f"{task.names[0]}: kept as read before; reading it again failed ({result.why})")
        else:
            rows.append(result)
            work.read += result.reason is None
            if result.reason is None and result.why:
                work.notes.append(f"{task.names[0]}: {result.why}.")
        if len(rows) >= ROWS_PER_TRANSACTION:
            _write_readings(site, rows)
            rows = []
        request.progress("read", done, len(tasks))
    _write_readings(site, rows)
    settle_documents(site, work)


def _media_type(site: Site, exhibit: str, name: str) -> str:
    with site.vault.open(exhibit) as stream:
        return readers.media_type(stream.read(65536), name)


def _write_readings(site: Site, rows: Sequence[derived.ReadingRow]) -> None:
    with site.transaction() as connection:
        for row in rows:
            derived.put_reading(connection, row)


def settle_documents(site: Site, work: Work) -> None:
    """Documents as read, then as stated in sources.csv, then as decided; only those that changed are written."""
    packs = extractors.languages(_extractors_of(site.plugins))
    with site.reading() as connection:
        decisions = active(received.all_decisions(connection))
        said = load_statements(site, connection)
        exhibits = {exhibit.id: exhibit for exhibit in received.all_exhibits(connection)}
        gone = out_of_case(decisions)
        wanted: list[Document] = []
        for id_, documents in derived.read_documents(connection):
            if id_ not in gone:
                wanted.extend(sources.state_documents(documents, exhibits[id_], said))
                if documents:
                    work.notes.extend(sources.rows_without_item(documents, exhibits[id_], said))
        wanted = [_with_pack(document, packs) for document in set_documents(wanted, decisions)]
        present = derived.document_payloads(connection)
        work.notes.extend(said.problems)
        work.notes.extend(sources.rows_without_file(list(exhibits.values()), said))
    stale = sorted(set(present) - {document.id for document in wanted})
    changed = [document for document in wanted if present.get(document.id) != dump(document)]
    if stale:
        with site.transaction() as connection:
            derived.drop_documents(connection, stale)
    for first in range(0, len(changed), ROWS_PER_TRANSACTION):
        with site.transaction() as connection:
            for document in changed[first : first + ROWS_PER_TRANSACTION]:
                text = derived.text_of(connection, document.exhibit) or ""
                derived.put_document(connection, document, text=text[document.start : document.end])


def _with_pack(document: Document, packs: frozenset[str]) -> Document:
    language = document.language
    if document.row is not None:
        return replace(document, not_extracted=None)
    if document.kind == "dataset":
        return replace(document, not_extracted="a table, and no mapping says what its columns are")
    if language is None or language.split("-")[0] in packs:
        return replace(document, not_extracted=None)
    return replace(document, not_extracted=f"no pack for {language}")


# --- extract ---------------------------------------------------------------------------------------------------------
_lent: list[tuple[Lexicon, Sequence[Extractor], Mapping[str, TableMapping]]] = []


def _extractors_of(files: Sequence[Path]) -> list[Extractor]:
    return [plugin for plugin in reading.user_plugins(files) if isinstance(plugin, Extractor)]


def _lend(lexicon: Lexicon, files: Sequence[Path], mappings: Mapping[str, TableMapping]) -> None:
    _lent[:] = [(lexicon, _extractors_of(files), mappings)]


def _extract_one(task: tuple[bytes, str, bytes | None]) -> bytes:
    # Bytes rather than objects cross between processes: msgspec is several times faster than pickle here.
    document = load(Document, task[0])
    lexicon, plugins, mappings = _lent[0]
    if document.row is not None:
        cells = load(dict[str, TableCell], task[2] or b"{}")
        lexicon = replace(lexicon, row=TableRow(document.row, mappings[document.mapping or ""], cells))
    return dump(extractors.extract_words(document, task[1], lexicon, plugins))


def _extract_all(site: Site, request: Request, work: Work) -> None:
    with site.reading() as connection:
        lent = case_lexicon.load_lexicon(connection)
        code = reading.code_digest("extractors", site.plugins) + room_digest("muniment.model")
        present = derived.extraction_digests(connection)
        payloads = derived.document_payloads(connection)
        answers = load_answers(connection, lent.lexicon)
        mappings = tables.load_mappings(site, connection)
        rows_of = tables.Rows(connection, mappings)
    due: list[tuple[str, str]] = []
    for id_ in sorted(payloads):
        rests_on = (code.encode(), lent.digest.encode(), payloads[id_], *answers.digest_parts(id_))
        digest = hashlib.sha256(b"\n".join(rests_on)).hexdigest()
        if present[id_] != digest:
            due.append((id_, digest))
    documents = {id_: load(Document, payloads[id_]) for id_, _ in due}
    idle = [(id_, digest) for id_, digest in due if documents[id_].not_extracted is not None]
    for first in range(0, len(idle), ROWS_PER_TRANSACTION):
        unread = [(id_, digest, ()) for id_, digest in idle[first : first + ROWS_PER_TRANSACTION]]
        _write_claims(site, answers.brought_in(site, unread, documents))
    passed_over = {id_ for id_, _ in idle}
    due = [row for row in due if row[0] not in passed_over]
    due.sort(key=lambda row: (documents[row[0]].exhibit, documents[row[0]].start))  # a table's rows are read together
    results: Iterable[tuple[int, bytes | jobs.Failure]] = jobs.run(
        _extract_one,
        _words(site, [payloads[id_] for id_, _ in due], rows_of),
        workers=0 if len(due) < FEW_DOCUMENTS else request.workers,
        seconds=SECONDS_PER_DOCUMENT,
        memory_bytes=reading.MEMORY_BYTES,
        initializer=_lend,
        initargs=(lent.lexicon, site.plugins, tables.by_digest(mappings)),
    )
    rows: list[tuple[str, str, tuple[Claim, ...]]] = []
    for done, (number, result) in enumerate(results, 1):
        id_, digest = due[number]
        if isinstance(result, jobs.Failure):
            file = documents[id_].file
            work.notes.append(f"{file}: claims were not looked for: {result.sentence}")
            rows.append((id_, "", ()))  # no digest: the next build tries again, and says so again
        else:
            rows.append((id_, digest, msgspec.json.decode(result, type=tuple[Claim, ...])))
        if len(rows) >= ROWS_PER_TRANSACTION:
            _write_claims(site, answers.brought_in(site, rows, documents))
            rows = []
        request.progress("extract", done, len(due))
    _write_claims(site, answers.brought_in(site, rows, documents))
    work.notes.extend(answers.notes())


def _words(site: Site, payloads: Sequence[bytes], rows: tables.Rows) -> Iterator[tuple[bytes, str, bytes | None]]:
    """Each document with its own words, and a table's row with its cells, fetched as the work gets to them."""
    for first in range(0, len(payloads), ROWS_PER_TRANSACTION):
        batch = payloads[first : first + ROWS_PER_TRANSACTION]
        documents = [load(Document, payload) for payload in batch]
        with site.reading() as connection:
            texts = {id_: derived.text_of(connection, id_) or "" for id_ in {d.exhibit for d in documents}}
        for payload, document in zip(batch, documents, strict=True):
            row = rows.of(document, texts[document.exhibit])
            cells = dump(row.cells) if row is not None else None
            yield payload, texts[document.exhibit][document.start : document.end], cells


def _write_claims(site: Site, rows: Sequence[tuple[str, str, tuple[Claim, ...]]]) -> None:
    if rows:
        with site.transaction() as connection:
            for id_, digest, made in rows:
                derived.put_claims(connection, id_, digest, made)
