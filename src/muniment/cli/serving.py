"""`serve` and `demo`: the case in the browser, on this machine alone."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, progress, summary
from muniment.errors import BadInput, UsageError

if TYPE_CHECKING:
    from muniment.case import Case

PORT = 8765
EXAMPLE = "karabakh-2020"


@click.command(short_help="Look at a case in the browser.")
@arguments.case_argument
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="On 127.0.0.1; other machines can't reach it.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@arguments.by_option
def serve(case: Path, port: int, no_browser: bool, by: str | None) -> None:
    """Serve CASE on this machine until you press Ctrl-C."""
    _is_free(port)
    with arguments.open_case(case, by=by) as opened:
        _serve(opened, port, open_browser=not no_browser)


@click.command(short_help="Build and open the example that ships with Muniment.")
@click.option(
    "--case",
    type=click.Path(path_type=Path),
    default=Path("demo-case"),
    show_default=True,
    help="The folder to build it in.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="On 127.0.0.1; other machines can't reach it.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@arguments.by_option
def demo(case: Path, port: int, no_browser: bool, by: str | None) -> None:
    """Build the shipped example, research notes on the war of 2020, and serve it.

    It shows a growing count, two names for one place, a denial, a party that only “appears” responsible, a total that
    contains its incidents, a copied sentence, and a place nobody has resolved.
    """
    _is_free(port)
    sources, places = example(EXAMPLE)
    with arguments.open_case(case, create=True, by=by) as opened:
        with progress.bar() as report_progress:
            report = opened.build([sources], places=places, progress=report_progress)
        click.echo(summary.summary(opened, report, case), err=True)
        _serve(opened, port, open_browser=not no_browser)


def _is_free(port: int) -> None:
    """Say so before any work is done where the port is taken.

    Raises:
        UsageError: naming another way.
    """
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(f"Port {port} is in use on this machine; choose another with --port.") from None


def _serve(case: Case, port: int, *, open_browser: bool) -> None:
    """Serve until Ctrl-C, which is how it is meant to end."""
    from muniment.web import serve as serve_case

    with contextlib.suppress(KeyboardInterrupt):
        serve_case(case, port=port, open_browser=open_browser)


def example(name: str) -> tuple[Path, list[Path]]:
    """The sources and gazetteers of a shipped example: in the installed package, else in the checkout.

    Raises:
        BadInput: where the installation does not have it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "examples" / name, package.parents[1] / "examples" / name):
        if folder.is_dir():
            sources = folder / "sources"
            places = folder / "places"
            return (
                sources if sources.is_dir() else folder,
                sorted(path for path in places.iterdir() if path.is_file()) if places.is_dir() else [],
            )
    raise BadInput(f"The example {name} is not part of this installation; reinstall Muniment.")
