"""Who a claim goes back to. Everything that goes back to one origin is one voice, however often it is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from muniment.linker.names import fold
from muniment.model import Claim, Document, Relation

_REPEATS = frozenset({"copied_from", "same_origin"})


def origin(claim: Claim, document: Document | None) -> str:
    """The key of whom the claim goes back to: the last named source, else the publisher, else the document."""
    for link in reversed(claim.source):
        if link.type == "self":
            break
        if link.type != "anonymous" and link.who:
            return fold(link.who)
    if document is not None and document.publisher:
        return fold(document.publisher)
    return claim.document


def lineages(
    claims: Iterable[Claim], documents: Mapping[str, Document], relations: Iterable[Relation]
) -> dict[str, str]:
    """Claim id to the key of its lineage: one origin, or text that was copied, is one.

    Args:
        claims: the claims to sort.
        documents: by id.
        relations: of which `copied_from` and `same_origin` join lineages, unless rejected.
    """
    out = {claim.id: origin(claim, documents.get(claim.document)) for claim in claims}
    joined: dict[str, str] = {}

    def root(key: str) -> str:
        while key in joined:
            key = joined[key]
        return key

    for relation in sorted(relations, key=lambda r: (r.a, r.b)):
        if relation.kind in _REPEATS and relation.status != "rejected" and relation.a in out and relation.b in out:
            one, other = sorted((root(out[relation.a]), root(out[relation.b])))
            if one != other:
                joined[other] = one
    return {id_: root(key) for id_, key in out.items()}
