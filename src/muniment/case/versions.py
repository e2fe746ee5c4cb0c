"""Later bytes from the same address: exhibits met again at one path, documents met again at one web address."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import sqlalchemy as sa

from muniment.model import Document, Relation
from muniment.store import received


def versions(connection: sa.Connection, documents: Mapping[str, Document]) -> list[Relation]:
    """`version_of` relations, later to earlier, between exhibits and between documents."""
    seen = received.all_sightings(connection)
    at_path: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for exhibit, sightings in seen.items():
        for seq, sighting in sightings:
            at_path.setdefault((sighting.folder or "", sighting.name), []).append((seq, exhibit))
    first_seq = {exhibit: sightings[0][0] for exhibit, sightings in seen.items()}
    found: dict[tuple[str, str], str] = {}
    for (_, name), met in sorted(at_path.items()):
        ordered = list(dict.fromkeys(exhibit for _, exhibit in sorted(met)))
        for earlier, later in itertools.pairwise(ordered):
            found[later, earlier] = f"later bytes under the same name, {name}"
    at_url: dict[str, list[Document]] = {}
    for document in documents.values():
        if document.url:
            at_url.setdefault(document.url, []).append(document)
    for url, same in sorted(at_url.items()):
        ordered_documents = sorted(same, key=lambda d: (d.published or "", first_seq[d.exhibit], d.id))
        for old, new in itertools.pairwise(ordered_documents):
            if old.exhibit != new.exhibit:
                found[new.id, old.id] = f"later bytes from the same address, {url}"
    return [Relation("version_of", a, b, why=why) for (a, b), why in sorted(found.items())]
