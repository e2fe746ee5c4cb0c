"""A backup is made while others write, and what is restored is verified first: the same root, or nothing."""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

import case_world
import muniment
from muniment.case.custody import restore
from muniment.errors import BadInput, MunimentError, UsageError, VerificationFailed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A case's folder and a backup of it."""
    folder = tmp_path_factory.mktemp("backup")
    with case_world.build(folder) as case:
        case.decide("accept", next(iter(case.claims())).id, reason="read it")
        case.custody.backup(folder / "whole.tar")
    return folder / "case", folder / "whole.tar"


def test_what_is_restored_is_the_same_case(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder, file = made
    found = restore(file, tmp_path / "again")
    with muniment.open(folder, create=False) as before, muniment.open(tmp_path / "again", create=False) as after:
        assert found.proved == before.verify().proved == after.verify().proved
        assert tuple(after.entries()) == tuple(before.entries())
        assert {**after.record(), "made": None} == {**before.record(), "made": None}


def test_a_backup_can_be_made_while_another_writes(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made[0], tmp_path / "case"))
    with muniment.open(folder, create=False, by="a") as reader, muniment.open(folder, create=False, by="b") as writer:
        with writer._site.writing(), writer._site.transaction() as connection:
            writer._site.log(connection, "viewed", {"what": "half-way"})
            backed = reader.custody.backup(tmp_path / "file.tar")
        assert backed.entries == len(reader.entries()) - 1
    assert restore(tmp_path / "file.tar", tmp_path / "again").ok


def test_a_copied_folder_opens_anywhere(made: tuple[Path, Path], tmp_path: Path) -> None:
    with muniment.open(Path(shutil.copytree(made[0], tmp_path / "elsewhere" / "case")), create=False) as case:
        assert case.verify().ok


def test_nothing_is_overwritten(made: tuple[Path, Path], tmp_path: Path) -> None:
    with muniment.open(made[0], create=False) as case, pytest.raises(UsageError):
        case.custody.backup(made[1])
    with pytest.raises(UsageError):
        restore(made[1], tmp_path)


def rewritten(file: Path, out: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(file) as old, tarfile.open(out, "w") as new:
        for member in old.getmembers():
            stream = old.extractfile(member)
            assert stream is not None
            info, data = change(member, stream.read())
            info.size = len(data)
            new.addfile(info, io.BytesIO(data))
    return out


def test_a_flipped_byte_in_a_backup_is_refused(made: tuple[Path, Path], tmp_path: Path) -> None:
    def flip(info: tarfile.TarInfo, data: bytes) -> tuple[tarfile.TarInfo, bytes]:
        return info, data if info.name == "case.sqlite3" else bytes([data[0] ^ 1]) + data[1:]

    with pytest.raises(VerificationFailed, match="Nothing was restored"):
        restore(rewritten(made[1], tmp_path / "bad.tar", flip), tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.tar"]


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/tmp/outside",
        "vault/../../outside",
        "vault/ab/cd",
        "VAULT/ab/" + "ab" * 32,
        "vault/ab/" + "cd" * 32,
    ],
)
def test_no_name_in_a_backup_leads_elsewhere(made: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    def rename(info: tarfile.TarInfo, data: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if info.name != "case.sqlite3":
            info.name = name
        return info, data

    (tmp_path / "place").mkdir()
    with pytest.raises(BadInput, match="no backup of a case holds"):
        restore(rewritten(made[1], tmp_path / "bad.tar", rename), tmp_path / "place" / "again")
    assert list((tmp_path / "place").iterdir()) == []
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_in_a_backup_are_refused(made: tuple[Path, Path], tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(made[1]) as old, tarfile.open(tmp_path / "bad.tar", "w") as new:
        first = old.getmembers()[0]
        new.addfile(first, old.extractfile(first))
        link = tarfile.TarInfo("vault/ab/" + "ab" * 32)
        link.type, link.linkname = kind, "/etc/passwd"
        new.addfile(link)
    with pytest.raises(BadInput):
        restore(tmp_path / "bad.tar", tmp_path / "again")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_backup_cut_short_is_refused(made: tuple[Path, Path], tmp_path: Path, share: float) -> None:
    data = made[1].read_bytes()
    (tmp_path / "cut.tar").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(MunimentError):
        restore(tmp_path / "cut.tar", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no tar", encoding="utf-8")
    for file in (tmp_path / "words", tmp_path / "none"):
        with pytest.raises(BadInput):
            restore(file, tmp_path / "again")
