"""From items to documents: keys, ids, basis; and which reader is chosen."""

import pytest

from muniment import readers
from muniment.plugins import Item, Reading
from muniment.readers import choosing, sniffing
from muniment.readers.documenting import key_of
from readers_asking import EXHIBIT


def test_key_is_guid_else_link_else_a_hash_else_the_position() -> None:
    assert key_of(Item(0, 1, guid="g", url="https://a.example/1"), 0) == "g"
    assert key_of(Item(0, 1, url="https://a.example/1"), 0) == "https://a.example/1"
    hashed = key_of(Item(0, 1, title="T", published="2031-03-11"), 0)
    assert hashed == key_of(Item(5, 9, title="T", published="2031-03-11"), 4)
    assert hashed != key_of(Item(0, 1, title="T", published="2031-03-12"), 0)
    assert key_of(Item(0, 1), 3) == "item-3"


def test_ids_depend_on_exhibit_and_key_only() -> None:
    reading = Reading("words and words", (Item(0, 5, guid="a"), Item(6, 15, guid="b")))
    moved = Reading("more words and words", (Item(5, 10, guid="a"), Item(11, 20, guid="b")))
    first, again = readers.documents(reading, EXHIBIT, ("b.txt",)), readers.documents(moved, EXHIBIT, ("b.txt",))
    assert [d.id for d in first] == [d.id for d in again]
    assert first[0].id != readers.documents(reading, "1" * 64, ("b.txt",))[0].id


def test_the_file_is_the_first_name_in_sort_order() -> None:
    (found,) = readers.documents(Reading("x", (Item(0, 1),)), EXHIBIT, ("b.txt", "a.txt"))
    assert found.file == "a.txt"


def test_basis_names_what_was_read_and_nothing_else() -> None:
    (found,) = readers.documents(Reading("x", (Item(0, 1, title=" A \n title ", publisher=""),)), EXHIBIT, ("a",))
    assert (found.title, found.publisher, found.kind) == ("A title", None, "other")
    assert found.basis == {"title": "read"}


def test_what_a_reader_gives_that_is_no_edtf_or_no_kind_is_unknown() -> None:
    (found,) = readers.documents(Reading("x", (Item(0, 1, published="yesterday", kind="rumour"),)), EXHIBIT, ("a",))
    assert (found.published, found.kind, found.basis) == (None, "other", {})


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", "application/pdf"),
        (b"<?xml version='1.0'?>\n<!-- c --><rss version='2.0'>", "a.txt", "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a", "application/atom+xml"),
        (b"<?xml version='1.0'?><list/>", "a.xml", "application/xml"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"# T\n", "a.md", "text/markdown"),
        (b"---\ntitle: x\n---\n", "a", "text/markdown"),
        (b'{"a": 1}\n{"a": 2}\n', "a", "application/jsonl"),
        (b'{"a": 1}', "a.txt", "application/json"),
        (b"BMX riders met.", "a.txt", "text/plain"),
        (b"MZ is a code of a country.", "a.txt", "text/plain"),
        (b"ID3 is a tag of songs.", "a.txt", "text/plain"),
        (b"BM" + bytes(100), "a.txt", "image/bmp"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(20), "a", "image/webp"),
        (b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n\nx", "a", "message/rfc822"),
        (b"Date: tomorrow\nTo: everyone\n\nA note.", "a.txt", "text/plain"),
        (bytes(100), "a.txt", sniffing.UNKNOWN),
    ],
)
def test_media_types(head: bytes, name: str, expected: str) -> None:
    assert readers.media_type(head, name) == expected


def test_readers_have_names_of_their_own() -> None:
    names = [reader.name for reader in choosing.own_readers()]
    assert len(set(names)) == len(names)


def test_the_origin_is_the_whole_rooms_code() -> None:
    first = choosing.choose(b"%PDF-1.7\n", "a.pdf")
    second = choosing.choose(b"Words.", "a.txt")
    assert first.origin.sha256 == second.origin.sha256
    assert (first.origin.name, second.origin.name) == ("pdf", "plain_text")
