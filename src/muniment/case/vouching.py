"""What checkpoints prove of a ledger: which of its entries someone outside can vouch for, and which nobody can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from muniment import ledger
from muniment.case import time_stamping
from muniment.case.checkpointing import CaseKey, KeptCheckpoint
from muniment.errors import BadInput
from muniment.ledger.note import signer_of
from muniment.ledger.signing import holds


@dataclass(frozen=True, slots=True)
class Trust:
    """What the person who verifies brings along, from outside the case.

    Attributes:
        checkpoints: notes kept elsewhere, by what to call them.
        keys: public keys that the person trusts.
        time_stamp_roots: a file of root certificates of time-stamping services, PEM.
    """

    checkpoints: Mapping[str, ledger.Note] = field(default_factory=dict)
    keys: tuple[ledger.PublicKey, ...] = ()
    time_stamp_roots: Path | None = None


def read_trust(
    checkpoints: Sequence[Path] = (), keys: Sequence[str] = (), time_stamp_roots: Path | None = None
) -> Trust:
    """What a person brings along, from files; a key may also be given as the word itself.

    Raises:
        BadInput: where a file cannot be read or is not what it should be.
    """
    return Trust(
        {path.name: ledger.parse_note(_text(path)) for path in checkpoints},
        tuple(ledger.parse_key(_text(Path(key)) if Path(key).is_file() else key) for key in keys),
        time_stamp_roots,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as text ({error}).") from error


@dataclass(slots=True)
class Vouched:
    """What was found, in sentences, and how many entries someone outside vouches for."""

    proved: list[str] = field(default_factory=list)
    not_proved: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    entries: int = 0


def sizes(kept: Sequence[KeptCheckpoint], trust: Trust) -> set[int]:
    """The sizes at which the audit has to note the root."""
    return {c.size for c in kept} | {note.checkpoint.size for note in trust.checkpoints.values()}


def vouch(
    origin: str, audit: ledger.Audit, kept: Sequence[KeptCheckpoint], known: Sequence[CaseKey], trust: Trust
) -> Vouched:
    """Hold kept and brought checkpoints against the ledger.

    Args:
        origin: the first line this case's checkpoints have.
        audit: with the roots at the checkpoints' sizes.
        kept: checkpoints kept in the case.
        known: the keys the case's own ledger names; they vouch for nothing by themselves.
        trust: what was brought from outside.
    """
    out = Vouched()
    for name, note in trust.checkpoints.items():
        _brought(out, name, note, origin, audit, known, trust)
    for checkpoint in kept:
        _own(out, checkpoint, origin, audit, known, trust)
    tail = audit.size - out.entries
    if tail and out.entries:
        out.not_proved.append(
            f"The last {tail:,} of {audit.size:,} entries: they came after the newest checkpoint that someone outside "
            "vouches for, and could be cut off or written anew by who holds this folder."
        )
    elif tail:
        out.not_proved.append(
            "The ledger as a whole: cut short at its end or rewritten as a whole it would pass, unless a checkpoint of "
            "it is kept outside this folder (give it with --checkpoint) or a signer's key is (--trust)."
        )
    if out.entries:
        out.not_proved.append("That no signing key was stolen: whoever has one can sign in its owner's name.")
    return out


def _brought(
    out: Vouched,
    name: str,
    note: ledger.Note,
    origin: str,
    audit: ledger.Audit,
    known: Sequence[CaseKey],
    trust: Trust,
) -> None:
    wrong = _against(note.checkpoint, origin, audit)
    if wrong is not None:
        out.problems.append(f"{name}: {wrong}")
        return
    signers, problems = _signers(note, known, trust)
    out.problems.extend(f"{name}: {problem}" for problem in problems)
    if problems:
        return
    trusted = [signer.name for signer in signers if signer in trust.keys]
    if trust.keys and not trusted:
        out.problems.append(f"{name}: none of the keys you trust signed it.")
        return
    if note.signatures and not signers:
        out.problems.append(f"{name}: its signatures are by keys that nobody here knows.")
        return
    out.entries = max(out.entries, note.checkpoint.size)
    by = f", signed by {', '.join(sorted(s.name for s in signers))}" if signers else ", which bears no signature"
    out.proved.append(f"The first {note.checkpoint.size:,} entries are those of the checkpoint in {name}{by}.")


def _own(
    out: Vouched,
    kept: KeptCheckpoint,
    origin: str,
    audit: ledger.Audit,
    known: Sequence[CaseKey],
    trust: Trust,
) -> None:
    called = f"The kept checkpoint over {kept.size:,} entries"
    wrong = _against(kept.note.checkpoint, origin, audit)
    if wrong is not None:
        out.problems.append(f"{called}: {wrong}")
        return
    signers, problems = _signers(kept.note, known, trust)
    out.problems.extend(f"{called}: {problem}" for problem in problems)
    trusted = sorted(signer.name for signer in signers if signer in trust.keys)
    if trusted and not problems:
        out.entries = max(out.entries, kept.size)
        out.proved.append(f"{called} is signed by {', '.join(trusted)}, whom you trust.")
    if kept.token is not None:
        _stamp(out, kept, called, trust)


def _stamp(out: Vouched, kept: KeptCheckpoint, called: str, trust: Trust) -> None:
    if trust.time_stamp_roots is None:
        out.not_proved.append(f"{called} has a time-stamp that was not checked: give its authority with --tsa-ca.")
        return
    found = time_stamping.check(kept.token or b"", kept.note.checkpoint.body.encode(), trust.time_stamp_roots)
    if not found.holds:
        out.problems.append(f"{called}: its time-stamp does not hold ({found.why or 'openssl refuses it'}).")
        return
    tools = [name for name, said in (("the library", found.by_library), ("openssl", found.by_openssl)) if said]
    at = "" if found.at is None else f" at {found.at.isoformat(timespec='seconds')}"
    out.entries = max(out.entries, kept.size)
    out.proved.append(f"{called} stood{at}, says a time-stamping authority you trust (by {' and '.join(tools)}).")


def _against(checkpoint: ledger.Checkpoint, origin: str, audit: ledger.Audit) -> str | None:
    """What is wrong with a checkpoint that this ledger should carry on from."""
    if checkpoint.origin != origin:
        return "it is the checkpoint of another case."
    if checkpoint.size > audit.size:
        return f"the ledger was cut short: it speaks of {checkpoint.size:,} entries, and {audit.size:,} stand here."
    if audit.roots.get(checkpoint.size) != checkpoint.root.hex():
        return f"the first {checkpoint.size:,} entries are not those it was made over: the ledger was rewritten."
    return None


def _signers(note: ledger.Note, known: Sequence[CaseKey], trust: Trust) -> tuple[list[ledger.PublicKey], list[str]]:
    """Whose signatures hold, and what is wrong with others by names that are known."""
    signers, problems = [], []
    revoked = {key.key for key in known if not key.signs(note.checkpoint.size)}
    keys = list(dict.fromkeys([*trust.keys, *(key.key for key in known)]))
    for signature in note.signatures:
        key = signer_of(signature, keys)
        if key is None:
            continue
        if not holds(note, signature, key):
            problems.append(f"the signature of {key.name} does not hold.")
        elif key in revoked:
            problems.append(f"the key {key.name} was revoked before it was made.")
        else:
            signers.append(key)
    return signers, problems
