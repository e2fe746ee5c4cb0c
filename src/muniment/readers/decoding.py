"""Bytes to text, with the encoding named, so that the same decoding can be done again by anyone."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from muniment.readers.language import detect

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = [
    "cp1252", "cp1251", "cp1256", "cp1254", "cp1250", "cp1253", "cp1255", "koi8_r", "koi8_u", "cp866", "iso8859_5",
    "iso8859_6", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_WESTERN = frozenset(["en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "fi", "ca"])
_SAMPLE_BYTES = 32768
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of bytes, its encoding as Python names it, and what was not as it should be."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode as it is, newlines and byte order mark kept: UTF-8 first, else what the bytes look like."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if wide := _wide(data):  # before UTF-8, which UTF-16 of Western text is as well, with a null after each letter
        return _lenient(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 0:
            return _lenient(data, "utf-8")
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    # Bytes that are not UTF-8 by design hardly ever form its sequences: many good ones and few bad are damage.
    good = sum(1 for char in lenient if ord(char) > 127) - broken
    if good > broken * 20:
        return _lenient(data, "utf-8")
    return _detected(data)


def looks_like_text(head: bytes) -> bool:
    """Whether these first bytes can be text in some encoding rather than a binary format."""
    if any(head.startswith(mark) for mark, _ in _BOMS) or _wide(head):
        return True
    # Programs that died while writing leave single NULs in texts; binary formats have rows of them, or other controls.
    nulls = head.count(0)
    others = len(_CONTROL.findall(head)) - nulls
    return others <= len(head) // 200 + 1 and nulls <= len(head) // 20 and b"\0\0\0" not in head


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:4096]
    if len(sample) < 16:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, ("some bytes are not valid text and stand as U+FFFD",))


def _detected(data: bytes) -> Decoded:
    import charset_normalizer

    # What is not ASCII tells encodings apart: begin the sample at its first such byte's line.
    first = next((number for number, byte in enumerate(data) if byte > 127), 0)
    sample = data[max(0, first - 200) : first + _SAMPLE_BYTES]
    best = charset_normalizer.from_bytes(sample, cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding == "cp1250" and detect(sample.decode("cp1252", "replace")) in _WESTERN:
        encoding = "cp1252"  # the two differ in few letters, and the detector leans to the rarer one
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        decoded = _lenient(data, encoding)
        if decoded.text.count("\ufffd") * 200 < len(decoded.text):
            return decoded
        return Decoded(data.decode("latin-1"), "latin-1", ("the encoding of this text could not be told",))
