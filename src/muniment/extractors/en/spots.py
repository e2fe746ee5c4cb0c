"""Names in a sentence that may place an event: those that stand where a place stands, known to the gazetteer or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from muniment.extractors import wordlists
from muniment.extractors.en.passage import SAYING
from muniment.extractors.mentions import PlaceMention
from muniment.extractors.places import Atlas, Hints
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.plugins import Lexicon

LISTS: dict[str, Any] = wordlists.load(Path(__file__).with_name("places.toml"))
_KIND_OF: dict[str, str] = {word: kind for kind, words in LISTS["kinds"].items() for word in words}
_KIND_WORDS = wordlists.either(_KIND_OF)
_KIND_BEFORE = re.compile(r"(?<!\w)(?P<kind>" + _KIND_WORDS + r")(?:\s+of|,)?\s+(?:the\s+)?$")
_KIND_BEHIND = re.compile(r"'?s?\s+(?P<kind>" + _KIND_WORDS + r")(?!\w)")
_PREPOSITIONS = frozenset(LISTS["places_event"]["prepositions"])
_OF = frozenset(LISTS["places_event"]["of"])
_VICINITY = re.compile(
    r"(?<!\w)" + wordlists.either(LISTS["places_event"]["vicinity"]) + r"\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?$"
)
_NO_PLACE = frozenset(LISTS["no_place"]["words"])
_CONTAINER = re.compile(
    r"\s*(?:,\s*(?:in\s+|of\s+)?(?:the\s+)?|\s(?:in|of)\s+(?:the\s+)?|\s*\(|\s+(?:region|province|district|state|governorate)\s*(?:,|of|in)\s*(?:the\s+)?)(?:[a-z-]+\s+){0,3}$"
)
_BORDER = re.compile(
    r"'?s?[\s–-]+(?:[A-Z][\w-]+\s+)?(?:state\s+)?(?:border|frontier|front\s+line|frontline|line\s+of\s+contact)(?!\w)",
    re.I,
)
_UNKNOWN = re.compile(
    r"(?<!\w)(?P<lead>[Ii]n|[Aa]t|[Nn]ear|on|[Oo]utside|[Aa]round|into|over|to|of|hit|struck|shelled|[Ii]nside|off|from|against)\s+(?:the\s+)?(?:(?:[\w-]+\s+){0,2}(?P<kind>"
    + _KIND_WORDS
    + r")\s+of\s+)?"
    r"(?P<owner>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?'s\s+)?"
    r"(?P<name>(?:(?:al|el|as|ar|ad|at|az|an)-)?[A-Z][\w'-]+(?:[\s-](?:al-)?[A-Z][\w'-]+){0,3})(?P<behind>\s+(?:"
    + _KIND_WORDS
    + r")(?!\s+of\s+[A-Z]))?"
)
_FIRED_ON = re.compile(
    r"(?<!\w)(?:fire|fired|strikes?|airstrikes?|attacks?|raids?|assaults?|offensives?|incursions?|shelling|bombing|bombardment|bombs?|shells|"
    r"rockets|missiles)(?:\s+[\w-]+){0,2}?\s+\Z"
)
"""Words in front of "on" or "of" by which what is named next is the place that was hit."""
_BEARING = re.compile(
    r"(?<!\w)(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|outskirts)\s+\Z"
)
_NAME_ENDS = re.compile(
    r"\s*(?:[.,;:()]|\Z)|\s+(?:by|in|on|at|and|under|when|where|that|which|who|after|before|from|with|during|for|as|to|since|"
    r"while|last|this|late|early|earlier|the|an?|were|was|had|has|killed|killing|wounded|wounding|injured|injuring|left|"
    r"leaving|carried|launched)(?!\w)"
)
"""What stands behind a name that is the whole of its phrase: no noun it only describes."""
_PEOPLE_OF = re.compile(
    rf"(?<!\w)(?P<people>[A-Z][\w-]+)\s+(?:[a-z-]+\s+){{0,2}}?{_KIND_WORDS}(?:\s+of|,)?\s+(?:the\s+)?\Z"
)
"""Whose town a name is said to be: "the Ulmarian port city of "."""
_KIND_ENDS = re.compile(rf"(?<!\w)(?P<kind>{_KIND_WORDS})\s\Z")
_APPOSED = re.compile(rf",\s+(?:the|an?)\s+(?:[a-z-]+\s+){{0,3}}?(?:{_KIND_WORDS})\s+of\s+(?:the\s+)?\Z")
"""What calls the name before it a town of the one that follows: "Darsun, the capital of "."""
_PARTS_OF = re.compile(r"(?<!\w)[a-z-]+\s+districts\s+of\s+\Z")
"""Parts of a town by what they are: "residential districts of "; "the districts of A and B" are called so."""
_SEAT = re.compile(
    r"(?<!\w)(?:ministry|ministries|government|parliament|embassy|consulate|regime)\s+in\s+(?:[a-z-]+\s+){0,2}\Z"
)
"""Words in front of a name by which it is where an office has its seat, if what follows is what the office says."""
_SAYS_SO = re.compile(rf"\s+(?:(?:has|have|had|also|later)\s+)*(?:put|puts|gave|gives|counted|{SAYING})(?!\w)")
_WORKS_AT = re.compile(
    r"(?<!\w)(?:researcher|director|analyst|advis[eo]r|expert|fellow|professor|coordinator|manager|lawyer|campaigner|"
    r"spokes(?:person|man|woman)|lecturer|counsel|attorney)\s+\Z"
)
"""Who stands in front of "at" and the name of the body he works for."""
_CAPITAL_OF = re.compile(
    rf"'s\s+(?:[a-z-]+\s+){{0,3}}?{_KIND_WORDS},?\s+(?:of\s+)?(?P<name>[A-Z][\w'-]+(?:[\s-][A-Z][\w'-]+){{0,2}})"
)
"""What stands behind a name that owns the place named next: "Ulmar's capital city, Darsun"."""
_NOT_THERE = re.compile(
    r"(?<!\w)(?:born|raised|based|headquartered|educated|speaking|interviewed|reporting|briefings?|news\s+conference|press\s+conference|"
    r"talks|summit|conference|exiled?|offices?|embassy|headquarters|registered|refugees?|asylum)\s+(?:in|at|from|near)\s+"
    r"(?:the\s+)?(?:[a-z-]+\s+){0,2}\Z"
)
"""Words in front of a name by which it is where somebody comes from or speaks."""
_KEPT_THERE = re.compile(
    r"(?<!\w)(?:kept|held|compiled|maintained|drawn\s+up|prepared|collected|gathered|provided|supplied|shared|sent)\s+by\s+"
    r"(?:[\w-]+\s+){1,4}(?:in|from|near)\s+(?:the\s+)?(?:[a-z-]+\s+of\s+)?\Z"
)
"""Words in front of a name by which it is where those are who keep a list."""
_OFFICE_OF = re.compile(
    r"(?<!\w)(?:governor|mayor|president|premier|prefect|administrator|bishop|archbishop|police\s+chief|prosecutor|commissioner)"
    rf"\s+of\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_KIND_WORDS}\s+of\s+(?:the\s+)?\Z"
)
"""Words in front of a name by which it is whose governor or mayor speaks."""
_ORIGIN = re.compile(
    r"(?<!\w)(?:displaced|originally|originating|hailing|refugees?|natives?|migrants?|evacuees?|idps?|fled|fleeing)\s+(?:of|from)\s+"
    r"[^,.;]{2,50}?\s(?:in|of|near|outside)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}\Z"
)
"""Words in front of a name that only says where people came from."""
_ROAD = re.compile(
    r"(?<!\w)(?:road|highway|route|track|path|way|railway|line)s?\s+(?:(?:leading|running|linking|connecting)\s+)?(?:to|towards?|from|between|linking|"
    r"connecting)\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?(?P<name>[A-Z][\w'-]+(?:[\s-][A-Z][\w'-]+){0,3}"
    r"(?:\s+(?:and|to|with)\s+(?:the\s+)?[A-Z][\w'-]+(?:[\s-][A-Z][\w'-]+){0,3})?)"
)
"""A road by the places it leads to: where on it, the words do not say."""
_FROM_AFAR = re.compile(r"(?:km|kms|kilomet(?:re|er)s?|miles?)\s+(?:(?:away|to\s+the)\s+)?(?:[a-z-]+\s+)?\Z")
_QUARTER_OF = re.compile(
    r"\s*,\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,2}(?:neighbou?rhood|quarter|suburb|borough|ward|camp|district)\s+(?:of|in|inside)\s+(?:the\s+(?:city|town)\s+of\s+)?\Z"
)
"""What stands between a part of a town and the town."""
_GOES_ON = re.compile(
    r"\s*(?:,|:|-\s|–)|\s+(?:and|on|in|alone|itself|as|at|during|since|near|where|last|this|early|late|today|a|the|\d|[a-z]+\s+(?:people|civilians))(?!\w)"
)
"""What stands behind a place that opens its sentence."""
_ALTERNATIVE = re.compile(r"\s*[/(]\s*")
LIST = re.compile(
    r"\s*,?\s*(?:and|,)\s+(?:one\s+|two\s+|three\s+|others\s+|another\s+|also\s+)?(?:in\s+|on\s+|the\s+)*(?:(?:city|town|village|nearby)\s+(?:of\s+)?)?$"
)
_PASSED_OVER = frozenset(LISTS["passed_over"]["words"])
UNDERWENT = "experienced|saw|seen|witnessed|endured|suffered"
"""What a place does to which an event comes: "Darsun saw five raids"."""
_OPENS = re.compile(
    r"\s*(?:[:/]|,\s+(?:[a-z][\w-]*\s?){1,4}(?:,\s+(?:[a-z][\w-]*\s?){1,4})?:\s|,\s+(?:on|in)\s|(?:has|had|have)?\s*(?:came|come|been|was|were|suffered)\s+(?:repeatedly\s+|again\s+)?(?:under|hit|shelled|struck|attacked|bombed|bombarded|targeted)"
    rf"|\s+(?:has\s+|had\s+|have\s+)?(?:{UNDERWENT})\s+(?:[\w-]+\s+){{0,4}}?"
    r"(?:attacks?|(?:air)?strikes?|shelling|bombings?|bombardments?|raids?|incidents?|clashes))"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ALONG = re.compile(
    r"(?<!\w)(?:(?:several|many|some|two|three|various|the)\s+)?(?:villages|towns|settlements|areas|positions|communities)\s+(?:along|near|on|close\s+to)\s+"
    r"the\s+(?:entire\s+)?(?:front\s?line|frontline|line\s+of\s+contact|border|demarcation\s+line|ceasefire\s+line)(?!\w)"
)
_SINCE_WAR = re.compile(
    r"(?<!\w)since\s+(?:the\s+)?(?:[\w-]+\s+(?:of\s+)?(?:the\s+)?)?(?:[\w-]+\s+)?(?:war|wars|conflict|invasion|fighting|uprising|hostilities)\s+"
    r"(?:[\w-]+\s+)?(?:in|on|of|over)\s+(?:the\s+)?\Z"
)
"""Words in front of a name by which it only dates what is told."""
_SIDE = re.compile(
    r"(?<!\w)(?:fighting|clash(?:es)?|hostilities|war|conflict|tensions?|ceasefire|talks)(?:\s+[\w-]+){0,3}?\s+between\s+(?:the\s+)?"
    r"(?:[\w’'-]+,?\s+(?:and\s+)?(?:on\s+(?:the\s+)?one\s+(?:hand|side),?\s+(?:and,?\s+)?)?)?\Z"
)
"""Words in front of a name by which it is one side of a fight and not where it happens."""
_ATLASES: WeakKeyDictionary[View, Atlas] = WeakKeyDictionary()
_OWNS = 4
_FRONT = 6
_DASH = re.compile(r"\s*(?:–|—|-\s)")
_COARSE = frozenset(("country", "contested", "region"))
_FINE = frozenset(("locality", "district", "quarter", "site"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in a sentence that may place an event; `mention` None where the gazetteer has never heard of it."""

    start: int
    end: int
    mention: PlaceMention | None
    hints: Hints
    vicinity: bool
    coarse: bool
    part: bool = False
    """Whether its words name a part of a town: a quarter, a street, a site."""
    inside: Spot | None = None
    """The town named beside a quarter, street or site no gazetteer knows."""


