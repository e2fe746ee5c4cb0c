"""Web archives: pages with address and time of capture; what an archive says of itself is checked and said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from muniment import readers
from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from readers_web_archives import FIRST, SECOND, wacz, warc


def read(tmp_path: Path, data: bytes, name: str = "pages.warc.gz") -> Reading:
    path = tmp_path / "sealed"
    path.write_bytes(data)
    reading, _, _ = readers.read(path, name, ReadOptions())
    return reading


@pytest.mark.parametrize("name", ["pages.warc.gz", "pages.bin"])
@pytest.mark.parametrize("packed", [True, False])
def test_each_page_is_a_document_with_its_address_and_time_of_capture(tmp_path: Path, packed: bool, name: str) -> None:
    reading = read(tmp_path, warc(packed=packed), name)
    assert [item.url for item in reading.items] == [FIRST[0], SECOND[0]]
    assert f"[{FIRST[0]} · captured 2031-05-04T09:10:00Z]" in reading.text
    first = reading.items[0]
    assert "At least 12 civilians" in reading.text[first.start : first.end]
    assert "captured" not in reading.text[first.start : first.end]
    assert "x()" not in reading.text
    assert reading.notes == ()


def test_a_page_captured_twice_unchanged_is_one_document_and_a_changed_one_is_two(tmp_path: Path) -> None:
    again = (FIRST[0], "2031-05-06T00:00:00Z", FIRST[2])
    changed = (FIRST[0], "2031-05-07T00:00:00Z", FIRST[2].replace("12", "13"))
    reading = read(tmp_path, warc((FIRST, again, changed)))
    assert [item.guid for item in reading.items] == [f"{FIRST[0]} {FIRST[1]}", f"{FIRST[0]} {changed[1]}"]


def test_an_answer_that_was_an_error_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, warc(status="404 Not Found"))


@pytest.mark.parametrize("cut", [1, 8, 40])
def test_an_archive_cut_short_says_so_even_where_every_page_is_there(tmp_path: Path, cut: int) -> None:
    reading = read(tmp_path, warc()[:-cut])
    assert any("cut short" in note for note in reading.notes)
    assert reading.items[0].url == FIRST[0]


def test_a_record_changed_after_capture_is_told_by_its_digest(tmp_path: Path) -> None:
    data = warc(packed=False).replace(b"12 civilians", b"21 civilians")
    assert any("digests of 1 records" in note for note in read(tmp_path, data).notes)


def test_a_package_is_read_and_its_list_holds(tmp_path: Path) -> None:
    reading = read(tmp_path, wacz(), "kardel.wacz")
    assert [item.url for item in reading.items] == [FIRST[0], SECOND[0]]
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ({"pages/pages.jsonl": "sha256:" + "0" * 64}, "does not have the digest"),
        ({"pages/pages.jsonl": None}, "without a digest"),
        ({"archive/more.warc.gz": "sha256:" + "0" * 64}, "listed and missing"),
    ],
)
def test_a_list_that_does_not_hold_is_told(tmp_path: Path, listed: dict[str, str | None], said: str) -> None:
    reading = read(tmp_path, wacz(listed=listed), "kardel.wacz")
    assert any(said in note for note in reading.notes)
    assert len(reading.items) == 2


def test_a_file_slipped_into_a_package_is_told(tmp_path: Path) -> None:
    out = io.BytesIO(wacz())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("archive/slipped.warc.gz", warc((SECOND,)))
    assert any("not listed" in note for note in read(tmp_path, out.getvalue(), "kardel.wacz").notes)


@pytest.mark.parametrize("data", [b"WARC/1.1\r\n", b"WARC/1.1\r\n" * 100_000, warc()[:200], b"\x1f\x8b" + bytes(100)])
def test_what_is_no_whole_archive_is_an_answer(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, data)


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = warc((("https://bomb.example/", "2031-05-04T09:10:00Z", "<p>" + "a" * (300 << 20)),))
    assert len(bomb) < 2 << 20
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, bomb)
    assert refused.value.reason == "too_large"
