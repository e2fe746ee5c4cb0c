"""Totals of a case: what is added, what is left out, and that each says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from linker_world import link_text
from muniment import tally
from muniment.model import Headline, Headlines
from muniment.model.vocabulary import IncidentGrade

CASE = """
a1 | 2031-09-01 Field Mission | killed 40 agg | 2031-03-01/2031-04-30 | South Ulmar | - | VE | 40 people were killed
b1 | 2031-03-20 Coast Radio | killed 9 civilian | 2031-03-17 | Olm | mlrs | VE | 9 civilians were killed in Olm
c1 | 2031-04-04 Coast Radio | killed 14 | 2031-04-02 | Karsen | drone | VE | 14 people were killed in Karsen
d1 | 2031-06-04 Coast Radio | killed >=3 | 2031-06-02 | Tarn | drone | VE | at least 3 people were killed in Tarn
e1 | 2031-06-04 River Post | injured 5 | 2031-06-02 | Tarn | drone | VE | 5 people were injured in Tarn
"""


def made(
    text: str,
    *,
    cutoff: dt.date | None = None,
    grades: tuple[IncidentGrade, ...] | None = None,
    graded: dict[str, IncidentGrade] | None = None,
) -> Headlines:
    found = link_text(text)
    given = {found.incident_of[claim]: grade for claim, grade in (graded or {}).items()}
    incidents = [replace(i, grade=given.get(i.id)) for i in found.incidents.values()]
    chosen = tally.addends(incidents, found.linkage.relations, cutoff=cutoff, grades=grades)
    return tally.headlines(chosen, rule="latest", cutoff=cutoff, grades=grades, seq=7, hash="f" * 64)


def row(headlines: Headlines, harm: str = "killed", victims: str = "all") -> Headline:
    (found,) = [total for total in headlines.totals if (total.harm, total.victims) == (harm, victims)]
    return found


def test_only_what_has_no_parts_is_added_and_the_rest_is_told() -> None:
    killed = row(made(CASE))
    assert (killed.low, killed.best, killed.high, killed.incidents, killed.not_described) == (26, 26, None, 3, 17)
    assert row(made(CASE), victims="civilian").best == 9
    assert [(t.harm, t.victims) for t in made(CASE).totals] == [
        ("killed", "all"),
        ("killed", "civilian"),
        ("injured", "all"),
    ]


def test_a_total_says_what_it_is_made_from() -> None:
    basis = made(CASE).basis
    assert (basis.incidents, basis.earliest, basis.latest) == (3, dt.date(2031, 3, 17), dt.date(2031, 6, 2))
    assert (basis.cutoff, basis.grades, basis.rule, basis.seq, basis.hash) == (None, None, "latest", 7, "f" * 64)
    assert (basis.undated, basis.later, basis.not_included, basis.not_added, basis.may_be_one) == (0, 0, 0, 0, 0)


def test_what_happened_after_the_cutoff_is_left_out() -> None:
    found = made(CASE, cutoff=dt.date(2031, 4, 2))
    assert (row(found).best, row(found).high) == (23, 23)
    assert (found.basis.cutoff, found.basis.later, found.basis.latest) == (
        dt.date(2031, 4, 2), 1, dt.date(2031, 4, 2),
    )  # fmt: skip
    assert row(made(CASE, cutoff=dt.date(2031, 4, 1))).best == 9


def test_what_has_no_date_stays_and_is_counted() -> None:
    undated = "f1 | 2031-06-05 Stone Bridge | killed 2 | - | Norvik | landmine | - | 2 people were killed in Norvik"
    found = made(CASE + undated, cutoff=dt.date(2031, 4, 2))
    assert (row(found).best, found.basis.undated) == (25, 1)


def test_only_the_grades_of_the_case_are_added() -> None:
    found = made(CASE, grades=("confirmed", "fair"), graded={"b1": "fair", "c1": "weak"})
    assert (row(found).best, row(found).incidents) == (9, 1)
    assert (found.basis.grades, found.basis.not_included) == (("confirmed", "fair"), 3)


def test_a_total_without_parts_is_not_added_to_incidents_it_may_hold() -> None:
    loose = "f1 | 2031-09-05 Lantern Desk | killed 200 agg | 2031 | Ulmar | - | - | 200 people were killed in Ulmar"
    found = link_text(loose + "\n" + CASE.strip().splitlines()[3])
    chosen = tally.addends(
        found.incidents.values(), [r for r in found.linkage.relations if r.kind != "part_of"]
    )  # as if the linker had not shown that the one lies in the other
    headlines = tally.headlines(chosen, rule="latest")
    assert row(headlines).best == 3
    assert headlines.basis.not_added == 1


def test_what_may_be_one_incident_is_not_counted_twice_in_the_lower_bound() -> None:
    found = made("""
    b1 | 2031-05-02 Harbour Watch | killed 14 | 2031-05-01 | Norvik | ballistic_missile | VE | 14 died in Norvik
    c1 | 2031-05-03 Coast Radio | killed 5 | 2031-05-01 | Norvik | small_arms | VE | 5 were shot dead in Norvik
    """)
    killed = row(found)
    assert (killed.low, killed.best, killed.best_if_one, found.basis.may_be_one) == (14, 19, 14, 1)


def test_dozens_enter_with_their_lower_bound() -> None:
    found = made("b1 | 2031-05-02 Harbour Watch | killed dozens | 2031-05-01 | Norvik | mlrs | VE | dozens were killed")
    killed = row(found)
    assert killed.low == killed.best > 0
    assert (killed.unstated, killed.high) == (1, None)


@settings(max_examples=60, deadline=None)
@given(st.permutations(CASE.strip().splitlines()))
def test_no_order_of_claims_changes_a_total(lines: list[str]) -> None:
    assert made("\n".join(lines)) == made(CASE)


def test_bounds_are_in_order() -> None:
    for total in made(CASE).totals:
        assert total.low <= total.best_if_one <= total.best
        assert total.high is None or total.best <= total.high
