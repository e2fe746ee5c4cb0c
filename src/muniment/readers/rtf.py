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
        from striprtf.striprtf import rtf_to_text

        source = read_all(stream).decode("latin-1")
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
        title = _TITLE.search(source[:20_000])
        text = re.sub(r"[ \t]+\n", "\n", text.replace("\r\n", "\n"))
        return whole_document(re.sub(r"\n{3,}", "\n\n", text).strip(), title["title"] if title else None)


PLUGINS = [Rtf()]
