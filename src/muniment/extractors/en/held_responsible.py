"""Who a claim holds responsible, and how surely: the actor of its sentence, else of the passage, list or section.

A victim's nationality is not responsibility, nor is being the source. Certainty is that of the attribution, apart from
how firmly the event is held.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from muniment.extractors.draft import Draft
from muniment.extractors.en import parties, sources, weapons
from muniment.extractors.en.account import Opening, accounts_of, is_aside, openings_of
from muniment.extractors.en.day_book import starts_anew
from muniment.extractors.en.parties import WORDS, Found, Names
from muniment.extractors.en.passage import SAYING, earlier, is_fresh, names_same
from muniment.extractors.layout import Block
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either
from muniment.model import HeldResponsible
from muniment.model.vocabulary import Certainty

_DEEDS = WORDS["deeds"]
_VERB = rf"(?:{either(_DEEDS['verbs'])})(?!\w)"
_NOUN = rf"(?:{either(_DEEDS['nouns'])})(?!\w)"
_HARM = either(WORDS["victims"]["harm"])
_THEN = either(WORDS["victims"]["then"])

_BY = re.compile(
    r"(?<!\w)by\s+(?:both\s+)?(?:(?:the|a|an|some|members?\s+of|soldiers\s+of|elements\s+of|dozens\s+of|a\s+group\s+of)\s+){0,3}\Z"
)
_NOT_BY = re.compile(rf"(?<!\w){either(WORDS['not_by']['verbs'])}(?!\w)(?:\s+[\w-]+){{0,2}}?\s+by\b[^.;]*\Z")
_FROM = re.compile(
    rf"(?<!\w){either(_DEEDS['from_nouns'])}(?!\w)(?:\s+[\w-]+){{0,6}}?\s+(?:from|of)\s+(?:(?:the|a|an|(?:territory|positions?|areas?|districts?|villages?|land)\s+(?:of|held\s+by|controlled\s+by|under\s+the\s+control\s+of))\s+){{0,3}}\Z"
)
_USE_OF = re.compile(
    r"(?<!\w)(?:use|attacks?|strikes?|shelling|bombardment|offensive|crimes?|violations?)\s+(?:of|by)\s+(?:the\s+)?\Z"
)
_BLAME = re.compile(
    rf"(?<!\w){either(WORDS['blame']['before'])}(?!\w)\s+(?:(?:the|a|an|both|members\s+of)\s+){{0,2}}\Z"
)
_BLAMED = re.compile(rf"\s+(?:[\w-]+\s+){{0,2}}?{either(WORDS['blame']['after'])}(?!\w)")
_DOES = re.compile(
    rf"(?:\s\([^()]{{1,40}}\))?(?:\s*,\s*[^,;.]{{3,90}},)?(?P<between>(?:,?\s+[\w'’–\[\]-]+){{0,6}}?),?\s+(?P<verb>{_VERB})"
)
_OF_PLACE = re.compile(
    r"(?<!\w)(?:in|on|near|from|into|across|inside|throughout|within|at|against|to|towards?|with|for|between|over|outside|around)\s+(?:the\s+)?\Z"
)
_MEMBERS_OF = re.compile(
    r"(?<!\w)(?:members|elements|fighters|soldiers|units|groups?|gangs?|bands?|officers|men)\s+(?:of|from)\s+(?:(?:the|a|an|several)\s+)?\Z"
)
_IN_PLACE = re.compile(r"[a-z]'?,\s*\Z")
_VICTIM = re.compile(
    rf"(?<!\w){either(WORDS['victims']['before'])}\s+(?:(?:a|an|the|two|three|four|five|several|\d+)\s+)?(?:dead\s+|captured\s+)?\Z"
)
_CLASH = re.compile(
    r"(?<!\w)(?:fighting|clash(?:es)?|hostilities|war|conflict|fire|skirmish(?:es)?|battles?|violence)(?:\s+[\w-]+){0,8}?\s+between\s"
)
_PRONOUN = re.compile(r"[\s“\"•*-]{0,6}(?:its|their|his)\s")
_OWNS = re.compile(rf"(?:'s?|s')?(?P<between>(?:\s+(?:and\s+)?[\w-]+){{0,4}}?)\s+(?P<noun>{_NOUN})")
_SAID = re.compile(rf"(?<!\w)(?:{SAYING}|that|saying|called|urged?|urges|must|should|to\s+stop)(?!\w)")
_PASSIVE = re.compile(r"(?<!\w)(?:was|were|been|being|be|get|got)(?!\w)")
_REDUCED = re.compile(rf"\s+(?:[a-z]+ly\s+)?(?:{_HARM})(?!\w)(?:\s+and\s+{_HARM})?\s*(?:[,.;)]|\Z|\s(?:{_THEN})(?!\w))")
_OF_DUTY = re.compile(
    r"(?<!\w)(?:must|should|shall|ought\s+to|may|might|could|can|would|will|need\s+to|called?\s+on|urge[sd]?|not\s+to|to)(?!\w)"
)
_NO_DEED_NOUN = re.compile(
    rf"(?<!\w)(?:has|have|had|is|are|was|were|will|also|{SAYING}|and|or|in|on|at|from|to|with|who|which|that|against|of|for|border|under|come|came|faced?|journalists?|reporters?|people|residents|refugees|fled|citizens?|victims?|prisoners?|civilians?|villages?|towns?|city|territory|region)(?!\w)"
)
_BREAK = re.compile(r"[;:]|,\s(?:while|whereas|but)\s|\s(?:while|whereas|but|although|though)\s|[.!?]\s")
_ELSEWHERE = re.compile(r"[;:—–]|\s(?:while|whereas|but|although|though|despite)\s|[.!?]\s")
_FAR = 700
_BESIDE = 70


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
                _as_said(self._view, line, agent)
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


_COUNTRY = re.compile(r"\W*[A-Z][\w’' -]{2,40}(?=\s*[:–—/|])")
_FORCES = re.compile(rf"(?<!\w)(?:{either(WORDS['actors']['forces'])})(?!\w)")
_READ_FOR_MAIN = 20_000
_ACTORS: WeakKeyDictionary[View, Actors] = WeakKeyDictionary()


def actors_of(view: View, names: Names) -> Actors:
    """The actors of a document, kept as long as the document is being read."""
    known = _ACTORS.get(view)
    if known is None:
        known = _ACTORS[view] = Actors(view, names)
    return known


def acts_at(low: str, start: int, end: int, found: Found) -> int | None:
    """Where the words stand by which a sentence holds a party responsible; None where it does not.

    Args:
        low: plain text in lower case.
        start: where the sentence begins.
        end: where it ends.
        found: the party.
    """
    before = low[max(start, found.start - 120) : found.start]
    after = low[found.end : min(end, found.end + 120)]
    by = _BY.search(before)
    if by is not None and not _NOT_BY.search(before[max(0, by.start() - 40) : by.start() + 3]):
        return found.start
    if _BLAME.search(before):
        return found.start
    if _FROM.search(before) and not found.bare:
        return found.start
    if _BLAMED.match(after):
        return found.start
    owns = _OWNS.match(after)
    if (
        owns is not None
        and not _NO_DEED_NOUN.search(owns["between"])
        and (found.ids or owns[0][:1] in "'s" or found.home or not (found.initials or found.both))
    ):
        return found.end + owns.start("noun")
    if found.bare and after.startswith(",") and _IN_PLACE.search(before):
        return None
    member = _MEMBERS_OF.search(before)
    if member is not None:  # "members of a gang killed nine", but "killing nine members of a gang"
        before = before[: member.start()]
    if _VICTIM.search(before) or (_OF_PLACE.search(before) and (found.bare or not found.ids)):
        return None
    if _REDUCED.match(after) and not _DOES_MORE.match(after):
        return None
    does = _DOES.match(after)
    if does is not None and _is_active(does["between"], does["verb"]):
        return found.end + does.start("verb")
    return None


_DOES_MORE = re.compile(
    rf"\s+(?:{_HARM})\s+(?:and\s+(?:{_HARM})\s+)?(?:at\s+least|more|the|a|an|\d|two|three|four|five|six|seven|eight|nine|ten|several|dozens|scores|hundreds|civilians|people|him|her|them)\b"
)


_BE = ("is ", "are ", "was ", "were ", "be ", "been ", "have ", "has ", "had ")
_NOUN_BEFORE = re.compile(r"(?<!\w)(?:under|an?|the|in|of|by|from|for|this|that|to|its|their)\s*\Z")


def _is_active(between: str, verb: str) -> bool:
    if _NOUN_BEFORE.search(between) and not verb.startswith(_BE):
        return False
    if _SAID.search(between) or _OF_DUTY.search(between) or re.search(r"[.;:]", between):
        return False
    return verb.startswith(
        ("is ", "are ", "was ", "were ", "be ", "been ", "have ", "has ", "had ")
    ) or not _PASSIVE.search(between)


_OF_LAW = re.compile(
    r"\s+((?:to\s+(?:have\s+)?)?(?:violate|breach|constitute|amount|(?:be\s+|been\s+)?(?:un|il|in|dis)(?:lawful|legal|discriminate|proportionate)))"
)
_DASH = re.compile("—")
_NAME = re.compile(r"(?!The\s|An?\s)(?<!\w)[A-Z][\w’'-]*")


def _nearest(view: View, draft: Draft, agents: Sequence[Agent]) -> Agent | None:
    best: tuple[int, Agent] | None = None
    for agent in agents:
        low, high = sorted((agent.at, draft.anchor[0]))
        if len(_DASH.findall(view.text, low, high)) % 2:
            continue  # who acts outside an aside between dashes is not said to act in it
        breaks = sum(1 for _ in _BREAK.finditer(view.low, low, high))
        inside = draft.start <= agent.found.start < draft.end
        cost = high - low + 90 * breaks - 80 * inside
        if cost < _FAR and (best is None or cost < best[0]):
            best = (cost, agent)
    return best[1] if best else None


def held_responsible(draft: Draft, view: View, mentions: Mentions) -> tuple[Agent, str] | None:
    """The party a claim holds responsible and the rule that says so; None where nothing does."""
    book = actors_of(view, parties.names_of(mentions.lexicon.parties))
    own = _nearest(view, draft, book.agents(draft.sentence))
    if own is None and draft.kind in ("incident", "ceasefire"):
        own = book.fought(draft.sentence)
    if own is None and draft.kind == "denial":
        own = book.denying(draft)
    if own is not None and draft.kind == "ceasefire" and not _broke_it(view, draft, own):
        return None  # a truce is nobody's deed unless the words beside it say who made or broke it
    if own is not None:
        apart = _BREAK.search(view.low, *sorted((own.at, draft.anchor[0]))) is not None
        if apart and _hurt(draft, book, own):
            return None
        meant = _told_before(draft, view, mentions, book) if book.is_pointed(own) else None
        return meant if meant is not None and (meant[0].ids or book.key(meant[0].found)) else (own, "party.acts")
    if draft.kind in _OWN_SENTENCE_ONLY or (
        draft.kind == "denial" and _PRONOUN.match(view.low, draft.sentence.start) is None
    ):
        return None
    block = view.block_of(draft.sentence)
    if block.kind == "bullet":
        return _of_paragraph(draft, view, book) or _of_list(view, book, block)
    return _told_before(draft, view, mentions, book)


def _told_before(draft: Draft, view: View, mentions: Mentions, book: Actors) -> tuple[Agent, str] | None:
    """The party of the event as the sentences before, the heading or the opening of the section name it."""
    back = _PRONOUN.match(view.low, draft.sentence.start) is not None or names_same(view, draft.sentence)
    if (back or not draft.aggregate) and not (starts_anew(view, draft.sentence) or is_aside(view, draft.sentence)):
        for before in earlier(view, draft.sentence):
            agents = [a for a in book.agents(before) if not a.found.initials and a.certainty != "denied"]
            accused = any(agent.certainty in _ACCUSED for agent in agents)
            if accused and (before.block != draft.sentence.block or any(book.differs(a, agents[-1]) for a in agents)):
                return None  # what one side says of the other stays beside it
            if agents and not (book.is_pointed(agents[-1]) and not draft.aggregate):
                return None if _hurt(draft, book, agents[-1]) else (_as_said(view, before, agents[-1]), "party.carried")
            if is_fresh(view, before):
                break
    return _of_section(view, book, draft.sentence) or _of_account(draft, view, mentions, book)


def _of_paragraph(draft: Draft, view: View, book: Actors) -> tuple[Agent, str] | None:
    """The party named before in the same numbered paragraph or item."""
    if draft.aggregate or starts_anew(view, draft.sentence) or is_fresh(view, draft.sentence):
        return None
    for before in view.before(draft.sentence, 4):
        agents = [a for a in book.agents(before) if not a.found.initials and a.certainty != "denied"]
        if agents:
            return None if _hurt(draft, book, agents[-1]) else (_as_said(view, before, agents[-1]), "party.carried")
        if is_fresh(view, before) or starts_anew(view, before):
            return None
    return None


_ACCUSED = frozenset({"alleged", "claimed"})


def _as_said(view: View, sentence: Sentence, agent: Agent) -> Agent:
    """A party as surely as its own sentence has it: what another is cited for there is reported here too."""
    if agent.certainty in ("stated", "identified") and sources.is_another_s(view, sentence, agent.at):
        return agent._replace(certainty="reported")
    return agent


def _of_account(draft: Draft, view: View, mentions: Mentions, book: Actors) -> tuple[Agent, str] | None:
    """The party of the event that the claim's section or document opens with and still tells of."""
    for opening in openings_of(draft, view):
        armed = [weapon for line in opening.told for weapon in mentions.weapons(line)]
        if not weapons.may_be_one(mentions.weapons(draft.sentence), armed):
            return None
        agent = book.of_opening(opening)
        if agent is None:
            continue
        within = opening.goes_on(draft.sentence)
        if within and draft.sentence.index >= book.rival(opening, agent):
            return None
        if not within and any(book.differs(book.of_opening(other), agent) for other in accounts_of(view).above(draft)):
            return None
        return None if _hurt(draft, book, agent) else (agent, "party.account")
    return None


