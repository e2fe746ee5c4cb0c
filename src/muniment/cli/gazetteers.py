"""`places-import`: a gazetteer into the case."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, printing


@click.command("places-import", short_help="Load a gazetteer into a case.")
@arguments.case_argument
@click.argument("file", type=click.Path(path_type=Path))
@arguments.by_option
@arguments.json_option
def places_import(case: Path, file: Path, by: str | None, as_json: bool) -> None:
    """Load FILE into the places of CASE.

    Understands GeoNames (tables and JSON), Who's On First, Natural Earth, and your own CSV or JSON
    (docs/how-to/add-a-gazetteer.md). What rests on a name it settles is derived again at the next build.
    """
    with arguments.open_case(case, by=by) as opened:
        loaded = opened.import_places(file)
    if as_json:
        printing.as_json({"places": loaded})
        return
    click.echo(f"{printing.number(loaded, 'place').capitalize()} loaded.")
    click.echo(f"Derive again with them: muniment build {case}", err=True)
