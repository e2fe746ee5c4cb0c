"""What the pages say is what the code does: an undocumented verb, value or kind fails, and so does a dead link."""

from __future__ import annotations

import importlib.util
import io
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pytest

from muniment.cli import app
from muniment.cli.app import VERBS
from muniment.model.vocabulary import DECISION_KINDS
from muniment.plugins import Exporter, Reader, ReadOptions

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MADE_LATER = {"docs/screenshots/overview.png"}
"""Pictures that the browser tests take."""


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_pages_are_as_the_code() -> None:
    made = tool("reference_pages").pages()
    stale = [
        name for name, text in made.items() if (ROOT / "docs/reference" / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make docs`"


def test_an_undocumented_value_fails() -> None:
    pages = tool("reference_pages")
    with pytest.raises(pages.Drift, match=r"undocumented \['new'\]"):
        pages.same_names("x", {"new", "old"}, {"old"})
    with pytest.raises(pages.Drift, match=r"gone \['old'\]"):
        pages.same_names("x", set(), {"old"})


def test_every_kind_of_decision_is_explained() -> None:
    page = (ROOT / "docs/how-to/decide.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {kind for row in rows for kind in re.findall(r"`(\w+)`", row)} == DECISION_KINDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path = (page.parent / target).resolve()
        assert path.exists() or str(path.relative_to(ROOT)) in MADE_LATER, f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_pages_exist(page: Path) -> None:
    context = app.make_context("muniment", [], resilient_parsing=True)
    text = page.read_text(encoding="utf-8")
    commands = re.findall(r"^(?:\.venv/bin/)?muniment (.*)$", text, re.MULTILINE)
    commands += re.findall(r"`muniment ([^`\n]+)`", text)
    for words in commands:
        first, *rest = shlex.split(words.replace("…", ""), comments=True) or [""]
        if first.startswith("-") or first in ("VERB",):
            continue
        assert first in VERBS, words
        command = app.get_command(context, first)
        assert command is not None
        if isinstance(command, click.Group) and rest and not rest[0].startswith("["):
            assert rest[0] in command.commands, words
            command = command.commands[rest[0]]
        known = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
        used = {word.split("=")[0] for word in rest if word.startswith("--")}
        assert used <= known | {"--help"}, words


def test_every_page_can_be_found_from_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        name = str(page.relative_to(ROOT / "docs"))
        if name != "index.md" and not name.startswith("decisions/"):
            assert name in index, name


def test_no_page_or_source_speaks_of_one_machine() -> None:
    wrong = re.compile(r"(?<![\w./-])/(?:work|root|home|tmp|Users)/\w")
    for page in PAGES:
        assert not wrong.search(page.read_text(encoding="utf-8")), page.name


def examples(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def test_the_plugins_on_the_page_work() -> None:
    reader_source, exporter_source = examples("how-to/write-a-plugin.md")
    names: dict[str, object] = {}
    exec(reader_source, names)
    (reader,) = names["PLUGINS"]  # type: ignore[misc]
    assert isinstance(reader, Reader)
    data = "#field-notes\n2031-05-03 | Karsen | Shelling — heard\n\n2031-05-04 | Karsen | Quiet\n".encode()
    assert reader.score(data, "notes.bin") > 0.9
    reading = reader.read(io.BytesIO(data), "notes.bin", ReadOptions())
    assert [reading.text[item.start : item.end] for item in reading.items] == [
        "2031-05-03 | Karsen | Shelling — heard",
        "2031-05-04 | Karsen | Quiet",
    ]
    exec(exporter_source, names)
    (exporter,) = names["PLUGINS"]  # type: ignore[misc]
    assert isinstance(exporter, Exporter)
    out = io.StringIO()
    exporter.write({"incidents": [{"when": None, "title": "A strike"}]}, out)
    assert out.getvalue() == "undated\tA strike\n"


def test_house_rules_find_what_they_forbid(tmp_path: Path) -> None:
    rules = tool("house_rules")
    (tmp_path / "utils.py").write_text("x = 1\n")
    (tmp_path / "long.py").write_text("x = 1\n" * 601)
    (tmp_path / "app.js").write_text("x" * 2000)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "lib.js").write_text("x")
    found = rules.problems(tmp_path, ["utils.py", "long.py", "app.js", "vendor/lib.js"])
    assert len(found) == 4
    assert rules.problems(ROOT, rules.committed(ROOT)) == []


def test_every_attack_that_is_listed_names_a_test_that_is_there() -> None:
    page = (ROOT / "docs" / "reference" / "attacks.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| attack", "| ---"))]
    for row in rows:
        tests = re.findall(r"tests/[\w/.]+\.py", row)
        assert tests or "*open*" in row, row
        assert all((ROOT / test).is_file() for test in tests), row
