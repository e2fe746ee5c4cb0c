"""One page of a PDF: its words with their boxes, whether it is a picture of a page, and that picture."""

from __future__ import annotations

import ctypes
import re
from typing import Any

from muniment.readers.page_layout import Line, Word, with_paragraphs

_FEWEST_CHARACTERS = 20
_MANY_PATHS = 200
"""A page drawn of so many outlines and hardly a character is text turned into shapes."""
_UNMAPPED_SHARE = 0.3
_DOTS_PER_INCH = 300
_MOST_PIXELS = 40_000_000
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ﬓ": "մն", "ﬔ": "մե"}
_GONE = dict.fromkeys((*range(32), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF))
_WRITTEN = str.maketrans(_LIGATURES) | _GONE
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
_LINE = re.compile(r"(?P<words>[^\r\n\x02\ufffe]+)(?P<hyphen>[\x02\ufffe])?")
"""A line; U+FFFE or U+0002 is how the renderer gives a hyphen that parts a word at its end."""


def words(page: Any) -> list[Line]:
    """The lines of a page in the order the file draws them."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range(errors="replace")
        place = _Placer(page, text_page, raw, len(text) == text_page.count_chars())
        lines: list[Line] = []
        joined = False
        for match in _LINE.finditer(text):
            found = [
                Word(written, *place(match.start("words") + m.start(), match.start("words") + m.end() - 1))
                for m in re.finditer(r"\S+", match["words"])
                if (written := m[0].translate(_WRITTEN))
            ]
            if found:
                lines.append(Line(tuple(found), joined=joined and bool(lines)))
                joined = bool(match["hyphen"])
        return with_paragraphs(_hyphens_kept(lines))
    finally:
        text_page.close()


def is_picture(page: Any, lines: list[Line]) -> bool:
    """Whether the page's words cannot be had from its text: there is none, or it has no meaning as characters."""
    import pypdfium2.raw as raw

    written = "".join(word.text for line in lines for word in line.words)
    if len(written) >= _FEWEST_CHARACTERS:
        return len(_UNMAPPED.findall(written)) > _UNMAPPED_SHARE * len(written)
    paths = 0
    for item in page.get_objects(max_depth=4):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += item.type == raw.FPDF_PAGEOBJ_PATH
    return paths >= _MANY_PATHS


def picture(page: Any) -> tuple[bytes, float]:
    """The page as a grey picture (PGM) and how many points a pixel is."""
    width, height = page.get_size()
    scale = _DOTS_PER_INCH / 72
    scale = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        data = bytes(bitmap.buffer)
        rows = (data[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows), 1 / scale
    finally:
        bitmap.close()


class _Placer:
    """Boxes of characters as the page is shown: cropped, turned, counted from its top left."""

    def __init__(self, page: Any, text_page: Any, raw: Any, same_index: bool) -> None:
        self._page, self._text_page, self._raw, self._same_index = page, text_page, raw, same_index
        self._box = page.get_bbox()
        self._rotation = page.get_rotation()
        self._rect = raw.FS_RECTF()

    def __call__(self, first: int, last: int) -> tuple[float, float, float, float]:
        boxes = [self._character(first)] if first == last else [self._character(first), self._character(last)]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    def _character(self, index: int) -> tuple[float, float, float, float]:
        if not self._same_index:
            index = self._raw.FPDFText_GetCharIndexFromTextIndex(self._text_page, index)
        rect = self._rect
        if index < 0 or not self._raw.FPDFText_GetLooseCharBox(self._text_page, index, ctypes.byref(rect)):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self._box
        x0, x1 = sorted((rect.left, rect.right))
        y0, y1 = sorted((rect.bottom, rect.top))
        if self._rotation == 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if self._rotation == 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        if self._rotation == 270:
            return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0


def _hyphens_kept(lines: list[Line]) -> list[Line]:
    """A hyphen at a line's end is the word's own before a capital or a digit ("2020-\\n21"): written again there."""
    out: list[Line] = []
    for line in lines:
        if line.joined and not line.words[0].text[:1].islower():
            last = out[-1].words[-1]
            kept = Word(last.text + "-", last.x0, last.top, last.x1, last.bottom)
            out[-1] = Line((*out[-1].words[:-1], kept), out[-1].opens_paragraph, out[-1].joined)
        out.append(line)
    return out
