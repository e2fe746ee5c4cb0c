"""Grades suggested: from how many independent sources tell of an incident, and whom they hold responsible."""

from __future__ import annotations

import pytest

from linker_world import link_text, told
from muniment.linker import lineages
from muniment.model import Party, Suggestion
from muniment.tally import Speakers, suggest

PARTIES = (
    Party("VE", ("Vell",), "state"),
    Party("BG", ("The Blue Guard", "Blue Guard"), "armed_group"),
    Party("UL", ("Ulmar", "UL"), "state"),
)
DAY = "2031-03-09 | Norvik | artillery"


def suggested(text: str) -> Suggestion | None:
    found, account = link_text(text), told(text)
    first = account.claims[0].id
    lineage = lineages(found.claims.values(), account.documents, found.linkage.relations)
    incident = found.incident(first)
    return suggest(incident, [found.claims[id_] for id_ in incident.claims], lineage, Speakers(PARTIES))


def grade(text: str) -> str | None:
    made = suggested(text)
    return None if made is None else made.grade


def test_one_source_is_weak_and_two_are_fair() -> None:
    one = f"a1 | 2031-03-10 Harbour Watch | killed 5 | {DAY} | VE | 5 people were killed in Norvik"
    assert grade(one) == "weak"
    two = one + f"\nb1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | VE | 5 dead after shells hit Norvik"
    assert suggested(two) == Suggestion(
        "fair", ("2 independent sources tell of people killed or injured, in 2 claims.",)
    )


def test_a_copy_is_no_second_source() -> None:
    words = "The Health Office of Norvik said that 5 people were killed when the eastern quarter was hit before dawn"
    assert (
        grade(f"""
    a1 | 2031-03-10 Harbour Watch < Health Office:official_doc | killed 5 | {DAY} | - | {words}
    b1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | - | {words}
    """)
        == "weak"
    )


def test_two_that_cite_one_origin_are_one_source() -> None:
    assert (
        grade(f"""
    a1 | 2031-03-10 Harbour Watch < Health Office:official_doc | killed 5 | {DAY} | - | 5 people were killed, it said
    b1 | 2031-03-11 Coast Radio < Health Office:official_doc | killed 5 | {DAY} | - | the dead were 5, officials said
    """)
        == "weak"
    )


@pytest.mark.parametrize("held", ["BG", "BG alleged"])
def test_different_parties_held_responsible_by_independent_sources_contest_it(held: str) -> None:
    made = suggested(f"""
    a1 | 2031-03-10 Harbour Watch | killed 5 | {DAY} | VE | 5 people were killed in Norvik by Vell
    b1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | {held} | 5 dead after shells hit Norvik
    """)
    assert made is not None
    assert made.grade == "contested"
    assert made.why[0] == "Independent sources hold different parties responsible: BG; VE."


def test_a_party_shared_by_both_sides_contests_nothing() -> None:
    assert (
        grade(f"""
    a1 | 2031-03-10 Harbour Watch | killed 5 | {DAY} | VE | 5 people were killed in Norvik by Vell
    b1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | VE+BG | 5 dead after shells hit Norvik
    """)
        == "fair"
    )


def test_a_party_that_accepts_in_its_own_words_confirms() -> None:
    made = suggested(f"""
    a1 | 2031-03-10 Harbour Watch < Defence Ministry of Vell:party_state | killed 5 | {DAY} | VE | our shells killed 5
    """)
    assert made is not None
    assert made.grade == "confirmed"
    assert made.why[0] == "VE accepts responsibility in its own words."


def test_a_party_that_accuses_another_accepts_nothing() -> None:
    assert (
        grade(f"""
    a1 | 2031-03-10 Harbour Watch < Defence Ministry of Vell:party_state | killed 5 | {DAY} | BG | the Guard killed 5
    """)
        == "weak"
    )


def test_a_witness_from_a_town_named_like_a_party_accepts_nothing() -> None:
    assert grade(f"a1 | 2031-03-10 Harbour Watch < people in Vell:witness | killed 5 | {DAY} | VE | 5 killed") == "weak"


def test_a_newspaper_named_after_a_party_accepts_nothing() -> None:
    assert grade(f"a1 | 2031-03-10 Vell Times | killed 5 | {DAY} | VE | 5 killed by Vell") == "weak"


def test_a_denial_is_told_and_contests_nothing() -> None:
    made = suggested(f"""
    a1 | 2031-03-10 Harbour Watch | killed 5 | {DAY} | VE | 5 people were killed in Norvik by Vell
    b1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | VE | 5 dead after shells hit Norvik
    +b2 | 2031-03-11 Coast Radio | killed 5 | {DAY} | VE denied | Vell says the 5 were not killed by its shells
    """)
    assert made is not None
    assert made.grade == "fair"
    assert "VE denies it, which alone does not make it contested." in made.why


def test_combatants_only_discounts() -> None:
    assert (
        grade(f"a1 | 2031-03-10 Harbour Watch | killed 5 combatant | {DAY} | VE | 5 soldiers were killed")
        == "discounted"
    )
    assert (
        grade(f"""
    a1 | 2031-03-10 Harbour Watch | killed 5 combatant | {DAY} | VE | 5 soldiers were killed in Norvik
    b1 | 2031-03-11 Coast Radio | killed 5 | {DAY} | VE | 5 people died in Norvik
    """)
        == "fair"
    )


def test_what_is_not_verified_or_of_an_unreliable_source_is_no_support() -> None:
    made = suggested(f"""
    a1 | 2031-03-10 Harbour Watch | killed 5 | {DAY} | VE | 5 people were killed in Norvik
    b1 | 2031-03-11 Coast Radio | killed 5 unverified | {DAY} | VE | 5 are said to have died in Norvik
    c1 | 2031-03-12 River Post | killed 5 grade:E4 | {DAY} | VE | 5 died in Norvik when shells fell
    """)
    assert made == Suggestion(
        "weak",
        (
            "One independent source tells of people killed or injured, in 3 claims.",
            "2 claims not verified, or of a source graded unreliable.",
        ),
    )


def test_what_harms_nobody_and_what_is_a_total_are_not_graded() -> None:
    assert grade(f"a1 | 2031-03-10 Harbour Watch | damage | {DAY} | VE | a school burned in Norvik") is None
    assert (
        grade("a1 | 2031-09-10 Harbour Watch | killed 50 agg | 2031-03 | Ulmar | - | VE | 50 people were killed")
        is None
    )


def test_the_number_of_a_grade_decides_between_equally_reliable_sources() -> None:
    text = f"""
    a1 | 2031-07-01 Harbour Watch | killed 30 verified grade:B4 | {DAY} | - | 30 people died in Norvik
    b1 | 2031-07-01 Coast Radio | killed 24 alleged grade:B2 | {DAY} | - | 24 people were killed in Norvik
    """
    figure = link_text(text).figure("a1")
    assert figure is not None
    assert figure.best == 24


def test_who_cannot_be_judged_stands_where_the_ungraded_stands() -> None:
    text = f"""
    a1 | 2031-07-01 Harbour Watch | killed 30 verified grade:F6 | {DAY} | - | 30 people died in Norvik
    b1 | 2031-07-01 Coast Radio | killed 24 alleged | {DAY} | - | 24 people were killed in Norvik
    """
    figure = link_text(text).figure("a1")
    assert figure is not None
    assert figure.best == 30
