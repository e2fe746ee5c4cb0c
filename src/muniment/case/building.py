"""Build: seal, read, extract, link, tally; each stage does only what has no row under the present digest.

A run that is killed resumes by running again: bytes are durable before their rows, rows come with their log entry.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from muniment import evidence, extractors, jobs
from muniment.case import lexicon as case_lexicon
from muniment.case import reading, sources
from muniment.case.exhibits import load_statements
from muniment.case.linking import altered, begin, link_case
from muniment.case.places import import_places
from muniment.case.settling import active, out_of_case, set_documents
from muniment.case.site import Site, now
from muniment.errors import BadInput
from muniment.model import Claim, Document, Sighting
from muniment.plugins import Extractor, Lexicon, ReadOptions, room_digest
from muniment.readers import sources_csv
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
    options: ReadOptions
    workers: int
    progress: Progress


def run(site: Site, request: Request) -> Work:
    """Take the case from what it has received to what follows from it."""
    for source in (*request.sources, *request.places):
        if not source.exists():
            raise BadInput(f"{source} does not exist; check the path.")
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
    for source in request.sources:
        for item in evidence.walk(source):
            if isinstance(item, evidence.Refused):
                work.refused.append(item.sentence)
            elif own in item.path.resolve().parents:
                continue  # the case may lie inside the folder of its own sources
            else:
                found.append(item)
    batch: list[tuple[evidence.Found, evidence.Sealed]] = []
    for number, item in enumerate(found):
        request.progress("seal", number, len(found))
        try:
            batch.append((item, site.vault.seal(item.path)))
        except (BadInput, OSError) as error:
            work.refused.append(f"{item.name}: {error}")
        if len(batch) >= ROWS_PER_TRANSACTION:
            work.received += _record_sealed(site, batch)
            batch = []
    work.received += _record_sealed(site, batch)
    if found:
        request.progress("seal", len(found), len(found))


def _record_sealed(site: Site, batch: Sequence[tuple[evidence.Found, evidence.Sealed]]) -> int:
    if not batch:
        return 0
    new = 0
    with site.transaction() as connection:
        for item, sealed in batch:
            if received.latest_at(connection, str(item.folder), item.name) == sealed.sha256:
                continue
            at = now()
            role = "sources_csv" if _is_sources(site, item, sealed) else "source"
            first = not received.has_exhibit(connection, sealed.sha256)
            entry = site.log(
                connection,
                "received",
                {
                    "exhibit": sealed.sha256,
                    "bytes": sealed.bytes,
                    "name": item.name,
                    "folder": str(item.folder),
                    "role": role,
                    "first": first,
                },
            )
            if first:
                received.add_exhibit(connection, sealed.sha256, sealed.bytes, role, entry.seq)
                new += 1
            sighting = Sighting(item.name, folder=str(item.folder), received=at)
            received.add_sighting(connection, sealed.sha256, sighting, entry.seq)
    return new


def _is_sources(site: Site, item: evidence.Found, sealed: evidence.Sealed) -> bool:
    with site.vault.open(sealed.sha256) as stream:
        return sources_csv.is_sources_csv(item.name, stream.read(65536))


# --- read ------------------------------------------------------------------------------------------------------------
def _read_all(site: Site, request: Request, work: Work, *, again: bool) -> None:
    begin(site, again=again)
    code = reading.code_digest("readers", site.plugins)
    with site.reading() as connection:
        states = derived.reading_states(connection)
        seen = received.all_sightings(connection)
        ids = received.exhibits_of_role(connection, "source")
    tasks = []
    for exhibit in ids:
        state = states.get(exhibit)
        names = tuple(sorted({os.path.basename(s.name) for _, s in seen[exhibit]}))
        digest = reading.digest_of(code, names)
        if reading.is_due(state, digest, request.options):
            options = request.options
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
    _settle_documents(site, work)


def _write_readings(site: Site, rows: Sequence[derived.ReadingRow]) -> None:
    with site.transaction() as connection:
        for row in rows:
            derived.put_reading(connection, row)


def _settle_documents(site: Site, work: Work) -> None:
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
    if document.kind == "dataset":
        return replace(document, not_extracted="a table; tables are not yet read into claims")
    if language is None or language.split("-")[0] in packs:
        return replace(document, not_extracted=None)
    return replace(document, not_extracted=f"no pack for {language}")


# --- extract ---------------------------------------------------------------------------------------------------------
_lent: list[tuple[Lexicon, Sequence[Extractor]]] = []


def _extractors_of(files: Sequence[Path]) -> list[Extractor]:
    return [plugin for plugin in reading.user_plugins(files) if isinstance(plugin, Extractor)]


def _lend(lexicon: Lexicon, files: Sequence[Path]) -> None:
    _lent[:] = [(lexicon, _extractors_of(files))]


def _extract_one(task: tuple[bytes, str]) -> bytes:
    # Bytes rather than objects cross between processes: msgspec is several times faster than pickle here.
    document = load(Document, task[0])
    return dump(extractors.extract_words(document, task[1], *_lent[0]))


def _extract_all(site: Site, request: Request, work: Work) -> None:
    with site.reading() as connection:
        lent = case_lexicon.load_lexicon(connection)
        code = reading.code_digest("extractors", site.plugins) + room_digest("muniment.model")
        present = derived.extraction_digests(connection)
        payloads = derived.document_payloads(connection)
    due: list[tuple[str, str]] = []
    for id_ in sorted(payloads):
        digest = hashlib.sha256(b"\n".join((code.encode(), lent.digest.encode(), payloads[id_]))).hexdigest()
        if present[id_] != digest:
            due.append((id_, digest))
    idle = [(id_, digest) for id_, digest in due if load(Document, payloads[id_]).not_extracted is not None]
    for first in range(0, len(idle), ROWS_PER_TRANSACTION):
        _write_claims(site, [(id_, digest, ()) for id_, digest in idle[first : first + ROWS_PER_TRANSACTION]])
    passed_over = {id_ for id_, _ in idle}
    due = [row for row in due if row[0] not in passed_over]
    results: Iterable[tuple[int, bytes | jobs.Failure]] = jobs.run(
        _extract_one,
        _words(site, [payloads[id_] for id_, _ in due]),
        workers=0 if len(due) < FEW_DOCUMENTS else request.workers,
        seconds=SECONDS_PER_DOCUMENT,
        memory_bytes=reading.MEMORY_BYTES,
        initializer=_lend,
        initargs=(lent.lexicon, site.plugins),
    )
    rows: list[tuple[str, str, tuple[Claim, ...]]] = []
    for done, (number, result) in enumerate(results, 1):
        id_, digest = due[number]
        if isinstance(result, jobs.Failure):
            file = load(Document, payloads[id_]).file
            work.notes.append(f"{file}: claims were not looked for: {result.sentence}")
            rows.append((id_, "", ()))  # no digest: the next build tries again, and says so again
        else:
            rows.append((id_, digest, msgspec.json.decode(result, type=tuple[Claim, ...])))
        if len(rows) >= ROWS_PER_TRANSACTION:
            _write_claims(site, rows)
            rows = []
        request.progress("extract", done, len(due))
    _write_claims(site, rows)


def _words(site: Site, payloads: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    """Each document with its own words, fetched as the work gets to them."""
    for first in range(0, len(payloads), ROWS_PER_TRANSACTION):
        batch = payloads[first : first + ROWS_PER_TRANSACTION]
        documents = [load(Document, payload) for payload in batch]
        with site.reading() as connection:
            texts = {id_: derived.text_of(connection, id_) or "" for id_ in {d.exhibit for d in documents}}
        for payload, document in zip(batch, documents, strict=True):
            yield payload, texts[document.exhibit][document.start : document.end]


def _write_claims(site: Site, rows: Sequence[tuple[str, str, tuple[Claim, ...]]]) -> None:
    if rows:
        with site.transaction() as connection:
            for id_, digest, made in rows:
                derived.put_claims(connection, id_, digest, made)