def _broke_it(view: View, draft: Draft, agent: Agent) -> bool:
    """Whether a party stands beside the ceasefire itself: "a truce, which Norlandish forces broke"."""
    low, high = min(agent.at, draft.start), max(agent.at, draft.end)
    beside = agent.at - draft.end < _BESIDE and draft.start - agent.at < _BESIDE
    return beside and _ELSEWHERE.search(view.low, low, high) is None


def _hurt(draft: Draft, book: Actors, agent: Agent) -> bool:
    """Whether the claim's own words name people of that party, who then are rather the victims."""
    return any(
        draft.start <= found.start < draft.end
        and book.key(found) == book.key(agent.found, agent.ids)
        and acts_at_all(book, draft, found) is None
        for found in book.of(draft.sentence)
        if not found.home
    )


def acts_at_all(book: Actors, draft: Draft, found: Found) -> Agent | None:
    """The party of a sentence as an actor, if it is one."""
    return next((agent for agent in book.agents(draft.sentence) if agent.found == found), None)


def _of_list(view: View, book: Actors, block: Block) -> tuple[Agent, str] | None:
    """The party in the sentence that introduces a list: "attacks by Norland, including:"."""
    for index in range(block.index - 1, max(-1, block.index - 40), -1):
        above = view.blocks[index]
        if above.kind == "bullet":
            continue
        intro = view.sentences_of(above)
        if intro and view.clean[intro[-1].end - 1 : intro[-1].end] in (":", ","):
            agents = book.agents(intro[-1])
            return (agents[-1], "party.list") if agents else None
        return None
    return None


