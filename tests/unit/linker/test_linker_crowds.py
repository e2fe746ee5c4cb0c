"""Day and place alone name no event where one account tells several; a day's slip is asked about; two stay two."""

from __future__ import annotations

from linker_world import link_text

CROWDED = """
a1 | 2031-04-05 Harbour Watch | killed 12 | 2031-04-01 | Norvik | artillery | VE | 12 people were killed at a market
a2 | 2031-04-05 Harbour Watch | killed 2 | 2031-04-01 | Norvik | drone | VE | 2 people were killed on a bridge
b1 | 2031-04-06 Coast Radio | killed 5 | 2031-04-01 | Norvik | - | - | 5 people died in Norvik
"""


def test_where_one_account_tells_two_a_third_that_fits_neither_closely_is_a_question() -> None:
    found = link_text(CROWDED)
    assert len({found.incident_of[claim] for claim in ("a1", "a2", "b1")}) == 3
    assert found.related("candidate", "a1", "b1")


def test_without_the_other_account_day_and_place_suffice() -> None:
    lines = [line for line in CROWDED.strip().splitlines() if not line.startswith("a2")]
    found = link_text("\n".join(lines))
    assert found.incident_of["a1"] == found.incident_of["b1"]


def test_two_items_of_one_document_with_figures_that_cannot_both_hold_stay_two() -> None:
    found = link_text(
        """
        a1 | 2031-04-05 Harbour Watch | killed 12 | 2031-04-01 | Norvik | artillery | VE | 12 people were killed
        a2 | 2031-04-05 Harbour Watch | killed 2 | 2031-04-01 | Norvik | artillery | VE | 2 people were killed
        """
    )
    assert found.incident_of["a1"] != found.incident_of["a2"]


def test_a_third_account_does_not_bring_together_what_one_document_tells_as_two() -> None:
    found = link_text(
        """
        a1 | 2031-04-05 Harbour Watch | killed 3 | 2031-04-01 | Norvik | artillery | VE | 3 people were killed
        a2 | 2031-04-05 Harbour Watch | killed 4 | 2031-04-01 | Norvik | artillery | VE | 4 people were killed
        b1 | 2031-04-06 Coast Radio | killed some | 2031-04-01 | Norvik | artillery | VE | some were killed
        c1 | 2031-04-07 River Post | killed >=3 | 2031-04-01 | Norvik | artillery | VE | at least 3 were killed
        """
    )
    assert found.incident_of["a1"] != found.incident_of["a2"]


def test_a_day_apart_is_asked_about_and_never_added_twice() -> None:
    found = link_text(
        """
        a1 | 2031-04-05 Harbour Watch | killed 6 | 2031-04-01 | Norvik | artillery | VE | 6 people were killed
        b1 | 2031-04-06 Coast Radio | killed 6 | 2031-04-02 | Norvik | artillery | VE | 6 people were killed
        t1 | 2031-05-09 Field Mission | killed >=5 agg | 2031-04 | North Ulmar | - | VE | at least 5 were killed
        """
    )
    assert found.incident_of["a1"] != found.incident_of["b1"]
    assert found.related("candidate", "a1", "b1")
    total = found.figure("t1")
    assert total is not None
    assert total.low == 6


def test_two_days_apart_is_no_question() -> None:
    found = link_text(
        """
        a1 | 2031-04-05 Harbour Watch | killed 6 | 2031-04-01 | Norvik | artillery | VE | 6 people were killed
        b1 | 2031-04-06 Coast Radio | killed 6 | 2031-04-03 | Norvik | artillery | VE | 6 people were killed
        """
    )
    assert not found.related("candidate", "a1", "b1")


def test_what_is_no_weapon_of_a_known_class_is_compared_by_its_words() -> None:
    pair = """
    a1 | 2031-04-05 Harbour Watch | killed some | 2031-04-01 | Norvik | other | - | some were killed
    b1 | 2031-04-06 Coast Radio | killed some | 2031-04-01 | Norvik | other | - | several died there
    """
    found = link_text(pair)
    (reason,) = found.linkage.reasons[found.incident_of["a1"]]
    assert "harmed in the same way" in reason
