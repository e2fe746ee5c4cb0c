"""How each total moves under the named rules, which incidents move it, and the claims behind each number.

Source: van Baalen & Höglund (2026), Trials and Triangulations, International Studies Quarterly 70(1): one set of
reports, many totals, by how reports of one event are made into one figure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from muniment.linker import Linkage, Rulings
from muniment.model import Claim, Document, Incident, Tally
from muniment.model.vocabulary import Harm, IncidentGrade, TallyVictims
from muniment.tally.distinct import fewest
from muniment.tally.headlines import Addends, addends
from muniment.tally.rules import DEFAULT_RULE, RULES
from muniment.tally.statements import harms_of
from muniment.tally.tallying import tally_all

ORDER: tuple[str, ...] = ("min", "max", "latest", "mode", DEFAULT_RULE)
"""The rules in the order they are shown; the last takes the latest of the best-graded sources."""

assert set(ORDER) == set(RULES)


@dataclass(frozen=True, slots=True)
class Swing:
    """An incident whose best figure depends on the rule.

    Attributes:
        best: by rule; None where no source states a figure.
        claims: by rule, the claims that state the figure the rule takes; empty where a person decided it, or where it
            is none that a claim states.
        moves: how far its best figures lie apart.
        decided: a person decided the best figure, so that no rule moves it.
    """

    incident: str
    title: str
    low: int
    high: int | None
    best: Mapping[str, int | None]
    claims: Mapping[str, tuple[str, ...]]
    moves: int
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """One harm's total over the incidents that a headline adds (tally/headlines.py).

    Attributes:
        best: by rule, the sum of best figures; an incident without one enters with its lower bound.
        low: the fewest people who make every lower bound true.
        high: the sum of upper bounds, None where one is open.
        incidents: how many are added.
        unstated: how many of them have no best figure under any rule.
        open: how many have no upper bound.
        not_described: by rule, what outermost wholes leave after their parts: never added, on a line of its own.
        swings: incidents that move the total, the farthest first.
    """

    harm: Harm
    victims: TallyVictims
    best: Mapping[str, int]
    low: int
    high: int | None
    incidents: int
    unstated: int
    open: int
    not_described: Mapping[str, int]
    swings: tuple[Swing, ...]

    @property
    def moves(self) -> int:
        """How far the totals lie apart."""
        return max(self.best.values()) - min(self.best.values())


def sensitivity(
    linkage: Linkage,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    rulings: Rulings,
    *,
    cutoff: dt.date | None = None,
    grades: Collection[IncidentGrade] | None = None,
) -> tuple[Total, ...]:
    """Every total under every rule.

    Args:
        linkage: incidents and relations.
        claims: by id, persons resolved.
        documents: by id.
        rulings: best figures decided; they hold under every rule.
        cutoff: the last day of the record; later incidents are left out.
        grades: only incidents of these grades; None for all.

    Returns:
        killed first, `all` before civilian and combatant; harms nobody counts are left out.
    """
    by_rule = {
        rule: {
            incident.id: (incident, tallies)
            for incident, tallies in tally_all(linkage, claims, documents, replace(rulings, tally_rule=rule))
        }
        for rule in ORDER
    }
    some = [incident for incident, _ in by_rule[DEFAULT_RULE].values()]
    chosen = addends(some, linkage.relations, cutoff=cutoff, grades=grades)
    rows: dict[tuple[Harm, TallyVictims], dict[str, dict[str, Tally]]] = {}
    for rule, found in by_rule.items():
        for id_, (_, tallies) in found.items():
            for tally in tallies:
                if tally.victims != "unknown":
                    rows.setdefault((tally.harm, tally.victims), {}).setdefault(id_, {})[rule] = tally
    totals = [_total(key, of, chosen, claims) for key, of in rows.items()]
    return tuple(sorted(filter(_says_something, totals), key=_order))


_HARMS: tuple[Harm, ...] = ("killed", "injured", "casualties", "missing", "displaced", "detained")
_VICTIMS: tuple[TallyVictims, ...] = ("all", "civilian", "combatant", "unknown")


def _order(total: Total) -> tuple[int, str, int]:
    rank = _HARMS.index(total.harm) if total.harm in _HARMS else len(_HARMS)
    return rank, total.harm, _VICTIMS.index(total.victims)


def _says_something(total: Total) -> bool:
    return total.unstated < total.incidents or total.low > 0


def _left(of: Mapping[str, Mapping[str, Tally]], outermost: Iterable[str]) -> dict[str, int]:
    left = dict.fromkeys(ORDER, 0)
    for id_ in sorted(outermost):
        for rule, tally in of.get(id_, {}).items():
            left[rule] += max(0, tally.residual or 0)
    return left


def _total(
    key: tuple[Harm, TallyVictims],
    of: Mapping[str, Mapping[str, Tally]],
    chosen: Addends,
    claims: Mapping[str, Claim],
) -> Total:
    harm, victims = key
    swings = [_swing(chosen.added[id_], harm, row, claims) for id_, row in of.items() if id_ in chosen.added]
    highs = [swing.high for swing in swings]
    return Total(
        harm=harm,
        victims=victims,
        best={rule: sum(_enters(swing, rule) for swing in swings) for rule in ORDER},
        low=fewest({swing.incident: swing.low for swing in swings}, chosen.sharing),
        high=None if None in highs else sum(high or 0 for high in highs),
        incidents=len(swings),
        unstated=sum(all(best is None for best in swing.best.values()) for swing in swings),
        open=highs.count(None),
        not_described=_left(of, chosen.outermost),
        swings=tuple(sorted((swing for swing in swings if swing.moves), key=lambda s: (-s.moves, s.incident))),
    )


def _enters(swing: Swing, rule: str) -> int:
    best = swing.best[rule]
    return swing.low if best is None else best


def _swing(incident: Incident, harm: Harm, row: Mapping[str, Tally], claims: Mapping[str, Claim]) -> Swing:
    best = {rule: row[rule].best if rule in row else None for rule in ORDER}
    stated = [figure for figure in best.values() if figure is not None]
    some = next(iter(row.values()))
    return Swing(
        incident=incident.id,
        title=incident.title,
        low=some.low or 0,
        high=some.high,
        best=best,
        claims={rule: _behind(row.get(rule), harm, claims) for rule in ORDER},
        moves=max(stated) - min(stated) if stated else 0,
        decided=any(tally.rule == "decided" for tally in row.values()),
    )


def _behind(tally: Tally | None, harm: Harm, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The claims a tally used that state the figure it took."""
    if tally is None or tally.best is None or tally.rule == "decided":
        return ()
    used: Sequence[Claim] = [claims[id_] for id_ in tally.claims if id_ in claims and harm in harms_of(claims[id_])]
    return tuple(c.id for c in used if c.count is not None and c.count.best == tally.best)
