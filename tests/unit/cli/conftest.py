"""The command line run in-process against a fake case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import muniment
from cli_fake_case import FakeCase
from muniment.cli import app


@pytest.fixture
def opened() -> dict[str, Any]:
    """How the case was opened."""
    return {}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, opened: dict[str, Any], tmp_path: Path) -> FakeCase:
    """The case every verb opens."""
    case = FakeCase(tmp_path)

    def open_fake(folder: Path, **options: Any) -> FakeCase:
        opened.update(options, folder=folder)
        case.by = options.get("by")
        return case

    monkeypatch.setitem(vars(muniment), "open", open_fake)
    return case


@pytest.fixture
def run(fake: FakeCase, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a verb in a terminal 100 cells wide."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("MUNIMENT_BY", raising=False)

    def call(*words: object, env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], env=env)

    return call
