"""The record of each shipped example, held against its golden file.

A difference is either a mistake or a change someone meant: read it, then `python tools/build_example.py --golden`.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "examples"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tool_build_example", ROOT / "tools" / "build_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["karabakh-2020", "ulmar-2031"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    builder = tool()
    with builder.build(request.param, tmp_path_factory.mktemp("example") / "case") as case:
        return request.param, json.loads(builder.golden(case))


def test_record_is_the_golden_one(built: tuple[str, dict[str, Any]]) -> None:
    name, record = built
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert sorted(record) == sorted(expected)
    for part, rows in expected.items():
        assert record[part] == rows, f"{name}: {part} differ"


def test_every_quote_is_the_words_at_its_place(built: tuple[str, dict[str, Any]]) -> None:
    _, record = built
    extents = {document["id"]: (document["start"], document["end"]) for document in record["documents"]}
    for claim in record["claims"]:
        start, end = extents[claim["document"]]
        assert start <= claim["start"] < claim["end"] <= end, claim["quote"]
        assert len(claim["quote"]) == claim["end"] - claim["start"]
