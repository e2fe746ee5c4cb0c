"""Splink on the same claims: accounts as records, its model trained on them, its clusters scored as ours are.

Splink compares records, so each record is what one document says of one event as the text has it: claims that stand
together, with their day, place, weapon, party, site and figures. That is more than it could know from single claims.

Source: Linacre, Lindsay, Manassis, Slade and Hepworth (2022), Splink: free software for probabilistic record linkage at
scale, International Journal of Population Data Science 7(3); MIT licence.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from world import World

from muniment.linker import objects
from muniment.model import Claim

APART = 300
"""Code points between two accounts of one document; the generator leaves 500."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What the peer made of it: claim id to cluster."""

    version: str
    home: Mapping[str, str]
    seconds: float


def interpreter(named: str | None) -> str | None:
    """An interpreter that has Splink."""
    if named is not None:
        return named
    return sys.executable if importlib.util.find_spec("splink") is not None else None


def measure(python: str, made: World) -> Peer:
    """Write the accounts, let Splink link them in a process of its own, read its clusters."""
    with tempfile.TemporaryDirectory(prefix="muniment-peer-") as scratch:
        folder = Path(scratch)
        of_record = _write(made, folder / "accounts.csv")
        script = Path(__file__).with_name("splink_preset.py")
        done = subprocess.run([python, str(script), str(folder)], check=True, capture_output=True, text=True)
        said = json.loads(done.stdout.splitlines()[-1])
        with (folder / "clusters.csv").open(encoding="utf-8", newline="") as lines:
            cluster = {row["unique_id"]: row["cluster_id"] for row in csv.DictReader(lines)}
    home = {claim: cluster[record] for record, claims in of_record.items() for claim in claims}
    return Peer(said["version"], home, said["seconds"])


def _write(made: World, path: Path) -> dict[str, list[str]]:
    accounts: list[list[Claim]] = []
    for claim in sorted(made.claims, key=lambda c: (c.document, c.span)):
        last = accounts[-1][-1] if accounts else None
        if last is not None and last.document == claim.document and claim.span.start - last.span.end < APART:
            accounts[-1].append(claim)
        else:
            accounts.append([claim])
    with path.open("w", encoding="utf-8", newline="") as out:
        fields = (
            "unique_id", "document", "publisher", "sum", "day", "last_day", "place", "town", "district", "region",
            "weapon", "party", "site", "killed", "injured", "person",
        )  # fmt: skip
        writer = csv.DictWriter(out, fields)
        writer.writeheader()
        for n, account in enumerate(accounts):
            writer.writerow({"unique_id": f"a{n}", **_record(made, account)})
    return {f"a{n}": [claim.id for claim in account] for n, account in enumerate(accounts)}


def _record(made: World, account: list[Claim]) -> dict[str, object]:
    first = account[0]
    place = first.where.place if first.where is not None else None
    chain = [place, *made.land.within(place)] if place is not None else []
    known = {made.land.get(id_).kind: id_ for id_ in chain}  # type: ignore[union-attr]
    day = first.when.earliest.isoformat() if first.when is not None and first.when.earliest is not None else ""
    last = first.when.latest.isoformat() if first.when is not None and first.when.latest is not None else ""
    counts = {c.harm[0]: c.count.best for c in account if c.count is not None and c.harm and c.count.best is not None}
    sites = sorted({site for claim in account for site in objects.sites(claim.quote)} - {"hospital"})
    names = sorted({person.name for claim in account for person in claim.persons})
    return {
        "document": first.document,
        "publisher": made.documents[first.document].publisher,
        "sum": int(first.aggregate),
        "day": day,
        "last_day": last,
        "place": place or "",
        "town": known.get("locality", ""),
        "district": known.get("district", ""),
        "region": known.get("region", ""),
        "weapon": next((c.weapon.class_ for c in account if c.weapon is not None), ""),
        "party": next((c.party.id for c in account if c.party is not None), ""),
        "site": sites[0] if sites else "",
        "killed": counts.get("killed", ""),
        "injured": counts.get("injured", ""),
        "person": names[0] if names else "",
    }
