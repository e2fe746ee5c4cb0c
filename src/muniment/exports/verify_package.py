#!/usr/bin/env python3
"""Check an evidence package with nothing but Python 3.9 or later: no Muniment, no other library, no network.

    python3 verify.py                      check the package this file lies in
    python3 verify.py FOLDER               check another one
        --trust KEY                        a signer's public key, or the file it stands in, that you got elsewhere
        --checkpoint FILE                  a checkpoint that you kept or were sent
        --tsa-ca FILE                      root certificates of time-stamping authorities you trust (uses `openssl`)

It prints what is proved and what is not, and leaves with 0 if nothing is wrong, 1 if something is, 2 if it could not
check. What it does, step by step, so that it can be done by hand:

1. Every file has the SHA-256 that manifest-sha256.txt lists, and no file in data/ is unlisted (BagIt, RFC 8493).
2. Every ledger entry's commitments are HMAC-SHA-256 of who made it, and of what it says in canonical JSON, under the
   salts beside them; its hash is SHA-256 of a zero byte and the canonical JSON of its five other fields (RFC 6962).
3. All entries, or each by its proof, lead to the root on the third line of data/ledger/checkpoint.txt (RFC 9162).
4. Signatures under the checkpoint are Ed25519 over the lines above the blank one (RFC 8032, C2SP signed-note).
5. Each exhibit's bytes have the SHA-256 that an entry says was received, and the record the one an entry says was
   exported.

Invariant: this file imports the standard library only, and nothing in it trusts the package to describe itself.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Iterator, Sequence  # noqa: UP035  (Python 3.9)


class Found:
    """What a check found, in sentences."""

    def __init__(self) -> None:
        self.proved: list[str] = []
        self.not_proved: list[str] = []
        self.wrong: list[str] = []

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


# --- Ed25519, after RFC 8032 section 6, for checking only: slow, and free of secrets ----------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def _times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def _point(data: bytes) -> Point | None:
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def ed25519_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature (64 bytes) over a message was made with the key of this public half (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= Q:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left = _times(scalar, BASE)
    right = _add(commitment, _times(int.from_bytes(digest, "little") % Q, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the Merkle tree, after RFC 9162 ---------------------------------------------------------------------------------
def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves' hashes."""
    peaks: list[bytes] = []
    for number, digest in enumerate(leaves):
        while number & 1:
            digest, number = _node(peaks.pop(), digest), number >> 1
        peaks.append(digest)
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks.pop()
    while peaks:
        root = _node(peaks.pop(), root)
    return root


