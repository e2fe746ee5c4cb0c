"""Questions: each thing a person has to decide is asked once, the most telling first."""

from __future__ import annotations

from dataclasses import replace

from linker_world import WORLD, link_text
from muniment.case.questions import ask, unresolved_names
from muniment.case.views import Question
from muniment.linker import Rulings
from muniment.model import PlaceName

TOTAL = """
a1 | 2031-09-01 Field Mission | killed 40 agg | 2031-03-01/2031-04-30 | South Ulmar | - | VE | 40 people were killed
b1 | 2031-03-20 Coast Radio | killed 9 | 2031-03-17 | Olm | mlrs | VE | 9 people were killed in Olm
c1 | 2031-04-04 Coast Radio | killed 14 | 2031-04-02 | Karsen | drone | VE | 14 people were killed in Karsen
"""


def asked(text: str, rulings: Rulings | None = None) -> list[Question]:
    found = link_text(text, rulings)
    names = unresolved_names(found.claims.values(), WORLD)
    return ask(list(found.incidents.values()), found.claims, found.linkage.relations, names, [], WORLD)


def test_what_is_taken_as_contained_is_asked_once_for_each_whole() -> None:
    found = link_text(TOTAL)
    (question,) = [q for q in asked(TOTAL) if q.kind == "part_of"]
    assert question.on == tuple(found.incident_of[claim] for claim in ("a1", "c1", "b1"))
    assert question.moves == 14
    assert question.sentence.startswith("Contained? ")


def test_what_a_person_settled_is_not_asked_again() -> None:
    settled = Rulings(part_of=frozenset({("b1", "a1")}), not_part_of=frozenset({("c1", "a1")}))
    assert [q for q in asked(TOTAL, settled) if q.kind == "part_of"] == []


def test_many_parts_are_counted_rather_than_listed() -> None:
    lines = [
        f"{'bcdef'[n]}1 | 2031-03-2{n} Coast Radio | killed {n + 2} | 2031-03-1{n} | Olm | mlrs | VE | {n + 2} died"
        for n in range(5)
    ]
    (question,) = [q for q in asked(TOTAL.strip().splitlines()[0] + "\n" + "\n".join(lines)) if q.kind == "part_of"]
    assert len(question.on) == 6
    assert "; 2 more: counted inside" in question.sentence


def test_a_name_that_no_gazetteer_has_is_asked_about() -> None:
    (question,) = asked("""
    a1 | 2031-03-10 Harbour Watch | killed 6 | 2031-03-09 | Vessen | mlrs | VE | 6 people were killed in Vessen
    """)
    assert (question.kind, question.on, question.moves) == ("which_place", ("a1",), 6)
    assert "no gazetteer of the case has it" in question.sentence


def test_a_name_for_which_one_place_is_known_stands_below_all_that_moves_a_figure() -> None:
    found = link_text("""
    a1 | 2031-03-10 Harbour Watch | killed 90 | 2031-03-09 | Olm Port | mlrs | VE | 90 people were killed in Olm Port
    b1 | 2031-05-02 Harbour Watch | killed 4 | 2031-05-01 | Norvik | ballistic_missile | VE | 4 died in Norvik
    c1 | 2031-05-03 Coast Radio | killed 2 | 2031-05-01 | Norvik | small_arms | VE | 2 were shot dead in Norvik
    d1 | 2031-06-02 Harbour Watch | killed 1 | 2031-06-01 | Tarn Mill | mlrs | VE | 1 person was killed in Tarn Mill
    """)
    places = [
        replace(place, names=(PlaceName(name),))
        for place, name in ((WORLD.find("Olm")[0], "Olm Port"), (WORLD.find("Karsen")[0], "Karsen Port"))
    ]
    names = [
        replace(name, candidates=tuple(places[:1]) if name.raw == "Olm Port" else tuple(places))
        for name in unresolved_names(found.claims.values(), WORLD)
    ]
    questions = ask(list(found.incidents.values()), found.claims, found.linkage.relations, names, [], WORLD)
    assert [(q.kind, q.moves) for q in questions] == [("same_incident", 2), ("which_place", 1), ("which_place", 90)]


def test_of_questions_that_move_nothing_those_about_more_claims_come_first() -> None:
    questions = asked("""
    a1 | 2031-03-10 Harbour Watch | damage | 2031-03-09 | Vessen | mlrs | VE | houses burned in Vessen
    b1 | 2031-03-10 Coast Radio | damage | 2031-04-19 | Abrin | mlrs | VE | houses burned in Abrin
    c1 | 2031-03-10 Coast Radio | damage | 2031-05-19 | Zell | mlrs | VE | houses burned in Zell
    d1 | 2031-06-10 Coast Radio | damage | 2031-05-29 | Zell | mlrs | VE | houses burned in Zell
    """)
    assert [q.on for q in questions if q.kind == "which_place"] == [("c1", "d1"), ("b1",), ("a1",)]
