"""Pages: words with their boxes, paragraphs, hyphens, turned pages, scans and OCR."""

import io
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from muniment.errors import Unreadable
from muniment.plugins import Box, Reading, ReadOptions
from muniment.readers import tesseract
from muniment.readers.page_layout import Line, Word, assemble
from readers_asking import document, read, reason
from readers_samples import compound_file, odt, pdf, scanned_pdf

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
ENGLISH = ReadOptions(ocr_languages=("en",))
HAS_TESSERACT = shutil.which("tesseract") is not None


def word_boxes(reading: Reading) -> dict[str, Box]:
    return {reading.text[box.start : box.end]: box for box in reading.boxes}


def drawn(draw: str, *, turned: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    # The library swaps the sides of a sheet that is turned by a quarter: swapped before, they come out 400 by 600.
    paper = canvas.Canvas(out, pagesize=(600, 400) if turned in (90, 270) else (400, 600), invariant=1)
    paper.setFont("Helvetica", 12)
    for line in draw.splitlines():
        x, y, words = line.split(" ", 2)
        paper.drawString(float(x), float(y), words)
    if turned:
        paper.setPageRotation(turned)
    if crop:
        paper.setCropBox(crop)
    paper.showPage()
    paper.save()
    return out.getvalue()


def test_every_word_has_a_box_and_every_box_a_word() -> None:
    reading = read(pdf([["Three residents were killed.", "Six were injured."], ["A second page."]]), "a.pdf")
    assert [reading.text[box.start : box.end] for box in reading.boxes] == reading.text.split()
    assert [box.page for box in reading.boxes] == [1] * 7 + [2] * 3


def test_boxes_are_points_from_the_top_left() -> None:
    boxes = word_boxes(read(drawn("50 500 Karsen"), "a.pdf"))
    box = boxes["Karsen"]
    assert box.x0 == pytest.approx(50, abs=1)
    assert box.x1 == pytest.approx(90, abs=3)
    assert box.top < 600 - 500 < box.bottom
    assert 8 < box.bottom - box.top < 18


@pytest.mark.parametrize(
    ("turned", "x", "y"),
    [(0, 50, 100), (90, 500, 50), (180, 350, 500), (270, 100, 350)],
)
def test_boxes_on_turned_pages_are_where_the_page_shows_them(turned: int, x: float, y: float) -> None:
    """(50, 500) on a sheet of 400 by 600 points lies at these points from the shown page's top left."""
    box = word_boxes(read(drawn("50 500 Karsen", turned=turned), "a.pdf"))["Karsen"]
    assert box.x0 - 4 <= x <= box.x1 + 4
    assert box.top - 4 <= y <= box.bottom + 4


def test_boxes_on_cropped_pages_count_from_the_crop() -> None:
    box = word_boxes(read(drawn("50 500 Karsen", crop=(40, 100, 400, 560)), "a.pdf"))["Karsen"]
    assert box.x0 == pytest.approx(10, abs=1)
    assert box.top < 560 - 500 < box.bottom


def test_paragraphs_part_at_gaps_and_lines_do_not() -> None:
    text = read(pdf([["One line", "and its next.", "", "Another paragraph,", "of two lines."]]), "a.pdf").text
    assert text == "One line\nand its next.\n\nAnother paragraph,\nof two lines."


def test_a_sentence_runs_on_over_the_page() -> None:
    text = read(pdf([["It goes on to the"], ["next page.", "", "Done."], ["New page."]]), "a.pdf").text
    assert text == "It goes on to the\nnext page.\n\nDone.\n\nNew page."


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["They found muni-", "tions in it."], "They found munitions in it."),
        (["The Darsun-", "Karsen road."], "The Darsun-\nKarsen road."),
    ],
)
def test_words_parted_at_a_lines_end_are_whole_again(lines: Sequence[str], text: str) -> None:
    reading = read(pdf([lines]), "a.pdf")
    assert reading.text.replace("-Karsen", "-\nKarsen") == text
    assert all(reading.text[box.start : box.end].strip() for box in reading.boxes)


def test_a_title_from_a_program_gives_way_to_the_pages_own() -> None:
    lines = ["REPORT OF THE OBSERVER MISSION", "", "The mission was there for a week and saw it."]
    assert document(pdf([lines], title="Microsoft Word - v3.docx"), "a.pdf").title == "REPORT OF THE OBSERVER MISSION"
    assert document(pdf([lines], title="Observers in the valley"), "a.pdf").title == "Observers in the valley"


