"""Build a shipped example as a case, with its places and its decisions.

    python tools/build_example.py ulmar-2031 CASE

Ids are made from bytes, so `decisions.toml` of an example says in words what a decision is about: `person:NAME`,
`claim:FILE: WORDS`, `incident:FILE: WORDS`, `setting:NAME`, `place:ID`. This script finds the ids and records them.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import muniment
from muniment.case import Case

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


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
        case "setting" | "place":
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


def main(arguments: list[str]) -> int:
    """Build the example named on the command line."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    with build(arguments[0], Path(arguments[1])) as case:
        status = case.status()
    print(f"{status.documents} documents, {status.claims} claims, {status.incidents} incidents in {arguments[1]}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
