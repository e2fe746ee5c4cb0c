"""Of what one sentence tells, what is worth a row: no claim that says less than another of the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from muniment.extractors.draft import Draft
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View

ABOUT_EVENTS = ("weapon_id", "weapon_use", "attribution", "damage", "incident")
"""Kinds that tell of one attack from several sides: of two that share a verb, the earlier in this list is kept."""
_BY_NOUN = frozenset({"incident: bombardment of a place", "incident: so many attacks"})
_LEADS_UP = frozenset({"verification: analysis confirmed", "verification: an examination found"})
_VERB = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|hits?|struck|strikes|kills?|killed|destroys?|destroyed|"
    r"den(?:y|ies|ied)|refutes?|refuted|shows?|used?|uses|"
    r"attacks|attacked|shells|shelled|bombs|bombed|arrests?|arrested|detains?|detained|jails?|"
    r"jailed|sentenced|frees?|freed|releases?|released|fires?|fired|"
    r"blocks?|blocked|cuts?|shuts?|bans?|banned|signs?|signed|come|comes|came|left|continues?|"
    r"kidnaps?|admits?|accuses?|accused|verified|confirmed|violated?)(?!\w)"
)


def _only_introduces(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether "the analysis showed that" merely leads up to what another claim tells."""
    return draft.why["kind"].rule in _LEADS_UP and any(
        other is not draft and other.kind != "verification" and draft.anchor[0] < other.anchor[0] for other in drafts
    )


def _is_title_noun(draft: Draft) -> bool:
    """Whether a heading only names its subject: "Attacks on hospitals", "Bombing the market"."""
    words = draft.why["kind"].words.lower()
    if draft.why["kind"].rule.partition(": ")[2].startswith("a sheet"):
        return False
    return (draft.kind in ABOUT_EVENTS or draft.kind == "ill_treatment") and (
        draft.why["kind"].rule in _BY_NOUN
        or draft.kind in ("attribution", "ill_treatment", "damage")
        or words.endswith("ing")
        or words == "use"
    )


def _end_before(view: View, before: Draft, after: Draft) -> None:
    """A claim ends where "and" begins the next one of the sentence."""
    if before.kind == "call" or not before.anchor[1] < after.start < before.end:
        return
    joint = _JOINT.search(view.low, max(before.anchor[1], after.start - 12), after.start)
    if joint is not None:
        before.end = joint.start()


def _is_mere_mention(draft: Draft, drafts: list[Draft], others: list[Draft], *, dated: bool, told: bool) -> bool:
    """Whether an attack is only named by a noun, in words that tell something else of it."""
    if draft.kind != "incident" or draft.why["kind"].rule not in _BY_NOUN:
        return False
    if any(d.kind == "legal_finding" and d.start <= draft.anchor[0] < d.end for d in drafts):
        return True
    if not draft.why["kind"].words.lower().startswith(("attack", "strike", "assault", "raid")):
        return False
    return bool(others) or not (dated or draft.count is not None) or not told


_TITLE_LENGTH = 40
_ITEM_LENGTH = 200
_FRONT = re.compile(r"(?:\A|\s)(?:title|desc|description|caption|subtitle|name)\s*:")
"""The fields in front of a page that name what it is about."""
_FINITE = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|says?|said|hit|struck|shot|fell|took|left|came|lay|began|broke|"
    r"(?!alleg|report|verif|suspect|unverif|relat|collect|bas|identif|illegal)[a-z]+ed)(?!\w)"
)
_JOINT = re.compile(r"(?:,?\s+and|,|;)\s+(?:the\s+)?\Z")


def _is_item(view: View, sentence: Sentence, *, dated: bool) -> bool:
    """Whether a line only names a subject: an item of a list without a verb or a date, the title in front of a page."""
    if _FINITE.search(view.low, sentence.start, sentence.end) is not None:
        return False
    if view.block_of(sentence).kind in ("bullet", "heading"):
        return not dated
    return _FRONT.search(view.low, max(0, view.low.rfind("\n", 0, sentence.start) + 1), sentence.end) is not None


def _in_front(view: View, draft: Draft) -> bool:
    """Whether a claim stands in the title in front of a page, without a verb of its own there."""
    first = view.low.rfind("\n", max(0, draft.start - _ITEM_LENGTH), draft.start) + 1
    last = view.low.find("\n", draft.start, draft.start + _ITEM_LENGTH)
    end = last if last >= 0 else draft.start + _ITEM_LENGTH
    led = _FRONT.search(view.low, max(0, first - 1), draft.start)
    return led is not None and _FINITE.search(view.low, first, end) is None


def sifted(view: View, sentence: Sentence, drafts: list[Draft], dated: bool) -> Iterator[Draft]:
    """The drafts of one sentence without those that say nothing more than another of their kind."""
    kept: list[Draft] = []
    if any(
        draft.kind == "attribution" and any(p.role == "alleged_responsible" for p in draft.persons) for draft in drafts
    ):
        drafts = [draft for draft in drafts if draft.kind != "call"]  # to be held accountable by name
    told = _VERB.search(view.low, sentence.start, sentence.end) is not None
    drafts = [draft for draft in drafts if not (_is_title_noun(draft) and _in_front(view, draft))]
    if drafts and sentence.end - sentence.start < _ITEM_LENGTH and _is_item(view, sentence, dated=dated):
        drafts = [draft for draft in drafts if draft.count is not None or not _is_title_noun(draft)]
    if not told and sentence.end - sentence.start < _TITLE_LENGTH:
        drafts = [draft for draft in drafts if draft.kind == "call" or not _is_title_noun(draft)]
    struck = [draft for draft in drafts if draft.kind in ("incident", "damage")]
    drafts = [
        draft
        for draft in drafts
        if draft.why["kind"].rule != "weapon_use: struck with a weapon"
        or not any(s.start <= draft.anchor[0] < s.end for s in struck)
    ]
    if any(draft.kind == "legal_status" and draft.count is not None for draft in drafts):
        drafts = [draft for draft in drafts if draft.kind != "legal_status" or draft.count is not None]
    block = view.block_of(sentence)
    if block.kind == "heading":
        bare = block.end - block.start < 90 and not _VERB.search(view.low, block.start, block.end)
        drafts = [draft for draft in drafts if draft.kind == "call" or not (bare or _is_title_noun(draft))]
    drafts = [draft for draft in drafts if not _only_introduces(draft, drafts)]
    others = [draft for draft in drafts if draft.kind in ABOUT_EVENTS and draft.kind != "incident"]
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
    for before, after in pairwise(kept):
        _end_before(view, before, after)
    yield from kept
