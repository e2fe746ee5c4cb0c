"""Casualties: people killed, injured, missing, displaced; how many, who, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en import (
    casualty_nouns,
    casualty_parts,
    casualty_series,
    continuing,
    label_lines,
    losses,
    mentioned,
    negated_counts,
    referring,
    victim_lists,
)
from muniment.extractors.en.casualty_reading import HYPOTHETICAL, LISTS, MODALS, NEGATIONS, Reading
from muniment.extractors.en.nouns import DETERMINERS, NOUNS, Group
from muniment.extractors.en.numbers import starters
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import FORMS, TRIGGER, Predicate, inside_phrases, predicates
from muniment.extractors.en.tokens import Tokens, joined_words, unbracketed, unquoted
from muniment.extractors.mentions import Mentions
from muniment.extractors.view import View

_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "casualties")
_OBJECTS = _WORDS["objects"]
_BEHIND_PARTICIPLE = frozenset(
    (
        "",
        ".",
        ",",
        ";",
        "in",
        "at",
        "by",
        "on",
        "when",
        "during",
        "instantly",
        "there",
        "near",
        "outside",
        "while",
        "as",
    )
)
_PERSON_OBJECTS = frozenset(("him", "her", "them"))
_BEHIND_OBJECT = _WORDS["behind_object"]
_BEFORE_ATTRIBUTE = _WORDS["before_attribute"]
_STILL_TOLD = frozenset(("continue", "continued", "reported", "confirmed", "believed", "said", "known", "thought"))
_CARRIERS = frozenset(
    {*FORMS, *LISTS["carriers"]["words"], *LISTS["loss"]["verbs"]}
    | {word for word, noun in NOUNS.items() if noun.harm is not None or noun.body}
    | set(joined_words())
)
"""Words of which a sentence must hold one to be read at all."""
_NO_LETTERS = {ord(mark): " " for mark in map(chr, range(128)) if not (mark.isalpha() or mark == "-")}
_NO_LETTERS.update({ord(mark): " " for mark in "“”„‘’‚«»–—…•\u00a0"})
_SO_WITHIN = 20
_FRONTED_WITHIN = 10
_HABITS = frozenset(
    ("every", "each", "often", "usually", "always", "annually", "yearly", "daily", "if", "when", "that")
)
_LONGEST_HEADLINE = 24
_WEAK = frozenset(LISTS["weak"]["words"])
_STRIKES = _WORDS["strikes"]
_LONGEST_SUBJECT = 5
_CAN = frozenset(("can", "could", "cannot", "will", "would", "must", "should"))
_KNOWN = frozenset(("since", "if", "until", "before", "because", "whether", "where", "that"))
_PERHAPS = frozenset(("may", "might", "could"))
_TOLD_BY = frozenset(LISTS["told_by"]["words"])


def _words(low: str) -> list[str]:
    """The words of a sentence without marks and figures, quickly: only to see whether one of them tells of harm."""
    return low.translate(_NO_LETTERS).replace(" -", " ").replace("- ", " ").split()


def find(view: View, mentions: Mentions) -> Iterator[Draft]:
    """The casualty claims of a document, sentence by sentence."""
    low = view.low
    found: list[Draft] = []
    for sentence in view.sentences:
        if not _CARRIERS.isdisjoint(_words(low[sentence.start : sentence.end])) and TRIGGER.search(
            low, sentence.start, sentence.end
        ):
            found += _read(Reading(view, sentence, unbracketed(unquoted(Tokens(view, sentence.start, sentence.end)))))
    found += list(victim_lists.find(view, found))
    found += list(referring.find(view, found))
    found += list(continuing.find(view, found))
    yield from sorted(found, key=lambda draft: (draft.start, draft.end))


def _read(reading: Reading) -> list[Draft]:
    found = predicates(reading.tokens, reading.groups)
    negated_counts.read(reading, found)
    label_lines.read(reading)
    for predicate, first, last in inside_phrases(reading.tokens):
        if _is_told(reading, predicate):
            _inside(reading, predicate, first, last)
    for predicate in found:
        if _is_told(reading, predicate):
            for harmed in (_fronted(reading, predicate) or _patients(reading, predicate)) + _so_were(
                reading, predicate
            ):
                reading.add(harmed, predicate.harms, predicate, predicate.form)
    casualty_nouns.read(reading, found)
    losses.read(reading)
    mentioned.read(reading)
    casualty_parts.read(reading)
    casualty_series.read(reading)
    return sorted(reading.found, key=lambda draft: (draft.start, draft.end))


def _patients(reading: Reading, predicate: Predicate) -> list[Harmed]:
    """Whom a word of harm is about."""
    linker, tokens = reading.linker, reading.tokens
    form, side = predicate.form, predicate.side
    if form == "gerund" or side == "after":
        return linker.after(predicate.last)
    if form == "bare":
        return _headline(reading, predicate)
    if form == "present":
        return _present(reading, predicate)
    if form == "intransitive" or side == "before":
        told = linker.before(predicate.auxiliary)
        if not told and form == "phrase" and _is_myself(reading, predicate.first - 1):
            return _myself(predicate.first - 1)
        if not told and (form == "intransitive" or tokens.words[predicate.first + 1 : predicate.first + 2] == ["not"]):
            told = linker.sharing(predicate.auxiliary)
        return linker.joined_by(told, predicate.last)
    if side == "owner":
        return linker.owner(predicate.first)
    if form == "adjective":
        return linker.before(predicate.auxiliary) if predicate.passive else linker.adjacent(predicate.first)
    if predicate.passive:
        told = linker.before(predicate.auxiliary)
        if not told and _is_myself(reading, predicate.auxiliary - 1):
            return _myself(predicate.auxiliary - 1)
        return linker.joined_by(told, predicate.last)
    return _active_or_reduced(reading, predicate, tokens.word(predicate.first - 1))


def _is_myself(reading: Reading, k: int) -> bool:
    """Whether "I" stands at `k`, and not in "ever since I was injured", which tells of it as known."""
    return reading.tokens.word(k) == "i" and reading.tokens.word(k - 1) not in _KNOWN


def _myself(k: int) -> list[Harmed]:
    """ "I was wounded in the leg": the one who speaks."""
    group = Group(k, k + 1, "one")
    return [Harmed(group, k, k + 1, members=(group,))]


def _fronted(reading: Reading, predicate: Predicate) -> list[Harmed]:
    """ "Killed in the attack were a driver and two guards", "Also wounded was the mayor"."""
    words = reading.tokens.words
    if predicate.form != "participle" or predicate.passive or predicate.first > 1:
        return []
    if predicate.first == 1 and words[0] != "also":
        return []
    for k in range(predicate.last, min(predicate.last + _FRONTED_WITHIN, len(words))):
        if words[k] in (",", ";", ":", "who", "that", "which"):
            return []
        if words[k] in ("was", "were"):
            return reading.linker.after(k + 1, most=0)
    return []


def _so_were(reading: Reading, predicate: Predicate) -> list[Harmed]:
    """ "she was killed, and so was her son": those of whom the same is told."""
    words = reading.tokens.words
    for k in range(predicate.last, min(predicate.last + _SO_WITHIN, len(words) - 1)):
        if words[k] in ("so", "as") and words[k + 1] in ("was", "were", "did") and words[k - 1] in ("and", ",", ";"):
            return reading.linker.after(k + 2, most=1)
        if words[k] in ("too", "also", "as") and (words[k] != "as" or words[k + 1] == "well"):
            return _too(reading, predicate, k)
    return []


def _too(reading: Reading, predicate: Predicate, k: int) -> list[Harmed]:
    """ "my sister was killed, and my mother as well": those in front of "too" at the end of a clause."""
    words = reading.tokens.words
    behind = reading.tokens.word(k + (2 if words[k] == "as" else 1))
    if behind not in ("", ".", ",", ";", "”", '"'):
        return []
    group = next((g for g in reading.groups if g.last == k and g.first > predicate.last), None)
    if group is None or group.kind not in ("one", "named") or words[group.first - 1] not in (",", "and"):
        return []
    return reading.linker.after(group.first, most=0)


def _active_or_reduced(reading: Reading, predicate: Predicate, before: str) -> list[Harmed]:
    """ "killed 12 people" or "12 people killed": without an auxiliary, what stands beside the verb decides."""
    linker = reading.linker
    if predicate.perfect or before in ("which", "that", "who", "and"):
        told = linker.after(predicate.last)
        if told or predicate.perfect:
            return told
    if before in _BEFORE_ATTRIBUTE:
        return []  # "took the clothes off injured people": an attribute
    if reading.tokens.word(predicate.last - 1) in _WEAK and _begins_object(reading.tokens.word(predicate.last)):
        return linker.after(predicate.last)  # "in March soldiers burned 70 huts"
    beside = linker.adjacent(predicate.first)
    if beside and beside[-1].group.loose and before != "and":
        return beside
    following = reading.tokens.word(predicate.last)
    if following in DETERMINERS or following in _OBJECTS:
        return linker.after(predicate.last)  # "armed men killed the head of the village": an object follows
    told = linker.after(predicate.last) or beside
    if not told and before == "and" and predicate.form == "participle" and _ends_there(following):
        return linker.sharing(predicate.first)  # "his wife was at home and killed"
    return told


def _ends_there(following: str) -> bool:
    """Whether no object can follow a participle: its clause ends, or goes on with where, when or by whom."""
    return following in _BEHIND_PARTICIPLE


def _begins_object(word: str) -> bool:
    return word in DETERMINERS or word[:1].isdigit() or word in starters() or word == "down"


def _present(reading: Reading, predicate: Predicate) -> list[Harmed]:
    """ "decapitates him with a knife": told of one person, in a description of pictures."""
    following = reading.tokens.word(predicate.last)
    if following in _PERSON_OBJECTS:
        if reading.tokens.word(predicate.last + 1) not in _BEHIND_OBJECT:
            return []
        group = Group(predicate.last, predicate.last + 1, "one" if following != "them" else "bare")
        return [Harmed(group, group.first, group.last, members=(group,))]
    told = reading.linker.after(predicate.last)
    if any(harmed.group.kind == "counted" for harmed in told):
        return told if _is_headline(reading, told[-1].last) else []
    return [harmed for harmed in told if harmed.group.kind in ("one", "named")]


def _headline(reading: Reading, predicate: Predicate) -> list[Harmed]:
    """ "Gunmen kill nine miners in Kolva": a headline, whose subject stands in front and whose object is counted."""
    words, k = reading.tokens.words, predicate.first
    if words[k] == "die":
        told = reading.linker.before(k) if _is_headline(reading, k) else []
        return [harmed for harmed in told if harmed.group.kind == "counted" and not harmed.group.guessed]
    subject = words[k - 1] if k else ""
    noun = NOUNS.get(subject)
    acts = subject in _STRIKES or (noun is not None and noun.many and noun.people and noun.harm is None)
    if not acts or k > _LONGEST_SUBJECT or not reading.tokens.capital[0] or not _is_headline(reading, k):
        return []
    return [harmed for harmed in reading.linker.after(predicate.last) if _is_counted(harmed.group)]


def _is_counted(group: Group) -> bool:
    return group.kind == "counted" and not group.guessed and not group.loose


def _is_headline(reading: Reading, k: int) -> bool:
    """ "Rockets kill 12 in market": the present of headlines, not of what happens every year."""
    words = reading.tokens.words
    habits = _HABITS & set(words)
    return not habits and words[k : k + 1] != ["per"] and len(words) <= _LONGEST_HEADLINE and words[-1:] != ["."]


def _inside(reading: Reading, predicate: Predicate, first: int, last: int) -> None:
    inner = [
        group for group in reading.groups if first <= group.first and group.last <= last + 1 and group.kind != "nobody"
    ]
    if inner:
        for harmed in reading.linker.after(inner[0].first):
            reading.add(harmed, predicate.harms, predicate, "phrase")
    elif predicate.harms == ("killed",):
        group = Group(first, last, "one")
        for word in reading.tokens.words[first:last]:
            noun = NOUNS.get(word.removesuffix("'s"))
            if noun is not None and noun.people:
                group.status, group.groups = noun.status, (noun.group,) if noun.group else ()
        reading.add(Harmed(group, first, last, members=(group,)), predicate.harms, predicate, "phrase")


def _is_told(reading: Reading, predicate: Predicate) -> bool:
    """Whether the verb group tells what happened, and not what may, should or did not happen."""
    words = reading.tokens.words
    first = min(predicate.auxiliary, predicate.first)
    group = words[first : predicate.first]
    ahead = words[max(0, first - 3) : predicate.first]
    if any(word in NEGATIONS for word in group):
        return False
    if any(word in MODALS for word in group):
        return group[0] in _PERHAPS and group[1:2] == ["have"] and ("been" in group or predicate.form == "intransitive")
    if group[:2] == ["is", "being"] and predicate.harms == ("killed",):
        return False  # "the town is being strangled"
    if not predicate.passive:
        near = ahead[-2:]
        if predicate.form == "participle" and not predicate.perfect and not _CAN.isdisjoint(ahead):
            return False  # "the clinic can treat 60 wounded a day"
        if any(word in HYPOTHETICAL or word in NEGATIONS for word in near) and not _TOLD_BY & set(near):
            return ahead[-1:] in (["likely"], ["only"])
        return True
    if "without" in ahead:
        return False  # "without someone being killed"
    if any(word in MODALS or word in ("not", "never", "to") for word in ahead[-1 - len(group) :]):
        return bool(_STILL_TOLD & set(ahead))
    return True
