"""The parties of one document and what its sentences, or the opening of a section, hold them responsible for."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from muniment.extractors.draft import Draft
from muniment.extractors.en import parties, sources, weapons
from muniment.extractors.en.account import Opening
from muniment.extractors.en.deeds import acts_at
from muniment.extractors.en.parties import WORDS, Found, Names
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either
from muniment.model.vocabulary import Certainty

_CLASH = re.compile(
    r"(?<!\w)(?:fighting|clash(?:es)?|hostilities|war|conflict|fire|skirmish(?:es)?|battles?|violence)(?:\s+[\w-]+){0,8}?\s+between\s"
)
_COUNTRY = re.compile(r"\W*[A-Z][\w’' -]{2,40}(?=\s*[:–—/|])")
_FORCES = re.compile(rf"(?<!\w)(?:{either(WORDS['actors']['forces'])})(?!\w)")
_READ_FOR_MAIN = 20_000
_OF_LAW = re.compile(
    r"\s+((?:to\s+(?:have\s+)?)?(?:violate|breach|constitute|amount|(?:be\s+|been\s+)?(?:un|il|in|dis)(?:lawful|legal|discriminate|proportionate)))"
)
_NAME = re.compile(r"(?!The\s|An?\s)(?<!\w)[A-Z][\w’'-]*")


class Agent(NamedTuple):
    """A party that a sentence holds responsible for what it tells."""

    found: Found
    ids: tuple[str, ...]
    at: int
    certainty: Certainty
    cue: str | None


class Actors:
    """The parties of one document and what its sentences hold them responsible for; found when asked, then kept."""

    def __init__(self, view: View, names: Names) -> None:
        self._view = view
        self._names = names
        self._agents: dict[int, list[Agent]] = {}
        self._main: tuple[tuple[str, ...], str | None] | None = None
        self._rivals: dict[int, int] = {}

    def of(self, sentence: Sentence) -> list[Found]:
        """The parties a sentence names."""
        return parties.of_sentence(self._view, sentence, self._names)

    def agents(self, sentence: Sentence) -> list[Agent]:
        """The parties a sentence holds responsible, left to right."""
        known = self._agents.get(sentence.index)
        if known is None:
            known = self._agents[sentence.index] = list(self._find_agents(sentence))
        return known

    def _find_agents(self, sentence: Sentence) -> list[Agent]:
        low, out = self._view.low, list[Agent]()
        for found in self.of(sentence):
            at = acts_at(low, sentence.start, sentence.end, found)
            if at is None:
                continue
            clause = weapons.clause(low, sentence.start, sentence.end, found.start)
            certainty, cue, _, after = weapons.certainty_near(low, *clause, (found.start, found.end))
            if cue is not None and after > found.end and _OF_LAW.match(low, after, sentence.end):
                certainty, cue = "stated", None  # "appears to have violated the laws of war"
            out.append(Agent(found, self._ids(sentence, found), at, certainty, cue))
        return out

    def of_opening(self, opening: Opening) -> Agent | None:
        """The one party that the opening of a section holds responsible; None where it names none or several."""
        for lines in ((opening.told[0],), opening.told[1:], opening.heads):
            acting = [
                as_said(self._view, line, agent)
                for line in lines
                for agent in self.agents(line)
                if not agent.found.initials and agent.certainty != "denied"
            ]
            if acting:
                return acting[0] if len({self.key(agent.found, agent.ids) for agent in acting}) == 1 else None
        return None

    def rival(self, opening: Opening, agent: Agent) -> int:
        """From which sentence on another party acts, by index, so that what follows may be its deed."""
        first = opening.told[0]
        known = self._rivals.get(first.index)
        if known is None:
            known = first.index + len(opening.on)
            for sentence in self._view.sentences[first.index + 1 : known]:
                if any(self._is_rival(sentence, other, agent) for other in self.agents(sentence)):
                    known = sentence.index
                    break
            self._rivals[first.index] = known
        return known

    def _is_rival(self, sentence: Sentence, other: Agent, agent: Agent) -> bool:
        if other.found.initials or other.found.both or self.is_pointed(other) or not self.differs(other, agent):
            return False
        if agent.certainty == "stated":  # the publisher says who it was; what others say of each other changes nothing
            return other.certainty == "stated" and not sources.is_another_s(self._view, sentence, other.at)
        return other.certainty != "denied"

    def differs(self, other: Agent | None, agent: Agent) -> bool:
        """Whether another party than this one is meant; a shorter name for it is the same ("the coalition")."""
        if other is None or self.key(other.found, other.ids) == self.key(agent.found, agent.ids):
            return False
        low = self._view.low
        short, long = low[other.found.start : other.found.end], low[agent.found.start : agent.found.end]
        return short.removeprefix("the ") not in long

    def is_pointed(self, agent: Agent) -> bool:
        """Whether words without a name point to who was told of before: "the aircraft", "the attackers"."""
        found, low = agent.found, self._view.low
        if agent.ids or found.home or found.both or self.key(found):
            return False
        return low.startswith("the ", found.start) or low.endswith("the ", 0, found.start)

    def denying(self, draft: Draft) -> Agent | None:
        """The party that denies: the first that its sentence names in front of the words of denial."""
        for found in self.of(draft.sentence):
            if found.end <= draft.anchor[1] and not found.initials and not found.both:
                ids = self._ids(draft.sentence, found)
                return Agent(found, ids, found.start, "denied", None)
        return None

    def key(self, found: Found, ids: tuple[str, ...] = ()) -> str:
        """By what two mentions are one party: the ids, else the name that the words begin with."""
        if ids or found.ids:
            return "+".join(ids or found.ids)
        words = found.stands_for or self._view.clean[found.start : found.end]
        name = _NAME.search(words)
        return name[0].lower().rstrip("s") if name is not None else ""

    def fought(self, sentence: Sentence) -> Agent | None:
        """Both sides of "fighting between Norland and Sudland"."""
        clash = _CLASH.search(self._view.low, sentence.start, sentence.end)
        if clash is None:
            return None
        sides = [one for one in self.of(sentence) if clash.end() - 2 <= one.start < clash.end() + 160 and one.ids]
        ids = tuple(sorted({id_ for one in sides for id_ in one.ids}))
        if len(ids) < 2:
            return None
        whole = Found(sides[0].start, sides[-1].end, ids)
        return Agent(whole, ids, clash.start(), "stated", None)

    def _ids(self, sentence: Sentence, found: Found) -> tuple[str, ...]:
        if found.either:
            return ()
        if found.ids:
            return found.ids
        if found.both:
            return self.main()[0]
        return self._home(sentence, found) if found.home else ()

    def _home(self, sentence: Sentence, found: Found) -> tuple[str, ...]:
        """The state meant by "the army": the one named last before, else the one the document speaks of most."""
        for one in reversed(self.of(sentence)):
            if one.end <= found.start and len(one.ids) == 1 and len(one.ids[0]) == 2:
                return one.ids
        for before in self._view.before(sentence, 2):
            for one in reversed(self.of(before)):
                if len(one.ids) == 1 and len(one.ids[0]) == 2:
                    return one.ids
        state = self.main()[1]
        return (state,) if state else ()

    def _of_title(self) -> str | None:
        """The state in front of the title: "Norland: Soldiers burn village"."""
        view = self._view
        first = view.clean[view.blocks[0].start : view.blocks[0].end] if view.blocks else ""
        for title in (view.document.title or "", first):
            country = _COUNTRY.match(title)
            found = self._names.scan(country[0].title(), 0, country.end()) if country is not None else []
            if len(found) == 1 and len(found[0].ids) == 1:
                return found[0].ids[0]
        return None

    def main(self) -> tuple[tuple[str, ...], str | None]:
        """The two parties the document speaks of most as actors, and the state it speaks of most."""
        if self._main is None:
            view = self._view
            end = min(view.end, view.start + _READ_FOR_MAIN)
            acting: Counter[str] = Counter()
            named: Counter[str] = Counter()
            pairs: Counter[tuple[str, ...]] = Counter()
            for found in parties.find(view.clean, view.low, view.start, end, self._names):
                named.update(found.ids)
                if len(found.ids) == 2:
                    pairs[found.ids] += 1
                if _FORCES.search(view.low, found.start, found.end):
                    acting.update(found.ids)
            pair = max(pairs, key=lambda ids: (pairs[ids], sum(named[i] for i in ids), ids)) if pairs else ()
            two = pair or (tuple(sorted(id_ for id_, _ in acting.most_common(2))) if len(acting) > 1 else ())
            top = named.most_common(2)
            clear = bool(top) and (len(top) == 1 or top[0][1] > top[1][1])
            self._main = (two, top[0][0] if clear else self._of_title())
        return self._main


_ACTORS: WeakKeyDictionary[View, Actors] = WeakKeyDictionary()


def actors_of(view: View, names: Names) -> Actors:
    """The actors of a document, kept as long as the document is being read."""
    known = _ACTORS.get(view)
    if known is None:
        known = _ACTORS[view] = Actors(view, names)
    return known


def as_said(view: View, sentence: Sentence, agent: Agent) -> Agent:
    """A party as surely as its own sentence has it: what another is cited for there is reported here too."""
    if agent.certainty in ("stated", "identified") and sources.is_another_s(view, sentence, agent.at):
        return agent._replace(certainty="reported")
    return agent
