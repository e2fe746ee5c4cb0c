"""The places that ship: countries, contested areas, first-level divisions, and the towns of Natural Earth.

`tools/make_places.py` makes the table; each row says which data set it comes from (docs/decisions/0004-places.md).
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

import msgspec

from muniment.model import Place


@lru_cache(maxsize=1)
def shipped() -> tuple[Place, ...]:
    """Every place shipped: countries, contested areas, divisions of ISO 3166-2, towns, each part ordered by id."""
    packed = resources.files(__name__.rpartition(".")[0]).joinpath("data", "places.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=tuple[Place, ...])
