"""Best figures that a person decided: they stand for the rule's; low and high stay what the claims say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from muniment.linker import Rulings
from muniment.model import Claim, Incident
from muniment.model.vocabulary import Harm
from muniment.tally.figures import Figure

DECIDED = "decided"


def decide(out: Figure, incident: Incident, harm: Harm, claims: Mapping[str, Claim], rulings: Rulings) -> None:
    """Put a decided figure in place of the rule's, where a person decided on this incident or one of its claims."""
    for id_ in (incident.id, *incident.claims):
        if id_ not in rulings.best_figure or (id_ != incident.id and harm not in claims[id_].harm):
            continue
        number = figure_for(rulings.best_figure[id_], harm, claims)
        if number is not None:
            out.best, out.rule = number, DECIDED
            return


def figure_for(value: Any, harm: Harm, claims: Mapping[str, Claim]) -> int | None:
    """The figure a decision gives for a harm; None where it is about another.

    Args:
        value: `{"harm": "killed", "best": 12}`, `{"killed": 12, "injured": 40}`, a bare number (of killed), or the id
            of the claim whose figure is to stand.
        harm: the harm asked for.
        claims: by id.
    """
    if isinstance(value, Mapping):
        if "harm" in value:
            return _whole(value.get("best")) if value["harm"] == harm else None
        return _whole(value.get(harm))
    if isinstance(value, str) and value in claims:
        count = claims[value].count
        return _whole(count.best) if count is not None and harm in claims[value].harm else None
    return _whole(value) if harm == "killed" else None


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdigit() else None
