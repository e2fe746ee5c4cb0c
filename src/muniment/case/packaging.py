"""A package: exhibits, record, ledger, proofs, keys and a verifier in one folder, for people who do not have Muniment.

PACKAGE/
  bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt     BagIt (RFC 8493)
  data/index.html                what it holds and how to check it
  data/verify.py                 checks it with nothing but Python
  data/record.json               the record, or the part that was chosen
  data/ro-crate-metadata.json    the same for other programs (RO-Crate 1.1)
  data/exhibits/SHA256           sealed bytes, as received
  data/redacted/SHA256.txt       in a public package: the text of an exhibit that names protected people, without them
  data/ledger/entries.jsonl      entries, each with what it says or with proof that it is one
  data/ledger/checkpoint.txt     size and root of the ledger, signed
  data/ledger/keys/NAME.pub      the keys that signed; data/ledger/timestamps/  what a third party stamped
"""

from __future__ import annotations

import hashlib
import inspect
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bagit
import sqlalchemy as sa

import muniment
from muniment import exports
from muniment.case import checkpointing, exporting
from muniment.case.checkpointing import KeptCheckpoint
from muniment.case.site import Site, entry_of
from muniment.errors import StorageFailed, UsageError
from muniment.exports import crate, package_page, selection, verify_package, withholding
from muniment.ledger.signing import SigningKey
from muniment.model.vocabulary import Audience
from muniment.store import derived, received


def write_package(
    site: Site, out: Path, *, audience: Audience, only: Sequence[str], signers: Sequence[SigningKey]
) -> KeptCheckpoint:
    """Write a package into a new folder; the ledger says so, and the package's checkpoint is over that entry too.

    Args:
        site: the case.
        out: a folder that does not exist yet; it takes its name only when it is whole.
        audience: `case` carries every byte, `public` none that names a protected person.
        only: ids of incidents or claims to choose, with all they rest on; nothing for the whole case.
        signers: who signs the checkpoint.

    Raises:
        UsageError: where the folder exists, or a signer is not the case's.
        NotFound: where an id to choose is not there.
        StorageFailed: where the disk refuses.
    """
    if out.exists():
        raise UsageError(f"{out} exists already; a package is written into a new folder.")
    with site.reading() as connection:
        state = exporting.snapshot(site, connection)
    record = exports.record(state, audience=audience)
    if only:
        record = selection.select(record, only)
    written = _as_json(record)
    told = {"format": "package", "audience": audience, "record": hashlib.sha256(written).hexdigest()}
    with site.writing(), site.transaction() as connection:
        exported = site.log(connection, "exported", {**told, "selection": list(record["case"].get("selection", ()))})
    kept = checkpointing.make(site, signers)
    withheld = exports.Withheld.of(state.persons, state.claims, state.decisions) if audience == "public" else None
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise StorageFailed(f"{out} cannot be written ({error.strerror}); choose another --output.") from error
    try:
        _fill(site, scratch, record, written, kept, withheld, exported.seq)
        info = {
            "External-Identifier": kept.note.checkpoint.origin,
            "External-Description": record["case"]["title"] or "Untitled case",
            "Bag-Software-Agent": f"Muniment {muniment.__version__}",
        }
        bagit.make_bag(str(scratch), info, checksums=["sha256"])
        scratch.chmod(0o755)
        scratch.rename(out)
    except OSError as error:
        raise StorageFailed(f"{out} cannot be written ({error.strerror}); choose another --output.") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return kept


