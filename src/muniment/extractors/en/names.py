"""Runs of capitalised words that can be a person's name, pseudonyms among them. Whether one is, `persons` decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from muniment.extractors.wordlists import either, load

_WORDS = load(Path(__file__).with_name("persons.toml"))
_NEVER = frozenset(_WORDS["never"]["words"])

_UPPER = (
    "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0102\u0104\u0106\u010c\u010e\u0110\u0118\u011a\u011e\u0130\u0139\u013d\u0141\u0147"
    "\u0158\u0160\u015e\u0164\u016e\u0170\u0179\u017b\u017d\u018f\u01e6\u0218\u021a"
)
_TOKEN = (
    rf"(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]r|[Aa]s|[Aa]sh|[Aa]t|[Aa]d|[Aa]z|ul)[-–'](?=[{_UPPER}]))?"
    rf"(?:[OD]'|Mc|Mac)?[{_UPPER}][^\W\d_]*(?:[-'][{_UPPER}a-z][^\W\d_]+)*"
)
_PARTICLE = r"(?:al|el|bin|ben|ibn|bint|abu|umm|von|van|der|den|de|del|da|do|dos|di|la|le|ter|ould|ag|oglu|qizi|kyzy)"
_NAME = re.compile(
    rf"(?<![\w'’-])(?:{_TOKEN}|[{_UPPER}]\.)(?:\s(?:\s{{0,3}})(?:(?:{_PARTICLE}\s)?{_PARTICLE}\s)?(?:{_TOKEN}|"
    rf"[{_UPPER}]\.(?:[{_UPPER}]\.)?)){{0,5}}(?:(?<=\s[{_UPPER}][a-z])\.(?=,|\s\())?"
)
PSEUDONYM_AFTER = re.compile(
    r"\s?\*(?!\*)|\s?\((?:(?:not\s)?(?:his|her|their)\s(?:real\s|full\s|actual\s)?name|not\s(?:the\s|"
    r"a\s)?real\sname|name\s(?:has\sbeen\s)?(?:changed|withheld|altered)|"
    r"(?:a\s)?pseudonym|an\salias|names?\schanged)[^()]{0,60}\)"
    r"|,\swhose\s(?:real\s)?name\s(?:(?:has|have)\sbeen|is\sbeing|was|is|we\shave)\s(?:changed|withheld|altered)"
    r"(?:\s(?:for|to|at)\s[^,.;]{3,50})?(?:,|(?=\.))",
    re.I,
)
_PSEUDONYM_BEFORE = re.compile(
    r"(?:identified|named|known|referred to|named here|given the name)\s(?:here\s)?only\s(?:as|"
    r"by)\s(?:his\s|her\s|their\s)?(?:(?:first\s)?name,?\s|initials?,?\s)?[\"“'‘]?\Z"
    r"|whom?\s(?:we|this report|the report)\s(?:will\s)?(?:calls?|refers?\sto\sas|names?)\s[\"“'‘]?\Z|"
    r"pseudonym,?\s[\"“'‘]?\Z|alias,?\s[\"“'‘]?\Z",
    re.I,
)
_TITLE = "|".join(
    sorted((*_WORDS["titles"]["female"], *_WORDS["titles"]["male"], *_WORDS["titles"]["either"]), key=len, reverse=True)
)
TITLE = re.compile(rf"({_TITLE})\.?\s")
"""A title in front of a name, at its beginning."""
_TITLE_BEFORE = re.compile(rf"(?<!\w)({_TITLE})\.\s\Z")
_OFFICE = either(
    (*_WORDS["offices"]["heads"], *(word.lower() for word in _WORDS["offices"]["short"]), *_WORDS["speaking"]["roles"])
)
OFFICE_RUN = re.compile(
    rf"(?:(?:the|former|acting|deputy|first|then|ex|senior|chief|interim)[\s-])*{_OFFICE}\.?(?!\w)", re.I
)
"""An office, as its words stand in front of a name."""
_AGED = re.compile(r",\s(?:aged\s)?\d{1,3}(?:[,.;)]|\Z|\s(?:and|was|told|said)(?!\w))|\s\((?:aged\s)?\d{1,3}\)")
_OCCUPATION = re.compile(
    either(word for word in _WORDS["occupations"]["words"] if "\\" not in word and " " not in word)
)
_WORD = re.compile(r"\S+")
_OFFICE_BEGINS = frozenset(
    re.split(r"[ \[-]", word.lower().replace("?", ""))[0].rstrip("s")
    for word in (*_WORDS["offices"]["heads"], *_WORDS["offices"]["short"], *_WORDS["speaking"]["roles"])
) | frozenset(
    [
        "the",
        "former",
        "acting",
        "deputy",
        "first",
        "then",
        "ex",
        "senior",
        "chief",
        "interim",
        "spokesperson",
        "spokesman",
        "spokeswoman",
    ]
)
_INITIAL = re.compile(rf"[{_UPPER}]\.?|[{_UPPER}][a-z]\.")


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run: where it stands, whether it is marked as a pseudonym, and the office capitalised with it."""

    start: int
    end: int
    after: int
    pseudonym: bool = False
    office: tuple[int, int] | None = None
    title: str | None = None


