"""Whatever the bytes: a reading that keeps its promises, or Unreadable with a reason. Never anything else."""

import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st

from muniment import readers
from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import sources_csv
from muniment.readers.choosing import own_readers
from readers_asking import EXHIBIT, read
from readers_golden_inputs import MADE
from readers_samples import flattened, msg, package, rss

NAMES = st.sampled_from(
    [
        "a.txt",
        "a.md",
        "a.html",
        "a.pdf",
        "a.docx",
        "a.odt",
        "a.rtf",
        "a.eml",
        "a.mhtml",
        "a.xml",
        "a.json",
        "a.csv",
        "a.doc",
        "a.msg",
        "a",
    ]
)
WHOLE = {
    **{name: make() for made in MADE.values() for name, make in made.items()},
    "message.msg": msg(),
    "feed.xml": rss().encode(),
    "feed.txt": flattened(rss()).encode(),
    "page.html": b"<html lang=en><head><title>T</title></head><body><main><h1>Words</h1><p>More <b>words</b>.</main>",
    "note.rtf": rb"{\rtf1\ansi\ansicpg1251 Words \'e0\u1090? and {\b more}\par}",
    "mail.eml": b"From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?q?x?=\nDate: Tue, 11 Mar 2031 08:15:00 +0000\n"
    b"MIME-Version: 1.0\nMessage-ID: <1@b.example>\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nWords\n--x--\n",
    "result.json": b'{"id":1,"messages":[{"id":1,"type":"message","date":"2031-03-10T06:15:00",'
    b'"from":"A","text":["a","b"]}]}',
    "book.zip": package({"a.txt": "x"}),
}
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def attempt(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read(data, name)
    except Unreadable as unreadable:
        return unreadable


def holds(data: bytes, name: str) -> None:
    reading = attempt(data, name)
    if isinstance(reading, Unreadable):
        assert reading.reason in Unreadable.REASONS
        assert reading.sentence.endswith(".")
        assert "failed on it" not in reading.sentence, "a reader raised what it should have foreseen"
        return
    documents = readers.documents(reading, EXHIBIT, (name,))
    assert documents
    assert len({document.id for document in documents}) == len(documents)
    end = 0
    for document in documents:
        assert end <= document.start <= document.end <= len(reading.text)
        end = document.end
        for field in ("title", "publisher", "published", "url", "language"):
            assert getattr(document, field) != ""
            assert (field in document.basis) == (getattr(document, field) is not None)
    for box in reading.boxes:
        assert 0 <= box.start < box.end <= len(reading.text)
    if reading.encoding is not None and not reading.notes:
        assert reading.text.encode(reading.encoding) == data
    reading.text.encode("utf-8")


@seed(20310311)
@SETTINGS
@given(st.binary(max_size=600), NAMES)
@example(b"%PDF-1.7\n", "a.pdf")
@example(b"{\\rtf1", "a.rtf")
@example(b"{\\rtf1 \\u-1", "a.rtf")
@example(b"PK\x05\x06" + bytes(18), "a.docx")
@example(b"---\ntitle: \n---\n", "a.md")
@example(b"file,title\n", "a.csv")
def test_any_bytes(data: bytes, name: str) -> None:
    holds(data, name)


@seed(20310312)
@SETTINGS
@given(
    st.sampled_from(sorted(WHOLE)),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=8),
)
def test_files_cut_short_and_overwritten(name: str, cut: float, strokes: list[tuple[float, bytes]]) -> None:
    data = bytearray(WHOLE[name])
    for where, new in strokes:
        at = int(where * (len(data) - 1))
        data[at : at + len(new)] = new
    holds(bytes(data[: max(1, int(len(data) * (cut if cut > 0.3 else 1)))]), name)


@seed(20310313)
@SETTINGS
@given(st.text(max_size=400), NAMES)
@example("=" * 300, "a.txt")
@example("\ud7ff\ue000 <p>", "a.html")
def test_any_text(text: str, name: str) -> None:
    holds(text.encode("utf-8", "replace"), name)


@seed(20310314)
@SETTINGS
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("file,title,published\n" + text).encode("utf-8", "replace"))
)
def test_any_sources_csv(data: bytes) -> None:
    rows, problems = sources_csv.parse(data)
    assert all(row.file for row in rows)
    assert all(problem.startswith("sources.csv") for problem in problems)


@pytest.mark.parametrize("reader", own_readers(), ids=lambda reader: reader.name)
def test_scores_are_between_nothing_and_certain(reader: object) -> None:
    for name, data in WHOLE.items():
        assert 0 <= reader.score(data[:65536], name) <= 1  # type: ignore[attr-defined]


def test_every_whole_file_is_read() -> None:
    unread = {"old.doc", "book.zip"}
    for name, data in WHOLE.items():
        if name not in unread:
            assert read(data, name, ReadOptions()).text.strip(), name
