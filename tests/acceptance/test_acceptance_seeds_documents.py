"""The test texts beside the repository, where they are: how many documents, and how each must be.

They are other people's texts; nothing of them stands here.
"""

import hashlib
import itertools
from pathlib import Path

import pytest

from muniment import readers
from muniment.model import Document
from muniment.model.when import bounds
from muniment.plugins import ReadOptions
from muniment.readers import sources_csv
from readers_asking import read

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the test texts (../shared/seeds) are not on this machine")


def texts() -> list[Path]:
    return sorted(path for path in SEEDS.iterdir() if path.name != "sources.csv")


def documents(path: Path) -> tuple[Document, ...]:
    reading, _, _ = readers.read(path, path.name, ReadOptions())
    found = readers.documents(reading, hashlib.sha256(path.read_bytes()).hexdigest(), (path.name,))
    rows, problems = sources_csv.parse((SEEDS / "sources.csv").read_bytes())
    assert problems == ()
    return sources_csv.apply(found, [row for row in rows if row.file == path.name])


def test_sixteen_documents_from_five_files() -> None:
    counts = sorted(len(documents(path)) for path in texts())
    assert counts == [1, 1, 1, 1, 12]


def test_the_feed_gives_dated_linked_documents_one_after_the_other() -> None:
    (feed,) = (found for path in texts() if len(found := documents(path)) > 1)
    end = 0
    for number, document in enumerate(feed):
        assert document.item == number
        assert end <= document.start < document.end
        end = document.end
        assert document.title
        assert document.published is not None
        assert "T" in document.published
        assert document.url is not None
        assert document.url.startswith("https://")
        assert document.language == "en"
        assert {document.basis[field] for field in ("title", "published", "url")} == {"read"}
    assert len({document.key for document in feed}) == len({document.id for document in feed}) == len(feed)
    dates = [bounds(document.published or "")[0] for document in feed]
    assert dates == sorted(dates, reverse=True), "a feed puts the newest first"


def test_extents_begin_with_titles_and_leave_nothing_out() -> None:
    for path in texts():
        text, found = path.read_bytes().decode(), documents(path)
        if len(found) > 1:
            for document in found:
                assert " ".join(text[document.start : document.end].split()).startswith(document.title or "-")
            skipped = [text[a.end : b.start] for a, b in itertools.pairwise(found)]
            assert all(not words.strip() for words in skipped)
            assert not text[found[-1].end :].strip()
        else:
            assert (found[0].start, found[0].end) == (0, len(text))


def test_every_document_is_dated_read_or_stated() -> None:
    for path in texts():
        for document in documents(path):
            assert document.published is not None, path.name
            assert document.basis["published"] in ("read", "stated")
            assert document.publisher is not None, path.name


def test_texts_are_the_bytes_as_they_are() -> None:
    for path in texts():
        assert read(path.read_bytes(), path.name).text.encode() == path.read_bytes()
