"""The question put to a model about one passage: the record's closed lists as instructions, the document as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, get_args

import msgspec

from muniment.extractors.proposer.passages import Passage
from muniment.model import Document, vocabulary
from muniment.model.vocabulary import LONGEST_QUOTE

_LISTS = {
    "kinds": vocabulary.ClaimKind,
    "harms": vocabulary.Harm,
    "qualifiers": vocabulary.Qualifier,
    "units": vocabulary.Unit,
    "statuses": vocabulary.VictimStatus,
    "roles": vocabulary.PersonRole,
    "classes": vocabulary.WeaponClass,
    "certainties": vocabulary.Certainty,
    "types": vocabulary.SourceType,
    "levels": vocabulary.Level,
    "polarities": vocabulary.Polarity,
}
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of a surrogate pair, which JSON in UTF-8 cannot carry."""


@cache
def instructions() -> str:
    """What a model is told to do: instructions.txt with the record's closed lists in it."""
    text = Path(__file__).with_name("instructions.txt").read_text(encoding="utf-8")
    lists = {name: ", ".join(get_args(values)) for name, values in _LISTS.items()}
    return Template(text).substitute(lists, longest=LONGEST_QUOTE)


def question(
    document: Document, words: str, passage: Passage, model: str, options: Mapping[str, Any] | None = None
) -> bytes:
    """The body of the request, as JSON bytes that are the same for the same passage, model and instructions.

    The document goes in as one JSON value: no words of it can end the quotation and pose as instructions of ours.

    Args:
        document: whose words they are; its title, publisher and date go along.
        words: the document's own words.
        passage: the stretch to ask about.
        model: the name the server knows the model by.
        options: what else the server is to be told, such as `max_tokens`; cannot change model or messages.
    """
    asked = {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "sentences": [{"at": start, "words": words[start:end]} for start, end in passage.sentences],
    }
    body = {
        "temperature": 0,
        **(options or {}),
        "model": model,
        "messages": [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": _json(asked).decode()},
        ],
        "stream": False,
    }
    return _json(body)


def _json(value: Any) -> bytes:
    return msgspec.json.encode(_whole(value), order="deterministic")


def _whole(value: Any) -> Any:
    """The value with lone surrogates as U+FFFD, one for one, so that offsets stay what they are."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value