def _as_json(record: Mapping[str, Any]) -> bytes:
    out = io.StringIO()
    exports.write("json", record, out)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _fill(
    site: Site,
    folder: Path,
    record: Mapping[str, Any],
    written: bytes,
    kept: KeptCheckpoint,
    withheld: exports.Withheld | None,
    exported: int,
) -> None:
    """Write what becomes the bag's data/."""
    (folder / "record.json").write_bytes(written)
    with site.reading() as connection:
        not_here = _exhibits(site, connection, folder, record, withheld)
        _ledger(connection, folder / "ledger", record, kept, exported)
    paths = {row["id"]: f"exhibits/{row['id']}" for row in record["exhibits"] if row["id"] not in not_here}
    page = package_page.page(record, checkpoint=str(kept.note), paths=paths, withheld=not_here, made=kept.made)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "verify.py").write_text(inspect.getsource(verify_package), encoding="utf-8", newline="\n")
    types = {row["id"]: row["media_type"] for row in record["exhibits"]}
    files = [
        (
            path.relative_to(folder).as_posix(),
            path.stat().st_size,
            types.get(path.name, "application/octet-stream") if path.parent.name == "exhibits" else "text/plain",
            f"exhibit {path.name[:12]}" if path.parent.name == "exhibits" else path.name,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    metadata = crate.crate(record, files, made=kept.made, version=muniment.__version__)
    (folder / "ro-crate-metadata.json").write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")


def _exhibits(
    site: Site,
    connection: sa.Connection,
    folder: Path,
    record: Mapping[str, Any],
    withheld: exports.Withheld | None,
) -> dict[str, str]:
    """Copy the exhibits that may go; returns why others may not, by id."""
    (folder / "exhibits").mkdir()
    not_here: dict[str, str] = {}
    for row in record["exhibits"]:
        if row["state"] in ("withdrawn", "erased"):
            not_here[row["id"]] = f"{row['state']}: it does not leave the case"
            continue
        site.vault.check(row["id"])
        source = site.vault.path(row["id"])
        if withheld is not None:
            text = derived.text_of(connection, row["id"])
            role = received.role_of(connection, row["id"])
            why = withholding.why_withheld(withheld, source.read_bytes(), text, role)
            if why is not None:
                not_here[row["id"]] = why
                if text:
                    (folder / "redacted").mkdir(exist_ok=True)
                    copy = folder / "redacted" / f"{row['id']}.txt"
                    copy.write_text(withheld.text(text), encoding="utf-8", errors="replace", newline="\n")
                continue
        shutil.copyfile(source, folder / "exhibits" / row["id"])
    return not_here


def _ledger(
    connection: sa.Connection, folder: Path, record: Mapping[str, Any], kept: KeptCheckpoint, exported: int
) -> None:
    for name in ("keys", "timestamps"):
        (folder / name).mkdir(parents=True)
    whole = record["audience"] == "case" and not record["case"].get("selection")
    exhibits = {exhibit["id"] for exhibit in record["exhibits"]}
    decided = {decision["seq"] for decision in record["decisions"]} if record["audience"] == "case" else set()
    with (folder / "entries.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for row in received.iter_entries(connection):
            if row.seq >= kept.size:
                break
            if not whole and row.seq != exported and not _bears(row, exhibits, decided, record["audience"]):
                continue
            line: dict[str, Any] = {
                "seq": row.seq,
                "at": row.at,
                "kind": row.kind,
                "by_commitment": row.by_commitment,
                "commitment": row.commitment,
            }
            if row.payload is not None:
                line |= {"payload": row.payload, "salt": row.salt}
            if record["audience"] == "case":
                line |= {"by": row.by, "by_salt": row.by_salt}
            if not whole:
                line["proof"] = [step.hex() for step in checkpointing.inclusion_of(connection, row.seq, kept.size)]
            out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
    (folder / "checkpoint.txt").write_text(str(kept.note), encoding="utf-8", newline="\n")
    for key in checkpointing.keys(connection):
        (folder / "keys" / f"{_file_name(key.key.name)}.pub").write_text(f"{key.key}\n", encoding="utf-8")
    for stamped in checkpointing.kept_checkpoints(connection):
        if stamped.token is not None:
            (folder / "timestamps" / f"{stamped.size}.tsr").write_bytes(stamped.token)
            (folder / "timestamps" / f"{stamped.size}.note").write_text(
                str(stamped.note), encoding="utf-8", newline="\n"
            )


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name).strip(".") or "key"


def _bears(row: received.EntryRow, exhibits: set[str], decided: set[int], audience: Audience) -> bool:
    """Whether an entry goes with a part of the case, or with a public one: what its exhibits and decisions rest on."""
    if row.kind == "created" or row.seq in decided:
        return True
    if row.kind not in ("received", "sighted"):
        return False
    payload = entry_of(row).payload
    if not isinstance(payload, dict) or payload.get("exhibit") not in exhibits:
        return False
    return audience == "case" or (row.kind == "received" and "folder" not in payload)
