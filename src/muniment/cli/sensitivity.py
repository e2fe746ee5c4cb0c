"""`sensitivity`: how far each total depends on how the reports of one incident are made into one figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muniment.cli import arguments, describing, printing, totals

if TYPE_CHECKING:
    from muniment.case import Swing, Total

_SHOWN = {
    "min": "min", "max": "max", "latest": "latest", "mode": "mode", "latest_best_graded": "best source",
}  # fmt: skip


@click.command(short_help="How each total moves under the tally rules, and why.")
@arguments.case_argument
@click.option("--harm", help="Only this harm, e.g. killed.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many of the incidents that move a total to show.",
)
@arguments.json_option
def sensitivity(case: Path, harm: str | None, limit: int, as_json: bool) -> None:
    """Show how each total of CASE moves under the tally rules: min, max, latest, mode, best source.

    Under the table stands what is added, until which day, by which grades and from which entry of the log. Under each
    total stand the incidents that move it, the farthest first, with the claims behind each number. Only
    incidents without parts are added. The rules choose among what counts now: an interim figure that was overtaken, or
    one that is not credible beside firmer ones, takes no part; a figure that a person decided holds under every rule.
    """
    import msgspec

    with arguments.open_case(case) as opened:
        found = [total for total in opened.sensitivity() if harm in (None, total.harm)]
        title, made = opened.title, opened.headlines()
    if as_json:
        rows = [{**dict(msgspec.to_builtins(total)), "moves": total.moves} for total in found]
        printing.as_json({"rules": list(_SHOWN), "basis": msgspec.to_builtins(made.basis), "totals": rows})
        return
    if not found:
        click.echo("No incident of the case has a figure; `muniment build` finds claims first.", err=True)
        return
    click.echo(printing.heading(f"{title}: totals by rule") + ", incidents without parts alone added")
    click.echo(_totals(found))
    for line in totals.basis_lines(replace(made.basis, rule="each of those above")):
        click.echo(printing.wrapped(line, hanging=2))
    for total in found:
        if total.unstated:
            silent = printing.number(total.unstated, "incident states", "incidents state")
            click.echo(printing.wrapped(f"{_named(total)}: {silent} no best figure: the lower bound enters."))
    for total in found:
        if total.swings and limit:
            click.echo("\n" + _caused(total, limit, case))


def _named(total: Total) -> str:
    return total.harm if total.victims == "all" else f"{total.harm}, {total.victims}"


def _totals(found: list[Total]) -> str:
    rows = []
    for total in found:
        bounds = f"{_whole(total.low)}–{_whole(total.high) if total.high is not None else '…'}"
        rows.append((_named(total), *(_whole(total.best[rule]) for rule in _SHOWN), bounds, _whole(total.incidents)))
        if any(total.not_described.values()):
            rows.append(("  not described by parts", *(_whole(total.not_described[rule]) for rule in _SHOWN), "", ""))
    headings = ["harm", *_SHOWN.values(), "low–high", "incidents"]
    return printing.table(headings, rows, right=range(1, len(headings)))


def _caused(total: Total, limit: int, case: Path) -> str:
    moved = printing.number(len(total.swings), "incident moves", "incidents move")
    lines = [printing.heading(_named(total)) + f": {moved} the total by up to {_whole(total.moves)}"]
    rows = []
    for swing in total.swings[:limit]:
        rows.append((_figures(swing), swing.title, swing.incident[: describing.SHORT_ID]))
        for figure, claims in _claims_by_figure(swing):
            rows.append(("", f"  {figure}: claims {', '.join(id_[: describing.SHORT_ID] for id_ in claims)}", ""))
    lines.append(printing.table(["min – max", "incident and the claims behind each figure", "id"], rows))
    rest = printing.rest(limit, len(total.swings), f"muniment sensitivity {case} --limit {len(total.swings)}")
    return "\n".join(line for line in (*lines, rest) if line)


def _figures(swing: Swing) -> str:
    stated = [figure for figure in swing.best.values() if figure is not None]
    return f"{_whole(min(stated))} – {_whole(max(stated))}"


def _claims_by_figure(swing: Swing) -> list[tuple[str, tuple[str, ...]]]:
    """Each figure some rule takes, with the rules and the claims that state it."""
    figures: dict[int, list[str]] = {}
    for rule, figure in swing.best.items():
        if figure is not None:
            figures.setdefault(figure, []).append(rule)
    return [
        (f"{_whole(figure)} ({', '.join(_SHOWN[rule] for rule in rules)})", swing.claims[rules[0]])
        for figure, rules in sorted(figures.items())
    ]


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