def candidates(text: str, start: int, end: int, known: Sequence[tuple[int, int]] = ()) -> Iterator[Name]:
    """Names that may be persons' in `text[start:end]`, left to right; `known` are spans of places and parties."""
    for match in _NAME.finditer(text, start, end):
        first, last = match.span()
        for a, b in known:
            if a <= first < b < last and " " in text[b:last].strip():
                first = b  # "Taluran Ilo Reth" may begin with a people; in "Halda Reth" a place is a first name
        name = _trim(text, first, last)
        if name is None:
            continue
        if any(a <= name.start and name.end <= b for a, b in known) and not _AGED.match(text, name.end, end):
            continue  # a place or a people; one with an age is somebody who bears a place's name
        if any(name.start < a < name.end < b or a < name.start < b < name.end for a, b in known):
            continue
        yield name


def _trim(text: str, start: int, end: int) -> Name | None:
    """Words that are no part of a name taken off both ends; None where nothing is left."""
    office = title = None
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    for at, to in words[1:-1]:
        if not _begins_office(text[at:to]):
            continue
        run = OFFICE_RUN.match(text, at, end)
        if run is not None:
            office = (run.start(), run.end())
            words = [w for w in words if w[0] >= run.end()]
    while words:
        title_match = TITLE.match(text, words[0][0], end)
        if title_match is not None and len(words) > 1:
            title = title_match[1]
            words = [w for w in words if w[0] >= title_match.end()]
            continue
        run = OFFICE_RUN.match(text, words[0][0], end) if _begins_office(text[slice(*words[0])]) else None
        if run is not None:
            office = (run.start() if office is None else office[0], run.end())
            words = [w for w in words if w[0] >= run.end()]
            continue
        if _is_name(text[words[0][0] : words[0][1]]):
            break
        office = None
        words = words[1:]
    if len(words) > 1 and _OCCUPATION.fullmatch(text[slice(*words[0])].lower()):
        words = words[1:]  # "Journalist Petro Lanko": what somebody is, capitalised
    while words and not _is_name(text[words[-1][0] : words[-1][1]]):
        words.pop()
    if not words:
        return None
    first, last = words[0][0], words[-1][1]
    if any(not _is_name(text[a:b]) and text[a:b].lower() in _NEVER for a, b in words):
        return None
    if text[last - 2 : last] == "'s":
        last -= 2
    if last - first < 2 or (last - first < 3 and text[first:last].isupper() and len(words) == 1):
        return None
    if title is None and (before := _TITLE_BEFORE.search(text, max(0, first - 12), first)) is not None:
        title = before[1]  # "Dr. Enno Falk": the point parts title and name
    after, pseudonym = last, False
    tail = PSEUDONYM_AFTER.match(text, last, min(len(text), last + 90))
    if tail is not None:
        after, pseudonym = tail.end(), True
    elif _PSEUDONYM_BEFORE.search(text, max(0, first - 60), first):
        pseudonym = True
    elif len(words) > 1 and _INITIAL.fullmatch(text[words[-1][0] : words[-1][1]]):
        pseudonym = True  # "Sela K.": a name cut to protect
    return Name(first, last, after, pseudonym, office, title)


def _begins_office(word: str) -> bool:
    bare = word.lower().rstrip(".,")
    return bare in _OFFICE_BEGINS or bare.rstrip("s") in _OFFICE_BEGINS or bare.partition("-")[0] in _OFFICE_BEGINS


def _is_name(word: str) -> bool:
    bare = word.lower().rstrip(".")
    if bare.endswith("'s"):
        bare = bare[:-2]
    if bare in _NEVER:
        return False
    letters = bare.replace("-", "").replace("'", "")
    if len(letters) > 4 and word.isupper():
        return False  # an acronym or a shouted word
    return not (len(letters) > 1 and word.isupper() and len(letters) <= 4 and "." not in word)
