"""Where the shipped tables come from: every row of a table names one of these by its tag."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work or data set: title, address, and the licence its use here rests on."""

    tag: str
    title: str
    address: str
    licence: str


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped tab-separated table, by column."""
    text = resources.files(__name__.rpartition(".")[0]).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def all() -> Mapping[str, Reference]:
    """Every work the shipped tables rest on, by tag."""
    return {row["tag"]: Reference(**row) for row in table("sources.tsv")}
