"""What people ruled binds: ids stay, incidents come together or part, places are one, persons are two."""

from __future__ import annotations

from linker_world import link_text, run, told
from muniment.linker import Rulings
from muniment.linker.weights import WEIGHTS

TWO = """
a1 | 2031-07-01 Harbour Watch | killed 5 | 2031-04-17 | Olm | artillery | VE | 5 people were killed in Olm
b1 | 2031-07-02 Coast Radio | killed 5 | 2031-04-17 | Olm | artillery | VE | 5 people died in Olm
c1 | 2031-07-02 River Post | killed 9 | 2031-05-20 | Tarn | drone | VE | 9 people died in Tarn
"""


def test_not_the_same_parts_what_would_come_together() -> None:
    assert link_text(TWO).incident_of["a1"] == link_text(TWO).incident_of["b1"]
    found = link_text(TWO, Rulings(not_same=frozenset({("a1", "b1")})))
    assert found.incident_of["a1"] != found.incident_of["b1"]
    assert not found.related("candidate", "a1", "b1")


def test_the_same_brings_together_what_nothing_else_would() -> None:
    found = link_text(TWO, Rulings(same=frozenset({("a1", "c1")})))
    assert found.incident_of["a1"] == found.incident_of["c1"]
    assert found.flagged("date_conflict", "a1")


def test_an_incident_a_person_touched_keeps_its_id() -> None:
    account = told(TWO)
    kept = {"i-old": frozenset({"a1", "b1"}), "i-older": frozenset({"c1"})}
    found = run(account.claims, account.documents, kept=kept)
    assert found.incident_of == {"a1": "i-old", "b1": "i-old", "c1": "i-older"}


def test_of_two_joined_incidents_the_older_id_stays_and_the_other_says_so() -> None:
    account = told(TWO)
    kept = {"i-older": frozenset({"c1"}), "i-newer": frozenset({"a1"})}
    found = run(account.claims, account.documents, Rulings(same=frozenset({("i-older", "i-newer")})), kept)
    assert found.incident_of["a1"] == found.incident_of["c1"] == "i-older"
    assert found.incidents["i-newer"].merged_into == "i-older"
    assert found.incidents["i-newer"].claims == ()
    assert found.incidents["i-newer"].tallies == ()


def test_part_of_by_decision_is_accepted_and_counted() -> None:
    text = TWO + "d1 | 2031-09-01 Field Mission | killed 20 agg | - | - | - | - | 20 people were killed in all\n"
    found = link_text(text, Rulings(part_of=frozenset({("a1", "d1")})))
    assert found.part_of("a1", "d1")
    assert any(r.kind == "part_of" and r.status == "accepted" for r in found.linkage.relations)
    figure = found.figure("d1")
    assert figure is not None
    assert (figure.best, figure.residual) == (20, 15)


def test_a_claim_of_no_event_stands_in_one_where_a_person_put_it() -> None:
    text = TWO + "d1 | 2031-09-01 Field Mission | call | - | - | - | - | an inquiry must be opened\n"
    assert "d1" not in link_text(text).incident_of
    found = link_text(text, Rulings(same=frozenset({("d1", "c1")})))
    assert found.incident_of["d1"] == found.incident_of["c1"]


def test_two_places_that_a_person_made_one() -> None:
    text = """
    a1 | 2031-07-01 Harbour Watch | killed 5 | 2031-04-17 | Olm | artillery | VE | 5 people were killed
    b1 | 2031-07-02 Coast Radio | killed 5 | 2031-04-17 | Karsen | artillery | VE | 5 people died
    """
    assert link_text(text).incident_of["a1"] != link_text(text).incident_of["b1"]
    found = link_text(text, Rulings(merge_place={"ul:karsen": "ul:olm"}))
    assert found.incident_of["a1"] == found.incident_of["b1"]


def test_persons_ruled_the_same_and_distinct() -> None:
    text = """
    a1 | 2031-03-10 Harbour Watch | killed [Nila Sarova/14] | 2031-03-09 | Norvik | - | - | Nila Sarova was killed
    b1 | 2031-03-12 Coast Radio | killed [Nila Sarowa/14] | 2031-03-09 | Norvik | - | - | Nila Sarowa died in Norvik
    """
    asked = link_text(text)
    assert len(asked.linkage.persons) == 2
    same = link_text(text, Rulings(same_person=frozenset({("Nila Sarova", "Nila Sarowa")})))
    assert [person.names for person in same.linkage.persons] == [("Nila Sarova", "Nila Sarowa")]
    distinct = link_text(text, Rulings(distinct_person=frozenset({("Nila Sarova", "Nila Sarowa")})))
    assert not distinct.flagged("name_variant", "a1")
    figure = distinct.figure("a1")
    assert figure is not None
    assert figure.low == 2


def test_a_rejected_relation_is_kept_as_rejected() -> None:
    text = """
    a1 | 2031-05-02 Harbour Watch | killed 4 | 2031-05-01 | Norvik | ballistic_missile | VE | a missile killed 4 people
    b1 | 2031-05-03 Coast Radio | killed 2 | 2031-05-01 | Norvik | small_arms | VE | 2 people were shot dead
    """
    first = link_text(text)
    asked = next(r for r in first.linkage.relations if r.kind == "candidate")
    again = link_text(text, Rulings(rejected=frozenset({("candidate", asked.a, asked.b)})))
    assert next(r for r in again.linkage.relations if r.kind == "candidate").status == "rejected"


def test_each_step_says_what_agreed_and_what_differed() -> None:
    found = link_text(TWO)
    (reason,) = found.linkage.reasons[found.incident_of["a1"]]
    assert reason.startswith(("b1 and a1", "a1 and b1"))
    assert f"same day {WEIGHTS['same_day']:+.1f}" in reason
    assert f"same place {WEIGHTS['same_place']:+.1f}" in reason
    pair = next(r for r in found.linkage.relations if {r.a, r.b} == {"a1", "b1"})
    assert pair.why
