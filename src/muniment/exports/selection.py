"""A part of a record that stands by itself: some incidents or claims, and everything they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from muniment.errors import NotFound

_JOINING = frozenset({"part_of", "same_as", "copied_from", "version_of"})
"""Relations that bring the other end along: a whole is nothing without its parts, nor a copy without its original."""


def select(record: Mapping[str, Any], ids: Iterable[str]) -> dict[str, Any]:
    """The record of these incidents and claims alone.

    An incident brings its claims and its parts, a claim its document, exhibit, place and people; of relations, flags
    and decisions those stay whose every end stays.

    Args:
        record: a whole record (RECORD contract).
        ids: ids of incidents or claims, or unique beginnings of them.

    Raises:
        NotFound: where the record has no such incident or claim.
    """
    named = {_one(record, id_) for id_ in ids}
    incidents = {row["id"]: row for row in record["incidents"]}
    claims = {row["id"]: row for row in record["claims"]}
    kept = _with_parts({id_ for id_ in named if id_ in incidents}, record)
    chosen = {id_ for id_, row in claims.items() if id_ in named or row["incident"] in kept}
    chosen |= _originals(chosen, record) & claims.keys()
    kept |= {str(claims[id_]["incident"]) for id_ in chosen if claims[id_]["incident"] in incidents}
    documents = {str(claims[id_]["document"]) for id_ in chosen}
    exhibits = {str(row["exhibit"]) for row in record["documents"] if row["id"] in documents}
    persons = {str(p["person"]) for id_ in chosen for p in claims[id_]["persons"] if p.get("person")}
    places = {str(p) for id_ in chosen for p in _places(claims[id_]["where"])}
    places |= {str(p) for id_ in kept for p in _places(incidents[id_].get("where"))}
    there = kept | chosen | documents | exhibits | persons | places
    lists = {
        "incidents": kept,
        "claims": chosen,
        "documents": documents,
        "exhibits": exhibits,
        "persons": persons,
        "places": places,
    }
    out = dict(record)
    out["case"] = {**record["case"], "selection": sorted(named)}
    for name, wanted in lists.items():
        out[name] = [row for row in record[name] if row["id"] in wanted]
    out["persons"] = [{**row, "claims": [id_ for id_ in row["claims"] if id_ in chosen]} for row in out["persons"]]
    out["relations"] = [row for row in record["relations"] if row["a"] in there and row["b"] in there]
    out["flags"] = [row for row in record["flags"] if set(row["on"]) <= there]
    out["decisions"] = [row for row in record["decisions"] if row["on"] and set(row["on"]) <= there]
    return out


def _one(record: Mapping[str, Any], id_: str) -> str:
    found = [row["id"] for name in ("incidents", "claims") for row in record[name] if row["id"].startswith(id_)]
    if len(found) != 1:
        raise NotFound(
            f"No incident or claim of this record has the id {id_}."
            if not found
            else f"Several ids begin with {id_}; give more of it."
        )
    return str(found[0])


def _with_parts(incidents: set[str], record: Mapping[str, Any]) -> set[str]:
    parts: dict[str, list[str]] = {}
    for row in record["relations"]:
        if row["kind"] == "part_of":
            parts.setdefault(row["b"], []).append(row["a"])
    known = {row["id"] for row in record["incidents"]}
    kept, waiting = set(incidents), list(incidents)
    while waiting:
        for part in parts.get(waiting.pop(), ()):
            if part in known and part not in kept:
                kept.add(part)
                waiting.append(part)
    return kept


def _originals(claims: set[str], record: Mapping[str, Any]) -> set[str]:
    return {str(row["b"]) for row in record["relations"] if row["kind"] in _JOINING and row["a"] in claims}


def _places(where: Mapping[str, Any] | None) -> list[str]:
    if not where:
        return []
    return [place for place in (where.get("place"), *where.get("places", ()), *where.get("candidates", ())) if place]
