"""The shipped examples: every file is described, the binary ones are what their texts make, the tables can be read."""

import csv
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/sources"))


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name)
def example(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_two_examples_ship() -> None:
    assert [path.name for path in EXAMPLES] == ["karabakh-2020", "ulmar-2031"]


def test_sources_csv_names_every_file_once(example: Path) -> None:
    named = [row["file"] for row in rows(example / "sources" / "sources.csv")]
    present = sorted(path.name for path in (example / "sources").iterdir() if path.name != "sources.csv")
    assert sorted(named) == present


def test_binary_files_are_made_from_their_texts(example: Path) -> None:
    maker = tool("make_examples")
    planned = maker.planned(example)
    binary = {path for path in (example / "sources").iterdir() if path.suffix in maker.MAKERS}
    assert set(planned) == binary
    for target, source in planned.items():
        assert maker.make(source, target.suffix) == target.read_bytes(), f"{target.name}: run tools/make_examples.py"


def test_places_have_two_names_and_a_point(example: Path) -> None:
    places = rows(example / "places" / "places.csv")
    assert len({row["id"] for row in places}) == len(places)
    for row in places:
        assert -180 <= float(row["lon"]) <= 180
        assert -90 <= float(row["lat"]) <= 90
        assert row["within"] == "" or row["within"].startswith("iso:") or any(row["within"] == p["id"] for p in places)
        for entry in row["other_names"].split("|"):
            assert re.fullmatch(r"[^@|]+(@[a-z]{2}(@[A-Z]{2,})?)?", entry), f"{row['id']}: {entry!r}"


def test_the_demo_shows_two_places_of_one_name() -> None:
    places = rows(ROOT / "examples" / "karabakh-2020" / "places" / "places.csv")
    assert len([row for row in places if row["name"] == "Martuni"]) == 2


@pytest.mark.parametrize(
    ("item", "note"), [(0, "02-ganja-17-october-morning.txt"), (1, "06-stepanakert-4-october.txt")]
)
def test_the_digest_repeats_a_sentence_word_for_word(item: int, note: str) -> None:
    folder = ROOT / "examples" / "karabakh-2020" / "sources"
    digest = (folder / "13-digest.xml").read_text(encoding="utf-8")
    sentence = re.findall(r"<description>([^<]+)</description>", digest)[item + 1]  # the channel's own comes first
    assert sentence in (folder / note).read_text(encoding="utf-8")


def test_the_corrected_report_has_the_address_of_the_first() -> None:
    table = {row["file"]: row for row in rows(ROOT / "examples" / "ulmar-2031" / "sources" / "sources.csv")}
    first, later = table["06-field-monitors-findings.html"], table["10-field-monitors-findings-corrected.html"]
    assert first["url"] == later["url"]
    assert first["published"] < later["published"]
