"""Outlook messages (.msg): subject, sender, date and body from the message's properties.

Source: Microsoft, [MS-OXMSG] (streams named by property) and [MS-OXPROPS] (what each property is).
"""

from __future__ import annotations

import datetime as dt
import email.parser
import email.policy
import struct
from typing import IO, Any

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import dates, sniffing
from muniment.readers.decoding import decode
from muniment.readers.html import decode_markup
from muniment.readers.html_blocks import fragment_text
from muniment.readers.limits import damaged, read_all
from muniment.readers.rtf import compressed_rtf_text

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDER_NAME, _SENDER_ADDRESS, _SMTP_ADDRESS = "0C1A", "0C1F", "5D01"
_TO, _CC, _HEADERS, _MESSAGE_ID = "0E04", "0E03", "007D", "1035"
_ATTACHED_LONG_NAME, _ATTACHED_NAME = "3707", "3704"
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_UNICODE, _EIGHT_BIT, _BINARY, _TIME = "001F", "001E", "0102", 0x0040
_FILETIME_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_MOST_STREAM_BYTES = 64 << 20


class Outlook:
    """One message a file, as Outlook saves it."""

    name = "outlook"
    version = "1"
    media_types = (sniffing.MSG,)

    def score(self, head: bytes, name: str) -> float:
        """By the names of the streams in it."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Headers, then subject and body (the document's extent), then the names of what is attached."""
        import olefile

        try:
            with olefile.OleFileIO(read_all(stream)) as file:
                return _Message(file).reading()
        except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, AttributeError) as error:
            raise damaged("is an Outlook message that cannot be followed, cut short perhaps") from error


class _Message:
    """The properties of an open message file."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def reading(self) -> Reading:
        subject, sender = self._line(_SUBJECT), self._line(_SENDER_NAME)
        address = self._line(_SMTP_ADDRESS) or self._line(_SENDER_ADDRESS)
        address = address if address and "@" in address else None
        published = self._published()
        shown = [
            ("From", f"{sender} <{address}>" if sender and address and sender != address else sender or address),
            ("To", self._line(_TO)),
            ("Cc", self._line(_CC)),
            ("Date", published),
        ]
        head = "\n".join(f"{field}: {value}" for field, value in shown if value)
        body = self._body().replace("\r\n", "\n").strip()
        words = "\n\n".join(part for part in (subject, body) if part)
        if not words:
            raise damaged("is a message without subject and body")
        before = f"{head}\n\n" if head else ""
        text = before + words
        attached = self._attached()
        listed = "\n\nAttachments\n" + "\n".join(attached) if attached else ""
        item = Item(
            len(before),
            len(text),
            subject,
            sender or address,
            published,
            kind="message",
            guid=(self._line(_MESSAGE_ID) or "").strip("<> ") or None,
        )
        return Reading(text + listed, (item,), notes=tuple(f"attached: {name}" for name in attached))

    def _stream(self, name: str, folder: str = "") -> bytes | None:
        path = f"{folder}/{name}" if folder else name
        if not self._file.exists(path) or self._file.get_type(path) != 2:
            return None
        data: bytes = self._file.openstream(path).read(_MOST_STREAM_BYTES)
        return data

    def _text(self, tag: str, folder: str = "") -> str | None:
        wide = self._stream(f"__substg1.0_{tag}{_UNICODE}", folder)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(f"__substg1.0_{tag}{_EIGHT_BIT}", folder)
        return decode(narrow).text.rstrip("\0") if narrow is not None else None

    def _line(self, tag: str, folder: str = "") -> str | None:
        return " ".join((self._text(tag, folder) or "").split()) or None

    def _body(self) -> str:
        plain = self._text(_BODY)
        if plain and plain.strip():
            return plain
        markup = self._stream(f"__substg1.0_{_HTML}{_BINARY}")
        if markup:
            return fragment_text(decode_markup(markup))
        wide = self._text(_HTML)
        if wide:
            return fragment_text(wide)
        packed = self._stream(f"__substg1.0_{_RTF}{_BINARY}")
        return compressed_rtf_text(packed) if packed else ""

    def _published(self) -> str | None:
        """The Date header with its zone where it came by mail; else when it was sent, or delivered, in UTC."""
        headers = self._text(_HEADERS)
        if headers:
            stated = email.parser.HeaderParser(policy=email.policy.compat32).parsestr(headers)["Date"]
            if stated and (date := dates.from_rfc822(str(stated))):
                return date
        data = self._stream("__properties_version1.0") or b""
        found: dict[int, str] = {}
        for at in range(32, len(data) - 15, 16):  # a header of 32 bytes, then 16 a property
            kind, tag, _, ticks = struct.unpack_from("<HHIQ", data, at)
            if kind == _TIME and tag in (_SUBMITTED, _DELIVERED):
                try:
                    found[tag] = dates.moment_edtf(_FILETIME_EPOCH + dt.timedelta(microseconds=ticks // 10))
                except OverflowError:
                    continue
        return found.get(_SUBMITTED) or found.get(_DELIVERED)

    def _attached(self) -> list[str]:
        folders = sorted(
            {
                entry[0]
                for entry in self._file.listdir()
                if len(entry) > 1 and entry[0].startswith("__attach_version1.0_")
            }
        )
        return [
            self._line(_ATTACHED_LONG_NAME, folder) or self._line(_ATTACHED_NAME, folder) or "unnamed"
            for folder in folders
        ]


PLUGINS = [Outlook()]
