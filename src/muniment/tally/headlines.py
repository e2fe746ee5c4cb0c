"""The totals of a case: which incidents are added, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from muniment.model import Basis, Headline, Headlines, Incident, Relation, Tally
from muniment.model.vocabulary import Harm, IncidentGrade, TallyVictims
from muniment.tally.distinct import fewest

_HARMS: tuple[Harm, ...] = ("killed", "injured", "casualties", "missing", "displaced", "detained")
_VICTIMS: tuple[TallyVictims, ...] = ("all", "civilian", "combatant", "unknown")


@dataclass(frozen=True, slots=True)
class Addends:
    """What a total adds and what it leaves out.

    Attributes:
        added: incidents without parts that are no total of their own, by id.
        sharing: pairs of them that may be one incident.
        outermost: wholes that lie in nothing, by id: what they leave after their parts is told beside a total.
        not_added: totals over a period or an area without parts: they may hold any other incident.
        later: left out because they happened after the cut-off day.
        not_included: left out by their grade.
    """

    added: Mapping[str, Incident]
    sharing: tuple[tuple[str, str], ...]
    outermost: Mapping[str, Incident]
    not_added: int
    later: int
    not_included: int


def addends(
    incidents: Iterable[Incident],
    relations: Iterable[Relation],
    *,
    cutoff: dt.date | None = None,
    grades: Collection[IncidentGrade] | None = None,
) -> Addends:
    """What a total adds, under the case's cut-off day and grades.

    Args:
        incidents: of the case; those joined into others are passed over.
        relations: of which `part_of` and `candidate` count unless rejected.
        cutoff: what began after this day is left out; what has no date stays.
        grades: only incidents of these grades; None for all, graded or not.
    """
    living = {i.id: i for i in sorted(incidents, key=lambda i: i.id) if i.merged_into is None}
    wholes, parts, may = set(), set(), set()
    for relation in relations:
        if relation.status == "rejected" or relation.a == relation.b or not {relation.a, relation.b} <= living.keys():
            continue
        if relation.kind == "part_of":
            wholes.add(relation.b)
            parts.add(relation.a)
        elif relation.kind == "candidate":
            may.add((min(relation.a, relation.b), max(relation.a, relation.b)))
    in_time = {id_: i for id_, i in living.items() if not _after(i, cutoff)}
    graded = {id_: i for id_, i in in_time.items() if grades is None or i.grade in grades}
    added = {id_: i for id_, i in graded.items() if id_ not in wholes and i.kind != "aggregate"}
    return Addends(
        added=added,
        sharing=tuple(sorted(pair for pair in may if added.keys() >= set(pair))),
        outermost={id_: i for id_, i in graded.items() if id_ in wholes - parts},
        not_added=sum(i.kind == "aggregate" and id_ not in wholes and bool(i.tallies) for id_, i in graded.items()),
        later=len(living) - len(in_time),
        not_included=len(in_time) - len(graded),
    )


def _after(incident: Incident, cutoff: dt.date | None) -> bool:
    when = incident.when
    return cutoff is not None and when is not None and when.earliest is not None and when.earliest > cutoff


def headlines(
    chosen: Addends,
    *,
    rule: str,
    cutoff: dt.date | None = None,
    grades: Iterable[IncidentGrade] | None = None,
    seq: int | None = None,
    hash: str | None = None,
) -> Headlines:
    """Every total of a case with what it is made from.

    Args:
        chosen: what is added, incidents with their tallies.
        rule: that chose their best figures.
        cutoff: under which they were chosen, to be told.
        grades: the same.
        seq: number of the ledger's last entry that changed the state.
        hash: of that entry.

    Returns:
        killed first, `all` before civilian and combatant; harms nobody counts are left out.
    """
    rows: dict[tuple[Harm, TallyVictims], dict[str, Tally]] = {}
    for id_, incident in chosen.added.items():
        for tally in incident.tallies:
            if tally.victims != "unknown":
                rows.setdefault((tally.harm, tally.victims), {})[id_] = tally
    totals = [_total(key, row, chosen) for key, row in rows.items()]
    counted = [incident for incident in chosen.added.values() if incident.tallies]
    days = [i.when for i in counted if i.when is not None]
    firsts = [when.earliest for when in days if when.earliest is not None]
    lasts = [when.latest for when in days if when.latest is not None]
    basis = Basis(
        incidents=len(counted),
        earliest=min(firsts, default=None),
        latest=max(lasts, default=None),
        undated=sum(i.when is None or (i.when.earliest is None and i.when.latest is None) for i in counted),
        cutoff=cutoff,
        later=chosen.later,
        grades=None if grades is None else tuple(grades),
        not_included=chosen.not_included,
        not_added=chosen.not_added,
        may_be_one=len(chosen.sharing),
        rule=rule,
        seq=seq,
        hash=hash,
    )
    return Headlines(basis, tuple(sorted((t for t in totals if t.best or t.low), key=order)))


def order(total: Headline) -> tuple[int, str, int]:
    """Killed first, `all` before the statuses."""
    rank = _HARMS.index(total.harm) if total.harm in _HARMS else len(_HARMS)
    return rank, total.harm, _VICTIMS.index(total.victims)


def _total(key: tuple[Harm, TallyVictims], row: Mapping[str, Tally], chosen: Addends) -> Headline:
    harm, victims = key
    highs = [tally.high for tally in row.values()]
    best = {id_: (tally.best if tally.best is not None else tally.low) or 0 for id_, tally in row.items()}
    return Headline(
        harm=harm,
        victims=victims,
        low=fewest({id_: tally.low or 0 for id_, tally in row.items()}, chosen.sharing),
        best=sum(best.values()),
        best_if_one=fewest(best, chosen.sharing),
        high=None if None in highs else sum(high or 0 for high in highs),
        incidents=len(row),
        unstated=sum(tally.best is None for tally in row.values()),
        not_described=sum(
            max(0, tally.residual or 0)
            for whole in chosen.outermost.values()
            for tally in whole.tallies
            if (tally.harm, tally.victims) == key
        ),
    )
