"""A language pack: finders, fields and lookups brought together into one extractor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from muniment.extractors.draft import Draft
from muniment.extractors.mentions import Lookups, Mentions
from muniment.extractors.repeats import join_repeats
from muniment.extractors.view import View
from muniment.model import Claim, Document, MadeBy
from muniment.plugins import Lexicon, room_digest

Finder = Callable[[View, Mentions], Iterable[Draft]]
Field = Callable[[Draft, View, Mentions], None]


@lru_cache(maxsize=1)
def _digest() -> str:
    return room_digest("muniment.extractors")


@dataclass(slots=True)
class Pack:
    """An extractor for one language (Protocol `muniment.plugins.Extractor`)."""

    name: str
    version: str
    languages: Sequence[str]
    lookups: Lookups
    finders: tuple[Finder, ...]
    fields: tuple[Field, ...]

    def extract(self, document: Document, text: str, lexicon: Lexicon) -> tuple[Claim, ...]:
        """The claims of one document, with reasons and what made them; `extract_words` orders them and gives ids."""
        view = View(document, text)
        mentions = Mentions(view, lexicon, self.lookups)
        drafts = [draft for find in self.finders for draft in find(view, mentions)]
        drafts = join_repeats(drafts, view)
        for draft in drafts:
            for fill in self.fields:
                fill(draft, view, mentions)
        made_by = MadeBy(tool=self.name, version=self.version, sha256=_digest())
        return tuple(draft.finish(view, made_by) for draft in drafts)
