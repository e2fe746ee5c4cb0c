"""One writer at a time: the lock goes when its holder does, killed or not, and a second writer is told who holds it."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import socket
import sys
import time
from pathlib import Path
from types import TracebackType

from muniment.errors import CaseHeld, StorageFailed

LOCK_NAME = "writer.lock"
PATIENCE_SECONDS = 1.0
"""How long to wait for a writer that is about to be done, as two decisions at one moment are."""
_WAIT_SECONDS = 0.02


class WriterLock:
    """Holds a case for writing while the `with` block runs.

    The lock is the system's own (flock), so that it ends with the process that holds it. The file's content only says
    who that is. It is no lock between threads of one process that share an instance: make one for each block.

    Raises:
        CaseHeld: where another writer holds the case, saying which.
        StorageFailed: where the folder cannot be written.
    """

    def __init__(self, folder: Path, by: str) -> None:
        self.path = folder / LOCK_NAME
        self.by = by
        self._descriptor: int | None = None

    def __enter__(self) -> WriterLock:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self.path, flags, 0o666)
        except OSError as error:
            raise StorageFailed(
                f"The case in {self.path.parent} cannot be written ({error.strerror}); check the folder's permissions."
            ) from error
        until = time.monotonic() + PATIENCE_SECONDS
        try:
            while not _try_lock(descriptor):
                if time.monotonic() >= until:
                    raise CaseHeld(_held(descriptor))
                time.sleep(_WAIT_SECONDS)
            self._say(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            try:
                os.ftruncate(descriptor, 0)
                _unlock(descriptor)
            finally:
                os.close(descriptor)

    def _say(self, descriptor: int) -> None:
        holder = {
            "by": self.by,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
        try:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, json.dumps(holder).encode())
        except OSError as error:
            raise StorageFailed(f"The disk that holds the case refused a write ({error.strerror}).") from error


def _held(descriptor: int) -> str:
    who = "Another process"
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        said = json.loads(os.read(descriptor, 4096))
        who = f"{said['by']} (process {said['pid']} on {said['host']}, since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        pass  # it has only just taken the lock, or another version wrote the file
    return f"{who} is writing to this case; wait until that is done, then try again."


if sys.platform == "win32":
    import msvcrt

    _FAR = 2**20  # a byte no content reaches: locked bytes cannot be read by others on Windows

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN):
                return False
            raise StorageFailed(
                f"The disk that holds the case cannot lock files ({error.strerror}); move the case to another disk."
            ) from error
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
