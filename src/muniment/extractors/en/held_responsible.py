"""Who a claim holds responsible, and how surely: the actor of its sentence, else of the passage, list or section.

A victim's nationality is not responsibility, nor is being the source. Certainty is that of the attribution, apart from
how firmly the event is held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from muniment.extractors.draft import Draft
from muniment.extractors.en import parties, weapons
from muniment.extractors.en.account import accounts_of, is_aside, openings_of
from muniment.extractors.en.actors import Actors, Agent, actors_of, as_said
from muniment.extractors.en.day_book import starts_anew
from muniment.extractors.en.parties import Found
from muniment.extractors.en.passage import earlier, is_fresh, names_same
from muniment.extractors.layout import Block
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import HeldResponsible

_PRONOUN = re.compile(r"[\s“\"•*-]{0,6}(?:its|their|his)\s")
_BREAK = re.compile(r"[;:]|,\s(?:while|whereas|but)\s|\s(?:while|whereas|but|although|though)\s|[.!?]\s")
_ELSEWHERE = re.compile(r"[;:—–]|\s(?:while|whereas|but|although|though|despite)\s|[.!?]\s")
_FAR = 700
_BESIDE = 70
_DASH = re.compile("—")


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
            if accused and before.block != draft.sentence.block:
                break  # what one side says of the other stays beside it
            if agents and agents[-1].found.both and before.block != draft.sentence.block:
                break  # "all parties violate the law" says nothing of who did the deed told below
            if accused and any(book.differs(one, agents[-1]) for one in agents):
                return None
            if agents and not (book.is_pointed(agents[-1]) and not draft.aggregate):
                return None if _hurt(draft, book, agents[-1]) else (as_said(view, before, agents[-1]), "party.carried")
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
            return None if _hurt(draft, book, agents[-1]) else (as_said(view, before, agents[-1]), "party.carried")
        if is_fresh(view, before) or starts_anew(view, before):
            return None
    return None


_ACCUSED = frozenset({"alleged", "claimed"})


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
