"""How each total moves under the named rules, which incidents move it, and the claims behind each number.

Source: van Baalen & Höglund (2026), Trials and Triangulations, International Studies Quarterly 70(1): one set of
reports, many totals, by how reports of one event are made into one figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from muniment.linker import Linkage, Rulings
from muniment.model import Claim, Document, Incident, Tally
from muniment.model.vocabulary import Harm, TallyVictims
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
    """One harm's total over the incidents without parts, which alone are added.

    Attributes:
        best: by rule, the sum of best figures.
        low: the sum of lower bounds.
        high: the sum of upper bounds, None where one is open.
        incidents: how many are added.
        unstated: how many of them have no best figure under any rule, and add nothing to `best`.
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
) -> tuple[Total, ...]:
    """Every total under every rule.

    Args:
        linkage: incidents and relations.
        claims: by id, persons resolved.
        documents: by id.
        rulings: best figures decided; they hold under every rule.

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
    wholes, parts = _wholes(linkage)
    rows: dict[tuple[Harm, TallyVictims], dict[str, dict[str, Tally]]] = {}
    for rule, found in by_rule.items():
        for id_, (_, tallies) in found.items():
            for tally in tallies:
                if tally.victims != "unknown":
                    rows.setdefault((tally.harm, tally.victims), {}).setdefault(id_, {})[rule] = tally
    named = {id_: incident for id_, (incident, _) in by_rule[DEFAULT_RULE].items()}
    totals = [
        _total(
            key, {id_: row for id_, row in of.items() if id_ not in wholes}, named, claims, _left(of, wholes - parts)
        )
        for key, of in rows.items()
    ]
    return tuple(sorted(filter(_says_something, totals), key=_order))


_HARMS: tuple[Harm, ...] = ("killed", "injured", "casualties", "missing", "displaced", "detained")
_VICTIMS: tuple[TallyVictims, ...] = ("all", "civilian", "combatant", "unknown")


def _order(total: Total) -> tuple[int, str, int]:
    rank = _HARMS.index(total.harm) if total.harm in _HARMS else len(_HARMS)
    return rank, total.harm, _VICTIMS.index(total.victims)


def _says_something(total: Total) -> bool:
    return total.unstated < total.incidents or total.low > 0


def _wholes(linkage: Linkage) -> tuple[set[str], set[str]]:
    """Incidents that have parts, and incidents that are parts."""
    known = {incident.id for incident in linkage.incidents}
    pairs = [
        (relation.a, relation.b)
        for relation in linkage.relations
        if relation.kind == "part_of" and relation.status != "rejected" and {relation.a, relation.b} <= known
    ]
    return {whole for part, whole in pairs if part != whole}, {part for part, whole in pairs if part != whole}


def _left(of: Mapping[str, Mapping[str, Tally]], outermost: Iterable[str]) -> dict[str, int]:
    left = dict.fromkeys(ORDER, 0)
    for id_ in sorted(outermost):
        for rule, tally in of.get(id_, {}).items():
            left[rule] += max(0, tally.residual or 0)
    return left


def _total(
    key: tuple[Harm, TallyVictims],
    added: Mapping[str, Mapping[str, Tally]],
    named: Mapping[str, Incident],
    claims: Mapping[str, Claim],
    left: Mapping[str, int],
) -> Total:
    harm, victims = key
    swings = [_swing(named[id_], harm, row, claims) for id_, row in added.items()]
    highs = [swing.high for swing in swings]
    return Total(
        harm=harm,
        victims=victims,
        best={rule: sum(swing.best[rule] or 0 for swing in swings) for rule in ORDER},
        low=sum(swing.low for swing in swings),
        high=None if None in highs else sum(high or 0 for high in highs),
        incidents=len(swings),
        unstated=sum(all(best is None for best in swing.best.values()) for swing in swings),
        open=highs.count(None),
        not_described=left,
        swings=tuple(sorted((swing for swing in swings if swing.moves), key=lambda s: (-s.moves, s.incident))),
    )


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
