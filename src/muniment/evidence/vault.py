"""The vault: each file sealed once, under the SHA-256 of its bytes, and never written again.

  vault/ab/abcd…64 hex digits    sealed bytes, read-only
  vault/incoming/                being written; what a killed run leaves here was never sealed

Bytes are durable under their final name before `seal` returns, so a row that names them can never outlive them.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from muniment.errors import BadInput, NotFound, VerificationFailed
from muniment.evidence.copying import BLOCK_BYTES, Changed, copy, fill, refused

_SHA256 = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
_TRIES = 3
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: SHA-256 in hex, and how many bytes."""

    sha256: str
    bytes: int


class Vault:
    """Sealed bytes by their SHA-256. One process seals at a time (see `WriterLock`); any number read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sizes: set[int] | None = None

    # --- in ----------------------------------------------------------------------------------------------------------
    def seal(self, path: Path) -> Sealed:
        """Seal a file's bytes; bytes that are sealed already are not written again.

        Raises:
            BadInput: where the file cannot be read, or is being written to while it is read.
            StorageFailed: where the vault cannot take it; nothing half-written stays under a sealed name.
        """
        for attempt in range(_TRIES):
            try:
                return self._seal_once(path)
            except Changed:
                time.sleep(0.05 * attempt)
        raise BadInput(
            "changes while it is read, so it was not sealed; build again when nothing writes to it any more."
        )

    def _seal_once(self, path: Path) -> Sealed:
        with _open_source(path) as source:
            before = os.fstat(source.fileno())
            if before.st_size in self._known_sizes():
                sha256 = _hash(source, before.st_size)
                _same(before, source)
                if self._holds(sha256, before.st_size):
                    return Sealed(sha256, before.st_size)
                source.seek(0)
            self._make_room(before)
            incoming = self._incoming() / secrets.token_hex(8)
            try:
                sha256 = copy(source, before.st_size, incoming)
                _same(before, source)
                self._publish(incoming, sha256)
            finally:
                incoming.unlink(missing_ok=True)
        self._known_sizes().add(before.st_size)
        return Sealed(sha256, before.st_size)

    def _known_sizes(self) -> set[int]:
        """The sizes of what is sealed: a file of another size is new, and need not be hashed twice."""
        if self._sizes is None:
            self._sizes = {self.path(sha256).stat().st_size for sha256 in self.list()}
        return self._sizes

    def _holds(self, sha256: str, size_bytes: int) -> bool:
        try:
            return self.path(sha256).stat().st_size == size_bytes
        except FileNotFoundError:
            return False

    def _make_room(self, source: os.stat_result) -> None:
        """Refuse at once what cannot fit, rather than after hours of copying."""
        needed = min(source.st_size, getattr(source, "st_blocks", 0) * 512)
        if needed > BLOCK_BYTES and hasattr(os, "statvfs"):
            there = os.statvfs(self._incoming())
            if needed > there.f_bavail * there.f_frsize:
                raise refused(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    def _incoming(self) -> Path:
        folder = self.folder / _INCOMING
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                _sync_folder(self.folder)
                _sync_folder(self.folder.parent)
        except OSError as error:
            raise refused(error) from error
        return folder

    def _publish(self, incoming: Path, sha256: str) -> None:
        """Give durable bytes their final name, replacing nothing, and make the name durable."""
        target = self.path(sha256)
        try:
            if not target.parent.is_dir():
                target.parent.mkdir(exist_ok=True)
                _sync_folder(self.folder)
            if target.exists() and target.stat().st_size != incoming.stat().st_size:
                raise VerificationFailed(_other(sha256))
            try:
                os.link(incoming, target)
            except FileExistsError:
                pass
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                # A file system without links (FAT, some shares). Only one process writes, so the look is no race.
                if not target.exists():
                    incoming.rename(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise refused(error) from error

    def sweep(self) -> bool:
        """Remove what a killed run left half-written; whether there was anything. Only for who holds the case."""
        folder = self.folder / _INCOMING
        try:
            left = sorted(folder.iterdir()) if folder.is_dir() else []
            if not left:
                return False
            # The run may have been killed between naming a file and making its name durable.
            for shard in self._shards():
                _sync_folder(shard)
            for path in left:
                path.unlink()
        except OSError as error:
            raise refused(error) from error
        return True

    def remove(self, sha256: str) -> None:
        """Take sealed bytes away for good: only for lawful erasure, by who holds the case.

        Raises:
            StorageFailed: where the disk refuses.
        """
        path = self.path(sha256)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)
        except OSError as error:
            raise refused(error) from error

    # --- out ---------------------------------------------------------------------------------------------------------
    def path(self, sha256: str) -> Path:
        """Where bytes with this SHA-256 are, or would be, kept.

        Raises:
            NotFound: where it is no SHA-256.
        """
        if not _SHA256.fullmatch(sha256):
            raise NotFound("That is not the SHA-256 of anything sealed: 64 digits from 0-9 and a-f.")
        return self.folder / sha256[:2] / sha256

    @contextmanager
    def open(self, sha256: str) -> Iterator[IO[bytes]]:
        """Sealed bytes to read.

        Raises:
            VerificationFailed: where they are gone or cannot be read.
        """
        try:
            stream = self.path(sha256).open("rb")
        except OSError as error:
            raise VerificationFailed(_gone(sha256, error)) from error
        with stream:
            yield stream

    def check(self, sha256: str) -> None:
        """Hash sealed bytes again.

        Raises:
            VerificationFailed: where they are gone, cannot be read or are no longer those that were sealed.
        """
        check(self.path(sha256), sha256)

    def list(self) -> tuple[str, ...]:
        """The SHA-256 of everything sealed, in order."""
        return tuple(name for shard in self._shards() for name in sorted(os.listdir(shard)) if _SHA256.fullmatch(name))

    def _shards(self) -> tuple[Path, ...]:
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path for path in self.folder.iterdir() if len(path.name) == 2 and path.is_dir()))


def check(path: Path, sha256: str) -> None:
    """Hash a sealed file again.

    Raises:
        VerificationFailed: where it is gone, cannot be read or no longer has the bytes that were sealed.
    """
    digest = hashlib.sha256()
    buffer = bytearray(2**20)
    try:
        with io.FileIO(path, "r") as stream:
            while got := stream.readinto(buffer):
                digest.update(memoryview(buffer)[:got])
    except OSError as error:
        raise VerificationFailed(_gone(sha256, error)) from error
    if digest.hexdigest() != sha256:
        raise VerificationFailed(_other(sha256))


def _open_source(path: Path) -> io.FileIO:
    # Without O_NONBLOCK a pipe put in a file's place would hold us for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        source = io.FileIO(os.open(path, flags), "r")
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror}); nothing of it was sealed.") from error
    if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
        source.close()
        raise BadInput("is not a file with bytes to seal.")
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
    return source


def _hash(source: io.FileIO, size_bytes: int) -> str:
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(min(2**20, size_bytes + 1)))
    done = 0
    while got := fill(source, buffer):
        done += got
        if done > size_bytes:
            raise Changed
        digest.update(buffer[:got])
    if done != size_bytes:
        raise Changed
    return digest.hexdigest()


def _same(before: os.stat_result, source: io.FileIO) -> None:
    after = os.fstat(source.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Changed


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows: names are durable with the file
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _gone(sha256: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"The sealed bytes {sha256[:16]}… are missing from the vault; restore them from a copy of the case."
    return f"The sealed bytes {sha256[:16]}… cannot be read ({error.strerror}); check the disk and its permissions."


def _other(sha256: str) -> str:
    return (
        f"The file kept as {sha256[:16]}… no longer has the bytes that were sealed; "
        "restore it from a copy of the case, and find out who or what changed it."
    )
