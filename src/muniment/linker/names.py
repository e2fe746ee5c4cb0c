"""Folding of names and words: for comparing, never for display."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans({"ə": "a", "Ə": "a", "ı": "i", "’": "", "'": "", "ʼ": ""})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, without diacritics and punctuation."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


_PLACE_NOISE = frozenset(
    {
        "the", "a", "an", "of", "in", "near", "city", "town", "village", "region", "district", "area", "areas",
        "province", "governorate", "capital", "main", "neighbourhood", "neighborhood", "quarter", "surrounding", "and",
        "east", "west", "north", "south", "outskirts",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def place_words(raw: str) -> str:
    """The naming words of a place as written: "the city of Norvik" and "Norvik" are one."""
    return " ".join(word for word in fold(raw).split() if word not in _PLACE_NOISE)