def atlas(view: View, lexicon: Lexicon) -> Atlas:
    """The document's places, scanned once."""
    found = _ATLASES.get(view)
    if found is None:
        found = _ATLASES[view] = Atlas(view, lexicon, lambda mention: _stands(view, mention))
    return found


def _stands(view: View, mention: PlaceMention) -> bool:
    sentence = view.sentence_at(mention.start)
    return sentence is not None and _stands_as_place(view, sentence, mention, None)


def lookup(view: View, start: int, end: int, lexicon: Lexicon) -> Sequence[PlaceMention]:
    """Known names in `[start, end)`."""
    return atlas(view, lexicon).named_in(start, end)


_SPOTS: WeakKeyDictionary[View, dict[int, list[Spot]]] = WeakKeyDictionary()


def spots_of(view: View, lexicon: Lexicon, sentence: Sentence) -> list[Spot]:
    """The names of a sentence that may place an event, left to right; found once."""
    cache = _SPOTS.setdefault(view, {})
    found = cache.get(sentence.index)
    if found is None:
        found = cache[sentence.index] = _find_spots(view, lexicon, sentence)
    return found


def _find_spots(view: View, lexicon: Lexicon, sentence: Sentence) -> list[Spot]:
    map_ = atlas(view, lexicon)
    known = map_.named_in(sentence.start, sentence.end)
    spots: list[Spot] = []
    for index, mention in enumerate(known):
        if not _stands_as_place(view, sentence, mention, known[index - 1] if index else None):
            continue
        if (border := _border(view, sentence, known, index)) is not None:
            if border > mention.end:
                spots.append(Spot(mention.start, border, None, Hints(), False, False))
            continue
        if (capital := _CAPITAL_OF.match(view.clean, mention.end, sentence.end)) is not None:
            if index + 1 == len(known) or known[index + 1].start > capital.start("name"):
                spots.append(Spot(*capital.span("name"), None, Hints(), False, False))
            continue
        hints = _hints(view, sentence, known, index, map_)
        before = view.low[max(sentence.start, mention.start - 40) : mention.start]
        coarse = any(place.kind in _COARSE for place in mention.places) and not hints.kinds & _FINE
        if coarse and any(place.kind == "region" for place in mention.places):
            coarse = all(place.kind in _COARSE for place in mention.places)  # a city that is a region of its own
        spots.append(Spot(mention.start, mention.end, mention, hints, _VICINITY.search(before) is not None, coarse))
    for match in _UNKNOWN.finditer(view.clean, sentence.start, sentence.end):
        spot = _run_together(map_, match, known) or _unknown(view, match, known)
        if spot is not None and spot.mention is None and match["name"].lower() in map_.party_words:
            continue
        if spot is not None:
            spots.append(spot)
    if " to" in view.low[sentence.start : sentence.end] or " between " in view.low[sentence.start : sentence.end]:
        for match in _ROAD.finditer(view.clean, sentence.start, sentence.end):
            spots = [s for s in spots if s.end <= match.start("name") or s.start >= match.end("name")]
            spots.append(Spot(*match.span(), None, Hints(), True, False, True))
    for match in _ALONG.finditer(view.low, sentence.start, sentence.end):
        behind = view.low[match.end() : match.end() + 4]
        if behind not in (" in ", " of ", " wit"):
            spots.append(Spot(match.start(), match.end(), None, Hints(), True, False))
    spots.sort(key=lambda spot: spot.start)
    spots = _parts_of_towns(view, spots)
    towns = [spot for spot in spots if spot.mention is not None and not spot.coarse and not spot.vicinity]
    if len({spot.mention.raw for spot in towns if spot.mention}) == 1:
        spots = [replace(spot, inside=towns[0]) if spot.part and spot.inside is None else spot for spot in spots]
    return _without_containers(view, spots, map_)


