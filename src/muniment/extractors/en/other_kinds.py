"""Finds what is told besides casualties: attacks, weapons, damage, detention, restriction, calls and the rest.

The rules stand as data in `kinds/*.toml`; here it is decided which of those that fit make a claim: words inside a
demand, a statement of law or a mere possibility assert nothing, one verb makes one claim, and what a casualty claim
already tells is not told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from muniment.extractors.draft import Draft
from muniment.extractors.en import calls, indicators, persons
from muniment.extractors.en.affected import victims
from muniment.extractors.en.clauses import clause, is_open, states_law
from muniment.extractors.en.counting import counted, qualified
from muniment.extractors.en.rules import Hit, hits
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count, PersonMention
from muniment.model.vocabulary import LONGEST_QUOTE

_ABOUT_EVENTS = ("weapon_id", "weapon_use", "attribution", "damage", "incident")
"""Kinds that tell of one attack from several sides: of two that share a verb, the earlier in this list is kept."""
_BY_NOUN = frozenset({"incident: bombardment of a place", "incident: so many attacks"})
_ORDER = {kind: place for place, kind in enumerate(_ABOUT_EVENTS)}
_HOLDS_IN_LAW = frozenset({"call", "legal_status", "denial", "refutation", "verification", "response", "ceasefire"})
_HOLDS_IF_OPEN = frozenset(
    {
        "call",
        "legal_status",
        "legal_finding",
        "denial",
        "refutation",
        "verification",
        "identity",
        "response",
        "ceasefire",
    }
)
_THEY = (("They",), ("It",), ("they",), ("it",))
_NOT_SHIELDED = frozenset({"denial", "refutation", "verification", "call", "response"})
"""Kinds told in their own right even inside what is denied; all others are what the denial is about."""
_RELATIVE = re.compile(r"(?<!\w)(?:that|which|who)\s(?:has|have|had|was|were|is|are)(?!\w)")
_MODELLED = re.compile(r"\d|-made|-built|-produced|-supplied")
_GENERIC_WEAPON = re.compile(
    r"(?<!\w)(?:(?:[\w-]+\s){0,2}(?:weapons?|weaponry|munitions|explosives)|f-\d+s?|mig-\d+s?|su-\d+s?|mines|gunships|fighter jets|land-?mines?|poison gas|chlorine|sarin|nerve agents?|tear gas|live ammunition|rubber bullets)(?!\w)"
)
_VERB = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|hits?|struck|strikes|kills?|killed|destroys?|destroyed|den(?:y|ies|ied)|refutes?|refuted|shows?|used?|uses|"
    r"attacks|attacked|shells|shelled|bombs|bombed|arrests?|arrested|detains?|detained|jails?|jailed|sentenced|frees?|freed|releases?|released|fires?|fired|"
    r"blocks?|blocked|cuts?|shuts?|bans?|banned|signs?|signed|come|comes|came|left|continues?|kidnaps?|admits?|accuses?|accused|verified|confirmed|violated?)(?!\w)"
)
_SUCH_AS = re.compile(r"(?<!\w)(?:such as|including|like|among them|and others|among others)(?!\w)")
_INCLUDING = re.compile(r"(?<!\w)(?:including|and) (?:the )?\Z")
_NOT = re.compile(r"(?<!\w)(?:not|never|nor|no longer)(?!\w)")
_PRONOUN = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)")
_EXCEPTION = re.compile(r"(?<!\w)(?:exception|except|apart from|other than)(?!\w)")
_PERIOD = re.compile(
    r"(?<!\w)(?:repeatedly|continuously|systematic\w*|widespread|campaign|throughout|ongoing|near constant|for (?:months|weeks|years)|pattern|regularly|frequent\w*|"
    r"every (?:day|week|night)|since (?:the )?(?:start|beginning)|across|in recent (?:days|weeks|months|years)|both sides|all sides|over the (?:last|past))(?!\w)"
)
_BOILERPLATE = re.compile(
    r"^!\[|appeared first on|all rights reserved|photo by|getty images|newsletter|cookies|subscribe|follow us|https?://\S+$"
)


def find(view: View, mentions: Mentions, casualties: Sequence[Draft] = ()) -> Iterator[Draft]:
    """The claims of all kinds but casualty, in reading order.

    Args:
        view: the document.
        mentions: what it names.
        casualties: the casualty claims already found: their sentences are not told again as incidents.
    """
    told: dict[int, list[Draft]] = {}
    for casualty in casualties:
        told.setdefault(casualty.sentence.index, []).append(casualty)
    demands = {
        bullet.sentence.index: bullet
        for sentence in view.sentences
        if view.block_of(sentence).kind == "bullet" and (bullet := calls.listed(view, sentence)) is not None
    }
    called: tuple[int, tuple[str, ...]] = (-1, ())
    last: tuple[int, tuple[PersonMention, ...]] = (-10, ())
    for sentence, found in hits(view):
        if _BOILERPLATE.search(view.low, sentence.start, sentence.end):
            continue
        drafts = list(calls.calls(view, sentence, found))
        for demand in drafts:
            if demand.call is not None and demand.call.to in _THEY and called[0] == sentence.block:
                demand.call = replace(demand.call, to=called[1])
            if demand.call is not None and demand.call.to:
                called = (sentence.block, demand.call.to)
        listed = demands.pop(sentence.index, None)
        if listed is not None and not any(draft.start <= listed.start + 3 for draft in drafts):
            drafts = [listed]
        for hit, weapon in _standing(view, sentence, found, mentions, drafts, told.get(sentence.index, ())):
            made = _draft(view, sentence, hit, weapon)
            if made is None:
                continue
            if hit.rule.persons:
                last = _name(made, view, mentions, last)
                if "by name" in hit.rule.name and not any(p.role == "alleged_responsible" for p in made.persons):
                    continue  # "held accountable" is a call unless somebody is named
            drafts.append(made)
        yield from _separate(view, sentence, drafts, bool(mentions.dates(sentence)) if drafts else False)
    yield from demands.values()


def _standing(
    view: View,
    sentence: Sentence,
    found: list[Hit],
    mentions: Mentions,
    demanded: list[Draft],
    casualties: Sequence[Draft],
) -> list[tuple[Hit, tuple[int, int] | None]]:
    """The rules that make a claim here, in reading order, each with the weapon it needs."""
    law = states_law(view, sentence)
    counted_dead = any(draft.count is not None and draft.count.qualifier != "unspecified" for draft in casualties)
    standing: list[tuple[Hit, tuple[int, int] | None]] = []
    for hit in found:
        rule = hit.rule
        if rule.kind == "call" or (law and rule.kind not in _HOLDS_IN_LAW):
            continue
        if rule.quiet and (counted_dead or any(_shares(draft, hit) for draft in casualties)):
            if not (rule.nominal and _INCLUDING.search(view.low[max(sentence.start, hit.start - 30) : hit.start])):
                continue
        if not rule.anywhere and any(_within(view, draft, hit.anchor[0]) for draft in demanded):
            continue
        if rule.kind not in _HOLDS_IF_OPEN and is_open(view, sentence, hit.start):
            continue
        weapon = None
        if rule.weapon is not None:
            weapon = _weapon(view, sentence, hit, mentions)
            if weapon is None:
                continue
        standing.append((hit, weapon))
    for shield in [hit for hit, _ in standing if hit.rule.kind in ("denial", "refutation")]:
        _, end = clause(view, sentence, shield.start, shield.end)
        standing = [
            (hit, weapon)
            for hit, weapon in standing
            if hit.rule.kind in _NOT_SHIELDED or not shield.anchor[1] <= hit.anchor[0] < end
        ]
    standing.sort(key=lambda pair: (_ORDER.get(pair[0].rule.kind, -1), pair[0].rule.place, pair[0].start))
    chosen: list[tuple[Hit, tuple[int, int] | None]] = []
    for hit, weapon in standing:
        if not any(_same_words(hit, other) for other, _ in chosen):
            chosen.append((hit, weapon))
    return sorted(chosen, key=lambda pair: pair[0].start)


def _same_words(hit: Hit, other: Hit) -> bool:
    """Whether two rules rest on the same verb, or one kind is told twice in one stretch of words."""
    if hit.rule.kind == other.rule.kind:
        return hit.start < other.end and other.start < hit.end
    if hit.rule.kind in _ORDER and other.rule.kind in _ORDER:
        return (
            hit.anchor[0] < other.end
            and other.anchor[0] < hit.end
            and (
                hit.anchor == other.anchor
                or hit.start < other.anchor[1] <= hit.end
                or other.start < hit.anchor[1] <= other.end
            )
        )
    return hit.anchor == other.anchor and {hit.rule.kind, other.rule.kind} <= {
        "detention", "ill_treatment", "restriction", "surveillance", "deprivation", "incident", "damage", "legal_finding", "indicator",
    }  # fmt: skip


def _shares(draft: Draft, hit: Hit) -> bool:
    return draft.start < hit.end and hit.start < draft.end


def _within(view: View, draft: Draft, at: int) -> bool:
    """Whether a place lies in what is demanded, and not in a clause there that tells a fact."""
    if draft.kind != "call" or not draft.start <= at < draft.end:
        return False
    return _RELATIVE.search(view.low, draft.start, at) is None


def _weapon(view: View, sentence: Sentence, hit: Hit, mentions: Mentions) -> tuple[int, int] | None:
    """The weapon a rule needs: named on the side it asks for, near enough, with no end of clause between."""
    rule = hit.rule
    if rule.weapon == "after":
        first, last = hit.match.end(), min(sentence.end, hit.match.end() + rule.reach)
    else:
        first, last = max(sentence.start, hit.start - rule.reach), hit.start
    spans = [(weapon.start, weapon.end) for weapon in mentions.weapons(sentence)]
    named = [
        (weapon.start, weapon.end)
        for weapon in mentions.weapons(sentence)
        if not rule.model
        or weapon.model is not None
        or weapon.origin is not None
        or weapon.class_ == "cluster"
        or _MODELLED.search(view.low, weapon.start, weapon.end)
    ]
    if not rule.model and rule.kind == "weapon_use":
        named += [
            match.span()
            for match in _GENERIC_WEAPON.finditer(view.low, first, last)
            if not any(a < match.end() and match.start() < b for a, b in spans)
        ]
    for start, end in sorted(named, reverse=rule.weapon == "before"):
        if first <= start and end <= (last if rule.weapon == "before" else sentence.end) and start <= last:
            between = view.low[hit.match.end() : start] if rule.weapon == "after" else view.low[end : hit.start]
            barred = rule.between is not None and rule.between.search(between) is not None
            if not barred and not re.search(r"[;”]|\.\s" if rule.between is not None else r"[;“”\"]|\.\s", between):
                return start, end
    return None


def _draft(view: View, sentence: Sentence, hit: Hit, weapon: tuple[int, int] | None) -> Draft | None:
    rule = hit.rule
    first, last = hit.start, hit.end
    if weapon is not None:
        first, last = min(first, weapon[0]), max(last, weapon[1])
    start, end = clause(view, sentence, first, last, nominal=rule.nominal)
    if rule.tight:
        start, end = qualified(view.low, sentence.start, first), last
    end = min(end, start + LONGEST_QUOTE)
    draft = Draft(rule.kind, sentence, start, end, hit.anchor, harm=rule.harm)
    draft.because("kind", f"{rule.kind}: {rule.name}", view, *hit.anchor)
    if rule.kind == "indicator":
        indicators.measure(draft, view, hit)
        if draft.count is None and draft.measure is None:
            return None
    elif rule.times is not None:
        draft.count = Count.of("exact", rule.times, "twice", unit=rule.unit or "other")
    elif rule.unit is not None:
        draft.count = counted(view, sentence, start, end, hit.anchor[0], rule.unit, bare=rule.bare)
    if rule.polarity is not None:
        draft.polarity = rule.polarity
        if rule.polarity == "negated" and _EXCEPTION.search(view.low, hit.end, sentence.end):
            draft.polarity = "negated_with_exception"
            draft.end = min(max(draft.end, sentence.end - 1), start + LONGEST_QUOTE)
        draft.settled.add("polarity")
    elif rule.kind == "legal_status" and _NOT.search(view.low, max(start, hit.anchor[0] - 14), hit.anchor[1]):
        draft.polarity = "negated"
        draft.settled.add("polarity")
    if rule.level is not None:
        draft.level = rule.level
        draft.cue = view.text[hit.anchor[0] : hit.anchor[1]]
        draft.settled.update(("level", "cue"))
        draft.because("level", f"{rule.kind}: {rule.name}", view, *hit.anchor)
    draft.victims = victims(draft, view)
    draft.aggregate = _PERIOD.search(view.low, draft.start, draft.end) is not None
    return draft


def _name(
    draft: Draft, view: View, mentions: Mentions, last: tuple[int, tuple[PersonMention, ...]]
) -> tuple[int, tuple[PersonMention, ...]]:
    """Put the people named onto the draft; a mere "he" is who was named just before."""
    sentence = draft.sentence
    known = [(place.start, place.end) for place in mentions.places(sentence)]
    known += [(party.start, party.end) for party in mentions.parties(sentence)]
    people = persons.find(view.clean, sentence.start, sentence.end, known, harmed=True)
    named: list[PersonMention] = []
    for person in people:
        inside = draft.start - 2 <= person.start < draft.end + 2
        if person.role == "victim":
            if inside:
                named.append(person.mention())
        elif person.role == "alleged_responsible" or (person.role is not None and inside):
            named.append(person.mention())
    draft.persons = tuple(named)
    if draft.kind == "detention" and draft.count is None and (taken := [p for p in named if p.role == "victim"]):
        if _SUCH_AS.search(view.low, draft.start, draft.end) is None:
            names = ", ".join(person.name for person in taken)
            draft.count = Count.of("exact", len(taken), names)
            draft.because("count", "detention: people named", view, draft.start, draft.end)
    harmed = persons.victims([person for person in people if draft.start - 2 <= person.start < draft.end + 2])
    if harmed:
        return sentence.index, harmed
    if 0 <= sentence.index - last[0] <= 1 and _PRONOUN.search(view.low, draft.start, draft.anchor[0] + 1):
        draft.persons = (*draft.persons, *last[1])
        return sentence.index, last[1]
    return last


def _only_introduces(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether "the analysis showed that" merely leads up to what another claim tells."""
    return draft.why["kind"].rule == "verification: analysis confirmed" and any(
        other is not draft and other.kind != "verification" and draft.anchor[0] < other.anchor[0] for other in drafts
    )


