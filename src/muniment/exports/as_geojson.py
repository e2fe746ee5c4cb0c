"""Incidents for a map (RFC 7946): only those whose place is known finely enough for a point to be honest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

DRAWABLE = frozenset({"exact", "vicinity", "locality", "district"})
"""Precisions a point may stand for; a region or a country drawn as a point would claim more than is known."""


class GeoJsonExporter:
    """Writes one point an incident, its precision among the properties."""

    name = "geojson"
    version = "1"
    media_type = "application/geo+json"

    def write(self, record: Mapping[str, Any], out: IO[str]) -> None:
        """Write a FeatureCollection; `muniment.not_drawn` counts the incidents without a fair point, by precision."""
        places = {row["id"]: row for row in record["places"]}
        not_drawn: dict[str, int] = {}
        first = True
        out.write('{"type":"FeatureCollection","features":[')
        for incident in record["incidents"]:
            if incident["merged_into"] is not None:
                continue
            where = incident["where"] or {}
            place = places.get(where.get("place") or "")
            precision = where.get("precision") or "unknown"
            if place is None or place["lon"] is None or place["lat"] is None or precision not in DRAWABLE:
                key = precision if place is not None else "unknown"
                not_drawn[key] = not_drawn.get(key, 0) + 1
                continue
            out.write("\n" if first else ",\n")
            first = False
            out.write(json.dumps(_feature(incident, place, precision), ensure_ascii=False, sort_keys=True))
        about = {name: record[name] for name in ("audience", "case", "headlines", "made")} | {"not_drawn": not_drawn}
        out.write('\n],"muniment":' + json.dumps(about, ensure_ascii=False, sort_keys=True) + "}\n")


def _feature(incident: Mapping[str, Any], place: Mapping[str, Any], precision: str) -> dict[str, Any]:
    when = incident["when"] or {}
    return {
        "type": "Feature",
        "id": incident["id"],
        "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
        "properties": {
            "title": incident["title"],
            "kind": incident["kind"],
            "edtf": when.get("edtf"),
            "earliest": when.get("earliest"),
            "latest": when.get("latest"),
            "place": place["id"],
            "place_names": [name["name"] for name in place["names"]],
            "precision": precision,
            "claims": len(incident["claims"]),
            "weapons": incident["weapons"],
            "parties": [{"id": party["id"], "certainty": party["certainty"]} for party in incident["parties"]],
            "tallies": [
                {key: tally[key] for key in ("harm", "victims", "low", "best", "high")} for tally in incident["tallies"]
            ],
            "grade": incident["grade"],
            "status": incident["status"],
        },
    }
