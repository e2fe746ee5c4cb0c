"""One writer at a time; the others are told who it is; a killed writer lets go."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from muniment.errors import CaseHeld, StorageFailed
from muniment.evidence import WriterLock, lock

HOLD = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from muniment.evidence import WriterLock\n"
    "with WriterLock(Path(sys.argv[1]), 'Tavi'):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_told_who_holds_the_case(tmp_path: Path, impatient: None) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(CaseHeld) as told, WriterLock(tmp_path, "Runa"):
            pass
        sentence = str(told.value)
        assert "Tavi" in sentence
        assert f"process {process.pid}" in sentence
        assert socket.gethostname() in sentence
        assert "since 20" in sentence


def test_a_killed_writer_lets_go(tmp_path: Path, impatient: None) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with WriterLock(tmp_path, "Runa"):
            assert '"Runa"' in (tmp_path / "writer.lock").read_text()


def test_the_lock_is_free_again_after_the_block_and_names_nobody(tmp_path: Path, impatient: None) -> None:
    for _ in range(2):
        with WriterLock(tmp_path, "Runa"):
            assert f'"pid": {os.getpid()}' in (tmp_path / "writer.lock").read_text()
        assert (tmp_path / "writer.lock").read_text() == ""
    with pytest.raises(ZeroDivisionError), WriterLock(tmp_path, "Runa"):
        raise ZeroDivisionError
    with WriterLock(tmp_path, "Runa"):
        pass


def test_two_threads_do_not_write_at_once(tmp_path: Path, impatient: None) -> None:
    with WriterLock(tmp_path, "Runa"), pytest.raises(CaseHeld, match="Runa"), WriterLock(tmp_path, "Tavi"):
        pass


def test_a_writer_that_is_soon_done_is_waited_for(tmp_path: Path) -> None:
    taken = threading.Event()

    def briefly() -> None:
        with WriterLock(tmp_path, "Tavi"):
            taken.set()
            time.sleep(0.2)

    thread = threading.Thread(target=briefly)
    thread.start()
    assert taken.wait(10)
    with WriterLock(tmp_path, "Runa"):
        assert '"Runa"' in (tmp_path / "writer.lock").read_text()
    thread.join()


def test_a_child_process_does_not_keep_the_lock(tmp_path: Path, impatient: None) -> None:
    with WriterLock(tmp_path, "Runa"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
    try:
        with WriterLock(tmp_path, "Tavi"):
            assert child.poll() is None
    finally:
        child.kill()
        child.wait()


def test_a_lock_file_that_says_nothing_useful_is_no_obstacle(tmp_path: Path, impatient: None) -> None:
    (tmp_path / "writer.lock").write_text("\x00 not JSON")
    with WriterLock(tmp_path, "Runa"):
        (tmp_path / "writer.lock").write_text("[]")
        with pytest.raises(CaseHeld, match="Another process"), WriterLock(tmp_path, "Tavi"):
            pass


def test_a_folder_that_cannot_be_written_is_a_storage_failure(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="cannot be written"), WriterLock(tmp_path / "missing", "Runa"):
        pass
