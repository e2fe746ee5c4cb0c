"""What is erased is in no file of the case any more, and the ledger still verifies, saying so."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

import case_world
import muniment
from muniment.errors import NotFound, UsageError

WORDS = [b"Qarra", b"Four civilians", b"from the hills", b"hills.txt"]
EXHIBIT = hashlib.sha256(case_world.UNPLACED.encode()).hexdigest()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose decisions quote an exhibit that will have to go; its sources.csv does not name it."""
    folder = tmp_path_factory.mktemp("erasing")
    files = {name: text for name, text in case_world.FILES.items() if name != "sources.csv"}
    case_world.write(folder / "sources", dict(files))
    with muniment.open(folder / "case", by="runa") as case:
        case.build([folder / "sources"], workers=1)
        document = next(d for d in case.documents() if d.file == "hills.txt")
        claim = next(c for c in case.claims(document=document.id))
        case.decide("accept", claim.id, reason="read it")
        case.build(workers=1)
        case.custody.package(folder / "left", audience="case")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "case", tmp_path / "case"))


def holding(folder: Path) -> set[tuple[str, bytes]]:
    """Which files hold which of the words, in any of the ways text is written."""
    return {
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in WORDS
        for form in {word, word.lower(), word.decode().encode("utf-16-le")}
        if form in path.read_bytes()
    }


def test_no_file_of_the_case_holds_an_erased_word(folder: Path) -> None:
    assert {word for _, word in holding(folder)} == set(WORDS), "the test looks for what is there"
    with muniment.open(folder, create=False, by="runa") as case:
        before = len(case.claims())
        done = case.custody.erase(EXHIBIT, reason="a court ordered it", second="jorin")
        assert len(case.claims()) < before
    assert holding(folder) == set()
    assert done.decisions == 1
    assert len(done.left) == 1


def test_the_ledger_still_verifies_and_says_what_is_gone(folder: Path) -> None:
    with muniment.open(folder, create=False, by="runa") as case:
        root = case.custody.checkpoint().root
        done = case.custody.erase(EXHIBIT, reason="a court ordered it", second="jorin")
        found = case.verify()
        assert found.problems == ()
        assert any("erased" in sentence for sentence in found.not_proved)
        assert case.custody.checkpoints()[-1].root == root
        entry = next(e for e in case.entries() if e.kind == "erased")
        assert (entry.payload["reason"], entry.payload["second"]) == ("a court ordered it", "jorin")
        assert [e.seq for e in case.entries() if e.erased] == list(done.entries)
        (row,) = [e for e in case.record()["exhibits"] if e["id"] == EXHIBIT]
        assert (row["state"], row["sightings"]) == ("erased", [])


def test_the_same_bytes_are_not_taken_in_again(folder: Path, made: Path) -> None:
    with muniment.open(folder, create=False, by="runa") as case:
        case.custody.erase(EXHIBIT, reason="a court ordered it", second="jorin")
        report = case.build([made / "sources"], workers=1)
        assert [sentence for sentence in report.refused if "not taken in again" in sentence]
        assert case.verify().problems == ()
    assert not any(word for name, word in holding(folder) if word != b"hills.txt")


def test_an_erasure_that_was_interrupted_is_finished_by_the_next(folder: Path) -> None:
    with muniment.open(folder, create=False, by="runa") as case:
        kept = case._site.vault.path(EXHIBIT).read_bytes()
        case.custody.erase(EXHIBIT, reason="a court ordered it", second="jorin")
        case._site.vault.path(EXHIBIT).write_bytes(kept)  # as if killed before the bytes were removed
        assert [p for p in case.verify().problems if "erase it again" in p]
        case.custody.erase(EXHIBIT, reason="a court ordered it", second="jorin")
        assert case.verify().problems == ()


@pytest.mark.parametrize(("reason", "second"), [("", "jorin"), ("a court", ""), ("a court", "runa"), (" ", "jorin")])
def test_an_erasure_needs_a_reason_and_a_second_person(folder: Path, reason: str, second: str) -> None:
    with muniment.open(folder, create=False, by="runa") as case:
        with pytest.raises(UsageError):
            case.custody.erase(EXHIBIT, reason=reason, second=second)
        with pytest.raises(NotFound):
            case.custody.erase("00" * 32, reason="a court", second="jorin")
        with pytest.raises(UsageError, match="second person"):
            case.decide("erase", EXHIBIT, reason="a court")
        assert case.verify().ok
