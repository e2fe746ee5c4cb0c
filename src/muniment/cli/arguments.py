"""The words every verb understands alike: CASE, --by, --json, --limit."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from muniment.case import Case

F = TypeVar("F", bound=Callable[..., Any])

FIRST_LINES = 30
"""How many rows a list shows before it says how to see the rest."""


def case_argument(function: F) -> F:
    """CASE: the case's folder."""
    return click.argument("case", metavar="CASE", type=click.Path(path_type=Path))(function)


def by_option(function: F) -> F:
    """--by: who acts, for the log."""
    return click.option(
        "--by",
        metavar="NAME",
        envvar="MUNIMENT_BY",
        help="Who acts, for the log. [default: MUNIMENT_BY, else your login name]",
    )(function)


def json_option(function: F) -> F:
    """--json: the same as data."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(function)


def page_options(function: F) -> F:
    """--limit and --offset for lists."""

    @click.option("--limit", type=click.IntRange(min=0), help="How many rows. [default: 30; all with --json or --all]")
    @click.option("--offset", type=click.IntRange(min=0), default=0, help="How many rows to skip.")
    @click.option("--all", "everything", is_flag=True, help="All rows.")
    @functools.wraps(function)
    def wrapped(*args: Any, limit: int | None, everything: bool, as_json: bool, **kwargs: Any) -> Any:
        if limit is None and not everything and not as_json:
            limit = FIRST_LINES
        return function(*args, limit=limit, as_json=as_json, **kwargs)

    return wrapped  # type: ignore[return-value]


def trust_options(function: F) -> F:
    """--checkpoint, --trust and --tsa-ca: what a person brings along, from outside the case."""
    for option in (
        click.option(
            "--tsa-ca",
            "roots",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Root certificates (PEM) of the time-stamping authorities you trust.",
        ),
        click.option("--trust", metavar="KEY", multiple=True, help="A public key you trust: its .pub file or word."),
        click.option(
            "--checkpoint",
            "checkpoints",
            metavar="FILE",
            multiple=True,
            type=click.Path(path_type=Path),
            help="A checkpoint that was kept elsewhere. May be repeated.",
        ),
    ):
        function = option(function)
    return function


def open_case(folder: Path, *, create: bool = False, by: str | None = None, plugins: tuple[Path, ...] = ()) -> Case:
    """Open the case in this folder; the façade, and with it the database, is loaded here and not before."""
    import muniment

    return muniment.open(folder, create=create, by=by, plugins=plugins)