def test_a_pdf_with_some_scanned_pages_is_read_and_says_which_are_left() -> None:
    import pypdfium2

    whole = pypdfium2.PdfDocument(pdf([["Words that are words, on the first page."]]))
    scan = pypdfium2.PdfDocument(scanned_pdf([["A page that is a picture."]]))
    whole.import_pages(scan)
    out = io.BytesIO()
    whole.save(out)
    scan.close()
    whole.close()
    reading = read(out.getvalue(), "a.pdf")
    assert reading.text == "Words that are words, on the first page."
    assert reading.unread_pages == (2,)
    assert reading.notes == ("pages that are pictures and were not read: 2",)


@pytest.mark.skipif(not HAS_TESSERACT, reason="Tesseract is not on this machine")
def test_a_scan_is_read_by_ocr_with_boxes_and_confidence() -> None:
    data = scanned_pdf([["Three residents of Karsen were killed", "in the night of 10 March 2031."]])
    reading = read(data, "scan.pdf", ENGLISH)
    assert "residents of Karsen" in reading.text
    assert reading.ocr
    box = word_boxes(reading)["Karsen"]
    assert box.page == 1
    assert box.top < 62 < box.bottom + 15
    assert box.confidence is not None
    assert 0.5 < box.confidence <= 1
    assert document(data, "scan.pdf", ENGLISH).ocr


def test_the_table_of_tesseract_as_lines() -> None:
    rows = [
        "1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t",
        "5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t96.5\tThey",
        "5\t1\t1\t1\t1\t2\t160\t200\t50\t20\t91\tsaw",
        "5\t1\t1\t1\t1\t3\t220\t200\t50\t20\t88\tmuni-",
        "5\t1\t1\t1\t2\t1\t100\t230\t50\t20\t80\ttions.",
        "5\t1\t1\t2\t1\t1\t100\t300\t50\t20\t12\tNext",
        "5\t1\t1\t2\t1\t2\t100\t300\t50\t20\t-1\t ",
        "5\t1\t1\t2\t1\t3\tx\t300\t50\t20\t90\tbroken",
    ]
    text, boxes = assemble([(3, tesseract.lines_of(HEADER + "\n".join(rows), 0.5))])
    assert text == "They saw munitions.\n\nNext"
    assert boxes[0] == Box(0, 4, 3, 50, 100, 75, 110, 0.965)
    assert [box.confidence for box in boxes] == [0.965, 0.91, 0.88, 0.8, 0.12]


def command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for commands that stand in for the system's."""
    tesseract._codes.cache_clear()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(shutil, "which", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None)
    return tmp_path


def test_without_tesseract_a_scan_asks_for_it(commands: Path) -> None:
    assert reason(scanned_pdf([["Words."]]), "scan.pdf", ENGLISH) == "missing_tool"


@pytest.mark.parametrize("language", ["xyz", "--help", "../eng"])
def test_a_language_tesseract_lacks(commands: Path, language: str) -> None:
    command(commands, "tesseract", "echo eng")
    with pytest.raises(Unreadable) as caught:
        tesseract.recognise(b"P5 1 1 255\n\0", 1.0, [language])
    assert caught.value.reason == "missing_tool"


def test_tesseract_gets_codes_of_three_letters_and_its_failure_is_told(commands: Path) -> None:
    command(
        commands, "tesseract", f'echo "$@" >> {commands}/asked; [ "$1" = --list-langs ] && echo "eng hye" || exit 1'
    )
    with pytest.raises(Unreadable) as caught:
        tesseract.recognise(b"P5 1 1 255\n\0", 1.0, ["hy", "eng"])
    assert caught.value.reason == "damaged"
    assert "-l hye+eng" in (commands / "asked").read_text()


OLD_WORD = compound_file({"WordDocument": bytes(4096)})


def test_an_old_word_file_goes_through_libreoffice(commands: Path) -> None:
    (commands / "ready.odt").write_bytes(odt("Three people were killed.\nSix were injured."))
    command(commands, "soffice", f'for last; do :; done; cp {commands}/ready.odt "$(dirname "$last")/document.odt"')
    assert read(OLD_WORD, "-old.doc").text == "Three people were killed.\n\nSix were injured."


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_an_old_word_file_libreoffice_cannot_open(commands: Path, script: str) -> None:
    command(commands, "soffice", script)
    assert reason(OLD_WORD, "old.doc") == "damaged"


def test_without_libreoffice_an_old_word_file_asks_for_it(commands: Path) -> None:
    with pytest.raises(Unreadable, match="LibreOffice") as caught:
        read(OLD_WORD, "old.doc")
    assert caught.value.reason == "missing_tool"


def test_lines_side_by_side_stay_one_paragraph() -> None:
    from muniment.readers.page_layout import with_paragraphs

    label = Line((Word("Injured:", 50, 100, 90, 112),))
    value = Line((Word("14", 200, 100, 215, 112),))
    below = Line((Word("Killed:", 50, 115, 90, 127),))
    assert [line.opens_paragraph for line in with_paragraphs([label, value, below])] == [False, False, False]
