"""The weapon of a claim: what its words name, else what the sentences before say of the same event.

How surely the text says that it was this weapon is the weapon's own certainty, apart from how firmly the event is held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from muniment.extractors.draft import Draft
from muniment.extractors.en import weapons
from muniment.extractors.en.account import is_aside, openings_of
from muniment.extractors.en.day_book import starts_anew
from muniment.extractors.en.passage import earlier, is_fresh, names_same
from muniment.extractors.mentions import Mentions, WeaponMention
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Weapon

_NAMING_KINDS = frozenset(
    {"weapon_use", "weapon_id", "denial", "refutation", "verification", "surveillance", "legal_status"}
)
"""Kinds that speak of a weapon also where it was not used, or as a rule."""
_CARRIED_KINDS = frozenset({"casualty", "damage", "incident", "weapon_use", "attribution"})
_CARRIERS = frozenset({"mlrs", "rocket", "ballistic_missile", "artillery", "air_bomb", "other"})
"""Classes of what may carry submunitions to where they fall."""
_VAGUE = frozenset({"other", "explosive_wide_area"})
_THE_WEAPON = re.compile(
    r"\b(?:the|these|this|such|those)\s+(?:banned\s+|prohibited\s+|same\s+)?(?:weapons?|munitions?)\b"
)
_SAME_NOUN = re.compile(r"\b(rocket|missile|bomb|shell|drone)s?\b")
_PLAIN = re.compile(r"(?:(?:an?|the|one|two|three|second|third|more|several|their|another)\s+)?(?:bombs?|grenades?)")
"""Words for what many a weapon throws or drops."""
_BREAK = re.compile(r"[;:]|,\s(?:while|whereas|but)\s|\s(?:while|whereas|but)\s")
_FAR = 600


class Armed(NamedTuple):
    """A weapon chosen for a claim, by which rule."""

    mention: WeaponMention
    rule: str


def event_weapon(draft: Draft, view: View, mentions: Mentions) -> Armed | None:
    """The weapon of a claim's event, None where nothing says it."""
    own = _nearest(draft, view, _used(draft, view, draft.sentence, mentions.weapons(draft.sentence)))
    if own is not None and not _PLAIN.fullmatch(view.low, own.start, own.end):
        return Armed(_told_before(draft, view, mentions, own), "weapon.named")
    told = _of_event(draft, view, mentions)
    if own is None or told is None or told.mention.class_ in _VAGUE or not weapons.may_be_one([own], [told.mention]):
        return told if own is None else Armed(_told_before(draft, view, mentions, own), "weapon.named")
    return told  # "a second bomb" of an air strike


def _of_event(draft: Draft, view: View, mentions: Mentions) -> Armed | None:
    """The weapon that was told of the claim's event before: beside it, else where its section opens."""
    plain: Armed | None = None
    anaphor = _THE_WEAPON.search(view.low, draft.start, min(draft.end, draft.sentence.end)) is not None
    summed = draft.aggregate and not names_same(view, draft.sentence)
    apart = starts_anew(view, draft.sentence) or is_aside(view, draft.sentence)
    if anaphor or not (summed or draft.kind not in _CARRIED_KINDS or apart):
        for before in earlier(view, draft.sentence):
            found = _used(draft, view, before, mentions.weapons(before), carried=not anaphor)
            if found:
                one = Armed(_whole(view, found, _most_particular(found)), "weapon.carried")
                if not _PLAIN.fullmatch(view.low, one.mention.start, one.mention.end):
                    return one
                plain = plain or one
            if is_fresh(view, before):
                break
    told = _of_account(draft, view, mentions)
    return told if plain is None or (told and weapons.may_be_one([plain.mention], [told.mention])) else plain


def _of_account(draft: Draft, view: View, mentions: Mentions) -> Armed | None:
    """The weapon of the event that the claim's section or document opens with and still tells of."""
    for opening in openings_of(draft, view):
        for line in (*opening.told, *opening.heads):
            found = _used(draft, view, line, mentions.weapons(line), carried=True)
            if found:
                return Armed(_whole(view, found, _most_particular(found)), "weapon.account")
    return None


def _most_particular(found: Sequence[WeaponMention]) -> int:
    """The last weapon of a sentence that is of a certain kind, else the last: "drones dropped grenades"."""
    return max(range(len(found)), key=lambda index: (found[index].class_ not in _VAGUE, index))


def _told_before(draft: Draft, view: View, mentions: Mentions, own: WeaponMention) -> WeaponMention:
    """A plain "rocket" is the one told of just before, where a sentence of the same paragraph names its kind."""
    noun = _SAME_NOUN.search(view.low, own.start, own.end)
    if own.model or own.class_ not in ("rocket", "other") or noun is None or starts_anew(view, draft.sentence):
        return own
    for before in view.before(draft.sentence, 2):
        for other in mentions.weapons(before):
            told = view.low[other.start : other.end]
            if noun[1] in told and other.class_ not in ("rocket", "other"):
                return replace(own, class_=other.class_, model=other.model, origin=other.origin)
    return own


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Arm a draft."""
    if "weapon" in draft.settled or draft.kind == "call":
        return
    armed = event_weapon(draft, view, mentions)
    if armed is None:
        return
    mention = armed.mention
    draft.weapon = Weapon(
        view.text[mention.start : mention.end],
        mention.class_,
        mention.model,
        mention.origin,
        mention.certainty,
        mention.cue,
    )
    draft.because("weapon", armed.rule, view, mention.start, mention.end)


def _used(
    draft: Draft, view: View, sentence: Sentence, found: Sequence[WeaponMention], *, carried: bool = False
) -> list[WeaponMention]:
    """The weapons of a sentence that were used in what it tells."""
    if not found:
        return []
    if draft.kind in _NAMING_KINDS and not carried:
        return list(found)
    if carried and weapons.is_general(view.low, sentence.start, sentence.end):
        return []
    return [weapon for weapon in found if not weapons.is_negated(view.low, sentence.start, weapon)]


def _nearest(draft: Draft, view: View, found: Sequence[WeaponMention]) -> WeaponMention | None:
    """The weapon that stands nearest to the claim, a particular one before a vague one."""
    best: tuple[int, int] | None = None
    for index, weapon in enumerate(found):
        low, high = sorted((weapon.start, draft.anchor[0]))
        breaks = sum(1 for _ in _BREAK.finditer(view.low, low, high))
        inside = draft.start <= weapon.start < draft.end
        cost = high - low + 80 * breaks - 60 * inside + 150 * (weapon.class_ in _VAGUE)
        if cost < _FAR and (best is None or cost < best[0]):
            best = (cost, index)
    return _whole(view, found, best[1]) if best else None


def _whole(view: View, found: Sequence[WeaponMention], index: int) -> WeaponMention:
    """A weapon with what it carried: a rocket that held submunitions is a cluster weapon."""
    weapon = found[index]
    beside = [o for i, o in enumerate(found) if abs(i - index) == 1 and "cluster" in (o.class_, weapon.class_)]
    for other in beside:
        first, second = sorted((weapon, other), key=lambda w: w.start)
        if second.class_ == "cluster" and first.class_ in _CARRIERS and weapons.carries(view.low, first, second):
            return WeaponMention(
                first.start,
                second.end,
                view.clean[first.start : second.end],
                "cluster",
                first.model or second.model,
                first.origin or second.origin,
                weapon.certainty,
                weapon.cue,
            )
    return weapon
