"""The formats a record can be written in. Each satisfies `plugins.Exporter`; rows are streamed to `out`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from muniment.errors import UsageError
from muniment.exports.as_csv import CsvExporter
from muniment.exports.as_geojson import GeoJsonExporter
from muniment.exports.as_json import JsonExporter
from muniment.plugins import Exporter

EXPORTERS: tuple[Exporter, ...] = (JsonExporter(), CsvExporter(), GeoJsonExporter())
FORMATS: tuple[str, ...] = tuple(exporter.name for exporter in EXPORTERS)
PUBLIC_ONLY: frozenset[str] = frozenset({"csv", "geojson"})
"""Formats that are made to be sent: only ever of the public record (RECORD contract, Two audiences)."""


def write(format: str, record: Mapping[str, Any], out: IO[str], *, plugins: Sequence[Any] = ()) -> None:
    """Write a record out in one format.

    Raises:
        UsageError: where there is no such format, or the record would show protected names.
    """
    own = [plugin for plugin in plugins if isinstance(plugin, Exporter)]
    exporters = {exporter.name: exporter for exporter in (*EXPORTERS, *own)}
    exporter = exporters.get(format)
    if exporter is None:
        raise UsageError(f"There is no format {format!r}; choose from {', '.join(exporters)}, texts.")
    if format in PUBLIC_ONLY and record.get("audience") != "public":
        raise UsageError(f"{format} is made to be sent, so it is always written for the public; add --audience public.")
    exporter.write(record, out)
