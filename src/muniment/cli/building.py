"""`build`: from files to a record, and the summary a researcher wants."""

from __future__ import annotations

from pathlib import Path

import click

from muniment.cli import arguments, printing, progress, summary
from muniment.errors import BadInput


@click.command(short_help="Seal, read and link sources; print what was found.")
@arguments.case_argument
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--places",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help=(
        "A gazetteer to load first: GeoNames, Who's On First, Natural Earth, or your own CSV or JSON. May be repeated."
    ),
)
@click.option(
    "--mapping",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help=(
        "What the columns of your tables are (NAME.mapping.toml); it may also lie beside the table. May be repeated."
    ),
)
@click.option(
    "--ocr",
    metavar="LANG",
    multiple=True,
    help="Read scanned pages with Tesseract in this language, e.g. eng or rus+eng. May be repeated.",
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="A file with passwords to try on encrypted files, one a line. They are never stored or logged.",
)
@click.option(
    "--plugin",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A Python file with a PLUGINS list. May be repeated.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read and extract. [default: by the machine's cores]",
)
@arguments.by_option
@arguments.json_option
def build(
    case: Path,
    sources: tuple[Path, ...],
    places: tuple[Path, ...],
    mapping: tuple[Path, ...],
    ocr: tuple[str, ...],
    password_file: Path | None,
    plugin: tuple[Path, ...],
    workers: int | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Take files into CASE and derive its record again.

    Makes the case if there is none. Each SOURCE (a file or a folder) is sealed byte for byte, read, searched for
    claims; claims are brought together as incidents and counted. Without a SOURCE everything is derived again from
    what is sealed and decided. A build that was stopped goes on where it was.
    """
    languages = tuple(language for entry in ocr for language in entry.split("+") if language)
    passwords = _passwords(password_file)
    with arguments.open_case(case, create=True, by=by, plugins=plugin) as opened:
        with progress.bar() as report_progress:
            report = opened.build(
                sources,
                places=places,
                mappings=mapping,
                ocr=languages,
                passwords=passwords,
                workers=workers,
                progress=report_progress,
            )
        if as_json:
            printing.as_json(summary.plain(report))
        else:
            click.echo(summary.summary(opened, report, case))
    click.echo(f"Took {sum(report.seconds.values()):.1f} s.", err=True)


def _passwords(file: Path | None) -> tuple[str, ...]:
    if file is None:
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            "The password file cannot be read; give a text file in UTF-8 with one password a line."
        ) from None
    return tuple(line for line in lines if line)
