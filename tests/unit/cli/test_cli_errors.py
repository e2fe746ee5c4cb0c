"""Errors are one sentence with the way out, and an exit code that is written down."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

import muniment
from cli_fake_case import FakeCase
from muniment import errors
from muniment.case.views import Verification
from muniment.cli import app
from muniment.cli.app import OWN_NAMES, UNEXPECTED, VERBS

Run = Callable[..., Result]
HEAVY = ("sqlalchemy", "alembic", "fastapi", "starlette", "pydantic", "uvicorn", "jinja2", "lxml", "rich", "pypdfium2")


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"], ["serve", "--help"]])
def test_help_loads_neither_database_nor_web(words: list[str]) -> None:
    code = (
        "import sys; from muniment.cli import app\n"
        f"try: app({words!r})\n"
        "except SystemExit as left: assert left.code == 0\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert out.rstrip().endswith("LOADED []"), out[-200:]


def test_help_names_every_verb() -> None:
    context = app.make_context("muniment", [], resilient_parsing=True)
    for verb in VERBS:
        command = app.get_command(context, verb)
        assert command is not None
        assert command.name == verb
        assert command.help, verb
        assert command.short_help, verb
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{verb} {parameter.name}"


@pytest.mark.parametrize(
    "kind", [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)]
)
def test_every_error_leaves_with_its_code_and_sentence(
    run: Run, fake: FakeCase, kind: type[errors.MunimentError]
) -> None:
    fake.fails = kind("needs_ocr", "Do this.") if kind is errors.Unreadable else kind("Do this.")  # type: ignore[call-arg]
    result = run("status", "case")
    assert result.exit_code == kind.exit_code
    assert result.stderr == "muniment: Do this.\n"
    assert result.stdout == ""


def test_exit_codes_are_distinct() -> None:
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.MunimentError)]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)


def test_a_fault_of_ours_does_not_quote_the_sources(run: Run, fake: FakeCase) -> None:
    fake.fails = KeyError("Lida Ormand")
    result = run("status", "case")
    assert result.exit_code == UNEXPECTED
    assert "Ormand" not in result.output
    assert "a fault of ours, KeyError" in result.stderr
    assert "CONTRIBUTING.md" in result.stderr
    assert "Traceback" not in result.stderr


def test_debug_shows_the_traceback(run: Run, fake: FakeCase) -> None:
    fake.fails = KeyError("Lida Ormand")
    result = run("--debug", "status", "case")
    assert "Traceback" in result.stderr
    assert "read it before you send it" in result.stderr


def test_stopped_by_the_user(run: Run, fake: FakeCase) -> None:
    fake.fails = KeyboardInterrupt()
    result = run("build", "case", "a")
    assert result.exit_code == 130
    assert "What was sealed is kept" in result.stderr


def test_a_slip_in_the_verb_names_the_near_one(run: Run) -> None:
    result = run("incidnets", "case")
    assert result.exit_code == 2
    assert "did you mean `incidents`?" in result.stderr
    assert "muniment --help" in run("xyz", "case").stderr


def test_an_unknown_id_is_not_found(run: Run) -> None:
    result = run("show", "case", "zzz")
    assert result.exit_code == errors.NotFound.exit_code
    assert "zzz" in result.stderr


def test_verify_fails_loudly(run: Run, fake: FakeCase) -> None:
    assert run("verify", "case").exit_code == 0
    fake.verified = Verification(False, ("Bytes.",), (), ("Entry 3 was altered.",))
    result = run("verify", "case")
    assert result.exit_code == errors.VerificationFailed.exit_code
    assert "Entry 3 was altered." in result.stdout
    assert "1 thing in this case is not what was sealed" in result.stderr
    as_json = run("verify", "case", "--json")
    assert as_json.exit_code == errors.VerificationFailed.exit_code
    assert json.loads(as_json.stdout)["problems"] == ["Entry 3 was altered."]


def test_a_password_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none", tmp_path / "binary"):
        result = run("build", "case", "--password-file", path)
        assert result.exit_code == errors.BadInput.exit_code
        assert "one password a line" in result.stderr


def test_output_that_is_closed_early_is_no_fault() -> None:
    code = (
        "import sys, muniment, pathlib; sys.path.insert(0, 'tests')\n"
        "from cli_fake_case import FakeCase\n"
        "muniment.open = lambda folder, **_: FakeCase(folder)\n"
        "FakeCase.search = lambda self, words, limit: [_hit] * 100000\n"
        "from muniment.case.views import Hit\n"
        "_hit = Hit('claim', 'c1', 'd1', 'title', 'a snippet of words', (), 1.0)\n"
        "from muniment.cli import app; app(['search', 'case', 'x'])"
    )
    root = Path(__file__).resolve().parents[3]
    command = f"'{sys.executable}' -c \"$CODE\" | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env={"CODE": code, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(muniment.__file__).parents[1])},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.returncode == 141


def test_families_live_in_their_own_files() -> None:
    for verb, family in VERBS.items():
        assert hasattr(importlib.import_module(f"muniment.cli.{family}"), OWN_NAMES.get(verb, verb.replace("-", "_")))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["claims", "case", "--kind", "nonsense"], "choose from attribution"),
        (["incidents", "case", "--from", "2031-05-02", "--to", "2031-05-01"], "put the earlier day first"),
    ],
)
def test_a_filter_that_can_find_nothing_is_an_error(run: Run, words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == errors.UsageError.exit_code
    assert said in result.stderr
