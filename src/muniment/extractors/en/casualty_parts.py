"""Some among those harmed: "among the dead were", "including 40 children", "12 of them", "35 wounded fighters"."""

from __future__ import annotations

import re
from dataclasses import replace

from muniment.extractors.draft import Draft
from muniment.extractors.en import numbers
from muniment.extractors.en.casualty_reading import Reading
from muniment.extractors.en.nouns import HARM_WORDS, NOUNS, Group
from muniment.extractors.en.people_lists import Harmed
from muniment.extractors.en.predicates import Predicate
from muniment.model import Reason
from muniment.model.vocabulary import Harm

_DEAD = (
    r"(?:(?P<killed>dead|killed|victims|deceased|fatalities|casualties|bodies|remains)|(?P<injured>wounded|injured))"
)
_AMONG = re.compile(
    r"(?<!\w)(?:(?:among|amongst)\s+(?:the|those|its|their)\s+|(?P<q>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+of\s+(?:the|those)\s+|"
    r"(?:all\s+)?(?:of\s+)?those\s+|the\s+)(?:[\w,-]+\s+)?"
    + _DEAD
    + r"(?:\s+(?:in|on|by|at|during)\s+[^,;.]{1,60}?)?,?\s+(?:was|were|is|are|included?|includes|including)\s+"
    r"(?:(?:(?:identified|named)\s+(?:by\s+[^,;:.]{2,50}?\s+)?as|those\s+of|the\s+(?:bodies|remains)\s+of)\s*:?\s+)?"
)
_OF_THE = re.compile(r"(?:of|among)\s+(?:the|those)\s+" + _DEAD + r"\s*,\s+")
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}
_EVERY = re.compile(
    rf"every\s+(?P<which>{'|'.join(_ORDINALS)})\s+(?:(?P<killed>victim|fatality|person\s+killed)|(?:injured|wounded)\s+person)"
    r"\s+(?:was|is)\s+"
)
_WERE_AMONG = re.compile(
    r"(?<!\w)(?:was|were|is|are)\s+(?:also\s+)?among\s+(?:the|those)\s+(?:[a-z\d,-]+\s+)?" + _DEAD + r"(?!\w)"
)
_PART_LEADS = (("of", "whom"), ("among", "them"), ("among", "whom"), ("of", "them"), ("among", "those"))
_PLACED = frozenset(
    (
        "from",
        "in",
        "at",
        "near",
        "aged",
        "under",
        "over",
        "by",
        "on",
        "inside",
        "outside",
        "fatal",
        "fatally",
        "critically",
        "seriously",
        "since",
    )
)
_MADE_UP = frozenset(("made", "make", "accounted", "account", "constituted", "comprised", "represented", "formed"))
_BE = frozenset(("was", "were", "are", "is"))


def read(reading: Reading) -> None:
    """Add the claims of those named as some among the harmed."""
    _attributes(reading)
    _among(reading)
    _of_the_dead(reading)
    _every(reading)
    _were_among(reading)
    _subsets(reading)
    _shares(reading)


def _attributes(reading: Reading) -> None:
    """ "35 wounded fighters", "the 12 missing men": the harm is an attribute."""
    words = reading.tokens.words
    for group in reading.groups:
        if group.kind == "one" and words[group.first] in ("a", "an"):
            _one_attribute(reading, group)
        if (
            group.kind != "counted"
            or group.quantity is None
            or group.head is None
            or group.quantity.qualifier == "share"
        ):
            continue
        at = next((k for k in range(group.quantity.last, group.head) if words[k] in HARM_WORDS), None)
        if at is not None and words[at] != "displaced" and not reading.is_hypothetical(group.first):
            harm = HARM_WORDS[words[at]]
            predicate = Predicate(at, at + 1, (harm,), "adjective", auxiliary=group.first)
            reading.add(Harmed(group, group.first, group.last), (harm,), predicate, "attribute")


def _one_attribute(reading: Reading, group: Group) -> None:
    """ "An injured boy was among those who crossed": told of one, in the past."""
    words = reading.tokens.words
    at = group.first + 1
    if words[at] not in ("injured", "wounded") or group.head is None or at >= group.head:
        return
    past = [w for w in words[group.last : group.last + 3] if w in ("was", "had", "lay") or w.endswith("ed")]
    if not past or reading.is_hypothetical(group.first):
        return
    predicate = Predicate(at, at + 1, ("injured",), "adjective", auxiliary=group.first)
    reading.add(Harmed(group, group.first, group.last), ("injured",), predicate, "attribute")


def _among(reading: Reading) -> None:
    view, sentence = reading.view, reading.sentence
    for match in _AMONG.finditer(view.low, sentence.start, sentence.end):
        harm: Harm = "injured" if match["injured"] else "killed"
        k, first = reading.token_at(match.end()), reading.token_at(match.start())
        if k >= len(reading.tokens) or reading.is_hypothetical(first):
            continue
        for harmed in reading.linker.after(k, most=1):
            if reading.count(harmed) is None or harmed.group.loose:
                continue
            for group in reading.groups:  # the "one" of "one of those killed" is this person, not another
                if group.first == first and group.loose and group.number == 1:
                    reading.settle(group, harm)
            _part(reading, harmed, harm, Predicate(first, k, (harm,), "phrase", auxiliary=first), match)


