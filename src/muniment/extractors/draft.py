"""A claim in the making: rules fill its fields one after the other, and say of each which words gave it."""

from __future__ import annotations

from dataclasses import dataclass, field

from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import (
    Call,
    Claim,
    Count,
    HeldResponsible,
    MadeBy,
    Measure,
    PersonMention,
    Reason,
    SourceLink,
    Span,
    Victims,
    Weapon,
    When,
    Where,
)
from muniment.model.vocabulary import LONGEST_QUOTE, ClaimKind, Harm, Level, Polarity


@dataclass(slots=True)
class Draft:
    """What is known so far of one claim. Offsets are into the exhibit's text.

    Attributes:
        kind: the claim's kind.
        sentence: the sentence it stands in.
        start, end: the span of the claim, as tight as reads well.
        anchor: the word that carries it (the verb of harm, say); fields look for what governs this word.
        settled: names of fields a finder has filled for good; field rules leave these alone.
        why: for each field filled, the rule and the words that gave it.
    """

    kind: ClaimKind
    sentence: Sentence
    start: int
    end: int
    anchor: tuple[int, int]
    harm: tuple[Harm, ...] = ()
    count: Count | None = None
    measure: Measure | None = None
    victims: Victims | None = None
    persons: tuple[PersonMention, ...] = ()
    when: When | None = None
    where: Where | None = None
    weapon: Weapon | None = None
    party: HeldResponsible | None = None
    source: tuple[SourceLink, ...] = ()
    level: Level | None = None
    cue: str | None = None
    polarity: Polarity = "affirm"
    aggregate: bool = False
    call: Call | None = None
    mentions: tuple[Span, ...] = ()
    settled: set[str] = field(default_factory=set)
    why: dict[str, Reason] = field(default_factory=dict)

    def because(self, name: str, rule: str, view: View, start: int, end: int) -> None:
        """Record that `rule` gave the field `name` from the words at `[start, end)`."""
        self.why[name] = Reason(rule, view.text[start:end], start, end)

    def finish(self, view: View, made_by: MadeBy) -> Claim:
        """The claim; its id is given later, with those of its document."""
        start, end = self.start, min(self.end, self.start + LONGEST_QUOTE)
        return Claim(
            id="",
            document=view.document.id,
            span=Span(start, end),
            quote=view.text[start:end],
            kind=self.kind,
            harm=self.harm,
            count=self.count,
            measure=self.measure,
            victims=self.victims,
            persons=self.persons,
            when=self.when,
            where=self.where,
            weapon=self.weapon,
            party=self.party,
            source=self.source,
            level=self.level or "established",
            cue=self.cue,
            polarity=self.polarity,
            aggregate=self.aggregate,
            call=self.call,
            mentions=tuple(m for m in self.mentions if len(m) <= LONGEST_QUOTE),
            made_by=made_by,
            why=dict(self.why),
        )
