"""Parties named in English text: states by name, adjective or people, the case's own parties, and groups by their noun.

A mention covers the whole phrase that acts ("the armed forces of Norland"). Joint parties are one mention. Who of them
is held responsible is another question (`held_responsible`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from muniment.extractors.mentions import PartyMention
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, load, telling
from muniment.model import Party
from muniment.plugins import Lexicon
from muniment.reference import parties as shipped_parties
from muniment.reference import places
from muniment.reference.words import Phrases

WORDS = load(Path(__file__).with_name("parties.toml"))
_ACTORS = WORDS["actors"]
_NOUN = rf"(?:{either([*_ACTORS['forces'], *_ACTORS['rule']])})"
_AFTER = re.compile(
    rf"(?:'s?|s')?\s+(?:(?:own|main|regular|de\s+facto|top|senior|former|state|foreign)\s+)?{_NOUN}(?!\w)(?!-)(?:\s+{_NOUN}(?!\w))?"
)
_BEFORE = re.compile(rf"(?<!\w)(?:the\s+)?(?:{either(_ACTORS['of'])})\s+\Z")
_AFFIX = re.compile(rf"-(?:{either(_ACTORS['affixes'])})\b")
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and|or)?|and|or|/|&)\s*(?:the\s+|both\s+)?(?:[a-z-]+-(?:backed|supported|led|allied|aligned)(?:\s+and\s+|,\s*))?\Z"
)
_GROUP = re.compile(
    rf"(?<![\w-])(?:(?P<both>{either(_ACTORS['both'])})|(?P<home>{either(_ACTORS['at_home'])})"
    rf"|(?P<other>{either(_ACTORS['others'])}))(?!\w)(?!-)"
)
_ORGANISED = re.compile(
    rf"(?<!\w)(?:[A-Z][\w'’-]+\s+(?:(?:and|or)\s+[A-Z][\w'’-]+\s+|(?:[A-Z][\w'’-]+\s+){{0,2}}?){_NOUN}"
    r"|(?:[A-Z][\w'’-]+\s+(?:(?:of|for|and|the)\s+)?){1,5}"
    r"(?:Forces?|Army|Brigades?|Front|Movement|Militia|Guards?|Corps|Group|Rebels|Battalion|Legion|Junta|Coalition|Fighters)"
    r"|[A-Z][\w'’-]+-(?:led|backed|supported|aligned|affiliated)\s+(?:[a-z-]+\s+){0,2}"
    r"(?:coalition|forces|militias?|fighters|rebels|groups?|army|troops|mercenaries)"
    r"|[A-Z][\w'’-]+\s+(?:forces|fighters|rebels|militants|militia(?:s|men)?|insurgents|troops|gunmen)"
    r"|[A-Z]{3,6})(?![\w-])"
)
_ORGANISED_SIGNS = telling(
    [
        *_ACTORS["forces"], *_ACTORS["rule"], "force", "army", "brigade", "front", "movement", "militia", "guard",
        "corps", "group", "rebels", "battalion", "legion", "junta", "coalition", "fighters", "troops", "mercenaries",
        "militants", "insurgents", "gunmen",
    ]
)  # fmt: skip
_INITIALS = re.compile("[A-Z]{3}")
_ARTICLES = frozenset({"the", "i", "a"})
_PLAIN = re.compile(r"[a-z]+")
_GROUP_WORDS = frozenset(WORDS["group_words"]["words"])
"""Words one of which every group has."""
_FIRST = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W_]*")
_LONGER_NAME = re.compile(r"\s(?:[A-Z][a-z][\w'’-]*)(?:\s(?:(?:of|for|and|the)\s)?[A-Z][\w'’-]+){0,5}")
_DEED_NOUN = re.compile(rf"\s(?:[a-z-]+\s)?(?:{either(WORDS['deeds']['nouns'])})(?!\w)")
_CALENDAR = re.compile(
    r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
_NO_CODE = ""
"""Stands for the code of a party that has none: which code an armed group has is for the case to say."""
_NO_PARTY = frozenset(WORDS["no_party"]["names"])
_HEAD = re.compile(r"(?:The|On|In|At|After|Before|When|While|Both|As|Some|Many|Two|Three|Since|Meanwhile|But|And)\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A party as written.

    Attributes:
        start: offset of its first character.
        end: offset after its last.
        ids: the parties named, by id; empty where the words name none that is known.
        home: the state at home is meant ("the army"), whichever it is.
        both: both parties to the conflict are meant.
        bare: a country's or people's name without a word for who acts.
        either: one of several parties is meant: "Norlandish or Sudlandish aircraft".
        initials: only an acronym, which need not be a party at all.
        stands_for: the name in full, where the text gave the acronym with it.
    """

    start: int
    end: int
    ids: tuple[str, ...] = ()
    home: bool = False
    both: bool = False
    bare: bool = False
    either: bool = False
    initials: bool = False
    stands_for: str = ""


