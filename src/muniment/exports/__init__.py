"""The record out: one JSON document of everything a case knows, and what is made from it for other programs.

A record is a function of the case's state: lists sorted by id, keys sorted. Two audiences: the case sees everything,
the public sees `Name withheld` for every protected person (RECORD contract, version 1).
"""

from muniment.exports.formats import FORMATS, PUBLIC_ONLY, write
from muniment.exports.normalising import normalise
from muniment.exports.record import record
from muniment.exports.redaction import WITHHELD, Withheld
from muniment.exports.schema import problems, schema
from muniment.exports.snapshot import Snapshot
from muniment.exports.texts import texts

__all__ = [
    "FORMATS",
    "PUBLIC_ONLY",
    "WITHHELD",
    "Snapshot",
    "Withheld",
    "normalise",
    "problems",
    "record",
    "schema",
    "texts",
    "write",
]