def _of_the_dead(reading: Reading) -> None:
    """ "Of the dead, 14 were women and nine were under 18"."""
    view, sentence, words = reading.view, reading.sentence, reading.tokens.words
    match = _OF_THE.match(view.low, sentence.start, sentence.end)
    if match is None:
        return
    harm: Harm = "injured" if match["injured"] else "killed"
    for index, group in enumerate(reading.groups):
        if group.kind != "counted" or not group.loose or group.number is None:
            continue
        described = _described(reading, index, group)
        be = reading.tokens.word(group.last) in _BE
        if described is group and not (
            be and words[group.last + 1 : group.last + 2] and words[group.last + 1] in _PLACED
        ):
            continue
        predicate = Predicate(0, 3, (harm,), "phrase", auxiliary=0)
        draft = reading.add(Harmed(described, group.first, described.last), (harm,), predicate, "among")
        if draft is not None:
            draft.start = reading.tokens.starts[group.first]
            draft.why["part"] = Reason("part of the total", match[0], match.start(), match.end())


def _every(reading: Reading) -> None:
    """ "Every second victim was a child": a share."""
    view, sentence = reading.view, reading.sentence
    match = _EVERY.search(view.low, sentence.start, sentence.end) if reading.tokens.words[0] == "every" else None
    if match is None:
        return
    first, k = reading.token_at(match.start()), reading.token_at(match.end())
    group = next((g for g in reading.groups if g.first == k and g.kind == "one"), None)
    if group is None:
        return
    share = round(100 / _ORDINALS[match["which"]])
    quantity = numbers.Quantity(first, first + 2, "share", share)
    counted = replace(group, first=first, kind="counted", quantity=quantity)
    harm: Harm = "killed" if match["killed"] else "injured"
    predicate = Predicate(first + 2, first + 3, (harm,), "noun", auxiliary=first)
    reading.add(Harmed(counted, first, group.last), (harm,), predicate, "share")


def _were_among(reading: Reading) -> None:
    view, sentence = reading.view, reading.sentence
    for match in _WERE_AMONG.finditer(view.low, sentence.start, sentence.end):
        harm: Harm = "injured" if match["injured"] else "killed"
        first = reading.token_at(match.start())
        predicate = Predicate(first, reading.token_at(match.end() - 1) + 1, (harm,), "phrase", auxiliary=first)
        for harmed in reading.linker.before(first):
            if reading.count(harmed) is not None:
                _part(reading, harmed, harm, predicate, match)


def _part(reading: Reading, harmed: Harmed, harm: Harm, predicate: Predicate, match: re.Match[str]) -> None:
    draft = reading.add(harmed, (harm,), predicate, "among")
    if draft is not None:
        words = reading.view.text[match.start() : match.end()].strip()
        draft.why["part"] = Reason("part of the total", words, match.start(), match.start() + len(words))


def _subsets(reading: Reading) -> None:
    words = reading.tokens.words
    for index, group in enumerate(reading.groups):
        if group.quantity is None or group.kind != "counted" or group.quantity.qualifier == "share":
            continue
        lead = tuple(words[max(0, group.first - 2) : group.first])
        whole = reading.governing(index)
        own = HARM_WORDS.get(words[group.last - 1]) if group.loose and words[group.last - 1] != "us" else None
        if own is not None:
            _own(reading, index, group, own)
        elif group.loose and reading.tokens.word(group.last) == "among" and index + 1 < len(reading.groups):
            _among_figure(reading, index, group)
        elif whole is None:
            continue
        elif lead[-1:] == ("including",) or lead in _PART_LEADS or lead == ("incl", "."):
            reading.add_part(_described(reading, index, group), whole)
        elif group.loose and words[group.last - 1] in ("them", "whom"):
            described = _described(reading, index, group)
            if described is not group or _is_placed(reading, group, whole):
                fatal = reading.tokens.word(group.last) in ("fatal", "fatally", "dead")
                part_of = replace(whole, harm=("killed",)) if fatal else whole  # "61 casualties, 14 of them fatal"
                reading.add_part(described, part_of)
                _rest(reading, index, group, whole)
        elif (
            lead[-1:] in (("was",), ("were",))
            and tuple(words[max(0, group.first - 3) : group.first - 1]) in _PART_LEADS
        ):
            reading.add_part(group, whole)  # "among whom were three priests"
        elif group.loose and reading.tokens.word(group.last) in _BE and words[0] == "of":
            described = _described(reading, index, group)  # "Of the 60 people killed, 24 were women"
            if described is not group:
                reading.add_part(described, whole)


def _rest(reading: Reading, index: int, group: Group, whole: Draft) -> None:
    """ "killed 10 men, 3 of them from Pell, and 7 from Vard": the figure that makes up the total."""
    following = reading.groups[index + 1 : index + 4]
    rest = next((g for g in following if g.kind == "counted" and g.loose and g.number is not None), None)
    total = whole.count.best if whole.count is not None else None
    if rest is None or group.number is None or rest.number is None or group.number + rest.number != total:
        return
    if reading.tokens.words[rest.first - 1] in ("and", ",", "other", "remaining"):
        reading.add_part(rest, whole)


