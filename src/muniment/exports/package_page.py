"""The first page of a package: what it holds and how to check it, for a reader with a browser and nothing else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import jinja2
import segno


def page(
    record: Mapping[str, Any], *, checkpoint: str, paths: Mapping[str, str], withheld: Mapping[str, str], made: str
) -> str:
    """The page, in HTML that loads nothing.

    Args:
        record: what is packed.
        checkpoint: the signed note.
        paths: where each exhibit lies, relative to the page; what is not there has no bytes in the package.
        withheld: why exhibits are not there, by id.
        made: when it was packed.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("muniment.exports"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    places = {row["id"]: row for row in record["places"]}
    documents = {row["id"]: row for row in record["documents"]}
    claims = {row["id"]: row for row in record["claims"]}
    incidents = [
        {
            "id": row["id"],
            "title": row["title"],
            "kind": row["kind"],
            "when": (row["when"] or {}).get("edtf"),
            "place": _name(places.get((row["where"] or {}).get("place"))),
            "tallies": row["tallies"],
            "claims": [_claim(claims[id_], documents, paths) for id_ in row["claims"] if id_ in claims],
        }
        for row in sorted(record["incidents"], key=lambda row: ((row["when"] or {}).get("earliest") or "9", row["id"]))
        if row["merged_into"] is None
    ]
    exhibits = [
        {
            **row,
            "name": row["sightings"][0]["name"] if row["sightings"] else "",
            "path": paths.get(row["id"]),
            "why": withheld.get(row["id"]),
        }
        for row in record["exhibits"]
    ]
    return environment.get_template("package.html").render(
        title=record["case"]["title"] or "Untitled case",
        audience=record["audience"],
        record=record,
        incidents=incidents,
        exhibits=exhibits,
        withheld=len(withheld),
        checkpoint=checkpoint,
        qr=qr(checkpoint),
        made=made,
    )


def qr(checkpoint: str) -> str:
    """A checkpoint's three lines as a QR code, in SVG: what a reader of the printed page can compare."""
    out = io.BytesIO()
    segno.make(checkpoint.partition("\n\n")[0], error="m").save(out, kind="svg", scale=3, xmldecl=False)
    return out.getvalue().decode()


def _name(place: Mapping[str, Any] | None) -> str | None:
    if place is None or not place["names"]:
        return None
    first = place["names"][0]
    return str(first["name"] if isinstance(first, Mapping) else first)


def _claim(
    row: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]], paths: Mapping[str, str]
) -> dict[str, Any]:
    document = documents[row["document"]]
    return {
        "quote": row["quote"],
        "level": row["level"],
        "publisher": document["publisher"],
        "published": document["published"],
        "exhibit": document["exhibit"],
        "path": paths.get(document["exhibit"]),
    }
