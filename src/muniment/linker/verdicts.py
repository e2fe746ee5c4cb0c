"""Status over time: what one publisher says later of the same reports. Never back-dated: the earlier claim stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muniment.linker.compare import voices_meet
from muniment.linker.event import published_day
from muniment.linker.names import fold
from muniment.model import Claim, Document, Relation

PHRASE_WORDS = 3
"""So many words in a row, at least two of them long, name one thing: "reports of civilian casualties"."""

LONG_WORD = 6
NEIGHBOURS = 8


def relations(order: Sequence[Claim], documents: Mapping[str, Document]) -> list[Relation]:
    """`updates` between verifications of the same reports, where the firmness changed.

    Args:
        order: all claims, by day of publication and place in the text.
        documents: for publishers and dates.
    """
    blocks: dict[str, list[Claim]] = {}
    for claim in order:
        if claim.kind == "verification":
            for phrase in _phrases(claim.quote):
                blocks.setdefault(phrase, []).append(claim)
    out: dict[tuple[str, str], Relation] = {}
    for phrase, members in sorted(blocks.items()):
        for n, later in enumerate(members):
            for earlier in members[max(0, n - NEIGHBOURS) : n]:
                if later.level != earlier.level and _goes_on(later, earlier, documents):
                    why = f"of the same “{phrase}”: {earlier.level}, then {later.level}"
                    out.setdefault((later.id, earlier.id), Relation("updates", later.id, earlier.id, why=why))
    return list(out.values())


def _phrases(quote: str) -> set[str]:
    words = fold(quote).split()
    found = (words[n : n + PHRASE_WORDS] for n in range(len(words) - PHRASE_WORDS + 1))
    return {" ".join(phrase) for phrase in found if sum(len(word) >= LONG_WORD for word in phrase) > 1}


def _goes_on(later: Claim, earlier: Claim, documents: Mapping[str, Document]) -> bool:
    a, b = documents.get(later.document), documents.get(earlier.document)
    if a is None or b is None or not a.publisher or not b.publisher:
        return False
    x, y = published_day(a), published_day(b)
    newer = x is not None and y is not None and x > y
    return newer and voices_meet(frozenset({fold(a.publisher)}), frozenset({fold(b.publisher)}))
