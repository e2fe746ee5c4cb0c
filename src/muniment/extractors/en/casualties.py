"""Casualties: people killed, injured, missing, displaced; how many, who, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en import numbers
from muniment.extractors.en.patients import Harmed, Linker
from muniment.extractors.en.people import NOUNS, Group, groups_of
from muniment.extractors.en.predicates import TRIGGER, Predicate, inside_phrases, predicates
from muniment.extractors.en.tokens import Tokens
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count, Reason, Victims
from muniment.model.vocabulary import Harm, VictimStatus

_LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("harm.toml"))
_HYPOTHETICAL = frozenset(_LISTS["hypothetical"]["words"])
_NEGATIONS = frozenset(_LISTS["hypothetical"]["negations"])
_EVENTS = frozenset(_LISTS["events"]["words"])
_TOPIC = wordlists.pattern(_LISTS["topics"]["words"])
_FOUND = frozenset(_LISTS["bodies"]["found"])
_LOSS = frozenset(_LISTS["loss"]["verbs"])
_MODALS = frozenset(("may", "might", "could", "would", "can", "cannot", "will", "shall", "should", "must"))
_CLAUSE = frozenset(
    (";", ":", "that", "when", "which", "who", "after", "where", "while", "but", "whose", "before", "because")
)
_TOLL = re.compile(
    "|".join(f"(?P<{harm}>{wordlists.either(_LISTS['toll'][harm])})" for harm in ("killed", "injured", "casualties"))
)
_TOLL_VERBS = frozenset(_LISTS["toll"]["verbs"])
_AMONG = re.compile(
    r"(?<!\w)(?:(?:among|amongst)\s+(?:the|those|its|their)\s+|(?P<q>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+of\s+(?:the|those)\s+|"
    r"(?:all\s+)?(?:of\s+)?those\s+|the\s+)(?:[a-z]+\s+)?(?:(?P<killed>dead|killed|victims?|deceased|fatalities|casualties)|(?P<injured>wounded|injured))"
    r"(?:\s+(?:in|on|by|at|during)\s+[^,;.]{1,60}?)?,?\s+(?:was|were|is|are|included?|includes|including)\s+"
)
_PARTS = re.compile(r"(?<!\w)(?:of\s+(?:them|whom|these)|among\s+(?:them|whom|these))(?!\w)")
_DEFINITE = frozenset(("the", "these", "those", "his", "her", "their", "its", "such", "this"))
_PERSON_OBJECT = frozenset(("him", "her", "them"))
_COMPLEMENT: dict[str, tuple[VictimStatus, str]] = {
    "civilian": ("civilian", ""), "civilians": ("civilian", ""), "military": ("combatant", ""),
    "combatants": ("combatant", ""), "soldiers": ("combatant", ""), "fighters": ("combatant", ""),
}  # fmt: skip


def find(view: View, mentions: Mentions) -> Iterator[Draft]:
    """The casualty claims of a document, sentence by sentence."""
    low = view.low
    for sentence in view.sentences:
        if TRIGGER.search(low, sentence.start, sentence.end):
            yield from _Reading(view, sentence).drafts()


class _Reading:
    """One sentence read for casualties."""

    def __init__(self, view: View, sentence: Sentence) -> None:
        self.view = view
        self.sentence = sentence
        self.tokens = Tokens(view, sentence.start, sentence.end)
        self.groups = groups_of(self.tokens)
        self.linker = Linker(self.tokens, self.groups)
        self.done: dict[tuple[int, str], Draft] = {}
        self.found: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """All claims of the sentence, in reading order."""
        found = predicates(self.tokens, self.groups)
        for predicate, first, last in inside_phrases(self.tokens):
            self._inside(predicate, first, last)
        for predicate in found:
            if self._is_told(predicate):
                for harmed in self._patients(predicate):
                    self._add(harmed, predicate.harms, predicate, f"{predicate.form}")
        self._nouns(found)
        self._bodies()
        self._losses()
        self._tolls()
        self._among()
        self._subsets()
        return sorted(self.found, key=lambda draft: (draft.start, draft.end))

    # --- who a word of harm is about
    def _patients(self, predicate: Predicate) -> list[Harmed]:
        linker, words = self.linker, self.tokens.words
        before = words[predicate.first - 1] if predicate.first else ""
        form, side = predicate.form, predicate.side
        if form == "gerund":
            return linker.after(predicate.last)
        if form in ("present", "bare"):
            return self._present(predicate) if form == "present" else []
        if form == "intransitive" or side == "before":
            return linker.joined_by(linker.before(predicate.auxiliary), predicate.last)
        if side == "owner":
            return linker.owner(predicate.first)
        if side == "after":
            return linker.after(predicate.last)
        if form == "adjective":
            if predicate.passive:
                return linker.before(predicate.auxiliary)
            return linker.adjacent(predicate.first)
        if predicate.passive:
            return linker.joined_by(linker.before(predicate.auxiliary), predicate.last)
        if predicate.perfect or before in ("which", "that", "who", "and"):
            told = linker.after(predicate.last)
            if told or predicate.perfect:
                return told
        beside = linker.adjacent(predicate.first)
        if beside and beside[-1].group.loose and before != "and":
            return beside
        return linker.after(predicate.last) or beside

    def _present(self, predicate: Predicate) -> list[Harmed]:
        """ "decapitates him with a knife": told of one person, in a description of pictures."""
        following = self.tokens.word(predicate.last)
        if following in _PERSON_OBJECT and self.tokens.word(predicate.last + 1) not in (
            "with",
            "in",
            "to",
            "by",
            "from",
            "on",
            ".",
            ",",
            "",
        ):
            return []
        if following in _PERSON_OBJECT:
            group = Group(predicate.last, predicate.last + 1, "one" if following != "them" else "bare")
            return [Harmed(group, group.first, group.last, members=(group,))]
        return [harmed for harmed in self.linker.after(predicate.last) if harmed.group.kind in ("one", "named")]

    def _inside(self, predicate: Predicate, first: int, last: int) -> None:
        if not self._is_told(predicate):
            return
        inner = [
            group for group in self.groups if first <= group.first and group.last <= last + 1 and group.kind != "nobody"
        ]
        if inner:
            for harmed in self.linker.after(inner[0].first) or []:
                self._add(harmed, predicate.harms, predicate, "phrase")
        elif predicate.harms == ("killed",):
            group = Group(first, last, "one")
            self._add(Harmed(group, first, last, members=(group,)), predicate.harms, predicate, "phrase")

    # --- whether it is told at all
    def _is_told(self, predicate: Predicate) -> bool:
        words = self.tokens.words
        group = words[predicate.auxiliary : predicate.first] if predicate.auxiliary < predicate.first else []
        ahead = words[max(0, min(predicate.auxiliary, predicate.first) - 3) : predicate.first]
        if any(word in _MODALS or word in _NEGATIONS for word in group):
            return False
        if predicate.form in ("gerund", "present", "bare") or not predicate.passive:
            if any(word in _HYPOTHETICAL or word in _NEGATIONS for word in ahead[-2:]) and "which" not in ahead[-2:]:
                return ahead[-1:] in (["likely"], ["only"])
        elif any(word in _MODALS or word in ("not", "never", "to") for word in ahead):
            return (
                "continue" in ahead
                or "reported" in ahead
                or "confirmed" in ahead
                or "believed" in ahead
                or "said" in ahead
            )
        return True

    def _clause_start(self, k: int) -> int:
        words = self.tokens.words
        while k > 0 and words[k - 1] not in _CLAUSE:
            k -= 1
        return k

    def _is_hypothetical(self, k: int) -> bool:
        """Whether the clause of token `k` speaks of what may be, is feared, forbidden or to be prevented."""
        words = self.tokens.words
        clause = words[self._clause_start(k) : k]
        if any(word in _HYPOTHETICAL for word in clause) or any(word in _NEGATIONS for word in clause[-4:]):
            return True
        return any(word in _MODALS for word in words[k : k + 4])

    # --- making claims
    def _add(self, harmed: Harmed, harms: tuple[Harm, ...], predicate: Predicate | None, rule: str) -> Draft | None:
        group = harmed.group
        if group.generic or group.kind == "nobody":
            return None
        if group.quantity is not None and group.quantity.value == 0:
            return None
        anchor_first = predicate.first if predicate else harmed.first
        count = self._count(harmed)
        if count is None and not self._bare_is_told(harmed, predicate, rule):
            return None
        if harms == ("killed",) and group.noun is not None and group.noun.body:
            return None
        keys = [(member.first, harm) for member in harmed.members or (group,) for harm in harms]
        if any(key in self.done for key in keys):
            return None
        tokens = self.tokens
        first = min(harmed.first, predicate.auxiliary, predicate.first) if predicate else harmed.first
        last = max(harmed.last, predicate.last) if predicate else harmed.last
        start, end = tokens.starts[first], tokens.ends[last - 1]
        anchor_last = predicate.last if predicate else harmed.last
        draft = Draft(
            "casualty",
            self.sentence,
            start,
            end,
            (tokens.starts[anchor_first], tokens.ends[anchor_last - 1]),
            harm=harms,
            count=count or self._unspecified(harmed),
            victims=Victims(group.status, group.groups),
            persons=harmed.persons,
        )
        draft.because("harm", f"harm:{rule}", self.view, *draft.anchor)
        at = tokens.starts[harmed.first], tokens.ends[harmed.last - 1]
        draft.because("count", self._count_rule(harmed), self.view, *at)
        draft.because("victims", "people", self.view, *at)
        for key in keys:
            self.done[key] = draft
        self.found.append(draft)
        for subset in harmed.subsets:
            self._subset(subset, draft)
        return draft

    def _count(self, harmed: Harmed) -> Count | None:
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

    def _count_rule(self, harmed: Harmed) -> str:
        group = harmed.group
        if harmed.total is not None:
            return "count:list"
        if group.quantity is not None:
            return f"count:{group.quantity.qualifier}"
        return "count:one" if group.kind in ("one", "named") else "count:unspecified"

    def _unspecified(self, harmed: Harmed) -> Count:
        raw = self.tokens.raw(harmed.first, harmed.last)
        if harmed.group.kind == "many":
            return Count.of("vague", None, raw, unit=harmed.group.unit, lower=2)
        return Count.of("unspecified", None, raw, unit=harmed.group.unit, lower=1)

    def _bare_is_told(self, harmed: Harmed, predicate: Predicate | None, rule: str) -> bool:
        """A mention without a figure is a claim only where it tells of an event, not of a topic or a danger."""
        first = min(harmed.first, predicate.auxiliary if predicate else harmed.first)
        if self._is_hypothetical(max(first, harmed.first)):
            return False
        tokens = self.tokens
        start = tokens.starts[harmed.first]
        for match in _TOPIC.finditer(self.view.low, max(self.sentence.start, start - 30), start):
            if (
                not self.view.low[match.end() : start].strip(" ,")
                or len(self.view.low[match.end() : start].split()) <= 1
            ):
                return False
        if predicate is None:
            return True
        if predicate.form == "gerund":
            clause = tokens.words[: predicate.first]
            return any(
                word.endswith("ed") or word in ("was", "were", "had", "struck", "hit", "fell") for word in clause
            )
        return True

    # --- deaths, casualties, injuries
    def _nouns(self, found: list[Predicate]) -> None:
        phrases = {
            k for predicate in found if predicate.form == "phrase" for k in range(predicate.first, predicate.last)
        }
        for group in self.groups:
            harm = group.harm
            if harm is None or group.head is None or group.head in phrases or group.generic:
                continue
            self._noun(group, harm)

    def _noun(self, group: Group, harm: Harm) -> None:
        tokens, words = self.tokens, self.tokens.words
        assert group.head is not None
        last = group.last
        harms: tuple[Harm, ...] = (harm,)
        # "deaths and injuries", "deaths, injuries and damage"
        if words[last : last + 1] in (["and"], [","], ["or"]) and last + 1 < len(words):
            noun = NOUNS.get(words[last + 1])
            if noun is not None and noun.harm not in (None, harm):
                other = next((g for g in self.groups if g.first == last + 1), None)
                if other is not None and other.quantity is None and other.harm:
                    harms = tuple(
                        sorted(
                            {harm, other.harm}, key=("killed", "injured", "casualties", "missing", "displaced").index
                        )
                    )
                    self.done[(other.first, other.harm)] = Draft("casualty", self.sentence, 0, 0, (0, 0))
                    last = other.last
        if (group.first, harm) in self.done:
            return
        predicate = Predicate(group.head, group.head + 1, harms, "noun", auxiliary=group.first)
        if group.quantity is not None:
            self._quantified_noun(group, harms, predicate)
            return
        if words[group.head + 1 : group.head + 2] == ["of"] or words[last : last + 1] == ["of"]:
            at = last + 1 if words[last : last + 1] == ["of"] else group.head + 2
            told = self.linker.after(at, most=1)
            if told:
                for harmed in told:
                    bare = self._count(harmed) is None
                    if not bare or self._noun_is_told(group, singular=not NOUNS[words[group.head]].many):
                        self._add(harmed, harms, predicate, "noun")
                return
        if words[group.first] in _DEFINITE:
            return  # "the deaths", "these injuries": told before
        if words[group.head].endswith("s"):
            if self._noun_is_told(group, singular=False):
                harmed = Harmed(
                    Group(group.first, last, "bare", head=group.head, status=group.status, groups=group.groups),
                    group.first,
                    last,
                )
                self._add(harmed, harms, predicate, "noun")

    def _quantified_noun(self, group: Group, harms: tuple[Harm, ...], predicate: Predicate) -> None:
        words, quantity = self.tokens.words, group.quantity
        assert quantity is not None and group.head is not None
        if quantity.qualifier == "share":
            harmed = Harmed(self._complemented(group), group.first, group.last)
            self._add(harmed, harms, None, "share")
            return
        if quantity.value is None and (self._is_hypothetical(group.first) or not NOUNS[words[group.head]].many):
            return
        if self.tokens.word(group.first - 1) in ("no",) or self.tokens.word(group.last) in ("threats",):
            return
        harmed = Harmed(self._complemented(group, only_behind=False), group.first, group.last)
        self._add(harmed, harms, Predicate(group.head, group.head + 1, harms, "noun", auxiliary=group.first), "noun")
        del words

    def _complemented(self, group: Group, *, only_behind: bool = True) -> Group:
        """The status a complement states: "most of the casualties have been military", "among civilians and the military"."""
        words = self.tokens.words
        stated: set[VictimStatus] = set()
        named: list[str] = []
        for k in range(group.last, min(len(words), group.last + (8 if only_behind else 9))):
            word = words[k]
            if word in (".", ";") or (not only_behind and word in ("when", "and") and k == group.last):
                break
            if word in _COMPLEMENT and (
                only_behind or any(w in ("among", "of", "both") for w in words[group.last : k])
            ):
                stated.add(_COMPLEMENT[word][0])
            elif only_behind and word in NOUNS and NOUNS[word].people and NOUNS[word].harm is None:
                if NOUNS[word].status != "unknown":
                    stated.add(NOUNS[word].status)
                if NOUNS[word].group:
                    named.append(NOUNS[word].group)
        if not stated:
            return group
        status: VictimStatus = "mixed" if len(stated) > 1 else stated.pop()
        return Group(
            group.first,
            group.last,
            group.kind,
            group.quantity,
            group.head,
            group.noun,
            status,
            (*group.groups, *named),
            group.unit,
        )

    def _noun_is_told(self, group: Group, *, singular: bool) -> bool:
        words = self.tokens.words
        if self._is_hypothetical(group.first):
            return False
        if singular:
            return True
        around = words[self._clause_start(group.first) : group.first][-8:] + words[group.last : group.last + 9]
        return any(word in _EVENTS for word in around)

    # --- the dead told of by their remains
    def _bodies(self) -> None:
        words = self.tokens.words
        for group in self.groups:
            noun = group.noun
            if noun is None or not noun.body or group.generic:
                continue
            around = [*words[max(0, group.first - 4) : group.first], *words[group.last : group.last + 14]]
            if not any(word in _FOUND for word in around) or any(
                word in _MODALS or word in ("not", "never") for word in around
            ):
                continue
            told = self.linker.after(group.last + 1, most=0) if self.tokens.word(group.last) == "of" else []
            at = next(
                (k for k in range(group.last, min(len(words), group.last + 14)) if words[k] in _FOUND), group.first
            )
            predicate = Predicate(at, at + 1, ("killed",), "phrase", auxiliary=min(at, group.first))
            if told:
                for harmed in told:
                    if self._count(harmed) is not None:
                        self._add(harmed, ("killed",), predicate, "remains")
            elif group.quantity is not None:
                plain = Group(group.first, group.last, "counted", group.quantity, group.head, None, "unknown", ())
                self._add(Harmed(plain, group.first, group.last), ("killed",), predicate, "remains")

    # --- "lost her two sons"
    def _losses(self) -> None:
        words = self.tokens.words
        for k, word in enumerate(words):
            if word not in _LOSS or (word.startswith("mourn") and self.tokens.word(k - 1) == "a"):
                continue
            if self._is_hypothetical(k) or self.tokens.word(k + 1) in ("contact", "touch"):
                continue
            for harmed in self.linker.after(k + 1):
                group = harmed.group
                kin = all(
                    member.noun is not None and (member.noun.kin or "family" in member.groups)
                    for member in harmed.members
                )
                people = word.startswith("lo") and group.quantity is not None and group.head is not None
                if group.unit != "people" or not (kin or people):
                    continue
                if self._count(harmed) is None and not (group.kind == "many"):
                    continue
                predicate = Predicate(k, k + 1, ("killed",), "phrase", auxiliary=k)
                self._add(harmed, ("killed",), predicate, "loss")

    # --- death tolls
    def _tolls(self) -> None:
        tokens, words = self.tokens, self.tokens.words
        for match in _TOLL.finditer(self.view.low, self.sentence.start, self.sentence.end):
            harm: Harm = match.lastgroup  # type: ignore[assignment]
            if match[0] == "toll" and "death" not in self.view.low[max(0, match.start() - 40) : match.end()]:
                continue
            k = next((i for i, at in enumerate(tokens.starts) if at >= match.end()), len(words))
            first = next((i for i, at in enumerate(tokens.ends) if at > match.start()), k)
            steps, verb = 0, k
            while k < len(words) and steps < 34:
                word = words[k]
                if word in (";", ".", "?"):
                    break
                if word == "from":
                    k += 1
                    while k < len(words) and words[k] != "to" and steps < 34:
                        k, steps = k + 1, steps + 1
                    continue
                known = word in _TOLL_VERBS
                quantity = numbers.quantity_at(tokens, k) if k == verb or tokens.word(k - 1) in _TOLL_VERBS else None
                if quantity is not None and quantity.qualifier != "share" and (quantity.value or quantity.lower):
                    following = next((g for g in self.groups if g.first <= quantity.first < g.last), None)
                    if following is None or following.kind == "nobody" or (following.harm and following.harm != harm):
                        break
                    self._toll(first, quantity, following, harm)
                    break
                if known:
                    verb = k + 1
                k, steps = k + 1, steps + 1

    def _toll(self, first: int, quantity: numbers.Quantity, group: Group, harm: Harm) -> None:
        status: VictimStatus = (
            "civilian"
            if "civilian" in " ".join(self.tokens.words[max(0, first - 1) : quantity.first])
            else group.status
        )
        counted = Group(
            group.first, max(quantity.last, group.last), "counted", quantity, group.head, None, status, group.groups
        )
        predicate = Predicate(first, first + 2, (harm,), "noun", auxiliary=first)
        self._add(Harmed(counted, group.first, counted.last, members=(group,)), (harm,), predicate, "toll")

    # --- "among the dead were three children", "one of those killed was …"
    def _among(self) -> None:
        tokens = self.tokens
        for match in _AMONG.finditer(self.view.low, self.sentence.start, self.sentence.end):
            harm: Harm = "injured" if match["injured"] else "killed"
            k = next((i for i, at in enumerate(tokens.starts) if at >= match.end()), None)
            first = next((i for i, at in enumerate(tokens.ends) if at > match.start()), None)
            if k is None or first is None or self._is_hypothetical(first):
                continue
            if match[0].split()[1:2] == ["victim"] or (match["q"] is None and "victim " in match[0]):
                continue  # "the victim was a teacher" says who, not that
            for harmed in self.linker.after(k, most=1):
                if self._count(harmed) is None or harmed.group.loose:
                    continue
                predicate = Predicate(first, k, (harm,), "phrase", auxiliary=first)
                for group in self.groups:  # the "one" of "one of those killed" is this person, not another
                    if group.first == first and group.loose:
                        self.done[(group.first, harm)] = Draft("casualty", self.sentence, 0, 0, (0, 0))
                draft = self._add(harmed, (harm,), predicate, "among")
                if draft is not None:
                    draft.why["part"] = Reason("part of the total", self.view.text[match.start() : match.end()].strip())

    # --- "including 40 children", "12 of them women"
    def _subsets(self) -> None:
        words = self.tokens.words
        for index, group in enumerate(self.groups):
            if group.quantity is None or group.kind != "counted" or group.quantity.qualifier == "share":
                continue
            before = self._governing(index)
            if before is None:
                continue
            lead = words[max(0, group.first - 3) : group.first]
            if lead[-1:] == ["including"] or lead[-2:] in (
                ["of", "whom"],
                ["among", "them"],
                ["among", "whom"],
                ["of", "them"],
            ):
                self._subset(group, before)
            elif group.loose and words[group.last - 2 : group.last] in (["of", "them"], ["of", "whom"]):
                following = self.groups[index + 1] if index + 1 < len(self.groups) else None
                if (
                    following is not None
                    and following.kind == "bare"
                    and following.first - group.last <= 2
                    and not following.harm
                ):
                    merged = Group(
                        group.first,
                        following.last,
                        "counted",
                        group.quantity,
                        following.head,
                        following.noun,
                        following.status,
                        following.groups,
                    )
                    self._subset(merged, before)

    def _governing(self, index: int) -> Draft | None:
        at = self.tokens.starts[self.groups[index].first]
        earlier = [draft for draft in self.found if draft.start < at and draft.why.get("part") is None]
        return earlier[-1] if earlier else None

    def _subset(self, group: Group, whole: Draft) -> None:
        if group.kind not in ("counted", "named") and not (group.kind == "one" and group.person):
            return
        if any((group.first, harm) in self.done for harm in whole.harm):
            return
        status = group.status
        if status == "unknown" and whole.victims is not None and not group.noun:
            status = whole.victims.status
        persons = (group.person,) if group.person else ()
        plain = Group(
            group.first,
            group.last,
            group.kind,
            group.quantity,
            group.head,
            group.noun,
            status,
            group.groups,
            person=group.person,
        )
        draft = self._add(Harmed(plain, group.first, group.last, persons=persons), whole.harm, None, "part")
        if draft is not None:
            draft.anchor = whole.anchor
            draft.why["part"] = Reason(
                "part of the total", self.view.text[whole.start : whole.end], whole.start, whole.end
            )
