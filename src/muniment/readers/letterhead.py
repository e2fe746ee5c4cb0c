"""What a document of words says of itself at its head and foot: title, date, publisher and kind.

Each rule rests on a convention of letters, statements and reports; where none applies the field stays None.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from muniment.readers import dates

_HEAD_CHARACTERS = 4000
_HEAD_LINES = 16
_OPENING_LINES = 5
_MARKS = re.compile(r"</?(?:sup|sub|b|i|u|em|strong)>|\*\*|__|^\s*#{1,6}\s+|^\s*>\s+|\s*#+\s*$|^\s*[-=_]{3,}\s*$")
_MARK_SIGNS = re.compile("[<>*_#=-]")
_LABEL = re.compile(
    r"^(?:date|dated|published|publication date|issued|posted|released|for release)\s*(?:on)?\s*:?\s+", re.I
)
_CHANGED = re.compile(r"^(?:last )?(?:updated|modified|revised|accessed|retrieved|printed|collected)\b", re.I)
_PLACE_BEFORE = re.compile(r"^[^\W\d_][^\d,;:]{1,40},\s+(?=\S)")
_DATELINE = re.compile(
    rf"^(?P<place>[^\W\d_][^\d,;:()–—]{{1,40}})[,(]\s*(?P<date>{dates.WRITTEN.pattern})\)?(?:\s*\((?P<agency>[^)]{{2,40}})\))?\s*[:–—-]",
    re.I,
)
_SALUTATION = re.compile(
    r"^(?:dear\b|to whom it may concern|your (?:excellency|honou?r|eminence|highness)|"
    r"(?:his|her) excellency\b.*[,:]$|excellenc(?:y|ies)\b|"
    r"(?:mr|mrs|ms|dr|secretary|minister|president|ambassador|senator|commissioner|chair\w*|prime minister)"
    r"\b\.?[^.]{0,60}[,:]$|"
    r"уважаем|dear\b|հարգելի|monsieur|madame|sehr geehrte|السيد|hörmətli)",
    re.I,
)
_CLOSING = re.compile(
    r"^(?:(?:yours|very|most|with)\s+)?(?:sincerely|respectfully|faithfully|truly|best regards|kind regards|regards|"
    r"cordially|respect|best wishes|highest consideration|с уважением|հարգանքով|hörmətlə|cordialement|"
    r"mit freundlichen grüßen|مع (?:فائق )?الاحترام)(?:\s+(?:yours|submitted|and gratefully))?\s*[,.]?$",
    re.I,
)
_SUBJECT = re.compile(r"^(?:re|subject|ref|тема|առարկա|mövzu|objet|betreff|الموضوع)\s*:\s*(?P<title>\S.*)$", re.I)
_KIND_LINES = (
    (
        "statement",
        re.compile(r"^(?:public |joint |press |media )?(?:statement|press release|news release|communiqu[eé])\b", re.I),
    ),
    (
        "report",
        re.compile(
            r"^(?:[^\W\d_][\w’'-]*\s+){0,4}report(?:\s+(?:no|nr|on|of|for)\b.*|\s*[\d/:–—-].*)?$",
            re.I,
        ),
    ),
)
_KIND_ALONE = re.compile(
    r"(?:(?:public|joint|press|media|news|annual|interim|final|field|monthly|weekly|situation|mission|monitoring|"
    r"briefing)\s+)?(?:statement|release|communiqu[eé]|report)",
    re.I,
)
"""A line that says what the paper is and nothing of what it is about: no title."""
_ORGANISATION = re.compile(
    r"\b(?:international|union|ministry|committee|association|foundation|cent(?:re|er)|office|council|society|institute|"
    r"watch|commission|network|universit|agency|fund|organi[sz]ation|embassy|ombuds|alliance|federation|league|"
    r"court|congress|parliament|senate|assembly|department|bureau|coalition|movement|defenders?\b|archive|mission|government)",
    re.I,
)
_NOT_A_NAME = re.compile(r"\d|[.!?:;]$|@|https?:|\b(?:suite|street|avenue|road|floor|box)\b", re.I)
_OFFICE_HELD = re.compile(
    r"^(?:member|director|secretary|minister|president|chair\w*|head|officer|professor|coordinator)\b", re.I
)
_LONGEST_TITLE = 220


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says of itself."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    kind: str | None = None


def facts(text: str) -> Facts:
    """Read head and foot of a text of any length."""
    lines = _lines(text[:_HEAD_CHARACTERS])
    head = [line for line in lines if line][:_HEAD_LINES]
    if not head:
        return Facts()
    closing = _closing(text)
    dated = [date for line in head if (date := _date_of(line)) is not None]
    published = dated[0] if len(set(dated)) == 1 else None
    is_letter = closing is not None and (bool(dated) or any(_SALUTATION.search(line) for line in lines if line))
    if is_letter:
        subject = next((match["title"].strip() for line in lines if (match := _SUBJECT.search(line))), None)
        return Facts(subject, _letterhead(head) or _signatory(closing or []), published, "letter")
    title, kind, agency = _heading(lines), None, None
    for name, pattern in _KIND_LINES:
        if any(pattern.search(line) and len(line) < 60 and line[-1] not in ".,;" for line in head[:6]):
            kind = name
            break
    dateline = _dateline(lines)
    if dateline is not None:
        agency = dateline["agency"]
        published = published if dated else dates.from_words(dateline["date"])
        kind = kind or ("news" if agency else None)
    return Facts(title, agency, published, kind)


def _dateline(lines: list[str]) -> re.Match[str] | None:
    """Place and date before the first words of a dispatch; several with different dates are a list of events."""
    found = [
        match
        for line, following in itertools.pairwise([*lines, ""])
        if (match := _DATELINE.search(line)) is not None and _runs_on(line, following)
    ]
    if not found or len({match["date"].lower() for match in found}) > 1:
        return None
    opening = [line for line in lines if line][:_OPENING_LINES]
    return found[0] if found[0].string in opening else None


def _runs_on(line: str, following: str) -> bool:
    """Whether a line is the beginning of a paragraph of sentences rather than a heading."""
    return bool(following) or len(line) > 120 or line.endswith((".", "!", "?", ".”", '."'))


def clean(line: str) -> str:
    """One line without marks of formatting and doubled spaces."""
    bare = _MARKS.sub("", line) if _MARK_SIGNS.search(line) else line
    return " ".join(bare.split()).strip("* ")


def _lines(text: str) -> list[str]:
    return [clean(line) for line in text.lstrip("\ufeff").splitlines()]


def _date_of(line: str) -> str | None:
    if len(line) > 80 or _CHANGED.search(line):
        return None
    bare = _LABEL.sub("", line)
    return dates.from_words(bare) or dates.from_iso_day(bare) or dates.from_words(_PLACE_BEFORE.sub("", bare))


def _closing(text: str) -> list[str] | None:
    """The lines after a letter's closing formula, or None where there is none."""
    lines = _lines(text[-20_000:])
    for number, line in enumerate(lines):
        if line and len(line) < 60 and _CLOSING.search(line):
            return lines[number + 1 :]
    return None


