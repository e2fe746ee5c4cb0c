"""XML without its traps: no entities of its own, no network, no external files."""

from __future__ import annotations

import codecs
import html.entities
import re
from typing import Any

from lxml import etree

from muniment.readers.limits import damaged

_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?\sencoding\s*=\s*[\"']([\w.:-]+)[\"']")
_ENTITY_DECLARED = re.compile(rb"<!ENTITY", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_PREDEFINED = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARED_ENCODING = re.compile(r"(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*[\"'][\w.:-]+[\"']")


def parse_xml(data: bytes | str, *, recover: bool = False) -> Any:
    """The root of an XML document.

    Args:
        data: bytes as stored, or text already decoded (feeds: HTML's named entities are understood then).
        recover: read past errors, as feeds in the wild need.

    Raises:
        Unreadable: where it declares entities (they can expand without end) or is no XML at all.
    """
    text = _NAMED.sub(_named, data) if isinstance(data, str) else _decoded(data)
    # Parsed as UTF-8 whatever it was stored as: what is searched for entities is what the parser sees.
    data = _DECLARED_ENCODING.sub(r"\1", text.lstrip("\ufeff \t\r\n"), count=1).encode("utf-8", "replace")
    if b"<!DOCTYPE" in data and _ENTITY_DECLARED.search(data):
        raise damaged("declares XML entities, which are not expanded, because they can be made to fill the memory")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=recover, huge_tree=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("is not well-formed XML, cut short perhaps") from error
    if root is None:
        raise damaged("has no XML element")
    return root


def _decoded(data: bytes) -> str:
    """Bytes as the standard says they are encoded: by a byte order mark, else as declared, else UTF-8.

    Source: XML 1.0, appendix F.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    declared = _ENCODING.match(data[:300].lstrip(codecs.BOM_UTF8 + b" \t\r\n"))
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return data.decode(name if codecs.lookup(name)._is_text_encoding else "utf-8", "replace")
    except (LookupError, UnicodeError):
        raise damaged("states an encoding of its XML that is not known") from None


def _named(match: re.Match[str]) -> str:
    name = match[1]
    if name in _PREDEFINED:
        return match[0]
    return html.entities.html5.get(name + ";", match[0])


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