def _parts_of_towns(view: View, spots: list[Spot]) -> list[Spot]:
    """ "Karvan, a neighbourhood of Darsun": the part with the town that holds it, whatever else bears its name."""
    out: list[Spot] = []
    for spot in spots:
        before = out[-1] if out else None
        if (
            before is not None
            and spot.mention is not None
            and _is_town(spot.mention)
            and _QUARTER_OF.fullmatch(view.low, before.end, spot.start)
        ):
            out[-1] = replace(before, mention=None, hints=Hints(), coarse=False, part=True, inside=spot)
            continue
        out.append(spot)
    return out


def _border(view: View, sentence: Sentence, known: Sequence[PlaceMention], index: int) -> int | None:
    """Where "the A-B border" ends if it begins with this name; the name's own end if it is the second of the two."""
    mention = known[index]
    if index + 1 < len(known):
        other = known[index + 1]
        if other.start - mention.end <= 5 and re.fullmatch(r"\s*[-–/]?\s*", view.clean[mention.end : other.start]):
            border = _BORDER.match(view.clean, other.end, sentence.end)
            if border is not None:
                return border.end()
    if index and _BORDER.match(view.clean, mention.end, sentence.end):
        before = known[index - 1]
        if re.fullmatch(r"\s*[-–/]?\s*", view.clean[before.end : mention.start]):
            return mention.end
    return None


