"""People in a sentence: names, roles, ages, kinship, pseudonyms."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from muniment.extractors.en import persons

GOLDEN = Path(__file__).parents[2] / "golden" / "english" / "persons.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_people_are_found_with_role_and_age(row: dict) -> None:
    found = persons.find(row["text"], 0, len(row["text"]))
    assert [[p.name, p.role, p.age] for p in found if p.role is not None] == row["persons"]
    assert [p.name for p in found if p.pseudonym] == row.get("pseudonyms", [])
    for person in found:
        assert row["text"][person.start : person.end] == person.name


def test_kinship_and_sex_are_kept_as_written() -> None:
    text = "The blast killed Ilse Tarn, 40, along with her younger brother Odo and his wife Mirja."
    found = {p.name: p for p in persons.find(text, 0, len(text))}
    assert (found["Odo"].relation, found["Odo"].sex) == ("younger brother", "male")
    assert (found["Mirja"].relation, found["Mirja"].sex) == ("wife", "female")
    assert found["Ilse Tarn"].role == "victim"


def test_an_office_is_kept_with_the_official() -> None:
    text = "Defence Minister Osk Thane and Chief of the General Staff Ruk Senn should face sanctions for the abuses."
    found = persons.find(text, 0, len(text))
    assert [(p.name, p.role, p.relation) for p in found] == [
        ("Osk Thane", "alleged_responsible", "Defence Minister"),
        ("Ruk Senn", "alleged_responsible", "Chief of the General Staff"),
    ]


def test_known_places_and_parties_are_no_people() -> None:
    text = "Residents of Port Varga said that Mila Tesk, 30, was killed."
    place = (text.index("Port Varga"), text.index("Port Varga") + len("Port Varga"))
    assert [p.name for p in persons.find(text, 0, len(text), [place])] == ["Mila Tesk"]


def test_somebody_may_bear_the_name_of_a_place() -> None:
    text = "The blast in Varga killed her daughters Halda, 18, and Varga, 12."
    places = [(i, i + 5) for i in range(len(text)) if text[i : i + 5] in ("Halda", "Varga")]
    found = persons.find(text, 0, len(text), places)
    assert [(p.name, p.age, p.role) for p in found] == [("Halda", 18, "victim"), ("Varga", 12, "victim")]


def test_a_pseudonym_stays_as_it_is() -> None:
    text = "Tamsin R*, 29, and Orla (not her real name) were detained for nine days."
    found = persons.find(text, 0, len(text))
    assert [(p.name, p.pseudonym, p.role) for p in found] == [("Tamsin R", True, "victim"), ("Orla", True, "victim")]


def test_a_sentence_that_goes_on_about_the_dead() -> None:
    text = "The youngest was Suri Dol, aged three."
    assert persons.find(text, 0, len(text), harmed=True)[0].role == "victim"


def test_a_mention_carries_what_was_read() -> None:
    text = "Vera Tull, 63, recalled the night of the raid."
    person = persons.find(text, 0, len(text))[0]
    mention = person.mention()
    assert (mention.name, mention.role, mention.age, mention.person) == ("Vera Tull", "witness", 63, None)
    assert persons.victims([person]) == ()


def test_time_grows_with_length_not_faster() -> None:
    text = "Aa Bb, " * 20_000
    began = time.perf_counter()
    persons.find(text, 0, len(text))
    assert time.perf_counter() - began < 2
