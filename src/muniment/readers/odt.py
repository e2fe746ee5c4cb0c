"""OpenDocument text (.odt): headings, paragraphs, lists, tables and notes from its content.xml."""

from __future__ import annotations

from typing import IO, Any

from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing
from muniment.readers.limits import Package, damaged
from muniment.readers.office_text import whole_document
from muniment.readers.xml_safely import local, parse_xml

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_SPACES = 200


class Odt:
    """Text documents of LibreOffice and its kin."""

    name = "odt"
    version = "1"
    media_types = (sniffing.ODT, "application/vnd.oasis.opendocument.text-template")

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Paragraphs with a blank line between, cells parted by tabs, notes after the text."""
        package = Package(stream)
        manifest = package.read("META-INF/manifest.xml")
        if manifest and b"encryption-data" in manifest:
            raise Unreadable("needs_password", "The document is encrypted; add a copy saved without a password.")
        data = package.read("content.xml")
        if data is None:
            raise damaged("is a package without content.xml, the part that holds the text")
        root = parse_xml(data)
        body = next((e for e in root.iter() if local(e) == "body"), None)
        if body is None:
            raise damaged("has a content.xml without a body")
        blocks: list[str] = []
        notes: list[str] = []
        _blocks(body, blocks, notes)
        text = "\n\n".join(blocks)
        if notes:
            text += "\n\n" + "\n".join(notes)
        meta = package.read("meta.xml")
        found = {local(e): (e.text or "") for e in parse_xml(meta).iter()} if meta else {}
        return whole_document(text, found.get("title"), found.get("language"))


def _blocks(parent: Any, out: list[str], notes: list[str]) -> None:
    for element in parent:
        tag = local(element)
        if tag in ("p", "h"):
            if words := _inline(element, notes).strip("\n "):
                out.append(words)
        elif tag == "table":
            rows = [row for row in element.iter() if local(row) == "table-row"]
            if table := "\n".join(line for row in rows if (line := _row(row, notes)).strip()):
                out.append(table)
        elif tag not in ("tracked-changes", "sequence-decls", "forms"):
            _blocks(element, out, notes)


def _row(row: Any, notes: list[str]) -> str:
    cells = []
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            inner: list[str] = []
            _blocks(cell, inner, notes)
            cells.append(" ".join(" ".join(inner).split()))
    return "\t".join(cells).rstrip("\t")


def _inline(element: Any, notes: list[str]) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(_MOST_SPACES, int(count) if count.isdigit() else 1))
        elif tag == "tab":
            parts.append("\t")
        elif tag == "line-break":
            parts.append("\n")
        elif tag == "note":
            words = [_inline(p, []) for p in child.iter() if local(p) == "p"]
            notes.append(f"[{len(notes) + 1}] {' '.join(' '.join(words).split())}")
            parts.append(f"[{len(notes)}]")
        elif tag not in ("annotation", "annotation-end", "tracked-changes", "image", "object"):
            parts.append(_inline(child, notes))
        parts.append(child.tail or "")
    # ODF 1.2 part 1, 6.1.2: white space in the XML counts as one space; text:s and text:tab carry the rest.
    return "".join(parts)


PLUGINS = [Odt()]
