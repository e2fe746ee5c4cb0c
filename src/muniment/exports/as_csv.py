"""One table for a spreadsheet: a claim a row, with the incident it belongs to.

A cell that a spreadsheet would run as a formula is kept as text by an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import IO, Any

COLUMNS = (
    "incident", "incident_title", "incident_earliest", "incident_latest", "incident_place", "incident_grade",
    "incident_status", "claim", "kind", "harm", "count", "count_min", "count_best", "count_max", "count_qualifier",
    "count_unit", "victims", "when", "earliest", "latest", "where", "place", "place_name", "precision", "weapon",
    "weapon_class", "weapon_certainty", "party", "party_certainty", "level", "polarity", "aggregate", "source_chain",
    "quote", "redacted", "document", "title", "publisher", "published", "url", "review",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> Any:
    """A cell no spreadsheet runs: text that begins like a formula gets an apostrophe; numbers stay numbers.

    Source: OWASP, CSV Injection.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


class CsvExporter:
    """Writes claims with the columns of their incidents (RFC 4180)."""

    name = "csv"
    version = "1"
    media_type = "text/csv"

    def write(self, record: Mapping[str, Any], out: IO[str]) -> None:
        """Write one row a claim, sorted by incident day, then incident, then claim."""
        documents = {row["id"]: row for row in record["documents"]}
        incidents = {row["id"]: row for row in record["incidents"]}
        places = {row["id"]: row["names"][0]["name"] for row in record["places"] if row["names"]}
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)

        def order(claim: Mapping[str, Any]) -> tuple[str, str, str]:
            incident = incidents.get(claim["incident"])
            day = (incident["when"] or {}).get("earliest") if incident else None
            return (day or "9999", claim["incident"] or "~", claim["id"])

        for claim in sorted(record["claims"], key=order):
            row = _row(claim, documents.get(claim["document"], {}), incidents.get(claim["incident"], {}), places)
            writer.writerow([safe(row[column]) for column in COLUMNS])


def _row(
    claim: Mapping[str, Any], document: Mapping[str, Any], incident: Mapping[str, Any], places: Mapping[str, str]
) -> dict[str, Any]:
    count, when, where = claim["count"] or {}, claim["when"] or {}, claim["where"] or {}
    weapon, party = claim["weapon"] or {}, claim["party"] or {}
    happened, site = incident.get("when") or {}, incident.get("where") or {}
    return {
        "incident": claim["incident"],
        "incident_title": incident.get("title"),
        "incident_earliest": happened.get("earliest"),
        "incident_latest": happened.get("latest"),
        "incident_place": places.get(site.get("place") or ""),
        "incident_grade": incident.get("grade"),
        "incident_status": incident.get("status"),
        "claim": claim["id"],
        "kind": claim["kind"],
        "harm": " ".join(claim["harm"]),
        "count": count.get("raw"),
        "count_min": count.get("min"),
        "count_best": count.get("best"),
        "count_max": count.get("max"),
        "count_qualifier": count.get("qualifier"),
        "count_unit": count.get("unit"),
        "victims": (claim["victims"] or {}).get("status"),
        "when": when.get("edtf"),
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "where": where.get("raw"),
        "place": where.get("place"),
        "place_name": places.get(where.get("place") or ""),
        "precision": where.get("precision"),
        "weapon": weapon.get("raw"),
        "weapon_class": weapon.get("class"),
        "weapon_certainty": weapon.get("certainty"),
        "party": party.get("id") or party.get("raw"),
        "party_certainty": party.get("certainty"),
        "level": claim["level"],
        "polarity": claim["polarity"],
        "aggregate": claim["aggregate"],
        "source_chain": " < ".join(f"{link['who']} ({link['type']})" for link in claim["source"]),
        "quote": claim["quote"],
        "redacted": claim["redacted"],
        "document": claim["document"],
        "title": document.get("title"),
        "publisher": document.get("publisher"),
        "published": document.get("published"),
        "url": document.get("url"),
        "review": claim["review"]["state"],
    }