def _other_between(reading: Reading, whole: Draft, group: Group) -> bool:
    """Whether other figures stand between, of which "them" may speak: "and 40 cars, three of them in Pell"."""
    end, starts = whole.end, reading.tokens.starts
    between = [g for g in reading.groups if g.first < group.first and starts[g.first] >= end and g.quantity is not None]
    number = group.number
    return any(number is None or g.quantity is None or (g.quantity.value or number) >= number for g in between)


def _is_placed(reading: Reading, group: Group, whole: Draft) -> bool:
    """ "five of them from our street", "seven of them in critical condition": told of some by where, or how old."""
    most = whole.count.max if whole.count is not None else None
    number = group.number
    if number is not None and most is not None and number >= most:
        return False
    if _other_between(reading, whole, group):
        return False
    return reading.tokens.word(group.last) in _PLACED


def _own(reading: Reading, index: int, group: Group, harm: Harm) -> None:
    """ "24 of the dead were women": the words name the whole themselves."""
    if any(reading.is_done(group, other) for other in ("killed", "injured", "missing")):
        return  # "two of the wounded died"
    described = _described(reading, index, group)
    predicate = Predicate(group.last - 1, group.last, (harm,), "adjective", auxiliary=group.first)
    draft = reading.add(Harmed(described, group.first, group.last), (harm,), predicate, "part")
    if draft is not None:
        draft.why["part"] = Reason("part of the total", reading.tokens.raw(group.first, group.last))


def _among_figure(reading: Reading, index: int, group: Group) -> None:
    """ "at least 9 among the 60 dead were aid workers"."""
    total = reading.groups[index + 1]
    whole = next(
        (draft for draft in reading.found if draft.start <= reading.tokens.starts[total.first] < draft.end), None
    )
    if whole is None or total.first - group.last > 2:
        return
    behind = next((g for g in reading.groups[index + 2 :] if g.kind == "bare" and g.first - total.last <= 4), None)
    described = (
        group
        if behind is None
        else replace(group, head=behind.head, noun=behind.noun, status=behind.status, groups=behind.groups)
    )
    reading.add_part(described, whole)


def _described(reading: Reading, index: int, group: Group) -> Group:
    """The group with the people named behind it: "12 of them women", "24 were children"."""
    following = reading.groups[index + 1] if index + 1 < len(reading.groups) else None
    if following is None or following.harm or following.kind not in ("bare", "one") or following.first - group.last > 2:
        return group
    gap = reading.tokens.words[group.last : following.first]
    if len(gap) == 1 and following.kind == "bare" and following.head == following.first:
        gap = [] if reading.tokens.word(following.first) in ("staff", "workers", "employees", "personnel") else gap
    if any(word not in _BE and not word.endswith("ly") and word not in ("been", "have", "all") for word in gap):
        return group
    if (
        following.kind == "one"
        and following.noun is not None
        and not following.noun.many
        and following.last < len(reading.tokens)
        and reading.tokens.words[following.last] in NOUNS
    ):
        return group
    return group.as_people(following)


def _shares(reading: Reading) -> None:
    """ "almost 90 per cent of those killed were civilians", "most of them women"."""
    words = reading.tokens.words
    for index, group in enumerate(reading.groups):
        if group.quantity is None or group.quantity.qualifier != "share" or not group.loose:
            continue
        last = words[group.last - 1]
        described = _described(reading, index, group)
        if last in HARM_WORDS:
            harm = HARM_WORDS[last]
            described = _made_up_of(reading, index, described)
            predicate = Predicate(group.last - 1, group.last, (harm,), "adjective", auxiliary=group.first)
            reading.add(
                Harmed(replace(described, last=group.last), group.first, group.last), (harm,), predicate, "share"
            )
        elif last in ("them", "whom") and described is not group:
            whole = reading.governing(index)
            if whole is not None:
                reading.add_part(described, whole)
        elif (
            described is not group
            and reading.tokens.word(group.last) in ("are", "were")
            and words[group.first - 1] == "and"
        ):
            whole = reading.governing(index)  # "40,000 people were displaced, and half are children"
            if whole is not None and not _other_between(reading, whole, group):
                reading.add_part(described, whole)
        elif last in ("them", "whom") and reading.tokens.word(group.last) in _PLACED:
            whole = reading.governing(index)
            if whole is not None and not _other_between(reading, whole, group):
                reading.add_part(group, whole)


def _made_up_of(reading: Reading, index: int, group: Group) -> Group:
    """The share with the people it is said of in front: "women made up 31 per cent of those killed"."""
    before = reading.groups[index - 1] if index else None
    if before is None or before.kind != "bare" or before.noun is None or group.first - before.last > 3:
        return group
    if _MADE_UP.isdisjoint(reading.tokens.words[before.last : group.first]):
        return group
    return replace(group, status=before.status, groups=before.groups)
