"""The kinds of claim other than casualty: golden sentences, what asserts nothing, calls, figures, time."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from muniment.extractors.en import PLUGINS
from muniment.extractors.en.rules import hits
from muniment.extractors.view import View
from muniment.model import Claim, Document
from muniment.plugins import Lexicon

GOLDEN = Path(__file__).parents[2] / "golden" / "english"
ROWS = [
    json.loads(line)
    for name in (
        "other_kinds.jsonl",
        "other_kinds_more.jsonl",
        "other_kinds_third.jsonl",
        "other_kinds_fourth.jsonl",
        "other_kinds_fifth.jsonl",
    )
    for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()
]


class NoPlaces:
    """A gazetteer that knows no place."""

    digest = "0"

    def get(self, place: str) -> None:
        return None

    def find(self, name: str) -> list[Any]:
        return []

    def scan(self, text: str) -> list[Any]:
        return []

    def within(self, place: str) -> list[str]:
        return []

    def contains(self, outer: str, inner: str) -> bool:
        return outer == inner

    def distance_km(self, a: str, b: str) -> None:
        return None


def document(text: str) -> Document:
    return Document(
        "d1", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Rights Monitor", "2031-05-02", None, "en", "news"
    )


def read(text: str) -> list[Claim]:
    claims = PLUGINS[0].extract(document(text), text, Lexicon(NoPlaces()))
    return [claim for claim in claims if claim.kind != "casualty"]


def figure(claim: Claim) -> list[Any] | None:
    count = claim.count
    if count is None:
        return None
    return [count.qualifier, next((n for n in (count.best, count.min, count.max) if n is not None), None), count.unit]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_a_sentence_gives_the_claims_expected_and_no_others(row: dict[str, Any]) -> None:
    claims = read(row["text"])
    used = set()
    for want in row["claims"]:
        found = [
            claim
            for claim in claims
            if claim.kind == want["kind"]
            and want["has"].lower() in " ".join(claim.quote.split()).lower()
            and list(claim.harm) == want.get("harm", list(claim.harm))
        ]
        assert found, f"no {want['kind']} with {want['has']!r} among {[(c.kind, c.quote) for c in claims]}"
        used.update(claim.id for claim in found)
        claim = found[0]
        if "count" in want:
            assert figure(claim) == want["count"]
        if "persons" in want:
            people = [p for p in claim.persons if p.role in ("victim", "alleged_responsible")]
            assert [[p.name, p.role, p.age] for p in people] == want["persons"]
        if "polarity" in want:
            assert claim.polarity == want["polarity"]
        if "to" in want or "action" in want:
            assert claim.call is not None
            assert list(claim.call.to) == want.get("to", list(claim.call.to))
            assert want.get("action", "") in claim.call.action
        for name, value in want.get("measure", {}).items():
            assert getattr(claim.measure, name) == value
    assert [(c.kind, c.quote) for c in claims if c.id not in used] == []
    assert not {claim.kind for claim in claims} & set(row.get("never", ()))


def test_every_claim_says_which_rule_and_which_word_made_it() -> None:
    text = "Ordanian forces shelled the village of Pell. The mayor denied that anyone had fled."
    for claim in read(text):
        reason = claim.why["kind"]
        assert reason.rule.startswith(f"{claim.kind}: ")
        assert reason.start is not None
        assert text[reason.start : reason.end] == reason.words


def test_a_quote_is_the_text_at_its_span() -> None:
    text = "\n\n".join(row["text"] for row in ROWS)
    claims = read(text)
    assert len(claims) > 150
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.quote
        assert 0 < len(claim.quote) <= 600


def test_a_fact_is_told_once_when_a_casualty_tells_it() -> None:
    text = "Rockets struck the square at noon, killing 12 people and injuring 30."
    assert [claim.kind for claim in read(text)] == []


def test_what_is_demanded_is_not_told_as_done() -> None:
    text = "We urge the army to stop shelling Pell, to release all detainees and to lift the internet shutdown."
    claims = read(text)
    assert [claim.kind for claim in claims] == ["call"]
    assert claims[0].call is not None
    assert claims[0].call.to == ("army",)


def test_a_demand_may_tell_a_fact_in_passing() -> None:
    text = "We call on Ordania to lift the blockade that has left 40,000 people without food."
    assert [claim.kind for claim in read(text)] == ["call", "deprivation"]


def test_they_are_those_called_on_before() -> None:
    text = "The Ordanian authorities must end the siege. They must also punish the officers who ordered it."
    calls = [claim.call for claim in read(text) if claim.call is not None]
    assert [call.to for call in calls] == [("Ordanian authorities",), ("Ordanian authorities",)]


def test_somebody_detained_and_released_keeps_the_name() -> None:
    text = "Police arrested the poet Ilva Dorn on 4 March. She was released two days later without charge."
    claims = read(text)
    assert [(claim.kind, claim.harm) for claim in claims] == [
        ("detention", ("detained",)),
        ("detention", ("released",)),
    ]
    assert [[person.name for person in claim.persons] for claim in claims] == [["Ilva Dorn"], ["Ilva Dorn"]]


def test_a_change_has_both_figures() -> None:
    text = "The number of lorries entering Kasht has fallen from 900 a day to two or three."
    (claim,) = read(text)
    measure = claim.measure
    assert measure is not None
    assert (measure.before, measure.value, measure.unit, measure.per) == (900.0, 2.0, "lorries", "day")
    assert measure.what == "number of lorries"


def test_rules_are_tried_only_where_a_word_begins() -> None:
    text = "An air-dropped leaflet spoke of unrest and of the disarrested."
    assert [hit.rule.kind for _, found in hits(View(document(text), text)) for hit in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "Forces shelled the village " * 4_000,
        "must " * 20_000,
        "from 3 to 4 a day " * 6_000,
        "by the army of the " * 6_000,
        "“" * 40_000,
        "1 2 3 4 5 " * 10_000,
    ],
    ids=["attacks", "must", "figures", "by", "quotes", "digits"],
)
def test_no_text_makes_it_slow(text: str) -> None:
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 20
