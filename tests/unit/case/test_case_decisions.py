"""Every kind of decision from Python: it is logged, it binds the next build, it can be taken back without a trace."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import case_world
import muniment
from muniment.case import Case
from muniment.errors import NotFound, UsageError
from muniment.model import Claim, Grade
from muniment.model.vocabulary import DECISION_KINDS

Record = dict[str, Any]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decisions")
    with case_world.build(folder):
        pass
    return folder / "case"


@pytest.fixture
def case(original: Path, tmp_path: Path) -> Iterator[Case]:
    with muniment.open(shutil.copytree(original, tmp_path / "case"), create=False, by="runa") as opened:
        yield opened


# --- finding what decisions are about ---
def document_of(case: Case, file: str) -> str:
    return next(d.id for d in case.documents() if d.file == file)


def claim_of(case: Case, file: str, harm: str = "killed", words: str = "") -> Claim:
    (found,) = [
        c
        for c in case.claims(document=document_of(case, file))
        if c.kind == "casualty" and harm in c.harm and words in c.quote and not c.persons
    ]
    return found


def incident_of(case: Case, file: str, words: str = "") -> str:
    found = case.incident_of(claim_of(case, file, words=words).id)
    assert found is not None
    return found


def exhibit_of(case: Case, file: str) -> str:
    return case.document(document_of(case, file)).exhibit


def claim_row(record: Record, id_: str) -> Record:
    (row,) = [row for row in record["claims"] if row["id"] == id_]
    return dict(row)


def incident_row(record: Record, id_: str) -> Record:
    (row,) = [row for row in record["incidents"] if row["id"] == id_]
    return dict(row)


def best(record: Record, incident: str, harm: str = "killed") -> int | None:
    (tally,) = [
        row for row in incident_row(record, incident)["tallies"] if (row["harm"], row["victims"]) == (harm, "all")
    ]
    found: int | None = tally["best"]
    return found


@dataclass(frozen=True)
class Deciding:
    """One decision: its kind, what it is about and its value, and what must hold once it binds."""

    kind: str
    on: Callable[[Case], tuple[str, ...]]
    holds: Callable[[Record, Record, tuple[str, ...]], bool]
    value: Callable[[Case], Any] = lambda case: None


def review(record: Record, claim: str) -> str:
    return str(claim_row(record, claim)["review"]["state"])


def market(case: Case) -> tuple[str, ...]:
    return (claim_of(case, "market.txt").id,)


def market_incident(case: Case) -> tuple[str, ...]:
    return (incident_of(case, "market.txt"),)


def apart(case: Case) -> tuple[str, ...]:
    return (claim_of(case, "market.txt").id, claim_of(case, "yesterday.txt").id)


def together(case: Case) -> tuple[str, ...]:
    return (claim_of(case, "market.txt").id, claim_of(case, "later.txt", words="15").id)


def same_incident(record: Record, a: str, b: str) -> bool:
    one, other = claim_row(record, a)["incident"], claim_row(record, b)["incident"]
    return one is not None and one == other


def has_relation(record: Record, kind: str, a: str, b: str) -> bool:
    return any((r["kind"], r["a"], r["b"]) == (kind, a, b) for r in record["relations"])


def state_of(record: Record, exhibit: str) -> str:
    return str(next(row["state"] for row in record["exhibits"] if row["id"] == exhibit))


def gone(record: Record, exhibit: str) -> bool:
    return not any(row["exhibit"] == exhibit for row in record["documents"])


def person(record: Record, name: str) -> Record | None:
    return next((dict(row) for row in record["persons"] if name in row["names"]), None)


DECIDED = [
    Deciding("accept", market, lambda before, after, on: review(after, on[0]) == "accepted"),
    Deciding(
        "reject",
        market,
        lambda before, after, on: review(after, on[0]) == "rejected" and claim_row(after, on[0])["incident"] is None,
    ),
    Deciding(
        "correct",
        lambda case: (claim_of(case, "yesterday.txt").id,),
        lambda before, after, on: (
            review(after, on[0]) == "corrected"
            and claim_row(after, on[0])["count"]["best"] == 4
            and claim_row(after, on[0])["quote"] == claim_row(before, on[0])["quote"]
            and best(after, claim_row(after, on[0])["incident"]) == 4
        ),
        lambda case: {"count": {"number": 4, "qualifier": "exact"}},
    ),
    Deciding(
        "add_claim",
        lambda case: (document_of(case, "hills.txt"),),
        lambda before, after, on: (
            [
                (row["quote"], row["made_by"]["person"])
                for row in after["claims"]
                if row["id"] not in {row["id"] for row in before["claims"]}
            ]
            == [("News from the hills", "tavi")]
        ),
        lambda case: {"quote": "News from the hills", "kind": "response"},
    ),
    Deciding("same", apart, lambda before, after, on: same_incident(after, *on) and not same_incident(before, *on)),
    Deciding(
        "same",
        lambda case: (incident_of(case, "market.txt"), incident_of(case, "yesterday.txt")),
        lambda before, after, on: incident_row(after, on[1])["merged_into"] == on[0],
    ),
    Deciding(
        "not_same", together, lambda before, after, on: same_incident(before, *on) and not same_incident(after, *on)
    ),
    Deciding(
        "split",
        market_incident,
        lambda before, after, on: (
            len({claim_row(after, id_)["incident"] for id_ in incident_row(before, on[0])["claims"]}) == 2
        ),
        lambda case: [claim_of(case, "later.txt", words="15").id],
    ),
    Deciding(
        "part_of",
        lambda case: (incident_of(case, "yesterday.txt"), incident_of(case, "market.txt")),
        lambda before, after, on: has_relation(after, "part_of", *on),
    ),
    Deciding(
        "not_part_of",
        lambda case: (incident_of(case, "yesterday.txt"), incident_of(case, "market.txt")),
        lambda before, after, on: not has_relation(after, "part_of", *on),
    ),
    Deciding(
        "assign",
        lambda case: (claim_of(case, "later.txt", words="15").id,),
        lambda before, after, on: (
            claim_row(after, on[0])["incident"]
            == next(row["incident"] for row in before["claims"] if row["quote"].startswith("Three people"))
            and best(after, incident_with(after, "At least 12")) == 14
        ),
        lambda case: incident_of(case, "yesterday.txt"),
    ),
    Deciding(
        "best_figure",
        market_incident,
        lambda before, after, on: best(after, on[0]) == 13 != best(before, on[0]),
        lambda case: {"harm": "killed", "best": 13},
    ),
    Deciding(
        "best_figure",
        market_incident,
        lambda before, after, on: best(after, on[0]) == 12 != best(before, on[0]),
        lambda case: claim_of(case, "market.txt").id,
    ),
    Deciding(
        "grade",
        market_incident,
        lambda before, after, on: incident_row(after, on[0])["grade"] == "confirmed",
        lambda case: "confirmed",
    ),
    Deciding(
        "grade",
        market,
        lambda before, after, on: claim_row(after, on[0])["grade"] == {"reliability": "B", "credibility": 2},
        lambda case: "B2",
    ),
    Deciding(
        "grade",
        market,
        lambda before, after, on: claim_row(after, on[0])["grade"] == {"reliability": "F", "credibility": 2},
        lambda case: 2,
    ),
    Deciding(
        "grade",
        lambda case: ("ostra herald",),
        lambda before, after, on: (
            {(g["reliability"], g["credibility"]) for g in grades_of(after, "Ostra Herald")} == {("D", 6)}
            and not any(grades_of(after, "Sarn Radio"))
            and (best(before, incident_with(before, "At least 12")), best(after, incident_with(after, "At least 12")))
            == (15, 14)
        ),
        lambda case: "D",
    ),
    Deciding(
        "set_document",
        lambda case: (document_of(case, "yesterday.txt"),),
        lambda before, after, on: (
            [row["when"]["edtf"] for row in after["claims"] if row["document"] == on[0] and row["kind"] == "casualty"]
            == ["2031-06-08"]
        ),
        lambda case: {"published": "2031-06-09"},
    ),
    Deciding(
        "set_place",
        lambda case: (claim_of(case, "hills.txt").id,),
        lambda before, after, on: claim_row(after, on[0])["where"]["place"] == "case:karrash",
        lambda case: "case:karrash",
    ),
    Deciding(
        "place_name",
        lambda case: ("case:ostra",),
        lambda before, after, on: (
            [row["names"][0]["name"] for row in after["places"] if row["id"] == "case:ostra"] == ["Ostrava Dol"]
        ),
        lambda case: "Ostrava Dol",
    ),
    Deciding(
        "merge_place",
        lambda case: ("case:velin", "case:ostra"),
        lambda before, after, on: (
            incident_row(after, incident_with(after, "Three people"))["where"]["place"] == "case:ostra"
        ),
    ),
    Deciding(
        "same_person",
        lambda case: tuple(p.id for p in sorted(case.persons(), key=lambda p: p.names)[:2]),
        lambda before, after, on: len(after["persons"]) == len(before["persons"]) - 1,
    ),
    Deciding(
        "distinct_person",
        lambda case: tuple(p.id for p in sorted(case.persons(), key=lambda p: p.names)[:2]),
        lambda before, after, on: any(r["kind"] == "distinct_person" for r in after["relations"]),
    ),
    Deciding(
        "protect",
        lambda case: (next(p.id for p in case.persons() if "Tavi Selk" in p.names),),
        lambda before, after, on: bool((person(after, "Tavi Selk") or {}).get("protected")),
    ),
    Deciding(
        "protect",
        lambda case: ("Tavi Selk",),
        lambda before, after, on: bool((person(after, "Tavi Selk") or {}).get("protected")),
    ),
    Deciding(
        "set_aside",
        lambda case: (exhibit_of(case, "hills.txt"),),
        lambda before, after, on: state_of(after, on[0]) == "set_aside" and gone(after, on[0]),
    ),
    Deciding(
        "withdraw",
        lambda case: (document_of(case, "hills.txt"),),
        lambda before, after, on: state_of(after, on[0]) == "withdrawn" and gone(after, on[0]),
    ),
    Deciding(
        "setting",
        lambda case: ("title",),
        lambda before, after, on: after["case"]["title"] == "The market of Ostra",
        lambda case: "The market of Ostra",
    ),
    Deciding(
        "setting",
        lambda case: ("tally_rule",),
        lambda before, after, on: (
            (best(before, incident_with(before, "At least 12")), best(after, incident_with(after, "At least 12")))
            == (15, 14)
        ),
        lambda case: "min",
    ),
    Deciding(
        "setting",
        lambda case: ("parties",),
        lambda before, after, on: any(
            row["id"] == "x-guard" and row["kind"] == "armed_group" for row in after["parties"]
        ),
        lambda case: [{"id": "x-guard", "names": ["Velin Guard"], "kind": "armed_group"}],
    ),
    Deciding(
        "finding", market_incident, lambda before, after, on: True, lambda case: "The market was open when it was hit."
    ),
    Deciding("sign", market_incident, lambda before, after, on: True),
]


def grades_of(record: Record, publisher: str) -> list[Any]:
    published = {row["id"] for row in record["documents"] if row["publisher"] == publisher}
    return [row["grade"] for row in record["claims"] if row["document"] in published]


def incident_with(record: Record, words: str) -> str:
    (found,) = {row["incident"] for row in record["claims"] if row["quote"].startswith(words)}
    return str(found)


@pytest.mark.parametrize("deciding", DECIDED, ids=[f"{n}-{deciding.kind}" for n, deciding in enumerate(DECIDED)])
def test_a_decision_binds_and_can_be_taken_back(case: Case, deciding: Deciding) -> None:
    before = case_world.derived(case)
    on = deciding.on(case)
    decision = case.decide(deciding.kind, on, deciding.value(case), reason="as seen", by="tavi")
    assert case_world.derived(case)["claims"] == before["claims"], "nothing changes before the next build"
    case.build(workers=1)
    after = case_world.derived(case)
    assert deciding.holds(before, after, decision.on)
    assert case.lost_decisions() == []
    assert case.verify().problems == ()
    logged = case.decisions()
    assert [(d.kind, d.by, d.reason) for d in logged] == [(deciding.kind, "tavi", "as seen")]
    assert case.build(workers=1).read == 0
    assert case_world.derived(case) == after, "the same decisions give the same record"

    case.decide("take_back", str(decision.seq), reason="a mistake")
    case.build(workers=1)
    assert case_world.derived(case) == before
    assert case.verify().problems == ()

    taking_back = case.decisions()[-1]
    case.decide("take_back", str(taking_back.seq), reason="it was right after all")
    case.build(workers=1)
    assert case_world.derived(case) == after


def test_every_kind_is_tried() -> None:
    assert {deciding.kind for deciding in DECIDED} | {
        "take_back",
        "erase",
    } == DECISION_KINDS  # erase: test_case_erasing


def test_a_later_decision_outranks_an_earlier_one(case: Case) -> None:
    a, b = apart(case)
    case.decide("same", (a, b), reason="one strike")
    case.decide("not_same", (a, b), reason="two strikes")
    (incident,) = market_incident(case)
    case.decide("best_figure", incident, {"harm": "killed", "best": 13}, reason="counted")
    case.decide("best_figure", incident, {"harm": "killed", "best": 14}, reason="counted again")
    case.build(workers=1)
    record = case_world.derived(case)
    assert not same_incident(record, a, b)
    assert best(record, incident) == 14


def test_changing_a_documents_date_derives_again_what_rests_on_it_and_nothing_else(case: Case) -> None:
    before = case_world.derived(case)
    case.decide("set_document", document_of(case, "yesterday.txt"), {"published": "2031-06-09"}, reason="the stamp")
    report = case.build(workers=1)
    after = case_world.derived(case)
    assert report.read == 0
    moved = [row for row in after["incidents"] if row["when"] and row["when"]["edtf"] == "2031-06-08"]
    assert len(moved) == 1
    other = {row["id"]: row for row in before["claims"] if row["document"] != document_of(case, "yesterday.txt")}
    assert {row["id"]: row for row in after["claims"] if row["id"] in other} == other


def test_words_decided_as_a_place_settle_every_claim_that_uses_them(case: Case, tmp_path: Path) -> None:
    note = "Note\n\nTwo people were killed in Dol on 2 June 2031, residents said.\n"
    case_world.write(tmp_path / "more", {"note.txt": note})
    case.build([tmp_path / "more"], workers=1)
    claim = claim_of(case, "note.txt")
    case.decide("correct", claim.id, {"where": {"raw": "Dol", "place": None}}, reason="the words for the place")
    case.decide("set_place", "Dol", "case:ostra", reason="as people there call it")
    case.build(workers=1)
    where = case.claim(claim.id).where
    assert where is not None
    assert (where.raw, where.place) == ("Dol", "case:ostra")


def test_a_decision_that_finds_its_words_no_more_is_listed_and_not_applied(case: Case) -> None:
    claim = claim_of(case, "market.txt")
    decision = case.decide("accept", claim.id, reason="read it")
    case.decide("set_aside", exhibit_of(case, "market.txt"), reason="a wrong file")
    case.build(workers=1)
    assert [(lost.seq, bool(why)) for lost, why in case.lost_decisions()] == [(decision.seq, True)]
    assert any(flag.kind == "lost_decision" for flag in case.flags())
    assert all(c.review.state == "unreviewed" for c in case.claims())
    assert decision.seq in {d.seq for d in case.decisions()}


def test_of_a_chain_the_least_reliable_source_counts_and_a_claims_own_grade_goes_before(case: Case) -> None:
    claim = claim_of(case, "market.txt")
    case.decide("grade", "Ostra Herald", "B", reason="careful")
    case.decide("grade", "Health Office", "D", reason="its figures were wrong before")
    case.decide("grade", claim.id, 3, reason="as others say")
    case.build(workers=1)
    assert case.claim(claim.id).grade == Grade("D", 3)
    case.decide("grade", claim.id, "A1", reason="the list of names was seen")
    case.build(workers=1)
    assert case.claim(claim.id).grade == Grade("A", 1)


def test_a_suggested_grade_stands_beside_the_decided_one(case: Case) -> None:
    (incident,) = market_incident(case)
    suggested = case.incident(incident).suggested
    assert suggested is not None
    assert (suggested.grade, case.incident(incident).grade) == ("fair", None)
    case.decide("grade", incident, "weak", reason="the two know it from one another")
    case.build(workers=1)
    row = incident_row(case.record(), incident)
    assert (row["grade"], row["grade_suggested"]["grade"]) == ("weak", "fair")
    assert row["grade_suggested"]["why"] == list(suggested.why)


def test_an_incident_that_was_named_keeps_its_id_as_it_grows(case: Case, tmp_path: Path) -> None:
    (incident,) = market_incident(case)
    case.decide("grade", incident, "fair", reason="two sources")
    note = "Note\n\nSixteen people were killed in the shelling of the market in Ostra on 3 May 2031, officials said.\n"
    case_world.write(tmp_path / "more", {"note.txt": note})
    case.build([tmp_path / "more"], workers=1)
    assert case.incident(incident).grade == "fair"
    assert claim_of(case, "market.txt").id in case.incident(incident).claims


# --- what is refused ---
REFUSED: list[tuple[str, Callable[[Case], Any], Any, type[Exception]]] = [
    ("no_such_kind", market, None, UsageError),
    ("accept", lambda case: ("c0",), None, NotFound),
    ("accept", market_incident, None, UsageError),
    ("correct", market, None, UsageError),
    ("correct", market, {"quote": "other words"}, UsageError),
    ("correct", market, {"count": {"number": 3, "qualifier": "roughly"}}, UsageError),
    ("correct", market, {"level": "certain"}, UsageError),
    ("add_claim", lambda case: (document_of(case, "hills.txt"),), {"quote": "words that are not there"}, UsageError),
    ("add_claim", lambda case: (document_of(case, "hills.txt"),), {"start": 0, "end": 10**6}, UsageError),
    ("add_claim", market, {"quote": "x"}, UsageError),
    ("same", market, None, UsageError),
    ("same", lambda case: (document_of(case, "hills.txt"), document_of(case, "later.txt")), None, UsageError),
    ("split", market_incident, "c0", UsageError),
    ("split", market_incident, {"a": 1}, UsageError),
    ("split", market, ["c0"], UsageError),
    ("assign", market, "i0", UsageError),
    ("best_figure", market_incident, {"harm": "hurt", "best": 3}, UsageError),
    ("best_figure", market_incident, {"harm": "killed", "best": "many"}, UsageError),
    ("grade", market_incident, "excellent", UsageError),
    ("grade", market, "G9", UsageError),
    ("grade", market, "fair", UsageError),
    ("grade", market, "B", UsageError),
    ("grade", market_incident, "B2", UsageError),
    ("grade", market_incident, 2, UsageError),
    ("grade", lambda case: ("Ostra Herald",), "fair", UsageError),
    ("grade", lambda case: ("Ostra Herald",), "B2", UsageError),
    ("grade", lambda case: ("Nobody of this case",), "B", NotFound),
    ("set_document", lambda case: (document_of(case, "hills.txt"),), {"published": "May"}, UsageError),
    ("set_document", lambda case: (document_of(case, "hills.txt"),), {"colour": "red"}, UsageError),
    ("set_document", market, {"published": "2031-05-09"}, UsageError),
    ("set_place", market, "case:nowhere", NotFound),
    ("place_name", lambda case: ("case:nowhere",), "Nowhere", NotFound),
    ("merge_place", lambda case: ("case:ostra", "case:nowhere"), None, NotFound),
    ("same_person", apart, None, UsageError),
    ("set_aside", market, None, UsageError),
    ("setting", lambda case: ("colour",), "red", UsageError),
    ("setting", lambda case: ("parties",), ["Velin Guard"], UsageError),
    ("setting", lambda case: ("parties",), [{"id": "x"}], UsageError),
    ("setting", lambda case: ("tally_rule",), "mean", UsageError),
    ("setting", lambda case: ("time_zone",), "Ostra/Market", UsageError),
    ("setting", lambda case: ("cutoff",), "soon", UsageError),
    ("setting", lambda case: ("title",), "", UsageError),
    ("take_back", lambda case: ("999",), None, NotFound),
    ("take_back", lambda case: ("the last",), None, NotFound),
]


@pytest.mark.parametrize(("kind", "on", "value", "error"), REFUSED)
def test_what_cannot_be_decided_is_refused_and_not_logged(
    case: Case, kind: str, on: Callable[[Case], Any], value: Any, error: type[Exception]
) -> None:
    entries = len(case.entries())
    with pytest.raises(error):
        case.decide(kind, on(case), value, reason="as seen")
    assert len(case.entries()) == entries
    assert case.decisions() == []


def test_a_decision_needs_a_reason_and_something_it_is_about(case: Case) -> None:
    for on, reason in ((market(case), " "), ((), "as seen")):
        with pytest.raises(UsageError):
            case.decide("accept", on, reason=reason)
    assert case.decisions() == []


def test_a_decision_is_taken_back_once(case: Case) -> None:
    decision = case.decide("accept", market(case), reason="read it")
    case.decide("take_back", str(decision.seq), reason="too early")
    with pytest.raises(UsageError, match="already"):
        case.decide("take_back", str(decision.seq), reason="too early")


def test_the_record_is_a_function_of_what_was_received_and_decided(case: Case, tmp_path: Path) -> None:
    """Many decisions and a changed file, each followed by a build; then all that was derived is taken away."""
    done: set[str] = set()
    for deciding in DECIDED:
        if deciding.kind not in done | {
            "reject",
            "same",
            "same_person",
            "not_same",
            "set_aside",
            "withdraw",
            "merge_place",
        }:
            done.add(deciding.kind)
            case.decide(deciding.kind, deciding.on(case), deciding.value(case), reason="as seen")
            case.build(workers=1)
    later = case_world.YESTERDAY.replace("Three", "Five")
    source = next(e.sightings[0].folder for e in case.exhibits())
    assert source is not None
    case_world.write(Path(source), {"yesterday.txt": later})
    try:
        case.build([source], workers=1)
    finally:
        case_world.write(Path(source), {"yesterday.txt": case_world.YESTERDAY})
    before = case_world.derived(case)
    assert case.verify().problems == ()
    case.close()

    connection = sqlite3.connect(case.folder / "case.sqlite3", isolation_level=None)
    for table in (
        "questions", "unresolved", "flagged", "flags", "relations", "persons", "incidents", "claims", "documents",
        "readings",
    ):  # fmt: skip
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    with muniment.open(case.folder, create=False, by="runa") as again:
        again.build(workers=1)
        assert case_world.derived(again) == before
        assert again.verify().problems == ()
        assert len(again.search("Ostra")) == len({(hit.kind, hit.id) for hit in again.search("Ostra")}) > 0
