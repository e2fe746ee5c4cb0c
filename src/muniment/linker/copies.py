"""Sentences that stand near-verbatim in several documents: one origin, not two. Compared only in small blocks."""

from __future__ import annotations

import hashlib
import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

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

Place = tuple[int, str, int, int, str]
"""Where a claim stands in the order of telling: day of publication, document, span, id."""

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


class Copies:
    """Near-verbatim sentences across documents, each set against the first that has it; kept as documents come and go.

    Numbers must be the same: a sentence whose figure changed is not a copy.
    """

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self._place: dict[str, Place] = {}
        self._words: dict[str, str] = {}
        self._blocks: dict[bytes, list[Place]] = {}
        self._first: dict[str, tuple[str, float]] = {}
        self._repeats: dict[str, set[str]] = {}

    def update(self, gone: Iterable[str], came: Iterable[Claim], documents: Mapping[str, Document]) -> set[str]:
        """Take claims out and others in.

        Args:
            gone: ids of claims that are told no more.
            came: claims that are told now.
            documents: for the days the claims were published.

        Returns:
            the documents that a claim stands in whose copies are others than before.
        """
        moved: dict[str, tuple[str, float] | None] = {}
        to_do: list[Place] = []
        for id_ in gone:
            to_do += self._take_out(id_, moved)
        told = sorted(((_place_of(claim, documents), claim) for claim in came), key=lambda item: item[0])
        if not self.claims:  # all at once, in their order: nothing told later is there yet
            for place, claim in told:
                self._put_in(place, claim)
                self._set(place[-1], self._found(place), moved)
        else:
            for place, claim in told:
                self._put_in(place, claim)
            to_do += [place for place, _ in told]
            for place, _ in told:
                to_do += self._after(place, partial(self._may_follow, place[-1]))
            self._look_again(to_do, moved)
        touched = {
            root for id_, was in moved.items() for root in (id_, *(was or ())[:1], *self._first.get(id_, ())[:1])
        }
        return {self.claims[id_].document for id_ in touched if id_ in self.claims}

    def all(self) -> list[Copy]:
        """Every copy, by the id of the claim that repeats."""
        return [
            Copy(later, first, ratio)
            for later, (first, ratio) in sorted(self._first.items())
            if self.claims[later].document != self.claims[first].document
        ]

    def sentence_keys(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Claim id to the key its long sentence shares with its copies, for those that have any."""
        out: dict[str, str] = {}
        for claim in claims:
            first = self._first.get(claim.id, (None,))[0]
            if first is not None and self._is_long(claim.id):
                if self.claims[first].document != claim.document:
                    out[claim.id] = first
            elif self._repeats.get(claim.id):
                out[claim.id] = claim.id
        return out

    def _is_long(self, id_: str) -> bool:
        return len(self._words[id_].split()) >= LONG_WORDS

    def _look_again(self, to_do: list[Place], moved: dict[str, tuple[str, float] | None]) -> None:
        """Find again what these repeat, in the order of telling: what is told later follows what it repeats."""
        heapq.heapify(to_do)
        last: Place | None = None
        while to_do:
            place = heapq.heappop(to_do)
            if place == last or self._place.get(place[-1]) != place:
                continue
            last = place
            if self._set(place[-1], self._found(place), moved):
                for later in self._after(place, self._first.__contains__):
                    heapq.heappush(to_do, later)

    def _set(self, id_: str, now: tuple[str, float] | None, moved: dict[str, tuple[str, float] | None]) -> bool:
        before = self._first.get(id_)
        if now == before:
            return False
        moved.setdefault(id_, before)
        if before is not None:
            del self._first[id_]
            self._repeats[before[0]].discard(id_)
        if now is not None:
            self._first[id_] = now
            long = self._is_long(id_) and self.claims[id_].document != self.claims[now[0]].document
            self._repeats.setdefault(now[0], set()).update((id_,) if long else ())
        return True

    def _may_follow(self, now: str, later: str) -> bool:
        return later in self._first or self._alike(now, later) > 0

    def _put_in(self, place: Place, claim: Claim) -> None:
        self.claims[claim.id], self._place[claim.id], self._words[claim.id] = claim, place, sentence(claim)
        for key in _keys(self._words[claim.id]):
            insort(self._blocks.setdefault(key, []), place)

    def _take_out(self, id_: str, moved: dict[str, tuple[str, float] | None]) -> list[Place]:
        place = self._place.pop(id_)
        later = self._after(place, lambda _: True)
        for key in _keys(self._words.pop(id_)):
            block = self._blocks[key]
            del block[bisect_left(block, place)]
            if not block:
                del self._blocks[key]
        self._set(id_, None, moved)
        del self.claims[id_]
        return later

    def _after(self, place: Place, which: Callable[[str], bool]) -> list[Place]:
        """The sentences told after one that are held against it."""
        found = []
        for key in _keys(self._words[place[-1]]):
            block = self._blocks[key]
            at = bisect_right(block, place)
            found += [later for later in block[at : at + MOST_IN_BLOCK] if which(later[-1])]
        return found

    def _found(self, place: Place) -> tuple[str, float] | None:
        id_ = place[-1]
        best: tuple[float, str] | None = None
        for other in self._before(id_, place):
            ratio = self._alike(id_, other)
            if ratio:
                root = self._first.get(other, (other, 100.0))[0]
                best = min(best or (1.0, ""), (-ratio, root))
        return None if best is None else (best[1], -best[0])

    def _before(self, id_: str, place: Place) -> Iterable[str]:
        found: dict[str, None] = {}
        for key in _keys(self._words[id_]):
            block = self._blocks[key]
            at = bisect_left(block, place)
            found.update(dict.fromkeys(earlier[-1] for earlier in block[max(0, at - MOST_IN_BLOCK) : at]))
        return found

    def _alike(self, id_: str, other: str) -> float:
        ratio = fuzz.ratio(self._words[id_], self._words[other], score_cutoff=ALIKE)
        if not ratio:
            return 0.0
        a, b = self.claims[id_], self.claims[other]
        return ratio if _of_one_event(a, b) and _of_one_site(a, b) else 0.0


def _place_of(claim: Claim, documents: Mapping[str, Document]) -> Place:
    day = published_day(documents.get(claim.document)) or 0
    return (day, claim.document, claim.span.start, claim.span.end, claim.id)


@lru_cache(maxsize=4096)
def _keys(folded: str) -> tuple[bytes, ...]:
    """A few stable shingles of a sentence, each with all its figures: another figure is another sentence.

    Too short a sentence has none.
    """
    words = folded.split()
    if len(words) < SHORTEST_WORDS:
        return ()
    shingles = {" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1)}
    end = "|" + " ".join(word for word in words if word in _NUMBER_WORDS or word.isdigit())
    return tuple(
        sorted(hashlib.blake2b((shingle + end).encode(), digest_size=8).digest() for shingle in shingles)[:KEYS]
    )


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
