"""Which language a text is in, as a BCP 47 tag; None where there is too little to tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

FEWEST_LETTERS = 24
SURE = 0.8
"""Below this probability nothing is said. Measured on human-rights texts: whole paragraphs reach 0.99."""
_SAMPLE_CHARACTERS = 3000
_NOISE = re.compile(r"https?://\S+|\S+@\S+|<[^>]{1,200}>|&\w+;|[\d_*#\[\]()|]+")
# Letters that among the languages written in Cyrillic only Azerbaijani has (its alphabet of 1958).
_AZERBAIJANI_CYRILLIC = re.compile("[ҝҹҜҸ]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_KIN = tuple(
    frozenset(kin.split())
    for kin in (
        "no nb nn da sv",
        "hr bs sr sh sl",
        "ms id",
        "cs sk",
        "fa prs tg",
        "hy hyw",
        "az tr",
        "gl pt es ca",
        "zh yue",
    )
)
"""Languages close enough for a detector to mistake one for the other; a stated tag then stays."""
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, sure: float = SURE) -> str | None:
    """The language of a text; `az` for Azerbaijani in Latin letters, `az-Cyrl` in Cyrillic.

    Args:
        text: any length; at most the first few thousand characters are looked at.
        sure: the least probability at which a language is named.
    """
    sample = " ".join(_NOISE.sub(" ", text[: _SAMPLE_CHARACTERS * 2]).split())[:_SAMPLE_CHARACTERS]
    letters = sum(map(str.isalpha, sample))
    if letters < FEWEST_LETTERS:
        return None
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic > letters * 0.6 and len(_AZERBAIJANI_CYRILLIC.findall(sample)) * 200 > cyrillic:
        return "az-Cyrl"
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= sure else None


def tag(stated: str | None) -> str | None:
    """A language tag a file states, in BCP 47's usual case; None where it is no tag."""
    if not stated or not _TAG.fullmatch(stated.strip()):
        return None
    first, *rest = re.split("[-_]", stated.strip())
    parts = [first.lower()]
    for part in rest:
        parts.append(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower())
    return None if parts[0] in ("und", "zxx", "mul", "mis") else "-".join(parts)


def are_close(one: str, other: str) -> bool:
    """Whether two tags name one language, or two that a text of their kin can be taken for."""
    first, second = one.split("-")[0].lower(), other.split("-")[0].lower()
    return first == second or any(first in kin and second in kin for kin in _KIN)
