"""Word processors' files and e-mail."""

import struct

import pytest

from muniment.readers.rtf import compressed_rtf_text
from readers_asking import document, read, reason
from readers_samples import DOCX_MAIN, docx, msg, odt, package

MAIL = """Return-Path: <desk@field-monitors.example>
From: {sender}
To: records@observatory.example
Subject: {subject}
Date: Fri, 04 Apr 2031 09:10:00 +0300
Message-ID: <1@field-monitors.example>
{more}
{body}
"""


def mail(
    body: str = "Three people were killed.",
    more: str = "",
    subject: str = "Figures",
    sender: str = "Desk <d@f.example>",
) -> str:
    return MAIL.format(body=body, more=more, subject=subject, sender=sender)


def test_docx_of_the_strict_kind_and_with_another_name_of_its_main_part() -> None:
    main = DOCX_MAIN.format("<w:p><w:r><w:t>Three killed.</w:t></w:r></w:p>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    relations = '<r><x Type="http://a/officeDocument" Target="/word/document2.xml"/></r>'
    data = package({"[Content_Types].xml": "<T/>", "_rels/.rels": relations, "word/document2.xml": main})
    assert read(data, "a.docx").text == "Three killed."


def test_docx_text_boxes_breaks_and_headers() -> None:
    body = (
        "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        "<w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:t>In a box</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    header = (
        "<w:hdr xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:p><w:r><w:t>Letterhead</w:t></w:r></w:p></w:hdr>"
    )
    text = read(docx(body, {"word/header1.xml": header}), "a.docx").text
    assert text == "Letterhead\n\nOne\ttwo\nthree\n\nIn a box"


def test_docx_tracked_changes_are_noted() -> None:
    deleted = "<w:del><w:r><w:delText>Two</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>Three killed.</w:t></w:r></w:ins>"
    reading = read(docx(f"<w:p>{deleted}{inserted}</w:p>"), "a.docx")
    assert reading.text == "Three killed."
    assert reading.notes


def test_odt_white_space_and_lists() -> None:
    body = (
        "<text:p>One<text:tab/>two<text:line-break/>three</text:p>"
        "<text:list><text:list-item><text:p>four</text:p></text:list-item></text:list>"
    )
    assert read(odt(body), "a.odt").text == "One\ttwo\nthree\n\nfour"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'d2\'f0\'e8 killed.}", "Три killed."),
        (rb"{\rtf1\ansi \u1058?\u1088?\u1080? killed.\par Next.}", "Три killed.\nNext."),
        (rb"{\rtf1\ansi{\*\generator x;}{\pict\pngblip 89504e47{\a 0d}0a}Three \b killed\b0 .}", "Three killed."),
        (rb"{\rtf1\ansi\ansicpg65001 Three killed.}", "Three killed."),
    ],
)
def test_rtf(source: bytes, text: str) -> None:
    assert read(source, "a.rtf").text == text


def test_rtf_without_words() -> None:
    assert reason(rb"{\rtf1\ansi{\pict 00}}", "a.rtf") == "empty"


def test_mail_headers_stand_before_the_document() -> None:
    reading = read(mail(), "a.eml")
    (item,) = reading.items
    assert reading.text[item.start : item.end] == "Figures\n\nThree people were killed."
    assert reading.text.startswith("From: Desk <d@f.example>\nTo: records@observatory.example\n")
    found = document(mail(), "a.eml")
    assert (found.title, found.publisher, found.published) == ("Figures", "Desk", "2031-04-04T09:10:00+03:00")
    assert (found.kind, found.key) == ("message", "1@field-monitors.example")


@pytest.mark.parametrize(
    ("more", "body", "expected"),
    [
        ("Content-Type: text/html; charset=utf-8\n", "<p>Three<br>killed.</p>", "Three\nkilled."),
        ("Content-Type: text/plain; charset=no-such\n", "Three killed.", "Three killed."),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
            "VGhyZWUga2lsbGVkLg==",
            "Three killed.",
        ),
        (
            'Content-Type: multipart/alternative; boundary="b"\n',
            "--b\nContent-Type: text/html\n\n<b>Three killed.</b>\n--b--",
            "Three killed.",
        ),
        ('Content-Type: multipart/mixed; boundary="b"\n', "--b\n\nThree killed.\n(no end)", "Three killed."),
    ],
)
def test_bodies_of_mail(more: str, body: str, expected: str) -> None:
    assert expected in read(mail(body, more), "a.eml").text


def test_attachments_are_named_and_noted() -> None:
    body = (
        '--b\n\nSee the list.\n--b\nContent-Type: image/png; name="a.png"\n'
        'Content-Disposition: attachment; filename="craters.png"\n\nxx\n--b--'
    )
    reading = read(mail(body, 'Content-Type: multipart/mixed; boundary="b"\n'), "a.eml")
    assert reading.notes == ("attached: craters.png (image/png)",)
    assert reading.text.endswith("Attachments\ncraters.png (image/png)")
    assert "craters" not in reading.text[reading.items[0].start : reading.items[0].end]


def test_mail_within_mail_is_followed_only_so_far() -> None:
    deep = "Content-Type: message/rfc822\n\nFrom: a@b.example\n" * 12 + "\nInnermost."
    reading = read(mail(deep.split("\n\n", 1)[1], "Content-Type: message/rfc822\n"), "a.eml")
    assert "nested" in " ".join(reading.notes)


def test_headers_that_break_the_standard() -> None:
    found = document(mail(subject="=?utf-8?b?!!!?= =?bad", sender="=?x?q?y?= <<>"), "a.eml")
    assert found.title is not None
    assert "Three people were killed." in read(mail(sender=","), "a.eml").text


def test_packed_rtf_of_the_specification() -> None:
    """The example of [MS-OXRTFCP] 4.1: packed and unpacked."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
            " ", ""
        )
    )
    assert compressed_rtf_text(packed) == "hello world"


def test_outlook_bodies() -> None:
    assert "Three killed." in read(msg(body="Three killed."), "a.msg").text
    html = {"__substg1.0_10130102": b"<html><body><p>Three <b>killed</b>.</p></body></html>"}
    assert "Three killed." in read(msg(body="", extra=html), "a.msg").text
    rtf = {"__substg1.0_10090102": struct.pack("<II4sI", 40, 26, b"MELA", 0) + rb"{\rtf1\ansi Three killed.}"}
    assert "Three killed." in read(msg(body="", extra=rtf), "a.msg").text
    narrow = {"__substg1.0_1000001E": "Трое погибли в селе Карсен.".encode("cp1251")}
    assert "Трое погибли" in read(msg(body="", extra=narrow), "a.msg").text


def test_outlook_facts_and_attachments() -> None:
    reading = read(msg(), "a.msg")
    (item,) = reading.items
    assert reading.text[item.start : item.end].startswith("Two figures from the market\n\nAt least 14")
    assert (item.publisher, item.published, item.kind) == ("L. Quist-Havel", "2031-04-04T09:10:00Z", "message")
    assert item.guid == "20310404.market@field-monitors.example"
    assert reading.notes == ("attached: list.xlsx",)


def test_the_date_header_of_an_outlook_message_carries_the_zone() -> None:
    headers = {"__substg1.0_007D001F": "Date: Fri, 04 Apr 2031 12:10:00 +0300\r\nX: y\r\n".encode("utf-16-le")}
    assert document(msg(extra=headers), "a.msg").published == "2031-04-04T12:10:00+03:00"
