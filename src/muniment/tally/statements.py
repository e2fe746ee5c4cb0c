"""Which claims of an incident speak of a harm to people, and which are set aside before any figure is made."""

from __future__ import annotations

from collections.abc import Iterable

from muniment.model import Claim, SetAside
from muniment.model.vocabulary import HARMS, Harm

NO_FIGURE = frozenset({"denial", "refutation", "call", "response", "legal_status", "indicator", "ceasefire"})
_DEATH_AND_INJURY = frozenset({"killed", "injured"})


def harms_of(claim: Claim) -> tuple[Harm, ...]:
    """The harms a claim's figure counts: "40 killed and injured" counts casualties, split unknown."""
    if set(claim.harm) >= _DEATH_AND_INJURY:
        return ("casualties", *(h for h in claim.harm if h not in _DEATH_AND_INJURY and h != "casualties"))
    return claim.harm


def harms(claims: Iterable[Claim]) -> list[Harm]:
    """Every harm of people that at least one claim asserts, counted or not."""
    order = {harm: n for n, harm in enumerate(_ORDER)}
    found = {harm for claim in claims if not refused(claim) for harm in harms_of(claim)}
    return sorted(found, key=lambda harm: order[harm])


_ORDER: tuple[Harm, ...] = (
    "killed", "injured", "casualties", "missing", "displaced", "detained", "released", "sentenced", "tortured",
    "mutilated", "desecration", "deprived", "targeted", "infected",
)  # fmt: skip
assert set(_ORDER) == HARMS


def _has_figure(claim: Claim) -> bool:
    return claim.count is not None or any(person.role == "victim" for person in claim.persons)


def refused(claim: Claim) -> str | None:
    """Why a claim makes no figure; None where it may."""
    if claim.kind in NO_FIGURE:
        return f"a {claim.kind.replace('_', ' ')} makes no figure"
    if claim.polarity in ("negated", "denied") or claim.level == "denied":
        return "denied or negated"
    if claim.level == "hypothetical":
        return "hypothetical"
    if claim.count is not None and claim.count.unit != "people":
        return f"counts {claim.count.unit}, not people"
    if claim.count is not None and claim.count.qualifier == "share":
        return "a share, not a figure"
    return None


def speaking_of(claims: Iterable[Claim], harm: Harm) -> tuple[list[Claim], list[SetAside]]:
    """The claims that count people for one harm, and those about it that cannot be used."""
    used, aside = [], []
    for claim in claims:
        if harm not in harms_of(claim):
            continue
        why = refused(claim)
        if why is not None:
            aside.append(SetAside(claim.id, why))
        elif not _has_figure(claim):
            aside.append(SetAside(claim.id, "gives no figure"))
        else:
            used.append(claim)
    return used, aside
