"""E-mail as sent (.eml): subject and body, with the headers before them and the names of what is attached after."""

from __future__ import annotations

import email
import email.policy
import email.utils
from email.message import EmailMessage
from typing import IO

from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import dates, language, sniffing
from muniment.readers.decoding import decode
from muniment.readers.html_blocks import fragment_text
from muniment.readers.limits import damaged, read_all

_SHOWN = ("From", "To", "Cc", "Date")
_DEEPEST = 4


class Mail:
    """One message a file; messages forwarded inside it follow its own words."""

    name = "mail"
    version = "1"
    media_types = ("message/rfc822",)

    def score(self, head: bytes, name: str) -> float:
        """By the header fields it begins with."""
        return 0.9 if sniffing.media_type(head, name) in self.media_types else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Headers, then subject and body (the document's extent), then the names of what is attached."""
        message = email.message_from_bytes(read_all(stream), policy=email.policy.default, _class=EmailMessage)
        shown = [f"{field}: {value}" for field in _SHOWN if (value := header(message, field))]
        subject = header(message, "Subject")
        attached: list[str] = []
        body = _body(message, attached, 0)
        if not subject and not body.strip():
            raise damaged("is a message without subject and body")
        words = "\n\n".join(part for part in (subject, body.strip("\n")) if part)
        before = "\n".join(shown) + "\n\n" if shown else ""
        text = before + words
        end = len(text)
        if attached:
            text += "\n\nAttachments\n" + "\n".join(attached)
        date = header(message, "Date")
        item = Item(
            len(before),
            end,
            subject,
            _sender(message),
            dates.from_rfc822(date) if date else None,
            language=language.tag((header(message, "Content-Language") or "").split(",")[0]),
            kind="message",
            guid=(header(message, "Message-ID") or "").strip("<> ") or None,
        )
        return Reading(text, (item,), notes=tuple(f"attached: {name}" for name in attached))


def header(message: EmailMessage, field: str) -> str | None:
    """A header as one line; headers that break the standard are read as far as they go."""
    try:
        value = message.get(field)
    except Exception:  # the standard library raises many kinds of errors on malformed headers
        value = next((raw for name, raw in message.raw_items() if name.lower() == field.lower()), None)
    return (" ".join(str(value).split()) or None) if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    organisation = header(message, "Organization")
    if organisation:
        return organisation
    name, address = email.utils.parseaddr(header(message, "From") or "")
    return " ".join(name.split()) or address or None


def _body(message: EmailMessage, attached: list[str], depth: int) -> str:
    """The words of a message and of those inside it; what is not words goes to `attached`, by name."""
    if depth > _DEEPEST:
        attached.append("messages nested more deeply than are read")
        return ""
    kind = message.get_content_type()
    if kind == "message/rfc822":
        inner = [part for part in _parts(message) if isinstance(part, EmailMessage)]
        return "\n\n".join(_forwarded(part, attached, depth + 1) for part in inner)
    if kind == "multipart/alternative":
        options = _parts(message)
        best = next(
            (part for part in options if part.get_content_type() == "text/plain" and _words(part).strip()), None
        )
        best = best or next((part for part in reversed(options)), None)
        return _body(best, attached, depth + 1) if best is not None else ""
    if message.is_multipart():
        pieces = [_body(part, attached, depth + 1) for part in _parts(message)]
        return "\n\n".join(piece for piece in pieces if piece.strip())
    name = message.get_filename()
    if kind in ("text/plain", "text/html") and message.get_content_disposition() != "attachment":
        return _words(message)
    if name or message.get_content_disposition() == "attachment" or kind.split("/")[0] != "text":
        attached.append(f"{name or 'unnamed'} ({kind})")
        return ""
    return _words(message)


def _parts(message: EmailMessage) -> list[EmailMessage]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, EmailMessage)] if isinstance(payload, list) else []


def _forwarded(message: EmailMessage, attached: list[str], depth: int) -> str:
    shown = [f"{field}: {value}" for field in (*_SHOWN, "Subject") if (value := header(message, field))]
    return "Forwarded message\n" + "\n".join(shown) + "\n\n" + _body(message, attached, depth)


def part_text(part: EmailMessage) -> str:
    """The text of one part as its header says it is encoded; as it looks where the header says nothing or is wrong."""
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    try:
        return data.decode(charset) if charset else decode(data).text
    except (LookupError, ValueError):
        return decode(data).text


def _words(part: EmailMessage) -> str:
    text = part_text(part)
    if part.get_content_type() == "text/html":
        return fragment_text(text)
    return text.replace("\r\n", "\n")


PLUGINS = [Mail()]
