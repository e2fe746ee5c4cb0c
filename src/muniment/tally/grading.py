"""How well an incident is supported: a grade suggested from who tells of it and whom they hold responsible.

Suggested only, with the reasons; a person grades (`decide CASE grade`). Source: Airwars, Methodology: confirmed, fair,
weak, contested, discounted. Unlike Airwars, which knows of strikes nearby from other records, only claims count here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from muniment.linker.names import fold
from muniment.model import Claim, Incident, Party, Suggestion
from muniment.tally.position import NOT_CREDIBLE
from muniment.tally.statements import NO_FIGURE

_HARM = frozenset({"killed", "injured", "casualties"})
_SURE = frozenset({"stated", "identified"})
_SPEAKS_FOR = frozenset({"party_state", "de_facto"})
"""Not publishers: a newspaper named after a country is not its government."""
_UNRELIABLE = "E"
_SHORTEST_NAME = 4
"""Of a party's names only those this long tell who speaks: short ones are codes and parts of other words."""


class Speakers:
    """Whom a voice speaks for: a voice that is a party's own names it."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._of: dict[str, str] = {}
        for party in parties:
            for name in party.names:
                if len(name) >= _SHORTEST_NAME:
                    self._of.setdefault(fold(name), party.id)
        names = sorted(self._of, key=lambda name: (-len(name), name))
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None

    def parties(self, voice: str) -> frozenset[str]:
        """The parties named in what a voice is called."""
        if self._names is None:
            return frozenset()
        return frozenset(self._of[found] for found in self._names.findall(fold(voice)))


def suggest(
    incident: Incident, claims: Sequence[Claim], lineage: Mapping[str, str], speakers: Speakers
) -> Suggestion | None:
    """The grade that the claims of an incident speak for; None where nobody says that people were killed or injured.

    Args:
        incident: one event; a total over a period is not graded.
        claims: its claims, decisions applied.
        lineage: claim id to the key of its origin.
        speakers: who speaks for which party.
    """
    if incident.kind == "aggregate" or incident.merged_into is not None:
        return None
    told = [c for c in claims if c.review.state != "rejected" and c.kind not in NO_FIGURE and _HARM & set(c.harm)]
    asserting = [c for c in told if c.polarity in ("affirm", "negated_with_exception")]
    asserting = [c for c in asserting if c.level not in ("denied", "hypothetical")]
    if not asserting:
        if not told or all(claim.level == "hypothetical" for claim in told):
            return None
        return Suggestion("discounted", ("Every source that speaks of killed or injured people says there were none.",))
    statuses = {claim.victims.status if claim.victims is not None else "unknown" for claim in asserting}
    if statuses == {"combatant"}:
        return Suggestion("discounted", ("Every source speaks of combatants only.",))
    credible = [c for c in asserting if c.level not in NOT_CREDIBLE and not _unreliable(c)]
    origins = sorted({lineage.get(claim.id, claim.document) for claim in credible})
    why = [_voices(len(origins), len(asserting))]
    if len(credible) < len(asserting):
        why.append(f"{_claims(len(asserting) - len(credible))} not verified, or of a source graded unreliable.")
    why += _denials(claims)
    accepted = sorted({party for claim in asserting for party in _accepts(claim, speakers)})
    if accepted:
        return Suggestion("confirmed", (f"{_and(accepted)} accepts responsibility in its own words.", *why))
    held = _held(asserting, lineage)
    rivals = _rivals(held)
    if rivals:
        return Suggestion("contested", (f"Independent sources hold different parties responsible: {rivals}.", *why))
    if len(origins) > 1:
        return Suggestion("fair", tuple(why))
    return Suggestion("weak", tuple(why))


def _voices(origins: int, claims: int) -> str:
    if not origins:
        return f"No credible source: {_claims(claims)}."
    source = "One independent source tells" if origins == 1 else f"{origins} independent sources tell"
    return f"{source} of people killed or injured, in {_claims(claims)}."


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"


def _unreliable(claim: Claim) -> bool:
    return claim.grade is not None and (claim.grade.reliability == _UNRELIABLE or claim.grade.credibility == 5)


def _denials(claims: Iterable[Claim]) -> list[str]:
    denying: set[str] = set()
    for claim in claims:
        party = claim.party
        if party is not None and party.id is not None and (claim.kind == "denial" or party.certainty == "denied"):
            denying.update(party.id.split("+"))
    return [f"{_and(sorted(denying))} denies it, which alone does not make it contested."] if denying else []


def _accepts(claim: Claim, speakers: Speakers) -> frozenset[str]:
    """Parties that a claim holds responsible for certain, where the voice it goes back to speaks for them."""
    party = claim.party
    if party is None or party.id is None or party.certainty not in _SURE or not claim.source:
        return frozenset()
    voice = claim.source[-1]
    if voice.type not in _SPEAKS_FOR:
        return frozenset()
    return speakers.parties(voice.who) & frozenset(party.id.split("+"))


def _held(claims: Iterable[Claim], lineage: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Each origin with the parties it holds responsible."""
    out: dict[str, set[str]] = {}
    for claim in claims:
        if claim.party is not None and claim.party.id is not None and claim.party.certainty != "denied":
            out.setdefault(lineage.get(claim.id, claim.document), set()).update(claim.party.id.split("+"))
    return {origin: frozenset(parties) for origin, parties in out.items()}


def _rivals(held: Mapping[str, frozenset[str]]) -> str:
    """Parties that some hold responsible where others hold only others; empty where no two exclude each other."""
    sides = sorted({tuple(sorted(parties)) for parties in held.values()})
    apart = sorted({side for side in sides for other in sides if not set(side) & set(other)})
    return "; ".join(_and(side) for side in apart)


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
