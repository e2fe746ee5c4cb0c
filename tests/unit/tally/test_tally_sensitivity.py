"""Totals under every rule: what is added, what moves them, and the claims behind each number."""

from __future__ import annotations

from linker_world import link_text, run, told
from muniment import tally
from muniment.linker import Rulings
from muniment.tally import Total
from muniment.tally.sensitivity import ORDER

TWO = """
a1 | 2031-07-01 Harbour Watch | killed 30 alleged | 2031-03-09 | Norvik | artillery | - | 30 people died
b1 | 2031-07-02 Coast Radio | killed 24 verified | 2031-03-09 | Norvik | artillery | - | 24 people were killed in Norvik
c1 | 2031-07-03 River Post | killed 26 reported | 2031-03-09 | Norvik | artillery | - | 26 people were killed in Norvik
d1 | 2031-07-04 Stone Bridge | killed 26 reported | 2031-03-09 | Norvik | artillery | - | 26 died in Norvik
e1 | 2031-07-04 Stone Bridge | killed 3 reported | 2031-04-20 | Olm | landmine | - | 3 people were killed in Olm
f1 | 2031-07-05 Stone Bridge | injured 9 reported | 2031-04-20 | Olm | landmine | - | 9 people were injured in Olm
"""
WHOLE = """
a1 | 2031-09-01 Harbour Watch | killed 20 agg | 2031-03-01/2031-03-31 | Ulmar | - | - | 20 people were killed in all
b1 | 2031-03-10 Coast Radio | killed 5 | 2031-03-09 | Norvik | artillery | - | 5 people were killed in Norvik
c1 | 2031-03-15 Coast Radio | killed 7 | 2031-03-14 | Olm | artillery | - | 7 people were killed in Olm
"""


def totals(text: str, rulings: Rulings | None = None) -> dict[tuple[str, str], Total]:
    account = told(text)
    found = run(account.claims, account.documents, rulings)
    made = tally.sensitivity(found.linkage, found.claims, account.documents, rulings or Rulings())
    return {(total.harm, total.victims): total for total in made}


def test_every_rule_gives_its_total() -> None:
    killed = totals(TWO)["killed", "all"]
    assert killed.best == {"min": 27, "max": 33, "latest": 29, "mode": 29, "latest_best_graded": 27}
    assert (killed.low, killed.high, killed.incidents, killed.moves) == (27, 33, 2, 6)
    assert set(ORDER) == set(tally.RULES)


def test_what_moves_a_total_is_named_with_its_claims() -> None:
    found = totals(TWO)
    (swing,) = found["killed", "all"].swings
    assert swing.moves == 6
    assert swing.claims == {
        "min": ("b1",),
        "max": ("a1",),
        "latest": ("c1", "d1"),
        "mode": ("c1", "d1"),
        "latest_best_graded": ("b1",),
    }
    assert found["injured", "all"].swings == ()
    assert list(found) == [("killed", "all"), ("injured", "all")]


def test_a_whole_is_not_added_to_its_parts_and_leaves_its_own_line() -> None:
    killed = totals(WHOLE)["killed", "all"]
    assert killed.incidents == 2
    assert set(killed.best.values()) == {12}
    assert killed.not_described == dict.fromkeys(ORDER, 8)


def test_what_a_person_decided_holds_under_every_rule() -> None:
    incident = link_text(TWO).incident("a1").id
    killed = totals(TWO, Rulings(best_figure={incident: {"harm": "killed", "best": 28}}))["killed", "all"]
    assert set(killed.best.values()) == {31}
    assert killed.swings == ()


def test_no_order_of_claims_changes_anything() -> None:
    lines = TWO.strip().splitlines()
    turned = "\n".join(reversed(lines))
    assert totals(TWO) == totals(turned)


def test_an_incident_without_a_best_figure_enters_with_its_lower_bound_and_is_counted() -> None:
    dozens = (
        "g1 | 2031-07-05 Stone Bridge | killed dozens | 2031-05-20 | Tarn | landmine | - | dozens were killed in Tarn"
    )
    killed = totals(TWO + dozens)["killed", "all"]
    assert (killed.incidents, killed.unstated, killed.open) == (3, 1, 1)
    assert killed.best == {rule: best + 1 for rule, best in totals(TWO)["killed", "all"].best.items()}
    assert killed.high is None
