"""What cannot be read is said with its reason and the way out; what only looks wrong is read."""

import os
import random
import sys
import zipfile
from pathlib import Path

import pytest

from muniment import readers
from muniment.errors import Unreadable
from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import limits
from readers_asking import document, read, reason
from readers_samples import compound_file, docx, msg, odt, package, pdf, scanned_pdf

BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>"""
BOMB7 = b'<?xml version="1.0" encoding="UTF-7"?>' + BOMB.decode().partition("?>")[2].encode("utf-7")
LETTER = (
    "The Office of Ulmar\n\n4 May 2031\n\nDear Commissioner,\n\nThree people were killed.\n\nSincerely,\n\nThe Office\n"
)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\n", "empty"),
        ("locked.pdf", pdf([["Words that stay shut."]], password="door"), "needs_password"),
        ("locked.docx", compound_file({"EncryptedPackage": bytes(5000), "Other": b"x"}), "needs_password"),
        ("locked.odt", odt("x", {"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "needs_password"),
        ("locked.doc", compound_file({"WordDocument": bytes(10) + b"\0\1" + bytes(4084)}), "needs_password"),
        ("blank.pdf", pdf([[""]]), "empty"),
        ("short.pdf", pdf([["Words."]])[:300], "damaged"),
        ("short.docx", docx("Words.")[:150], "damaged"),
        ("short.odt", odt("Words.")[:200], "damaged"),
        ("short.msg", msg()[:700], "damaged"),
        ("short.json", b'{"messages": [{"type": "message", "text": "x"', "damaged"),
        ("blank.docx", docx("<w:p></w:p>"), "empty"),
        ("other.docx", package({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<s/>"}), "damaged"),
        ("bomb.xml", BOMB, "damaged"),
        ("bomb16.docx", docx("x", {"word/document.xml": BOMB.decode().encode("utf-16")}), "damaged"),
        ("bomb7.docx", docx("x", {"word/document.xml": BOMB7}), "damaged"),
        ("bomb.docx", docx("x", {"word/document.xml": BOMB}), "damaged"),
        ("feed.xml", b"<rss version='2.0'><channel><title>Nothing</title></channel></rss>", "empty"),
        ("app.html", b"<html><head><script>draw()</script></head><body><div id=app></div></body></html>", "empty"),
        ("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(200), "awaiting_reader"),
        ("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(200), "awaiting_reader"),
        ("files.zip", package({"a.txt": "words"}), "awaiting_reader"),
        ("table.xlsx", package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}), "damaged"),
        ("noise.txt", random.Random(7).randbytes(50_000), "awaiting_reader"),
        ("noise.pdf", random.Random(8).randbytes(50_000), "awaiting_reader"),
    ],
)  # fmt: skip
def test_reasons(name: str, data: bytes, expected: str) -> None:
    assert reason(data, name) == expected


def test_sentences_say_what_to_do_and_quote_nothing() -> None:
    with pytest.raises(Unreadable) as caught:
        read(pdf([["Words that stay shut."]], password="door"), "locked.pdf", ReadOptions(passwords=("window",)))
    assert "--password-file" in caught.value.sentence
    assert "window" not in caught.value.sentence
    with pytest.raises(Unreadable) as caught:
        read(scanned_pdf([["A page that is a picture of words."]]), "scan.pdf")
    assert caught.value.reason == "needs_ocr"
    assert "--ocr" in caught.value.sentence


def test_one_of_several_passwords_opens() -> None:
    options = ReadOptions(passwords=("window", "door"))
    assert read(pdf([["Words once shut."]], password="door"), "locked.pdf", options).text == "Words once shut."


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("letter.pdf", LETTER.encode(), "Three people were killed."),
        ("letter.txt", pdf([["Three people were killed."]]), "Three people were killed."),
        ("letter.doc", docx("Three people were killed."), "Three people were killed."),
        ("letter.jpg", odt("Three people were killed."), "Three people were killed."),
        ("letter.txt", rb"{\rtf1\ansi Three people were killed.}", "Three people were killed."),
        ("letter.txt", b"<!DOCTYPE html><p>Three people were killed.</p>", "Three people were killed."),
        ("letter", msg(body="Three people were killed."), "Three people were killed."),
    ],
)
def test_content_outranks_the_name(name: str, data: bytes, words: str) -> None:
    assert words in read(data, name).text


def test_a_package_that_unpacks_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 1 << 20)
    assert reason(docx("<w:p><w:r><w:t>" + "a" * (2 << 20) + "</w:t></w:r></w:p>"), "bomb.docx") == "too_large"


def test_a_package_of_repetition_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FROM_BYTES", 1 << 20)
    assert reason(docx("<w:p><w:r><w:t>" + "a" * (2 << 20) + "</w:t></w:r></w:p>"), "bomb.docx") == "too_large"


def test_a_damaged_member_of_a_package() -> None:
    data = bytearray(docx("Three people were killed. " * 50))
    info = zipfile.ZipFile(__import__("io").BytesIO(bytes(data))).getinfo("word/document.xml")
    at = info.header_offset + 60
    data[at : at + 40] = os.urandom(40)
    assert reason(bytes(data), "letter.docx") == "damaged"


def test_a_text_longer_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.read_all, "__defaults__", (1000,))
    assert reason(b"word " * 300, "long.txt") == "too_large"


def test_one_line_of_ten_megabytes() -> None:
    found = document(b"Three people were killed. " * 400_000, "line.txt")
    assert (found.start, found.end) == (0, 10_400_000)
    assert found.language == "en"


def test_markup_nested_without_end() -> None:
    assert reason(b"<html><body>" + b"<div>" * 200_000 + b"Words in there somewhere", "deep.html") in (
        "damaged",
        "read",
    )
    assert reason(b"{" * 50_000 + b'"messages": [{"from_id"', "deep.json") in ("damaged", "read")
    deep = "<w:sdt>" * (sys.getrecursionlimit() * 2) + "<w:p/>" + "</w:sdt>" * (sys.getrecursionlimit() * 2)
    assert reason(docx(deep), "deep.docx") == "damaged"


def test_single_nulls_do_not_make_a_text_unreadable() -> None:
    text = "Three people were killed.\0 " * 40
    assert read(text, "log.txt").text == text


class Failing:
    name, version, media_types = "failing", "1", ("text/x-failing",)

    def score(self, head: bytes, name: str) -> float:
        return 1.0

    def read(self, stream: object, name: str, options: ReadOptions) -> Reading:
        raise KeyError("the words of a witness")


class Overlapping(Failing):
    name = "overlapping"

    def read(self, stream: object, name: str, options: ReadOptions) -> Reading:
        return Reading("some words", (Item(0, 6), Item(4, 10)))


class Sure(Failing):
    name = "sure"

    def read(self, stream: object, name: str, options: ReadOptions) -> Reading:
        return Reading("half \ud800 a character", (Item(0, 18, title=" \ud800 "),))


@pytest.mark.parametrize("plugin", [Failing(), Overlapping()])
def test_a_plugin_that_fails_fails_its_file_only(plugin: object, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(Unreadable) as caught:
        readers.read(tmp_path / "a.txt", "a.txt", ReadOptions(), [plugin])
    assert caught.value.reason == "damaged"
    assert "witness" not in caught.value.sentence


def test_a_plugin_names_its_media_type_and_its_code_and_its_text_is_made_storable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    reading, origin, media_type = readers.read(tmp_path / "a.txt", "a.txt", ReadOptions(), ["no reader", Sure()])
    assert media_type == "text/x-failing"
    assert (origin.name, len(origin.sha256)) == ("sure", 64)
    assert reading.text == "half \ufffd a character"
    assert reading.items[0].title == "\ufffd"
