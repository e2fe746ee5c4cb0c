"""Where the parts of a whole do not make up its figure, or do: flags for a person."""

from __future__ import annotations

from collections.abc import Iterable

from muniment.model import Flag, Incident


def gaps(incidents: Iterable[Incident]) -> list[Flag]:
    """`arithmetic_gap` and `arithmetic_match` for every whole whose own figure can be held against its parts."""
    out = []
    for incident in sorted(incidents, key=lambda i: i.id):
        for tally in incident.tallies:
            if tally.victims != "all" or tally.residual is None or tally.best is None:
                continue
            on = (incident.id, *tally.claims)
            if tally.residual == 0:
                out.append(Flag("arithmetic_match", on, f"The parts make up all {tally.best} {tally.harm}."))
            elif tally.residual > 0:
                out.append(
                    Flag(
                        "arithmetic_gap",
                        on,
                        f"{tally.residual} of {tally.best} {tally.harm} not described by the parts.",
                    )
                )
            else:
                out.append(
                    Flag("arithmetic_gap", on, f"The parts exceed the total given by {-tally.residual} {tally.harm}.")
                )
    return out
