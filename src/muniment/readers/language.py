"""Which language a text is in, as a BCP 47 tag; None where there is too little to tell."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Any

FEWEST_LETTERS = 24
SURE = 0.8
"""Below this probability nothing is said. Measured on human-rights texts: whole paragraphs reach 0.99."""
_SAMPLE_CHARACTERS = 1500
_NOISE = re.compile(r"https?://\S+|\S+@\S+|<[^>]{1,200}>|&\w+;|[\d_*#\[\]()|]+")
# Letters that among the languages written in Cyrillic only Azerbaijani has (its alphabet of 1958).
_AZERBAIJANI_CYRILLIC = re.compile("[ҝҹҜҸ]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_KIN = (
    "no nb nn da sv", "hr bs sr sh sl", "ms id", "cs sk", "fa prs tg", "hy hyw", "az tr crh", "gl pt es ca",
    "zh yue wuu",
)  # fmt: skip
"""Languages close enough for a detector to mistake one for the other; a stated tag then stays."""
_VARIETIES = {"ar": ("arz", "ary"), "en": ("pcm",), "zh": ("wuu",), "he": ("hbo",), "el": ("grc",), "uz": ("uzs",)}
"""Varieties whose probability counts for the language, because short texts in it are spread over them."""
_BCP47 = {"arz": "ar", "ary": "ar", "hbo": "he", "uzs": "uz", "kik": "ki", "gug": "gn", "fuv": "ff"}
"""The detector's code → the tag BCP 47 asks for, where they differ."""
_OWN_SCRIPT = {"hy": re.compile("[\u0531-\u0587]"), "ka": re.compile("[\u10a0-\u10ff]")}
"""Scripts written for one language only: a few letters are enough."""
_FEWEST_OWN_LETTERS = 6
_ENGLISH = ((" the ", 25), (" of ", 100), (" and ", 100))
"""Words no other language shares, and one word in how many each must be: such a text needs no detector.

Measured on reports, treaties and chats in six languages: wherever the detector is sure, it agrees."""
_FEWEST_WORDS = 40
_SCRIPTS = (
    (re.compile("[A-Za-z\u00c0-\u024f]"), None),
    (_CYRILLIC, "ru uk be bg mk sr kk ky tg mn ab os ce av cv tt ba"),
    (re.compile("[\u0600-\u06ff]"), "ar fa ps ur ug sd ckb sdh arz ary prs ku"),
    (_OWN_SCRIPT["hy"], "hy hyw"),
    (_OWN_SCRIPT["ka"], "ka xmf"),
    (re.compile("[\u0590-\u05ff]"), "he yi"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)
_SEVERAL_SCRIPTS = frozenset(
    ("sr", "az", "uz", "kk", "ku", "tg", "mn", "tk", "tt", "ug", "sh", "bs", "ro", "pa", "ha", "ms")
)
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
    if _is_plainly_english(sample):
        return "en"
    letters = sum(map(str.isalpha, sample))
    for code, pattern in _OWN_SCRIPT.items():
        if len(pattern.findall(sample)) > max(_FEWEST_OWN_LETTERS, letters * 0.6):
            return code
    if letters < FEWEST_LETTERS:
        return None
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic > letters * 0.6 and len(_AZERBAIJANI_CYRILLIC.findall(sample)) * 200 > cyrillic:
        return "az-Cyrl"
    ranked = dict(_identifier().rank(sample))
    best = max(ranked, key=lambda code: ranked[code])
    found = _BCP47.get(best, best)
    probability = ranked[best] + sum(ranked.get(code, 0.0) for code in _VARIETIES.get(found, ()) if code != best)
    if found != best:
        probability += ranked.get(found, 0.0)
    return str(found) if probability >= sure and found != "zxx" else None


def _is_plainly_english(sample: str) -> bool:
    """Whether the commonest words of English are as common here as in English prose."""
    words = sample.count(" ") + 1
    low = sample.lower()
    return words >= _FEWEST_WORDS and all(low.count(word) * one_in >= words for word, one_in in _ENGLISH)


def has_letters(text: str, least: int) -> bool:
    """Whether a text has at least so many letters, of any script."""
    return len(list(islice(filter(str.isalpha, text), least))) == least


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
    return first == second or any(first in kin.split() and second in kin.split() for kin in _KIN)


def is_in_another_script(stated: str, text: str) -> bool:
    """Whether a text's letters are of a script the stated language is not written in: then the tag is a template's."""
    parts = stated.split("-")
    if parts[0].lower() in _SEVERAL_SCRIPTS or any(len(part) == 4 for part in parts[1:]):
        return False
    sample = text[:_SAMPLE_CHARACTERS]
    counts = [len(pattern.findall(sample)) for pattern, _ in _SCRIPTS]
    most = max(range(len(counts)), key=counts.__getitem__)
    if counts[most] * 2 < sum(map(str.isalpha, sample)) or not counts[most]:
        return False
    languages = _SCRIPTS[most][1]
    if languages is not None:
        return parts[0].lower() not in languages.split()
    return any(others is not None and parts[0].lower() in others.split() for _, others in _SCRIPTS)