def root_by_proof(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof of inclusion leads to (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    at, last, digest = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            digest = _node(step, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = _node(digest, step)
        at, last = at >> 1, last >> 1
    return digest if last == 0 else None


# --- entries ---------------------------------------------------------------------------------------------------------
def _commitment(data: bytes, salt: str) -> str:
    return hmac.new(bytes.fromhex(salt), data, hashlib.sha256).hexdigest()


def leaf_of(entry: dict[str, Any]) -> bytes:
    """The hash of an entry, made anew from its five fields."""
    fields = {
        "at": entry["at"],
        "by": entry["by_commitment"],
        "commitment": entry["commitment"],
        "kind": entry["kind"],
        "seq": entry["seq"],
    }
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(b"\x00" + text.encode("utf-8")).digest()


def said(entry: dict[str, Any]) -> dict[str, Any]:
    """What an entry says, where the package shows it, else nothing. The text is hashed as it stands."""
    text = entry.get("payload")
    value = json.loads(text) if isinstance(text, str) else None
    return value if isinstance(value, dict) else {}


def _check_entry(entry: dict[str, Any], found: Found) -> None:
    seq = entry["seq"]
    payload, by = entry.get("payload"), entry.get("by")
    if payload is not None and _commitment(payload.encode("utf-8"), entry["salt"]) != entry["commitment"]:
        found.wrong.append(f"Entry {seq} does not say what it was made to say.")
    if by is not None and _commitment(by.encode("utf-8"), entry["by_salt"]) != entry["by_commitment"]:
        found.wrong.append(f"Entry {seq} was not made by whom it names.")


def check_ledger(folder: Path, found: Found) -> tuple[list[dict[str, Any]], int, bytes]:
    """Check the entries against the package's own checkpoint; returns them with the checkpoint's size and root."""
    _, size, root, _ = read_note((folder / "data/ledger/checkpoint.txt").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = []
    with (folder / "data/ledger/entries.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            _check_entry(entry, found)
            entries.append(entry)
    leaves = [leaf_of(entry) for entry in entries]
    if [entry["seq"] for entry in entries] == list(range(size)):
        if root_of(leaves) != root:
            found.wrong.append("The ledger's entries do not make the root of the checkpoint.")
        else:
            found.proved.append(f"All {size:,} ledger entries stand under the checkpoint's root.")
        return entries, size, root
    astray = 0
    for number, entry in enumerate(entries):
        path = [bytes.fromhex(step) for step in entry.get("proof") or []]
        astray += root_by_proof(entry["seq"], size, leaves[number], path) != root
    if len({entry["seq"] for entry in entries}) != len(entries):
        found.wrong.append("A ledger entry is given twice.")
    if astray:
        found.wrong.append(f"{astray:,} ledger entries are not among those the checkpoint was made over.")
    else:
        found.proved.append(f"{len(entries):,} of {size:,} ledger entries are given, each with proof that it is one.")
    return entries, size, root


# --- checkpoints -----------------------------------------------------------------------------------------------------
Signatures = list[tuple[str, bytes, bytes]]


def read_note(text: str) -> tuple[str, int, bytes, Signatures]:
    """A checkpoint's origin, size, root, and signatures as (name, key id, signature)."""
    body, blank, under = text.replace("\r\n", "\n").rpartition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) < 3:
        raise ValueError("a checkpoint has three lines, a blank one and signatures")
    signatures: Signatures = []
    for line in under.splitlines():
        if line:
            name, _, data = line[2:].rpartition(" ")
            raw = base64.b64decode(data, validate=True)
            signatures.append((name, raw[:4], raw[4:]))
    return lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True), signatures


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """A public key's name, id and 32 bytes."""
    name, _, rest = text.strip().partition("+")
    raw = base64.b64decode(rest.partition("+")[2], validate=True)
    if raw[:1] != b"\x01" or len(raw) != 33:
        raise ValueError("that is not an Ed25519 public key")
    return name, hashlib.sha256(name.encode("utf-8") + b"\n" + raw).digest()[:4], raw[1:]


def _signers(text: str, keys: Sequence[tuple[str, bytes, bytes]], found: Found, called: str) -> list[str]:
    body = text.replace("\r\n", "\n").rpartition("\n\n")[0] + "\n"
    signers = []
    for name, id_, signature in read_note(text)[3]:
        for key_name, key_id, raw in keys:
            if (name, id_) == (key_name, key_id):
                if ed25519_holds(raw, body.encode("utf-8"), signature):
                    signers.append(name)
                else:
                    found.wrong.append(f"{called}: the signature of {name} does not hold.")
    return signers


def check_checkpoint(folder: Path, trust: Sequence[str], outside: Sequence[Path], found: Found) -> None:
    """Who vouches for the package's checkpoint."""
    text = (folder / "data/ledger/checkpoint.txt").read_text(encoding="utf-8")
    origin, size, root, _ = read_note(text)
    trusted = [read_key(Path(key).read_text(encoding="utf-8") if os.path.isfile(key) else key) for key in trust]
    vouched = False
    if trusted:
        signers = _signers(text, trusted, found, "The package's checkpoint")
        if signers:
            found.proved.append(f"The checkpoint is signed by {', '.join(signers)}, whom you trust.")
            vouched = True
        elif found.ok:
            found.wrong.append("None of the keys you trust signed the package's checkpoint.")
    else:
        given = [
            read_key(path.read_text(encoding="utf-8")) for path in sorted((folder / "data/ledger/keys").glob("*.pub"))
        ]
        signers = _signers(text, given, found, "The package's checkpoint")
        if signers:
            found.not_proved.append(
                f"That the checkpoint is by {', '.join(signers)}: the keys came with the package. Get them from the "
                "signers by another way, and give them with --trust."
            )
    for path in outside:
        their_origin, their_size, their_root, _ = read_note(path.read_text(encoding="utf-8"))
        if their_origin != origin:
            found.wrong.append(f"{path.name} is the checkpoint of another case.")
        elif (their_size, their_root) == (size, root):
            found.proved.append(f"The package's checkpoint is the one in {path.name}.")
            vouched = True
        else:
            _consistent(folder, path.name, their_size, their_root, size, found)
            vouched = vouched or found.ok
    if not vouched:
        found.not_proved.append(
            "That the package as a whole was not made anew: compare its checkpoint with one that was sent or "
            "published before (--checkpoint), or check a signature by a key you got elsewhere (--trust)."
        )


def _consistent(folder: Path, name: str, size: int, root: bytes, ours: int, found: Found) -> None:
    with (folder / "data/ledger/entries.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    if size > ours:
        found.wrong.append(f"{name} is over {size:,} entries; the package's ledger has {ours:,}: it is older, or cut.")
    elif [entry["seq"] for entry in entries] != list(range(ours)):
        found.not_proved.append(
            f"That the package goes on from {name}: it carries single entries, not the whole ledger."
        )
    elif root_of([leaf_of(entry) for entry in entries[:size]]) == root:
        found.proved.append(f"The ledger goes on from the checkpoint in {name}, over its first {size:,} entries.")
    else:
        found.wrong.append(f"The ledger does not go on from the checkpoint in {name}: it was written anew.")


def check_time_stamps(folder: Path, roots: Path | None, found: Found) -> None:
    """Check time-stamps with the `openssl` command, where there are any."""
    for token in sorted((folder / "data/ledger/timestamps").glob("*.tsr")):
        note = (token.with_suffix(".note")).read_text(encoding="utf-8")
        body = note.rpartition("\n\n")[0] + "\n"
        command = shutil.which("openssl")
        if roots is None or command is None:
            why = "give the authority's root with --tsa-ca" if roots is None else "there is no `openssl` here"
            found.not_proved.append(f"The time-stamp over {read_note(note)[1]:,} entries: not checked; {why}.")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            message = Path(scratch) / "message"
            message.write_bytes(body.encode("utf-8"))
            words = [command, "ts", "-verify", "-in", str(token), "-data", str(message), "-CAfile", str(roots)]
            done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            found.proved.append(f"The time-stamp over {read_note(note)[1]:,} entries holds, says openssl.")
        else:
            found.wrong.append(f"The time-stamp {token.name} does not hold.")


# --- files -----------------------------------------------------------------------------------------------------------
def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _listed(manifest: Path) -> Iterator[tuple[str, str]]:
    for line in manifest.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition(" ")
        yield digest, name.strip().replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def check_files(folder: Path, found: Found) -> None:
    """Check the bag: every listed file has its digest, nothing in data/ is unlisted, nothing leads outside."""
    inside = folder.resolve()
    listed: set[str] = set()
    number = 0
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for digest, name in _listed(folder / manifest):
            path = folder / name
            listed.add(name)
            number += 1
            if path.is_symlink() or inside not in path.resolve().parents:
                found.wrong.append(f"{name} leads outside the package.")
            elif not path.is_file():
                found.wrong.append(f"{name} is listed and missing.")
            elif _sha256(path) != digest:
                found.wrong.append(f"{name} does not have the bytes that are listed.")
    for path in sorted((folder / "data").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.wrong.append(f"{name} is a link.")
        elif path.is_file() and name not in listed:
            found.wrong.append(f"{name} is in the package and not listed.")
    if found.ok:
        found.proved.append(f"All {number:,} files have the bytes that are listed.")


def check_contents(folder: Path, entries: Sequence[dict[str, Any]], found: Found) -> None:
    """Hold exhibits and record against what the ledger says was received and exported."""
    received = {str(said(e)["exhibit"]) for e in entries if e["kind"] == "received" and "exhibit" in said(e)}
    exported = {str(said(e).get("record")) for e in entries if e["kind"] == "exported"}
    record_path = folder / "data/record.json"
    record = json.loads(record_path.read_text(encoding="utf-8"))
    if _sha256(record_path) in exported:
        found.proved.append("The record is the one that the ledger says was exported.")
    else:
        found.wrong.append("The record is not one that the ledger says was exported.")
    here = {path.name for path in (folder / "data/exhibits").glob("*") if path.is_file()}
    for name in sorted(here):
        if _sha256(folder / "data/exhibits" / name) != name:
            found.wrong.append(f"Exhibit {name[:16]} does not have the bytes it is named by.")
        if name not in received:
            found.wrong.append(f"Exhibit {name[:16]} was never received, by the ledger that is given.")
    told = {str(exhibit["id"]) for exhibit in record["exhibits"]}
    for name in sorted(told - received):
        found.wrong.append(f"The record names exhibit {name[:16]}, which no entry says was received.")
    if here and found.ok:
        found.proved.append(f"{len(here):,} exhibits have the bytes that the ledger says were received.")
    withheld = told - here
    if withheld:
        found.not_proved.append(f"What stands in {len(withheld):,} exhibits: only their SHA-256 is given.")


def verify(
    folder: Path, trust: Sequence[str] = (), checkpoints: Sequence[Path] = (), roots: Path | None = None
) -> Found:
    """Check a whole package."""
    found = Found()
    try:
        check_files(folder, found)
        entries, _, _ = check_ledger(folder, found)
        check_checkpoint(folder, trust, checkpoints, found)
        check_time_stamps(folder, roots, found)
        check_contents(folder, entries, found)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, binascii.Error, RecursionError) as error:
        found.wrong.append(f"The package cannot be read as one ({type(error).__name__}: {error}).")
    found.not_proved.append("That a source told the truth, and that no signing key was stolen.")
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Check, print, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check an evidence package.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--trust", action="append", default=[], metavar="KEY")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, metavar="FILE")
    parser.add_argument("--tsa-ca", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    if not (given.folder / "manifest-sha256.txt").is_file():
        print(f"{given.folder} is not an evidence package: it has no manifest-sha256.txt.", file=sys.stderr)
        return 2
    found = verify(given.folder, given.trust, given.checkpoint, given.tsa_ca)
    if given.json:
        print(
            json.dumps({"ok": found.ok, "proved": found.proved, "not_proved": found.not_proved, "wrong": found.wrong})
        )
    else:
        for heading, sentences in (("WRONG", found.wrong), ("PROVED", found.proved), ("NOT PROVED", found.not_proved)):
            for sentence in sentences:
                print(f"{heading:<11}{sentence}")
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())
