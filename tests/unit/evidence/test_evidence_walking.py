"""A walk finds every file of a source folder, in one order, and never leaves it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from muniment.evidence import Found, Refused, walk


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(source: Path) -> list[str]:
    return [item.name for item in walk(source) if isinstance(item, Found)]


def refused(source: Path) -> list[str]:
    return [item.sentence for item in walk(source) if isinstance(item, Refused)]


def test_every_file_is_found_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/deep.txt", "B.txt", ".hidden", "ä.txt", "a.txt", "empty"):
        write(tmp_path / name)
    (tmp_path / "nothing").mkdir()
    assert names(tmp_path) == [".hidden", "B.txt", "a/b/deep.txt", "a/z.txt", "a.txt", "b.txt", "empty", "ä.txt"]
    assert refused(tmp_path) == []
    assert {item.folder for item in walk(tmp_path) if isinstance(item, Found)} == {str(tmp_path.resolve())}
    for item in walk(tmp_path):
        assert isinstance(item, Found)
        assert item.path == Path(item.folder, item.name)


def test_a_file_is_a_source_by_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "letter.txt")
    assert list(walk(path)) == [Found(path, "letter.txt", str(path.parent))]


def test_the_way_a_folder_is_written_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in" / "letter.txt")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    expected = list(walk(tmp_path / "in"))
    assert len(expected) == 1
    for way in (Path("in"), Path("./in/../in"), tmp_path / "link"):
        assert list(walk(way)) == expected


def test_links_inside_are_the_file_again_and_links_out_are_refused(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    source = tmp_path / "in"
    letter = write(source / "letter.txt")
    (source / "again.txt").symlink_to("letter.txt")
    (source / "out.txt").symlink_to(outside)
    (source / "outfolder").symlink_to(outside.parent)
    (source / "up").symlink_to("..")
    (source / "self").symlink_to(".")
    (source / "loop").symlink_to("loop")
    (source / "dangling").symlink_to("nowhere")
    found = [item for item in walk(source) if isinstance(item, Found)]
    assert [(item.name, item.path) for item in found] == [("again.txt", letter), ("letter.txt", letter)]
    sentences = refused(source)
    assert [sentence.split(":")[0] for sentence in sentences] == [
        "dangling",
        "loop",
        "out.txt",
        "outfolder",
        "self",
        "up",
    ]
    for name in ("out.txt", "outfolder", "self", "up"):
        assert any(s.startswith(f"{name}: a link out of the source folder, not followed") for s in sentences)


def test_a_link_to_a_folder_inside_is_not_walked_twice(tmp_path: Path) -> None:
    write(tmp_path / "a" / "letter.txt")
    (tmp_path / "b").symlink_to("a")
    assert names(tmp_path) == ["a/letter.txt"]
    assert refused(tmp_path) == ["b: a link to a folder that is taken in its own place."]


def test_a_link_given_as_the_source_is_followed(tmp_path: Path) -> None:
    letter = write(tmp_path / "elsewhere" / "letter.txt")
    (tmp_path / "today.txt").symlink_to(letter)
    assert list(walk(tmp_path / "today.txt")) == [Found(letter, "today.txt", str(tmp_path))]


def test_pipes_sockets_and_devices_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's whole path is limited to about a hundred bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert names(tmp_path) == []
        assert refused(tmp_path) == [
            "pipe: a pipe, which holds no bytes to seal.",
            "socket: a socket, which holds no bytes to seal.",
        ]
    assert refused(Path("/dev/null")) == ["null: a device, which holds no bytes to seal."]


def test_a_name_that_is_not_utf_8_can_be_written_anywhere(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as out:
        out.write(b"x")
    (item,) = walk(tmp_path)
    assert isinstance(item, Found)
    assert item.name == r"caf\xe9.txt"
    assert item.name.encode("utf-8")
    assert item.path.read_bytes() == b"x"


def test_what_may_not_be_read_is_refused(as_nobody: Path) -> None:
    tmp_path = as_nobody
    write(tmp_path / "kept.txt")
    write(tmp_path / "closed.txt").chmod(0)
    write(tmp_path / "room" / "letter.txt")
    (tmp_path / "room").chmod(0)
    try:
        assert names(tmp_path) == ["kept.txt"]
        assert [sentence.split(":")[0] for sentence in refused(tmp_path)] == ["closed.txt", "room"]
    finally:
        (tmp_path / "room").chmod(0o700)


def test_a_folder_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "kept.txt")
    write(tmp_path / "room" / "letter.txt")
    scandir = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "room":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert names(tmp_path) == ["kept.txt"]
    assert refused(tmp_path) == ["room: the folder cannot be opened (Permission denied)."]
