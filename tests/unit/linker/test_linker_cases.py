"""The cases of linker_cases.toml, each checked word by word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from linker_expectations import failures
from linker_world import link_text

CASES = tomllib.loads((Path(__file__).parent / "linker_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = link_text(case["claims"])
    assert failures(found, case["expect"]) == []


def test_an_expectation_can_fail() -> None:
    found = link_text(CASES[0]["claims"])
    assert failures(found, ["apart a1 b1", "killed a1 1 2 3", "never a1 21", "flag revised_down a1"]) == [
        "apart a1 b1",
        "killed a1 1 2 3",
        "never a1 21",
        "flag revised_down a1",
    ]
