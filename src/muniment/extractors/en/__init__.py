"""English: the finders, fields and lookups of this pack, and its plugin."""

from __future__ import annotations

from muniment.extractors.en import casualties, levels
from muniment.extractors.mentions import Lookups
from muniment.extractors.pack import Field, Finder, Pack
from muniment.plugins import Extractor

FINDERS: tuple[Finder, ...] = (casualties.find,)
"""What is looked for, one function a kind of thing."""

FIELDS: tuple[Field, ...] = (levels.fill,)
"""What is filled in afterwards, in this order."""

LOOKUPS = Lookups(
    dates=lambda view, start, end: (),
    weapons=lambda view, start, end: (),
    parties=lambda view, start, end, lexicon: (),
    places=lambda view, start, end, lexicon: (),
)

PLUGINS: list[Extractor] = [Pack("english", "1", ("en",), LOOKUPS, FINDERS, FIELDS)]
