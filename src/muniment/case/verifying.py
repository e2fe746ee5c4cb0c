"""Verify: hash every sealed byte again, replay the ledger, hold the rows against it; say what that does not prove."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from muniment import ledger
from muniment.case.site import Site, entry_of
from muniment.case.views import Verification
from muniment.errors import MunimentError
from muniment.store import derived, received

Progress = Callable[[str, int, int], None]


def verify(site: Site, progress: Progress) -> Verification:
    """Check everything the case keeps against what was sealed and logged."""
    proved: list[str] = []
    not_proved: list[str] = []
    problems: list[str] = []
    with site.reading() as connection:
        entries = [entry_of(row) for row in received.iter_entries(connection)]
        audit = ledger.check(entries)
        problems.extend(audit.problems)
        if not audit.problems:
            proved.append(f"{audit.size:,} ledger entries follow from one another, up to {audit.head}.")
        not_proved.extend(audit.sentences)
        logged = _logged(entries)
        problems.extend(_rows_against_log(connection, entries, logged))
        built = next((e for e in reversed(entries) if e.kind == "build"), None)
        digest = ledger.digest_rows(derived.derived_rows(connection)) if built is not None else None
    intact = 0
    for number, (sha256, name) in enumerate(sorted(logged.items())):
        progress("verify", number, len(logged))
        try:
            site.vault.check(sha256)
            intact += 1
        except MunimentError as error:
            problems.append(f"{name}: {error}")
    progress("verify", len(logged), len(logged))
    if intact:
        proved.append(f"{intact:,} sealed files have the bytes they were sealed with.")
    if built is not None and digest == built.payload["derived"]:
        proved.append(f"Documents, claims, incidents and figures are those that build {built.seq} logged.")
    elif built is not None:
        problems.append(
            f"The derived tables are not those that build {built.seq} logged: a build was interrupted, "
            "or rows were changed. Run build to derive them again."
        )
    unlisted = len(set(site.vault.list()) - set(logged))
    if unlisted:
        not_proved.append(
            f"{unlisted:,} sealed files have no ledger entry: a run ended between sealing and logging. "
            "Building from the same sources again records them."
        )
    not_proved.append("That a source told the truth: a seal says what was received, not whether it is so.")
    return Verification(not problems, tuple(proved), tuple(not_proved), tuple(problems))


def _logged(entries: list[ledger.Entry]) -> dict[str, str]:
    """Sealed files by the ledger: hash to the name first met."""
    out: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "received":
            sha256 = entry.payload.get("exhibit") or entry.payload["gazetteer"]
            out.setdefault(str(sha256), str(entry.payload["name"]))
    return out


def _rows_against_log(connection: sa.Connection, entries: list[ledger.Entry], logged: dict[str, str]) -> list[str]:
    problems = []
    sizes = {
        e.payload["exhibit"]: e.payload["bytes"] for e in entries if e.kind == "received" and "exhibit" in e.payload
    }
    rows = {exhibit.id: exhibit.bytes for exhibit in received.all_exhibits(connection)}
    for id_ in sorted(rows.keys() - sizes.keys()):
        problems.append(f"Exhibit {id_[:16]}… stands in the tables but was never logged as received.")
    for id_ in sorted(sizes.keys() - rows.keys()):
        problems.append(f"Exhibit {id_[:16]}… ({logged[id_]}) was logged as received but is missing from the tables.")
    for id_ in sorted(rows.keys() & sizes.keys()):
        if rows[id_] != sizes[id_]:
            problems.append(f"Exhibit {id_[:16]}… has another size in the tables than in the ledger.")
    decided = {e.seq: e for e in entries if e.kind == "decided"}
    stored = {decision.seq: decision for decision in received.all_decisions(connection)}
    for seq in sorted(decided.keys() ^ stored.keys()):
        problems.append(f"Decision {seq} stands in {'the ledger' if seq in decided else 'the tables'} alone.")
    for seq in sorted(decided.keys() & stored.keys()):
        entry, row = decided[seq], stored[seq]
        same = (entry.payload["kind"], entry.payload["on"], entry.payload["value"], entry.payload["reason"])
        if same != (row.kind, list(row.on), row.value, row.reason) or (entry.by, entry.at) != (row.by, row.at):
            problems.append(f"Decision {seq} is not what the ledger says was decided.")
    seen = {
        (e.payload["exhibit"], e.payload["name"]) for e in entries if e.kind == "received" and "exhibit" in e.payload
    }
    tables = {(x, s.name) for x, met in received.all_sightings(connection).items() for _, s in met}
    if seen != tables:
        problems.append("The names exhibits were met under are not those the ledger says.")
    return problems
