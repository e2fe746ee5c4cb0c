"""The vault keeps what it was given, once, whole and unchanged, or says why it could not."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.errors import BadInput, NotFound, StorageFailed, VerificationFailed
from muniment.evidence import Sealed, Vault, copying
from muniment.evidence import vault as vault_module

BLOCK = 64 * 1024


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks, so that a small file goes the way of a large one."""
    monkeypatch.setattr(copying, "BLOCK_BYTES", BLOCK)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def file(folder: Path, data: bytes, name: str = "report.bin") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def noise(length: int) -> bytes:
    return hashlib.shake_128(str(length).encode()).digest(length)


def incoming(vault: Vault) -> list[Path]:
    return sorted((vault.folder / "incoming").iterdir())


@pytest.mark.parametrize("length", [0, 1, 4095, BLOCK, BLOCK + 1, 3 * BLOCK, 20 * BLOCK + 4097])
def test_sealed_bytes_are_kept_under_their_sha_256(
    vault: Vault, tmp_path: Path, small_blocks: None, length: int
) -> None:
    data = noise(length)
    sealed = vault.seal(file(tmp_path, data))
    assert sealed == Sealed(hashlib.sha256(data).hexdigest(), length)
    assert vault.path(sealed.sha256).read_bytes() == data
    assert not stat.S_IMODE(vault.path(sealed.sha256).stat().st_mode) & 0o222
    assert vault.list() == (sealed.sha256,)
    with vault.open(sealed.sha256) as stream:
        assert stream.read() == data
    vault.check(sealed.sha256)
    assert incoming(vault) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2 * BLOCK)), max_size=8))