def _run_together(map_: Atlas, match: re.Match[str], known: Sequence[PlaceMention]) -> Spot | None:
    """A name that lost its space or hyphen at a line's end: "UlmarKardel"."""
    parts = _CAMEL.sub(" ", match["name"])
    start, end = match.span("name")
    if parts == match["name"] or any(mention.start < end and start < mention.end for mention in known):
        return None
    places = map_.gazetteer.find(parts)
    if not places:
        return None
    coarse = any(place.kind in _COARSE for place in places)
    return Spot(start, end, PlaceMention(start, end, match["name"], places), Hints(), False, coarse)


def _unknown(view: View, match: re.Match[str], known: Sequence[PlaceMention]) -> Spot | None:
    """A capitalised name where only a place can stand, that no gazetteer knows."""
    start, end = match.span("name")
    if any(mention.start < end and start < mention.end for mention in known):
        return None
    kind, behind = match["kind"], match["behind"]
    if match["lead"][0].isupper() and not kind and not behind and not _GOES_ON.match(view.clean, end):
        return None  # "In Brastov, ..."; not "At Kollin & Sons"
    if match["lead"] == "from" and _FROM_AFAR.search(view.low, max(0, match.start() - 40), match.start()) is None:
        return None
    if match["owner"] and not behind:
        return None
    if match["lead"] == "at" and _WORKS_AT.search(view.low, max(0, match.start() - 24), match.start()):
        return None
    if match["lead"] == "of" and not kind:
        of = _KIND_ENDS.search(view.low, max(0, match.start() - 20), match.start())
        kind = of["kind"] if of is not None else None
    whole = _NAME_ENDS.match(view.low, end) is not None
    vicinity = match["lead"].lower() in ("near", "outside", "around", "off", "from")
    if match["lead"] in ("to", "of", "on", "against") and not kind and not behind:
        if match["lead"] == "to" or not whole:
            return None
        lead = view.low[max(0, match.start() - 40) : match.start()]
        vicinity = match["lead"] == "of" and _BEARING.search(lead) is not None
        if not vicinity and (_FIRED_ON.search(lead) is None or match["name"].endswith(("ans", "ists", "ors", "ers"))):
            return None
    first = match["name"].split()[0].lower().strip("'")
    adjective = first.endswith(("ian", "ish", "ese")) and not (whole and match["lead"].lower() in ("in", "at", "near"))
    if first in _NO_PLACE or adjective or first.endswith("'s"):
        return None
    following = view.low[end : end + 14]
    if (
        not kind
        and not behind
        and re.match(
            r"\s*(?:forces|army|government|authorities|officials|ministry|military|times|post|international|\d)",
            following,
        )
    ):
        return None
    last = match.end("behind") if behind else end
    name = match["name"]
    if name.endswith("'s") and not behind:
        return None
    word = (kind or behind or "").strip().lower()
    part = _KIND_OF.get(word) in ("quarter", "site")
    owner = next((m for m in known if match["owner"] and match.start("owner") == m.start and m.end < start), None)
    if owner is not None and _is_town(owner):
        return Spot(
            start, last, None, Hints(), False, False, True, Spot(owner.start, owner.end, owner, Hints(), False, False)
        )
    return Spot(start, last, None, Hints(), vicinity, False, part)


