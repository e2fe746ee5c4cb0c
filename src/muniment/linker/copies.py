"""Sentences that stand near-verbatim in several documents: one origin, not two. Compared only in small blocks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from muniment.linker.event import published_day
from muniment.linker.lineage import origin
from muniment.linker.names import fold
from muniment.model import Claim, Document, Flag, Relation

SHINGLE_WORDS = 4
SHORTEST_WORDS = 7
"""Shorter sentences are the genre's own phrases and prove nothing."""

LONG_WORDS = 12
"""From this length on, the same sentence speaks of the same event."""

ALIKE = 90.0
KEYS = 4
MOST_IN_BLOCK = 40
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Copy:
    """Claim `later` repeats the words of claim `first`."""

    later: str
    first: str
    ratio: float


def find_copies(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Copy]:
    """Near-verbatim sentences across documents, each set against the first that has it.

    Numbers must be the same: a sentence whose figure changed is not a copy.
    """
    order = sorted(claims, key=lambda c: (published_day(documents.get(c.document)) or 0, c.document, c.span, c.id))
    folded = {c.id: fold(c.quote) for c in order}
    blocks: dict[str, list[Claim]] = {}
    first_of: dict[str, tuple[str, float]] = {}
    for claim in order:
        words = folded[claim.id].split()
        if len(words) < SHORTEST_WORDS:
            continue
        keys = _keys(words)
        best: tuple[float, str] | None = None
        for other in dict.fromkeys(o.id for key in keys for o in blocks.get(key, ())[:MOST_IN_BLOCK]):
            ratio = fuzz.ratio(folded[claim.id], folded[other], score_cutoff=ALIKE)
            if ratio and _NUMBER.findall(folded[claim.id]) == _NUMBER.findall(folded[other]):
                root = first_of.get(other, (other, 100.0))[0]
                best = min(best or (1.0, ""), (-ratio, root))
        if best is not None:
            first_of[claim.id] = (best[1], -best[0])
        for key in keys:
            blocks.setdefault(key, []).append(claim)
    home = {c.id: c.document for c in order}
    return [
        Copy(later, first, ratio) for later, (first, ratio) in sorted(first_of.items()) if home[later] != home[first]
    ]


def _keys(words: list[str]) -> list[str]:
    shingles = {" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1)}
    return sorted(hashlib.blake2b(shingle.encode(), digest_size=8).hexdigest() for shingle in shingles)[:KEYS]


def sentence_keys(copies: Sequence[Copy], claims: Mapping[str, Claim]) -> dict[str, str]:
    """Claim id to the key its long sentence shares with its copies."""
    out: dict[str, str] = {}
    for copy in copies:
        if len(fold(claims[copy.later].quote).split()) >= LONG_WORDS:
            out[copy.later] = out[copy.first] = copy.first
    return out


def relations(copies: Sequence[Copy], claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> list[Relation]:
    """`copied_from` and `same_origin`, for the claims and for the documents they stand in."""
    out: list[Relation] = []
    whole: dict[tuple[str, str], int] = {}
    for copy in copies:
        why = f"the same sentence ({copy.ratio:.0f} % alike)"
        out.append(Relation("copied_from", copy.later, copy.first, score=round(copy.ratio / 100, 3), why=why))
        out.append(Relation("same_origin", copy.later, copy.first, score=round(copy.ratio / 100, 3), why=why))
        if len(fold(claims[copy.later].quote).split()) >= LONG_WORDS:
            pair = (claims[copy.later].document, claims[copy.first].document)
            whole[pair] = whole.get(pair, 0) + 1
    for (later, first), number in sorted(whole.items()):
        sentences = "1 sentence stands" if number == 1 else f"{number} sentences stand"
        out.append(Relation("copied_from", later, first, why=f"{sentences} in both"))
    return out


def changed_sources(
    copies: Sequence[Copy], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> list[Flag]:
    """A copy that leaves out whom the first text named, or names another."""
    out = []
    for copy in copies:
        first, later = claims[copy.first], claims[copy.later]
        if not first.source or first.source[-1].type in ("self", "anonymous"):
            continue
        named = origin(first, documents.get(first.document))
        if named in {fold(link.who) for link in later.source}:
            continue
        cited = later.source[-1].who if later.source and later.source[-1].type != "self" else None
        says = f"the copy names {cited}" if cited else "the copy names nobody else"
        out.append(
            Flag(
                "source_changed",
                (later.id, first.id),
                f"The first text gives {first.source[-1].who} as the source; {says}.",
            )
        )
    return out
