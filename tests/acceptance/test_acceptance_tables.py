"""Published tables beside the repository, where they are: every row read, every cell quoted, nothing dropped silently.

They are other people's data; nothing of them stands here but counts.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import tables_world as world
from muniment import readers
from muniment.model import Claim, Document
from muniment.plugins import Lexicon, ReadOptions
from muniment.reference import parties, places
from muniment.reference.index import PlaceIndex

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MAVERICK = DATA / "maverick_kenya" / "maverick_kenya.csv"
UCDP = sorted((DATA / "ucdp_ged_ukraine").glob("conflict_data_*.csv"))
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published tables (../shared/data) are not on this machine"
)


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if not re.match("#", row.get("date_start") or "")]


def made(path: Path) -> tuple[str, tuple[str, ...], list[tuple[Document, tuple[Claim, ...]]]]:
    reading, _, media_type = readers.read(path, path.name, ReadOptions())
    lent = Lexicon(PlaceIndex(places.shipped()), parties.shipped())
    return reading.text, reading.notes, world.claims_of(reading, media_type, path.name, (), lent)


def check(text: str, rows: list[tuple[Document, tuple[Claim, ...]]]) -> None:
    for document, claims in rows:
        for claim in claims:
            assert claim.quote == claim.span.of(text)
            assert (
                any((c.start, c.end) == (claim.span.start, claim.span.end) for c in claim.cells) or claim.count is None
            )
            for cell in claim.cells:
                assert document.start <= cell.start <= cell.end <= document.end
                assert cell.column != "event_id"


@pytest.mark.skipif(not MAVERICK.is_file(), reason="the MAVERICK table is not on this machine")
def test_every_event_report_becomes_a_document_with_its_claims() -> None:
    text, notes, rows = made(MAVERICK)
    wanted = records(MAVERICK)
    assert len(rows) == len(wanted)
    assert notes[0] == f"{len(wanted):,} rows read by the mapping MAVERICK event reports"
    check(text, rows)
    for (document, claims), record in zip(rows, wanted, strict=True):
        assert (document.key, document.publisher) == (record["id"], record["source_author"])
        assert document.published is not None
        assert document.published in record["source"]
        assert claims
        for harm, columns in (("killed", "deaths"), ("injured", "injuries")):
            counts = [claim.count for claim in claims if claim.harm == (harm,)]
            figures = [int(record[f"{columns}_{bound}"]) for bound in ("low", "best", "high")]
            assert len(counts) == any(figures)
            if counts and counts[0] is not None and sorted(figures) == figures:
                assert [counts[0].min, counts[0].best, counts[0].max] == figures


def test_every_event_of_both_versions_of_the_conflict_table_is_read() -> None:
    if not UCDP:
        pytest.skip("the UCDP GED tables are not on this machine")
    for path in UCDP:
        text, notes, rows = made(path)
        wanted = records(path)
        assert len(rows) == len(wanted), path.name
        assert notes[0] == f"{len(wanted):,} rows read by the mapping UCDP GED"
        check(text, rows)
        for (document, claims), record in zip(rows, wanted, strict=True):
            assert document.key == record["id"]
            low, best, high = (int(record[name]) for name in ("low", "best", "high"))
            assert bool(document.remarks) == (not low <= best <= high)
            all_killed = [
                c.count for c in claims if c.harm == ("killed",) and c.victims and c.victims.status == "unknown"
            ]
            assert [count.best for count in all_killed if count is not None] == ([best] if low or best or high else [])
            assert all(c.when is not None and c.when.earliest is not None for c in claims)
