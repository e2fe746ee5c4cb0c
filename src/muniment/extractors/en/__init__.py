"""English: the finders, fields and lookups of this pack, and its plugin."""

from __future__ import annotations

from muniment.extractors.en import (
    aggregates,
    event_dates,
    event_weapons,
    everything,
    held_responsible,
    levels,
    parties,
    sources,
    spots,
    weapons,
    where,
    witnesses,
)
from muniment.extractors.mentions import Lookups
from muniment.extractors.pack import Field, Finder, Pack
from muniment.plugins import Extractor

FINDERS: tuple[Finder, ...] = (everything.find,)
"""What is looked for, one function a kind of thing."""

FIELDS: tuple[Field, ...] = (
    event_dates.fill,
    aggregates.fill,
    where.fill,
    event_weapons.fill,
    sources.fill,
    witnesses.fill,
    held_responsible.fill,
    levels.fill,
)
"""What is filled in afterwards, in this order."""

LOOKUPS = Lookups(
    dates=event_dates.lookup,
    weapons=weapons.lookup,
    parties=parties.lookup,
    places=spots.lookup,
)

PLUGINS: list[Extractor] = [Pack("english", "1", ("en",), LOOKUPS, FINDERS, FIELDS)]
