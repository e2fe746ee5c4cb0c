"""The cases of linker_cases.toml, each checked word by word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from linker_world import Linked, link_text

CASES = tomllib.loads((Path(__file__).parent / "linker_cases.toml").read_text(encoding="utf-8"))["case"]


def failures(found: Linked, expected: list[str]) -> list[str]:
    """What is expected and not so."""
    return [line for line in expected if not holds(found, line.split())]


def holds(found: Linked, words: list[str]) -> bool:
    match words:
        case ["one", a, b]:
            return found.incident_of[a] == found.incident_of[b]
        case ["apart", a, b]:
            return found.incident_of[a] != found.incident_of[b]
        case ["ask", a, b]:
            return found.incident_of[a] != found.incident_of[b] and found.related("candidate", a, b)
        case ["part", a, b]:
            return found.part_of(a, b)
        case ["never", a, number]:
            above = [found.incident(a), *(found.incidents[i] for i in found.above(found.incident_of[a]))]
            return all(int(number) not in (t.low, t.best, t.high) for incident in above for t in incident.tallies)
        case ["flag", kind, a]:
            return found.flagged(kind, a)
        case ["noflag", kind, a]:
            return not found.flagged(kind, a)
        case ["no", kind, a, b]:
            return not found.related(kind, a, b)
        case [harm, a, low, best, high]:
            claim, _, victims = a.partition("/")
            tally = found.figure(claim, harm, victims or "all")
            shown = tally and [_shown(tally.low), _shown(tally.best), "?" if tally.high is None else str(tally.high)]
            return shown == [low, best, high]
        case [kind, a, b]:
            return found.related(kind, a, b, directed=True)
    raise AssertionError(f"not an expectation: {words}")


def _shown(number: int | None) -> str:
    return "-" if number is None else str(number)


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
