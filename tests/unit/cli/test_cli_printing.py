"""Figures, dates and tables as a person reads them."""

from __future__ import annotations

import datetime as dt

import pytest

from muniment.cli import describing, printing, serving
from muniment.errors import BadInput


@pytest.mark.parametrize(
    ("low", "best", "high", "shown"),
    [
        (None, None, None, "–"),
        (12, 12, 12, "12"),
        (15, 13, 15, "15 (best 13)"),
        (0, 0, 0, "0"),
        (3, 4, 5, "3–5 (best 4)"),
        (3, None, 5, "3–5"),
        (12, 12, None, "12 or more"),
        (12, 14, None, "12 or more (best 14)"),
        (None, None, 40, "up to 40"),
        (None, 50, None, "number unknown (best 50)"),
    ],
)
def test_figure(low: int | None, best: int | None, high: int | None, shown: str) -> None:
    assert printing.figure(low, best, high) == shown


def test_day_range() -> None:
    day = dt.date(2031, 5, 3)
    assert describing.day_range(day, day) == "2031-05-03"
    assert describing.day_range(day, None) == "2031-05-03 – …"
    assert describing.day_range(None, None) == "date unknown"


def test_wide_letters_and_control_characters_keep_the_columns() -> None:
    text = printing.table(["a", "b"], [("漢字", "x"), ("e\u0301", "\x1b[31mred\x1b[0m")])
    lines = text.splitlines()[1:]
    assert len({printing.width(line.split("  ")[0]) for line in lines}) >= 1
    assert "\x1b[31m" not in text, "a source cannot colour our terminal"
    assert printing.width("漢字") == 4
    assert printing.width("e\u0301") == 1


def test_cut_shortens_with_an_ellipsis() -> None:
    assert printing.cut("one two\nthree", 8) == "one two…"
    assert printing.cut("short", 8) == "short"


def test_what_to_do_is_never_cut_and_a_figure_never_gives_way() -> None:
    advice = "The file is a PDF that cannot be opened, cut short perhaps; ask whoever sent it for a whole copy. " * 3
    text = printing.table(
        ["figure", "file", "what to do"], [("13–14 (best 13)", "a" * 90, advice)], whole=[0], unfold=[2]
    )
    assert "13–14 (best 13)" in text
    told = " ".join(text.split())
    assert told.count("copy.") == 3
    assert "…" in told, "the file's name gives way"
    assert max(printing.width(line) for line in text.splitlines()) <= printing.columns()


def test_numbers_in_words() -> None:
    assert printing.number(0, "claim") == "no claims"
    assert printing.number(1, "entry", "entries") == "1 entry"
    assert printing.number(12000, "entry", "entries") == "12\u202f000 entries"


def test_an_example_that_is_not_installed() -> None:
    with pytest.raises(BadInput, match="reinstall"):
        serving.example("nowhere-1999")
