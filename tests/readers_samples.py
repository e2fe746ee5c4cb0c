"""Invented files in the formats the readers know, made in memory so that no test needs a binary in the repository."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence

ITEMS = (
    (
        "Shelling of Karsen: three residents killed",
        "https://observatory.example/en/news/2031/03/shelling-of-karsen-three-residents-killed/",
        "Tue, 11 Mar 2031 08:15:00 +0000",
        "Three residents of Karsen were killed in the night of 10 March when shells hit two houses. […]",
        "The observatory spoke to nine people. Witnesses counted six explosions within a quarter of an hour.\n\n"
        "“We ran to the cellar,” said one of them.",
    ),
    (
        "Dorosan: the market after the strike",
        "https://observatory.example/en/news/2031/02/dorosan-the-market-after-the-strike/",
        "Mon, 24 Feb 2031 17:40:12 +0000",
        "What is left of the market of Dorosan, and what its traders tell. […]",
        "At least 14 people were injured on 22 February. The market had been full.",
    ),
    (
        "“No road out”: families wait at Hazan Bridge – new report",
        "https://observatory.example/en/news/2031/01/no-road-out-families-wait-at-hazan-bridge-new-report/",
        "Sun, 05 Jan 2031 00:01:00 +0000",
        "Families have waited at Hazan Bridge for nine days. […]",
        "The road was closed on 27 December 2030. Food and medicine are short.",
    ),
)


def rss(items: Sequence[tuple[str, str, str, str, str]] = ITEMS, order: str = "link-first") -> str:
    """A feed as content systems write it; `order`: link-first (link, date, guid, words) or date-last."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>\n<title>Valley reports</title>\n'
        "<link>https://observatory.example/en/valley/</link>\n<description>What we find in the valley.</description>\n"
        "<lastBuildDate>Wed, 12 Mar 2031 09:00:00 +0000</lastBuildDate>\n<language>en</language>\n"
        "<sy:updatePeriod>hourly</sy:updatePeriod>\n<sy:updateFrequency>1</sy:updateFrequency>\n"
    ]
    for number, (title, link, date, summary, body) in enumerate(items):
        guid = f"https://observatory.example/en/?p={4100 - number}"
        content = "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n"))
        content += f"<p>The post {title} appeared first on Valley Observatory.</p>"
        full = f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        if order == "link-first":
            inner = (
                f"<title>{title}</title>\n<link>{link}</link>\n<pubDate>{date}</pubDate>\n"
                f"<category>1148</category><category>2063</category>\n<guid>{guid}</guid>\n"
                f"<description>{summary}</description>\n{full}"
            )
        else:
            inner = (
                f"<title>{title}</title>\n<description>{summary} {body}</description>\n<link>{link}</link>\n"
                f"<guid>{guid}</guid>\n<pubDate>{date}</pubDate>"
                if order == "date-last"
                else f"<title>{title}</title>\n<link>{link}</link>\n<description>{summary} {body * 4}</description>\n"
                f"<pubDate>{date}</pubDate>"
            )
        out.append(f"<item>\n{inner}\n</item>\n")
    return "".join(out) + "</channel></rss>\n"


def flattened(markup: str, between: str = " ") -> str:
    """The markup without its tags, as careless saving leaves it; CDATA's own end mark often stays behind."""
    words = re.sub(r"<!\[CDATA\[", "", markup)
    words = re.sub(r"</p>", "\n\n", words)
    words = re.sub(r"<[^<>]+>", between, words)
    return re.sub(r"[ \t]+", " ", re.sub(r"\n{3,}", "\n\n", words)).strip()


DOCX_MAIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
ODT_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def package(parts: Mapping[str, str | bytes], compress: bool = True) -> bytes:
    """A ZIP package of these parts; `mimetype` goes first and uncompressed, as OpenDocument asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as target:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2031, 3, 12, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" or not compress else zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()


def docx(body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with this XML in its body; plain words become a paragraph."""
    if "<w:" not in body:
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in body.split("\n"))
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": DOCX_MAIN.format(body), **(extra or {})})


