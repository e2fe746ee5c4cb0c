"""What a case lends its extractors and linker: places, parties, settings, and one digest over all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from muniment.case.settling import active
from muniment.ledger import canonical
from muniment.model import Decision, Party, Place, PlaceName
from muniment.plugins import Lexicon, room_digest
from muniment.reference import parties as shipped_parties
from muniment.reference import places as shipped_places
from muniment.reference.index import PlaceIndex
from muniment.store import received


@dataclass(frozen=True, slots=True)
class CaseLexicon:
    """The lexicon of one state of a case, and its digest."""

    lexicon: Lexicon
    digest: str


@lru_cache(maxsize=1)
def reference_digest() -> str:
    """The digest of the shipped reference tables and their lookups."""
    return room_digest("muniment.reference")


def settings_of(decisions: Iterable[Decision]) -> dict[str, Any]:
    """Settings in force: the last decision on each name rules."""
    return {on: decision.value for decision in decisions if decision.kind == "setting" for on in decision.on}


def parties_of(settings: Mapping[str, Any]) -> tuple[Party, ...]:
    """States as shipped, and the parties of this case (setting `parties`)."""
    own = tuple(
        Party(str(row["id"]), tuple(row["names"]), row.get("kind", "other")) for row in settings.get("parties") or ()
    )
    mine = {party.id for party in own}
    return own + tuple(party for party in shipped_parties.shipped() if party.id not in mine)


def load_lexicon(connection: sa.Connection) -> CaseLexicon:
    """The lexicon under the decisions in force."""
    decisions = active(received.all_decisions(connection))
    settings = settings_of(decisions)
    preferred = {on: str(d.value) for d in decisions if d.kind == "place_name" for on in d.on}
    parts = [
        reference_digest(),
        *received.gazetteer_digests(connection),
        canonical(settings).hex(),
        canonical(preferred).hex(),
    ]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    cached = _LAST.get(digest)
    if cached is None:
        places = [*shipped_places.shipped(), *received.stored_places(connection)]
        by_id = {place.id: place for place in places}
        for id_, name in preferred.items():
            if id_ in by_id:
                by_id[id_] = prefer(by_id[id_], name)
        cached = CaseLexicon(Lexicon(PlaceIndex(by_id.values(), digest=digest), parties_of(settings), settings), digest)
        _LAST.clear()
        _LAST[digest] = cached
    return cached


_LAST: dict[str, CaseLexicon] = {}
"""The last lexicon made: pages ask for the same one again and again."""


def prefer(place: Place, name: str) -> Place:
    """The place with this name in front, as the case's own choice; the others stay."""
    first = next((known for known in place.names if known.name == name), PlaceName(name))
    others = (known for known in place.names if known.name != name)
    return replace(place, names=(replace(first, preferred_by="case"), *others))
