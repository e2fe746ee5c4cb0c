"""Words in a quote that tell one event from another: sites, groups, "another", plurals, ages."""

from __future__ import annotations

import re
from functools import lru_cache

_SITES = {
    "cathedral": r"cathedral",
    "church": r"church(?:es)?",
    "mosque": r"mosques?",
    "monastery": r"monaster(?:y|ies)",
    "cemetery": r"cemeter(?:y|ies)|graveyard",
    "hospital": r"(?<!to )(?<!to a )(?<!to the )(?<!in )hospitals?",
    "clinic": r"clinics?|health cent(?:er|re)s?|polyclinics?",
    "maternity": r"maternity",
    "kindergarten": r"kindergartens?|nurser(?:y|ies)",
    "university": r"universit(?:y|ies)|campus",
    "cultural_centre": r"cultur(?:al|e) cent(?:er|re)|house of culture",
    "museum": r"museums?",
    "theatre": r"theat(?:re|er)s?",
    "market": r"market(?:place)?s?|bazaar",
    "bakery": r"baker(?:y|ies)",
    "bus": r"bus(?:es)?|minibus(?:es)?",
    "train": r"trains?|railway station",
    "bridge": r"bridges?",
    "ambulance": r"ambulances?",
    "convoy": r"convoys?",
    "prison": r"prisons?|jails?",
    "camp": r"camps?",
    "dam": r"dams?|reservoir",
    "power_plant": r"power (?:plant|station)s?|substations?",
    "factory": r"factor(?:y|ies)",
    "funeral": r"funerals?",
    "wedding": r"weddings?",
    "hotel": r"hotels?",
    "roundabout": r"roundabout",
    "journalists": r"journalists?|reporters?|media crew",
    "peacekeepers": r"peacekeepers?",
    "protest": r"protest(?:s|ers?)?|demonstrations?|demonstrators?",
    "rally": r"rall(?:y|ies)|campaign event",
    "riot": r"riots?|rioting",
    "clash": r"clash(?:es)?",
    "election": r"voting|polling|vote counting|party primary|voter registration",
    "mercenaries": r"mercenar(?:y|ies)|foreign fighters|fighters from",
}
_SITE = re.compile(r"\b(?:" + "|".join(f"(?P<{key}>{words})" for key, words in _SITES.items()) + r")\b", re.IGNORECASE)
_STEMS = frozenset(
    stem
    for pattern in _SITES.values()
    for words in re.sub(r"\(\?<![^)]*\)", "", pattern).split("|")
    if len(stem := re.sub(r".\?.*|\(.*|\).*", "", words)) > 2
)
"""How the words for sites begin: a quick look whether any can stand in a quote."""

_ANOTHER = re.compile(
    r"\b(?:another|a second|second (?:strike|attack|missile|incident|shelling)|a third"
    r"|further (?:shelling|strikes?|attacks?)"
    r"|other (?:strikes?|attacks?|incidents?|videos?|cases|killings?)"
    r"|separate(?:ly)?|a different|renewed (?:shelling|strikes?|attacks?))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:attacks|strikes|raids|shellings|bombings|incidents|air ?strikes|executions|explosions)\b", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:in|during|by|of|from|after) (?:the|this|that|the same|this same) (?:very )?"
    r"(?:strike|attack|shelling|raid|blast|explosion|incident|bombing|bombardment|massacre)\b"
    r"|\bthe same (?:strike|attack|day|blast)\b"
    r"|\bin th(?:is|at) (?:strike|attack)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b|\baged (\d{1,3})\b", re.IGNORECASE)
_INCLUDING = re.compile(
    r"^\W*(?:including|among (?:them|the (?:dead|killed|injured|wounded|victims))|of (?:whom|these|those|them)"
    r"|one of (?:those|the|them)"
    r"|(?:at least |about |some |around |more than |over )?[\w-]+ of (?:them|whom|these|those"
    r"|the (?:dead|killed|injured|wounded|victims)))\b",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\b(?:severe(?:ly)?|serious(?:ly)?|critical(?:ly)?|grave(?:ly)?|mortally|badly|life-threatening|destroy(?:ed|s|ing)?"
    r"|destruction|flattened|razed|levell?ed|obliterated|decimated)\b",
    re.IGNORECASE,
)


_TOTAL = re.compile(
    r"\b(?:a total of|in total|in all|altogether|overall|combined|the total (?:number|toll)"
    r"|total (?:death|casualty) toll)\b",
    re.IGNORECASE,
)


def says_total(quote: str) -> bool:
    """Whether the words sum up: "a total of", "in all"."""
    return _TOTAL.search(quote) is not None


def says_severe(quote: str) -> bool:
    """Whether the words grade the harm or damage as grave: "severely wounded", "destroyed"."""
    return _SEVERE.search(quote) is not None


@lru_cache(maxsize=65536)
def sites(quote: str) -> frozenset[str]:
    """The kinds of site (or target) a quote names."""
    words = quote.casefold()
    if not any(stem in words for stem in _STEMS):
        return frozenset()
    return frozenset(match.lastgroup for match in _SITE.finditer(quote) if match.lastgroup)


def says_another(quote: str) -> bool:
    """Whether the words say that this is not the event spoken of before."""
    return _ANOTHER.search(quote) is not None


def says_several(quote: str) -> bool:
    """Whether the words speak of several events at once."""
    return _SEVERAL.search(quote) is not None


def says_same(quote: str) -> bool:
    """Whether the words point back to the event spoken of before ("in the same strike")."""
    return _SAME.search(quote) is not None


def says_including(quote: str) -> bool:
    """Whether the words open as a part of a total ("including four children", "15 of them civilians")."""
    return _INCLUDING.search(quote) is not None


def ages(quote: str) -> frozenset[int]:
    """Ages stated in digits."""
    return frozenset(int(a or b) for a, b in _AGE.findall(quote))
