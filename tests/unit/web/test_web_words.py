"""Numbers, dates and counts as the pages write them."""

from __future__ import annotations

import pytest

from muniment.model import Count, Place, PlaceName
from muniment.web import words


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2031-03-09", "9 March 2031"),
        ("2031-03-09T16:40", "9 March 2031, 16:40"),
        ("2031-03-09T16:40:00Z", "9 March 2031, 16:40 UTC"),
        ("2031-03-09T16:40+04:00", "9 March 2031, 16:40 (UTC+04:00)"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("203X", "2030s"),
        ("2031-21", "spring 2031"),
        ("2031-03-09~", "about 9 March 2031"),
        ("2031-03-07/2031-03-16", "7 to 16 March 2031"),
        ("2031-02-27/2031-03-16", "27 February to 16 March 2031"),
        ("2030-12-27/2031-01-16", "27 December 2030 to 16 January 2031"),
        ("2031-03/2031-05", "March to May 2031"),
        ("2031-03-07/..", "from 7 March 2031"),
        ("../2031-03-07", "until 7 March 2031"),
        ("[2031-03-07,2031-03-09]", "7 March 2031 or 9 March 2031"),
        ("2031-XX-XX", "2031"),
        ("something else", "something else"),
        (None, "not dated"),
    ],
)
def test_dates_in_words(edtf: str | None, said: str) -> None:
    assert words.edtf(edtf) == said


def test_short_dates_and_moments() -> None:
    assert words.edtf("2031-09-09", short=True) == "9 Sept 2031"
    assert words.edtf("2031-09-09T10:00Z", short=True, time=False) == "9 Sept 2031"
    assert words.moment("2032-11-14T10:12:41+01:00") == "14 Nov 2032, 09:12 UTC"
    assert words.moment("yesterday") == "yesterday"
    assert words.moment(None) == "not known"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count.of("exact", 17, "seventeen"), ("", "17")),
        (Count.of("at_least", 1200, "at least 1,200"), ("at least", "1,200")),
        (Count.of("range", 16, "16 to 19", upper=19), ("16 to", "19")),
        (Count.of("as_many_as", 40, "up to 40"), ("up to", "40")),
        (Count.of("vague", None, "dozens", lower=24), ("", "“dozens”")),
    ],
)
def test_counts_keep_their_qualifier(count: Count, said: tuple[str, str]) -> None:
    assert words.bounds(count) == said


def test_names_with_a_face_and_names_someone_prefers_come_first() -> None:
    names = ("Darsun", "达尔松", "Dorosan", "Дарсун")
    place = Place(
        "p", tuple(PlaceName(n, None, "VESH" if n == "Dorosan" else None) for n in names), None, None, "locality",
        "locality", None, "case",
    )  # fmt: skip
    assert [name for name, _ in words.other_names(place)] == ["Dorosan", "Дарсун", "达尔松"]
