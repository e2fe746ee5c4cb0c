"""What a reader, an extractor and an exporter are, and where they come from.

Plugins are found in a fixed order: the package's own rooms, entry points `muniment.plugins`, files named with
`--plugin`. A plugin module holds `PLUGINS = [obj]`; its Origin is stored with every result.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

from muniment.errors import BadInput
from muniment.model import Claim, Document, Party
from muniment.reference.gazetteer import Gazetteer
from muniment.reference.table_mapping import TableMapping


@dataclass(frozen=True, slots=True)
class Origin:
    """The code that made a result: name, version and SHA-256 of the files it consists of."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Item:
    """A document as its reader found it: extent in the text, and what the file itself says of it (None: silent)."""

    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str | None = None
    guid: str | None = None
    row: int | None = None
    mapping: str | None = None
    remarks: tuple[str, ...] = ()
    """Of a table's row: its number, the digest of the mapping that reads it, and what in it could not be used."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a stretch of text stands on a page: 1-based page, box in points from the page's top left."""

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of an exhibit: its text, the items in it, and where the text stands on pages.

    `encoding` is set where the text is the decoded bytes as they are (plain text and kin), else None.
    """

    text: str
    items: tuple[Item, ...]
    encoding: str | None = None
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    ocr: bool = False
    unread_pages: tuple[int, ...] = ()
    """Pages that are pictures of text and were left out; a build with `--ocr` reads them."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person allowed or supplied for reading. A password is never stored, logged or hashed into a digest."""

    ocr_languages: tuple[str, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    mappings: tuple[TableMapping, ...] = ()
    """How columns of tables are to be read, the one to be tried first in front; those that ship come after."""


@runtime_checkable
class Reader(Protocol):
    """Turns sealed bytes into text and items. Runs in a worker with limits of time and memory; writes nothing."""

    name: str
    version: str
    media_types: Sequence[str]

    def score(self, head: bytes, name: str) -> float:
        """How surely these bytes (the first 64 KiB) are of this reader's kind: 0 no, 1 certain.

        Content outranks the file's name: a lying extension is found out.
        """
        ...

    def read(self, stream: IO[bytes], name: str, options: ReadOptions) -> Reading:
        """Read the whole exhibit.

        Raises:
            Unreadable: with the reason, where it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its column as the header writes it, where its words stand, and what they say.

    `words` are what `text[start:end]` means: without the escapes of CSV or JSON, without space around them.
    """

    column: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table and the mapping that reads it: only the cells the mapping names, by its own folded names."""

    number: int
    mapping: TableMapping
    cells: Mapping[str, TableCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a case lends an extractor: its places, its parties, its settings; for a table's row, its cells."""

    gazetteer: Gazetteer
    parties: tuple[Party, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    row: TableRow | None = None


@runtime_checkable
class Extractor(Protocol):
    """Finds claims in a document. Pure: the same document and lexicon give the same claims."""

    name: str
    version: str
    languages: Sequence[str]

    def extract(self, document: Document, text: str, lexicon: Lexicon) -> Sequence[Claim]:
        """The claims of one document.

        Args:
            document: with `start` and `end` into `text`.
            text: the whole exhibit's text; spans are offsets into it.
            lexicon: places, parties and settings of the case.
        """
        ...


@runtime_checkable
class Exporter(Protocol):
    """Writes a record out in one format."""

    name: str
    version: str
    media_type: str

    def write(self, record: Mapping[str, Any], out: IO[str]) -> None:
        """Write the record (RECORD contract, as plain JSON values) to `out`."""
        ...


def code_digest(paths: Iterable[Path]) -> str:
    """SHA-256 over files by name and content: changes when, and only when, the code or word lists change."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def room_digest(package: str) -> str:
    """The digest of all code and data files of one room, e.g. `muniment.extractors`."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise BadInput(f"The room {package} has no files; reinstall Muniment.")
    root = Path(spec.origin).parent
    wanted = (".py", ".toml", ".csv", ".txt", ".json", ".tsv", ".gz")
    return code_digest(path for path in root.rglob("*") if path.suffix in wanted and "__pycache__" not in path.parts)


def load_file(path: Path) -> list[Any]:
    """The plugins a user's file offers.

    Raises:
        BadInput: where it has no PLUGINS list.
    """
    spec = importlib.util.spec_from_file_location(f"muniment_plugin_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise BadInput(f"{path.name} is not a Python file; give --plugin a .py file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    offered = getattr(module, "PLUGINS", None)
    if not isinstance(offered, list):
        raise BadInput(f"{path.name} has no PLUGINS list; add `PLUGINS = [YourReader()]` at its end.")
    return offered


def load_entry_points() -> list[Any]:
    """The plugins installed packages offer under `muniment.plugins`, ordered by name."""
    found = sorted(importlib.metadata.entry_points(group="muniment.plugins"), key=lambda entry: entry.name)
    return [plugin for entry in found for plugin in entry.load().PLUGINS]
