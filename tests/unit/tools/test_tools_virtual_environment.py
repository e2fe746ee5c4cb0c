"""The first step of the set-up says in one sentence what a machine lacks."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def step() -> ModuleType:
    path = ROOT / "tools" / "virtual_environment.py"
    spec = importlib.util.spec_from_file_location("virtual_environment", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_told_so(
    step: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(step.sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as left:
        step.make(str(tmp_path / "env"))
    assert left.value.code == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_virtualenv_is_tried_and_else_the_package_named(
    step: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    tried = []

    def refuse(words: list[str], **_: object) -> int:
        tried.append(words[2])
        return 1

    monkeypatch.setattr(step.subprocess, "call", refuse)
    with pytest.raises(SystemExit):
        step.make(str(tmp_path / "env"))
    assert [word for word in tried if word in ("venv", "virtualenv")] == ["venv", "virtualenv"]
    assert "apt install python3-venv" in capsys.readouterr().err


def test_an_environment_that_works_is_kept(step: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "usable", lambda folder: True)
    monkeypatch.setattr(step.subprocess, "call", lambda *words, **_: pytest.fail("made again"))
    step.make("anywhere")


def test_usable_knows_an_environment_from_a_folder(step: ModuleType, tmp_path: Path) -> None:
    assert step.usable(sys.prefix) is (sys.prefix != sys.base_prefix)
    assert step.usable(str(tmp_path)) is False
