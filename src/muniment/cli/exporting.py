"""`export`: the record out."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, custody
from muniment.errors import StorageFailed, UsageError

if TYPE_CHECKING:
    from muniment.model.vocabulary import Audience


@click.command(short_help="Write the record out: JSON, CSV, GeoJSON, texts, an evidence package.")
@arguments.case_argument
@click.option(
    "--format",
    "format_",
    default="json",
    show_default=True,
    help="json, csv, geojson, texts, package, or what a plugin offers.",
)
@click.option(
    "--audience",
    type=click.Choice(["case", "public"]),
    help=(
        "Who will read it: case is complete, public withholds protected names. [default: case for "
        "json; csv and geojson are always public; package: public]"
    ),
)
@click.option(
    "--normalise", is_flag=True, help="Blank what differs between two builds of the same files: times, salts, root."
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write; a folder for texts. [default: stdout]",
)
@click.option(
    "--plugin",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A Python file with a PLUGINS list. May be repeated.",
)
@click.option("--only", metavar="ID", multiple=True, help="package: this incident or claim and all it rests on.")
@click.option(
    "--key", "keys", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help="package: sign with this key."
)
@custody.passphrase_option
@arguments.by_option
def export(
    case: Path,
    format_: str,
    audience: str | None,
    normalise: bool,
    output: Path | None,
    plugin: tuple[Path, ...],
    only: tuple[str, ...],
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    by: str | None,
) -> None:
    """Write what CASE knows for other programs.

    json is the whole record (docs/reference/record.md); csv a claim a row; geojson the incidents whose place is known
    finely enough for a point; texts every exhibit's text, which the record's offsets point into; package a folder with
    exhibits, record, ledger and a verifier, which anyone can check without Muniment.
    """
    from muniment.exports import PUBLIC_ONLY

    if format_ == "package":
        _package(case, output, "case" if audience == "case" else "public", only, keys, passphrase_file, by)
        return
    if only or keys:
        raise UsageError("--only and --key belong to --format package.")
    if format_ in PUBLIC_ONLY and audience == "case":
        raise UsageError(f"{format_} is made to be sent, so it is always for the public; leave out --audience case.")
    if format_ == "texts" and audience == "public":
        raise UsageError("Texts are the sources' own words, for people of the case; leave out --audience public.")
    if format_ == "texts" and output is None:
        raise UsageError("Texts are many files; name a folder with --output.")
    readers: Audience = "public" if format_ in PUBLIC_ONLY or audience == "public" else "case"
    with arguments.open_case(case, by=by, plugins=plugin) as opened:
        if format_ == "texts" and output is not None:
            opened.export("texts", output, audience=readers, normalise=normalise)
        elif output is None:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            opened.export(format_, sys.stdout, audience=readers, normalise=normalise)
            sys.stdout.flush()
        else:
            with _Replacing(output) as file:
                opened.export(format_, file, audience=readers, normalise=normalise)
    if output is not None:
        click.echo(
            f"Written to {output}, for {'the public' if readers == 'public' else 'people of the case'}.", err=True
        )


def _package(
    case: Path,
    output: Path | None,
    audience: Audience,
    only: tuple[str, ...],
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    by: str | None,
) -> None:
    if output is None:
        raise UsageError("A package is a folder; name a new one with --output.")
    signers = custody.signers(keys, passphrase_file)
    with arguments.open_case(case, by=by) as opened:
        kept = opened.custody.package(output, audience=audience, only=only, signers=signers)
    whom = "for people of the case only: it carries every byte and name" if audience == "case" else "for the public"
    click.echo(f"Written to {output}, {whom}. Its checkpoint, for keeping elsewhere:", err=True)
    click.echo(str(kept.note), nl=False)
    click.echo(f"Anyone can check it: python3 {output / 'data' / 'verify.py'}", err=True)


class _Replacing:
    """A file that takes its name only when it is whole: a stopped export leaves what was there before."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> tempfile._TemporaryFileWrapper[str]:
        try:
            self.file = tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=self.path.parent, prefix=f".{self.path.name}.", delete=False
            )
        except OSError as error:
            raise StorageFailed(
                f"{self.path} cannot be written ({error.strerror}); choose another --output."
            ) from error
        return self.file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.file.close()
        made = Path(self.file.name)
        if kind is not None:
            made.unlink(missing_ok=True)
            return
        try:
            mask = os.umask(0)
            os.umask(mask)
            made.chmod(0o666 & ~mask)
            made.replace(self.path)
        except OSError as failure:
            made.unlink(missing_ok=True)
            raise StorageFailed(
                f"{self.path} cannot be written ({failure.strerror}); choose another --output."
            ) from failure
