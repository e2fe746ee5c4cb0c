"""When, with what, by whom and on whose word: the fields around a claim, in invented texts."""

import time
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.extractors.draft import Draft
from muniment.extractors.en import event_dates, event_weapons, held_responsible, parties, sources, weapons
from muniment.extractors.mentions import Lookups, Mentions
from muniment.extractors.view import View
from muniment.model import Document, Party
from muniment.model.vocabulary import ClaimKind, DocumentKind
from muniment.plugins import Lexicon

GOLDEN = Path(__file__).parents[2] / "golden" / "english"
ROWS: list[dict[str, Any]] = [
    row
    for name in ("fields.toml", "accounts.toml")
    for row in tomllib.loads((GOLDEN / name).read_text(encoding="utf-8"))["row"]
]
PARTIES = (
    Party("NL0", ("Norland", "Norlandish"), "state"),
    Party("SM0", ("Sudmark", "Sudmarker"), "state"),
    Party("FVA", ("Free Valley Army",), "armed_group"),
)
LOOKUPS = Lookups(event_dates.lookup, weapons.lookup, parties.lookup, lambda view, start, end, lexicon: ())


class NoPlaces:
    """A gazetteer that knows no place."""

    digest = "none"


LEXICON = Lexicon(cast(Any, NoPlaces()), PARTIES, {})


def document(text: str, kind: str = "news") -> Document:
    """A document of the Tamar Centre, published on Thursday, 20 March 2031."""
    published, publisher = "2031-03-20", "Tamar Centre"
    return Document(
        "d", "e", "a.txt", 0, "k", 0, len(text), None, publisher, published, None, "en", cast(DocumentKind, kind)
    )


def read(row: dict[str, Any]) -> Draft:
    """The draft at the marked word, with its fields filled in the order of the pack."""
    marked = str(row["text"])
    at = marked.index("«")
    word = marked[at + 1 : marked.index("»")]
    text = marked.replace("«", "").replace("»", "")
    view = View(document(text, row.get("kind_of_document", "news")), text)
    sentence = view.sentence_at(at)
    assert sentence is not None
    draft = Draft(
        cast(ClaimKind, row.get("kind", "casualty")),
        sentence,
        at,
        at + len(word),
        (at, at + len(word)),
        aggregate=row.get("aggregate", False),
    )
    mentions = Mentions(view, LEXICON, LOOKUPS)
    for fill in (event_dates.fill, event_weapons.fill, sources.fill, held_responsible.fill):
        fill(draft, view, mentions)
    return draft


@pytest.mark.parametrize("row", [row for row in ROWS if "when" in row], ids=lambda row: row["text"][:60])
def test_the_date_is_the_event_s(row: dict[str, Any]) -> None:
    draft = read(row)
    assert (draft.when.edtf if draft.when else "none") == row["when"]
    if "basis" in row:
        assert draft.when is not None
        assert draft.when.basis == row["basis"]


@pytest.mark.parametrize("row", [row for row in ROWS if "weapon" in row], ids=lambda row: row["text"][:60])
def test_the_weapon_is_what_reached_people(row: dict[str, Any]) -> None:
    draft = read(row)
    assert (draft.weapon.class_ if draft.weapon else "none") == row["weapon"]
    if draft.weapon is not None:
        assert draft.weapon.model == row.get("model", draft.weapon.model)
        assert draft.weapon.certainty == row.get("weapon_certainty", draft.weapon.certainty)


@pytest.mark.parametrize("row", [row for row in ROWS if "party" in row], ids=lambda row: row["text"][:60])
def test_the_party_is_whoever_is_held_responsible(row: dict[str, Any]) -> None:
    draft = read(row)
    found = "none" if draft.party is None else draft.party.id or "unknown"
    assert found == row["party"]
    if "party_words" in row:
        assert draft.party is not None
        assert draft.party.raw == row["party_words"]
    if draft.party is not None and "party_certainty" in row:
        assert draft.party.certainty == row["party_certainty"]


@pytest.mark.parametrize("row", [row for row in ROWS if "source" in row], ids=lambda row: row["text"][:60])
def test_the_source_goes_back_to_the_origin(row: dict[str, Any]) -> None:
    draft = read(row)
    assert draft.source[0].type == "self"
    assert draft.source[-1].type == row["source"]
    if "chain" in row:
        assert [link.type for link in draft.source] == row["chain"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_every_field_says_which_words_gave_it(row: dict[str, Any]) -> None:
    text = str(row["text"]).replace("«", "").replace("»", "")
    draft = read(row)
    for name in ("when", "weapon", "party", "source"):
        if getattr(draft, name):
            reason = draft.why[name]
            assert reason.start is not None
            assert reason.end is not None
            assert reason.words == text[reason.start : reason.end]


WORDS = st.sampled_from(
    [
        "on", "5 March", "yesterday", "Norlandish", "Sudmark", "forces", "shelling", "killed", "nine", "people", "said",
        "according to", "reportedly", "the ministry", "by", "rocket", "Scud-B", "not", "“", "”", '"', ".", ",", ":",
        "they", "both sides", "allegedly", "- ", "1", "¹", "The", "in the same strike", "since", "Smerch",
        "(", ")", "[",
        "\n\n",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40))
def test_odd_texts_are_read_without_harm(words: list[str]) -> None:
    text = " ".join(words).replace("«", "") + " nine were «killed» here"
    draft = read({"text": text})
    assert draft.source


def test_time_grows_with_length_only() -> None:
    once = (
        "According to the ministry Norlandish forces fired rockets at the army of Sudmark by the river and said so. "
        * 150
    )

    def took(text: str) -> float:
        began = time.perf_counter()
        view = View(document(text), text)
        mentions = Mentions(view, LEXICON, LOOKUPS)
        for sentence in view.sentences[::5]:
            draft = Draft("casualty", sentence, sentence.start, sentence.end, (sentence.start, sentence.start + 1))
            for fill in (event_dates.fill, event_weapons.fill, sources.fill, held_responsible.fill):
                fill(draft, view, mentions)
        return time.perf_counter() - began

    short = took(once)
    assert took(once * 6) < 6 * short * 4 + 0.5
