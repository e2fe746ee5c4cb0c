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
from muniment.extractors.en import calls, indicators
from muniment.extractors.en.affected import name_people, victims
from muniment.extractors.en.apart import EVENTS, is_beside_the_matter
from muniment.extractors.en.clauses import clause, is_asked, is_open, states_law
from muniment.extractors.en.counting import counted, qualified
from muniment.extractors.en.rules import Hit, hits, macros
from muniment.extractors.en.sifting import ABOUT_EVENTS, sifted
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count, PersonMention
from muniment.model.vocabulary import LONGEST_QUOTE

_ORDER = {kind: place for place, kind in enumerate(ABOUT_EVENTS)}
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
_ABOUT_PEOPLE = frozenset(
    {"detention", "ill_treatment", "restriction", "surveillance", "deprivation"}
    | {"incident", "damage", "legal_finding", "indicator"}
)
"""Kinds of which one verb tells only one."""
_CLAUSE = 90
_SUBORDINATE = re.compile(
    r"(?<!\w)(?:when|as|after|before|while|where|because|since|that|which|who|whom|if)\s[^.;:]*\Z"
    r"|\w(?:ed|ing) in\s[^.;:]*\Z"
)
_CAME_OF_IT = re.compile(
    r"[;]|(?<!\w)(?:result(?:s|ed|ing) (?:in|of)|le(?:d|ading) to|which|and (?:killing|injuring|wounding))(?!\w)"
)
_INCLUDED = re.compile(
    (
        r",? (?:including|among them|such as) (?:the |an? |its )?(?:[\w'’-]+ ){0,5}?"
        + macros()["protected"]
        + r"(?!\w)"
    ).replace(" ", r"\s+")
)
"""The objects a claim of damage names behind its own words: "heritage, including the cathedral"."""
_RELATIVE = re.compile(r"(?<!\w)(?:that|which|who)\s(?:has|have|had|was|were|is|are)(?!\w)")
_MODELLED = re.compile(r"\d|-made|-built|-produced|-supplied")
_GENERIC_WEAPON = re.compile(
    r"(?<!\w)(?:(?:[\w-]+\s){0,2}(?:weapons?|weaponry|munitions|explosives)|f-\d+s?|mig-\d+s?|"
    r"su-\d+s?|mines|gunships|fighter jets|land-?mines?|poison gas|chlorine|sarin|nerve agents?|"
    r"tear gas|live ammunition|rubber bullets)(?!\w)"
)
_ATTRIBUTIVE = re.compile(r"\s+(?:incidents?|attacks?|strikes?|bombardments?|raids?|use)(?!\w)")
_PEACEFUL = re.compile(
    r"\s+(?:footage|imagery|images|to (?:map|film|photograph|survey|deliver|monitor|document|show|record))"
)
_INCLUDING = re.compile(r"(?<!\w)(?:including|and) (?:the )?\Z")
_NOT = re.compile(r"(?<!\w)(?:not|never|nor|no longer)(?!\w)")
_EXCEPTION = re.compile(r"(?<!\w)(?:exception|except|apart from|other than)(?!\w)")
_PERIOD = re.compile(
    r"(?<!\w)(?:repeatedly|continuously|systematic\w*|widespread|campaign|throughout|ongoing|near "
    r"constant|for (?:months|weeks|years)|pattern|regularly|frequent\w*|"
    r"every (?:day|week|night)|since (?:the )?(?:start|beginning)|across|in recent (?:days|weeks|"
    r"months|years)|both sides|all sides|over the (?:last|past))(?!\w)"
)
_BOILERPLATE = (
    "appeared first on",
    "all rights reserved",
    "photo by",
    "getty images",
    "newsletter",
    "cookies",
    "subscribe",
    "follow us",
)
_ROW = re.compile(r"\||!\[|</?t[dhr]\b")
_CELL = re.compile(r"\s\|\s*\d")


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
        if _is_furniture(view.low[sentence.start : sentence.end]):
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
                last = name_people(made, view, mentions, last)
                if "by name" in hit.rule.name and not any(p.role == "alleged_responsible" for p in made.persons):
                    continue  # "held accountable" is a call unless somebody is named
            drafts.append(made)
        if any(draft.kind in EVENTS and draft.count is None for draft in drafts) and is_beside_the_matter(
            view, sentence
        ):
            drafts = [draft for draft in drafts if draft.kind not in EVENTS or draft.count is not None]
        yield from sifted(view, sentence, drafts, bool(mentions.dates(sentence)) if drafts else False)
    yield from demands.values()