class Names:
    """The names of a case's parties, ready to be found in a text."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self._phrases: Phrases[str] = Phrases()
        self._first: set[str] = set()
        english = english_names()
        for party in parties:
            for name in english.get(party.id, party.names):
                self._add(name, party.id)
        known = {party.id for party in parties}
        for force in shipped_parties.forces():
            for name in force.names:
                self._add(name, force.state if force.state in known else _NO_CODE)

    def _add(self, name: str, party: str) -> None:
        self._phrases.add(name, party)
        first = _FIRST.search(name)
        if first is not None and first[0].lower() not in _ARTICLES:
            self._first.add(first[0].lower())
        if first is not None and first[0].lower() == "al":  # "al-Shabaab" begins with a small letter too
            self._first.update(word.lower() for word in _CAPITAL.findall(name))

    def scan(self, text: str, start: int, end: int) -> list[Found]:
        """Names and adjectives in `[start, end)`, without what belongs to a longer word: "Norland-backed"."""
        found: list[Found] = []
        part = text[start:end]
        if self._first.isdisjoint(word.lower() for word in _CAPITAL.findall(part)):
            return found
        for a, b, ids in self._phrases.scan(part):
            first, last = a + start, b + start
            if text[last : last + 1] == "-" and _AFFIX.match(text, last, end):
                continue
            if first > start and text[first - 1] == "-":
                continue
            codes = tuple(id_ for id_ in ids if id_ != _NO_CODE)
            found.append(Found(first, last, codes[:1], bare=True))
        return found


_LAST: list[Names] = []


def names_of(parties: Sequence[Party]) -> Names:
    """The index of a case's parties; kept until other parties are asked for."""
    if not _LAST or _LAST[0].parties is not parties:
        _LAST[:] = [Names(parties)]
    return _LAST[0]


@lru_cache(maxsize=1)
def english_names() -> dict[str, tuple[str, ...]]:
    """The English words for each state that ships; its names in other languages are other packs' business."""
    out: dict[str, tuple[str, ...]] = {}
    named = {place.id: place for place in places.shipped() if place.id.startswith("iso:")}
    for id_, words in shipped_parties.words_for().items():
        place = named.get(f"iso:{id_}")
        names = [n.name for n in place.names if n.language in ("en", None)] if place else []
        out[id_] = tuple(dict.fromkeys((*names, *words.adjectives, *words.demonyms)))
    return out


def find(text: str, low: str, start: int, end: int, names: Names) -> list[Found]:
    """The parties in `[start, end)`, left to right, none overlapping.

    Args:
        text: the plain text.
        low: the same in lower case, same length.
        start: where to begin.
        end: where to stop.
        names: the parties to look for by name.
    """
    scanned = [_extended(low, start, end, one) for one in names.scan(text, start, end)]
    named = _joined(low, [one for one in scanned if not (one.bare and _is_in_name(text, low, end, one))])
    taken = [(one.start, one.end) for one in named]
    found = list(named)
    grouped = not _GROUP_WORDS.isdisjoint(_PLAIN.findall(low, start, end))
    shouted = text[start:end].isupper()
    organised = not shouted and (_ORGANISED_SIGNS.search(low, start, end) or _INITIALS.search(text, start, end))
    for match in _ORGANISED.finditer(text, start, end) if organised else ():
        first = match.start()
        head = _HEAD.match(text, first, match.end())
        first = head.end() if head else first
        if head and text[first : first + 1].islower():
            continue  # "The army": a group by its noun
        if text[first : match.end()] not in _NO_PARTY and first < match.end() and _free(taken, first, match.end()):
            found.append(Found(first, match.end(), initials=text[first : match.end()].isupper()))
            taken.append((first, match.end()))
    for match in _GROUP.finditer(low, start, end) if grouped else ():
        first = match.end() - len(match[0].lstrip())
        if _free(taken, first, match.end()):
            found.append(Found(first, match.end(), home=bool(match["home"]), both=bool(match["both"])))
            taken.append((first, match.end()))
    return sorted(found, key=lambda one: one.start)


_OF_SENTENCE: WeakKeyDictionary[View, dict[int, list[Found]]] = WeakKeyDictionary()


