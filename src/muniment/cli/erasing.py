"""`erase`: what the law requires to be gone, gone for good."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, printing, progress


@click.command(short_help="Remove an exhibit for good, where the law requires it.")
@arguments.case_argument
@click.argument("exhibit")
@click.option("--reason", required=True, help="Why; it stays in the ledger, so do not name what is erased.")
@click.option("--second", metavar="NAME", required=True, help="The second person who agreed.")
@arguments.by_option
@arguments.json_option
def erase(case: Path, exhibit: str, reason: str, second: str, by: str | None, as_json: bool) -> None:
    """Remove EXHIBIT from CASE: bytes, text, claims, index and what the ledger said of it.

    EXHIBIT is its whole SHA-256, so that none is erased by a slip. The ledger keeps that these bytes were received and
    erased. Copies that left the case before, and backups, are listed or not known here: they are yours to find. To
    leave an exhibit out of every figure and keep it sealed, decide set_aside or withdraw instead.
    """
    with arguments.open_case(case, by=by) as opened, progress.bar() as report:
        done = opened.custody.erase(exhibit, reason=reason, second=second, progress=report)
    if as_json:
        printing.as_json(
            {
                "exhibit": done.exhibit,
                "entries": list(done.entries),
                "decisions": done.decisions,
                "left": list(done.left),
            }
        )
        return
    click.echo(f"Erased {done.exhibit}: {len(done.entries):,} ledger entries no longer say what they said.")
    if done.decisions:
        click.echo(f"{done.decisions:,} decisions about its words went with it.")
    if done.left:
        click.echo(
            f"It may have left the case before: {len(done.left):,} packages were made since it came (entries "
            f"{', '.join(map(str, done.left))}).",
            err=True,
        )
    click.echo("Backups and copies of this folder still hold it: find and erase them too.", err=True)
