"""Copying a file into the vault: hashed, written, forced to the disk and read back from it, block by block.

Every block that was hashed is compared with what the disk gives back after the page cache let go of it, so that the
hash is that of the bytes on the disk. Three threads share the work (hashing, writing, reading back), with a fixed
number of buffers between them: memory is constant, however large the file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import mmap
import os
import queue
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from muniment.errors import BadInput, StorageFailed

BLOCK_BYTES = 8 * 2**20
BLOCKS = 8
"""How many blocks are under way at once: 64 MiB, and one block more to read back into."""
_ALIGN = 4096
_ZEROS = bytes(BLOCK_BYTES)
_AFTERWARDS = "what was sealed before is kept"


class Changed(Exception):
    """The file grew or shrank while it was read."""


@dataclass(frozen=True, slots=True)
class _Block:
    buffer: mmap.mmap
    offset: int
    length: int
    """Bytes of the file; on the disk the last block is filled up to a whole page and cut off afterwards."""

    @property
    def padded(self) -> int:
        return -(-self.length // _ALIGN) * _ALIGN

    def is_hole(self) -> bool:
        """Whether it is all zeros: then nothing is written, and a sparse file stays sparse."""
        return self.buffer[:_ALIGN] == _ZEROS[:_ALIGN] and self.buffer[: self.padded] == _ZEROS[: self.padded]


def copy(source: io.FileIO, size_bytes: int, target: Path) -> str:
    """Copy a file of `size_bytes` to `target`, a new file, and make it durable; returns the SHA-256, hex.

    Raises:
        BadInput: where the source cannot be read.
        Changed: where it has more or fewer bytes than `size_bytes`.
        StorageFailed: where the disk refuses or gives back other bytes than were written.
    """
    if size_bytes <= BLOCK_BYTES:
        return _copy_small(source, size_bytes, target)
    digest = hashlib.sha256()
    with _Pipeline(target, size_bytes) as pipeline:
        offset = 0
        while offset < size_bytes:
            buffer = pipeline.free()
            length = fill(source, memoryview(buffer))
            offset += length
            if length == 0 or offset > size_bytes:
                raise Changed
            block = _Block(buffer, offset - length, length)
            if block.padded > length:
                buffer[length : block.padded] = bytes(block.padded - length)
            pipeline.take(block)
            digest.update(memoryview(buffer)[:length])
        if fill(source, memoryview(bytearray(1))):
            raise Changed
        pipeline.finish()
    return digest.hexdigest()


def _copy_small(source: io.FileIO, size_bytes: int, target: Path) -> str:
    data = bytearray(size_bytes + 1)
    if fill(source, memoryview(data)) != size_bytes:
        raise Changed
    del data[size_bytes:]
    back = bytearray(size_bytes)
    try:
        with open_new(target, direct=False) as out:
            _write(out, memoryview(data))
            flush(out.fileno())
            drop(out.fileno(), 0, 0)
            out.seek(0)
            whole = _fill_raw(out, memoryview(back)) == size_bytes
    except OSError as error:
        raise refused(error) from error
    if not whole or data != back:
        raise _other_bytes()
    return hashlib.sha256(data).hexdigest()


class _Pipeline:
    """The writing and the reading back, each in its thread, each with its own handle on the new file."""

    def __init__(self, target: Path, size_bytes: int) -> None:
        self._size = size_bytes
        self._free: queue.SimpleQueue[mmap.mmap] = queue.SimpleQueue()
        self._written: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()
        self._taken: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()
        self._failure: BaseException | None = None
        self._ended = False
        with contextlib.ExitStack() as opened:
            try:
                self._out = opened.enter_context(open_new(target, direct=True))
                self._back = opened.enter_context(open_again(target))
                self._out.truncate(size_bytes)
            except OSError as error:
                raise refused(error) from error
            self._opened = opened.pop_all()
        for _ in range(BLOCKS):
            self._free.put(mmap.mmap(-1, BLOCK_BYTES))
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._write_all, self._read_all)]

    def __enter__(self) -> _Pipeline:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._opened.close()

    def free(self) -> mmap.mmap:
        """A buffer nobody needs any more; waits for one."""
        buffer = self._free.get()
        self._raise_failure()
        return buffer

    def take(self, block: _Block) -> None:
        """Hand a block over to be written and read back."""
        self._taken.put(block)

    def finish(self) -> None:
        """Wait until every block is on the disk and was read back; cut the file to its length."""
        self._end()
        self._raise_failure()
        try:
            self._out.truncate(self._size)
            flush(self._out.fileno())
        except OSError as error:
            raise refused(error) from error

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            self._taken.put(None)
            for thread in self._threads:
                thread.join()

    def _raise_failure(self) -> None:
        if isinstance(self._failure, OSError):
            raise refused(self._failure) from self._failure
        if self._failure is not None:
            raise self._failure

    def _write_all(self) -> None:
        while (block := self._taken.get()) is not None:
            try:
                if self._failure is None and not block.is_hole():
                    self._out.seek(block.offset)
                    _write(self._out, memoryview(block.buffer)[: block.padded])
            except BaseException as error:
                self._failure = error
            self._written.put(block)
        self._written.put(None)

    def _read_all(self) -> None:
        back = mmap.mmap(-1, BLOCK_BYTES)
        last = False
        while not last:
            blocks = [self._written.get()]
            with contextlib.suppress(queue.Empty):
                while True:  # one flush for all that wait
                    blocks.append(self._written.get_nowait())
            last = blocks[-1] is None
            ready = [block for block in blocks if block is not None]
            try:
                if self._failure is None and ready:
                    sync_data(self._out.fileno())
                    for block in ready:
                        self._compare(block, back)
            except BaseException as error:
                self._failure = error
            for block in ready:
                self._free.put(block.buffer)

    def _compare(self, block: _Block, back: mmap.mmap) -> None:
        drop(self._back.fileno(), block.offset, block.padded)
        self._back.seek(block.offset)
        # Fewer bytes than the padding only where the last block is a hole.
        got = _fill_raw(self._back, memoryview(back)[: block.padded])
        if got < block.length or back[: block.length] != block.buffer[: block.length]:
            raise _other_bytes()


# --- the system's calls, where there are any --------------------------------------------------------------------------
def open_new(path: Path, *, direct: bool) -> io.FileIO:
    """A new file to write and read, read-only for all who open it later; past the page cache where that is possible."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags | (getattr(os, "O_DIRECT", 0) if direct else 0), 0o444)
    except OSError as error:
        if not direct or error.errno != errno.EINVAL:
            raise
        path.unlink(missing_ok=True)  # some kernels make the file before they refuse the flag
        descriptor = os.open(path, flags, 0o444)
    return io.FileIO(descriptor, "r+")


