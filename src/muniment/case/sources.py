"""What sources.csv files say of the files beside them: which row rules which exhibit, and which rows name nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from muniment.model import Document, Exhibit, Sighting
from muniment.readers import sources_csv

SOURCES_NAME = "sources.csv"


@dataclass(frozen=True, slots=True)
class Statements:
    """The rows in force, by folder; the newest sealed file of a folder rules."""

    rows: Mapping[str, tuple[sources_csv.SourceRow, ...]]
    problems: tuple[str, ...]


def folder_of(sighting: Sighting) -> str:
    """The folder a file lay in: the source folder and the path inside it."""
    return next(folder for folder, _ in _addresses(sighting))


def folders_of(sighting: Sighting) -> list[str]:
    """The folders a file lay in, its own first, up to its source folder."""
    return [folder for folder, _ in _addresses(sighting)]


def _addresses(sighting: Sighting) -> Iterator[tuple[str, str]]:
    """Each folder from the file's own up to its source folder, with the file's path seen from there."""
    parts = sighting.name.split("/")
    for above in range(len(parts)):
        folder = posixpath.join(sighting.folder or "", *parts[: len(parts) - 1 - above])
        yield folder, "/".join(parts[len(parts) - 1 - above :])


def statements(files: Sequence[tuple[bytes, Sequence[tuple[int, Sighting]]]]) -> Statements:
    """The statements of all sealed sources.csv files.

    Args:
        files: each file's bytes with its sightings and their log positions.
    """
    newest: dict[str, tuple[int, bytes]] = {}
    for data, seen in files:
        for seq, sighting in seen:
            folder = folder_of(sighting)
            if folder not in newest or newest[folder][0] < seq:
                newest[folder] = (seq, data)
    rows: dict[str, tuple[sources_csv.SourceRow, ...]] = {}
    problems: list[str] = []
    for folder in sorted(newest):
        parsed, found = sources_csv.parse(newest[folder][1])
        rows[folder] = tuple(parsed)
        problems.extend(found)
    return Statements(rows, tuple(problems))


def rows_for(sighting: Sighting, said: Statements) -> tuple[sources_csv.SourceRow, ...]:
    """The rows that name this file, from its own folder or else the nearest above it inside the same source."""
    for folder, path in _addresses(sighting):
        found = tuple(row for row in said.rows.get(folder, ()) if row.file == path)
        if found:
            return found
    return ()


def state_documents(documents: Sequence[Document], exhibit: Exhibit, said: Statements) -> tuple[Document, ...]:
    """The documents of one exhibit with what the newest statement about it adds."""
    for sighting in reversed(exhibit.sightings):
        rows = rows_for(sighting, said)
        if rows:
            return tuple(sources_csv.apply(documents, rows))
    return tuple(documents)


def state_sightings(exhibit: Exhibit, said: Statements) -> Exhibit:
    """The exhibit with address, collector and time of collection as stated."""
    out = []
    for sighting in exhibit.sightings:
        for row in rows_for(sighting, said):
            if row.item is None:
                sighting = replace(
                    sighting,
                    url=row.url or sighting.url,
                    collected=row.collected or sighting.collected,
                    by=row.by or sighting.by,
                )
        out.append(sighting)
    return replace(exhibit, sightings=tuple(out))


def rows_without_item(documents: Sequence[Document], exhibit: Exhibit, said: Statements) -> tuple[str, ...]:
    """A sentence for each row that names an item this exhibit does not have."""
    for sighting in reversed(exhibit.sightings):
        rows = rows_for(sighting, said)
        if rows:
            return sources_csv.items_missing(documents, rows)
    return ()


def rows_without_file(exhibits: Sequence[Exhibit], said: Statements) -> list[str]:
    """A sentence for each row that names a file nobody sealed."""
    known = {address for exhibit in exhibits for sighting in exhibit.sightings for address in _addresses(sighting)}
    return [
        f"sources.csv names {row.file}, but no such file was received."
        for folder, rows in said.rows.items()
        for row in rows
        if (folder, row.file) not in known
    ]
