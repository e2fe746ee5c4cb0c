"""Telegram's JSON export, of one chat or a whole account: each message with words is a document."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from muniment.errors import Unreadable
from muniment.plugins import Item, Reading, ReadOptions
from muniment.readers import dates, sniffing
from muniment.readers.decoding import decode
from muniment.readers.limits import damaged, read_all

_EXPORT = re.compile(r'"messages"\s*:\s*\[\s*(?:\{|\])')
_MESSAGE = re.compile(r'"(?:from_id|date_unixtime|text_entities|actor_id)"\s*:|"type"\s*:\s*"(?:message|service)"')
_MEDIA = ("photo", "file", "media_type", "contact_information", "location_information", "poll", "sticker_emoji")


class Telegram:
    """Exports made by Telegram Desktop (“Export chat history”, format JSON)."""

    name = "telegram"
    version = "1"
    media_types = ("application/json",)

    def score(self, head: bytes, name: str) -> float:
        """JSON with a list of messages as Telegram writes them."""
        if sniffing.media_type(head, name) != "application/json":
            return 0.0
        text = sniffing.text_of(head)
        return 0.9 if _EXPORT.search(text) and _MESSAGE.search(text) else 0.0

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Messages in the order of the export; who wrote each and when stands in a line before its words."""
        try:
            data = json.loads(decode(read_all(stream)).text.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise damaged("is not a whole JSON document, cut short perhaps") from error
        parts: list[str] = []
        length = 0
        items: list[Item] = []
        for chat in _chats(data):
            for message in chat["messages"]:
                if not isinstance(message, dict):
                    continue
                line, words = _header(message, chat), _words(message.get("text"))
                piece = "\n".join(part for part in (line, words) if part) + "\n\n"
                if words.strip():
                    start = length + len(line) + 1
                    items.append(_item(message, chat, start, start + len(words)))
                parts.append(piece)
                length += len(piece)
        if not items:
            raise Unreadable("empty", "The export has no message with words.")
        return Reading("".join(parts).rstrip("\n") + "\n", tuple(items))


def _chats(data: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(data, dict):
        return
    if isinstance(data.get("messages"), list):
        yield data
    for section in ("chats", "left_chats"):
        inner = data.get(section)
        chats = inner.get("list") if isinstance(inner, dict) else None
        for chat in chats if isinstance(chats, list) else ():
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
                yield chat


def _words(text: Any) -> str:
    """A message's words: a string, or a list of strings and formatted pieces."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = []
    for piece in text:
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, dict):
            words, address = str(piece.get("text") or ""), piece.get("href")
            pieces.append(f"{words} ({address})" if address and address != words else words)
    return "".join(pieces)


def _name(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _header(message: dict[str, Any], chat: dict[str, Any]) -> str:
    parts = [_name(message.get("from")) or _name(message.get("actor")) or _name(chat.get("name")) or "Unnamed"]
    if date := _published(message):
        parts.append(date)
    if message.get("type") == "service":
        parts.append(str(message.get("action") or "service message").replace("_", " "))
    if origin := _name(message.get("forwarded_from")):
        parts.append(f"forwarded from {origin}")
    if isinstance(message.get("reply_to_message_id"), int):
        parts.append(f"in reply to {message['reply_to_message_id']}")
    if isinstance(message.get("edited"), str):
        parts.append(f"edited {message['edited']}")
    parts += [f"{key.replace('_', ' ')}: {message[key]}" for key in _MEDIA if isinstance(message.get(key), str)]
    return "[" + " · ".join(" ".join(part.split()) for part in parts) + "]"


def _published(message: dict[str, Any]) -> str | None:
    """The date as shown, with the zone that the absolute time beside it implies."""
    raw = message.get("date")
    local = dates.from_iso(raw) if isinstance(raw, str) else None
    try:
        moment = dt.datetime.fromtimestamp(int(message["date_unixtime"]), dt.UTC)
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return local
    if local is None or len(local) != 19:
        return dates.moment_edtf(moment)
    offset = dt.datetime.fromisoformat(local).replace(tzinfo=dt.UTC) - moment
    if abs(offset) > dt.timedelta(hours=14) or offset.total_seconds() % 900:
        return dates.moment_edtf(moment)
    return dates.moment_edtf(moment.astimezone(dt.timezone(offset)))


def _item(message: dict[str, Any], chat: dict[str, Any], start: int, end: int) -> Item:
    is_channel = "channel" in str(chat.get("type"))
    author = _name(message.get("from"))
    return Item(
        start,
        end,
        publisher=(_name(chat.get("name")) if is_channel else None) or author,
        published=_published(message),
        kind="message",
        guid=f"telegram:{chat.get('id')}/{message.get('id')}",
    )


PLUGINS = [Telegram()]
