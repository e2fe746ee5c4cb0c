"""Best figures by named rules and by decision; statuses; what is set aside and why."""

from __future__ import annotations

import pytest

from linker_world import Linked, link_text
from muniment import tally
from muniment.linker import Rulings

THREE = """
a1 | 2031-07-01 Harbour Watch | killed 30 alleged | 2031-03-09 | Norvik | artillery | - | 30 people died
b1 | 2031-07-02 Coast Radio | killed 24 verified | 2031-03-09 | Norvik | artillery | - | 24 people were killed in Norvik
c1 | 2031-07-03 River Post | killed 26 reported | 2031-03-09 | Norvik | artillery | - | 26 people were killed in Norvik
d1 | 2031-07-04 Stone Bridge | killed 26 reported | 2031-03-09 | Norvik | artillery | - | 26 died in Norvik
"""


@pytest.mark.parametrize(
    ("rule", "best"), [("latest_best_graded", 24), ("latest", 26), ("min", 24), ("max", 30), ("mode", 26)]
)
def test_each_rule_chooses_a_stated_figure(rule: str, best: int) -> None:
    figure = link_text(THREE, Rulings(tally_rule=rule)).figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high, figure.rule) == (24, best, 30, rule)


def test_every_rule_is_tried_above() -> None:
    assert set(tally.RULES) == {"latest_best_graded", "latest", "min", "max", "mode"}


def test_the_admiralty_grade_outranks_the_level() -> None:
    found = link_text(THREE.replace("killed 30 alleged", "killed 30 alleged grade:A1"))
    figure = found.figure("a1")
    assert figure is not None
    assert figure.best == 30


def test_a_person_decides_and_the_bounds_stay() -> None:
    incident = link_text(THREE).incident("a1").id
    found = link_text(THREE, Rulings(best_figure={incident: {"harm": "killed", "best": 27}}))
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high, figure.rule) == (24, 27, 30, "decided")


@pytest.mark.parametrize(
    ("value", "best"),
    [({"killed": 25}, 25), (25, 25), ("25", 25), ("a1", 30), ({"harm": "injured", "best": 3}, 24), (True, 24)],
)
def test_what_a_decided_figure_may_be(value: object, best: int) -> None:
    incident = link_text(THREE).incident("a1").id
    figure = link_text(THREE, Rulings(best_figure={incident: value})).figure("a1")
    assert figure is not None
    assert figure.best == best


def why(found: Linked, claim: str, harm: str = "killed") -> str | None:
    figure = found.figure(claim, harm)
    assert figure is not None
    return next((aside.why for aside in figure.set_aside if aside.claim == claim), None)


def test_what_is_set_aside_says_why() -> None:
    found = link_text("""
    a1 | 2031-03-10 Harbour Watch | killed 12 | 2031-03-09 | Norvik | - | - | 12 people were killed in Norvik
    +a2 | 2031-03-10 Harbour Watch | killed 3 group:children | - | - | - | - | including 3 children
    +a3 | 2031-03-10 Harbour Watch | killed [Nila Sarov/14] | - | - | - | - | Nila Sarov was killed in the strike
    +a4 | 2031-03-10 Harbour Watch | killed unit:families 2 | - | - | - | - | 2 families were killed
    +a5 | 2031-03-10 Harbour Watch | killed some | - | - | - | - | people were killed in the strike
    b1 | 2031-03-12 Harbour Watch | killed 14 | 2031-03-09 | Norvik | - | - | 14 people were killed in Norvik
    c1 | 2031-03-11 Coast Radio | killed 9 unverified | 2031-03-09 | Norvik | - | - | 9 people were killed in Norvik
    """)
    assert why(found, "a1") == "superseded: the same source gives a later figure"
    assert why(found, "a2") == "a part of the total"
    assert why(found, "a3") == "a named victim inside the total"
    assert why(found, "a4") == "counts families, not people"
    assert why(found, "a5") == "the same source says it more exactly"
    assert why(found, "c1") == "an interim figure, overtaken by a later one of the same or a better source"
    assert why(found, "b1") is None


def test_unverified_bounds_nothing_where_something_firmer_stands() -> None:
    found = link_text("""
    a1 | 2031-07-01 Harbour Watch | killed 12 | 2031-03-09 | Norvik | - | - | 12 people were killed in Norvik
    b1 | 2031-07-02 Coast Radio | killed 90 unverified | 2031-03-09 | Norvik | - | - | 90 people were killed in Norvik
    """)
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high) == (12, 12, 12)
    assert why(found, "b1") == "not verified, where firmer figures stand"


