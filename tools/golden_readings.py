"""Write the golden readings anew: `python tools/golden_readings.py`, then read the difference before committing it.

Each folder `tests/golden/<reader>/` holds input files and, beside each, `<input>.json`: what reading it gives. Binary
inputs are made by tests/readers_golden_inputs.py and not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"


def inputs(reader: str) -> Iterator[tuple[str, bytes]]:
    """The input files of one reader, by name."""
    sys.path.insert(0, str(ROOT / "tests"))
    from readers_golden_inputs import MADE

    for name, make in sorted(MADE.get(reader, {}).items()):
        yield name, make()
    for path in sorted((GOLDEN / reader).iterdir()):
        if (
            not path.name.endswith(".json")
            or path.with_name(f"{path.name}.json").exists()
            or path.name == "result.json"
        ):
            yield path.name, path.read_bytes()


def reading(name: str, data: bytes) -> dict[str, Any]:
    """What reading gives, as plain JSON values."""
    from muniment import readers
    from muniment.errors import Unreadable
    from muniment.plugins import ReadOptions

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed"
        path.write_bytes(data)
        try:
            os.environ["PATH"] = ""  # what a machine happens to have installed changes no golden reading
            read, origin, media_type = readers.read(path, name, ReadOptions())
        except Unreadable as unreadable:
            return {"reason": unreadable.reason}
    documents = readers.documents(read, hashlib.sha256(name.encode()).hexdigest(), (name,))
    kept = [
        {
            k: v
            for k, v in asdict(d).items()
            if k not in ("id", "exhibit", "file", "not_extracted", "mapping")
            and not (k in ("row", "remarks") and not v)
        }
        for d in documents
    ]
    boxes = [[box.start, box.end, box.page, box.x0, box.top, box.x1, box.bottom] for box in read.boxes]
    return {
        "reader": origin.name,
        "media_type": media_type,
        "encoding": read.encoding,
        "ocr": read.ocr,
        "notes": list(read.notes),
        "text": read.text.split("\n"),
        "documents": kept,
        "boxes": {"number": len(boxes), "first": boxes[:3], "last": boxes[-3:]},
    }


def written(value: dict[str, Any]) -> str:
    """A reading as it stands in its golden file."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write every golden reading."""
    from muniment.readers.choosing import own_readers

    for reader in own_readers():
        for name, data in list(inputs(reader.name)):
            (GOLDEN / reader.name / f"{name}.json").write_text(written(reading(name, data)), encoding="utf-8")


if __name__ == "__main__":
    main()