def _is_furniture(words: str) -> bool:
    """Whether a sentence belongs to the page rather than the text: a credit, a table row, the name of a picture."""
    return (
        any(phrase in words for phrase in _BOILERPLATE)
        or _ROW.match(words) is not None
        or ("|" in words and _CELL.search(words) is not None)
    )


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
        if rule.quiet and _is_told(view, hit, casualties, counted_dead=counted_dead):
            continue
        if not rule.anywhere and any(_within(view, draft, hit.anchor[0]) for draft in demanded):
            continue
        if rule.kind not in _HOLDS_IF_OPEN and (
            is_open(view, sentence, hit.start) or is_asked(view, sentence, hit.anchor[0])
        ):
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
            if hit.rule.kind in _NOT_SHIELDED or not shield.anchor[0] <= hit.anchor[0] < end
        ]
    standing.sort(key=lambda pair: (_ORDER.get(pair[0].rule.kind, -1), pair[0].rule.place, pair[0].start))
    chosen: list[tuple[Hit, tuple[int, int] | None]] = []
    for hit, weapon in standing:
        if not any(_same_words(hit, other) for other, _ in chosen):
            chosen.append((hit, weapon))
    return sorted(chosen, key=lambda pair: pair[0].start)


def _is_told(view: View, hit: Hit, casualties: Sequence[Draft], *, counted_dead: bool) -> bool:
    """Whether a casualty claim of the sentence tells of the attack already; one named besides is told anew."""
    if not (counted_dead or any(draft.start < hit.end and hit.start < draft.end for draft in casualties)):
        return False
    if _is_main(view, hit, casualties):
        return False
    left = view.low[max(hit.sentence.start, hit.start - 30) : hit.start]
    return not (hit.rule.nominal and _INCLUDING.search(left) is not None)


def _is_main(view: View, hit: Hit, casualties: Sequence[Draft]) -> bool:
    """Whether the attack is what the sentence tells first, in a clause of its own, and the harm what came of it."""
    if hit.rule.nominal or any(draft.start < hit.end for draft in casualties):
        return False
    if _SUBORDINATE.search(view.low, max(hit.sentence.start, hit.anchor[0] - _CLAUSE), hit.anchor[0]) is not None:
        return False
    first = min(draft.start for draft in casualties)
    return _CAME_OF_IT.search(view.low, hit.anchor[1], min(hit.sentence.end, first + 10)) is not None


def _same_words(hit: Hit, other: Hit) -> bool:
    """Whether two rules rest on the same verb, or one kind is told twice in one stretch of words."""
    if hit.rule.kind == other.rule.kind and hit.rule.harm == other.rule.harm:
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
    return hit.anchor == other.anchor and {hit.rule.kind, other.rule.kind} <= _ABOUT_PEOPLE


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
    weapons = [weapon for weapon in mentions.weapons(sentence) if weapon.class_ != "spyware"]
    spans = [(weapon.start, weapon.end) for weapon in weapons]
    named = [
        (weapon.start, weapon.end)
        for weapon in weapons
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
    if rule.kind == "weapon_id":
        flown = {(weapon.start, weapon.end) for weapon in weapons if weapon.class_ == "air_strike"}
        named = [
            span for span in named if span not in flown and not _ATTRIBUTIVE.match(view.low, span[1], sentence.end)
        ]
    named = [span for span in named if not _PEACEFUL.match(view.low, span[1], sentence.end)]
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
    if rule.kind == "damage" and (more := _INCLUDED.match(view.low, end, sentence.end)) is not None:
        end = more.end()
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
        if draft.count is None and rule.unit == "people" and view.low.startswith("they ", start):
            # "22 women told us that they had been …": those counted are those who speak
            draft.count = counted(view, sentence, sentence.start, start, start, rule.unit)
    if draft.count is not None and "count" not in draft.why:
        at = view.low.find(draft.count.raw.lower(), sentence.start, sentence.end)
        spot = (at, at + len(draft.count.raw)) if at >= 0 else (start, end)
        draft.because("count", f"{rule.kind}: figure", view, *spot)
    if rule.polarity is not None:
        draft.because("polarity", f"{rule.kind}: {rule.name}", view, *hit.anchor)
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
