"""`propose`: ask a model for claims, after saying what would leave this machine and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, printing, progress

if TYPE_CHECKING:
    from muniment.case.views import Proposing


@click.command(short_help="Ask a language model for claims; each counts only with its exact words.")
@arguments.case_argument
@click.option(
    "--yes-send-texts-to",
    "send_to",
    metavar="ADDRESS",
    help="Send the texts to this address, the one of the setting `proposer`. Without it nothing is sent.",
)
@click.option("--document", "documents", metavar="ID", multiple=True, help="Ask about this document. May be repeated.")
@click.option("--limit", type=click.IntRange(min=1), help="How many questions to ask at most.")
@click.option("--again", is_flag=True, help="Ask also what was answered before; the later answer counts.")
@click.option(
    "--with-protected",
    is_flag=True,
    help="Send documents that name protected people too; otherwise they are not sent to another machine.",
)
@arguments.by_option
@arguments.json_option
def propose(
    case: Path,
    send_to: str | None,
    documents: tuple[str, ...],
    limit: int | None,
    again: bool,
    with_protected: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Ask the model that is set for CASE which claims its documents make.

    First run it without --yes-send-texts-to: it says what would be sent, and sends nothing. Answers are sealed with
    the case and count with the next build, where a claim's words stand in the text at the place the answer gives;
    each such claim is marked as made by a model.
    """
    with arguments.open_case(case, by=by) as opened, progress.bar() as report:
        done = opened.propose(
            send_to,
            documents=documents or None,
            limit=limit,
            again=again,
            with_protected=with_protected,
            progress=report,
        )
    if as_json:
        import msgspec

        printing.as_json(msgspec.to_builtins(done))
    elif send_to is None:
        click.echo(_plan(done, case))
    else:
        click.echo(_outcome(done, case))


def _plan(plan: Proposing, case: Path) -> str:
    lines = [
        f"{printing.number(plan.questions, 'question')} to {plan.model} at {plan.address}, with "
        f"{printing.number(plan.characters, 'character')} of {printing.number(plan.documents, 'document')}.",
        "That address is this machine's own; whatever answers there may pass texts on."
        if plan.on_this_machine
        else "These words would LEAVE THIS MACHINE. Whoever runs that address can read and keep them.",
    ]
    if plan.asked_before:
        lines.append(f"{printing.number(plan.asked_before, 'question')} answered before; not asked again.")
    if plan.naming_protected:
        lines.append(f"{printing.number(plan.naming_protected, 'document')} of these name protected people.")
    if plan.left_out:
        lines.append(
            f"{printing.number(plan.left_out, 'document')} left out: protected people are named there "
            "(--with-protected sends them too)."
        )
    if plan.questions:
        lines.append(f"Nothing was sent. To send: muniment propose {case} --yes-send-texts-to {plan.address}")
    else:
        lines.append("Nothing was sent, and there is nothing to ask.")
    return "\n".join(printing.wrapped(line, hanging=2) for line in lines)


def _outcome(done: Proposing, case: Path) -> str:
    lines = [f"{printing.number(done.answered, 'answer')} of {done.model} sealed."]
    for sentence in dict.fromkeys(done.failures):
        lines.append(f"{printing.number(done.failures.count(sentence), 'question')} without an answer: {sentence}")
    if done.left_out:
        lines.append(f"{printing.number(done.left_out, 'document')} not sent: protected people are named there.")
    lines.append(f"They count with the next build: muniment build {case}")
    return "\n".join(printing.wrapped(line, hanging=2) for line in lines)