def is_sayers(view: View, spot: Spot) -> bool:
    """Whether a place is only where somebody speaks: "a nurse in Darsun told us"."""
    return _SAYS_SO.match(view.low, spot.end) is not None


def _is_town(mention: PlaceMention) -> bool:
    return any(place.kind == "locality" for place in mention.places)


def _stands_as_place(view: View, sentence: Sentence, mention: PlaceMention, before: PlaceMention | None) -> bool:
    """Whether a known name stands where it can place an event, and not as whose army, ministry or origin."""
    low = view.low
    lead = low[max(sentence.start, mention.start - 60) : mention.start]
    behind = low[mention.end : min(sentence.end, mention.end + 40)]
    owns = re.match(r"'s?\s", behind) is not None and (behind[1] == "s" or low[mention.end - 1] == "s")
    if owns and not _KIND_BEHIND.match(behind):
        return False
    if _NOT_THERE.search(lead) or (_SEAT.search(lead) and _SAYS_SO.match(behind)):
        return False
    if (" by " in lead and _KEPT_THERE.search(lead)) or (" of " in lead and _OFFICE_OF.search(lead)):
        return False
    if " from " in lead and _ORIGIN.search(low, max(sentence.start, mention.start - 90), mention.start):
        return False
    if mention.places and mention.places[0].kind in _COARSE and ("since" in lead or "between" in lead):
        front = low[max(sentence.start, mention.start - 110) : mention.start]
        if _SINCE_WAR.search(front) or _SIDE.search(front):
            return False
    words = re.findall(r"[\w'.-]+|[,;:()/]", lead)
    if (
        re.match(r"[- ](?:backed|supported|made|led|based|born|controlled|brokered)", behind)
        and "controlled" not in behind[:12]
    ):
        return False
    if words and words[-1].endswith("'s") and before is not None and 0 < mention.start - before.end <= _OWNS:
        words.pop()  # "in Lebanon's Nabatieh"
    kind_word = _KIND_BEHIND.match(behind) is not None or _KIND_BEFORE.search(lead) is not None
    while words and words[-1] in _PASSED_OVER:
        if words[-1] == "of":
            if len(words) > 1 and (words[-2] in _OF or words[-2] in _KIND_OF):
                if words[-2] in _KIND_OF and words[-2] not in ("state", "republic"):
                    words = words[:-2]
                    kind_word = True
                    continue
                return True
            return False
        words.pop()
    if not words:
        if kind_word or mention.start - sentence.start >= _FRONT:
            return kind_word
        if _DASH.match(behind):  # a line of a list; at the front of a paragraph it says whence the news is filed
            return view.block_of(sentence).kind == "bullet"
        return _OPENS.match(behind) is not None
    word = words[-1]
    if word in _PREPOSITIONS:
        return True
    if word in ("from", "to"):
        return (kind_word and word == "from") or re.search(
            r"(?:km|kilomet\w+|miles)\s+(?:away\s+)?from\s", lead
        ) is not None
    if word in (",", "/", "(", "and", "including") and before is not None and mention.start - before.end < 30:
        return _stands_as_place(view, sentence, before, None) or kind_word
    return kind_word and word not in ("by", "authorities", "government")


