"""`backup` and `restore`: a case in one file, and a case from it."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, printing, progress


@click.command(short_help="Write a case into one file, while it is in use.")
@arguments.case_argument
@click.argument("file", type=click.Path(path_type=Path))
@arguments.json_option
def backup(case: Path, file: Path, as_json: bool) -> None:
    """Write CASE into FILE, a plain tar: the database as it stands and every sealed byte.

    The file is as private as the case: it holds every name and every exhibit, and is not encrypted.
    """
    with arguments.open_case(case) as opened, progress.bar() as report:
        made = opened.custody.backup(file, progress=report)
    if as_json:
        printing.as_json({"entries": made.entries, "files": made.files, "bytes": made.bytes})
        return
    click.echo(f"{made.entries:,} ledger entries and {made.files:,} sealed files in {file} ({made.bytes:,} bytes).")
    click.echo("It is not encrypted: keep it as you keep the case.", err=True)


@click.command(short_help="Make a case of a backup, verified first.")
@click.argument("file", type=click.Path(path_type=Path))
@arguments.case_argument
@arguments.json_option
def restore(file: Path, case: Path, as_json: bool) -> None:
    """Make a new CASE of FILE. What does not verify is not restored, and says why (exit code 7)."""
    from muniment.case.custody import restore as restore_case

    with progress.bar() as report:
        found = restore_case(file, case, progress=report)
    if as_json:
        printing.as_json({"proved": list(found.proved), "not_proved": list(found.not_proved)})
        return
    for sentence in found.proved:
        click.echo(printing.wrapped(sentence, hanging=2))
    click.echo(f"Restored to {case}.", err=True)
