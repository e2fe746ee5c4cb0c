"""Statements about a period or an area that are not one incident, and still speak of one thing: set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.linker.event import party_ids, published_day
from muniment.linker.places import Places
from muniment.model import Claim, Document, Relation

NEIGHBOURS = 12
_DEATH_OR_INJURY = frozenset({"killed", "injured", "casualties"})


def relations(
    order: Sequence[Claim],
    documents: Mapping[str, Document],
    incident_of: Mapping[str, str],
    totals: frozenset[str],
    places: Places,
) -> list[Relation]:
    """`updates` and `compatible` between totals whose periods, areas and parties leave room for one fact; and
    between figures of one treaty or register.

    Args:
        order: all claims, by day of publication and place in the text.
        documents: for their dates.
        incident_of: claims of one incident are set side by side elsewhere.
        totals: claims that speak of a period or an area.
        places: for areas.
    """
    blocks: dict[tuple[str, ...], list[Claim]] = {}
    for claim in order:
        if claim.kind == "legal_status" and claim.count is not None:
            blocks.setdefault(("status", claim.count.unit), []).append(claim)
        elif (
            (claim.aggregate or claim.id in totals)
            and _DEATH_OR_INJURY & set(claim.harm)
            and claim.polarity == "affirm"
        ):
            for area in _areas(claim, places):
                blocks.setdefault(("scope", area), []).append(claim)
    out: dict[tuple[str, str], Relation] = {}
    for key, members in sorted(blocks.items()):
        for n, later in enumerate(members):
            for earlier in members[max(0, n - NEIGHBOURS) : n]:
                same = incident_of.get(later.id) is not None and incident_of.get(later.id) == incident_of.get(
                    earlier.id
                )
                if same or (later.id, earlier.id) in out:
                    continue
                relation = _status(later, earlier) if key[0] == "status" else _totals(later, earlier, documents, places)
                if relation is not None:
                    out[(later.id, earlier.id)] = relation
    return [*out.values(), *_vague_in_totals(order, totals, places)]


def _vague_in_totals(order: Sequence[Claim], totals: frozenset[str], places: Places) -> Iterable[Relation]:
    """ "Several were killed", told in one text with a total that gives a figure: the two can hold together."""
    told: dict[str, tuple[list[Claim], list[Claim]]] = {}
    for claim in order:
        if claim.count is None or not _DEATH_OR_INJURY & set(claim.harm) or claim.polarity != "affirm":
            continue
        counted, vague = told.setdefault(claim.document, ([], []))
        if claim.id in totals and claim.count.best is not None and claim.count.unit == "people":
            counted.append(claim)
        elif claim.id not in totals and claim.count.qualifier in ("vague", "unspecified"):
            vague.append(claim)
    for counted, vague in told.values():
        for claim in vague:
            near = sorted(counted, key=lambda t: (abs(t.span.start - claim.span.start), t.id))[:NEIGHBOURS]
            for total in near:
                if _harms(total) & _harms(claim) and _may_meet(claim, total, places) and total.count and claim.count:
                    why = f"“{claim.count.raw}” can lie in “{total.count.raw}”"
                    yield Relation("compatible", claim.id, total.id, why=why)


def _areas(claim: Claim, places: Places) -> list[str]:
    if claim.where is None or not (claim.where.places or claim.where.place):
        return [""]
    ids = claim.where.places or (claim.where.place,)
    return sorted({places.chain(id_)[-1] for id_ in ids if id_} | {""})


def _status(later: Claim, earlier: Claim) -> Relation | None:
    if later.count is None or earlier.count is None or later.document == earlier.document:
        return None
    words = f"“{earlier.count.raw}” and “{later.count.raw}”"
    if later.count.conflicts_with(earlier.count):
        return None
    if later.count.interval() == earlier.count.interval():
        return Relation("same_fact", later.id, earlier.id, why=f"the same number of {later.count.unit}: {words}")
    return Relation("compatible", later.id, earlier.id, why=f"both can hold: {words}")


def _totals(later: Claim, earlier: Claim, documents: Mapping[str, Document], places: Places) -> Relation | None:
    if not _harms(later) & _harms(earlier) or not _may_meet(later, earlier, places):
        return None
    if later.count is not None and earlier.count is not None and later.count.conflicts_with(earlier.count):
        return None
    x, y = published_day(documents.get(later.document)), published_day(documents.get(earlier.document))
    newer = x is not None and y is not None and x > y
    if newer and later.level != earlier.level:
        why = f"a later statement: firmness {earlier.level}, then {later.level}"
        return Relation("updates", later.id, earlier.id, why=why)
    return Relation("compatible", later.id, earlier.id, why="totals whose scopes meet; both can hold")


def _harms(claim: Claim) -> frozenset[str]:
    harms = frozenset(claim.harm)
    return _DEATH_OR_INJURY if "casualties" in harms else harms


def _may_meet(a: Claim, b: Claim, places: Places) -> bool:
    if party_ids(a) and party_ids(b) and not party_ids(a) & party_ids(b):
        return False
    if a.when is not None and b.when is not None:
        if a.when.earliest and b.when.latest and a.when.earliest > b.when.latest:
            return False
        if b.when.earliest and a.when.latest and b.when.earliest > a.when.latest:
            return False
    if a.where is None or b.where is None or a.where.place is None or b.where.place is None:
        return True
    x, y = places.canon(a.where.place), places.canon(b.where.place)
    return x == y or places.contains(x, y) or places.contains(y, x)