def _hints(view: View, sentence: Sentence, known: Sequence[PlaceMention], index: int, map_: Atlas) -> Hints:
    """The kind of place the words name, and the places named as containing it."""
    mention = known[index]
    low = view.low
    lead = low[max(sentence.start, mention.start - 40) : mention.start]
    behind = low[mention.end : min(sentence.end, mention.end + 30)]
    kinds: set[str] = set()
    word = _KIND_BEHIND.match(behind) or _KIND_BEFORE.search(lead)
    if word is not None and word.re is _KIND_BEFORE and (_APPOSED.search(lead) or _are_parts(view, known, index, lead)):
        word = None
    if word is not None and not _belongs_before(view, sentence, mention, word):
        kind = _KIND_OF[" ".join(word["kind"].split())]
        kinds = {kind}
        if kind in ("region", "district"):
            kinds = {"region", "district"}
        elif kind in ("locality", "quarter"):
            kinds = {"locality", "quarter"} if kind == "quarter" or word["kind"] == "suburb" else {"locality"}
    within: list[str] = []
    if index + 1 < len(known):
        between = low[mention.end : known[index + 1].start]
        if len(between) < 40 and _CONTAINER.fullmatch(between) and not _ALTERNATIVE.fullmatch(between):
            within.extend(
                place.id for place in known[index + 1].places if place.kind in _COARSE or place.kind == "district"
            )
    if index and re.fullmatch(r"(?:'s|')\s+(?:[a-z-]+\s+){0,3}(?:,\s*)?", low[known[index - 1].end : mention.start]):
        within.extend(place.id for place in known[index - 1].places if place.kind in _COARSE)
    people = _PEOPLE_OF.search(view.clean, max(sentence.start, mention.start - 70), mention.start)
    if people is not None and not within:
        within.extend(map_.states_called(people["people"]))
    return Hints(frozenset(kinds), tuple(within))


