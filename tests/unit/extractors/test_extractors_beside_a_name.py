"""What stands between a name and its age, and a place in front of its sentence, in invented texts."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.model import Claim, Document, Place, PlaceName
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

LAND = Place("t:0", (PlaceName("Ulmar"),), 10.5, 50.5, "country", "country", None, "invented", country="XU")
LEXICON = Lexicon(PlaceIndex([LAND]))


def read(text: str) -> tuple[Claim, ...]:
    """The claims of a news item of 4 May 2031."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-05-04", None, "en", "news"
    )
    return extractors.extract(document, text, LEXICON)


@pytest.mark.parametrize("name", ["Tamsin Rell", "Tamsin R*"])
def test_an_age_behind_a_name_is_no_figure(name: str) -> None:
    (claim,) = read(f"{name}, 31, was injured in Velm.")
    assert claim.count is not None
    assert claim.count.best == 1
    assert [person.age for person in claim.persons] == [31]


@pytest.mark.parametrize("name", ["Tamsin R* (not her real name)", "Tamsin R. (not her real name)"])
def test_an_age_behind_a_name_and_brackets_is_no_figure(name: str) -> None:
    (claim,) = read(f"{name}, 31, was injured in Velm.")
    assert claim.count is not None
    assert claim.count.best == 1
    assert [(person.age, person.pseudonym) for person in claim.persons] == [(31, True)]


def test_an_unknown_place_behind_the_harm_is_kept_as_written() -> None:
    (claim,) = read("Five people were injured by a landmine in Brastov, Ulmar, on 5 March 2031.")
    assert claim.where is not None
    assert claim.where.raw == "Brastov"


def test_an_unknown_place_that_opens_its_sentence_is_kept_as_written() -> None:
    (claim,) = read("Ulmar is at war. In Brastov, five people were injured by a landmine on 5 March 2031.")
    assert claim.where is not None
    assert claim.where.raw == "Brastov"
