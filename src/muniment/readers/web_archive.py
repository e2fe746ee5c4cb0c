"""Web archives: each captured page is a document with its address; when it was captured stands in a line before it.

What the archive says of itself is checked: that it ends where it should, that digests of records and of a WACZ's files
are those listed, that no file is missing or unlisted. What does not hold is said, and the pages are read all the same.

Source: ISO 28500:2017 (WARC 1.1); WACZ 1.1.1 (Webrecorder); RFC 1952.
"""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from muniment.errors import Unreadable
from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import dates, sniffing
from muniment.readers.decoding import decode
from muniment.readers.html import decode_markup, read_page
from muniment.readers.limits import MOST_UNPACKED_BYTES, Package, damaged, read_all, too_large

WARC, WACZ = sniffing.WARC, sniffing.WACZ
MOST_PAGES = 5_000
_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)


@dataclass(frozen=True, slots=True)
class Captured:
    """A page as captured: its address, when (ISO 8601, as the archive says), media type and bytes."""

    url: str
    at: str
    media_type: str
    body: bytes


class Warc:
    """WARC files, plain or compressed record by record."""

    name = "warc"
    version = "1"
    media_types = (WARC,)

    def score(self, head: bytes, name: str) -> float:
        """By the first record's own line, also under gzip."""
        return 0.9 if sniffing.media_type(head, name) == WARC else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Every page that was captured with words in it, in the order of the archive."""
        data = read_all(stream)
        notes: list[str] = []
        if data.startswith(_GZIP) and not _ends_whole(data):
            notes.append("the archive is cut short: its last record does not end")
        return _reading(captured(data, notes), notes)


class Wacz:
    """WACZ packages: WARC files in a ZIP with a list of their digests."""

    name = "wacz"
    version = "1"
    media_types = (WACZ,)

    def score(self, head: bytes, name: str) -> float:
        """A ZIP whose first members are a web archive's."""
        return 0.9 if sniffing.media_type(head, name) == WACZ else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Every page of every WARC in the package; what its list of digests says is checked first."""
        package = Package(stream)
        notes = _checked_list(package)
        archives = sorted(n for n in package.names() if n.startswith("archive/") and n.endswith((".warc", ".warc.gz")))
        if not archives:
            raise Unreadable("empty", "The package holds no web archive.")

        def pages() -> Iterator[Captured]:
            for member in archives:
                data = package.read(member) or b""
                if data.startswith(_GZIP) and not _ends_whole(data):
                    notes.append(f"{member} is cut short: its last record does not end")
                yield from captured(data, notes)

        return _reading(pages(), notes)


def captured(data: bytes, notes: list[str]) -> Iterator[Captured]:
    """The pages in a WARC's bytes; digests that do not hold are noted.

    Raises:
        Unreadable: where it is no WARC, or unpacks to more than the budget.
    """
    left = MOST_UNPACKED_BYTES
    wrong = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data), check_digests=True):
            kind = record.rec_type
            if kind not in ("response", "resource"):
                continue
            body = record.content_stream().read(left + 1)
            left -= len(body)
            if left < 0:
                raise too_large(f"unpacks to more than {MOST_UNPACKED_BYTES >> 20} MiB")
            checker = record.digest_checker
            wrong += checker is not None and checker.passed is False
            head = record.http_headers if kind == "response" else None
            if head is not None and not (head.get_statuscode() or "").startswith("2"):
                continue
            stated = (head or record.rec_headers).get_header("Content-Type") or ""
            media_type = stated.partition(";")[0].strip().lower()
            if media_type in (*_PAGES, *_TEXTS):
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                at = record.rec_headers.get_header("WARC-Date") or ""
                yield Captured(url.strip("<>"), at, media_type, body)
    except ArchiveLoadFailed as error:
        notes.append(f"the archive cannot be read to its end ({type(error).__name__})")
    except (EOFError, zlib.error, OSError) as error:
        notes.append(f"the archive is cut short or damaged ({type(error).__name__})")
    if wrong:
        notes.append(f"the digests of {wrong:,} records are not those of what they hold")


def _reading(pages: Iterator[Captured], notes: list[str]) -> Reading:
    parts: list[str] = []
    items: list[Item] = []
    length = skipped = 0
    seen: set[tuple[str, bytes]] = set()
    for page in pages:
        same = (page.url, hashlib.sha256(page.body).digest())
        if same in seen:
            continue  # captured again, unchanged
        seen.add(same)
        if len(items) == MOST_PAGES:
            raise too_large(f"holds more than {MOST_PAGES:,} pages")
        try:
            read = read_page(decode_markup(page.body)) if page.media_type in _PAGES else _plain_page(page.body)
        except Unreadable:
            skipped += 1
            continue
        line = f"[{' · '.join(part for part in (page.url, f'captured {page.at}' if page.at else '') if part)}]\n"
        start = length + len(line)
        item = read.items[0]
        items.append(
            replace(
                item,
                start=start + item.start,
                end=start + item.end,
                url=page.url or item.url,
                guid=f"{page.url} {dates.from_iso(page.at) or page.at}".strip(),
            )
        )
        piece = f"{line}{read.text}\n\n"
        parts.append(piece)
        length += len(piece)
    if skipped:
        notes.append(f"{skipped:,} captured pages have no words in them")
    if not items:
        raise damaged("has no page that can be read") if notes else Unreadable("empty", "The archive has no page.")
    return Reading("".join(parts), tuple(items), notes=tuple(notes))


def _plain_page(body: bytes) -> Reading:
    text = decode(body).text
    if not text.strip():
        raise Unreadable("empty", "There is no text in it.")
    return Reading(text, (Item(0, len(text)),))


def _ends_whole(data: bytes) -> bool:
    """Whether the last gzip member ends with its own check: a truncated file may read as a shorter whole one."""
    view = memoryview(data)
    left = MOST_UNPACKED_BYTES
    while view:
        member = zlib.decompressobj(31)
        try:
            out = member.decompress(view, 1 << 20)
            while member.unconsumed_tail and left > 0:
                left -= len(out)
                out = member.decompress(member.unconsumed_tail, 1 << 20)
        except zlib.error:
            return False
        if not member.eof:
            return left <= 0  # past the budget nothing is claimed; reading says that it is too large
        view = view[len(view) - len(member.unused_data) :] if member.unused_data else view[:0]
    return True


def _checked_list(package: Package) -> list[str]:
    """What a WACZ's own list says that does not hold."""
    listed = package.read("datapackage.json")
    if listed is None:
        return ["the package has no list of its files (datapackage.json)"]
    notes = []
    try:
        resources: Any = json.loads(listed).get("resources", [])
        hashes = {str(row["path"]): str(row.get("hash", "")) for row in resources}
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return ["the package's list of its files cannot be read"]
    members = {name for name in package.names() if not name.endswith("/")}
    own = {"datapackage.json", "datapackage-digest.json"}
    for name in sorted(members - hashes.keys() - own):
        notes.append(f"{name} is in the package and not listed")
    for name in sorted(hashes.keys() - members):
        notes.append(f"{name} is listed and missing")
    for name in sorted(hashes.keys() & members):
        digest = hashes[name].removeprefix("sha256:")
        if not digest:
            notes.append(f"{name} is listed without a digest")
        elif hashlib.sha256(package.read(name) or b"").hexdigest() != digest:
            notes.append(f"{name} does not have the digest that is listed")
    notes += _signed(package.read("datapackage-digest.json"), listed)
    return notes


def _signed(digest_file: bytes | None, listed: bytes) -> list[str]:
    if digest_file is None:
        return []
    try:
        stated: Mapping[str, Any] = json.loads(digest_file)
        digest = str(stated["hash"]).removeprefix("sha256:")
        signed = "signedData" in stated
    except (ValueError, TypeError, KeyError, RecursionError):
        return ["the digest of the package's list cannot be read"]
    notes = (
        [] if digest == hashlib.sha256(listed).hexdigest() else ["the package's list is not the one it was closed with"]
    )
    return [*notes, "it bears a signature, which was not checked"] if signed else notes


PLUGINS = [Warc(), Wacz()]