def odt(body: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text with this XML in its body; plain words become a paragraph."""
    if "<text:" not in body:
        body = "".join(f"<text:p>{line}</text:p>" for line in body.split("\n"))
    kind = "application/vnd.oasis.opendocument.text"
    return package({"mimetype": kind, "content.xml": ODT_CONTENT.format(body), **(extra or {})})


def pdf(pages: Sequence[Sequence[str]], password: str | None = None, title: str | None = None) -> bytes:
    """A PDF with these lines on its pages; an empty line leaves a gap."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    lock = StandardEncryption(password, canPrint=1) if password else None
    paper = canvas.Canvas(out, pagesize=(595, 842), invariant=1, encrypt=lock)
    if title:
        paper.setTitle(title)
    for lines in pages:
        paper.setFont("Helvetica", 12)
        height = 780.0
        for line in lines:
            if line:
                paper.drawString(60, height, line)
            height -= 15
        paper.showPage()
    paper.save()
    return out.getvalue()


def scanned_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages are pictures of these lines."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(595, 842), invariant=1)
    document = pypdfium2.PdfDocument(pdf(pages))
    for page in document:
        picture = page.render(scale=200 / 72).to_pil()
        paper.drawImage(ImageReader(picture), 0, 0, 595, 842)
        paper.showPage()
        page.close()
    document.close()
    paper.save()
    return out.getvalue()


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file (version 3) with these streams; `folder/name` puts one into a storage.

    Source: Microsoft, [MS-CFB]. Small streams lie in the mini stream, as the format asks.
    """
    sector, mini, cutoff, free, end = 512, 64, 4096, 0xFFFFFFFF, 0xFFFFFFFE
    folders: dict[str, list[str]] = {"": []}
    for path in streams:
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = []
            folders[""].append(folder)
        folders[folder].append(name)
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right sibling, child, first sector, size
    mini_data, mini_fat, big = b"", [], b""
    big_chains: list[tuple[int, int]] = []

    def place(data: bytes) -> int:
        nonlocal mini_data, big
        if len(data) >= cutoff:
            first = len(big) // sector
            big += data.ljust(-(-len(data) // sector) * sector, b"\0")
            big_chains.append((first, len(big) // sector))
            return first
        if not data:
            return end
        first, count = len(mini_data) // mini, -(-len(data) // mini)
        mini_fat.extend([*range(first + 1, first + count), end])
        mini_data += data.ljust(count * mini, b"\0")
        return first

    def add(folder: str) -> int:
        """The first child's number: children hang on one another's right side, in the order of the format."""
        names = sorted(folders[folder], key=lambda n: (len(n), n.upper()))
        following = free
        for name in reversed(names):
            path = f"{folder}/{name}" if folder else name
            if path in folders:
                entries.append((name, 1, following, add(path), 0, 0))
            else:
                entries.append((name, 2, following, free, place(streams[path]), len(streams[path])))
            following = len(entries)  # the root comes first, so that numbers are one higher
        return following

    child = add("")
    first_mini = place(mini_data.ljust(cutoff, b"\0")) if mini_data else end
    directory = _directory([("Root Entry", 5, free, child, first_mini, len(mini_data)), *entries])
    mini_table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_table = mini_table.ljust(-(-len(mini_table) // sector) * sector, b"\xff")
    fat: list[int] = []
    for first, last in big_chains:
        fat[first:last] = [*range(first + 1, last), end]
    at_directory = len(fat)
    fat += [*range(at_directory + 1, at_directory + len(directory) // sector), end]
    at_mini = len(fat)
    if mini_table:
        fat += [*range(at_mini + 1, at_mini + len(mini_table) // sector), end]
    count = -(-(len(fat) + 1) // 128)
    at_fat = len(fat)
    fat += [0xFFFFFFFD] * count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * sector, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
        at_directory, 0, cutoff, at_mini if mini_table else end, len(mini_table) // sector, end, 0,
    )  # fmt: skip
    pointers = struct.pack(f"<{count}I", *range(at_fat, at_fat + count)).ljust(436, b"\xff")
    return header + pointers + big + directory + mini_table + table


def _directory(entries: Sequence[tuple[str, int, int, int, int, int]]) -> bytes:
    out = b""
    for name, kind, right, child, first, size in entries:
        wide = name.encode("utf-16-le") + b"\0\0"
        out += struct.pack(
            "<64sHBBIII16sIQQIQ", wide, len(wide), kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, first, size
        )
    return out.ljust(-(-len(out) // 512) * 512, b"\0")


def msg(
    subject: str = "Two figures from the market",
    body: str = "At least 14 people were injured on 22 February.\r\nThe list follows.",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """An Outlook message with an attachment, sent at 09:10 UTC on 4 April 2031."""
    sent = dt.datetime(2031, 4, 4, 9, 10) - dt.datetime(1601, 1, 1)
    ticks = int(sent.total_seconds()) * 10**7
    wide = {
        "0037": subject, "1000": body, "0C1A": "L. Quist-Havel", "5D01": "desk@field-monitors.example",
        "0E04": "records@observatory.example", "1035": "<20310404.market@field-monitors.example>",
    }  # fmt: skip
    streams = {f"__substg1.0_{tag}001F": text.encode("utf-16-le") for tag, text in wide.items() if text}
    streams["__properties_version1.0"] = bytes(32) + struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)
    streams["__attach_version1.0_#00000000/__substg1.0_3707001F"] = "list.xlsx".encode("utf-16-le")
    return compound_file({**streams, **(extra or {})})
