"""The benchmark's documents: as many as asked for, the same every time, no two alike by accident."""

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks" / "intake" / "generate.py"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_same_seed_same_bytes(generator: ModuleType, tmp_path: Path) -> None:
    for name in ("a", "b"):
        generator.generate(tmp_path / name, 40, seed=7)
    generator.generate(tmp_path / "c", 40, seed=8)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert contents(tmp_path / "a") != contents(tmp_path / "c")


def test_as_many_documents_as_asked_for_and_all_described(generator: ModuleType, tmp_path: Path) -> None:
    generator.generate(tmp_path, 60)
    files = set(contents(tmp_path)) - {"sources.csv"}
    with (tmp_path / "sources.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["file"] for row in csv.DictReader(stream)} == files
    assert len(files) == 60
    assert len(set(contents(tmp_path).values())) == 61
    assert {Path(name).suffix for name in files} == {".txt", ".html", ".md"}


def test_no_slot_stays_empty(generator: ModuleType, tmp_path: Path) -> None:
    generator.generate(tmp_path, 60)
    assert not [name for name, data in contents(tmp_path).items() if b"{" in data or b"}" in data]
