"""The binary files of the golden readings, made here: none is kept in the repository."""

from __future__ import annotations

from collections.abc import Callable

from readers_samples import compound_file, docx, msg, odt, pdf
from readers_web_archives import wacz, warc
from tables_world import workbook

_W_BODY = (
    "<w:p><w:r><w:t>Losses in the first fortnight</w:t></w:r></w:p><w:p><w:r><w:t>4 May 2031</w:t></w:r></w:p>"
    '<w:p><w:r><w:t xml:space="preserve">Three residents </w:t></w:r><w:del><w:r>'
    "<w:delText>of Dorosan </w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>of Karsen</w:t></w:r></w:ins><w:r><w:t> were killed.</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Day</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Injured</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>24 March</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>0</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
_FOOTNOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="1"><w:p><w:r><w:t>As of 2 May.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Losses of the valley</dc:title>'
    "<dc:language>en-GB</dc:language>"
    "</cp:coreProperties>"
)
_ODT_BODY = (
    "<text:h>Report of the mission</text:h><text:p>4 May 2031</text:p>"
    '<text:p>Three residents<text:s text:c="2"/>were killed<text:note><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>As of 2 May.</text:p></text:note-body></text:note>.</text:p>"
    "<text:list><text:list-item><text:p>Six were injured.</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell>"
    "<table:table-cell><text:p>Injured</text:p></table:table-cell></table:table-row></table:table>"
)
_PDF_PAGES = (
    (
        "REPORT OF THE OBSERVER MISSION",
        "",
        "4 May 2031",
        "",
        "Three residents of Karsen were killed in the night of 10 March, when shells",
        "hit two houses. The mission has seen the craters, the remnants of three muni-",
        "tions and the register of the hospital.",
        "",
        "A second paragraph goes on to the",
    ),
    ("next page without a break.",),
)

MADE: dict[str, dict[str, Callable[[], bytes]]] = {
    "pdf": {"report.pdf": lambda: pdf(_PDF_PAGES, title="Microsoft Word - report.docx")},
    "docx": {
        "losses.docx": lambda: docx(_W_BODY, {"word/footnotes.xml": _FOOTNOTES, "docProps/core.xml": _CORE}),
    },
    "odt": {"report.odt": lambda: odt(_ODT_BODY)},
    "outlook": {"message.msg": msg},
    "workbook": {
        "injured.xlsx": lambda: workbook(
            {
                "Injured": [["day", "place", "injured"], ["2031-03-24", "Halgaz", 0], [None, "Halgaz", 2.5]],
                "Notes": [["x"]],
            }
        )
    },
    "warc": {"kardel.warc.gz": warc},
    "wacz": {"kardel.wacz": wacz},
    "legacy_word": {"old.doc": lambda: compound_file({"WordDocument": bytes(4096)})},
}
"""Reader's name → file name → how its bytes are made."""