def _are_parts(view: View, known: Sequence[PlaceMention], index: int, lead: str) -> bool:
    """Whether "districts of" speaks of parts of the one town named, not of several districts by their names."""
    parts = _PARTS_OF.search(lead)
    if parts is None or parts[0].split()[0] in ("the", "two", "three", "four", "five", "and", "several"):
        return False
    return _is_town(known[index])


def _belongs_before(view: View, sentence: Sentence, mention: PlaceMention, word: re.Match[str]) -> bool:
    """Whether a kind in front of a name belongs to the name before it: "Vard region of Northland"."""
    if word.re is _KIND_BEHIND:
        return False
    at = max(sentence.start, mention.start - 40) + word.start("kind")
    before = re.search(r"(?:^|\s)(\S+)\s+$", view.clean[max(sentence.start, at - 30) : at])
    return (
        before is not None
        and before[1][:1].isupper()
        and before[1].lower() not in _NO_PLACE
        and not before[1].endswith(("n", "'s", "s'", "ish"))
    )


def _without_containers(view: View, spots: list[Spot], map_: Atlas) -> list[Spot]:
    """ "Vard in Northland": the container is no place of its own beside what it contains."""
    out: list[Spot] = []
    for spot in spots:
        before = out[-1] if out else None
        if before is not None:
            between = view.low[before.end : spot.start]
            if (
                len(between) < 40
                and (_CONTAINER.fullmatch(between) or _ALTERNATIVE.fullmatch(between))
                and (spot.coarse or _ALTERNATIVE.fullmatch(between) or spot.vicinity or before.mention is None)
                and not LIST.fullmatch(between)
            ):
                continue
        out.append(spot)
    return out
