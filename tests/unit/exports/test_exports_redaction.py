"""No string of the public record shows a protected name, and nobody else's words are lost."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from exports_snapshot import snapshot
from muniment import exports
from muniment.exports import WITHHELD, Withheld
from muniment.model import Claim, Decision, Person, PersonMention, Span

MADE = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


def withheld(*names: str) -> Withheld:
    return Withheld.of([Person("p", names, (), True)])


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return []


def test_the_public_record_nowhere_shows_the_child() -> None:
    record = exports.record(snapshot(), audience="public", made=MADE)
    assert not [text for text in strings(record) if "ormand" in text.lower() or "lid" in text.lower().split()]
    assert record["persons"] == [
        {"id": "withheld-1", "names": [WITHHELD], "claims": record["persons"][0]["claims"], "protected": True}
    ]


def test_a_claim_so_changed_says_so_and_has_no_offsets() -> None:
    claims = exports.record(snapshot(), audience="public", made=MADE)["claims"]
    changed = [claim for claim in claims if claim["redacted"]]
    assert [(c["start"], c["end"], c["mentions"]) for c in changed] == [(None, None, None)]
    assert changed[0]["quote"] == f"Among them was {WITHHELD}, aged 9"
    assert changed[0]["persons"][0]["person"] == "withheld-1"
    assert all(claim["start"] is not None for claim in claims if not claim["redacted"])


def test_without_protected_people_public_differs_only_in_the_audience() -> None:
    shown = exports.record(snapshot(protected=False), audience="public", made=MADE)
    full = exports.record(snapshot(protected=False), audience="case", made=MADE)
    assert json.dumps({**shown, "audience": "case"}) == json.dumps(full)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Lida Ormand said", f"{WITHHELD} said"),
        ("LIDA ORMAND", WITHHELD),
        ("Ormand’s house", f"{WITHHELD}’s house"),
        ("the Ormands", f"the {WITHHELD}"),
        ("Lída Órmand said", f"{WITHHELD} said"),
        ("Lida\nOrmand said", f"{WITHHELD} said"),
        ("Lida-Ormand", WITHHELD),
        ("Lida Ormmand said", f"{WITHHELD} said"),
        ("Mrs. Ormand wept", f"Mrs. {WITHHELD} wept"),
        ("Ormandy is a village", "Ormandy is a village"),
        ("the lida of the ormand", "the lida of the ormand"),
        ("nobody else", "nobody else"),
    ],
)
def test_forms_of_a_name(text: str, shown: str) -> None:
    assert withheld("Lida Ormand").text(text) == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Анна Остова", "видели Анну Остову вчера", f"видели {WITHHELD} вчера"),
        ("Անի Օրմանյան", "Օրմանյանի տունը", f"{WITHHELD} տունը"),
        ("ليدا أورماند", "قالت ليدا أورماند إن", f"قالت {WITHHELD} إن"),
        ("ليدا أورماند", "وأورماند قالت", f"{WITHHELD} قالت"),
        ("Jean-Luc de Var", "de Var came to a var", f"de {WITHHELD} came to a var"),
    ],
)
def test_other_languages_and_particles(name: str, text: str, shown: str) -> None:
    assert withheld(name).text(text) == shown


def test_addresses_and_file_names_without_capitals() -> None:
    names = withheld("Lida Ormand", "Лида Орманд")
    assert (
        names.text("https://ulmar.example/lida-ormand-9.html", link=True) == f"https://ulmar.example/{WITHHELD}-9.html"
    )
    assert "ormand" not in names.text("statement_ormand.txt", link=True)
    assert WITHHELD in names.text(
        "https://ulmar.example/%D0%BB%D0%B8%D0%B4%D0%B0-%D0%BE%D1%80%D0%BC%D0%B0%D0%BD%D0%B4", link=True
    )
    untouched = "https://ulmar.example/%D0%BC%D0%B8%D1%80"
    assert names.text(untouched, link=True) == untouched


def test_words_that_are_no_name_stay() -> None:
    names = withheld("his father", "Witness A")
    assert names.text("his father and Witness B") == "his father and Witness B"
    assert names.text("Witness A saw it") == f"{WITHHELD} saw it"


def test_a_village_is_not_withheld_for_sharing_a_name() -> None:
    record = exports.record(snapshot(), audience="case", made=MADE)
    record["places"][0]["names"][0]["name"] = "Ormand"
    public = exports.redaction.redact(record, withheld("Lida Ormand"))
    assert public["places"][0]["names"][0]["name"] == "Ormand"


def test_minors_and_pseudonyms_that_only_a_claim_knows() -> None:
    claim = Claim(
        "c", "d", Span(0, 1), "x", "casualty",
        persons=(
            PersonMention("Nona Bel", "victim", age=12),
            PersonMention("Grey Fox", "witness", pseudonym=True),
            PersonMention("Tam Rook", "official"),
        ),
    )  # fmt: skip
    names = Withheld.of([], [claim])
    assert names.text("Nona Bel, Grey Fox and Tam Rook") == f"{WITHHELD}, {WITHHELD} and Tam Rook"


def test_a_name_protected_by_decision_and_nobody_the_case_knows() -> None:
    protect = Decision(4, "2031-06-01", "ida", "protect", ("Nona Bel",), None, "asked", {})
    back = Decision(5, "2031-06-02", "ida", "take_back", ("4",), None, "published herself", {})
    assert Withheld.of([], [], [protect]).text("Nona Bel came") == f"{WITHHELD} came"
    assert Withheld.of([], [], [protect, back]).text("Nona Bel came") == "Nona Bel came"


def test_two_thousand_strings_against_a_thousand_names_within_seconds() -> None:
    names = withheld(*(f"Given{n} Family{n}" for n in range(1000)))
    import time

    began = time.perf_counter()
    for n in range(2000):
        names.text(f"On that day Given{n} Family{n} and a group of others were seen near the bridge at noon.")
    assert time.perf_counter() - began < 10
