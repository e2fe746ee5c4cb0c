"""Who a cited voice is: its type by what it is called, and whether it is the publisher's own."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

from muniment.extractors.en.levels import called_by
from muniment.extractors.en.parties import english_names
from muniment.extractors.view import View
from muniment.extractors.wordlists import either, load, pattern
from muniment.model import SourceLink
from muniment.model.vocabulary import SourceType

WORDS = load(Path(__file__).with_name("sources.toml"))
_TYPES: tuple[tuple[SourceType, re.Pattern[str]], ...] = tuple(
    (cast(SourceType, row["type"]), pattern(row["words"])) for row in WORDS["type"]
)
_SELF = re.compile(r"\s*" + either(WORDS["self"]["words"]) + r"(?!\w)")
_NAME = re.compile(r"[A-Z][\w'’.-]+(?:\s(?:(?:al|de|van|von|bin|ibn|el|da)[-\s])?[A-Z][\w'’.-]+){0,3}")
_FULL_NAME = re.compile(r"(?<![.!?“\"]\s)(?<!\w)[A-Z][a-z'’-]+\s[A-Z][a-z'’-]+(?=,|\s[a-z])")
_NAME_MEMORY = 400
_LONGEST_WHO = 120
_MEMORY = 2500
_WE = re.compile(r"(?<!\w)(?:we|our)(?!\w)")
_AIDS = re.compile(r"(?:\s(?:has|have|had|also|so|far|since|itself|now))+\Z")
_ARTICLE = re.compile(r"(?:the|a|an|some|several|many|one|two|three|local|also)\s+", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.|m\.|web\.|en\.)?([a-z0-9.-]+)", re.IGNORECASE)
_HOSTS = WORDS["hosts"]
_DESCRIBED = re.compile(
    r"(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})(?:\s\([^()]{1,30}\))?,\s+(?:(?:aged\s+)?\d{1,3},\s+)?"
    r"(?P<what>(?:an?|the|who\s+is|head|director|chief|spokes\w+|senior|regional|deputy|acting|[A-Z][\w'’]+(?:\s[A-Z]\w+)?['’]s?)\b[^,.;:“”\"]{2,90})"
)


class Voices:
    """The voices of one document: its publisher, and the people it introduces with what they are."""

    def __init__(self, view: View) -> None:
        self._view = view
        publisher = view.document.publisher
        self.own = SourceLink(publisher or view.document.file, "self")
        self._names = _short_names(publisher) if publisher else ()
        self._people: dict[str, str] | None = None

    def is_own(self, phrase: str) -> bool:
        """Whether the words mean the publisher: its name, "we", "the organization", one of its people."""
        low = phrase.lower().strip()
        if _SELF.match(low) or self.is_called(low):
            return True
        if _WE.search(low) or any(self._leads(low, name) for name in self._names):
            return True
        name = _NAME.match(phrase.strip())
        if name is None:
            return False
        what = self._described(name[0])
        return what is not None and any(own in what.lower() for own in self._names)

    def is_called(self, phrase: str) -> bool:
        """Whether "the centre", "the ministry" means the publisher by what its name says it is."""
        words = _AIDS.sub("", phrase.lower().strip()).split()
        publisher = (self._view.document.publisher or "").lower()
        return len(words) == 2 and words[0] == "the" and words[1].removesuffix("'s") in called_by(publisher)

    def is_person(self, name: str) -> bool:
        """Whether a lone name is that of a person the document names in full or describes."""
        if self._described(name) is not None:
            return True
        return re.search(rf"[A-Z][\w'’-]+\s{re.escape(name)}(?!\w)", self._view.clean[self._view.start :]) is not None

    @staticmethod
    def _leads(low: str, name: str) -> bool:
        """Whether the publisher's name is what a phrase is about, or whom its person works for."""
        return re.search(rf"(?:\A(?:the\s+)?|,\s|\b(?:of|from|at|with|for)\s+){re.escape(name)}(?!\w)", low) is not None

    def person_before(self, offset: int) -> str | None:
        """The person last introduced or named in front of a place, as a whole phrase."""
        view = self._view
        last = None
        for match in _DESCRIBED.finditer(view.clean, max(view.start, offset - _MEMORY), offset):
            last = match
        if last is None:
            for match in _FULL_NAME.finditer(view.clean, max(view.start, offset - _NAME_MEMORY), offset):
                last = match
        return last[0] if last else None

    def link(self, phrase: str) -> SourceLink:
        """A link of the chain for a voice named by a phrase."""
        words = _tidied(phrase)
        if self.is_own(phrase):
            return self.own
        return SourceLink(words, self.type_of(phrase))

    def type_of(self, phrase: str) -> SourceType:
        """The type of a voice by what it is called, else by how the document introduced it."""
        found = kind_of(phrase)
        name = _NAME.match(phrase.strip())
        if name is not None and found in (None, "witness"):
            what = self._described(name[0])
            if what is not None:
                return kind_of(what) or "witness"
        if found is not None:
            return found
        words = phrase.replace("’", "'").split()
        plain = [word.strip(",.'").removesuffix("'s").lower() for word in words]
        if any(" ".join(plain[i : i + n]) in _states() for i in range(len(plain)) for n in (1, 2, 3)):
            return "party_state"
        if name is not None:
            return "ngo" if name[0].isupper() and len(name[0]) > 1 else "witness"
        return "anonymous"

    def _described(self, name: str) -> str | None:
        """What the document says a person is, found by the name or its last word."""
        if self._people is None:
            self._people = {}
            view = self._view
            for match in _DESCRIBED.finditer(view.clean, view.start, view.end):
                self._people.setdefault(match["name"], match["what"])
                self._people.setdefault(match["name"].split()[-1], match["what"])
                self._people.setdefault(match["name"].split()[0], match["what"])
        return self._people.get(name) or self._people.get(name.split()[-1])


