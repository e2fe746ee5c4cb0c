"""Which exhibits may not leave the case as they are: those that name a protected person, and those nobody could search.

Bytes are searched as well as the text that was read from them: a name may stand in a comment, a field nobody sees, or
the properties of an office file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from muniment.exports.redaction import Withheld

LARGEST_SEARCHED_BYTES = 64 * 2**20
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_NOT_SEARCHED = "it could not be searched for protected names"


def why_withheld(withheld: Withheld, data: bytes, text: str | None, role: str) -> str | None:
    """Why an exhibit's bytes may not go to the public; None where they may.

    Args:
        withheld: the protected names.
        data: the exhibit's bytes.
        text: what was read from it, None where nothing was.
        role: what it is to the case.
    """
    if role == "sources_csv":
        return "it is the case's own table of who collected what"
    if text is None:
        return _NOT_SEARCHED
    if not withheld:
        return None
    if withheld.text(text) != text:
        return "it names a protected person"
    try:
        for part in _parts(data):
            if any(_names(withheld, part.decode(encoding, "ignore")) for encoding in _ENCODINGS):
                return "it names a protected person"
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        return _NOT_SEARCHED
    return None


def _names(withheld: Withheld, text: str) -> bool:
    return withheld.text(text) != text


def _parts(data: bytes) -> Iterator[bytes]:
    """The bytes themselves, and what a zip container (an office file) holds, within a budget."""
    yield data
    if not data.startswith(b"PK\x03\x04"):
        return
    left = LARGEST_SEARCHED_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0:
                raise ValueError("more than can be searched")
            yield part
