"""Rich Text Format (.rtf)."""

from __future__ import annotations

import re
from typing import IO

from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing
from muniment.readers.limits import damaged, read_all
from muniment.readers.office_text import whole_document

_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_TITLE = re.compile(r"\{\\title\s+(?P<title>[^{}\\]{1,300})\}")
_PICTURE = re.compile(r"\{\\pict[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
# What the ring holds before the first byte ([MS-OXRTFCP] 2.1.2.1).
_RING_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


class Rtf:
    """RTF as word processors and mail programs write it."""

    name = "rtf"
    version = "1"
    media_types = ("application/rtf",)

    def score(self, head: bytes, name: str) -> float:
        """By its first bytes."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """The text without pictures and styles."""
        source = read_all(stream).decode("latin-1")
        text = rtf_text(source)
        title = _TITLE.search(source[:20_000])
        return whole_document(text, title["title"] if title else None)


def rtf_text(source: str) -> str:
    """The words of RTF source, given as Latin-1 so that each character is a byte.

    Raises:
        Unreadable: where it cannot be followed.
    """
    from striprtf.striprtf import rtf_to_text

    match = _CODE_PAGE.search(source[:2000])
    encoding = f"cp{match[1]}" if match else "cp1252"
    if encoding == "cp65001":
        encoding = "utf-8"
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            _PICTURE.sub("", source), encoding=encoding, errors="replace"
        )
    except (LookupError, ValueError, IndexError, KeyError, UnicodeError) as error:
        raise damaged("is RTF that cannot be followed, cut short perhaps") from error
    text = re.sub(r"[ \t]+\n", "\n", text.replace("\r\n", "\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def compressed_rtf_text(data: bytes) -> str:
    """The words of RTF packed as mail programs of Microsoft pack it.

    Source: Microsoft, [MS-OXRTFCP]: a 4 KiB ring, runs of eight tokens, back references of 2 to 17 bytes.
    """
    if len(data) < 16:
        return ""
    size, form = int.from_bytes(data[4:8], "little"), data[8:12]
    if form == b"MELA":
        return rtf_text(data[16 : 16 + size].decode("latin-1"))
    if form != b"LZFu":
        raise damaged("has a body packed in a way that is not known")
    ring = bytearray(_RING_START.ljust(4096, b"\0"))
    place, at = len(_RING_START), 16
    out = bytearray()
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if control >> bit & 1:
                reference = int.from_bytes(data[at : at + 2], "big")
                at += 2
                start = reference >> 4
                if start == place:
                    return rtf_text(out.decode("latin-1"))
                run = [start + step for step in range((reference & 15) + 2)]
            else:
                ring[place] = data[at]
                run = [place]
                at += 1
            for position in run:
                byte = ring[position % 4096]
                out.append(byte)
                ring[place] = byte
                place = (place + 1) % 4096
    return rtf_text(out.decode("latin-1"))


PLUGINS = [Rtf()]