def open_again(path: Path) -> io.FileIO:
    """A second handle on a file, to read what is on the disk."""
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_DIRECT", 0))
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        descriptor = os.open(path, flags)
    return io.FileIO(descriptor, "r")


def fill(source: io.FileIO, view: memoryview) -> int:
    """Read until the view is full or the file ends; how many bytes came. Holes of a sparse file are not read.

    Raises:
        BadInput: where the file cannot be read.
    """
    try:
        if length := _hole(source, len(view)):
            view[:length] = _ZEROS[:length]
            source.seek(length, os.SEEK_CUR)
            return length
        return _fill_raw(source, view)
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror}); nothing of it was sealed.") from error


def _hole(source: io.FileIO, length: int) -> int:
    """How many bytes from here on are a hole, where that is all of `length` or of what is left; else 0."""
    about = os.fstat(source.fileno())
    if not hasattr(os, "SEEK_DATA") or about.st_blocks * 512 >= about.st_size:
        return 0
    here = source.tell()
    left = min(length, about.st_size - here)
    try:
        data = source.seek(here, os.SEEK_DATA)
    except OSError as error:
        data = about.st_size if error.errno == errno.ENXIO else here  # ENXIO: no data from here on
    source.seek(here)
    return left if data >= here + left else 0


def _fill_raw(source: io.FileIO, view: memoryview) -> int:
    done = 0
    while done < len(view):
        got = source.readinto(view[done:])
        if not got:
            break
        done += got
    return done


def _write(out: io.FileIO, view: memoryview) -> None:
    done = 0
    while done < len(view):
        done += out.write(view[done:]) or 0


def flush(descriptor: int) -> None:
    """Force a file's bytes and length to the disk."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_data(descriptor: int) -> None:
    """Force a file's bytes to the disk."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


def drop(descriptor: int, offset: int, length: int) -> None:
    """Have the page cache let go of a stretch of a file (length 0: to its end), so that reading asks the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_DONTNEED)


def refused(error: OSError) -> StorageFailed:
    """What the disk said, and what to do about it."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return StorageFailed(
            f"The disk that holds the case is full; {_AFTERWARDS}. Free some space and run build again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageFailed(
            f"The case's vault cannot be written ({error.strerror}); {_AFTERWARDS}. "
            "Check the folder's permissions and run build again."
        )
    if error.errno == errno.EFBIG:
        return StorageFailed(
            f"The case's disk cannot hold a file this large; {_AFTERWARDS}. "
            "Move the case to a disk with another file system and run build again."
        )
    return StorageFailed(f"The disk refused a write ({error.strerror}); {_AFTERWARDS}. Run build again.")


def _other_bytes() -> StorageFailed:
    return StorageFailed(
        f"The disk gave back other bytes than were written to it; {_AFTERWARDS}. "
        "Check the disk before you trust it with evidence."
    )
