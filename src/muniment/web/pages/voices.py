"""Whose voice each claim of an incident is: one letter for everything that goes back to one origin."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from muniment.model import Claim, Document, Incident, Relation
from muniment.model.when import bounds

REPEATS = frozenset({"copied_from", "same_origin"})


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the incident: its document, when it was said, the letter of its origin, what the tally did with it."""

    claim: Claim
    document: Document | None
    said: dt.date | None
    letter: str
    copy: bool
    used: tuple[str, ...]
    aside: str | None


def _said_on(document: Document | None) -> dt.date | None:
    if document is None or not document.published:
        return None
    try:
        return bounds(document.published)[0]
    except ValueError:
        return None


def rows_of(
    incident: Incident, claims: Sequence[Claim], documents: Mapping[str, Document], relations: Iterable[Relation]
) -> list[Row]:
    """The claims by the day they were said, each with the letter of its origin: one letter, one voice."""
    used: dict[str, list[str]] = {}
    aside: dict[str, str] = {}
    for tally in incident.tallies:
        for id_ in tally.claims:
            used.setdefault(id_, []).append(tally.harm if tally.victims == "all" else f"{tally.harm}, {tally.victims}")
        for item in tally.set_aside:
            aside.setdefault(item.claim, item.why)
    order = sorted(
        claims, key=lambda c: (_said_on(documents.get(c.document)) or dt.date.max, c.document, c.span.start, c.id)
    )
    roots, copies = _voices(order, documents, relations)
    letters: dict[str, str] = {}
    out = []
    for claim in order:
        root = roots[claim.id]
        letter = letters.setdefault(root, _letter(len(letters)))
        document = documents.get(claim.document)
        out.append(
            Row(
                claim,
                document,
                _said_on(document),
                letter,
                claim.id in copies,
                tuple(dict.fromkeys(used.get(claim.id, ()))),
                None if claim.id in used else aside.get(claim.id),
            )
        )
    return out


def _letter(number: int) -> str:
    alphabet = string.ascii_uppercase
    return alphabet[number] if number < 26 else alphabet[number // 26 - 1] + alphabet[number % 26]


def _voices(
    claims: Sequence[Claim], documents: Mapping[str, Document], relations: Iterable[Relation]
) -> tuple[dict[str, str], set[str]]:
    """Claim id to its voice (whoever it goes back to), and the claims that repeat another's words."""
    voice: dict[str, str] = {}
    for claim in claims:
        document = documents.get(claim.document)
        named = [link.who for link in claim.source if link.type not in ("self", "anonymous") and link.who]
        key = named[-1] if named else (document.publisher if document and document.publisher else claim.document)
        voice[claim.id] = " ".join(key.casefold().split())
    joined: dict[str, str] = {}

    def root(key: str) -> str:
        while key in joined:
            key = joined[key]
        return key

    copies = set()
    for relation in relations:
        if relation.kind in REPEATS and relation.a in voice and relation.b in voice:
            if relation.kind == "copied_from":
                copies.add(relation.a)
            one, other = root(voice[relation.b]), root(voice[relation.a])
            if one != other:
                joined[other] = one
    return {id_: root(key) for id_, key in voice.items()}, copies
