"""How much a reader will take in: bounds that keep a hostile or broken file from filling the machine."""

from __future__ import annotations

import zipfile
from typing import IO

from muniment.errors import Unreadable

MOST_TEXT_BYTES = 256 << 20
MOST_UNPACKED_BYTES = 256 << 20
MOST_RATIO = 500
"""Deflate reaches about 1000:1 on repetition alone; word processors' own XML stays below 100:1."""
RATIO_FROM_BYTES = 8 << 20
MOST_PAGES = 20_000


def read_all(stream: IO[bytes], most: int = MOST_TEXT_BYTES) -> bytes:
    """The whole stream.

    Raises:
        Unreadable: where it is longer than `most` bytes.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_large(f"is longer than the {most >> 20} MiB read as one text")
    return data


def too_large(what: str) -> Unreadable:
    """The file exceeds a bound; `what` completes “The file …”."""
    return Unreadable("too_large", f"The file {what}; split it and add the parts.")


def damaged(what: str) -> Unreadable:
    """The file is not what its kind must be; `what` completes “The file …”."""
    return Unreadable("damaged", f"The file {what}; ask whoever sent it for an undamaged copy.")


class Package:
    """A ZIP package (DOCX, ODT) whose members are unpacked within a budget of bytes and ratio."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged("is a package that cannot be opened, cut short perhaps") from error
        self._left = MOST_UNPACKED_BYTES

    def has(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        """The members' names, in the package's order."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """One member, or None where there is none.

        Raises:
            Unreadable: where it is damaged, encrypted, or unpacks to more than the budget.
        """
        info = self._zip.NameToInfo.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Unreadable("needs_password", "The package is encrypted; add a copy saved without a password.")
        try:
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise damaged("is a package with a damaged part") from error
        except Exception as error:  # zlib.error and lzma.LZMAError share no parent
            raise damaged("is a package with a part that does not unpack") from error
        self._left -= len(data)
        if self._left < 0:
            raise too_large(f"unpacks to more than {MOST_UNPACKED_BYTES >> 20} MiB")
        if len(data) > RATIO_FROM_BYTES and len(data) > MOST_RATIO * max(1, info.compress_size):
            raise too_large("unpacks to hundreds of times its size, which no written document does")
        return data
