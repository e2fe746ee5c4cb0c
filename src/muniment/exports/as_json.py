"""The record as JSON: keys sorted, one row a line, so that two records can be compared line by line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any


class JsonExporter:
    """Writes the record itself."""

    name = "json"
    version = "1"
    media_type = "application/json"

    def write(self, record: Mapping[str, Any], out: IO[str]) -> None:
        """Write the record: UTF-8 as it is, no escapes but those JSON needs."""
        out.write("{")
        for number, key in enumerate(sorted(record)):
            out.write(",\n" if number else "\n")
            out.write(f"{json.dumps(key)}: ")
            value = record[key]
            if isinstance(value, list) and value:
                for index, row in enumerate(value):
                    out.write(",\n" if index else "[\n")
                    out.write(_line(row))
                out.write("\n]")
            else:
                out.write(_line(value))
        out.write("\n}\n")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
