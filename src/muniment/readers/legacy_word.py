"""Word documents before 2007 (.doc), through LibreOffice where the machine has it."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from muniment.errors import Unreadable
from muniment.plugins import Reading, ReadOptions
from muniment.readers import sniffing
from muniment.readers.limits import damaged, read_all
from muniment.readers.odt import Odt

SECONDS = 120.0
_COMMANDS = ("soffice", "libreoffice")
_ENCRYPTED = 0x0100
"""fEncrypted in the flags at offset 10 of the WordDocument stream ([MS-DOC] 2.5.2, FibBase)."""


class LegacyWord:
    """The binary Word format. LibreOffice turns it into OpenDocument, which is then read as such."""

    name = "legacy_word"
    version = "1"
    media_types = (sniffing.DOC,)

    def score(self, head: bytes, name: str) -> float:
        """By the names of the streams in it."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """What the converted document reads as.

        Raises:
            Unreadable: missing_tool without LibreOffice; needs_password; damaged; out_of_time.
        """
        data = read_all(stream)
        if _is_encrypted(data):
            raise Unreadable("needs_password", "The document is encrypted; add a copy saved without a password.")
        command = next((found for name in _COMMANDS if (found := shutil.which(name))), None)
        if command is None:
            raise Unreadable(
                "missing_tool",
                "Word documents before 2007 are read through LibreOffice; install it (libreoffice-writer-nogui), "
                "or save the file as .docx and add that too.",
            )
        with tempfile.TemporaryDirectory(prefix="muniment-") as folder:
            converted = _convert(command, data, Path(folder))
            with converted.open("rb") as opened:
                return Odt().read(opened, converted.name, options)


def _is_encrypted(data: bytes) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(data) as file:
            head = file.openstream("WordDocument").read(12)
            return bool(struct.unpack_from("<H", head, 10)[0] & _ENCRYPTED)
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, AttributeError) as error:
        raise damaged("is a Word document that cannot be followed, cut short perhaps") from error


def _convert(command: str, data: bytes, folder: Path) -> Path:
    source = folder / "document.doc"  # never the name received: it may look like an option or a path
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()  # a profile of its own: a running LibreOffice would take over the call
    try:
        done = subprocess.run(
            [command, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "odt",
             "--outdir", str(folder), str(source)],
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "HOME": str(folder)},
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreadable("out_of_time", "LibreOffice took longer than two minutes over it and was stopped.") from error
    except OSError as error:
        raise Unreadable("missing_tool", "LibreOffice is installed but does not start; install it again.") from error
    converted = folder / "document.odt"
    if done.returncode or not converted.is_file():
        raise damaged("is a Word document that LibreOffice cannot open")
    return converted


PLUGINS = [LegacyWord()]
