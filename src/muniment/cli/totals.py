"""The totals of a case in a terminal: never without scope, cut-off day, grades, rule and the ledger's entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from muniment.cli import describing, printing

if TYPE_CHECKING:
    from muniment.model import Basis, Headlines


def totals(headlines: Headlines) -> str:
    """Each harm's total, and under the table what it is made from."""
    if not headlines.totals:
        return ""
    one = any(total.best_if_one != total.best for total in headlines.totals)
    left = any(total.not_described for total in headlines.totals)
    rows = []
    for total in headlines.totals:
        harm = total.harm if total.victims == "all" else f"{total.harm}, {total.victims}"
        high = "…" if total.high is None else _whole(total.high)
        row = [harm, _whole(total.low), _whole(total.best), high, _whole(total.incidents), _whole(total.unstated)]
        rows.append(row + [_whole(total.best_if_one)] * one + [_whole(total.not_described)] * left)
    heads = ["harm", "low", "best", "high", "incidents", "unstated"]
    heads += ["best if one"] * one + ["not described"] * left
    return "\n".join(
        (
            printing.heading("Totals") + ", incidents without parts alone added",
            printing.table(heads, rows, right=range(1, len(heads))),
            *(printing.wrapped(line, hanging=2) for line in basis_lines(headlines.basis)),
        )
    )


def basis_lines(basis: Basis) -> Iterator[str]:
    """What totals are made from, a line each: scope, cut-off day, grades, rule, checkpoint."""
    scope = f"Scope: {printing.number(basis.incidents, 'incident')} without parts"
    if basis.earliest or basis.latest:
        scope += f", {describing.day_range(basis.earliest, basis.latest)}"
    if basis.undated:
        scope += f", {_whole(basis.undated)} of them undated"
    if basis.not_added:
        stand = printing.number(basis.not_added, "total", "totals")
        scope += f"; {stand} over a period or an area, of which no event is told, not added"
    if basis.may_be_one:
        scope += f"; {printing.number(basis.may_be_one, 'pair')} may be one incident (`best if one`)"
    yield scope + "."
    if basis.cutoff is None:
        yield "Cut-off: none set."
    else:
        yield f"Cut-off: {basis.cutoff}; {printing.number(basis.later, 'later incident')} left out."
    if basis.grades is None:
        yield "Grades: all, graded or not."
    else:
        named = ", ".join(basis.grades) or "none"
        yield f"Grades: {named} only; {printing.number(basis.not_included, 'incident')} left out."
    yield f"Rule for best figures: {basis.rule}."
    if basis.seq is not None:
        yield f"Computed at ledger entry {basis.seq}, hash {basis.hash}."


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
