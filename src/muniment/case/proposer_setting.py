"""The setting `proposer`: which model may be asked, and where. Without it no model is asked and no answer counts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from muniment.ledger import canonical

KEY_VARIABLE = "MUNIMENT_PROPOSER_KEY"
"""The environment variable that holds the server's key; a key is never stored, logged or printed."""

_FIELDS = frozenset({"address", "model", "options", "plain_http"})
_OURS = frozenset({"model", "messages", "stream"})
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ProposerSetting:
    """Where a model is asked, and which.

    Attributes:
        address: of an OpenAI-compatible interface, such as `http://127.0.0.1:8080/v1`; no slash at its end.
        model: the name the server knows the model by.
        options: what else each request says, such as `{"max_tokens": 4000}`.
    """

    address: str
    model: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on_this_machine(self) -> bool:
        """Whether the address is this machine's own, so that no text leaves it on the way to the server."""
        return _is_loopback(urlsplit(self.address).hostname or "")


def proposer_setting(value: Any) -> ProposerSetting:
    """The setting as a person wrote it, checked.

    Raises:
        ValueError: where it cannot be used: other fields, an address with a key in it, plain HTTP to another machine
            without `"plain_http": true`.
    """
    if not isinstance(value, Mapping) or not {"address", "model"} <= set(value) <= _FIELDS:
        raise ValueError("it takes address and model, and if need be options and plain_http")
    address, model, options = value["address"], value["model"], value.get("options", {})
    if not isinstance(model, str) or not model.strip() or len(model) > _LONGEST_NAME or not model.isprintable():
        raise ValueError("model is a name")
    if not isinstance(options, Mapping) or _OURS & set(options):
        raise ValueError("options are fields of the request other than model, messages and stream")
    canonical(dict(options))
    return ProposerSetting(_address(address, value.get("plain_http") is True), model, dict(options))


def _address(address: Any, plain_http: bool) -> str:
    if not isinstance(address, str) or not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError("address is a web address")
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.port == 0:
        raise ValueError("address begins with https:// or http:// and names a host")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment or "?" in address:
        raise ValueError(f"address holds no key and no name; a key goes into {KEY_VARIABLE}")
    if parts.scheme == "http" and not _is_loopback(host) and not plain_http:
        raise ValueError("plain http to another machine can be read on the way")
    return address.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