def test_killed_and_injured_with_one_count_never_mix_with_either() -> None:
    found = link_text("""
    a1 | 2031-03-10 Harbour Watch | killed injured 40 | 2031-03-09 | Norvik | - | - | 40 people were killed or hurt
    +a2 | 2031-03-10 Harbour Watch | killed 12 | 2031-03-09 | Norvik | - | - | 12 people were killed in Norvik
    """)
    rows = {(t.harm, t.victims): (t.low, t.best, t.high) for t in found.incident("a1").tallies}
    assert rows == {("killed", "all"): (12, 12, 12), ("casualties", "all"): (40, 40, 40)}


def test_high_is_open_where_only_at_least_is_known() -> None:
    found = link_text(
        "a1 | 2031-03-10 Harbour Watch | killed >=12 | 2031-03-09 | Norvik | - | - | at least 12 people died"
    )
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high) == (12, 12, None)


def test_a_floor_above_every_maximum_opens_the_high() -> None:
    found = link_text("""
    a1 | 2031-07-01 Harbour Watch | killed 12 | 2031-03-09 | Norvik | - | - | 12 people were killed in Norvik
    b1 | 2031-07-02 Coast Radio | killed >=30 | 2031-03-09 | Norvik | - | - | at least 30 people were killed in Norvik
    """)
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.high) == (12, None)


def test_a_status_told_only_of_a_part_has_a_floor_and_no_best_figure() -> None:
    found = link_text("""
    a1 | 2031-07-01 Harbour Watch | killed 30 | 2031-03-09 | Norvik | - | - | 30 people were killed in Norvik
    +a2 | 2031-07-01 Harbour Watch | killed 7 civilian group:children | - | - | - | - | including 7 children
    """)
    figure = found.figure("a1", victims="civilian")
    assert figure is not None
    assert (figure.low, figure.best, figure.high) == (7, None, 30)


def test_an_aggregate_without_a_figure_of_its_own_shows_what_its_parts_make() -> None:
    found = link_text("""
    a1 | 2031-07-01 Harbour Watch | killed some agg | 2031-03-01/2031-03-31 | North Ulmar | - | VE | people were killed
    b1 | 2031-07-01 Coast Radio | killed 12 | 2031-03-09 | Norvik | artillery | VE | 12 people were killed in Norvik
    c1 | 2031-07-01 River Post | killed >=3 | 2031-03-19 | Tarn | artillery | VE | at least 3 people were killed in Tarn
    """)
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high, figure.rule) == (15, 15, None, "sum of parts")


def test_an_aggregate_that_speaks_of_no_harm_shows_figures_only_where_a_person_made_it_a_whole() -> None:
    text = """
    a1 | 2031-07-01 Harbour Watch | incident agg | 2031-03-01/2031-03-31 | North Ulmar | - | VE | a month of shelling
    b1 | 2031-07-01 Coast Radio | killed 12 | 2031-03-09 | Norvik | artillery | VE | 12 people were killed in Norvik
    """
    assert link_text(text).part_of("b1", "a1")
    assert link_text(text).figure("a1") is None
    figure = link_text(text, Rulings(part_of=frozenset({("b1", "a1")}))).figure("a1")
    assert figure is not None
    assert (figure.low, figure.best, figure.high) == (12, 12, None)


def test_parts_that_may_be_one_event_are_not_added() -> None:
    found = link_text("""
    a1 | 2031-07-01 Harbour Watch | killed >=4 agg | 2031-03-01/2031-03-31 | North Ulmar | - | VE | at least 4 died
    b1 | 2031-07-01 Coast Radio | killed 12 | 2031-03-09 | Norvik | drone | VE | 12 people were killed in Norvik
    c1 | 2031-07-01 River Post | killed 5 | 2031-03-09 | Norvik | artillery | VE | 5 people were killed in Norvik
    """)
    assert found.related("candidate", "b1", "c1")
    figure = found.figure("a1")
    assert figure is not None
    assert figure.low == 12


def test_the_same_person_in_two_spellings_is_counted_once() -> None:
    found = link_text("""
    a1 | 2031-03-10 Harbour Watch | killed [Nila Sarova/14] | 2031-03-09 | Norvik | - | - | Nila Sarova was killed
    b1 | 2031-03-12 Coast Radio | killed [Nila Sarowa/14] | 2031-03-09 | Norvik | - | - | Nila Sarowa died in Norvik
    """)
    assert found.incident_of["a1"] == found.incident_of["b1"]
    assert found.flagged("name_variant", "a1")
    figure = found.figure("a1")
    assert figure is not None
    assert (figure.low, figure.best) == (1, 1)


def test_rejected_relations_no_longer_act() -> None:
    text = """
    a1 | 2031-07-01 Harbour Watch | killed 72 agg | 2031-03-01/2031-08-01 | South Ulmar | - | VE | 72 people were killed
    b1 | 2031-07-02 Coast Radio | killed 5 | 2031-04-17 | Olm | artillery | VE | 5 people were killed in Olm
    """
    assert link_text(text).part_of("b1", "a1")
    assert not link_text(text, Rulings(not_part_of=frozenset({("b1", "a1")}))).part_of("b1", "a1")


