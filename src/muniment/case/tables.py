"""Tables of reports: which mappings the case was given, which of them each table is tried with, and the rows they read.

A mapping is received data: a sealed file named `mapping.toml` or `NAME.mapping.toml`. The newest at each address rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from muniment import readers
from muniment.case import sources
from muniment.case.settling import active, out_of_case
from muniment.case.site import Site
from muniment.errors import BadInput
from muniment.model import Document, Flag, Sighting
from muniment.plugins import TableRow
from muniment.reference import mapping_file
from muniment.reference.table_mapping import TableMapping
from muniment.store import derived, received

ROLE = "table_mapping"
"""The role such a file is received in."""

BAD_CELL = "x_bad_cell"
"""The kind of flag on a row with a cell that could not be used."""


@dataclass(frozen=True, slots=True)
class Given:
    """A mapping as it lies in a folder; `seq` orders the sightings."""

    folder: str
    seq: int
    mapping: TableMapping


@dataclass(frozen=True, slots=True)
class Mappings:
    """The case's mappings, and a sentence for each file that is none."""

    given: tuple[Given, ...]
    problems: tuple[str, ...]

    def for_table(self, seen: Sequence[Sighting]) -> tuple[TableMapping, ...]:
        """The mappings to try on a table, the nearest folder first, of one folder the newest first.

        Args:
            seen: where the table was met.
        """
        folders = [folder for sighting in seen for folder in sources.folders_of(sighting)]
        ordered = sorted(
            self.given,
            key=lambda one: (folders.index(one.folder) if one.folder in folders else len(folders), -one.seq),
        )
        return tuple({one.mapping.digest: one.mapping for one in ordered}.values())


def check(path: Path) -> None:
    """See that a file given as a mapping is one.

    Raises:
        BadInput: where it cannot be used, or its name does not say that it is a mapping.
    """
    if not mapping_file.is_mapping(path.name):
        raise BadInput(f"Name the mapping {path.stem}.{mapping_file.NAME}, so that it is known for one; see docs.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check the path.") from None
    mapping_file.parse(data, path.name)


def load_mappings(site: Site, connection: sa.Connection) -> Mappings:
    """The mapping files of the case, parsed; those set aside or withdrawn are not used."""
    gone = out_of_case(active(received.all_decisions(connection)))
    ids = received.exhibits_of_role(connection, ROLE)
    newest: dict[tuple[str, str], tuple[int, str]] = {}
    for id_, met in received.all_sightings(connection, ids).items() if ids else ():
        for seq, sighting in met:
            address = (sources.folder_of(sighting), sighting.name.rpartition("/")[2])
            if newest.get(address, (-1, ""))[0] < seq:
                newest[address] = (seq, id_)
    given, problems = [], []
    for (folder, name), (seq, id_) in sorted(newest.items()):
        if id_ in gone:
            continue
        with site.vault.open(id_) as stream:
            data = stream.read()
        try:
            given.append(Given(folder, seq, mapping_file.parse(data, name)))
        except BadInput as problem:
            problems.append(str(problem))
    return Mappings(tuple(given), tuple(problems))


def by_digest(mappings: Mappings) -> dict[str, TableMapping]:
    """Every mapping a row may have been read with, those that ship among them."""
    return {mapping.digest: mapping for mapping in (*mapping_file.shipped(), *(one.mapping for one in mappings.given))}


class Rows:
    """The rows of the case's tables; a table's are kept while its documents are asked for one after the other."""

    def __init__(self, connection: sa.Connection, mappings: Mappings) -> None:
        self._mappings = mappings
        self._seen = received.all_sightings(connection)
        self._types = {id_: state.media_type for id_, state in derived.reading_states(connection).items()}
        self._kept: tuple[str, Mapping[tuple[int, int], TableRow]] = ("", {})

    def of(self, document: Document, text: str) -> TableRow | None:
        """The row a document is, with offsets from its own start; None where it is none.

        Args:
            document: as it stands in its exhibit.
            text: the exhibit's.
        """
        if document.row is None:
            return None
        if self._kept[0] != document.exhibit:
            seen = [sighting for _, sighting in self._seen.get(document.exhibit, ())]
            found = readers.rows_of(
                text, self._types.get(document.exhibit, ""), document.file, self._mappings.for_table(seen)
            )
            self._kept = (document.exhibit, found)
        row = self._kept[1].get((document.start, document.end))
        return row if row is not None and row.mapping.digest == document.mapping else None


def flags(documents: Iterator[Document]) -> list[Flag]:
    """A flag for each cell that could not be used."""
    return [
        Flag(BAD_CELL, (document.id,), f"{document.file}, {remark}.")
        for document in documents
        for remark in document.remarks
    ]