def of_sentence(view: View, sentence: Sentence, names: Names) -> list[Found]:
    """The parties a sentence names, left to right; found once."""
    known = _OF_SENTENCE.setdefault(view, {})
    found = known.get(sentence.index)
    if found is None:
        found = find(view.clean, view.low, sentence.start, sentence.end, names)
        found = known[sentence.index] = _spelt_out(view, sentence, found, names)
    return found


_ACRONYM = re.compile(r"(?<=[a-z]) \((?:or |the )?[“\"']?(?P<short>[A-Z][A-Z\d-]{1,8})[”\"']?\)")
_LONGEST_NAME = 90
_ACRONYMS: WeakKeyDictionary[View, dict[str, Found]] = WeakKeyDictionary()


def _acronyms(view: View, names: Names) -> dict[str, Found]:
    """The acronyms that a text gives in brackets behind a party's name, each with that party."""
    known = _ACRONYMS.get(view)
    if known is None:
        known = _ACRONYMS[view] = {}
        for match in _ACRONYM.finditer(view.clean, view.start, view.end):
            first = max(view.start, match.start() - _LONGEST_NAME)
            before = find(view.clean, view.low, first, match.start(), names)
            if before and before[-1].end == match.start() and not before[-1].initials:
                known.setdefault(match["short"], before[-1])
    return known


def _spelt_out(view: View, sentence: Sentence, found: list[Found], names: Names) -> list[Found]:
    """The parties of a sentence with those it names by an acronym that the text has given before."""
    known = _acronyms(view, names)
    if not known:
        return found
    out = [one for one in found if not (one.initials and view.clean[one.start : one.end] in known)]
    taken = [(one.start, one.end) for one in out]
    for short, whole in known.items():
        at = view.clean.find(short, sentence.start, sentence.end)
        while at >= 0:
            end = at + len(short)
            apart = not view.clean[at - 1 : at].isalnum() and not view.clean[end : end + 1].isalnum()
            if apart and view.clean[at - 1 : at] not in ("(", "-") and _free(taken, at, end):
                one = Found(at, end, whole.ids, stands_for=view.clean[whole.start : whole.end])
                out.append(_extended(view.low, sentence.start, sentence.end, one))
                taken.append((out[-1].start, out[-1].end))
            at = view.clean.find(short, end, sentence.end)
    return sorted(out, key=lambda one: one.start)


def lookup(view: View, start: int, end: int, lexicon: Lexicon) -> list[PartyMention]:
    """The parties named in `[start, end)` of a document, which is one of its sentences or any stretch."""
    names, sentence = names_of(lexicon.parties), view.sentence_at(start)
    if sentence is not None and (sentence.start, sentence.end) == (start, end):
        found = of_sentence(view, sentence, names)
    else:
        found = find(view.clean, view.low, start, end, names)
    return [
        PartyMention(one.start, one.end, view.text[one.start : one.end], "+".join(one.ids) or None) for one in found
    ]


def _is_in_name(text: str, low: str, end: int, one: Found) -> bool:
    """Whether a name goes on in capitals and is that of something else: "Norlandish Red Cross"."""
    longer = _LONGER_NAME.match(text, one.end, end)
    if longer is None or _CALENDAR.match(text, one.end, end):
        return False
    return _DEED_NOUN.match(low, longer.end(), end) is None and _DEED_NOUN.match(low, one.end, end) is None


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= a or b <= start for a, b in taken)


def _extended(low: str, start: int, end: int, one: Found) -> Found:
    """A name with the noun that makes it act: "Norlandish" with "forces", "Norland" with "the army of"."""
    after = _AFTER.match(low, one.end, min(end, one.end + 90))
    if after is not None:
        return replace(one, end=after.end(), bare=False)
    before = _BEFORE.search(low, max(start, one.start - 60), one.start)
    if before is not None:
        return replace(one, start=before.start(), bare=False)
    return one


def _joined(low: str, found: Sequence[Found]) -> list[Found]:
    """Names in a row that share a noun made one: "Norlandish and Sudlandish forces"."""
    out: list[Found] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and one.start < last.end:
            continue
        both_known = last is not None and bool(last.ids) == bool(one.ids)
        if last is not None and both_known and one.start - last.end < 60 and _JOIN.match(low, last.end, one.start):
            ids = tuple(sorted({*last.ids, *one.ids}))
            either = last.either or re.search(r"(?<!\w)or(?!\w)", low[last.end : one.start]) is not None
            out[-1] = Found(last.start, one.end, ids, bare=last.bare and one.bare, either=either)
        else:
            out.append(one)
    return out
