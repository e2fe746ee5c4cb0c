"""Build a shipped example as a case, with its places and its decisions.

    python tools/build_example.py ulmar-2031 CASE      # the case, open it with `muniment serve CASE`
    python tools/build_example.py --golden             # renew tests/golden/examples/*.json; then read the diff

Ids are made from bytes, so `decisions.toml` of an example says in words what a decision is about: `person:NAME`,
`name:NAME`, `claim:FILE: WORDS`, `incident:FILE: WORDS`, `setting:NAME`, `place:ID`. This script finds the ids and
records them.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import muniment
from muniment.case import Case

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
GOLDEN = ROOT / "tests" / "golden" / "examples"


def build(name: str, folder: Path, *, workers: int | None = None) -> Case:
    """The example as a case, open: built, decided, built again.

    Args:
        name: a folder of examples/.
        folder: where the case shall be; new or empty.
        workers: as for `muniment build`.

    Raises:
        LookupError: where a decision's words name nothing, or several things, in the case.
    """
    home = EXAMPLES / name
    case = muniment.open(folder)
    script = home / "decisions.toml"
    decisions: list[dict[str, Any]] = (
        tomllib.loads(script.read_text(encoding="utf-8"))["decision"] if script.exists() else []
    )
    # Settings come first: they say who the parties are before anything is read.
    for row in (row for row in decisions if row["kind"] == "setting"):
        record(case, row)
    case.build([home / "sources"], places=sorted((home / "places").iterdir()), workers=workers)
    rest = [row for row in decisions if row["kind"] != "setting"]
    for row in rest:
        record(case, row)
    if rest:
        case.build(workers=workers)
    return case


def record(case: Case, row: dict[str, Any]) -> None:
    """Record one row of decisions.toml."""
    on = tuple(find(case, words) for words in row["on"])
    case.decide(row["kind"], on, row.get("value"), reason=row["reason"], by=row["by"])


def find(case: Case, words: str) -> str:
    """The id that the words of a decision stand for."""
    kind, _, rest = words.partition(":")
    match kind:
        case "setting" | "place" | "name":
            return rest
        case "person":
            fits = [person.id for person in case.persons() if rest in person.names]
        case "claim" | "incident":
            file, _, quote = rest.partition(": ")
            documents = {document.id for document in case.documents() if document.file == file}
            claims = [c.id for c in case.claims() if c.document in documents and quote in c.quote]
            fits = claims if kind == "claim" else sorted({i for c in claims if (i := case.incident_of(c))})
        case _:
            fits = []
    if len(fits) != 1:
        raise LookupError(f"{words!r} names {len(fits)} things in the case; it must name one.")
    return fits[0]


def golden(case: Case) -> str:
    """The normalised record as a golden file keeps it: one field a line, without versions and digests of the code.

    Which code made a claim changes with every edit of that code; that what it makes stays the same is the point.
    """
    record = case.record(normalise=True)
    record["case"] = {**record["case"], "title": None}  # the folder's name, where nobody decided one
    for claim in record["claims"]:
        claim["made_by"] = {**claim["made_by"], "version": None, "sha256": None}
    for exhibit in record["exhibits"]:
        for sighting in exhibit["sightings"]:
            sighting.pop("folder", None)  # where the examples lie on this machine
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Build the example named on the command line, or renew the golden files."""
    if arguments == ["--golden"]:
        for name in sorted(path.parent.name for path in EXAMPLES.glob("*/sources")):
            with tempfile.TemporaryDirectory() as scratch, build(name, Path(scratch) / "case") as case:
                GOLDEN.mkdir(exist_ok=True)
                (GOLDEN / f"{name}.json").write_text(golden(case), encoding="utf-8")
        return 0
    if len(arguments) != 2:
        print(__doc__)
        return 2
    with build(arguments[0], Path(arguments[1])) as case:
        status = case.status()
    print(f"{status.documents} documents, {status.claims} claims, {status.incidents} incidents in {arguments[1]}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
