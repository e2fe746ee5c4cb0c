"""What a document says twice in the same words (excerpt, pull quote, bullet, tripled body): mentions of one claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from muniment.extractors.draft import Draft
from muniment.extractors.view import View
from muniment.model import Span

_WORD = re.compile(r"[^\W_]+")
_PREFERRED = {"paragraph": 0, "bullet": 1, "note": 2, "heading": 3}
_SHARED_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Wording:
    draft: Draft
    claim: tuple[str, ...]
    sentence: tuple[str, ...]
    at: int
    rank: tuple[int, int]


def join_repeats(drafts: list[Draft], view: View) -> list[Draft]:
    """The drafts without repeats; a repeat's span stands among the mentions of the one kept.

    Two drafts repeat each other where kind, harm and count agree and the wording is the same up to case, digits and
    truncation. The fullest telling is kept: a paragraph before a bullet, a note or a heading.
    """
    groups: dict[object, list[_Wording]] = {}
    words: dict[int, tuple[str, ...]] = {}
    for draft in drafts:
        sentence = words.get(draft.sentence.index)
        if sentence is None:
            sentence = words[draft.sentence.index] = _words(view, draft.sentence.start, draft.sentence.end)
        count = draft.count
        value = None if count is None else (count.min, count.best, count.max, count.qualifier, count.unit)
        key = (draft.kind, draft.harm, value)
        claim = _words(view, draft.start, draft.end)
        at = len(_words(view, draft.sentence.start, draft.start)) if draft.start > draft.sentence.start else 0
        rank = (_PREFERRED[view.block_of(draft.sentence).kind], -len(sentence))
        groups.setdefault(key, []).append(_Wording(draft, claim, sentence, at, rank))
    kept: list[Draft] = []
    for group in groups.values():
        kept.extend(_join(group))
    return _without_truncated(sorted(kept, key=lambda draft: (draft.start, draft.end)), view, words)


def _without_truncated(drafts: list[Draft], view: View, words: dict[int, tuple[str, ...]]) -> list[Draft]:
    """A claim cut off in its middle ("civilian deaths, […]") is a mention of the one told in full."""
    kept: list[Draft] = []
    for draft in drafts:
        whole = next((other for other in drafts if other is not draft and _is_cut(draft, other, view, words)), None)
        if whole is None:
            kept.append(draft)
        else:
            whole.mentions = tuple(sorted({*whole.mentions, Span(draft.start, draft.end), *draft.mentions}))
    return kept


def _is_cut(draft: Draft, other: Draft, view: View, words: dict[int, tuple[str, ...]]) -> bool:
    if draft.kind != other.kind or draft.sentence.index == other.sentence.index:
        return False
    behind = view.clean[draft.end : draft.end + 12]
    if "[…" not in behind and "[..." not in behind and "…" not in behind:
        return False
    if not set(draft.harm) <= set(other.harm):
        return False
    lead = len(_words(view, draft.sentence.start, draft.start))
    until = len(_words(view, draft.sentence.start, draft.end))
    cut, full = words[draft.sentence.index], words[other.sentence.index]
    return lead >= _SHARED_WORDS and cut[:until] == full[:until]


def _join(group: list[_Wording]) -> list[Draft]:
    told: list[tuple[_Wording, set[Span]]] = []
    by_words: dict[tuple[str, ...], list[tuple[_Wording, set[Span]]]] = {}
    for wording in sorted(group, key=lambda w: (w.rank, w.draft.start)):
        near = by_words.setdefault(_core(wording.claim), [])
        again = next((spans for other, spans in near if _same(wording, other)), None)
        if again is None:
            near.append((wording, set(wording.draft.mentions)))
            told.append(near[-1])
        else:
            again.update((Span(wording.draft.start, wording.draft.end), *wording.draft.mentions))
    for wording, spans in told:
        wording.draft.mentions = tuple(sorted(spans))
    return [wording.draft for wording, _ in told]


def _core(claim: tuple[str, ...]) -> tuple[str, ...]:
    """The words two tellings of one claim must begin with to be compared at all."""
    return claim[:2]


def _same(a: _Wording, b: _Wording) -> bool:
    if a.draft.sentence.index == b.draft.sentence.index:
        return a.draft.start == b.draft.start and a.draft.end == b.draft.end
    short, long_ = sorted((a, b), key=lambda w: len(w.sentence))
    if short.sentence == long_.sentence:
        return a.at == b.at
    # Truncated or taken out of its sentence: the words around the claim agree as far as both go.
    before = min(short.at, long_.at)
    after = min(len(short.sentence) - short.at, len(long_.sentence) - long_.at)
    agree = short.sentence[short.at - before : short.at + after] == long_.sentence[long_.at - before : long_.at + after]
    return agree and before + after >= min(_SHARED_WORDS, len(short.sentence))


_FIRST_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_FIRST_NUMBERS)}


def _words(view: View, start: int, end: int) -> tuple[str, ...]:
    return tuple(_NUMBERS.get(word, word) for word in _WORD.findall(view.low, start, end))
