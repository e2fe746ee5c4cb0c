"""A thing of the case in a few words: its date, its place by both names, its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from muniment.cli import printing

if TYPE_CHECKING:
    from muniment.case import Case
    from muniment.model import Claim, Incident, Place

COARSE = ("region", "country")
SHORT_ID = 10
"""Characters of an id shown in tables: any unique prefix is understood."""


def day_range(earliest: dt.date | None, latest: dt.date | None) -> str:
    """The first and last day something can mean."""
    if earliest is None and latest is None:
        return "date unknown"
    if earliest == latest:
        return str(earliest)
    return f"{earliest or '…'} – {latest or '…'}"


def place_label(place: Place) -> str:
    """The place's name, and the other name where parties call it differently."""
    names = [place.name, *(name.name for name in place.names[1:] if name.preferred_by is not None)]
    return " / ".join(list(dict.fromkeys(names))[:2])


def place_labels(case: Case) -> dict[str, str]:
    """The label of every place the case speaks of."""
    return {use.place.id: place_label(use.place) for use in case.places()}


def incident_place(incident: Incident, labels: Mapping[str, str]) -> str:
    """Where it happened, with how coarsely that is known."""
    where = incident.where
    if where is None or where.place is None:
        return "place unresolved"
    label = labels.get(where.place, where.place)
    return f"{label} ({where.precision})" if where.precision in COARSE else label


def incident_day(incident: Incident) -> str:
    """When it happened."""
    return day_range(incident.when.earliest, incident.when.latest) if incident.when else "date unknown"


def harm_figure(incident: Incident, harm: str) -> str:
    """The tally of all victims for one harm."""
    for tally in incident.tallies:
        if tally.harm == harm and tally.victims == "all":
            return printing.figure(tally.low, tally.best, tally.high)
    return printing.NONE


def other_harms(incident: Incident) -> str:
    """The tallies of all victims for harms other than killed and injured."""
    return ", ".join(
        f"{tally.harm} {printing.figure(tally.low, tally.best, tally.high)}"
        for tally in incident.tallies
        if tally.victims == "all" and tally.harm not in ("killed", "injured")
    )


def incident_table(incidents: Iterable[Incident], labels: Mapping[str, str]) -> str:
    """Incidents by date with place, low–high, number of claims and id."""
    rows: list[tuple[str, ...]] = [
        (
            incident_day(incident),
            incident_place(incident, labels),
            harm_figure(incident, "killed"),
            harm_figure(incident, "injured"),
            other_harms(incident) or (incident.kind if incident.kind not in ("incident", "aggregate") else ""),
            str(len(incident.claims)),
            incident.id[:SHORT_ID],
        )
        for incident in incidents
    ]
    head = ["date", "place", "killed", "injured", "other", "claims", "id"]
    if not any(row[4] for row in rows):
        rows = [row[:4] + row[5:] for row in rows]
        del head[4]
    whole = [head.index(name) for name in ("killed", "injured", "claims", "id")]
    return printing.table(head, rows, right=[head.index("claims")], whole=whole, unfold=[0, 1])


def claim_table(claims: Sequence[Claim]) -> str:
    """Claims with what they say, when, where, how firmly, and their words."""
    return printing.table(
        ["id", "kind", "harm", "count", "when", "where", "level", "words"],
        (
            (
                claim.id[:SHORT_ID],
                claim.kind,
                " ".join(claim.harm),
                claim.count.raw if claim.count else "",
                claim.when.edtf if claim.when else "",
                claim.where.raw if claim.where else "",
                claim.level,
                claim.quote,
            )
            for claim in claims
        ),
        whole=[0],
        unfold=[7],
    )
