"""Model objects to JSON bytes and back, for payload columns."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="deterministic")


def dump(value: Any) -> bytes:
    """A model object as JSON bytes, keys in a fixed order."""
    return _ENCODER.encode(value)


_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def load(kind: type[T], data: bytes) -> T:
    """The model object of this kind that `data` holds."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    value: T = decoder.decode(data)
    return value