def bounds(text: str, victims: str = "all") -> tuple[int | None, int | None, int | None]:
    figure = link_text(text).figure("a1", victims=victims)
    assert figure is not None
    return figure.low, figure.best, figure.high


def test_as_many_as_is_a_maximum_and_lowers_no_minimum() -> None:
    as_many = "a1 | 2031-07-10 Harbour Watch | killed <=40 | 2031-03-09 | Norvik | - | - | as many as 40 people died"
    fewer = "b1 | 2031-07-12 River Post | killed <60 | 2031-03-09 | Norvik | - | - | fewer than 60 people died"
    least = "c1 | 2031-07-20 Coast Radio | killed >=22 | 2031-03-09 | Norvik | - | - | at least 22 people died"
    assert bounds(as_many) == (0, None, 40)
    assert bounds("\n".join((as_many, least))) == (22, 22, 40)
    assert bounds("\n".join((as_many, fewer, least))) == (22, 22, 59)


def test_parts_without_a_total_show_all_of_the_largest() -> None:
    one = """
    a1 | 2031-07-10 Harbour Watch | killed 4 group:children | 2031-03-09 | Norvik | - | - | 4 children were killed
    +a2 | 2031-07-10 Harbour Watch | killed 3 group:women | 2031-03-09 | Norvik | - | - | 3 women were killed
    """
    assert bounds(one) == (4, 4, None)
    other = (
        "b1 | 2031-07-11 Coast Radio | killed 6 group:children | 2031-03-09 | Norvik | - | - | 6 children were killed"
    )
    assert bounds(one + other)[0] == 4
    later = "c1 | 2031-07-20 Harbour Watch | killed 3 group:women | 2031-03-09 | Norvik | - | - | 3 women were killed"
    assert bounds(one.splitlines()[1] + "\n" + later)[0] == 4


def test_one_part_alone_is_as_stated() -> None:
    part = (
        "a1 | 2031-07-10 Harbour Watch | killed 4 group:children | 2031-03-09 | Norvik | - | - | 4 children were killed"
    )
    assert bounds(part) == (4, 4, 4)


def test_a_downward_revision_of_one_source_stands_and_is_flagged() -> None:
    text = """
    a1 | 2031-07-10 Harbour Watch | killed 30 | 2031-03-09 | Norvik | - | - | 30 people were killed in Norvik
    b1 | 2031-07-20 Harbour Watch | killed 22 | 2031-03-09 | Norvik | - | - | 22 people were killed in Norvik, not 30
    """
    assert bounds(text) == (22, 22, 22)
    assert link_text(text).flagged("revised_down", "b1")
    assert why(link_text(text), "a1") == "superseded: the same source gives a later figure"


def test_what_one_source_says_of_both_statuses_is_its_total_and_the_rest_is_unknown() -> None:
    both = """
    a1 | 2031-07-10 Harbour Watch | killed 7 civilian | 2031-03-09 | Norvik | - | - | 7 civilians and
    +a2 | 2031-07-10 Harbour Watch | killed 3 combatant | 2031-03-09 | Norvik | - | - | 3 soldiers were killed
    """
    assert (bounds(both), bounds(both, "civilian"), bounds(both, "combatant")) == ((10,) * 3, (7,) * 3, (3,) * 3)
    assert link_text(both).figure("a1", victims="unknown") is None
    total = "b1 | 2031-07-12 Coast Radio | killed 12 | 2031-03-09 | Norvik | - | - | 12 people were killed in Norvik"
    assert bounds(both + total, "unknown")[1] == 2


def test_a_named_victim_never_lowers_and_never_adds() -> None:
    text = """
    a1 | 2031-07-10 Harbour Watch | killed 2-6 | 2031-03-09 | Norvik | - | - | 2 to 6 people were killed in Norvik
    +a2 | 2031-07-10 Harbour Watch | killed [Ana Voss/4] [Ben Voss/8] [Cela Voss/9] | - | - | - | - | all three died
    """
    assert bounds(text) == (3, None, 6)


@pytest.mark.parametrize("harm", ["injured", "missing", "displaced"])
def test_no_harm_is_added_to_another(harm: str) -> None:
    text = f"""
    a1 | 2031-07-10 Harbour Watch | killed 4 | 2031-03-09 | Norvik | mlrs | - | 4 people were killed in Norvik
    +a2 | 2031-07-10 Harbour Watch | {harm} 6 | 2031-03-09 | Norvik | mlrs | - | 6 people were {harm} in Norvik
    """
    found = link_text(text)
    assert bounds(text) == (4, 4, 4)
    other = found.figure("a2", harm)
    assert other is not None
    assert (other.low, other.best, other.high) == (6, 6, 6)