def kind_of(phrase: str) -> SourceType | None:
    """The type the words of a phrase give; None where they give none."""
    low = phrase.lower().replace("’", "'")
    for type_, words in _TYPES:
        if words.search(low):
            return type_
    return None


def kind_of_address(text: str) -> SourceType | None:
    """The type of source a link leads to, by its host; None where there is no link."""
    match = _HOST.search(text)
    if match is None:
        return None
    host = match[1].lower().rstrip(".")
    types: tuple[SourceType, ...] = ("social_media", "io", "ngo")
    for type_ in types:
        if any(host == known or host.endswith("." + known) for known in _HOSTS[type_]):
            return type_
    parts = host.split(".")
    if any(part in _HOSTS["state_parts"] for part in parts):
        return "party_state"
    return "media"


def address_of(text: str) -> str | None:
    """The host of the first link in a text."""
    match = _HOST.search(text)
    return match[1].lower().rstrip(".") if match else None


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Words that name a state or what is its own, in lower case."""
    return frozenset(name.lower() for names in english_names().values() for name in names)


def _short_names(publisher: str) -> tuple[str, ...]:
    """The publisher's name as texts use it: whole, without what stands behind it, by its first word where telling."""
    low = publisher.lower().strip()
    names = [low]
    words = low.split()
    if len(words) > 2:
        names.append(" ".join(words[:2]))
    if len(words) > 1 and len(words[0]) > 5 and words[0] not in _COMMON_FIRST:
        names.append(words[0])
    return tuple(dict.fromkeys(names))


_COMMON_FIRST = frozenset(WORDS["common_first"]["words"])


def _tidied(phrase: str) -> str:
    words = " ".join(phrase.replace("[", " ").replace("]", " ").split()).strip(" ,;:–—-“”\"'()[]")
    words = _ARTICLE.sub("", words, count=1) if len(words) > 40 else words
    return words[:_LONGEST_WHO].rstrip()


_VOICES: WeakKeyDictionary[View, Voices] = WeakKeyDictionary()


def voices_of(view: View) -> Voices:
    """The voices of a document, kept as long as the document is being read."""
    known = _VOICES.get(view)
    if known is None:
        known = _VOICES[view] = Voices(view)
    return known
