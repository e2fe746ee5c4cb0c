"""Places by the shipped gazetteer, in invented texts of real countries: right, or left open, never silently wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from muniment import extractors
from muniment.model import Claim, Document
from muniment.plugins import Lexicon
from muniment.reference import parties, places
from muniment.reference.index import PlaceIndex

GOLDEN = Path(__file__).parents[2] / "golden" / "english" / "places.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(PlaceIndex(places.shipped()), parties.shipped())


def read(text: str, lexicon: Lexicon) -> list[Claim]:
    """The casualty claims of a news item of 4 May 2031."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-05-04", None, "en", "news"
    )
    return [claim for claim in extractors.extract(document, text, lexicon) if claim.kind == "casualty"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_a_place_is_the_one_meant_or_is_left_open(row: dict, lexicon: Lexicon) -> None:
    found = [
        [claim.quote[:40], claim.where.raw if claim.where else None, claim.where.place if claim.where else None]
        for claim in read(row["text"], lexicon)
    ]
    assert found == row["places"]


def test_other_vowels_give_candidates_and_no_place(lexicon: Lexicon) -> None:
    text = "Yemen: on 15 July a boat hit a sea mine off Hodeidah; four crew members died."
    (claim,) = read(text, lexicon)
    assert claim.where is not None
    assert claim.where.place is None
    assert any("Hudaydah" in name.name for id_ in claim.where.candidates for name in lexicon.gazetteer.get(id_).names)
