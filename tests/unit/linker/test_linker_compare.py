"""Comparing: weapons as a lattice, places through their names and nesting, and every weight explained."""

from __future__ import annotations

import pytest

from linker_world import WORLD, told
from muniment.linker import weapons
from muniment.linker.compare import compare
from muniment.linker.event import Event, of_claim
from muniment.linker.parts import is_part
from muniment.linker.places import Places
from muniment.linker.weights import CANDIDATE, SPECIFIC, TOGETHER, WEIGHTS, WORDS

PLACES = Places(WORLD, {})


def event(line: str) -> Event:
    account = told(line)
    claim = account.claims[0]
    return of_claim(claim, account.documents[claim.document], PLACES, "attack")


def test_every_weight_has_its_words() -> None:
    assert set(WEIGHTS) == set(WORDS)
    assert set(WEIGHTS) >= SPECIFIC
    assert CANDIDATE < TOGETHER


@pytest.mark.parametrize(
    ("a", "b", "standing"),
    [
        ("ul:norvik", "ul:norvik", "same"),
        ("ul:norvik", "ul:norvik-dock", "within"),
        ("ul:norvik", "ul:tarn", "apart"),
        ("ul:norvik", "ul:north", "wide"),
        ("ul:north", "ul:north", "wide"),
        ("ul:karsen", "ul:karsen-district", "unknown"),
    ],
)
def test_how_places_stand(a: str, b: str, standing: str) -> None:
    assert PLACES.standing(a, b) == PLACES.standing(b, a) == standing


@pytest.mark.parametrize(
    ("x", "y", "one"),
    [
        ("Scud", "SCUD-B", True),
        ("9M55K", "9N235", True),
        ("M095 DPICM", "M095", True),
        ("BM-21 Grad", "BM-30 Smerch", False),
    ],
)
def test_models_that_can_be_one_weapon(x: str, y: str, one: bool) -> None:
    assert weapons.one_model(weapons.model_key(x), weapons.model_key(y)) is one


def test_a_comparison_is_symmetric_and_adds_up() -> None:
    a = event("a1 | 2031-05-02 Harbour Watch | killed 4 | 2031-05-01 | Norvik | cluster | VE | 4 were killed")
    b = event("b1 | 2031-05-03 Coast Radio | killed 9 | 2031-05-01 | Dockside | mlrs | VE | 9 were killed")
    found = compare(a, b, PLACES)
    assert found == compare(b, a, PLACES)
    assert found.score == pytest.approx(sum(WEIGHTS[mark] for mark in found.marks))
    assert set(found.marks) == {
        "same_day",
        "place_within_place",
        "weapons_compatible",
        "same_party",
        "same_harm",
        "counts_far_apart",
    }


def test_equal_figures_weigh_nothing() -> None:
    a = event("a1 | 2031-05-02 Harbour Watch | killed 21 | 2031-05-01 | Norvik | - | - | 21 were killed")
    b = event("b1 | 2031-05-03 Coast Radio | killed 21 | 2031-05-01 | Norvik | - | - | 21 were killed")
    c = event("b1 | 2031-05-03 Coast Radio | killed >=8 | 2031-05-01 | Norvik | - | - | at least 8 were killed")
    assert compare(a, b, PLACES).score == compare(a, c, PLACES).score


@pytest.mark.parametrize(
    ("what", "quote", "part"),
    [
        ("killed 12", "12 people were killed", False),
        ("killed 12 group:children", "12 civilians, including children, were killed", False),
        ("killed 4 group:children", "including 4 children", True),
        ("killed 4 group:children", "4 children were killed", True),
        ("killed 3", "of whom 3 were medics", True),
        ("killed [Nila Sarov/14]", "Nila Sarov was killed", True),
        ("killed some", "people were killed", False),
    ],
)
def test_what_is_a_part_of_a_total(what: str, quote: str, part: bool) -> None:
    claim = told(f"a1 | 2031-05-02 Harbour Watch | {what} | 2031-05-01 | Norvik | - | - | {quote}").claims[0]
    assert is_part(claim) is part
