"""`status`: what a case holds, counted."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, describing, printing, totals


@click.command(short_help="What a case holds, counted.")
@arguments.case_argument
@arguments.json_option
def status(case: Path, as_json: bool) -> None:
    """Say what CASE holds: exhibits, documents, claims, incidents, what is open, and where its log stands."""
    import msgspec

    from muniment.exports import rows as rows_of

    with arguments.open_case(case) as opened:
        found, made = opened.status(), opened.headlines()
    if as_json:
        printing.as_json({**msgspec.to_builtins(found), "headlines": rows_of.headlines_row(made)})
        return
    click.echo(printing.heading(found.title))
    if found.first_day or found.last_day:
        click.echo(f"  {describing.day_range(found.first_day, found.last_day)}")
    rows = [
        ("exhibits", found.exhibits, f"{found.unread} unread" if found.unread else ""),
        ("documents", found.documents, f"{found.not_extracted} not extracted" if found.not_extracted else ""),
        ("publishers", found.publishers, ""),
        ("claims", found.claims, ""),
        ("incidents", found.incidents, ""),
        ("places", found.places, f"{found.unresolved_places} names unresolved" if found.unresolved_places else ""),
        ("persons", found.persons, ""),
        ("decisions", found.decisions, ""),
        ("questions", found.questions, f"see: muniment questions {case}" if found.questions else ""),
        ("log entries", found.entries, f"last {found.head[:16]}…" if found.head else ""),
    ]
    click.echo(printing.table(["", "", ""], [(a, str(b), c) for a, b, c in rows], right=[1]).split("\n", 1)[1])
    if made.totals:
        click.echo("\n" + totals.totals(made))
