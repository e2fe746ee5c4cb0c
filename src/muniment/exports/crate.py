"""What a package says of itself to other programs: RO-Crate metadata, in JSON-LD, a file an entity.

Source: RO-Crate Metadata Specification 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"


def crate(
    record: Mapping[str, Any], files: Sequence[tuple[str, int, str, str]], *, made: str, version: str
) -> dict[str, Any]:
    """The metadata of a package.

    Args:
        record: what is packed.
        files: path inside data/, bytes, media type, and what it is in a few words.
        made: when, ISO 8601.
        version: of the Muniment that made it.
    """
    title = record["case"]["title"] or "Untitled case"
    entities: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": title,
            "description": (
                f"Evidence package: {len(record['incidents'])} incidents, {len(record['claims'])} claims, "
                f"{len(record['exhibits'])} exhibits."
            ),
            "datePublished": made,
            "license": "Rights in the exhibits stay with their owners; the package grants none.",
            "hasPart": [{"@id": path} for path, _, _, _ in files],
            "mentions": {"@id": "#made"},
        },
        {
            "@id": "#made",
            "@type": "CreateAction",
            "endTime": made,
            "instrument": {"@id": "#muniment"},
            "result": {"@id": "./"},
        },
        {"@id": "#muniment", "@type": "SoftwareApplication", "name": "Muniment", "version": version},
    ]
    entities += [
        {
            "@id": path,
            "@type": "File",
            "name": what,
            "contentSize": str(size),
            "encodingFormat": media_type,
        }
        for path, size, media_type, what in files
    ]
    return {"@context": f"{_SPECIFICATION}/context", "@graph": entities}
