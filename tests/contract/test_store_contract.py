"""What any database must do for the store. A new database joins by adding its address to ADDRESSES."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from muniment.errors import NewerCase
from muniment.model import (
    Claim,
    Count,
    Decision,
    Document,
    Flag,
    Incident,
    IncidentWhen,
    IncidentWhere,
    Person,
    Place,
    PlaceName,
    Relation,
    Sighting,
    Span,
    Words,
)
from muniment.store import derived, engine, queries, received, search
from muniment.store.schema import metadata

ADDRESSES = ["sqlite"]
EXHIBIT = "ab" * 32
TEXT = "Three people were killed in Darsun. ذكرت البلدية. Երեք մարդ սպանվեց։ Погибли трое жителей."


@pytest.fixture(params=ADDRESSES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    made = engine.open_engine(engine.sqlite_address(tmp_path / "case.sqlite3"))
    engine.migrate(made)
    yield made
    made.dispose()


def entry(seq: int, kind: str = "received") -> received.EntryRow:
    return received.EntryRow(seq, "2031-03-09T10:00:00+00:00", kind, "R. Ostrane", "s", "c", "{}", "s", "c", f"h{seq}")


def document() -> Document:
    return Document(
        "d1",
        EXHIBIT,
        "note.txt",
        0,
        "k",
        0,
        len(TEXT),
        "A note",
        "Ulmar Field Monitors",
        "2031-03-10",
        None,
        "en",
        "news",
    )


def claim(n: int, kind: str = "casualty") -> Claim:
    count = Count.of("exact", 3, "Three")
    return Claim(f"c{n}", "d1", Span(n, n + 24), TEXT[n : n + 24], kind, ("killed",), count)  # type: ignore[arg-type]


def fill(connection: sa.Connection) -> None:
    received.add_entry(connection, entry(0))
    received.add_exhibit(connection, EXHIBIT, 90, "source", 0)
    received.add_sighting(connection, EXHIBIT, Sighting("in/note.txt", folder="/f", received="2031"), 0)
    derived.put_reading(
        connection, derived.ReadingRow(EXHIBIT, "r1", "text/plain", "utf-8", "t", TEXT, documents=(document(),))
    )
    derived.put_document(connection, document(), text=TEXT)
    derived.put_claims(connection, "d1", "x1", [claim(0), claim(5)])


def test_the_migrations_make_the_tables_the_code_names(opened: sa.Engine) -> None:
    found = sa.inspect(opened)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == set(table.columns.keys()), table.name
    assert engine.version(opened) == engine.HEAD


def test_a_newer_case_is_refused_and_left_alone(opened: sa.Engine) -> None:
    with opened.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999_later'"))
    with pytest.raises(NewerCase, match="newer Muniment"):
        engine.migrate(opened)
    assert engine.version(opened) == "9999_later"


def test_rows_come_back_as_they_went_in(opened: sa.Engine) -> None:
    with opened.begin() as connection:
        fill(connection)
    with opened.connect() as connection:
        assert derived.text_of(connection, EXHIBIT) == TEXT
        assert queries.document_page(connection, None, 0) == ((document(),), 1)
        assert queries.claim_page(connection, None, 0) == ((claim(0), claim(5)), 2)
        assert queries.claim_page(connection, 1, 1, document="d1")[0] == (claim(5),)
        exhibit = received.all_exhibits(connection)[0]
        assert (exhibit.id, exhibit.bytes, exhibit.state, exhibit.media_type) == (EXHIBIT, 90, "read", "text/plain")
        assert exhibit.sightings == (Sighting("in/note.txt", folder="/f", received="2031"),)
        assert received.latest_at(connection, "/f", "in/note.txt") == EXHIBIT


def test_a_transaction_that_fails_leaves_nothing(opened: sa.Engine) -> None:
    def interrupted() -> None:
        with opened.begin() as connection:
            fill(connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    with opened.connect() as connection:
        assert queries.counts(connection)["claims"] == 0
        assert received.last_entry(connection) is None


def test_claims_made_again_replace_the_old_ones(opened: sa.Engine) -> None:
    with opened.begin() as connection:
        fill(connection)
        derived.put_claims(connection, "d1", "x2", [claim(7)])
        assert [c.id for c in derived.raw_claims(connection)] == ["c7"]
        assert derived.extraction_digests(connection) == {"d1": "x2"}
        assert {hit.id for hit in search.find(connection, "people", 10)} == {"d1"}


def test_a_changed_document_is_due_again(opened: sa.Engine) -> None:
    with opened.begin() as connection:
        fill(connection)
        derived.put_document(connection, replace(document(), published="2031-03-11"), text=TEXT)
        assert derived.extraction_digests(connection) == {"d1": ""}
        derived.drop_documents(connection, ["d1"])
        assert queries.counts(connection)["claims"] == 0
        assert search.find(connection, "killed", 10) == []


@pytest.mark.parametrize("word", ["people", "PEOPLE", "Darsun", "البلدية", "սպանվեց", "ՍՊԱՆՎԵՑ", "погибли", "жител"])
def test_search_finds_words_of_any_script(opened: sa.Engine, word: str) -> None:
    with opened.begin() as connection:
        fill(connection)
    with opened.connect() as connection:
        found = search.find(connection, word, 10)
    assert "d1" in [hit.id for hit in found]
    assert search.OPEN in next(hit for hit in found if hit.id == "d1").snippet


@pytest.mark.parametrize("words", ["", '"', "AND OR NOT", "a* OR (", "nowhere", "x' --"])
def test_search_takes_any_words(opened: sa.Engine, words: str) -> None:
    with opened.begin() as connection:
        fill(connection)
    with opened.connect() as connection:
        assert search.find(connection, words, 10) == []


def test_linked_rows_and_settled_claims(opened: sa.Engine) -> None:
    day = dt.date(2031, 3, 9)
    incident = Incident(
        "i1", "Strike on Darsun", "incident", IncidentWhen("2031-03-09", day, day),
        IncidentWhere("p", "locality"), ("c0",),
    )  # fmt: skip
    undated = Incident("i0", "Undated", "incident", None, None, ("c5",))
    related = Relation("candidate", "i1", "i0", score=0.1, why="same town")
    flag = Flag("date_conflict", ("i1", "c0"), "two days")
    added = replace(claim(9), id="hand")
    with opened.begin() as connection:
        fill(connection)
        corrected = replace(claim(0), cue="verified")
        derived.settle_claims(
            connection, {"c0": corrected, "c5": claim(5)}, [added], {"c0": "i1", "c5": "i0", "hand": "i1"}
        )
        derived.put_linked(connection, [incident, undated], [related], [flag], [Person("p1", ("Ilmira",), (), False)])
    with opened.connect() as connection:
        assert [i.id for i in queries.incident_page(connection, None, 0)[0]] == ["i1", "i0"]
        assert queries.incident_page(connection, None, 0, latest=dt.date(2031, 3, 8))[1] == 0
        assert queries.relations_of(connection, "i0") == [related]
        assert queries.flags_on(connection, "c0") == [flag]
        assert queries.flags_on(connection, "i0") == []
        assert {c.id for c in queries.claim_page(connection, None, 0, incident="i1")[0]} == {"c0", "hand"}
        assert queries.by_id(connection, Claim, "c0")[0].cue == "verified"
        assert [c.id for c in derived.raw_claims(connection)] == ["c0", "c5"], "the reading itself never changes"
        assert queries.incidents_by_place(connection) == [("p", "locality", 1)]
        before = list(derived.derived_rows(connection))
    with opened.begin() as connection:
        derived.put_linked(connection, [incident, undated], [related], [flag], [Person("p1", ("Ilmira",), (), False)])
        assert list(derived.derived_rows(connection)) == before


def test_decisions_and_places_come_back(opened: sa.Engine) -> None:
    words = Words(EXHIBIT, "k", "casualty", ("killed",), "Three", "Three people", "", " were", 0)
    decision = Decision(0, "2031", "R. Ostrane", "correct", ("c0",), {"count": 4}, "miscounted", {"c0": words})
    place = Place(
        "case:1", (PlaceName("Darsun"), PlaceName("درسون", "ar")), 44.1, 39.2, "locality", "locality", None, "own"
    )
    with opened.begin() as connection:
        received.add_entry(connection, entry(0, "decided"))
        received.add_decision(connection, decision)
        assert received.add_gazetteer(connection, "g" * 64, "places.csv", 0, [place, place]) == 1
        moved = replace(place, lon=44.2)
        assert received.add_gazetteer(connection, "f" * 64, "better.csv", 0, [moved]) == 1
    with opened.connect() as connection:
        assert received.all_decisions(connection) == [decision]
        assert received.stored_places(connection) == [moved]
        assert len(received.gazetteer_digests(connection)) == 2
