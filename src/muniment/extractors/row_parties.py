"""Whom a table's row holds responsible: by the mapping's own list, else by a party's whole name, never a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from muniment.model import HeldResponsible, Party
from muniment.model.vocabulary import Certainty
from muniment.reference.folding import fold
from muniment.reference.table_mapping import TableMapping, folded
from muniment.reference.table_words import RowWords

_FORCES = r"(?:government|armed forces|military(?: forces)?|army|state forces|security forces)"
_OF_A_STATE = re.compile(rf"(?:the\s+)?{_FORCES}\s+of\s+(?P<of>.+)|(?P<whose>.+?)\s+{_FORCES}", re.IGNORECASE)
_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)\s*$")
_STATE = re.compile(r"[A-Z]{2}")


def responsible(words: RowWords, mapping: TableMapping, parties: Sequence[Party]) -> tuple[HeldResponsible, list[str]]:
    """Who is held responsible, and the columns, folded, that say so; no party where the list is empty."""
    named: list[tuple[str, str, Certainty]] = []
    for column in mapping.responsible:
        said = words.words(column.column)
        if said is not None and all(words.holds(each.column, each.values) for each in column.when):
            named.append((column.column, said, column.certainty))
    ids = [_id(said, mapping, parties) for _, said, _ in named]
    known = list(dict.fromkeys(id_ for id_ in ids if id_ is not None))
    whole = "+".join(known) if known and None not in ids else None
    raw = "; ".join(dict.fromkeys(said for _, said, _ in named))
    columns = [column for column, _, _ in named]
    return HeldResponsible(raw, whole, named[0][2] if named else "reported"), columns


def _id(name: str, mapping: TableMapping, parties: Sequence[Party]) -> str | None:
    listed = mapping.parties.get(folded(name))
    if listed is not None:
        return listed
    known = _names(parties)
    bare = _YEARS.sub("", name)
    for form in (name, bare):
        if (found := known.get(fold(form))) is not None:
            return found
    match = _OF_A_STATE.fullmatch(bare.strip())
    if match is None:
        return None
    state = known.get(fold(match["of"] or match["whose"]))
    return state if state is not None and _STATE.fullmatch(state) else None


_LAST: list[tuple[Sequence[Party], dict[str, str | None]]] = []


def _names(parties: Sequence[Party]) -> dict[str, str | None]:
    """Party ids by folded name; None where several bear it. Kept for the parties last asked for."""
    if not _LAST or _LAST[0][0] is not parties:
        names: dict[str, str | None] = {}
        for party in parties:
            for name in party.names:
                key = fold(name)
                names[key] = party.id if names.get(key, party.id) == party.id else None
        _LAST[:] = [(parties, names)]
    return _LAST[0][1]
