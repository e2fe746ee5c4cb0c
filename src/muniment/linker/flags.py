"""What a person should look at, as far as the claims themselves show it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence

from muniment.linker import drift
from muniment.model import Claim, Document, Flag, Relation

_WEEKDAY = re.compile(r"\b(" + "|".join(calendar.day_name) + r")\b", re.IGNORECASE)
_PLURAL_GIVING_ONE = re.compile(r"\b(?:such as|including|among them|like)\b", re.IGNORECASE)
_UNCOUNTED = frozenset({"vague", "unspecified"})


def flags(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    incident_of: Mapping[str, str],
    relations: Sequence[Relation],
    candidates: Sequence[Relation],
) -> list[Flag]:
    """The flags that follow from claims, incidents and relations.

    Args:
        claims: by id.
        documents: by id.
        incident_of: claim id to incident id.
        relations: between claims.
        candidates: incidents that may be one.
    """
    members: dict[str, list[Claim]] = {}
    for id_ in sorted(claims):
        if id_ in incident_of:
            members.setdefault(incident_of[id_], []).append(claims[id_])
    out: list[Flag] = []
    for incident, held in sorted(members.items()):
        out += _dates((incident,), held)
        out += _parties((incident,), held)
        out += _follow_up(held)
        out += _plural(incident, held)
    for pair in candidates:
        both = [*members.get(pair.a, ()), *members.get(pair.b, ())]
        out += _dates((pair.a, pair.b), both)
        out += _parties((pair.a, pair.b), both)
        out += _follow_up(both)
    out += drift.firmer(claims, documents, incident_of, candidates)
    out += drift.severity(claims, incident_of, members, relations, candidates)
    out += _revised_down(claims, relations)
    out += _weekdays(claims.values())
    out += _ambiguous(claims.values())
    return out


def _dates(incidents: tuple[str, ...], held: Sequence[Claim]) -> Iterable[Flag]:
    exact = {
        c.id: c.when.earliest.isoformat()
        for c in held
        if c.when is not None and c.when.earliest is not None and c.when.earliest == c.when.latest and not c.aggregate
    }
    days = sorted(set(exact.values()))
    if len(days) > 1:
        what = "Its claims give" if len(incidents) == 1 else "Two accounts that may be of one event give"
        yield Flag("date_conflict", (*incidents, *sorted(exact)), f"{what} different days: {', '.join(days)}.")


def _parties(incidents: tuple[str, ...], held: Sequence[Claim]) -> Iterable[Flag]:
    named: dict[str, list[Claim]] = {}
    for claim in held:
        if claim.party is not None and claim.party.id is not None and claim.party.certainty != "denied":
            named.setdefault(claim.party.id, []).append(claim)
    if len(named) < 2 or (len(incidents) == 1 and any(c.aggregate for c in held)):
        return
    if frozenset.intersection(*(frozenset(id_.split("+")) for id_ in named)):
        return
    what = "Its claims hold" if len(incidents) == 1 else "Two accounts that may be of one event hold"
    yield Flag(
        "party_conflict",
        (*incidents, *sorted(c.id for by in named.values() for c in by)),
        f"{what} different parties responsible: {', '.join(sorted(named))}.",
    )


def _follow_up(held: Sequence[Claim]) -> Iterable[Flag]:
    """A text that tells of a detention and not of the release that another text tells."""
    released = [c for c in held if "released" in c.harm]
    if not released:
        return
    telling = {c.document for c in released}
    silent = sorted(c.id for c in held if "detained" in c.harm and c.document not in telling)
    if silent:
        on = (*silent, *sorted(c.id for c in released))
        yield Flag("missing_follow_up", on, "Another document tells of a release that this one leaves out.")


def _plural(incident: str, held: Sequence[Claim]) -> Iterable[Flag]:
    """ "Critics such as A": several are said, one is named, and no other claim of the incident tells of more."""
    for claim in held:
        names = [p for p in claim.persons if p.role == "victim"]
        if len(names) != 1 or not claim.harm or not _PLURAL_GIVING_ONE.search(claim.quote):
            continue
        if claim.count is None or (claim.count.qualifier not in _UNCOUNTED and claim.count.best is not None):
            continue
        others = [c for c in held if c is not claim and set(c.harm) & set(claim.harm)]
        if any((c.count is not None and (c.count.best or 0) > 1) or len(c.persons) > 1 for c in others):
            continue
        yield Flag("unsupported_plural", (claim.id, incident), "Several are said to be harmed, one is named.")


def _revised_down(claims: Mapping[str, Claim], relations: Iterable[Relation]) -> Iterable[Flag]:
    for relation in relations:
        if relation.kind != "updates" or relation.a not in claims or relation.b not in claims:
            continue
        later, earlier = claims[relation.a].count, claims[relation.b].count
        if later is None or earlier is None or later.unit != earlier.unit:
            continue
        if later.interval()[1] < earlier.interval()[0]:
            why = f"The same source first gave “{earlier.raw}”, later “{later.raw}”."
            yield Flag("revised_down", (relation.a, relation.b), why)


def _weekdays(claims: Iterable[Claim]) -> Iterable[Flag]:
    for claim in claims:
        when = claim.when
        if when is None or when.earliest is None or when.earliest != when.latest or when.basis != "explicit":
            continue
        said = _WEEKDAY.search(when.raw)
        is_ = calendar.day_name[when.earliest.weekday()]
        if said is not None and said[1].casefold() != is_.casefold() and re.search(r"\d", when.raw):
            why = f"The words say {said[1]}; {when.earliest.isoformat()} was a {is_}."
            yield Flag("weekday_mismatch", (claim.id,), why)


def _ambiguous(claims: Iterable[Claim]) -> Iterable[Flag]:
    waiting: dict[str, tuple[list[str], set[str]]] = {}
    for claim in claims:
        where = claim.where
        if where is not None and where.place is None and not where.places and len(where.candidates) > 1:
            held, places = waiting.setdefault(" ".join(where.raw.split()), ([], set()))
            held.append(claim.id)
            places.update(where.candidates)
    for raw, (held, places) in sorted(waiting.items()):
        yield Flag("ambiguous_place", tuple(sorted(held)), f"“{raw}” may be any of {len(places)} places.")
