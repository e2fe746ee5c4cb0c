"""Where a claim places its event: the name that governs its words, or the one carried from what was told before."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from muniment.extractors.draft import Draft
from muniment.extractors.en.passage import EVENT_NOUNS, EVENT_WORDS, earlier, points_back
from muniment.extractors.en.setting import setting_of
from muniment.extractors.en.spots import LIST, UNDERWENT, Spot, atlas, is_sayers, spots_of
from muniment.extractors.mentions import Mentions
from muniment.extractors.places import Hints, Resolution
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Where
from muniment.model.vocabulary import WherePrecision
from muniment.plugins import Lexicon

_INCLUDING = re.compile(r",\s+(?:including|notably|especially|among\s+them)\s")
_ELSEWHERE = re.compile(r"[\W_]*(?:elsewhere|in other|in another|separately|in total|in all|overall|meanwhile)")
_OWN_SITE = re.compile(
    r"(?:[A-Z][\w’'-]+\s){1,4}(?:Cathedral|Church|Mosque|Monastery|Synagogue|Temple|Shrine|Hospital|Clinic|School|"
    r"University|Museum|Library|Bridge|Airport)(?!\w)"
)
"""A site by its own name: in which of several towns told before it lies, the words do not say."""
_OTHER_EVENT = re.compile(rf"\sand\s(?:in\s)?(?:the|a|an|another)\s(?:[\w-]+\s)?{EVENT_NOUNS}\s(?:of|on|in|against)\s")
"""What opens another event behind a claim: "... and the shelling of Darsun"."""
_GOES_BACK = re.compile(r"\W*(?:this|that|it|which|these)\s(?!\w+\s(?:city|town|village))")
_THE_TOWN = re.compile(
    r"(?<!\w)(?:in|around|across|of|outside|throughout|at|from|inside)\s+the\s+(?:city|town|village)(?!\w|\s+of\s|\s+[A-Z])"
)
"""A town told of before, by its kind alone."""
_WIDER = re.compile(
    r"(?<!\w)(?:in|across|throughout|within|over|around|(?:residents|people|civilians|inhabitants)\s+of)\s+"
    r"(?P<area>(?:the|this|that)\s+(?:(?:whole|entire|same|wider)\s+)?"
    r"(?:province|region|republic|country|governorate|state|oblast|county|department|territory|peninsula|island))"
    r"(?![\w’'-]|\s+(?:of|that|which|called|known)\s|\s+[A-Z])"
)
"""An area told of before by its kind alone, which no town told of before can stand for."""
_OVER_TIME = re.compile(
    r"(?<!\w)(?:since\s+(?:(?:the\s+)?(?:start|beginning)\s+of|(?:early|mid|late)\W|last\s|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|(?:19|20)\d\d)|(?:so\s+far\s+)?this\s+year(?!\w))"
)
"""What makes a figure one over a stretch of time, which a town told of before has not had alone."""
_MOST = re.compile(r"(?<!\w)(?:most|worst|first|only|[a-z]{3,}est)\s[^,.;]{0,60}\Z")
_FARTHEST_TOWN = 12
_OWN_KINDS = frozenset(("legal_status", "call", "response"))
_HARMED = frozenset(("casualty", "damage", "incident", "weapon_use", "detention", "deprivation", "restriction"))
_BESIDE = 12
_MOST_CARRIED = 16
_FARTHEST_OPENING = 12
_UNDERGOES = re.compile(
    r"(?:\s*,\s*[\w-]+(?:\s[\w-]+)?){0,3}(?:\s*,?\s*and\s+[\w-]+(?:\s[\w-]+)?)?\s+(?:each\s+|both\s+|also\s+)?(?:has\s+|had\s+|have\s+)?"
    rf"(?:{UNDERWENT}|came\s+under|recorded|was\s+hit|were\s+hit)(?!\w)"
)
"""What makes a place that opens a sentence the one its event is about."""


def fill(draft: Draft, view: View, mentions: Mentions) -> None:
    """Set the place of a claim: words, and the place they mean if the text picks one."""
    if draft.where is not None or "where" in draft.settled:
        return
    chosen = _governing(draft, view, mentions, draft.sentence)
    rule, among = "where:same sentence", list[Spot]()
    if chosen is None and draft.kind not in _OWN_KINDS:
        chosen = _carried(draft, view, mentions)
        if chosen is not None and len(chosen) > 1 and draft.kind == "damage":
            site = _OWN_SITE.search(view.clean, draft.start, draft.sentence.end)
            if site is not None:
                among = chosen
                chosen = [Spot(*site.span(), None, Hints(), False, False)]
        rule = "where:told before"
    if chosen is None or (chosen[0].coarse and rule != "where:same sentence"):
        over = setting_of(view, mentions).of(draft)
        if over is not None:
            chosen, rule = [over[0]], over[1]
    if chosen is None:
        return
    _set(draft, view, mentions, chosen, rule)
    if among and draft.where is not None and draft.where.place is None:
        found = [resolution(view, mentions.lexicon, spot) for spot in among]
        ids = tuple(one.place.id for one in found if one is not None and one.place is not None)
        draft.where = replace(draft.where, candidates=ids)


def _set(draft: Draft, view: View, mentions: Mentions, spots: list[Spot], rule: str) -> None:
    map_ = atlas(view, mentions.lexicon)
    spot = spots[0]
    raw = " ".join(view.text[spot.start : spots[-1].end].split())
    if spot.mention is None and spot.inside is not None:
        found = map_.resolve(spot.inside.mention, spot.inside.hints) if spot.inside.mention else None
        if found is not None and found.place is not None:
            draft.where = Where(raw, found.place.id, (), found.place.precision)
            draft.because("where", f"{rule}; place:part of what holds it; {found.rule}", view, spot.start, spot.end)
            return
    candidates: tuple[str, ...] = ()
    if spot.mention is None and not spot.part:
        found = map_.spelt_otherwise(view.clean[spot.start : spot.end])
        if found.place is not None:
            draft.where = Where(raw, found.place.id, (), "vicinity" if spot.vicinity else found.place.precision)
            draft.because("where", f"{rule}; {found.rule}", view, spot.start, spot.end)
            return
        candidates = found.candidates
    if spot.mention is None:
        draft.where = Where(raw, None, (), "unknown", candidates)
        draft.because("where", f"{rule}; place:not in the gazetteer", view, spot.start, spot.end)
        return
    resolutions = [map_.resolve(each.mention, each.hints) for each in spots if each.mention is not None]
    first = resolutions[0]
    places = tuple(r.place.id for r in resolutions if r.place is not None) if len(resolutions) > 1 else ()
    place = first.place
    precision: WherePrecision = "unknown"
    if place is not None:
        precision = "vicinity" if spot.vicinity else place.precision
    draft.where = Where(raw, place.id if place else None, places, precision, () if place else first.candidates)
    draft.because("where", f"{rule}; {first.rule}", view, spot.start, spots[-1].end)


def _governing(draft: Draft, view: View, mentions: Mentions, sentence: Sentence) -> list[Spot] | None:
    """The name of a sentence that places the event of the draft: the nearest that stands where a place stands."""
    spots = spots_of(view, mentions.lexicon, sentence)
    if not spots:
        return None
    anchor = draft.anchor[0] if draft.sentence.index == sentence.index else sentence.end
    low = view.low
    if "part" in draft.why:
        own = [spot for spot in spots if 0 < spot.start - draft.end <= _BESIDE]
        if own:
            return _with_list(view, spots, own[0])  # "six of them in Rafah"

    def distance(spot: Spot) -> float:
        between = low[min(spot.end, anchor) : max(spot.start, anchor)]
        cost = float(len(between))
        if spot.start > draft.end and _INCLUDING.search(between):
            cost += 400
        if re.search(r";|,\s+while\s|\swhereas\s|\sbut\s", between):
            cost += 300
        if spot.coarse:
            cost += 120
        if spot.start < draft.start and "," in between:
            cost += 20
        return cost

    own = [s for s in spots if s.start <= draft.end or not _OTHER_EVENT.search(low, draft.end - 1, s.start)]
    if own or _GOES_BACK.match(low, draft.sentence.start):
        spots = own  # "This led to the destruction of houses and the shelling of Darsun"
    if not spots:
        return None
    best = min(spots, key=distance)
    if best.coarse and best.mention is not None:
        finer = [
            s for s in spots if not s.coarse and abs(s.start - best.start) < 60 and distance(s) < distance(best) + 200
        ]
        if finer:
            best = min(finer, key=distance)
    return _with_list(view, spots, best)


def _with_list(view: View, spots: list[Spot], best: Spot) -> list[Spot]:
    """ "in Darsun and the town of Ulm": several places by one set of words."""
    index = spots.index(best)
    chosen = [best]
    while index + 1 < len(spots) and spots[index + 1].mention is not None and best.mention is not None:
        between = view.low[chosen[-1].end : spots[index + 1].start]
        if not LIST.fullmatch(between) or spots[index + 1].coarse != best.coarse:
            break
        chosen.append(spots[index + 1])
        index += 1
    while (first := spots.index(chosen[0])) > 0:
        before = spots[first - 1]
        between = view.low[before.end : chosen[0].start]
        if (
            before.mention is None
            or not LIST.fullmatch(between)
            or before.coarse != best.coarse
            or "and" not in between
        ):
            break
        chosen.insert(0, before)
    return chosen


def _carried(draft: Draft, view: View, mentions: Mentions) -> list[Spot] | None:
    if _opens_with_another(draft, view, mentions):
        return None
    coarse: list[Spot] | None = None
    harmed = draft.kind in _HARMED
    area = _wider(view, draft.sentence) if harmed else None
    over_time = _OVER_TIME.search(view.low, draft.sentence.start, draft.sentence.end) is not None
    told = list(itertools.islice(earlier(view, draft.sentence), _MOST_CARRIED))
    if not told and not _ELSEWHERE.match(view.low, draft.sentence.start):
        told = view.before(draft.sentence, 2)
    for sentence in told:
        spots = spots_of(view, mentions.lexicon, sentence)
        if spots and EVENT_WORDS.search(view.low, sentence.start, sentence.end) is None:
            spots = [spot for spot in spots if not is_sayers(view, spot)]
        fine = [spot for spot in spots if not spot.coarse]
        if fine and area is not None:
            return coarse or [area]
        if fine and over_time and not points_back(view, draft.sentence):
            return coarse
        if fine:
            return _with_list(view, spots, fine[-1])
        if spots and coarse is None:
            coarse = _with_list(view, spots, spots[-1])
        wider = _wider(view, sentence) if harmed and coarse is None and area is None else None
        if wider is not None:
            return [wider]
    if area is not None:
        return coarse or [area]
    if _THE_TOWN.search(view.clean, draft.sentence.start, draft.sentence.end) is not None:
        town = _town_before(draft, view, mentions)
        return town if town is not None else coarse
    return coarse


def _opens_with_another(draft: Draft, view: View, mentions: Mentions) -> bool:
    """Whether the sentence is about a place of its own, "Darsun and Ulm saw five raids": none told before places it."""
    start, end = draft.sentence.start, draft.sentence.end
    named = [one for one in atlas(view, mentions.lexicon).named_in(start, end) if one.start - start < _FARTHEST_OPENING]
    return bool(named) and _UNDERGOES.match(view.low, named[0].end, end) is not None


def _wider(view: View, sentence: Sentence) -> Spot | None:
    """ "the province", where a sentence says that its event lies somewhere in it."""
    found = _WIDER.search(view.clean, sentence.start, sentence.end)
    if found is None or _MOST.search(view.low, max(sentence.start, found.start() - 80), found.start()):
        return None
    spot = Spot(*found.span("area"), None, Hints(), False, False, True)
    return None if is_sayers(view, spot) else spot


def _town_before(draft: Draft, view: View, mentions: Mentions) -> list[Spot] | None:
    """The town that "the city" means: the one place named last within the section, if it is one and a town."""
    for index in range(draft.sentence.index - 1, max(-1, draft.sentence.index - 1 - _FARTHEST_TOWN), -1):
        before = view.sentences[index]
        if view.block_of(before).kind == "heading":
            return None
        fine = [spot for spot in spots_of(view, mentions.lexicon, before) if not spot.coarse]
        if fine:
            is_one = len({view.low[spot.start : spot.end] for spot in fine}) == 1 and not fine[0].vicinity
            known = fine[0].mention is None or any(place.kind == "locality" for place in fine[0].mention.places)
            return [fine[0]] if is_one and known else None
    return None


def resolution(view: View, lexicon: Lexicon, spot: Spot) -> Resolution | None:
    """What a spot means, None where the gazetteer does not know its name."""
    return atlas(view, lexicon).resolve(spot.mention, spot.hints) if spot.mention is not None else None
