"""Web archives for the tests, written by hand as the standard lays down: their bytes are always the same."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

FIRST = (
    "https://kardel.example/2031/market",
    "2031-05-04T09:10:00Z",
    "<html><head><title>Shells hit the market</title></head><body><h1>Shells hit the market</h1>"
    "<p>At least 12 civilians were killed when shells hit the market in Kardel on 3 May 2031.</p></body></html>",
)
SECOND = (
    "https://kardel.example/2031/later",
    "2031-05-10T09:10:00Z",
    "<html><body><h1>Later figures</h1><p>The number of the dead has risen to 15.</p><script>x()</script></body>",
)


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(number: int, url: str, at: str, block: bytes, payload: bytes) -> bytes:
    """One response record of ISO 28500, with the digests of its block and payload."""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"WARC-Date: {at}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Payload-Digest: {_digest(payload)}\r\nWARC-Block-Digest: {_digest(block)}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(
    pages: tuple[tuple[str, str, str], ...] = (FIRST, SECOND), *, packed: bool = True, status: str = "200 OK"
) -> bytes:
    """A WARC of pages, each record compressed by itself where `packed`."""
    out = b""
    for number, (url, at, body) in enumerate(pages):
        payload = body.encode()
        block = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + payload
        one = record(number, url, at, block, payload)
        out += gzip.compress(one, compresslevel=1, mtime=0) if packed else one
    return out


def wacz(members: Mapping[str, bytes] | None = None, *, listed: Mapping[str, str | None] | None = None) -> bytes:
    files = dict(members) if members is not None else {"archive/data.warc.gz": warc(), "pages/pages.jsonl": b"{}\n"}
    hashes: dict[str, str | None] = {n: "sha256:" + hashlib.sha256(data).hexdigest() for n, data in files.items()}
    hashes.update(listed or {})
    rows = [{"path": name, **({"hash": digest} if digest else {})} for name, digest in hashes.items()]
    package = json.dumps({"profile": "data-package", "resources": rows}).encode()
    closed = json.dumps({"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**files, "datapackage.json": package, "datapackage-digest.json": closed}.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 5, 4, 9, 10, 0)), data)
    return out.getvalue()
