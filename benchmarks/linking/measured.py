"""Link and tally claims as a case does, and time it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from muniment import linker, tally
from muniment.linker import Linkage, Rulings
from muniment.linker.weights import WEIGHTS
from muniment.model import Claim, Document, Incident
from muniment.plugins import Lexicon


@dataclass(slots=True)
class Linked:
    """What linking and tallying made of claims, and how long each took, in seconds of this process's time."""

    linkage: Linkage
    incidents: list[Incident]
    link_s: float
    tally_s: float

    @property
    def home(self) -> dict[str, str]:
        """claim id to incident id."""
        return {claim: incident.id for incident in self.incidents for claim in incident.claims}


def link(claims: Iterable[Claim], documents: Mapping[str, Document], lexicon: Lexicon) -> Linked:
    """Link and tally without any ruling."""
    by_id = {claim.id: claim for claim in claims}
    start = time.process_time()
    linkage = linker.link(by_id.values(), documents, lexicon, Rulings(), {})
    linked = time.process_time()
    for id_, claim in by_id.items():
        if claim.persons:
            people = tuple(replace(p, person=linkage.person_of.get((id_, n))) for n, p in enumerate(claim.persons))
            by_id[id_] = replace(claim, persons=people)
    incidents = [replace(i, tallies=t) for i, t in tally.tally_all(linkage, by_id, documents, Rulings())]
    return Linked(linkage, incidents, linked - start, time.process_time() - linked)


def rows_at_home(home: Mapping[str, str], row_of: Mapping[str, str]) -> dict[str, str]:
    """Row to the incident that holds most of its claims."""
    votes: dict[str, Counter[str]] = {}
    for claim, incident in home.items():
        votes.setdefault(row_of[claim], Counter())[incident] += 1
    return {row: min(held.items(), key=lambda item: (-item[1], item[0]))[0] for row, held in votes.items()}


@contextmanager
def weights(fitted: Mapping[str, float]) -> Iterator[None]:
    """Link with other weights than the shipped ones, for as long as this lasts."""
    shipped = dict(WEIGHTS)
    WEIGHTS.update(fitted)
    try:
        yield
    finally:
        WEIGHTS.update(shipped)
