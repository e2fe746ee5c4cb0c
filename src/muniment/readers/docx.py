"""Word documents (.docx): body, tables, notes, headers and footers, read from the package's own XML."""

from __future__ import annotations

from typing import IO, Any

from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing
from muniment.readers.limits import Package, damaged
from muniment.readers.office_text import whole_document
from muniment.readers.xml_safely import local, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


class Docx:
    """Office Open XML text. Words marked as deleted are left out, words inserted are kept, and a note says so."""

    name = "docx"
    version = "1"
    media_types = (sniffing.DOCX,)

    def score(self, head: bytes, name: str) -> float:
        """By what the sniffing says."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Paragraphs a line each with a blank line between, cells parted by tabs, notes after the text."""
        package = Package(stream)
        main = _main_part(package)
        data = package.read(main)
        if data is None:
            raise damaged("is a package without a Word document in it")
        root = parse_xml(data)
        notes: list[str] = []
        text = _Body().render(root)
        folder = main.rpartition("/")[0]
        for part in ("footnotes", "endnotes"):
            extra = package.read(f"{folder}/{part}.xml")
            if extra is not None and (words := _notes(parse_xml(extra))):
                text += f"\n\n{words}"
        for part in sorted(package.names()):
            if part.startswith((f"{folder}/header", f"{folder}/footer")) and part.endswith(".xml"):
                extra = package.read(part)
                words = _Body().render(parse_xml(extra)).strip() if extra else ""
                if words and words not in text:
                    is_head = part.startswith(f"{folder}/header")
                    text = f"{words}\n\n{text}" if is_head else f"{text}\n\n{words}"
        if any(local(element) in ("del", "ins") for element in root.iter(f"{_W}del", f"{_W}ins")):
            notes.append("has tracked changes: deleted words are left out, inserted words are read")
        core = package.read("docProps/core.xml")
        return whole_document(text, _title(core), _language(core), tuple(notes))


def _main_part(package: Package) -> str:
    if package.has("word/document.xml"):
        return "word/document.xml"
    relations = package.read("_rels/.rels")
    for element in parse_xml(relations) if relations else ():
        if element.get("Type", "").endswith("/officeDocument"):
            return str(element.get("Target", "")).lstrip("/")
    raise damaged("is a package without a Word document in it")


class _Body:
    """Walks a part's XML in order."""

    def render(self, root: Any) -> str:
        out: list[str] = []
        self._blocks(root, out)
        return "\n\n".join(out).strip()

    def _blocks(self, parent: Any, out: list[str]) -> None:
        for element in parent:
            tag = local(element)
            if tag == "p":
                if words := _paragraph(element).strip("\n"):
                    out.append(words)
            elif tag == "tbl":
                rows = [_row(row) for row in element if local(row) == "tr"]
                if table := "\n".join(row for row in rows if row.strip()):
                    out.append(table)
            elif tag not in ("sectPr", "pPr", "tblPr", "del", "moveFrom"):
                self._blocks(element, out)


def _row(row: Any) -> str:
    cells = []
    for cell in row.iter(f"{{{row.tag[1:].partition('}')[0]}}}tc"):
        cells.append(" ".join(" ".join(_paragraph(p) for p in cell.iter() if local(p) == "p").split()))
    return "\t".join(cells)


def _paragraph(paragraph: Any) -> str:
    """The words of a paragraph; note marks stand in brackets."""
    out: list[str] = []
    skip = 0
    from lxml import etree

    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = local(element)
        if tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "Fallback"):
            walk.skip_subtree()
        elif tag == "t":
            out.append(element.text or "")
        elif tag == "tab":
            out.append("\t")
        elif tag in ("br", "cr"):
            out.append("\n")
        elif tag == "noBreakHyphen":
            out.append("-")
        elif tag in ("footnoteReference", "endnoteReference"):
            out.append(f"[{element.get(_W + 'id') or element.get(_STRICT + 'id') or '*'}]")
        elif tag == "p" and element is not paragraph and out and skip == 0:
            out.append("\n")  # a text box inside the paragraph
    return "".join(out)


def _notes(root: Any) -> str:
    lines = []
    for note in root:
        if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        if words := " ".join(_paragraph(p).strip() for p in note.iter() if local(p) == "p").strip():
            lines.append(f"[{note.get(f'{_W}id') or '*'}] {words}")
    return "\n".join(lines)


def _core(core: bytes | None, field: str) -> str | None:
    if core is None:
        return None
    element = next((e for e in parse_xml(core).iter() if local(e) == field), None)
    return " ".join((element.text or "").split()) or None if element is not None else None


def _title(core: bytes | None) -> str | None:
    return _core(core, "title")


def _language(core: bytes | None) -> str | None:
    return _core(core, "language")


PLUGINS = [Docx()]
