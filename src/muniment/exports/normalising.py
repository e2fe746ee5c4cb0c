"""Two builds of the same files give the same record but for times and chance: normalising blanks exactly those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def normalise(record: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a record without what differs between two builds of the same files.

    Blanked (None): when the record was made; the case's random id and the hash of its last entry (salts go into it),
    in the headlines too;
    when each exhibit was received; when each decision was logged. All else stays, `collected` too: it was stated.

    Source: RECORD contract, Determinism.
    """
    out = dict(record)
    out["made"] = None
    case = dict(record["case"])
    case["id"] = None
    if case.get("last") is not None:
        case["last"] = {**case["last"], "hash": None}
    out["case"] = case
    if record.get("headlines") is not None and record["headlines"]["checkpoint"] is not None:
        checkpoint = {**record["headlines"]["checkpoint"], "hash": None}
        out["headlines"] = {**record["headlines"], "checkpoint": checkpoint}
    out["exhibits"] = [
        {**exhibit, "sightings": [{**sighting, "received": None} for sighting in exhibit["sightings"]]}
        for exhibit in record["exhibits"]
    ]
    out["decisions"] = [{**decision, "at": None} for decision in record["decisions"]]
    return out
