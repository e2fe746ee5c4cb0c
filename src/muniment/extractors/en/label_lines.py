"""Figures behind a label: "Reported killed: 45", "Injured in the same period: 103 persons", "Dead – 4; wounded – 9"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import NOUNS, STOPS, Group
from muniment.extractors.en.predicates import FORMS, Predicate
from muniment.model.vocabulary import Harm

_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "label_lines")
_MARKS = frozenset((":", "–", "="))
_PARTS = frozenset((";", ",", ".", "(", ")", "•", "|", "*", "/", "-"))
_LONGEST = 8
_LABELS: dict[str, Harm] = {
    **dict.fromkeys(_WORDS["killed"], "killed"),
    **dict.fromkeys(_WORDS["injured"], "injured"),
    **dict.fromkeys(_WORDS["missing"], "missing"),
    **dict.fromkeys(_WORDS["displaced"], "displaced"),
    **dict.fromkeys(_WORDS["casualties"], "casualties"),
}  # fmt: skip


def read(reading: Reading) -> None:
    """Add the claims of figures that stand behind a label of harm."""
    words = reading.tokens.words
    if _MARKS.isdisjoint(words):
        return
    for mark, word in enumerate(words):
        if word not in _MARKS or mark == 0 or mark + 1 >= len(words):
            continue
        first = _label_start(words, mark)
        label = words[first:mark]
        at = next((k for k in range(mark - 1, first - 1, -1) if words[k] in _LABELS), None)
        if at is None or not _WORDS["not_in_label"].isdisjoint(label):
            continue
        if word != ":" and (first > 0 and words[first - 1] not in _PARTS):
            continue
        _figure(reading, first, at, mark, _LABELS[words[at]])


def _label_start(words: list[str], mark: int) -> int:
    first = mark
    while first > 0 and words[first - 1] not in _PARTS and words[first - 1] not in _MARKS and mark - first < _LONGEST:
        first -= 1
    return first


def _figure(reading: Reading, first: int, at: int, mark: int, harm: Harm) -> None:
    words = reading.tokens.words
    value = mark + 1
    while value < len(words) and words[value] in ("*", "~", "c"):
        value += 1
    told = reading.linker.after(value, most=0)
    if not told:
        return
    harmed = told[0]
    group = harmed.group
    if group.quantity is None or group.kind != "counted" or group.quantity.qualifier == "share":
        return
    following = reading.tokens.word(group.last)
    if following in FORMS or (following in NOUNS and NOUNS[following].harm):
        return  # "Dead: 69 killed": the figure has its own word
    if group.guessed or (group.loose and group.tail and following not in STOPS):
        return  # "Missing: 4 tractors"
    if reading.is_done(group, harm):
        return
    if "civilian" in words[first:mark] or "civilians" in words[first:mark]:
        harmed.group = _civil(group)
    predicate = Predicate(at, at + 1, (harm,), "noun", auxiliary=first)
    reading.add(harmed, (harm,), predicate, "label")
    for labelled in reading.groups:
        if first <= labelled.first <= at:
            reading.settle(labelled, harm)  # the "civilians" of "Civilians killed: 12" have their figure now


def _civil(group: Group) -> Group:
    return replace(group, status="civilian") if group.status == "unknown" else group