def _is_title_noun(draft: Draft) -> bool:
    """Whether a heading only names its subject: "Attacks on hospitals", "Bombing the market"."""
    words = draft.why["kind"].words.lower()
    return draft.kind in _ABOUT_EVENTS and (
        draft.why["kind"].rule in _BY_NOUN or words.endswith("ing") or words == "use"
    )


def _is_mere_mention(draft: Draft, drafts: list[Draft], others: list[Draft], *, dated: bool, told: bool) -> bool:
    """Whether an attack is only named by a noun, in words that tell something else of it."""
    if draft.kind != "incident" or draft.why["kind"].rule not in _BY_NOUN:
        return False
    if any(d.kind == "legal_finding" and d.start <= draft.anchor[0] < d.end for d in drafts):
        return True
    if not draft.why["kind"].words.lower().startswith(("attack", "strike", "assault", "raid")):
        return False
    return bool(others) or not (dated or draft.count is not None) or not told


def _separate(view: View, sentence: Sentence, drafts: list[Draft], dated: bool) -> Iterator[Draft]:
    """The drafts of one sentence without those that say nothing more than another of their kind."""
    kept: list[Draft] = []
    if any(
        draft.kind == "attribution" and any(p.role == "alleged_responsible" for p in draft.persons) for draft in drafts
    ):
        drafts = [draft for draft in drafts if draft.kind != "call"]  # to be held accountable by name
    if any(draft.kind == "legal_status" and draft.count is not None for draft in drafts):
        drafts = [draft for draft in drafts if draft.kind != "legal_status" or draft.count is not None]
    block = view.block_of(sentence)
    told = _VERB.search(view.low, sentence.start, sentence.end) is not None
    if block.kind == "heading":
        bare = block.end - block.start < 90 and not _VERB.search(view.low, block.start, block.end)
        drafts = [draft for draft in drafts if draft.kind == "call" or not (bare or _is_title_noun(draft))]
    drafts = [draft for draft in drafts if not _only_introduces(draft, drafts)]
    others = [draft for draft in drafts if draft.kind in _ABOUT_EVENTS and draft.kind != "incident"]
    drafts = [draft for draft in drafts if not _is_mere_mention(draft, drafts, others, dated=dated, told=told)]
    figures = [draft for draft in drafts if draft.kind == "indicator"]
    drafts = [
        draft
        for draft in drafts
        if draft.kind != "deprivation" or not any(f.start <= draft.anchor[0] < f.end for f in figures)
    ]
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        twin = next(
            (
                k
                for k in kept
                if k.kind == draft.kind and k.start <= draft.start and draft.end <= k.end and k.harm == draft.harm
            ),
            None,
        )
        if twin is not None and draft.kind not in ("call", "legal_status", "indicator", "verification"):
            if draft.why["kind"].rule == "damage: and another object" and draft.start > twin.anchor[1]:
                twin.end = draft.start
                kept.append(draft)
                continue
            if twin.count is not None and draft.count is not None and twin.count.raw != draft.count.raw:
                kept.append(draft)
                continue
            if twin.count is None and draft.count is not None:
                twin.count = draft.count
            if not twin.persons:
                twin.persons = draft.persons
            continue
        if twin is not None and draft.kind == "indicator" and (twin.count is None or draft.count is None):
            if twin.count is None and draft.measure is not None and twin.measure is not None:
                twin.count, twin.measure = draft.count, replace(draft.measure, what=twin.measure.what)
                twin.why.update(draft.why)
            continue
        kept.append(draft)
    yield from kept
