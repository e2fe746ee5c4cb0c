"""Reading exhibits in workers: what goes in, what comes out, and what is still to do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muniment import evidence, readers
from muniment.errors import Unreadable, VerificationFailed
from muniment.plugins import ReadOptions, load_entry_points, load_file, room_digest
from muniment.reference.table_mapping import TableMapping
from muniment.store.derived import ReadingRow, ReadingState

SECONDS_PER_EXHIBIT = 300.0
OCR_TAKES = 24
"""How many times as long an exhibit may take when its pages are read by OCR: some seconds a page."""
MEMORY_BYTES = 3 * 2**30


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One exhibit to read: its sealed file and the names it came by, first in sort order first."""

    exhibit: str
    path: Path
    names: tuple[str, ...]
    options: ReadOptions
    digest: str


_plugins: list[Any] = []


def user_plugins(files: Sequence[Path]) -> list[Any]:
    """What installed packages and the user's files offer, in the order it is asked."""
    return [*load_entry_points(), *(plugin for file in files for plugin in load_file(file))]


def start_worker(files: Sequence[Path]) -> None:
    """Load the user's plugins in a worker process."""
    _plugins[:] = user_plugins(files)


def code_digest(room: str, files: Sequence[Path]) -> str:
    """The digest of what turns bytes into documents, or documents into claims: a room and the user's files."""
    parts = [room_digest(f"muniment.{room}"), *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest_of(code: str, names: Sequence[str], mappings: Sequence[TableMapping] = ()) -> str:
    """What a reading rests on beside the bytes: the code, the names, which say what the file claims to be, and for a
    table the mappings it is tried with."""
    parts = (code, *names, *(mapping.digest for mapping in mappings))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_exhibit(task: ReadTask) -> ReadingRow:
    """Read one exhibit; what cannot be read is a row with the reason.

    Bytes that are no longer those that were sealed are not read at all; the empty digest has them looked at again by
    the next build, when they may have been restored.
    """
    try:
        evidence.check(task.path, task.exhibit)
    except VerificationFailed as changed:
        return ReadingRow(task.exhibit, "", "application/octet-stream", reason="damaged", why=str(changed))
    with task.path.open("rb") as stream:
        media_type = readers.media_type(stream.read(65536), task.names[0])
    ocr = "+".join(task.options.ocr_languages) or None
    try:
        reading, origin, media_type = readers.read(task.path, task.names[0], task.options, _plugins)
        documents = readers.documents(reading, task.exhibit, task.names)
    except Unreadable as unreadable:
        return ReadingRow(
            task.exhibit, task.digest, media_type, reason=unreadable.reason, why=unreadable.sentence, ocr=ocr
        )
    return ReadingRow(
        exhibit=task.exhibit,
        digest=task.digest,
        media_type=media_type,
        encoding=reading.encoding,
        text_sha256=hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=reading.text,
        boxes=reading.boxes,
        ocr=ocr if reading.ocr else None,
        locked=bool(reading.unread_pages),
        why="; ".join(reading.notes) or None,
        origin=origin,
        documents=documents,
    )


def is_due(state: ReadingState | None, digest: str, options: ReadOptions) -> bool:
    """Whether an exhibit must be read (again): new, made by other code, or now given what it lacked."""
    if state is None or state.digest != digest:
        return True
    if state.locked and options.ocr_languages:
        return True
    if state.reason == "needs_password":
        return bool(options.passwords)
    if state.reason == "needs_ocr" or (state.reason == "missing_tool" and options.ocr_languages):
        return bool(options.ocr_languages)
    return state.reason == "missing_tool"