def test_any_mixture_of_holes_and_bytes_is_sealed_as_it_is(
    tmp_path: Path, small_blocks: None, runs: list[tuple[bool, int]]
) -> None:
    path = tmp_path / "mixed"
    with path.open("wb") as out:
        for written, length in runs:
            if written:
                out.write(noise(length))
            else:
                out.seek(length, os.SEEK_CUR)
        out.truncate()
    vault = Vault(tmp_path / "vault")
    sealed = vault.seal(path)
    assert vault.path(sealed.sha256).read_bytes() == path.read_bytes()
    assert sealed.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_bytes_twice_are_one(vault: Vault, tmp_path: Path) -> None:
    first = vault.seal(file(tmp_path, b"The bridge at Ostra fell.", "a.txt"))
    before = vault.path(first.sha256).stat()
    assert vault.seal(file(tmp_path, b"The bridge at Ostra fell.", "b.txt")) == first
    assert Vault(vault.folder).seal(tmp_path / "b.txt") == first
    after = vault.path(first.sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert vault.list() == (first.sha256,)


def test_other_bytes_of_the_same_length_are_another(vault: Vault, tmp_path: Path) -> None:
    first = vault.seal(file(tmp_path, b"one"))
    second = vault.seal(file(tmp_path, b"two"))
    assert vault.list() == tuple(sorted((first.sha256, second.sha256)))


def test_bytes_are_durable_before_they_have_their_name_and_the_name_before_seal_returns(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.seal(file(tmp_path, b"makes the folders"))
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def noted_fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "bytes"
        done.append(kind)
        fsync(descriptor)

    def noted_link(source: Path, target: Path) -> None:
        done.append("name")
        link(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "link", noted_link)
    vault.seal(file(tmp_path, b"The well at Sarn is dry."))
    assert done[0] == "bytes"
    assert done.index("name") > done.index("bytes")
    assert done[-1] == "folder"
    assert done.index("name") < len(done) - 1


def test_a_file_system_without_links_is_served_too(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_link)
    sealed = vault.seal(file(tmp_path, b"on a stick"))
    assert vault.path(sealed.sha256).read_bytes() == b"on a stick"
    assert Vault(vault.folder).seal(tmp_path / "report.bin") == sealed
    assert incoming(vault) == []


def test_a_file_system_that_knows_no_direct_access_is_served_too(
    vault: Vault, tmp_path: Path, small_blocks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = os.open

    def refuse_direct(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return plain(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse_direct)
    data = noise(3 * BLOCK + 7)
    sealed = vault.seal(file(tmp_path, data))
    assert vault.path(sealed.sha256).read_bytes() == data


# --- what goes wrong ---
@pytest.mark.parametrize("length", [1000, 5 * BLOCK + 9])
def test_a_disk_that_gives_back_other_bytes_is_found_out(
    vault: Vault, tmp_path: Path, small_blocks: None, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    def rot(descriptor: int, offset: int, dropped: int) -> None:
        (path,) = incoming(vault)
        path.chmod(0o600)
        with path.open("r+b") as stream:
            stream.seek(offset)
            byte = stream.read(1)
            stream.seek(offset)
            stream.write(bytes([byte[0] ^ 1]))

    monkeypatch.setattr(copying, "drop", rot)
    with pytest.raises(StorageFailed, match="other bytes"):
        vault.seal(file(tmp_path, noise(length)))
    assert vault.list() == ()
    assert incoming(vault) == []


@pytest.mark.parametrize("length", [1000, 30 * BLOCK])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_or_failing_disk_leaves_nothing_half_written(
    vault: Vault, tmp_path: Path, small_blocks: None, monkeypatch: pytest.MonkeyPatch, length: int, code: int
) -> None:
    first = vault.seal(file(tmp_path, b"sealed before", "first"))
    plain = copying._write
    written = 0

    def fails(out: object, view: memoryview) -> None:
        nonlocal written
        written += len(view)
        if written > length // 2:
            raise OSError(code, os.strerror(code))
        plain(out, view)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_write", fails)
    with pytest.raises(StorageFailed, match="sealed before is kept"):
        vault.seal(file(tmp_path, noise(length)))
    assert vault.list() == (first.sha256,)
    assert incoming(vault) == []
    monkeypatch.undo()
    assert vault.seal(tmp_path / "report.bin").bytes == length


def test_the_systems_own_limit_on_file_size_is_met_with_a_sentence(tmp_path: Path) -> None:
    file(tmp_path, noise(20 * 2**20))
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from muniment.errors import StorageFailed\n"
        "from muniment.evidence import Vault\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10 * 2**20,) * 2)\n"
        "vault = Vault(Path(sys.argv[1]) / 'vault')\n"
        "try:\n"
        "    vault.seal(Path(sys.argv[1]) / 'report.bin')\n"
        "except StorageFailed as error:\n"
        "    print(error, vault.list(), list((vault.folder / 'incoming').iterdir()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "cannot hold a file this large" in done.stdout
    assert done.stdout.rstrip().endswith("() []")


def test_what_cannot_fit_is_refused_before_it_is_copied(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, noise(9 * 2**20))
    there = os.statvfs(tmp_path)

    def full(folder: Path) -> os.statvfs_result:
        return os.statvfs_result([*there[:4], 3, *there[5:]])

    monkeypatch.setattr(os, "statvfs", full)
    with pytest.raises(StorageFailed, match="full"):
        vault.seal(path)
    assert vault.list() == ()


def test_a_vault_that_cannot_be_made_is_a_storage_failure(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("in the way")
    with pytest.raises(StorageFailed):
        Vault(tmp_path / "vault").seal(file(tmp_path, b"x"))


def test_a_folder_that_may_not_be_written_is_a_storage_failure(as_nobody: Path) -> None:
    path = file(as_nobody, b"x")
    folder = as_nobody / "case"
    folder.mkdir(mode=0o555)
    with pytest.raises(StorageFailed, match="permissions"):
        Vault(folder / "vault").seal(path)


def test_a_file_that_changes_while_it_is_sealed_is_read_again(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, b"first line\n")
    plain = vault_module.copy
    left = [b"second line\n"]

    def copy_while_writing(*args: object) -> str:
        done = plain(*args)  # type: ignore[arg-type]
        if left:
            with path.open("ab") as out:
                out.write(left.pop())
        return done

    monkeypatch.setattr(vault_module, "copy", copy_while_writing)
    sealed = vault.seal(path)
    assert vault.list() == (sealed.sha256,)
    assert vault.path(sealed.sha256).read_bytes() == b"first line\nsecond line\n"


@pytest.mark.parametrize("length", [100, 4 * BLOCK])
def test_a_file_that_never_stops_changing_is_refused(
    vault: Vault, tmp_path: Path, small_blocks: None, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    path = file(tmp_path, noise(length))
    plain = copying.fill

    def growing(source: object, view: memoryview) -> int:
        with path.open("ab") as out:
            out.write(b"more")
        return plain(source, view)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "fill", growing)
    with pytest.raises(BadInput, match="changes while it is read"):
        vault.seal(path)
    assert vault.list() == ()
    assert incoming(vault) == []


def test_what_is_no_file_is_refused_without_waiting(vault: Vault, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/null"), tmp_path / "missing"):
        with pytest.raises(BadInput):
            vault.seal(path)
    assert vault.list() == ()


# --- what a killed run leaves ---
def test_the_sweep_removes_what_was_never_sealed_and_nothing_else(vault: Vault, tmp_path: Path) -> None:
    assert not vault.sweep()
    sealed = vault.seal(file(tmp_path, b"kept"))
    assert not vault.sweep()
    (vault.folder / "incoming" / "half").write_bytes(b"hal")
    assert vault.list() == (sealed.sha256,)
    assert vault.sweep()
    assert incoming(vault) == []
    assert not vault.sweep()
    vault.check(sealed.sha256)


@pytest.mark.parametrize("seconds", [0.0, 0.03, 0.1, 0.25])
def test_a_killed_process_leaves_whole_files_only(tmp_path: Path, seconds: float) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(30):
        file(sources, noise(1000 + number * 3_000_000 // 10), f"{number:02}")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from muniment.evidence import Vault\n"
        "vault = Vault(Path(sys.argv[1]) / 'vault')\n"
        "print('ready', flush=True)\n"
        "for path in sorted(Path(sys.argv[1], 'sources').iterdir()):\n"
        "    print(vault.seal(path).sha256, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().split()
    vault = Vault(tmp_path / "vault")
    vault.sweep()
    assert {sha256 for sha256 in told if len(sha256) == 64} <= set(vault.list())
    for sha256 in vault.list():
        vault.check(sha256)
    for path in sources.iterdir():
        vault.seal(path)
    assert len(vault.list()) == 30


# --- reading and checking ---
def test_one_flipped_bit_is_noticed(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(file(tmp_path, noise(100_000)))
    path = vault.path(sealed.sha256)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[70_000] ^= 4
    path.write_bytes(data)
    with pytest.raises(VerificationFailed, match="no longer has the bytes"):
        vault.check(sealed.sha256)


def test_bytes_cut_short_in_the_vault_are_not_taken_for_sealed_when_they_come_again(
    vault: Vault, tmp_path: Path
) -> None:
    source = file(tmp_path, noise(5000))
    sealed = vault.seal(source)
    path = vault.path(sealed.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(VerificationFailed):
        Vault(vault.folder).seal(source)


def test_missing_bytes_are_noticed(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(file(tmp_path, b"gone soon"))
    vault.path(sealed.sha256).unlink()
    with pytest.raises(VerificationFailed, match="missing"):
        vault.check(sealed.sha256)
    with pytest.raises(VerificationFailed, match="missing"), vault.open(sealed.sha256):
        pass
    assert vault.list() == ()


@pytest.mark.parametrize("name", ["", "ab", "../" * 20, "A" * 64, "g" * 64, "a" * 65, "../../" + "a" * 58])
def test_only_a_sha_256_names_sealed_bytes(vault: Vault, name: str) -> None:
    for ask in (vault.path, vault.check):
        with pytest.raises(NotFound):
            ask(name)


def test_what_else_lies_in_the_vault_is_not_listed(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(file(tmp_path, b"kept"))
    (vault.folder / "notes.txt").write_text("by hand")
    (vault.path(sealed.sha256).parent / "thumbs.db").write_text("by a file browser")
    assert vault.list() == (sealed.sha256,)
    assert Vault(tmp_path / "nowhere").list() == ()


# --- memory ---
def peak_mb(tmp_path: Path, gigabytes: int) -> float:
    """Peak memory in MB of a process that seals a sparse file with a few bytes of data in it."""
    with (tmp_path / "sparse").open("wb") as out:
        out.write(b"begin")
        out.seek(gigabytes * 2**29)
        out.write(noise(2**20))
        out.truncate(gigabytes * 2**30 + 5)
    code = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from muniment.evidence import Vault\n"
        "vault = Vault(Path(sys.argv[1]) / 'vault')\n"
        "sealed = vault.seal(Path(sys.argv[1]) / 'sparse')\n"
        "print(sealed.bytes, vault.path(sealed.sha256).stat().st_blocks * 512)\n"
        # not getrusage: its maximum begins with that of the process this one was started from
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    sealed_bytes, on_disk, peak = done.stdout.split()
    assert int(sealed_bytes) == gigabytes * 2**30 + 5
    assert int(on_disk) < 64 * 2**20
    return float(peak)


def test_memory_is_constant_and_a_sparse_file_stays_sparse(tmp_path: Path) -> None:
    assert peak_mb(tmp_path, 2) < 200


@pytest.mark.slow
def test_fifty_gigabytes_take_no_more_memory(tmp_path: Path) -> None:
    assert peak_mb(tmp_path, 50) < 200
