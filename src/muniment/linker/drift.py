"""What grows harder on its way from one text to another: firmness beyond the source's, harm in graver words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from muniment.linker import objects
from muniment.linker.event import family, party_ids, published_day
from muniment.linker.names import fold
from muniment.model import Claim, Document, Flag, Relation
from muniment.model.vocabulary import Certainty, Level

FIRM: frozenset[Level] = frozenset({"established", "verified", "corroborated"})
SURE: frozenset[Certainty] = frozenset({"stated", "identified"})
SHORT_NAME = 4
MOST = 40


def firmer(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    incident_of: Mapping[str, str],
    candidates: Iterable[Relation],
) -> list[Flag]:
    """A claim that cites a publisher of the case, and is firmer than that publisher's own claims of the event.

    Compared with the cited publisher's earlier claims of the same incident, of one that may be the same, or about the
    same party and kind of weapon.
    """
    told = _Told(claims, documents, incident_of)
    near: dict[str, set[str]] = {}
    for pair in candidates:
        near.setdefault(pair.a, set()).add(pair.b)
        near.setdefault(pair.b, set()).add(pair.a)
    out = []
    for claim in claims.values():
        if not (claim.weapon is not None or claim.party is not None) or family(claim) is None:
            continue
        for publisher in _cited(claim, documents, told.publishers):
            own = told.comparable(claim, publisher, near)
            why = _harder(claim, own)
            if why is not None:
                on = (claim.id, *sorted(other.id for other in own))
                out.append(Flag("firmer_than_source", on, f"Firmer than the source it cites: {why}."))
    return out


class _Told:
    """What each publisher tells at first hand, oldest first, by the incident and by party and kind of weapon."""

    def __init__(
        self, claims: Mapping[str, Claim], documents: Mapping[str, Document], incident_of: Mapping[str, str]
    ) -> None:
        self._documents = documents
        self._incident_of = incident_of
        self._blocks: dict[tuple[str | None, ...], list[tuple[int, str, Claim]]] = {}
        self.publishers: set[str] = set()
        for claim in claims.values():
            document = documents.get(claim.document)
            if document is None or not document.publisher or any(link.type != "self" for link in claim.source):
                continue
            publisher = fold(document.publisher)
            self.publishers.add(publisher)
            if claim.polarity == "affirm":
                row = (published_day(document) or 0, claim.id, claim)
                for key in self._keys(claim, {incident_of.get(claim.id)}):
                    self._blocks.setdefault((publisher, *key), []).append(row)
        for block in self._blocks.values():
            block.sort(key=lambda row: row[:2])

    def _keys(self, claim: Claim, incidents: Iterable[str | None]) -> Iterable[tuple[str | None, ...]]:
        about = (family(claim), _subject(claim))
        for incident in incidents:
            if incident is not None:
                yield ("incident", incident, *about)
        if claim.weapon is not None:
            for party in party_ids(claim):
                yield ("party", party, claim.weapon.class_, *about)

    def comparable(self, claim: Claim, publisher: str, near: Mapping[str, set[str]]) -> list[Claim]:
        """The publisher's own latest claims that are not later than this one and can be set beside it."""
        day = published_day(self._documents.get(claim.document))
        mine = self._incident_of.get(claim.id)
        incidents = {mine, *near.get(mine, ())} if mine is not None else ()
        found: dict[str, tuple[int, str, Claim]] = {}
        for key in self._keys(claim, incidents):
            block = self._blocks.get((publisher, *key), [])
            until = len(block) if day is None else bisect_right(block, day, key=lambda row: row[0])
            taken = 0
            for row in reversed(block[:until]):
                if claim.weapon is None or (row[2].weapon is not None and row[2].weapon.class_ == claim.weapon.class_):
                    found[row[1]] = row
                    taken += 1
                    if taken == MOST:
                        break
        return [row[2] for row in sorted(found.values(), key=lambda row: row[:2])][-MOST:]


def _cited(claim: Claim, documents: Mapping[str, Document], told: AbstractSet[str]) -> list[str]:
    document = documents.get(claim.document)
    mine = fold(document.publisher) if document is not None and document.publisher else ""
    names = {fold(link.who) for link in claim.source if link.type != "self" and link.who} - {mine}
    found = set()
    for name in names:
        if name in told:
            found.add(name)
        elif len(name) > SHORT_NAME:
            found.update(p for p in told if p != mine and (p.startswith(name + " ") or name.startswith(p + " ")))
    return sorted(found)


def _subject(claim: Claim) -> str:
    """What the claim is firm about: that a munition was identified is not that someone used it."""
    return "use" if claim.kind in ("weapon_use", "attribution") else claim.kind


def _harder(claim: Claim, own: Sequence[Claim]) -> str | None:
    if not own:
        return None
    if claim.party is not None and claim.party.certainty in SURE:
        theirs = {c.party.certainty for c in own if c.party is not None and party_ids(c) & party_ids(claim)}
        if theirs and not theirs & SURE:
            return f"the party {claim.party.certainty}, there {', '.join(sorted(theirs))}"
    if claim.level in FIRM:
        levels = {c.level for c in own}
        if not levels & FIRM:
            return f"{claim.level}, there {', '.join(sorted(levels))}"
    return None


def severity(
    claims: Mapping[str, Claim],
    incident_of: Mapping[str, str],
    members: Mapping[str, Sequence[Claim]],
    relations: Iterable[Relation],
    candidates: Iterable[Relation],
) -> list[Flag]:
    """The same harm in graver words: "injured" in one text or voice, "severely wounded" in another."""
    pairs: set[tuple[str, str]] = set()
    for relation in relations:
        ends = incident_of.get(relation.a), incident_of.get(relation.b)
        if relation.kind in ("same_fact", "compatible", "updates") and ends[0] is not None and ends[0] == ends[1]:
            pairs.add((min(relation.a, relation.b), max(relation.a, relation.b)))
    for pair in candidates:
        for a in _damage(members.get(pair.a, ())):
            for b in _damage(members.get(pair.b, ())):
                pairs.add((min(a, b), max(a, b)))
    out = []
    for a, b in sorted(pairs):
        one, other = claims[a], claims[b]
        if one.document == other.document and one.source == other.source:
            continue
        same = bool(set(one.harm) & set(other.harm)) or (one.kind == other.kind == "damage")
        graver = objects.says_severe(one.quote) != objects.says_severe(other.quote)
        if same and graver and _may_share(one, other):
            out.append(Flag("severity_drift", (a, b), "The same harm is told in graver words in one of the two."))
    return out


def _damage(held: Sequence[Claim]) -> list[str]:
    return [c.id for c in held if c.kind == "damage"][:MOST]


def _may_share(one: Claim, other: Claim) -> bool:
    a, b = objects.sites(one.quote), objects.sites(other.quote)
    return not (a and b) or bool(a & b)
