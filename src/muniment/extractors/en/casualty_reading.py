"""One sentence read for casualties: its tokens, its people, and the claims made of them so far."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en.nouns import HARMED, Group
from muniment.extractors.en.patients import Linker
from muniment.extractors.en.people import groups_of
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count, Reason, Victims
from muniment.model.vocabulary import Harm

LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("harm.toml"))
HYPOTHETICAL = frozenset(LISTS["hypothetical"]["words"])
NEGATIONS = frozenset(LISTS["hypothetical"]["negations"])
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "casualty_reading")
MODALS = _WORDS["modals"]
_TOPIC = wordlists.pattern(LISTS["topics"]["words"])
_CLAUSE = _WORDS["clause"]
_WEAK = frozenset(LISTS["weak"]["words"])
_DEFINITE = frozenset(("the", "these", "those"))
_PAST = _WORDS["past"]


_HARM_NEAR = re.compile(
    r"kill|wound|injur|casualt|\bdead\b|\bdied|shell|strike|blast|explo|bomb|shot|gunfire|missile|rocket|drone"
)
_MANY = 100
_MANY_UNNAMED = 1000
_MANY_LEFT = frozenset(
    ("fled", "left", "site", "sites", "camp", "camps", "settlement", "settlements", "shelter", "shelters", "tents")
)
_NEAR_HARM = 300
_TREATED = frozenset(("treated", "stabilised", "stabilized", "operated"))
_DIED = re.compile(r"(?<!\w)(?:died|dead|killed|killing|succumbed|did\s+not\s+survive|bled\s+to\s+death|death)(?!\w)")
_DIED_WITHIN = 90
_A_FLIGHT = 300
"""From how many people on those who cross into a country or cannot return are those who fled it."""


class Reading:
    """The tokens and people of one sentence; claims are added to `found` once each."""

    def __init__(self, view: View, sentence: Sentence, tokens: Tokens) -> None:
        self.view = view
        self.sentence = sentence
        self.tokens = tokens
        self.groups = groups_of(self.tokens)
        self.linker = Linker(self.tokens, self.groups)
        self.found: list[Draft] = []
        self._done: set[tuple[int, str]] = set()

    def is_done(self, group: Group, harm: Harm) -> bool:
        """Whether this group already has a claim of this harm."""
        return (group.first, harm) in self._done

    def settle(self, group: Group, harm: Harm) -> None:
        """Make no claim of this group and harm."""
        self._done.add((group.first, harm))

    def token_at(self, offset: int) -> int:
        """The first token that ends behind an offset."""
        return next((i for i, end in enumerate(self.tokens.ends) if end > offset), len(self.tokens))

    def clause_start(self, k: int) -> int:
        """The first token of the clause of token `k`."""
        words = self.tokens.words
        while k > 0 and words[k - 1] not in _CLAUSE:
            k -= 1
        return k

    def is_hypothetical(self, k: int) -> bool:
        """Whether the clause of token `k` speaks of what may be, is feared, forbidden or to be prevented."""
        words = self.tokens.words
        clause = words[self.clause_start(k) : k]
        if any(word in HYPOTHETICAL for word in clause) or any(word in NEGATIONS for word in clause[-4:]):
            return True
        return any(word in MODALS for word in words[k : k + 4])

    def is_denied(self, k: int) -> bool:
        """Whether somebody denies what token `k` tells: "denied that its forces had killed"."""
        words = self.tokens.words
        return any(word in ("denied", "denies", "deny", "denying") for word in words[max(0, k - 12) : k])

    def count(self, harmed: Harmed) -> Count | None:
        """The count the words give; None where they name people without a figure."""
        tokens, group = self.tokens, harmed.group
        if harmed.least is not None:
            return harmed.least
        if harmed.total is not None:
            return Count.of("exact", harmed.total, tokens.raw(harmed.first, harmed.last), unit=group.unit)
        if group.quantity is not None:
            return group.quantity.count(tokens, group.unit, last=group.last)
        if group.kind in ("one", "named"):
            return Count.of("exact", 1, tokens.raw(group.first, group.last), unit=group.unit)
        return None

    def add(self, harmed: Harmed, harms: tuple[Harm, ...], predicate: Predicate | None, rule: str) -> Draft | None:
        """Make a claim, unless the words tell of nobody, of what may be, or of what has its claim already."""
        group, tokens = harmed.group, self.tokens
        if group.generic or group.kind == "nobody" or (group.quantity is not None and group.quantity.value == 0):
            return None
        if harms != ("displaced",) and group.noun is not None and group.noun.body:
            return None
        if predicate is not None and predicate.form == "phrase" and not self._fits(group, predicate):
            return None
        if (
            (group.guessed or (group.loose and predicate is not None and not predicate.passive))
            and predicate is not None
            and tokens.word(predicate.last - 1) in _WEAK
        ):
            return None  # "burned 40 huts": only a word for people makes it a harm to people
        count = self.count(harmed)
        if (
            predicate is not None
            and tokens.words[predicate.first].startswith("evacuat")
            and not _is_population(group, tokens.words)
        ):
            return None
        if count is None and not self._bare_is_told(harmed, predicate):
            return None
        keys = {(member.first, harm) for member in harmed.members or (group,) for harm in harms}
        if keys & self._done:
            return None
        self._done |= keys
        draft = self._draft(harmed, harms, predicate, count)
        draft.because("harm", f"harm:{rule}", self.view, *draft.anchor)
        at = tokens.starts[harmed.first], tokens.ends[harmed.last - 1]
        draft.because("count", _count_rule(harmed), self.view, *at)
        draft.because("victims", "people", self.view, *at)
        if self.is_denied(predicate.first if predicate else harmed.first):
            draft.polarity, draft.level = "denied", "denied"
        self.found.append(draft)
        for subset in harmed.subsets:
            self.add_part(subset, draft)
        return draft

    def _fits(self, group: Group, predicate: Predicate) -> bool:
        """Whether a phrase that tells of harm only of some can be about these: who "fled", who "is in hospital"."""
        words = self.tokens.words
        last = self.tokens.word(predicate.last - 1)
        told = words[predicate.first : predicate.last]
        if any(word in ("hit", "struck", "shot") for word in told[:3]) and "and" not in told:
            return self._is_person_hit(group, predicate)
        if last.startswith(("hospital", "clinic")) and not _TREATED.isdisjoint(told[:3]):
            around = self.view.low[max(0, self.sentence.start - _NEAR_HARM) : self.sentence.end]
            return not group.guessed and group.unit == "people" and _HARM_NEAR.search(around) is not None
        if last == "condition":
            return not group.guessed and group.unit == "people" and group.kind != "bare"
        if last in _MANY_LEFT and (last != "fled" or len(told) == 1):
            return _is_many(group)
        if last == "not":
            return "survived" in words[: predicate.first] and group.kind != "bare"
        if last in ("into", "in", "return", "displaced") and predicate.harms == ("displaced",):
            value = group.quantity.value if group.quantity is not None else None
            return (
                value is not None
                and value >= _A_FLIGHT
                and group.kind == "counted"
                and group.unit == "people"
                and group.status != "combatant"
            )
        if last == "found" and predicate.harms == ("missing",):
            return group.person is not None and group.kind in ("one", "named")
        if last == "fled":  # one person, or fighters, may well flee what is no harm
            return group.kind in ("counted", "bare") and group.status != "combatant" and not group.guessed
        if last.startswith("hospital"):
            body = group.noun is not None and group.noun.body
            return not (body or group.guessed or group.kind == "bare")
        if last == "out" and self.tokens.words[predicate.first] in ("wiped", "wiping"):
            return group.kind == "counted" and group.unit == "people" and not group.loose and not group.guessed
        return True

    def _is_person_hit(self, group: Group, predicate: Predicate) -> bool:
        """Whether these were hit and, as far as the next words tell, lived: "a guard was struck by shrapnel"."""
        if group.guessed or group.loose or group.unit != "people" or (group.noun is not None and group.noun.body):
            return False
        words = self.tokens.words
        single = "was" in words[predicate.first : predicate.first + 2]
        if single and group.kind not in ("one", "named") and group.number != 1:
            return False  # "a school with 40 pupils was hit by shrapnel"
        end = self.tokens.ends[predicate.last - 1]
        return _DIED.search(self.view.low, end, end + _DIED_WITHIN) is None

    def add_part(self, group: Group, whole: Draft) -> None:
        """Make a claim of some among those of `whole`: "including 40 children"."""
        if group.kind not in ("counted", "named") and not (group.kind == "one" and group.person):
            return
        if any(self.is_done(group, harm) for harm in whole.harm):
            return
        persons = (group.person,) if group.person else ()
        draft = self.add(Harmed(group, group.first, group.last, persons=persons), whole.harm, None, "part")
        if draft is not None:
            draft.anchor = whole.anchor
            draft.polarity, draft.level = whole.polarity, whole.level
            draft.why["part"] = Reason(
                "part of the total", self.view.text[whole.start : whole.end], whole.start, whole.end
            )
            if draft.victims and draft.victims.status == "unknown" and whole.victims and group.noun is None:
                draft.victims = Victims(whole.victims.status, draft.victims.groups)

    def governing(self, index: int) -> Draft | None:
        """The claim of a whole that stands in front of a group."""
        at = self.tokens.starts[self.groups[index].first]
        earlier = [draft for draft in self.found if draft.start < at and draft.why.get("part") is None]
        return max(earlier, key=lambda draft: draft.start, default=None)

    def _draft(
        self, harmed: Harmed, harms: tuple[Harm, ...], predicate: Predicate | None, count: Count | None
    ) -> Draft:
        tokens, group = self.tokens, harmed.group
        first, last = harmed.first, harmed.last
        anchor_first, anchor_last = first, last
        if predicate is not None:
            anchor_first, anchor_last = predicate.first, predicate.last
            first, last = min(first, predicate.auxiliary, predicate.first), max(last, predicate.last)
        return Draft(
            "casualty",
            self.sentence,
            tokens.starts[first],
            tokens.ends[last - 1],
            (tokens.starts[anchor_first], tokens.ends[anchor_last - 1]),
            harm=harms,
            count=count or self._unspecified(harmed),
            victims=Victims(group.status, group.groups),
            persons=harmed.persons,
        )

    def _unspecified(self, harmed: Harmed) -> Count:
        raw = self.tokens.raw(harmed.first, harmed.last)
        if harmed.group.kind == "many":
            return Count.of("vague", None, raw, unit=harmed.group.unit, lower=2)
        return Count.of("unspecified", None, raw, unit=harmed.group.unit, lower=1)

    def _bare_is_told(self, harmed: Harmed, predicate: Predicate | None) -> bool:
        """A mention without a figure is a claim only where it tells of an event, not of a topic or a danger."""
        first = predicate.auxiliary if predicate else harmed.first
        words = self.tokens.words
        if (
            harmed.group.kind == "many"
            and words[harmed.group.first] in _DEFINITE
            and (predicate is None or not predicate.passive)
        ):
            return False  # "a video showing the people killed": those told of before
        if predicate is not None and predicate.first == 0 and not predicate.passive:
            return False  # "Killed civilians: names and pictures": a heading
        if self.is_hypothetical(max(first, harmed.first)) or self.is_denied(first):
            return False
        start = self.tokens.starts[harmed.first]
        for match in _TOPIC.finditer(self.view.low, max(self.sentence.start, start - 30), start):
            if len(self.view.low[match.end() : start].split()) <= 1:
                return False
        if predicate is not None and predicate.form == "gerund":
            clause = self.tokens.words[: predicate.first]
            return any(word.endswith("ed") or word in _PAST for word in clause)
        return True


def _is_many(group: Group) -> bool:
    """Whether so many left, or live in tents, that they can be no guests and no crew: a hundred people or more."""
    quantity = group.quantity
    if quantity is None or quantity.qualifier == "share" or group.status == "combatant" or group.guessed:
        return False
    least = quantity.value or quantity.lower or 0
    return least >= (_MANY_UNNAMED if group.loose else _MANY) and group.unit in ("people", "families", "households")


def _is_population(group: Group, words: list[str]) -> bool:
    """Whether those evacuated are people who live there, rather than patients or the wounded being rescued."""
    if group.quantity is None or group.noun is None or not HARMED.keys().isdisjoint(words[group.first : group.last]):
        return False
    return group.noun.group in ("", "civilian", "family")


def _count_rule(harmed: Harmed) -> str:
    group = harmed.group
    if harmed.total is not None or harmed.least is not None:
        return "count:list"
    if group.quantity is not None:
        return f"count:{group.quantity.qualifier}"
    return "count:one" if group.kind in ("one", "named") else "count:unspecified"
