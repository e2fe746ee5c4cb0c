"""Verify: hash every sealed byte again, replay the ledger, hold the rows against it; say what that does not prove."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from muniment import ledger
from muniment.case import vouching
from muniment.case.checkpointing import KeptCheckpoint, kept_checkpoints, keys_of
from muniment.case.deciding import logged_decision
from muniment.case.site import Site, entry_of
from muniment.case.views import Verification
from muniment.case.vouching import Trust
from muniment.errors import BadInput, MunimentError
from muniment.store import checkpointed, derived, received

Progress = Callable[[str, int, int], None]
NOTHING = Trust()
"""Nothing brought along: the case is held against itself alone."""


def verify(site: Site, progress: Progress, trust: Trust = NOTHING) -> Verification:
    """Check everything the case keeps against what was sealed and logged, and what someone outside vouches for."""
    proved: list[str] = []
    not_proved: list[str] = []
    problems: list[str] = []
    with site.reading() as connection:
        entries = [entry_of(row) for row in received.iter_entries(connection)]
        kept = _checkpoints(connection, problems)
        audit = ledger.check(entries, checkpointed.all_nodes(connection), vouching.sizes(kept, trust))
        problems.extend(audit.problems)
        if not audit.problems:
            proved.append(f"{audit.size:,} ledger entries stand as they were made, under the root {audit.root}.")
        if audit.erased:
            not_proved.append(
                f"What {audit.erased:,} entries said: it was erased, and only that it was once said is left."
            )
        problems.extend(_taken_away(entries))
        origin = ledger.origin_of(str(received.get_meta(connection, "id")))
        vouched = vouching.vouch(origin, audit, kept, keys_of(entries), trust)
        problems.extend(vouched.problems)
        proved.extend(vouched.proved)
        not_proved.extend(vouched.not_proved)
        logged = _logged(entries)
        problems.extend(_rows_against_log(connection, entries, logged))
        problems.extend(_texts(connection))
        problems.extend(_places(connection, entries))
        built = next((e for e in reversed(entries) if e.kind == "build"), None)
        digest = ledger.digest_rows(derived.derived_rows(connection)) if built is not None else None
    intact = 0
    erased = {str(payload.get("exhibit")) for _, payload in _of(entries, "erased")}
    for sha256 in sorted(erased & set(site.vault.list())):
        problems.append(f"Exhibit {sha256[:16]}… was erased, and its bytes are still in the vault: erase it again.")
    for number, (sha256, name) in enumerate(sorted(logged.items())):
        progress("verify", number, len(logged))
        if sha256 in erased:
            continue
        try:
            site.vault.check(sha256)
            intact += 1
        except MunimentError as error:
            problems.append(f"{name}: {error}")
    progress("verify", len(logged), len(logged))
    if intact:
        proved.append(f"{intact:,} sealed files have the bytes they were sealed with.")
    if built is not None and digest == _payload(built).get("derived"):
        proved.append(f"Documents, claims, incidents and figures are those that build {built.seq} logged.")
    elif built is not None:
        problems.append(
            f"The derived tables are not those that build {built.seq} logged: a build was interrupted, "
            "or rows were changed. Run build to derive them again."
        )
    if erased:
        not_proved.append(f"Anything about {len(erased):,} erased exhibits, but that they were received once.")
    unlisted = len(set(site.vault.list()) - set(logged))
    if unlisted:
        not_proved.append(
            f"{unlisted:,} sealed files have no ledger entry: a run ended between sealing and logging. "
            "Building from the same sources again records them."
        )
    not_proved.append("That a source told the truth: a seal says what was received, not whether it is so.")
    return Verification(not problems, tuple(proved), tuple(not_proved), tuple(problems))


def _taken_away(entries: list[ledger.Entry]) -> list[str]:
    """Payloads that are gone without a later entry that says they were erased."""
    said = {
        seq
        for entry in entries
        if entry.kind == "erased" and isinstance(numbers := _payload(entry).get("entries"), list)
        for seq in numbers
        if isinstance(seq, int) and seq < entry.seq
    }
    return [
        f"Entry {entry.seq} ({entry.kind}) lost what it said, and no later entry says that it was erased."
        for entry in entries
        if entry.erased and entry.seq not in said
    ]


def _checkpoints(connection: sa.Connection, problems: list[str]) -> list[KeptCheckpoint]:
    try:
        return kept_checkpoints(connection)
    except BadInput as error:
        problems.append(f"A kept checkpoint was altered. {error}")
        return []


def _payload(entry: ledger.Entry) -> dict[str, Any]:
    """The payload, or nothing where it was changed into what no entry carries (the audit says so)."""
    return entry.payload if isinstance(entry.payload, dict) else {}


def _of(entries: list[ledger.Entry], kind: str) -> list[tuple[int, dict[str, Any]]]:
    return [(e.seq, _payload(e)) for e in entries if e.kind == kind]


def _logged(entries: list[ledger.Entry]) -> dict[str, str]:
    """Sealed files by the ledger: hash to the name first met."""
    names = {str(payload.get("exhibit")): str(payload.get("name")) for _, payload in reversed(_of(entries, "sighted"))}
    out: dict[str, str] = {}
    for _, payload in _of(entries, "received"):
        sha256 = payload.get("exhibit") or payload.get("gazetteer") or payload.get("answer")
        if sha256 is not None:
            out.setdefault(str(sha256), names.get(str(sha256)) or str(payload.get("name")))
    return out


def _rows_against_log(connection: sa.Connection, entries: list[ledger.Entry], logged: dict[str, str]) -> list[str]:
    problems = []
    said = {p["exhibit"]: (p.get("bytes"), p.get("role")) for _, p in _of(entries, "received") if "exhibit" in p}
    sighted = [(seq, p) for seq, p in _of(entries, "sighted") if p]  # one that was erased says nothing
    met = [*sighted, *((seq, p) for seq, p in _of(entries, "received") if "folder" in p)]
    # Entries of before version 0.2 say both in one, once for each time the bytes were met.
    seen = {(p.get("exhibit"), p.get("folder"), p.get("name"), seq) for seq, p in met}
    rows = received.exhibit_facts(connection)
    for id_ in sorted(rows.keys() - said.keys()):
        problems.append(f"Exhibit {id_[:16]}… stands in the tables but was never logged as received.")
    for id_ in sorted(said.keys() - rows.keys()):
        problems.append(f"Exhibit {id_[:16]}… ({logged[id_]}) was logged as received but is missing from the tables.")
    erased = {str(payload.get("exhibit")) for _, payload in _of(entries, "erased")}
    for id_ in sorted(rows.keys() & said.keys()):
        role = "erased" if id_ in erased else said[id_][1]
        if rows[id_] != (said[id_][0], role):
            problems.append(f"Exhibit {id_[:16]}… has another size or role in the tables than in the ledger.")
    tables = {(x, s.folder, s.name, seq) for x, met in received.all_sightings(connection).items() for seq, s in met}
    if seen != tables:
        problems.append("The names and folders exhibits were met under are not those the ledger says.")
    created = _payload(entries[0]).get("case") if entries else None
    if received.get_meta(connection, "id") != created:
        problems.append("The case's id is not the one its ledger began with.")
    problems.extend(_decisions(connection, entries))
    return problems


def _decisions(connection: sa.Connection, entries: list[ledger.Entry]) -> list[str]:
    problems = []
    decided = {e.seq: e for e in entries if e.kind == "decided" and not e.erased}
    stored = {decision.seq: decision for decision in received.all_decisions(connection)}
    for seq in sorted(decided.keys() ^ stored.keys()):
        problems.append(f"Decision {seq} stands in {'the ledger' if seq in decided else 'the tables'} alone.")
    for seq in sorted(decided.keys() & stored.keys()):
        entry, row = decided[seq], stored[seq]
        if (entry.payload, entry.by, entry.at) != (logged_decision(row), row.by, row.at):
            problems.append(f"Decision {seq} is not what the ledger says was decided.")
    return problems


def _texts(connection: sa.Connection) -> list[str]:
    """Texts that are not those that were read; the build's digest covers their hashes, not the texts themselves."""
    return [
        f"The text of exhibit {exhibit[:16]}… is not the one that was read from it."
        for exhibit, text, sha256 in derived.texts(connection)
        if text is not None and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256
    ]


def _places(connection: sa.Connection, entries: list[ledger.Entry]) -> list[str]:
    added = [payload for _, payload in _of(entries, "received") if "gazetteer" in payload]
    problems = []
    if [payload["gazetteer"] for payload in added] != received.gazetteer_digests(connection):
        problems.append("The gazetteers in the tables are not those the ledger says were added.")
    digest = ledger.digest_rows(received.place_rows(connection))
    if digest != (added[-1].get("places") if added else ledger.digest_rows(())):
        problems.append("The places in the tables are not those the gazetteers brought.")
    return problems
