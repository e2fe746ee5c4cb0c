"""What grows harder on its way from one text to another: firmness beyond the source's, harm in graver words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    told = _by_publisher(claims, documents)
    near: dict[str, set[str]] = {}
    for pair in candidates:
        near.setdefault(pair.a, set()).add(pair.b)
        near.setdefault(pair.b, set()).add(pair.a)
    out = []
    for claim in claims.values():
        if family(claim) is None or not (claim.weapon is not None or claim.party is not None):
            continue
        for publisher in _cited(claim, documents, told):
            own = [
                other
                for other in told[publisher]
                if _comparable(claim, other, incident_of, near) and not _later(other, claim, documents)
            ][-MOST:]
            why = _harder(claim, own)
            if why is not None:
                on = (claim.id, *sorted(other.id for other in own))
                out.append(Flag("firmer_than_source", on, f"Firmer than the source it cites: {why}."))
    return out


def _by_publisher(claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> dict[str, list[Claim]]:
    told: dict[str, list[Claim]] = {}
    for claim in claims.values():
        document = documents.get(claim.document)
        if document is not None and document.publisher and all(link.type == "self" for link in claim.source):
            told.setdefault(fold(document.publisher), []).append(claim)
    for held in told.values():
        held.sort(key=lambda c: (published_day(documents.get(c.document)) or 0, c.id))
    return told


def _cited(claim: Claim, documents: Mapping[str, Document], told: Mapping[str, list[Claim]]) -> list[str]:
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


def _comparable(claim: Claim, other: Claim, incident_of: Mapping[str, str], near: Mapping[str, set[str]]) -> bool:
    if family(claim) != family(other) or other.polarity != "affirm" or _subject(claim) != _subject(other):
        return False
    if claim.weapon is not None and (other.weapon is None or other.weapon.class_ != claim.weapon.class_):
        return False
    mine, its = incident_of.get(claim.id), incident_of.get(other.id)
    if mine is not None and its is not None and (mine == its or its in near.get(mine, set())):
        return True
    return claim.weapon is not None and bool(party_ids(claim) & party_ids(other))


def _subject(claim: Claim) -> str:
    """What the claim is firm about: that a munition was identified is not that someone used it."""
    return "use" if claim.kind in ("weapon_use", "attribution") else claim.kind


def _later(other: Claim, claim: Claim, documents: Mapping[str, Document]) -> bool:
    a, b = published_day(documents.get(other.document)), published_day(documents.get(claim.document))
    return a is not None and b is not None and a > b


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
