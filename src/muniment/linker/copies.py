"""Sentences that stand near-verbatim in several documents: one origin, not two. Compared only in small blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from muniment.linker import objects
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
_NUMBER_WORDS = frozenset(
    {
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "dozen", "dozens", "scores",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """Claim `later` repeats the words of claim `first`."""

    later: str
    first: str
    ratio: float


def sentence(claim: Claim) -> str:
    """The words of a claim's sentence as far as the claim holds them: its quote, and the words for its place."""
    words = fold(claim.quote)
    where = fold(claim.where.raw) if claim.where is not None else ""
    return words if not where or where in words else f"{words} {where}"


def find_copies(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Copy]:
    """Near-verbatim sentences across documents, each set against the first that has it.

    Numbers must be the same: a sentence whose figure changed is not a copy.
    """
    order = sorted(claims, key=lambda c: (published_day(documents.get(c.document)) or 0, c.document, c.span, c.id))
    by_id = {c.id: c for c in order}
    folded = {c.id: sentence(c) for c in order}
    blocks: dict[bytes, list[str]] = {}
    first_of: dict[str, tuple[str, float]] = {}
    for claim in order:
        words = folded[claim.id].split()
        if len(words) < SHORTEST_WORDS:
            continue
        figures = [word for word in words if word in _NUMBER_WORDS or word.isdigit()]
        keys = _keys(words, figures)
        best: tuple[float, str] | None = None
        for other in dict.fromkeys(id_ for key in keys for id_ in blocks.get(key, ())[-MOST_IN_BLOCK:]):
            ratio = fuzz.ratio(folded[claim.id], folded[other], score_cutoff=ALIKE)
            if not ratio or not _of_one_event(claim, by_id[other]) or not _of_one_site(claim, by_id[other]):
                continue
            root = first_of.get(other, (other, 100.0))[0]
            best = min(best or (1.0, ""), (-ratio, root))
        if best is not None:
            first_of[claim.id] = (best[1], -best[0])
        for key in keys:
            blocks.setdefault(key, []).append(claim.id)
    return [
        Copy(later, first, ratio)
        for later, (first, ratio) in sorted(first_of.items())
        if by_id[later].document != by_id[first].document
    ]


def _keys(words: list[str], figures: list[str]) -> list[bytes]:
    """A few stable shingles of a sentence, each with all its figures: another figure is another sentence."""
    shingles = {" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1)}
    end = "|" + " ".join(figures)
    return sorted(hashlib.blake2b((shingle + end).encode(), digest_size=8).digest() for shingle in shingles)[:KEYS]


def _of_one_event(a: Claim, b: Claim) -> bool:
    """Whether the event of both can be one: a formula used again months later, or of another town, is no copy."""
    here, there = _places(a), _places(b)
    if here and there and not here & there:
        return False
    if a.weapon is not None and b.weapon is not None and a.weapon.class_ != b.weapon.class_:
        return False
    if a.when is None or b.when is None:
        return True
    begins, ends = (a.when.earliest, b.when.earliest), (a.when.latest, b.when.latest)
    apart = any(
        start is not None and end is not None and start > end
        for start, end in ((begins[0], ends[1]), (begins[1], ends[0]))
    )
    return not apart


def _of_one_site(a: Claim, b: Claim) -> bool:
    return objects.sites(a.quote) == objects.sites(b.quote)


def _places(claim: Claim) -> set[str]:
    where = claim.where
    if where is None:
        return set()
    return {*where.places, *([where.place] if where.place else [])}


def sentence_keys(copies: Sequence[Copy], claims: Mapping[str, Claim]) -> dict[str, str]:
    """Claim id to the key its long sentence shares with its copies."""
    out: dict[str, str] = {}
    for copy in copies:
        if len(sentence(claims[copy.later]).split()) >= LONG_WORDS:
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
        if len(sentence(claims[copy.later]).split()) >= LONG_WORDS:
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
