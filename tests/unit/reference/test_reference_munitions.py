"""The munitions table: sound rows, a lattice without loops, and designations found as they are written."""

from __future__ import annotations

from collections import Counter

import pytest

from muniment.model.vocabulary import WEAPON_CLASSES
from muniment.reference import munitions, parties, sources


def test_rows_are_whole_sourced_and_consistent() -> None:
    rows = munitions.all()
    ids = Counter(row.id for row in rows)
    assert len(rows) >= 400
    assert max(ids.values()) == 1
    assert max(Counter(row.name for row in rows).values()) == 1
    states = {party.id for party in parties.shipped()}
    for row in rows:
        assert row.class_ in WEAPON_CLASSES, row.id
        assert row.source in sources.all(), row.id
        assert row.effect, row.id
        assert row.calibre_mm is None or 4 < row.calibre_mm < 2000, row.id
        assert row.origin is None or row.origin in states, row.id
        assert set(row.carries) | set(row.family) <= set(ids), row.id
        assert row.name not in row.aliases, row.id


def test_every_class_that_has_models_ships_some() -> None:
    none = {"air_strike", "other"}
    assert {row.class_ for row in munitions.all()} == WEAPON_CLASSES - none


def test_nothing_is_above_itself() -> None:
    for row in munitions.all():
        assert row.id not in munitions.parents(row.id)


def test_the_lattice() -> None:
    assert munitions.parents("scud-b") == ("scud",)
    assert {"9m55k", "9m27k", "bm-30-smerch"} <= set(munitions.parents("9n235"))
    assert munitions.related("9n235", "9m55k")
    assert munitions.related("9m55k", "9n235")
    assert not munitions.related("9n235", "m85")
    with pytest.raises(KeyError):
        munitions.parents("no-such-thing")


def test_submunitions_and_what_carries_them_are_cluster() -> None:
    by_id = {row.id: row for row in munitions.all()}
    for row in munitions.all():
        if row.class_ == "cluster" and row.carries:
            assert {by_id[carried].class_ for carried in row.carries} == {"cluster"}, row.id


@pytest.mark.parametrize("row", munitions.all(), ids=lambda row: row.id)
def test_each_name_leads_to_its_row(row: munitions.Munition) -> None:
    assert munitions.get(row.id) == row
    found = munitions.find(f"Fragments of a {row.name} were seen.")
    assert [munition.id for _, _, munition in found][:1] in ([row.id], [shared_name(row)])


def shared_name(row: munitions.Munition) -> str:
    return {"m46": "m-46"}.get(row.id, row.id)


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("9M55K", "9m55k"),
        ("9N235", "9n235"),
        ("9Н235", "9n235"),
        ("BM-30 Smerch", "bm-30-smerch"),
        ("SCUD-B", "scud-b"),
        ("Scud B", "scud-b"),
        ("M095 DPICM", "m095"),
        ("BM21", "bm-21-grad"),
        ("Grads", "bm-21-grad"),
        ("«Смерч»", "bm-30-smerch"),
        ("MK 84", "mk-84"),
        ("Mk84", "mk-84"),
        ("RBK-500 AO-2.5RT", "rbk-500-ao-2p5rt"),
        ("Bayraktar TB-2s", "bayraktar-tb2"),
        ("FPV drones", "fpv-drone"),
        ("white phosphorus", "white-phosphorus"),
        ("Pegasus spyware", "pegasus"),
        ("PFM-1", "pfm-1"),
    ],
)
def test_designations_as_they_are_written(written: str, id_: str) -> None:
    assert [munition.id for _, _, munition in munitions.find(f"It was a {written}, they said.")] == [id_]


@pytest.mark.parametrize("text", ["a grad student", "the M 85 road", "9M55KX", "extra rockets", "The Lancet", "X9N235"])
def test_what_only_looks_like_one(text: str) -> None:
    assert munitions.find(text) == []


def test_spans_are_the_words() -> None:
    text = "Smerch's 9M55K-launched load"
    assert [(text[start:end], row.id) for start, end, row in munitions.find(text)] == [
        ("Smerch", "bm-30-smerch"),
        ("9M55K", "9m55k"),
    ]


def test_unknown_or_ambiguous_models_are_none() -> None:
    assert munitions.get("Flying Carpet 9") is None
    assert munitions.get("M46") is None
