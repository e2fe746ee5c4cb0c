"""What a build takes from its sources: once each, never from outside them, under every name it was met by."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import case_world
import muniment
from muniment.case import Case
from muniment.errors import BadInput, CaseHeld, NotACase, StorageFailed
from muniment.evidence import lock

NOTICE = "Notice\n\nTwo people were killed in Sarn on 9 May 2031, the Mine Action Centre said.\n"
LETTER = "Letter\n\nThree people were killed in Velin on 1 June 2031, residents said.\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with muniment.open(tmp_path / "case", by="runa") as opened:
        yield opened


def names(case: Case) -> list[list[str]]:
    return sorted([sighting.name for sighting in exhibit.sightings] for exhibit in case.exhibits())


# --- one writer ---
def test_a_second_writer_is_told_who_holds_the_case(case: Case, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)
    case_world.write(sources, {"notice.txt": NOTICE})
    case.build([sources], workers=1)
    claim = next(iter(case.claims())).id
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from muniment.evidence import WriterLock\n"
        "with WriterLock(Path(sys.argv[1]), 'tavi'):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(case.folder)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        for write in (
            lambda: case.build([sources], workers=1),
            lambda: case.decide("accept", claim, reason="read it"),
            lambda: case.import_places(case_world.write(sources.parent, {"p.csv": case_world.PLACES}) / "p.csv"),
        ):
            with pytest.raises(CaseHeld, match=rf"tavi \(process {holder.pid} on "):
                write()
        assert len(case.claims()) == 1, "reading goes on"
        holder.kill()
        holder.wait()
    assert case.build([sources], workers=1).refused == ()
    assert len(case.decisions()) == 0


# --- what is taken ---
def test_the_same_bytes_under_two_names_are_one_exhibit_with_two_sightings(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE, "copies/again.txt": NOTICE})
    report = case.build([sources], workers=1)
    assert report.received == 1
    assert names(case) == [["copies/again.txt", "notice.txt"]]
    assert len(case.documents()) == 1
    (exhibit,) = case.exhibits()
    assert {sighting.folder for sighting in exhibit.sightings} == {str(sources)}
    assert all(sighting.received for sighting in exhibit.sightings)


def test_building_again_from_the_same_files_changes_nothing(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE, "letter.txt": LETTER})
    case.build([sources], workers=1)
    before, entries = case.record(normalise=True), len(case.entries())
    report = case.build([sources], workers=1)
    assert (report.received, report.read) == (0, 0)
    assert case.record(normalise=True) == before
    assert len(case.entries()) == entries


def test_a_later_name_of_known_bytes_is_a_sighting(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    case.build([sources], workers=1)
    case_world.write(sources, {"a copy.txt": NOTICE})
    report = case.build([sources], workers=1)
    assert report.received == 0
    assert names(case) == [["notice.txt", "a copy.txt"]]
    assert case.verify().ok


def test_the_order_in_which_names_came_does_not_show_in_the_documents(tmp_path: Path, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    with muniment.open(tmp_path / "1" / "case", by="runa") as slowly:
        slowly.build([sources], workers=1)
        case_world.write(sources, {"a copy.txt": NOTICE})
        slowly.build([sources], workers=1)
        first = slowly.record(normalise=True)["documents"]
    with muniment.open(tmp_path / "2" / "case", by="runa") as at_once:
        at_once.build([sources], workers=1)
        assert at_once.record(normalise=True)["documents"] == first


def test_later_bytes_at_a_path_are_a_version_of_the_earlier(case: Case, sources: Path) -> None:
    path = case_world.write(sources, {"notice.txt": NOTICE}) / "notice.txt"
    case.build([sources], workers=1)
    (first,) = [exhibit.id for exhibit in case.exhibits()]
    path.write_text(NOTICE.replace("Two people", "Four people"), encoding="utf-8")
    assert case.build([sources], workers=1).received == 1
    (second,) = [exhibit.id for exhibit in case.exhibits() if exhibit.id != first]
    found = [r for r in case.relations(first) if r.kind == "version_of"]
    assert [(r.a, r.b) for r in found] == [(second, first)]
    assert len(case.documents()) == 2, "both are kept"
    assert case.verify().ok


def test_known_bytes_that_come_to_stand_at_a_path_are_a_version_too(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE, "letter.txt": LETTER})
    case.build([sources], workers=1)
    of = {exhibit.sightings[0].name: exhibit.id for exhibit in case.exhibits()}
    case_world.write(sources, {"notice.txt": LETTER})
    assert case.build([sources], workers=1).received == 0
    found = {(r.a, r.b) for r in case.relations(of["notice.txt"]) if r.kind == "version_of"}
    assert found == {(of["letter.txt"], of["notice.txt"])}


def test_a_link_out_of_the_folder_is_refused_and_told(case: Case, sources: Path) -> None:
    outside = case_world.write(sources.parent / "private", {"diary.txt": LETTER}) / "diary.txt"
    case_world.write(sources, {"notice.txt": NOTICE})
    (sources / "link.txt").symlink_to(outside)
    (sources / "folder").symlink_to(outside.parent)
    report = case.build([sources], workers=1)
    assert names(case) == [["notice.txt"]]
    assert [sentence.split(":")[0] for sentence in report.refused] == ["folder", "link.txt"]
    assert all("out of the source folder" in sentence for sentence in report.refused)


def test_a_case_inside_its_own_sources_does_not_seal_itself(sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    with muniment.open(sources / "case", by="runa") as case:
        case.build([sources], workers=1)
        case.build([sources], workers=1)
        assert names(case) == [["notice.txt"]]


def test_what_cannot_be_read_is_sealed_and_listed(case: Case, sources: Path) -> None:
    case_world.write(
        sources,
        {"broken.pdf": b"%PDF-1.7\nnot really", "empty.txt": b"", "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(500)},
    )
    report = case.build([sources], workers=1)
    assert report.received == 3
    assert {unread.name for unread in report.unread} == {"broken.pdf", "empty.txt", "photo.jpg"}
    assert all(unread.reason and unread.sentence for unread in report.unread)
    assert case.verify().ok


def test_one_more_file_that_cannot_be_read_leaves_a_case_that_verifies(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    case.build([sources], workers=1)
    case_world.write(sources, {"broken.pdf": b"%PDF-1.7\nnot really"})
    case.build([sources], workers=1)
    assert case.verify().problems == ()


def test_a_name_that_is_not_utf_8_is_sealed_and_told(case: Case, sources: Path) -> None:
    with open(os.fsencode(sources) + b"/avis \xe9.txt", "wb") as out:
        out.write(NOTICE.encode())
    report = case.build([sources], workers=1)
    assert report.refused == ()
    assert names(case) == [[r"avis \xe9.txt"]]
    json.dumps(case.record(), ensure_ascii=False).encode("utf-8")


def test_a_source_that_is_missing_stops_the_build_before_anything_is_done(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    with pytest.raises(BadInput, match="does not exist"):
        case.build([sources, sources / "missing"], workers=1)
    assert names(case) == []


def test_a_file_that_vanishes_between_finding_and_sealing_is_refused_alone(
    case: Case, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_world.write(sources, {"a.txt": NOTICE, "b.txt": LETTER})

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "seal" and done == 0 and (sources / "b.txt").exists():
            (sources / "b.txt").unlink()

    report = case.build([sources], workers=1, progress=progress)
    assert names(case) == [["a.txt"]]
    assert len(report.refused) == 1
    assert report.refused[0].startswith("b.txt: ")


def test_bytes_damaged_in_the_vault_are_not_read_and_are_read_once_restored(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    sealed = case.folder / "vault"
    case.build([], workers=1)
    seen: list[bytes] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "seal" and done == total:
            (path,) = [p for p in sealed.rglob("*") if p.is_file() and len(p.name) == 64]
            seen.append(path.read_bytes())
            path.chmod(0o600)
            path.write_bytes(seen[0].replace(b"Two", b"Six"))

    report = case.build([sources], workers=1, progress=progress)
    assert [unread.reason for unread in report.unread] == ["damaged"]
    assert not case.verify().ok
    (path,) = [p for p in sealed.rglob("*") if p.is_file() and len(p.name) == 64]
    path.write_bytes(seen[0])
    report = case.build([], workers=1)
    assert report.unread == ()
    assert case.verify().ok


# --- sources.csv ---
def test_a_row_fills_and_overrides_and_is_sealed_itself(case: Case, sources: Path) -> None:
    case_world.write(
        sources,
        {
            "notice.txt": NOTICE,
            "sources.csv": "file,title,publisher,published,url,language,kind,collected,by\n"
            "notice.txt,A notice,Mine Action Centre,2031-05-10,https://mac.example/1,en,statement,2031-05-11,Tavi\n",
        },
    )
    case.build([sources], workers=1)
    (document,) = case.documents()
    assert (document.title, document.publisher, document.published) == ("A notice", "Mine Action Centre", "2031-05-10")
    assert (document.url, document.language, document.kind) == ("https://mac.example/1", "en", "statement")
    assert {document.basis[field] for field in ("title", "publisher", "published")} == {"stated"}
    exhibits = {exhibit.sightings[0].name: exhibit for exhibit in case.exhibits()}
    assert set(exhibits) == {"notice.txt", "sources.csv"}
    sighting = exhibits["notice.txt"].sightings[0]
    assert (sighting.url, sighting.collected, sighting.by) == ("https://mac.example/1", "2031-05-11", "Tavi")


def test_the_newest_sources_csv_of_a_folder_rules(case: Case, sources: Path) -> None:
    head = "file,published\n"
    case_world.write(sources, {"notice.txt": NOTICE, "sources.csv": head + "notice.txt,2031-05-10\n"})
    case.build([sources], workers=1)
    assert [d.published for d in case.documents()] == ["2031-05-10"]
    case_world.write(sources, {"sources.csv": head + "notice.txt,2031-05-12\n"})
    case.build([sources], workers=1)
    assert [d.published for d in case.documents()] == ["2031-05-12"]
    case_world.write(sources, {"sources.csv": head + "notice.txt,2031-05-10\n"})
    case.build([sources], workers=1)
    assert [d.published for d in case.documents()] == ["2031-05-10"], (
        "bytes known from before rule when they are newest"
    )


def test_a_decision_outranks_sources_csv(case: Case, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE, "sources.csv": "file,published\nnotice.txt,2031-05-10\n"})
    case.build([sources], workers=1)
    (document,) = case.documents()
    case.decide("set_document", document.id, {"published": "2031-05-14"}, reason="the stamp says so")
    case.build([], workers=1)
    (document,) = case.documents()
    assert document.published == "2031-05-14"
    assert document.basis["published"] == "decided"


def test_a_sources_csv_rules_its_own_folder_and_names_paths_below(case: Case, sources: Path) -> None:
    case_world.write(
        sources,
        {
            "a/notice.txt": NOTICE,
            "b/notice.txt": LETTER,
            "c/d/notice.txt": NOTICE + "More is not known.\n",
            "a/sources.csv": "file,publisher\nnotice.txt,Paper A\n",
            "c/sources.csv": "file,publisher\nd/notice.txt,Paper C\n",
            "sources.csv": "file,publisher\na/notice.txt,Paper X\nb/notice.txt,Paper B\nnotice.txt,Nobody\n",
        },
    )
    report = case.build([sources], workers=1)
    assert sorted(d.publisher or "" for d in case.documents()) == ["Paper A", "Paper B", "Paper C"]
    assert [note for note in report.notes if "no such file" in note] == [
        "sources.csv names notice.txt, but no such file was received."
    ]


def test_a_row_that_names_no_file_and_a_date_that_is_none_are_reported(case: Case, sources: Path) -> None:
    case_world.write(
        sources,
        {"notice.txt": NOTICE, "sources.csv": "file,published\nnotice.txt,the tenth of May\nmissing.txt,2031-05-10\n"},
    )
    report = case.build([sources], workers=1)
    assert any("missing.txt" in note for note in report.notes)
    assert any("the tenth of May is not a date" in note for note in report.notes)
    assert len(case.documents()) == 1


def test_a_row_for_an_item_its_file_does_not_have_is_reported(case: Case, sources: Path) -> None:
    case_world.write(
        sources, {"notice.txt": NOTICE, "sources.csv": "file,publisher\nnotice.txt#0,Paper A\nnotice.txt#4,Paper B\n"}
    )
    report = case.build([sources], workers=1)
    assert [d.publisher for d in case.documents()] == ["Paper A"]
    assert len([note for note in report.notes if "notice.txt#4" in note]) == 1


# --- folders that are no case ---
def test_a_folder_of_other_files_is_not_made_a_case(sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE})
    with pytest.raises(NotACase, match="holds other files"):
        muniment.open(sources)
    with pytest.raises(NotACase, match="is a file"):
        muniment.open(sources / "notice.txt")
    with pytest.raises(NotACase, match="is not a Muniment case"):
        muniment.open(sources / "none", create=False)
    assert sorted(path.name for path in sources.iterdir()) == ["notice.txt"]


def test_a_database_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.sqlite3").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(StorageFailed, match="cannot be read"):
        muniment.open(tmp_path / "case")


def test_a_build_takes_no_more_memory_for_a_larger_file(tmp_path: Path, sources: Path) -> None:
    """Peak memory of a build that is given a sparse file; sealing it must not show."""
    code = (
        "import resource, sys, muniment\n"
        "with muniment.open(sys.argv[1], by='runa') as case:\n"
        "    case.build([sys.argv[2]], workers=1)\n"
        "    assert case.verify().ok\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    peaks = []
    for gigabytes in (0, 1):
        with (sources / "disk.img").open("wb") as out:
            out.truncate(gigabytes * 2**30 + 10)
        words = [sys.executable, "-c", code, str(tmp_path / f"case-{gigabytes}"), str(sources)]
        began = time.monotonic()
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        assert time.monotonic() - began < 120
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 160, f"{peaks} MB"


FAILING = """
class Fails:
    name = "fails"
    version = "1"
    languages = ("en",)

    def extract(self, document, text, lexicon):
        if "Velin" in text:
            raise KeyError("a mistake in somebody's extractor")
        return ()


PLUGINS = [Fails()]
"""


def test_an_extractor_that_fails_costs_its_document_only_and_is_tried_again(tmp_path: Path, sources: Path) -> None:
    case_world.write(sources, {"notice.txt": NOTICE, "letter.txt": LETTER})
    case_world.write(tmp_path, {"fails.py": FAILING})
    with muniment.open(tmp_path / "case", by="runa", plugins=[tmp_path / "fails.py"]) as case:
        for source in ([sources], []):
            report = case.build(source, workers=1)
            assert [note for note in report.notes if note.startswith("letter.txt: claims were not looked for")]
            assert {case.document(claim.document).file for claim in case.claims()} == {"notice.txt"}
            assert case.verify().problems == ()
    with muniment.open(tmp_path / "case", by="runa") as mended:
        assert mended.build(workers=1).notes == ()
        assert {mended.document(claim.document).file for claim in mended.claims()} == {"notice.txt", "letter.txt"}
