"""`key` and `checkpoint`: signing keys, and the ledger's size and root put into words that others can keep."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, printing
from muniment.errors import BadInput, StorageFailed, UsageError

if TYPE_CHECKING:
    from muniment.case.custody import SigningKey

PASSPHRASE = "MUNIMENT_PASSPHRASE"

passphrase_option = click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=f"A file whose first line is the key's passphrase. [default: {PASSPHRASE}, else you are asked]",
)


@click.group(short_help="Signing keys: make one, let it sign for a case, revoke it.")
def key() -> None:
    """Signing keys of the people who vouch for a case.

    A key is made once for each person, outside any case, and kept under a passphrase. Its public half, one word, is
    what a case and its readers know it by.
    """


@key.command("new", short_help="Make a signing key under a passphrase.")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_option
def new(name: str, file: Path, passphrase_file: Path | None) -> None:
    """Make a key called NAME; FILE takes the encrypted key, FILE.pub the public half to hand out."""
    from muniment.case.custody import make_key

    public_file = file.with_name(file.name + ".pub")
    for path in (file, public_file):
        if path.exists():
            raise UsageError(f"{path} stands already, and a key is never overwritten; choose another file.")
    text, public = make_key(name, _passphrase(passphrase_file, confirm=True))
    _write_new(file, text, 0o600)
    _write_new(public_file, f"{public}\n", 0o644)
    click.echo(str(public))
    click.echo(
        f"The key is in {file}, for you alone; without its passphrase it is of no use, to you neither. Hand out "
        f"{public_file}, and let the key sign for a case with: muniment key add CASE {public_file}",
        err=True,
    )


@key.command("add", short_help="Let a key sign for a case.")
@arguments.case_argument
@click.argument("public", metavar="PUBLIC")
@click.option("--replaces", metavar="NAME", help="The key that no longer signs from now on.")
@arguments.by_option
def add(case: Path, public: str, replaces: str | None, by: str | None) -> None:
    """Let a key sign for CASE. PUBLIC is its .pub file or the word in it."""
    word = _read(Path(public)) if Path(public).is_file() else public
    with arguments.open_case(case, by=by) as opened:
        added = opened.custody.add_key(word, replaces=replaces)
    click.echo(f"{added.key.name} signs for this case from entry {added.added:,} on.")


@key.command("revoke", short_help="Let a key sign no more.")
@arguments.case_argument
@click.argument("name")
@click.option("--reason", required=True, help="Why, in your words.")
@arguments.by_option
def revoke(case: Path, name: str, reason: str, by: str | None) -> None:
    """Let the key NAME sign no more for CASE; what it signed before stands."""
    with arguments.open_case(case, by=by) as opened:
        known = opened.custody.revoke_key(name, reason=reason)
    click.echo(f"{name} no longer signs for this case, from entry {known.revoked:,} on.")


@key.command("list", short_help="The keys of a case.")
@arguments.case_argument
@arguments.json_option
def list_(case: Path, as_json: bool) -> None:
    """List the keys that sign, or signed, for CASE."""
    with arguments.open_case(case) as opened:
        known = opened.custody.keys()
    if as_json:
        printing.as_json([{"key": str(k.key), "added": k.added, "revoked": k.revoked} for k in known])
        return
    if not known:
        click.echo("No key signs for this case yet; `muniment key new NAME FILE` makes one.", err=True)
    for k in known:
        state = f"since entry {k.added:,}" + ("" if k.revoked is None else f", revoked by entry {k.revoked:,}")
        click.echo(f"{k.key}\n  {state}")


@key.command("sign", short_help="Put your name under a partner's checkpoint.")
@click.argument("note", type=click.Path(path_type=Path))
@click.option("--key", "file", metavar="FILE", required=True, type=click.Path(path_type=Path), help="Your key.")
@passphrase_option
def sign(note: Path, file: Path, passphrase_file: Path | None) -> None:
    """Sign the checkpoint in NOTE and print it with your signature under it.

    It says: on this day I saw this ledger at this size. The case takes it in with `muniment checkpoint CASE
    --countersign FILE`; keep your copy of it, since that is what makes it worth something.
    """
    from muniment.case.custody import SigningKey, countersigned

    click.echo(
        countersigned(_read(note), SigningKey.open(_read(file), _passphrase(passphrase_file, of=file))), nl=False
    )


@click.command(short_help="Sign the ledger as it stands, for keeping elsewhere.")
@arguments.case_argument
@click.option(
    "--key", "keys", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help="Sign with this key."
)
@passphrase_option
@click.option(
    "--timestamp", "time_stamp", metavar="URL", help="Have it time-stamped by this RFC 3161 server (its hash is sent)."
)
@click.option(
    "--countersign",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take in a partner's signature under a checkpoint of this case instead of making one.",
)
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Where to write it, too.")
@arguments.by_option
@arguments.json_option
def checkpoint(
    case: Path,
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    time_stamp: str | None,
    countersign: Path | None,
    output: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Put the size and root of CASE's ledger on five lines, sign them, and keep them.

    Send the checkpoint to someone, print it, or publish it: from then on nothing that the ledger held can be changed
    without their noticing (`muniment verify CASE --checkpoint FILE`).
    """
    if countersign is not None and (keys or time_stamp):
        raise UsageError("--countersign takes in a signature and makes none; leave --key and --timestamp out.")
    signing = signers(keys, passphrase_file)
    with arguments.open_case(case, by=by) as opened:
        if countersign is not None:
            kept = opened.custody.countersign(_read(countersign))
        else:
            kept = opened.custody.checkpoint(signing, time_stamp_address=time_stamp)
    if as_json:
        signed_by = [signature.name for signature in kept.note.signatures]
        printing.as_json({"size": kept.size, "root": kept.root, "note": str(kept.note), "signed_by": signed_by})
    else:
        click.echo(str(kept.note), nl=False)
    if output is not None:
        try:
            output.write_text(str(kept.note), encoding="utf-8", newline="\n")
        except OSError as error:
            raise StorageFailed(f"{output} cannot be written ({error.strerror}); the case keeps it.") from error
    told = "" if kept.token is None else ", time-stamped"
    signed = f"signed by {', '.join(s.name for s in kept.note.signatures)}" if kept.note.signatures else "not signed"
    click.echo(
        f"{kept.size:,} entries, {signed}{told}. Keep it outside this folder: inside, it proves little.", err=True
    )


def signers(files: Sequence[Path], passphrase_file: Path | None) -> list[SigningKey]:
    """Open key files, asking for what opens them.

    Raises:
        BadInput: where a file is no key or does not open.
    """
    from muniment.case.custody import SigningKey

    return [SigningKey.open(_read(path), _passphrase(passphrase_file, of=path)) for path in files]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read ({error}).") from error


def _write_new(path: Path, text: str, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise StorageFailed(f"{path} cannot be written ({error.strerror}).") from error


def _passphrase(file: Path | None, *, confirm: bool = False, of: Path | None = None) -> str:
    if file is not None:
        return _read(file).split("\n", 1)[0]
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    asked: str = click.prompt(
        f"Passphrase of {of}" if of else "Passphrase", hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked
