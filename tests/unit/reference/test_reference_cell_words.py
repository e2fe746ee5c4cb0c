"""What cells say, and which are refused rather than guessed at."""

from __future__ import annotations

import pytest

from muniment.reference import cell_words
from muniment.reference.cell_words import BadCell, Figure
from muniment.reference.table_mapping import Value


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("12", Figure("exact", 12)),
        ("12.0", Figure("exact", 12)),
        ("1,200", Figure("exact", 1200)),
        ("1 200", Figure("exact", 1200)),
        ("1\u00a0200\u00a0000", Figure("exact", 1_200_000)),
        ("١٢", Figure("exact", 12)),
        ("12+", Figure("at_least", 12)),
        (">= 12", Figure("at_least", 12)),
        ("at least 12", Figure("at_least", 12)),
        ("> 12", Figure("more_than", 12)),
        ("up to 40", Figure("as_many_as", 40)),
        ("≤40", Figure("as_many_as", 40)),
        ("<5", Figure("less_than", 5)),
        ("~50", Figure("about", 50)),
        ("approx. 1,500", Figure("about", 1500)),
        ("10-15", Figure("range", 10, 15)),
        ("between 10 and 15", Figure("range", 10, 15)),
    ],
)
def test_figures_with_their_qualifiers(words: str, figure: Figure) -> None:
    assert cell_words.figure(words) == figure


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("several", "not a whole number"),
        ("2.5", "not a whole number"),
        ("1.200", "two ways"),
        ("-3", "negative"),
        ("15-10", "ends below"),
        ("2031-03-09", "not a whole number"),
        ("9" * 30, "not a whole number"),
        ("9" * 13, "larger than any"),
        ("12 or 13", "not a whole number"),
    ],
)
def test_what_is_no_figure(words: str, why: str) -> None:
    with pytest.raises(BadCell, match=why):
        cell_words.figure(words)


@pytest.mark.parametrize(
    ("words", "formats", "edtf"),
    [
        ("2031-03-09", (), "2031-03-09"),
        ("2031-03-09 00:00:00.000", (), "2031-03-09"),
        ("2031-03-09T14:30", (), "2031-03-09T14:30:00"),
        ("2031-03-09T14:30:10+04:00", (), "2031-03-09T14:30:00+04:00"),
        ("2031-03", (), "2031-03"),
        ("2031", (), "2031"),
        ("9 March 2031", (), "2031-03-09"),
        ("March 9, 2031", (), "2031-03-09"),
        ("2031/03/09", (), "2031-03-09"),
        ("09/03/2031", ("%d/%m/%Y",), "2031-03-09"),
        ("3/9/2031 14:30", ("%m/%d/%Y", "%m/%d/%Y %H:%M"), "2031-03-09T14:30:00"),
        ("2031-03-09/2031-03-12", (), "2031-03-09/2031-03-12"),
        ("2031-03~", (), "2031-03~"),
    ],
)
def test_days_as_edtf(words: str, formats: tuple[str, ...], edtf: str) -> None:
    assert cell_words.day(words, formats) == edtf


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("09/03/2031", "two ways"),
        ("30/12/2031", "two ways"),
        ("2031-02-30", "not a date"),
        ("2031-13-01", "not a date"),
        ("45000", "not a date"),
        ("last Tuesday", "not a date"),
    ],
)
def test_what_is_no_date(words: str, why: str) -> None:
    with pytest.raises(BadCell, match=why):
        cell_words.day(words)


def test_times_of_day() -> None:
    assert [cell_words.time_of_day(words) for words in ("9:30", "0930", "09:30:15", "9.30")] == ["09:30"] * 4
    for words in ("25:00", "noon", "9:75"):
        with pytest.raises(BadCell):
            cell_words.time_of_day(words)


def test_degrees() -> None:
    assert (cell_words.degrees("-0.0691", 90), cell_words.degrees("34,64", 180)) == (-0.0691, 34.64)
    for words, most in (("91", 90.0), ("north", 90.0), ("nan", 180.0), ("1e2", 180.0)):
        with pytest.raises(BadCell):
            cell_words.degrees(words, most)


def test_a_cell_split_coded_or_written_to_a_template() -> None:
    several = Value(column="who", split=";", take="each")
    assert cell_words.pieces(several, 'a; "b" ;;c') == ["a", "b", "c"]
    assert cell_words.pieces(Value(column="who", split=";", take="last"), "a;b") == ["b"]
    coded = Value(column="p", values={"1": "day"})
    assert cell_words.pieces(coded, " 1 ") == ["day"]
    with pytest.raises(BadCell, match="code"):
        cell_words.pieces(coded, "9")
    cited = "{publisher} ({published}) {title}"
    words = "The Post (Coast) (2031-03-09) Shells (again) on Norvik"
    parts = {part: Value(column="s", template=cited, part=part) for part in ("publisher", "published", "title")}
    assert {part: cell_words.pieces(value, words)[0] for part, value in parts.items()} == {
        "publisher": "The Post (Coast)",
        "published": "2031-03-09",
        "title": "Shells (again) on Norvik",
    }
    with pytest.raises(BadCell, match="template"):
        cell_words.pieces(parts["title"], "Shells on Norvik")