def _of_section(view: View, book: Actors, sentence: Sentence) -> tuple[Agent, str] | None:
    """The party in the heading of the section: "Attacks by Norlandish forces"."""
    for index in range(sentence.block - 1, max(-1, sentence.block - 60), -1):
        block = view.blocks[index]
        if block.kind != "heading":
            continue
        if accounts_of(view).is_front(block):
            return None  # what the text as a whole is about: the account knows how far that goes
        lines = view.sentences_of(block)
        if not lines or _is_name(view.words(lines[0])):
            continue
        agents = [agent for agent in book.agents(lines[0]) if not agent.found.initials]
        return (agents[-1], "party.section") if agents else None
    return None


def _is_name(words: str) -> bool:
    """Whether a short line is a speaker's name under a pulled quotation, or a caption, rather than a heading."""
    parts = words.split()
    return "," in words or (2 <= len(parts) <= 4 and all(part[:1].isupper() or len(part) < 4 for part in parts))


_OWN_SENTENCE_ONLY = frozenset(
    {"call", "response", "verification", "identity", "legal_status", "indicator", "ceasefire"}
)


_SPOKEN = frozenset({"source.cited", "source.quotation", "source.told_on", "source.nobody"})
"""Rules by which the claim is another's: who is responsible is then theirs to say too."""


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Say whom a draft holds responsible."""
    if "party" in draft.settled or draft.kind == "call":
        return
    chosen = held_responsible(draft, view, mentions)
    if chosen is None:
        return
    agent, rule = chosen
    certainty = agent.certainty
    if certainty == "identified" and not (agent.cue or "").startswith(("identif", "recogni")):
        certainty = "stated"  # what was verified is the event, not who did it
    if draft.kind == "denial":
        certainty = "denied"
    elif draft.kind == "refutation" and certainty == "denied":
        certainty = "stated"
    cited = "source" in draft.why and draft.why["source"].rule in _SPOKEN
    if certainty in ("stated", "identified") and rule in ("party.acts", "party.section") and cited:
        certainty = "reported"
    raw = view.text[agent.found.start : agent.found.end]
    draft.party = HeldResponsible(raw, "+".join(agent.ids) or None, certainty, agent.cue)
    draft.because("party", rule, view, agent.found.start, agent.found.end)
