"""Victims by name on casualty claims: age, sex, relation as written, pseudonyms; who speaks or orders is no victim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from muniment import extractors
from muniment.model import Claim, Document
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

GOLDEN = Path(__file__).parents[2] / "golden" / "english" / "victims.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
LEXICON = Lexicon(PlaceIndex([]))


def read(text: str) -> list[Claim]:
    """The casualty claims of a news item of 4 May 2031."""
    document = Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-05-04", None, "en", "news"
    )
    return [claim for claim in extractors.extract(document, text, LEXICON) if claim.kind == "casualty"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_victims_are_named_with_what_is_told_of_them(row: dict) -> None:
    victims: dict[str, list[object]] = {}
    others: dict[str, str] = {}
    for claim in read(row["text"]):
        for p in claim.persons:
            if p.role == "victim":
                victims[p.name] = [p.name, p.age, p.sex, p.relation, p.pseudonym]
            else:
                others[p.name] = p.role
    assert list(victims.values()) == row["victims"]
    assert others == row.get("others", {})


def test_two_names_and_the_ages_of_both_are_two_people() -> None:
    (claim,) = read("Lena and Tomas Orvik, 8 and 10, were killed while herding goats.")
    assert claim.count is not None
    assert claim.count.best == 2
    assert [(p.name, p.age) for p in claim.persons] == [("Lena", 8), ("Tomas Orvik", 10)]


def test_names_told_apart_go_to_the_claim_that_counts_as_many() -> None:
    text = "Two guards were killed and nine injured. The dead men were named as Odo Marr, 41, and Ivo Tenn, 30."
    killed = [claim for claim in read(text) if claim.harm == ("killed",) and claim.persons]
    assert [[p.name for p in claim.persons] for claim in killed] == [["Odo Marr", "Ivo Tenn"]]


@pytest.mark.parametrize(
    "text",
    [
        "Five people were killed. Among them, said Odo Marr, 41, were two nurses.",
        "A guard identified as Private Odo Marr shot the boy.",
        "Killed: 14 people. Source: Odo Marr, hospital director.",
        "Odo Marr, the mayor, said that nobody had been killed.",
        "Odo Marr, a nun who ran the school, could have been killed.",
    ],
)
def test_who_speaks_or_acts_is_no_victim(text: str) -> None:
    assert [p.name for claim in read(text) for p in claim.persons if p.role == "victim"] == []
