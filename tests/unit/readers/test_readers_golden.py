"""Each reader's golden readings, field by field; `python tools/golden_readings.py` writes them."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from muniment.plugins import Reader
from muniment.readers.choosing import own_readers

ROOT = Path(__file__).resolve().parents[3]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tool_golden_readings", ROOT / "tools" / "golden_readings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("reader", own_readers(), ids=lambda reader: reader.name)
def test_every_reader_has_golden_readings_that_hold(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = tool()
    folder = ROOT / "tests" / "golden" / reader.name
    assert folder.is_dir(), f"a plugin needs golden files: make {folder.name} and run tools/golden_readings.py"
    monkeypatch.setenv("PATH", "")
    held = 0
    for name, data in golden.inputs(reader.name):
        expected = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        found = json.loads(golden.written(golden.reading(name, data)))
        assert found == expected, name
        if "reader" in expected:
            assert expected["reader"] == reader.name, "the golden file of one reader, read by another"
        held += 1
    assert held > 0, "no golden input"


def test_no_golden_reading_is_left_without_its_input() -> None:
    golden = tool()
    for reader in own_readers():
        names = {name for name, _ in golden.inputs(reader.name)}
        folder = ROOT / "tests" / "golden" / reader.name
        kept = {path.name.removesuffix(".json") for path in folder.glob("*.json") if path.name not in names}
        assert kept == names, reader.name
