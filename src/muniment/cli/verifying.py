"""`verify`: whether what is kept is what was sealed and logged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, printing, progress
from muniment.errors import VerificationFailed

if TYPE_CHECKING:
    from muniment.case.views import Verification


@click.command(short_help="Check that nothing sealed or logged has changed.")
@arguments.case_argument
@arguments.trust_options
@arguments.json_option
def verify(
    case: Path, checkpoints: tuple[Path, ...], trust: tuple[str, ...], roots: Path | None, as_json: bool
) -> None:
    """Check every sealed byte and every log entry of CASE, and say what that proves and what it cannot.

    Whoever holds the folder could write all of it anew; a checkpoint kept elsewhere, or a signer's public key you got
    from the signer, is what rules that out. CASE may also be an evidence package. Leaves with exit code 7 where
    something is not what was sealed or logged.
    """
    from muniment.case.packages import is_package, verify_package

    if is_package(case):
        found = verify_package(case, trust=trust, checkpoints=checkpoints, time_stamp_roots=roots)
        _tell(found, as_json, "package")
        return
    with arguments.open_case(case) as opened, progress.bar() as report:
        found = opened.verify(progress=report, checkpoints=checkpoints, trust=trust, time_stamp_roots=roots)
    _tell(found, as_json, "case")


def _tell(found: Verification, as_json: bool, what: str) -> None:
    if as_json:
        printing.as_json(
            {
                "ok": found.ok,
                "proved": list(found.proved),
                "not_proved": list(found.not_proved),
                "problems": list(found.problems),
            }
        )
    else:
        for title, sentences in (
            ("Wrong", found.problems),
            ("Proved", found.proved),
            ("Not proved", found.not_proved),
        ):
            if sentences:
                click.echo(printing.heading(title))
                for sentence in sentences:
                    click.echo(printing.wrapped(sentence, hanging=2))
    if not found.ok:
        raise VerificationFailed(
            f"{printing.number(len(found.problems), 'thing')} in this {what} is not what was sealed or logged; "
            "keep the folder as it is and compare it with a copy."
        )
