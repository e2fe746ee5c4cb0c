"""The parties that ship: states, with their names in many languages and the adjectives made from them.

De facto authorities and armed groups are a case's own (setting `parties`): whether and how one is named is a choice
that belongs to the people of the case. Their usual names ship as words only (`forces`): a text that blames one is then
read as naming somebody; no code is given for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from muniment.model import Party
from muniment.model.vocabulary import PartyKind
from muniment.reference import places, sources


@dataclass(frozen=True, slots=True)
class WordsFor:
    """The English words made from a state's name: adjectives (Armenian) and its people (Armenians)."""

    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    source: str


_ABBREVIATION = 2
"""Two letters mean too many things outside English, where US and UK are usual."""


@lru_cache(maxsize=1)
def shipped() -> tuple[Party, ...]:
    """States by ISO 3166-1 alpha-2, ordered by id: names first (English in front), then adjectives and demonyms."""
    named = {place.id: place for place in places.shipped() if place.id.startswith("iso:")}
    out = []
    for row in sources.table("parties.tsv"):
        known = named[f"iso:{row['id']}"].names
        names = [name.name for name in known if len(name.name) > _ABBREVIATION or name.language == "en"]
        words = words_for()[row["id"]]
        unique = tuple(dict.fromkeys([*names, *words.adjectives, *words.demonyms]))
        out.append(Party(row["id"], unique, cast(PartyKind, row["kind"])))
    return tuple(sorted(out, key=lambda party: party.id))


@lru_cache(maxsize=1)
def words_for() -> Mapping[str, WordsFor]:
    """Adjectives and demonyms by the party's id; a state whose adjective is another's too (Congolese) has none."""
    return {
        row["id"]: WordsFor(
            tuple(filter(None, row["adjectives"].split(";"))),
            tuple(filter(None, row["demonyms"].split(";"))),
            row["source"],
        )
        for row in sources.table("parties.tsv")
    }


@dataclass(frozen=True, slots=True)
class Force:
    """An armed force by its own name: the state whose force it is, None where it is of none or that is disputed."""

    names: tuple[str, ...]
    state: str | None
    source: str


@lru_cache(maxsize=1)
def forces() -> tuple[Force, ...]:
    """Armed forces and groups that texts name without a state's name, as words for finding them."""
    return tuple(
        Force((row["name"], *filter(None, row["also"].split(";"))), row["state"] or None, row["source"])
        for row in sources.table("forces.tsv")
    )
