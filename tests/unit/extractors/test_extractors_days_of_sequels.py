"""The day of an event, and the days of what came after or went before it, in invented texts."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.model import Document
from muniment.plugins import Lexicon
from muniment.reference import parties, places
from muniment.reference.index import PlaceIndex

LEXICON = Lexicon(PlaceIndex(places.shipped()), parties.shipped())


def days(text: str) -> dict[str, str | None]:
    """The dates of the casualty claims of a report of July 2031, by their words."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-07-04", None, "en", "report"
    )
    claims = [claim for claim in extractors.extract(document, text, LEXICON) if claim.kind == "casualty"]
    return {claim.quote: claim.when.edtf if claim.when else None for claim in claims}


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        (
            "On 3 April 2031 a shell hit a bus, killing two. The driver bled out, a medic said; his wife Awa Traoré "
            "died six days later. Four people were wounded.",
            "Four people were wounded",
            "2031-04-03",
        ),
        (
            "On 3 April 2031 a shell hit a bus, killing two. The driver bled out, a medic said; his wife Awa Traoré "
            "died six days later. Four people were wounded.",
            "his wife Awa Traoré died",
            "2031-04-09",
        ),
        (
            "On 3 June 2031, gunmen attacked a market, killing 20 people. Five of the wounded died "
            "over the following 48 hours.",
            "Five of the wounded died",
            None,
        ),
        (
            "We interviewed 12 people between 6 and 18 June 2031.\n\nOn 12 May 2031, a rocket hit a bakery. "
            "Two of them were killed.",
            "Two of them were killed",
            "2031-05-12",
        ),
        (
            "On 20 March 2031, drones struck a depot. Two days later, a second strike killed seven people.",
            "killed seven people",
            "2031-03-22",
        ),
        (
            "A blast on 20 March 2031 wounded ten. Three days later, four of them died.",
            "four of them died",
            "2031-03-23",
        ),
    ],
)
def test_a_later_death_has_its_own_day_and_lends_it_to_nothing(text: str, words: str, edtf: str | None) -> None:
    assert days(text)[words] == edtf
