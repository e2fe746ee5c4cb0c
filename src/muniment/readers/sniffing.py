"""What bytes are, told by the bytes; the name decides only between kinds the bytes cannot tell apart."""

from __future__ import annotations

import os
import re
import zlib
from functools import lru_cache

from muniment.readers.decoding import looks_like_text

OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = OOXML + "wordprocessingml.document"
XLSX = OOXML + "spreadsheetml.sheet"
PPTX = OOXML + "presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
MSG = "application/vnd.ms-outlook"
XLS = "application/vnd.ms-excel"
ENCRYPTED_OOXML = "application/x-ole-encrypted-package"
SAVED_PAGE = "multipart/related"
WARC = "application/warc"
WACZ = "application/wacz"
UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"%PDF-", "application/pdf"), (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"), (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"), (b"BM", "image/bmp"),
    (b"\x1a\x45\xdf\xa3", "video/webm"), (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"), (b"fLaC", "audio/flac"), (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"), (b"\x00\x00\x01\xb3", "video/mpeg"), (b"#!AMR", "audio/amr"),
    (b"\x1f\x8b", "application/gzip"), (b"BZh", "application/x-bzip2"), (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"), (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"), (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-executable"), (b"MZ", "application/x-msdownload"), (b"%!PS", "application/postscript"),
    (b"WARC/", WARC), (b"PAR1", "application/vnd.apache.parquet"),
)  # fmt: skip
_EXTENSIONS = {
    ".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values", ".jsonl": "application/jsonl", ".ndjson": "application/jsonl",
}  # fmt: skip
_ZIPPED = {
    ".docx": DOCX,
    ".docm": DOCX,
    ".xlsx": XLSX,
    ".pptx": PPTX,
    ".odt": ODT,
    ".wacz": WACZ,
    ".epub": "application/epub+zip",
}
_OLE = {".doc": DOC, ".dot": DOC, ".msg": MSG, ".xls": XLS, ".ppt": "application/vnd.ms-powerpoint"}
_HTML_START = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?P<root>[\w:.-]+)", re.S | re.I
)
_HTML_TAG = re.compile(r"<(?:p|div|br|a\s|h[1-6]|span|table|ul|li|meta|title)\b[^<>]{0,300}>", re.I)
_MAIL_FIELD = re.compile(
    r"^(from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type|reply-to|cc|"
    r"x-[\w-]+|dkim-signature|list-[\w-]+|snapshot-content-location|content-transfer-encoding):[ \t]?\S",
    re.I,
)
_MAIL_MACHINE = frozenset(("received", "message-id", "mime-version", "return-path", "delivered-to"))


def _mail_fields(text: str) -> set[str]:
    """The mail header fields a text begins with, before its first empty line."""
    found: set[str] = set()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines()[:200]):
        if number == 0 and line.startswith("From ") and "@" in line:
            continue
        if match := _MAIL_FIELD.match(line):
            found.add(match[1].lower())
        elif not line.strip() or not (line[0] in " \t" or re.match(r"[\w-]+:", line)):
            break
    return found


@lru_cache(maxsize=8)
def media_type(head: bytes, name: str) -> str:
    """The media type of an exhibit from its first 64 KiB.

    Args:
        head: its first bytes.
        name: the name it came by; read only where the bytes leave a choice.
    """
    extension = os.path.splitext(name)[1].lower()
    binary = _binary(head, extension)
    if binary is not None:
        return binary
    if not looks_like_text(head):
        return UNKNOWN
    return _textual(text_of(head), extension)


def text_of(head: bytes) -> str:
    """A head as text, well enough to tell what it is."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if len(head) > 16 and head[1:16:2].count(0) >= 6:
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace").lstrip("\ufeff")


def _binary(head: bytes, extension: str) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head, extension)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(head, extension)
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "image/heic" if brand in (b"heic", b"heix", b"mif1", b"avif") else (
            "audio/mp4" if brand.startswith(b"M4A") else "video/mp4"
        )  # fmt: skip
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head.startswith(b"\x1f\x8b") and _unpacked(head).startswith(b"WARC/"):
        return WARC
    if head[257:262] == b"ustar":
        return "application/x-tar"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            # Two letters can begin a text as well: then the rest must not look like text.
            if len(magic) <= 3 and looks_like_text(head) and b"\0" not in head[:512]:
                continue
            return kind
    if b"%PDF-" in head[:1024] and (b"obj" in head or b"\0" in head[:1024]):
        return "application/pdf"
    return None


def _unpacked(head: bytes) -> bytes:
    """The first bytes under gzip."""
    try:
        return zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return b""


def _zip_kind(head: bytes, extension: str) -> str:
    if head[30:38] == b"mimetype":
        length = int.from_bytes(head[22:26], "little") or 60
        stated = head[38 : 38 + min(length, 80)].split(b"PK")[0].decode("ascii", "replace").strip()
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+", stated):
            return stated
    if b"word/" in head:
        return DOCX
    if b"xl/" in head and b"[Content_Types].xml" in head:
        return XLSX
    if b"ppt/" in head and b"[Content_Types].xml" in head:
        return PPTX
    if b"content.xml" in head and b"office:document-content" in head:
        return ODT
    if b"datapackage.json" in head and b"archive/" in head:
        return WACZ
    return _ZIPPED.get(extension, "application/zip")


def _ole_kind(head: bytes, extension: str) -> str:
    for stream, kind in (
        ("EncryptedPackage", ENCRYPTED_OOXML),
        ("__substg1.0_", MSG),
        ("WordDocument", DOC),
        ("Workbook", XLS),
    ):
        if stream.encode("utf-16-le") in head:
            return kind
    return _OLE.get(extension, "application/x-ole-storage")


def _textual(text: str, extension: str) -> str:
    if text.lstrip()[:1] == "<":
        return _markup(text, extension)
    fields = _mail_fields(text)
    if (len(fields) >= 3 and fields & _MAIL_MACHINE) or (len(fields) >= 2 and extension in (".eml", ".mht", ".mhtml")):
        saved = "snapshot-content-location" in fields or re.search(r"^From: <?Saved by ", text[:4000], re.M)
        return SAVED_PAGE if saved and "multipart/related" in text[:4000].lower() else "message/rfc822"
    if extension in (".html", ".htm", ".xhtml") and len(_HTML_TAG.findall(text[:20000])) >= 2:
        return "text/html"
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    first = text.lstrip()[:1]
    if first in ("{", "[") and re.match(r'\s*(?:\{\s*["}]|\[\s*[\[{"\d\]])', text):
        lines = [line for line in text.splitlines()[:5] if line.strip()]
        if len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines[:-1]):
            return "application/jsonl"
        return "application/json"
    if re.match(r"---[ \t]*\r?\n[A-Za-z_]+:", text):
        return "text/markdown"
    return "text/plain"


def _markup(text: str, extension: str) -> str:
    if _HTML_START.match(text):
        return "text/html"
    match = _XML_ROOT.match(text)
    root = match["root"].lower() if match else ""
    if root == "rss" or root == "rdf:rdf" or (root == "rdf" and "purl.org/rss" in text):
        return "application/rss+xml"
    if root in ("feed", "atom:feed"):
        return "application/atom+xml"
    if root in ("html", "xhtml:html"):
        return "text/html"
    if text.lstrip().startswith("<?xml") or extension in (".xml", ".rss", ".atom"):
        return "application/xml"
    if extension in (".html", ".htm", ".xhtml") or len(_HTML_TAG.findall(text[:20000])) >= 3:
        return "text/html"
    return _EXTENSIONS.get(extension, "text/plain")
