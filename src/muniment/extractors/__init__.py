"""Document → claims: what one source asserts, at which exact words, how firmly and on whose authority.

How a document is read, in order (each step is a file of this room; a language pack is a folder such as `en/`):

1. `view.View` lays the document out: plain text of the same length (`clean`, `low`), blocks, sentences, quotations,
   footnotes. Every offset is one of the exhibit's text.
2. The pack's *finders* `(view, mentions) -> Iterable[Draft]` look for what is said, one file a kind of thing. A draft
   has a kind, a span, an anchor (the word that carries it) and what the words themselves give: harm, count, victims.
3. The pack's *fields* `(draft, view, mentions) -> None` fill the rest of each draft: date, place, weapon, party,
   source chain, firmness. They look up what is named through `mentions` (each sentence once), and say why in
   `draft.why`. A field named in `draft.settled` is left as the finder made it.
4. `repeats` joins what one document says twice in the same words: the repeats become mentions of the first.
5. `model.with_ids` orders the claims and gives them their ids.

Languages are packs: a folder with its word lists as TOML, one file a kind of thing, and its plugin, which names its
finders and fields. What no language owns (layout, places, context, repeats) stands beside the packs, and so does
`table_rows`, which reads a table's row by its mapping and no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from muniment.extractors.en import PLUGINS as _ENGLISH
from muniment.extractors.shifting import shifted
from muniment.extractors.table_rows import PLUGINS as _ROWS
from muniment.extractors.table_rows import ROWS
from muniment.model import Claim, Document, with_ids
from muniment.plugins import Extractor, Lexicon

PLUGINS: list[Extractor] = [*_ENGLISH, *_ROWS]
"""The language packs that ship, in the order they are asked; last what reads rows of tables, in whatever language."""


def languages(plugins: Sequence[Extractor] = ()) -> frozenset[str]:
    """The languages there is a pack for, shipped or among the user's `plugins`, as BCP 47 primary tags."""
    return frozenset(language for plugin in (*PLUGINS, *plugins) for language in plugin.languages)


def extract(document: Document, text: str, lexicon: Lexicon) -> tuple[Claim, ...]:
    """The claims of one document, in reading order.

    A document of unknown language is read with the first pack; one in a language without a pack yields nothing (the
    case lists it as not extracted).

    Args:
        document: with `start` and `end` into `text`.
        text: the whole exhibit's text; spans are offsets into it.
        lexicon: places, parties and settings of the case.
    """
    return extract_words(document, text[document.start : document.end], lexicon)


def extract_words(
    document: Document, words: str, lexicon: Lexicon, plugins: Sequence[Extractor] = ()
) -> tuple[Claim, ...]:
    """As `extract`, from the document's own words alone: a message of a long chat costs no more than a short file.

    Args:
        document: as it stands in its exhibit.
        words: the exhibit's text from `document.start` to `document.end`.
        lexicon: places, parties and settings of the case; for a table's row its cells, with offsets into `words`.
        plugins: the user's own extractors, asked after those that ship.
    """
    wanted = document.language.split("-")[0].lower() if document.language else None
    if lexicon.row is not None:
        wanted = ROWS
    alone = replace(document, start=0, end=len(words))
    claims: list[Claim] = []
    for plugin in (*PLUGINS, *plugins):
        if wanted is None or wanted in plugin.languages:
            claims.extend(shifted(claim, document.start) for claim in plugin.extract(alone, words, lexicon))
            if wanted is None:
                break
    return with_ids(claims, document.exhibit, document.key)
