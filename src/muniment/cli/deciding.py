"""`decide` and `decisions`: what a person says, with a reason; it can be taken back, never changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from muniment.cli import arguments, describing, printing


@click.command(short_help="Record a decision; it binds the next build.")
@arguments.case_argument
@click.argument("kind")
@click.argument("on")
@click.argument("value", required=False)
@click.option("--reason", required=True, help="Why, in your words.")
@arguments.by_option
@arguments.json_option
def decide(case: Path, kind: str, on: str, value: str | None, reason: str, by: str | None, as_json: bool) -> None:
    """Record a decision of KIND about ON in CASE.

    ON is an id (any unique beginning of it), several ids separated by commas, or the words a kind asks for. VALUE is
    JSON, or plain text where it is none. The kinds and what each takes are in docs/reference/vocabulary.md; take one
    back with `muniment decide CASE take_back NUMBER --reason …`.
    """
    from muniment.exports import rows

    with arguments.open_case(case, by=by) as opened:
        things = tuple(thing.strip() for thing in on.split(",") if thing.strip())
        decision = opened.decide(kind, things, _value(value), reason=reason, by=by)
    if as_json:
        printing.as_json(rows.decision_row(decision))
        return
    click.echo(f"Decision {decision.seq}: {decision.kind} on {', '.join(decision.on)}, by {decision.by}.")
    click.echo(f"It binds the next build: muniment build {case}", err=True)


def _value(text: str | None) -> Any:
    """JSON where it reads as JSON, else the text itself."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


@click.command(short_help="What was decided, by whom and why.")
@arguments.case_argument
@arguments.page_options
@arguments.json_option
def decisions(case: Path, limit: int | None, offset: int, as_json: bool) -> None:
    """List the decisions of CASE as logged, oldest first, and those whose words are no longer found."""
    from muniment.exports import rows

    with arguments.open_case(case) as opened:
        logged = opened.decisions()
        lost = opened.lost_decisions()
    shown = logged[offset:] if limit is None else logged[offset : offset + limit]
    if as_json:
        printing.as_json(
            {
                "total": len(logged),
                "items": [rows.decision_row(decision) for decision in shown],
                "lost": [{"seq": decision.seq, "on": on} for decision, on in lost],
            }
        )
        return
    gone = {decision.seq for decision, _ in lost}
    click.echo(
        printing.table(
            ["no.", "at", "by", "kind", "on", "value", "reason"],
            (
                (
                    f"{d.seq}{' !' if d.seq in gone else ''}",
                    d.at[:16],
                    d.by,
                    d.kind,
                    ", ".join(on[: describing.SHORT_ID] for on in d.on),
                    "" if d.value is None else json.dumps(d.value, ensure_ascii=False),
                    d.reason,
                )
                for d in shown
            ),
        )
    )
    if gone:
        click.echo("  ! its words are no longer found as they were: listed, not applied", err=True)
    left = printing.rest(len(shown), len(logged), f"muniment decisions {case} --all")
    if left:
        click.echo(left, err=True)
