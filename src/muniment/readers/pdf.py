"""PDF: the words of its pages with page and box; pages that are pictures are read by OCR where a person asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Any

from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing, tesseract
from muniment.readers.limits import MOST_PAGES, damaged, too_large
from muniment.readers.office_text import whole_document
from muniment.readers.page_layout import Line, assemble
from muniment.readers.pdf_page import is_picture, picture, words


class Pdf:
    """PDF documents, encrypted ones with a password a person gives."""

    name = "pdf"
    version = "1"
    media_types = ("application/pdf",)

    def score(self, head: bytes, name: str) -> float:
        """By its first bytes."""
        return 0.95 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Lines as they stand, blank lines between paragraphs, a box for every word."""
        with _opened(stream, options.passwords) as document:
            if len(document) > MOST_PAGES:
                raise too_large(f"has more than {MOST_PAGES:,} pages")
            pages: list[tuple[int, list[Line]]] = []
            pictures: list[int] = []
            for number in range(1, len(document) + 1):
                lines, is_scanned = _page(document, number, options)
                pages.append((number, lines))
                if is_scanned:
                    pictures.append(number)
            title = document.get_metadata_value("Title")
        by_ocr = bool(pictures and options.ocr_languages)
        if pictures and not by_ocr and not any(lines for number, lines in pages if number not in pictures):
            raise Unreadable(
                "needs_ocr",
                "Its pages are pictures of text; build again with --ocr LANG (eng, hye, aze, rus or another "
                "language of Tesseract).",
            )
        text, boxes = assemble([page for page in pages if by_ocr or page[0] not in pictures])
        if by_ocr and not text.strip():
            raise Unreadable("empty", "No words were found on its pages by OCR; look at them yourself.")
        notes = (_noted(pictures, by_ocr),) if pictures else ()
        return replace(
            whole_document(text, title, notes=notes),
            boxes=boxes,
            ocr=by_ocr,
            unread_pages=() if by_ocr else tuple(pictures),
        )


def _noted(pictures: list[int], by_ocr: bool) -> str:
    listed = ", ".join(map(str, pictures[:20])) + (", …" if len(pictures) > 20 else "")
    return f"pages read by OCR: {listed}" if by_ocr else f"pages that are pictures and were not read: {listed}"


def _page(document: Any, number: int, options: ReadOptions) -> tuple[list[Line], bool]:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise damaged(f"has a page that cannot be opened (page {number})") from error
    try:
        lines = words(page)
        is_scanned = is_picture(page, lines)
        if is_scanned and options.ocr_languages:
            lines = tesseract.recognise(*picture(page), options.ocr_languages)
        return lines, is_scanned
    except pypdfium2.PdfiumError as error:
        raise damaged(f"has a page that cannot be read (page {number})") from error
    finally:
        page.close()


@contextmanager
def _opened(stream: IO[bytes], passwords: tuple[str, ...]) -> Iterator[Any]:
    import pypdfium2

    document = None
    for password in (None, *passwords):
        stream.seek(0)
        try:
            document = pypdfium2.PdfDocument(stream, password=password)
            break
        except pypdfium2.PdfiumError as error:
            if error.err_code != pypdfium2.raw.FPDF_ERR_PASSWORD:
                raise damaged("is a PDF that cannot be opened, cut short perhaps") from error
    if document is None:
        tried = "; none of the passwords given opens it" if passwords else ""
        raise Unreadable(
            "needs_password",
            f"The PDF needs a password{tried}. Build again with --password-file FILE, a password on each line.",
        )
    try:
        yield document
    finally:
        document.close()


PLUGINS = [Pdf()]
