"""Taking in a partner's package: verified first, then its exhibits, its ledger as proof, and its people's decisions.

What comes keeps where it came from: each exhibit is sighted under its name at the other case, each decision stands
under the name of who made it there, and one entry says which entry of ours is which of theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from muniment.case.deciding import logged_decision
from muniment.case.packages import is_package, verify_package
from muniment.case.site import Site, now
from muniment.errors import BadInput, VerificationFailed
from muniment.ledger import parse_note
from muniment.model import Decision, Sighting, Words
from muniment.model.vocabulary import DECISION_KINDS
from muniment.store import received

TRANSFERRED = "transferred_ledger"
_OWN = frozenset({"setting", "sign"})
"""Decisions that are about the other case itself, and stay there."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a package brought: new exhibits, decisions taken over and those left behind, and what was not proved."""

    origin: str
    exhibits: int
    decisions: int
    left: int
    not_proved: tuple[str, ...]


def import_package(
    site: Site,
    folder: Path,
    *,
    trust: Sequence[str],
    checkpoints: Sequence[Path],
    time_stamp_roots: Path | None,
    progress: Progress,
) -> Imported:
    """Take in a package; build afterwards.

    Raises:
        BadInput: where the folder is no package.
        VerificationFailed: where it is not what was sealed and logged; then nothing is taken in.
    """
    if not is_package(folder):
        raise BadInput(f"{folder} is not an evidence package.")
    found = verify_package(folder, trust=trust, checkpoints=checkpoints, time_stamp_roots=time_stamp_roots)
    if not found.ok:
        raise VerificationFailed(
            f"The package is not what was sealed and logged: {found.problems[0]} Nothing was taken in."
        )
    record = json.loads((folder / "data" / "record.json").read_text(encoding="utf-8"))
    note = parse_note((folder / "data" / "ledger" / "checkpoint.txt").read_text(encoding="utf-8"))
    origin = note.checkpoint.origin
    with (folder / "data" / "ledger" / "entries.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    with site.writing():
        exhibits = _exhibits(site, folder, record, entries, origin, progress)
        proofs = [site.vault.seal(folder / "data" / "ledger" / name) for name in ("entries.jsonl", "checkpoint.txt")]
        with site.transaction() as connection:
            for sealed in proofs:
                _receive(site, connection, sealed.sha256, sealed.bytes, TRANSFERRED)
            numbers, left = _decisions(site, connection, entries)
            told = {
                "origin": origin,
                "size": note.checkpoint.size,
                "root": note.checkpoint.root.hex(),
                "package": hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest(),
                "ledger": [sealed.sha256 for sealed in proofs],
                "exhibits": exhibits,
                "decisions": numbers,
            }
            site.log(connection, "imported", told)
    return Imported(origin, exhibits, len(numbers), left, found.not_proved)


def _exhibits(
    site: Site,
    folder: Path,
    record: Mapping[str, Any],
    entries: Sequence[Mapping[str, Any]],
    origin: str,
    progress: Progress,
) -> int:
    roles = {
        said["exhibit"]: said["role"]
        for entry in entries
        if entry["kind"] == "received" and "exhibit" in (said := _said(entry)) and "role" in said
    }
    here = [row for row in record["exhibits"] if (folder / "data" / "exhibits" / row["id"]).is_file()]
    new = 0
    for number, row in enumerate(here):
        progress("import", number, len(here))
        sealed = site.vault.seal(folder / "data" / "exhibits" / row["id"])
        with site.transaction() as connection:
            if received.is_erased(connection, sealed.sha256):
                site.vault.remove(sealed.sha256)
                continue
            new += _receive(site, connection, sealed.sha256, sealed.bytes, str(roles.get(sealed.sha256, "source")))
            for sighting in row["sightings"][:1]:
                name = str(sighting["name"])
                if received.latest_at(connection, origin, name) == sealed.sha256:
                    continue
                seen = {"exhibit": sealed.sha256, "name": name, "folder": origin}
                entry = site.log(connection, "sighted", seen)
                received.add_sighting(
                    connection, sealed.sha256, Sighting(name, folder=origin, received=now()), entry.seq
                )
    progress("import", len(here), len(here))
    return new


def _receive(site: Site, connection: sa.Connection, sha256: str, size: int, role: str) -> bool:
    if received.has_exhibit(connection, sha256):
        return False
    entry = site.log(connection, "received", {"exhibit": sha256, "bytes": size, "role": role})
    received.add_exhibit(connection, sha256, size, role, entry.seq)
    return True


def _decisions(
    site: Site, connection: sa.Connection, entries: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, list[Any]], int]:
    """Record the decisions that are not known yet; returns (theirs by our number, how many were left behind)."""
    known = {_sameness(decision): decision.seq for decision in received.all_decisions(connection)}
    ours: dict[str, str] = {}
    numbers: dict[str, list[Any]] = {}
    left = 0
    for entry in entries:
        said = _said(entry)
        if entry["kind"] != "decided" or not said:
            continue
        if "by" not in entry or said.get("kind") not in DECISION_KINDS or said["kind"] in _OWN:
            left += 1
            continue
        on = tuple(str(thing) for thing in said["on"])
        if said["kind"] == "take_back":
            if not all(thing in ours for thing in on):
                left += 1
                continue
            on = tuple(ours[thing] for thing in on)
        words = {key: Words(**{**item, "harm": tuple(item["harm"])}) for key, item in said["words"].items()}
        decision = Decision(0, "", str(entry["by"]), said["kind"], on, said["value"], str(said["reason"]), words)
        seq = known.get(_sameness(decision))
        if seq is None:
            made = site.log(connection, "decided", logged_decision(decision), by=decision.by)
            received.add_decision(connection, replace(decision, seq=made.seq, at=made.at))
            numbers[str(made.seq)] = [entry["seq"], entry["at"]]
            seq = made.seq
        ours[str(entry["seq"])] = str(seq)
    return numbers, left


def _sameness(decision: Decision) -> tuple[str, str, str]:
    return decision.by, decision.kind, json.dumps(logged_decision(decision), sort_keys=True)


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    value = json.loads(entry["payload"]) if isinstance(entry.get("payload"), str) else None
    return value if isinstance(value, dict) else {}
