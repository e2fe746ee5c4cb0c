"""Canonical JSON: one text for one value, so that a hash of it is a hash of the value.

Source: RFC 8785 (JSON Canonicalization Scheme). Keys are ordered by UTF-16 code units; whole numbers and the floats
of this product's payloads are written as ECMAScript does; NaN and infinities have no form and are refused.
"""

from __future__ import annotations

import json
import math
from typing import Any

_LARGEST_EXACT = 2**53


def canonical(value: Any) -> bytes:
    """The canonical JSON of a value made of dicts, lists, strings, numbers, booleans and None.

    Raises:
        ValueError: for what JSON cannot carry: NaN, infinities, whole numbers beyond 2**53, keys that are not
            strings, lone surrogates.
        TypeError: for other types.
    """
    out: list[str] = []
    _write(value, out)
    return "".join(out).encode("utf-8")


def _write(value: Any, out: list[str]) -> None:
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        out.append(json.dumps(value, ensure_ascii=False))
    elif isinstance(value, int):
        if abs(value) > _LARGEST_EXACT and not _is_text_of_a_float(value):
            raise ValueError(f"{value} is beyond what every JSON reader keeps exactly; write it as text")
        out.append(str(value))
    elif isinstance(value, float):
        out.append(_number(value))
    elif isinstance(value, dict):
        _write_object(value, out)
    elif isinstance(value, (list, tuple)):
        out.append("[")
        for position, item in enumerate(value):
            if position:
                out.append(",")
            _write(item, out)
        out.append("]")
    else:
        raise TypeError(f"{type(value).__name__} has no JSON form")


def _write_object(value: dict[Any, Any], out: list[str]) -> None:
    if not all(isinstance(key, str) for key in value):
        raise ValueError("JSON keys are strings")
    out.append("{")
    for position, key in enumerate(sorted(value, key=lambda text: text.encode("utf-16-be"))):
        if position:
            out.append(",")
        out.append(json.dumps(key, ensure_ascii=False))
        out.append(":")
        _write(value[key], out)
    out.append("}")


def _is_text_of_a_float(value: int) -> bool:
    """Whether these digits are how a large float is written: read back, such a float is a whole number."""
    return abs(value) < 10**21 and _number(float(value)) == str(value)


def _number(value: float) -> str:
    """A float as ECMAScript's Number::toString writes it (shortest digits that read back the same)."""
    if math.isnan(value) or math.isinf(value):
        raise ValueError("NaN and infinities have no JSON form")
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + ("" if fraction == "0" else fraction)).lstrip("0")
    leading = len(whole + fraction) - len((whole + fraction).lstrip("0"))
    point = len(whole) - leading + int(exponent or 0)
    digits = digits.rstrip("0") or "0"
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = "." + digits[1:] if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{'+' if power >= 0 else '-'}{abs(power)}"


def parse(text: str | bytes) -> Any:
    """The value of canonical JSON."""
    return json.loads(text)
