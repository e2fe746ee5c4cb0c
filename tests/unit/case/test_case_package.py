"""A package can be checked by a stranger on bare Python, and whatever is changed in it is noticed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

import case_world
import muniment
from muniment.case.custody import SigningKey, make_key
from muniment.case.packages import is_package, verify_package
from muniment.errors import BadInput, NotFound, UsageError, VerificationFailed

PROTECTED = "Lida Ormand"


class World:
    """A case with a protected person, and three packages made of it."""

    def __init__(self, folder: Path) -> None:
        (folder / "more").mkdir(parents=True)
        (folder / "more" / "witness.txt").write_text(
            f"Ulmar Field Monitors, 12 March 2031\n\n{PROTECTED}, 34, was killed in Sarn on 11 March 2031.\n",
            encoding="utf-8",
        )
        (folder / "more" / "hidden.html").write_text(
            f"<html><!-- told to us by {PROTECTED} --><body><p>Two people were killed in Sarn.</p></body>",
            encoding="utf-8",
        )
        (folder / "more" / "odd.bin").write_bytes(bytes(range(256)))
        text, self.public = make_key("runa", "p")
        self.signer = SigningKey.open(text, "p")
        with case_world.build(folder) as case:
            case.build([folder / "more"], workers=1)
            case.decide("protect", PROTECTED, reason="her sister asked us")
            case.custody.add_key(str(self.public))
            case.build(workers=1)
            self.for_public, self.for_case, self.part = folder / "public", folder / "whole", folder / "part"
            self.checkpoint = folder / "kept.note"
            case.custody.package(self.for_public, signers=[self.signer])
            kept = case.custody.package(self.for_case, audience="case", signers=[self.signer])
            self.checkpoint.write_text(str(kept.note), encoding="utf-8")
            self.incident = next(i.id for i in case.incidents() if i.claims)
            case.custody.package(self.part, audience="case", only=[self.incident], signers=[self.signer])
        self.case = folder / "case"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("package"))


def alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier that the package carries, with no other code to be found."""
    command = [sys.executable, "-I", "-S", str(folder / "data" / "verify.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ["PATH"]}, check=False)


@pytest.mark.parametrize("name", ["for_public", "for_case", "part"])
def test_a_package_is_verified_by_its_own_verifier_by_sha256sum_and_by_bagit(made: World, name: str) -> None:
    folder: Path = getattr(made, name)
    done = alone(folder, "--trust", str(made.public))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "WRONG" not in done.stdout
    assert "signed by runa, whom you trust" in done.stdout
    bagit.Bag(str(folder)).validate()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=folder, check=True)
    assert is_package(folder)
    assert not is_package(made.case)


def test_without_anything_from_outside_the_whole_is_said_to_be_unproved(made: World) -> None:
    done = alone(made.for_case)
    assert done.returncode == 0
    assert "NOT PROVED That the package as a whole was not made anew" in done.stdout
    assert "the keys came with the package" in done.stdout


def test_a_checkpoint_kept_elsewhere_proves_the_whole(made: World) -> None:
    done = alone(made.for_case, "--checkpoint", str(made.checkpoint))
    assert "is the one in kept.note" in done.stdout
    assert "made anew" not in done.stdout
    earlier = alone(made.for_public, "--checkpoint", str(made.checkpoint))
    assert earlier.returncode == 1
    assert "older, or cut" in earlier.stdout


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_public_package_names_no_protected_person_in_any_byte(made: World) -> None:
    for name, data in files(made.for_public).items():
        for part in PROTECTED.split():
            for encoding in ("utf-8", "utf-16-le"):
                assert part.encode(encoding) not in data, name
            assert part not in name
    whole = b"".join(files(made.for_case).values())
    assert PROTECTED.encode() in whole
    redacted = [data for name, data in files(made.for_public).items() if name.startswith("data/redacted/")]
    assert any(b"Name withheld, 34, was killed in Sarn" in data for data in redacted)


def test_a_public_package_withholds_what_it_could_not_search_and_who_collected_what(made: World) -> None:
    page = (made.for_public / "data" / "index.html").read_text(encoding="utf-8")
    assert "could not be searched for protected names" in page
    carried = {path.name for path in (made.for_public / "data" / "exhibits").iterdir()}
    assert hashlib.sha256(bytes(range(256))).hexdigest() not in carried
    entries = (made.for_public / "data" / "ledger" / "entries.jsonl").read_text(encoding="utf-8")
    assert '"by":' not in entries
    assert "folder" not in entries


def test_a_package_for_the_case_says_so_on_its_first_page_and_carries_every_byte(made: World) -> None:
    page = (made.for_case / "data" / "index.html").read_text(encoding="utf-8")
    assert "For people of the case only" in page
    with muniment.open(made.case, create=False) as case:
        assert {path.name for path in (made.for_case / "data" / "exhibits").iterdir()} == {
            e.id for e in case.exhibits()
        }


def test_the_page_loads_nothing_and_runs_nothing(made: World) -> None:
    for folder in (made.for_public, made.for_case):
        page = (folder / "data" / "index.html").read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert "<script" not in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_part_carries_what_its_incident_rests_on_and_nothing_else(made: World) -> None:
    record = json.loads((made.part / "data" / "record.json").read_text(encoding="utf-8"))
    assert record["case"]["selection"] == [made.incident]
    assert made.incident in {row["id"] for row in record["incidents"]}
    documents = {row["id"] for row in record["documents"]}
    assert {row["document"] for row in record["claims"]} == documents
    carried = {path.name for path in (made.part / "data" / "exhibits").iterdir()}
    assert carried == {row["exhibit"] for row in record["documents"]}
    with muniment.open(made.case, create=False) as case:
        assert len(carried) < len(case.exhibits())


def test_metadata_is_a_crate_whose_parts_are_the_files(made: World) -> None:
    crate = json.loads((made.for_case / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for part in entities["./"]["hasPart"]:
        assert (made.for_case / "data" / part["@id"]).is_file()
        assert entities[part["@id"]]["@type"] == "File"


def test_what_cannot_be_packed_is_refused_and_nothing_is_left(made: World, tmp_path: Path) -> None:
    with muniment.open(made.case, create=False, by="runa") as case:
        with pytest.raises(UsageError, match="exists already"):
            case.custody.package(made.part)
        with pytest.raises(NotFound):
            case.custody.package(tmp_path / "none", only=["nothing"])
        assert case.verify().ok
    assert list(tmp_path.iterdir()) == []


# --- taking in -------------------------------------------------------------------------------------------------------
def test_a_package_is_taken_in_with_its_decisions_and_its_proofs(made: World, tmp_path: Path) -> None:
    with muniment.open(tmp_path / "other", by="jorin") as case:
        done = case.custody.import_package(made.for_case, trust=[str(made.public)])
        assert done.exhibits == len(list((made.for_case / "data" / "exhibits").iterdir()))
        assert done.decisions == 1
        case.import_places(made.case.parent / "places.csv")
        case.build(workers=1)
        assert case.verify().problems == ()
        record = case.record()
        with muniment.open(made.case, create=False) as original:
            assert {row["id"] for row in record["claims"]} == {c.id for c in original.claims()}
        (decision,) = record["decisions"]
        assert (decision["by"], decision["kind"], decision["on"]) == ("runa", "protect", [PROTECTED])
        entry = next(e for e in case.entries() if e.kind == "imported")
        assert entry.by == "jorin"
        assert entry.payload["origin"] == done.origin
        assert list(entry.payload["decisions"]) == [str(decision["seq"])]
        for sha256 in entry.payload["ledger"]:
            case._site.vault.check(sha256)
        again = case.custody.import_package(made.for_case, trust=[str(made.public)])
        assert (again.exhibits, again.decisions) == (0, 0)
        assert case.verify().problems == ()


def test_a_public_package_brings_its_exhibits_and_no_decision(made: World, tmp_path: Path) -> None:
    with muniment.open(tmp_path / "other", by="jorin") as case:
        done = case.custody.import_package(made.for_public)
        assert (done.exhibits, done.decisions) == (len(list((made.for_public / "data" / "exhibits").iterdir())), 0)
        assert any("made anew" in sentence for sentence in done.not_proved)


def test_a_forged_package_is_not_taken_in(made: World, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made.for_case, tmp_path / "forged"))
    rename_exhibit(folder)
    remanifest(folder)
    with muniment.open(tmp_path / "other", by="jorin") as case:
        entries = len(case.entries())
        with pytest.raises(VerificationFailed, match="Nothing was taken in"):
            case.custody.import_package(folder)
        with pytest.raises(VerificationFailed):
            case.custody.import_package(made.for_case, trust=[str(make_key("x", "y")[1])])
        with pytest.raises(BadInput):
            case.custody.import_package(tmp_path)
        assert len(case.entries()) == entries
        assert list(case.exhibits()) == []


# --- attacks ---------------------------------------------------------------------------------------------------------
def remanifest(folder: Path) -> None:
    """What a forger does last: write the manifests anew, so that every bag tool is content."""
    for name, pattern in (("manifest-sha256.txt", "data/**/*"), ("tagmanifest-sha256.txt", "*.txt")):
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
            for path in sorted(folder.glob(pattern))
            if path.is_file() and path.name != "tagmanifest-sha256.txt"
        ]
        (folder / name).write_text("".join(lines), encoding="utf-8")
    size = sum(path.stat().st_size for path in (folder / "data").rglob("*") if path.is_file())
    number = sum(path.is_file() for path in (folder / "data").rglob("*"))
    info = (folder / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    info = [f"Payload-Oxum: {size}.{number}" if line.startswith("Payload-Oxum") else line for line in info]
    (folder / "bag-info.txt").write_text("\n".join(info) + "\n", encoding="utf-8")
    remanifest_tags(folder)


def remanifest_tags(folder: Path) -> None:
    names = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "tagmanifest-sha256.txt").write_text("".join(lines), encoding="utf-8")


def flip_exhibit(folder: Path) -> None:
    path = sorted((folder / "data" / "exhibits").iterdir())[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def rename_exhibit(folder: Path) -> None:
    flip_exhibit(folder)
    for path in (folder / "data" / "exhibits").iterdir():
        path.rename(path.with_name(hashlib.sha256(path.read_bytes()).hexdigest()))


def change_record(folder: Path) -> None:
    path = folder / "data" / "record.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"killed"', '"injured"', 1), encoding="utf-8")


def change_entry(folder: Path) -> None:
    path = folder / "data" / "ledger" / "entries.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("T", "U", 1), encoding="utf-8")


def drop_entry(folder: Path) -> None:
    path = folder / "data" / "ledger" / "entries.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3] + lines[4:]), encoding="utf-8")


def exchange_entries(folder: Path) -> None:
    path = folder / "data" / "ledger" / "entries.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[1]["payload"], lines[2]["payload"] = lines[2]["payload"], lines[1]["payload"]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def change_checkpoint(folder: Path) -> None:
    path = folder / "data" / "ledger" / "checkpoint.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[0] += "0"
    path.write_text("\n".join(lines), encoding="utf-8")


def add_file(folder: Path) -> None:
    (folder / "data" / "exhibits" / ("ab" * 32)).write_bytes(b"never received")


FORGERIES: list[Callable[[Path], None]] = [
    flip_exhibit,
    rename_exhibit,
    change_record,
    change_entry,
    drop_entry,
    exchange_entries,
    change_checkpoint,
    add_file,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_bag_is_refused_even_where_bagit_calls_it_valid(
    made: World, tmp_path: Path, forge: Callable[[Path], None]
) -> None:
    folder = Path(shutil.copytree(made.for_case, tmp_path / "forged"))
    forge(folder)
    assert alone(folder).returncode == 1, "the manifest still tells"
    remanifest(folder)
    bagit.Bag(str(folder)).validate()
    done = alone(folder, "--trust", str(made.public))
    assert done.returncode == 1
    assert "WRONG" in done.stdout
    assert not verify_package(folder, trust=[str(made.public)]).ok


def test_a_package_made_anew_with_another_key_passes_only_where_nothing_is_known(made: World, tmp_path: Path) -> None:
    text, public = make_key("runa", "another")
    with muniment.open(made.case, create=False, by="x") as case:
        pass
    other = Path(shutil.copytree(made.case, tmp_path / "case"))
    with muniment.open(other, create=False, by="forger") as case:
        case.custody.add_key(str(public), replaces="runa")
        case.decide("reject", next(iter(case.claims())).id, reason="made up")
        case.build(workers=1)
        case.custody.package(tmp_path / "forged", audience="case", signers=[SigningKey.open(text, "another")])
    assert alone(tmp_path / "forged").returncode == 0
    assert alone(tmp_path / "forged", "--trust", str(public)).returncode == 0
    assert alone(tmp_path / "forged", "--trust", str(made.public)).returncode == 1


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside"])
def test_a_link_out_of_the_package_is_refused(made: World, tmp_path: Path, target: str) -> None:
    folder = Path(shutil.copytree(made.for_case, tmp_path / "forged"))
    (tmp_path / "outside").write_text("outside", encoding="utf-8")
    (folder / "data" / "exhibits" / "link").symlink_to(target)
    done = alone(folder)
    assert done.returncode == 1
    assert "is a link" in done.stdout
    manifest = folder / "manifest-sha256.txt"
    digest = hashlib.sha256(b"outside").hexdigest()
    manifest.write_text(f"{manifest.read_text(encoding='utf-8')}{digest}  ../outside\n", encoding="utf-8")
    remanifest_tags(folder)
    assert "leads outside" in alone(folder).stdout


def test_any_byte_changed_anywhere_is_noticed(made: World, tmp_path: Path) -> None:
    chance = random.Random(7)
    names = sorted(name for name in files(made.for_case) if name != "tagmanifest-sha256.txt")
    for number in range(60):
        folder = Path(shutil.copytree(made.for_case, tmp_path / str(number)))
        path = folder / chance.choice(names)
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert not verify_package(folder).ok, path
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "spoil",
    ["data/ledger/entries.jsonl", "data/ledger/checkpoint.txt", "data/record.json", "manifest-sha256.txt"],
)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"{}\n", b"null\n"])
def test_nonsense_in_any_part_is_an_answer_and_never_a_crash(
    made: World, tmp_path: Path, spoil: str, content: bytes
) -> None:
    folder = Path(shutil.copytree(made.for_case, tmp_path / "spoilt"))
    (folder / spoil).write_bytes(content)
    found = verify_package(folder)
    assert not found.ok
    done = alone(folder)
    assert (done.returncode, done.stderr) == (1, "")