def _letterhead(head: list[str]) -> str | None:
    """The name above the date, as letter paper carries it."""
    for number, line in enumerate(head):
        if _date_of(line) is not None:
            first = head[0]
            return first if number and _is_organisation(first) else None
    return None


def _signatory(lines: list[str]) -> str | None:
    """The organisations that sign, where the signature names any."""
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif any(_is_organisation(earlier) for earlier in block):
            break  # notes or annexes may follow the signature
        if len(line) > 100 or len(block) > 12:
            return None
    names = [line for line in block if _is_organisation(line)]
    return "; ".join(dict.fromkeys(names)) or None


def _is_organisation(line: str) -> bool:
    return (
        3 < len(line) <= 90
        and not _NOT_A_NAME.search(line)
        and not _OFFICE_HELD.search(line)
        and "," not in line
        and _ORGANISATION.search(line) is not None
    )


def _heading(lines: list[str]) -> str | None:
    """A title: the capitals the text begins with, else a short first paragraph that is no sentence."""
    start = 0
    while start < len(lines) and (not lines[start] or _date_of(lines[start]) or _is_kind_alone(lines[start])):
        start += 1
    block: list[str] = []
    for line in lines[start:]:
        if not line:
            break
        block.append(line)
    if not block:
        return None
    capitals: list[str] = []
    for line in block:
        if not line.isupper():
            break
        capitals.append(line)
    if capitals and sum(map(len, capitals)) >= 12:
        return _title(" ".join(capitals))
    if len(block) <= 2 and start + len(block) < len(lines):
        return _title(" ".join(block))
    return None


def _title(text: str) -> str | None:
    if not 4 <= len(text) <= _LONGEST_TITLE or text[-1] in ".,;:" or not any(map(str.isalpha, text)):
        return None
    if _SALUTATION.search(text) or "://" in text or text[0] in "|[{<":
        return None
    return text


def _is_kind_alone(line: str) -> bool:
    return _KIND_ALONE.fullmatch(line) is not None
