"""Quick looks before the long patterns: they may let through too much, never too little."""

from __future__ import annotations

import pytest

from muniment.extractors.en.date_grammar import BEGINNING, LONGEST_BEGINNING
from muniment.extractors.wordlists import telling


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("(?:armed |special )*forces", "armed forces"),
        ("militar(?:y|ies)", "militaries"),
        ("soldiers?", "soldier"),
        ("servicem[ea]n", "serviceman"),
        ("(?:army|navy) (?:members?|officers?)", "navy member"),
        ("air ?-?strikes?", "airstrike"),
        ("f-\\d+s?", "f-16s"),
    ],
)
def test_a_telling_part_stands_in_whatever_a_phrase_allows(phrase: str, written: str) -> None:
    assert telling([phrase]).search(written) is not None


def test_a_text_without_a_telling_part_is_passed_over() -> None:
    assert telling(["(?:armed )*forces", "soldiers?"]).search("the road was closed") is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("month", "the twenty-first of march 2031"),
        ("month", "late september"),
        ("weekday", "fri. 3 may"),
        ("figure", "the summer of 2031"),
        ("season", "last winter"),
        ("counted", "a couple of days ago"),
        ("counted", "the day before yesterday"),
    ],
)
def test_a_date_may_begin_at_its_first_word(kind: str, words: str) -> None:
    assert BEGINNING[kind].match(words) is not None


def test_no_first_word_of_a_date_is_longer_than_is_looked_for() -> None:
    words = [word for pattern in BEGINNING.values() for word in pattern.pattern.split("|")]
    assert max(len(word.replace(r"\s{1,9}", " ").strip("()\\b?:")) for word in words[2:]) <= LONGEST_BEGINNING
