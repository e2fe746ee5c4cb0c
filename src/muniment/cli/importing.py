"""`import`: a partner's evidence package into a case."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, printing, progress


@click.command("import", short_help="Take in a partner's evidence package.")
@arguments.case_argument
@click.argument("package", type=click.Path(path_type=Path))
@arguments.trust_options
@arguments.by_option
@arguments.json_option
def import_(
    case: Path,
    package: Path,
    checkpoints: tuple[Path, ...],
    trust: tuple[str, ...],
    roots: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Take PACKAGE into CASE: its exhibits, its ledger as proof, its people's decisions under their own names.

    It is verified first; what does not verify is not taken in (exit code 7). Build afterwards.
    """
    with arguments.open_case(case, create=True, by=by) as opened, progress.bar() as report:
        done = opened.custody.import_package(
            package, trust=trust, checkpoints=checkpoints, time_stamp_roots=roots, progress=report
        )
    if as_json:
        printing.as_json(
            {
                "origin": done.origin,
                "exhibits": done.exhibits,
                "decisions": done.decisions,
                "left": done.left,
                "not_proved": list(done.not_proved),
            }
        )
        return
    click.echo(f"From {done.origin}: {done.exhibits:,} new exhibits, {done.decisions:,} decisions.")
    if done.left:
        click.echo(f"{done.left:,} decisions were about the other case itself, or came without their maker, and stay.")
    for sentence in done.not_proved:
        click.echo(printing.wrapped(f"Not proved: {sentence}", hanging=2), err=True)
    click.echo(f"Now: muniment build {case}", err=True)
