"""The patterns of English dates, put together from the words in dates.toml.

Each pattern is one family of phrasings; `dates.py` turns its groups into EDTF. Every repetition is bounded, so
matching takes time linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(
    resources.files("muniment.extractors.en").joinpath("dates.toml").read_text(encoding="utf-8")
)
MONTHS: dict[str, int] = {**WORDS["months"], **WORDS["month_abbreviations"]}
WEEKDAYS: dict[str, int] = WORDS["weekdays"]
SEASONS: dict[str, int] = WORDS["seasons"]
NUMBERS: dict[str, int] = WORDS["numbers"]
ORDINALS: dict[str, int] = WORDS["ordinals"]
RECENT_DAYS: dict[str, int] = WORDS["recent"]


def any_of(words: Any) -> str:
    """An alternation of the words, longest first; a space in a word is any run of space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,9}") for word in ordered)


_GAP = r"(?:\s|<sup>|</sup>){1,20}"
_LINK = rf"(?:,?{_GAP}|-)"
_DAY_WORD = rf"(?:{any_of(ORDINALS)})"
_DAY = rf"(?:the{_GAP})?(?:(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:<sup>)?(?:st|nd|rd|th)\b(?:</sup>)?)?|{_DAY_WORD})"
_DIGIT_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:<sup>)?(?:st|nd|rd|th)\b(?:</sup>)?)?(?![\d]|[.,:/-]\d)"
_MONTH = rf"(?:{any_of(WORDS['months'])}|(?:{any_of(WORDS['month_abbreviations'])})\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d]|[-/]\d|%)"
_WEEKDAY = rf"(?:{any_of(WEEKDAYS)})\b\.?"
_DASH = r"\s{0,3}[-\u2013\u2014]\s{0,3}"
_TO = rf"(?:{_DASH}|{_GAP}(?:to|and|until|till|through|or){_GAP})"
_PART_OF = rf"(?:beginning|start|middle|end){_GAP}of|(?:first|second){_GAP}half{_GAP}of"
_WEEK_OF = rf"(?:first|second|third|fourth|last|final){_GAP}(?:week|days){_GAP}of"
_PART = rf"(?:early|mid|middle|late|(?:the{_GAP})?(?:{_PART_OF}))"
_MONTH_PART = rf"(?:early|mid|middle|late|(?:the{_GAP})?(?:{_PART_OF}|{_WEEK_OF}))"
_NOT_OF_MONTH = rf"(?!{_GAP}of{_GAP}(?:{any_of(WORDS['months'])}))"
_NO_COUNT = rf"(?!\s{{1,9}}(?:[a-z]{{1,15}}\s{{1,9}})?(?:{any_of(WORDS['counted']['nouns'])})(?:\b|(?<=%)))"
_NO_DIGIT_BEFORE = r"(?<![\d.,:/#$€£])(?<!\d\s)"
_NUMBER = rf"(?:{any_of(NUMBERS)}|\d{{1,3}})"
_HOSTILITIES = rf"(?:[a-z-]{{2,15}}\s{{1,3}}){{0,2}}(?:{any_of(WORDS['hostilities']['nouns'])})"
_FULL_WEEKDAY = rf"(?:{any_of([day for day in WEEKDAYS if day.endswith('day')])})"
_DAYPART = r"(?:morning|afternoon|evening|night)"

_FAMILIES: tuple[tuple[str, str], ...] = (
    # 2020-10-27, 2020-10-27T14:05, 27/10/2020, 27.10.2020
    (
        "iso",
        r"(?<![\d/.=_-])(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>0[1-9]|[12]\d|3[01])(?![\d/_-])",
    ),
    (
        "numeric",
        r"(?<![\d/.=_-])(?P<num_a>[0-3]?\d)(?P<num_sep>[./-])(?P<num_b>[0-3]?\d)(?P=num_sep)"
        r"(?P<num_y>(?:19|20)\d\d)(?![\d/_-])",
    ),
    # 27 September to 5 October 2020; 27-28 October; 3, 5 and 7 October
    (
        "dm_range",
        rf"{_NO_DIGIT_BEFORE}(?:(?P<dr_w>{_WEEKDAY}),?{_GAP})?(?P<dr_a>{_DAY})"
        rf"(?:{_GAP}(?:of{_GAP})?(?P<dr_m>{_MONTH})(?:,?{_GAP}(?P<dr_y>{_YEAR}))?)?(?P<dr_to>{_TO})"
        rf"(?:(?P<dr_v>{_WEEKDAY}),?{_GAP})?(?P<dr_b>{_DAY}){_GAP}(?:of{_GAP})?(?P<dr_n>{_MONTH})\b(?:,?{_GAP}(?P<dr_z>{_YEAR}))?",
    ),
    (
        "dm_list",
        rf"{_NO_DIGIT_BEFORE}(?P<dl_days>{_DAY}(?:,\s{{1,9}}{_DAY}){{1,6}},?{_GAP}(?:and|or){_GAP}{_DAY}){_GAP}(?:of{_GAP})?(?P<dl_m>{_MONTH})\b"
        rf"(?:,?{_GAP}(?P<dl_y>{_YEAR}))?",
    ),
    # September 27 to October 5, 2020; October 3-5; October 3, 5 and 7
    (
        "md_range",
        rf"(?:(?P<mr_w>{_WEEKDAY}),?{_GAP})?\b(?P<mr_m>{_MONTH}){_GAP}(?P<mr_a>{_DIGIT_DAY})(?:,?{_GAP}(?P<mr_y>{_YEAR}))?"
        rf"(?P<mr_to>{_TO})(?:(?P<mr_v>{_WEEKDAY}),?{_GAP})?(?:(?P<mr_n>{_MONTH}){_GAP})?(?P<mr_b>{_DIGIT_DAY}){_NO_COUNT}"
        rf"(?:,?{_GAP}(?P<mr_z>{_YEAR}))?",
    ),
    (
        "md_list",
        rf"\b(?P<ml_m>{_MONTH}){_GAP}(?P<ml_days>{_DIGIT_DAY}(?:,\s{{1,9}}{_DIGIT_DAY}){{1,6}},?{_GAP}(?:and|or){_GAP}{_DIGIT_DAY})"
        rf"{_NO_COUNT}(?:,?{_GAP}(?P<ml_y>{_YEAR}))?",
    ),
    # Sunday, the 27th of September 2020; 27 September; 27-Sep-2020
    (
        "dm",
        rf"{_NO_DIGIT_BEFORE}(?:(?P<dm_w>{_WEEKDAY}),?{_GAP}(?:the{_GAP})?)?(?P<dm_d>{_DAY})(?:{_GAP}(?:of{_GAP})?|-)(?P<dm_m>{_MONTH})(?![a-z])"
        rf"(?:(?:,?{_GAP}|-)(?:of{_GAP})?(?P<dm_y>{_YEAR}))?",
    ),
    # Sunday, September 27, 2020; Oct. 4; October the 4th
    (
        "md",
        rf"(?:(?P<md_w>{_WEEKDAY}),?{_GAP})?\b(?P<md_m>{_MONTH}){_GAP}(?:the{_GAP})?(?P<md_d>{_DIGIT_DAY}|{_DAY_WORD}\b)"
        rf"(?:,?{_GAP}(?P<md_y>{_YEAR}))?",
    ),
    # late September to early November 2020
    (
        "m_range",
        rf"(?:\b(?P<rp_a>{_PART})[\s-]{{1,9}})?\b(?P<rm_a>{_MONTH})(?:,?{_GAP}(?P<ry_a>{_YEAR}))?(?P<rm_to>{_TO})"
        rf"(?:(?P<rp_b>{_PART})[\s-]{{1,9}})?(?P<rm_b>{_MONTH})\b(?:,?{_GAP}(?:of{_GAP})?(?P<ry_b>{_YEAR}))?",
    ),
    # mid-September 2020; September of 2020; in October
    (
        "m",
        rf"(?:\b(?P<mp>{_MONTH_PART})[\s-]{{1,9}})?(?:(?P<mthis>this|last|next){_GAP})?\b(?P<mm>{_MONTH})(?![a-z])"
        rf"(?:,?{_GAP}(?:of{_GAP})?(?P<my>{_YEAR}))?",
    ),
    (
        "season",
        rf"(?:\b(?P<sp>{_PART}){_GAP}(?:the{_GAP})?)?(?:\b(?P<sthis>this|last|past){_GAP})?\b(?P<ss>{any_of(SEASONS)})\b"
        rf"(?:{_GAP}(?:of{_GAP})?(?P<sy>{_YEAR}))?",
    ),
    (
        "decade",
        rf"(?:\b(?P<ep>{_PART}|early|mid|late)[\s-]{{1,9}})?(?:the{_GAP})?(?<!\d)(?P<ed>(?:1[5-9]|20)\d0)'?s\b",
    ),
    (
        "quarter",
        rf"\b(?P<qn>first|second|third|fourth|last){_GAP}(?P<qk>half|quarter){_GAP}of{_GAP}(?P<qy>{_YEAR})",
    ),
    # between 2011 and 2016; 2011-2016
    (
        "y_range",
        rf"(?<![\d/.,#-])(?P<yr_a>(?:1[5-9]|20)\d\d)(?P<yr_to>{_TO})"
        r"(?P<yr_b>(?:1[5-9]|20)\d\d|\d\d(?=\b))(?![\d]|[-/]\d|%)",
    ),
    (
        "y",
        rf"(?:\b(?P<yp>{_PART})[\s-]{{1,9}}(?:the{_GAP}year{_GAP})?)?(?<![\d/.,#$€£-])(?P<yy>{_YEAR})"
        r"(?!\s?(?:%|km\b|m\b|mm\b))",
    ),
    # since the start of the war; after three days of fighting; on the second day of the offensive
    (
        "outbreak",
        rf"\b(?:(?:the{_GAP})?(?:start|beginning|outbreak|onset){_GAP}of{_GAP}(?:the{_GAP}|this{_GAP})?{_HOSTILITIES}"
        rf"|(?<=since\s)(?:the{_GAP})?{_HOSTILITIES}{_GAP}(?:began|broke{_GAP}out|started|erupted)"
        rf"|(?P<od>{_NUMBER}){_GAP}days{_GAP}of{_GAP}(?:the{_GAP})?{_HOSTILITIES}"
        rf"|(?P<on>{_DAY_WORD}){_GAP}day{_GAP}of{_GAP}(?:the{_GAP}|this{_GAP})?{_HOSTILITIES})\b",
    ),
    # counted from the publication
    ("starting", rf"\b(?:the{_GAP})?(?:start|beginning){_GAP}of{_GAP}(?:the|this){_GAP}(?P<su>week|month|year)\b"),
    ("ago", rf"\b(?P<an>{_NUMBER}){_GAP}(?P<au>hour|day|week|month|year)s?{_GAP}ago\b"),
    (
        "past",
        rf"\b(?:the|these){_GAP}(?:last|past|previous){_GAP}(?:(?P<pn>{_NUMBER}){_GAP})?(?P<pu>hour|day|week|month|year)s?\b{_NOT_OF_MONTH}",
    ),
    ("recent", rf"\brecent{_GAP}(?P<ru>hours|days|weeks|months|years)\b"),
    (
        "near",
        rf"\b(?P<nd>the{_GAP}day{_GAP}before{_GAP}yesterday|yesterday(?:{_GAP}{_DAYPART})?|last{_GAP}night"
        rf"|(?:earlier{_GAP}|later{_GAP}|early{_GAP})?(?:today|this{_GAP}{_DAYPART})|tonight|overnight(?!{_GAP}(?:on|from|of|between|to){_GAP}(?:the{_GAP})?(?:\d|{_FULL_WEEKDAY}|{any_of(WORDS['months'])})))\b",
    ),
    ("weekend", rf"\b(?:over|at|on|during|this|last|past){_GAP}(?:the{_GAP})?(?:past{_GAP}|last{_GAP})?weekend\b"),
    (
        "period",
        rf"\b(?P<pw>this|last|past|previous|earlier{_GAP}this|late{_GAP}last|early{_GAP}this|later{_GAP}this|end{_GAP}of{_GAP}last|beginning{_GAP}of{_GAP}this)"
        rf"{_GAP}(?P<pk>week|month|year)\b{_NOT_OF_MONTH}",
    ),
    (
        "turn",
        rf"\bnight{_GAP}(?:from|of|between){_GAP}(?P<ta>{_FULL_WEEKDAY})(?:{_TO}|{_GAP}into{_GAP})(?P<tb>{_FULL_WEEKDAY})\b"
        rf"|\bnight{_GAP}(?:to|into){_GAP}(?P<tc>{_FULL_WEEKDAY})\b",
    ),
    ("weekday_range", rf"\b(?P<wa>{_FULL_WEEKDAY})(?P<wt>{_TO})(?P<wb>{_FULL_WEEKDAY})\b(?!,?{_GAP}\d)"),
    (
        "weekday",
        rf"(?:\b(?P<kl>last|this|next){_GAP})?\b(?P<kw>{_FULL_WEEKDAY})\b"
        rf"(?:{_GAP}{_DAYPART})?",
    ),
    # counted from what was told before
    (
        "soon",
        rf"\b(?:within{_GAP}(?P<wu>hours|days|weeks|months)(?!{_GAP}of\b)|(?:in|over|during){_GAP}the{_GAP}(?:"
        rf"(?P<fu1>hours|days|weeks|months){_GAP}(?:that{_GAP}followed|afterwards?|after(?=[\s,]))"
        rf"|(?:following|next|coming|subsequent){_GAP}(?:few{_GAP}|several{_GAP})?(?P<fu2>hours|days|weeks|months)))\b",
    ),
    (
        "same",
        rf"\b(?:(?:the|that){_GAP}(?:very{_GAP})?same{_GAP}(?:day|{_DAYPART})|(?:later{_GAP}|earlier{_GAP})?that{_GAP}(?:very{_GAP})?(?:day|{_DAYPART})"
        rf"|(?:{_NUMBER}|some|few|a{_GAP}few){_GAP}(?:hours?|minutes?){_GAP}(?:later|earlier|afterwards?))\b",
    ),
    (
        "next",
        rf"\b(?:(?:the|that){_GAP}(?:very{_GAP})?(?:next|following){_GAP}(?P<nu>day|week|month|year|{_DAYPART})|the{_GAP}day{_GAP}after(?!{_GAP}(?:tomorrow|the|a|his|her|their)))\b",
    ),
    (
        "previous",
        rf"\b(?:the{_GAP}(?:previous|preceding){_GAP}(?P<vu>day|week|month|year|{_DAYPART})|the{_GAP}(?P<vb>day|night|week|month|year){_GAP}before(?=\s{{0,2}}[.,;:)]|\s{{0,2}}\Z|{_GAP}(?:and|when|in|at)\b))",
    ),
    (
        "shift",
        rf"\b(?P<fn>{_NUMBER}){_GAP}(?P<fu>day|week|month|year)s?{_GAP}(?P<fd>later|earlier|afterwards?|before(?=\s{{0,2}}[.,;)])|after(?=\s{{0,2}}[.,;)])"
        rf"|(?:after|before|following){_GAP}(?:the|this|that){_GAP}(?:[a-z-]{{2,15}}\s{{1,3}})?(?:attack|strike|shelling|bombing|incident|explosion|blast|raid|massacre))\b",
    ),
)  # fmt: skip

_OF_KIND: dict[str, tuple[str, ...]] = {
    "month": ("dm_range", "dm_list", "md_range", "md_list", "dm", "md", "m_range", "m"),
    "weekday": ("dm_range", "dm_list", "md_range", "dm", "md", "turn", "weekday_range", "weekday"),
    "figure": ("iso", "numeric", "quarter", "season", "decade", "y_range", "y"),
    "season": ("season",),
    "part": ("m_range", "m"),
    "counted": (
        "starting",
        "outbreak",
        "turn",
        "soon",
        "ago",
        "past",
        "recent",
        "near",
        "weekend",
        "period",
        "same",
        "next",
        "previous",
        "shift",
    ),
}
_PATTERN = dict(_FAMILIES)
FAMILIES: tuple[str, ...] = tuple(_PATTERN)
GRAMMAR: dict[str, re.Pattern[str]] = {
    kind: re.compile("|".join(f"(?P<{name}>{_PATTERN[name]})" for name in names), re.IGNORECASE)
    for kind, names in _OF_KIND.items()
}
"""Patterns by what a date is noticed from; the group that carries the whole match names the family."""

ANCHOR = re.compile(
    r"(?<![a-z0-9])(?=[jfmasondtwyhebo0-9])(?:"
    rf"(?P<month>{any_of({name[:3] for name in WORDS['months']})})"
    r"|(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|(?P<figure>(?:1[5-9]|20)\d\d|\d\d?[./-]\d\d?[./-]\d\d\d\d)|(?P<season>spring|summer|autumn|fall\b|winter)"
    r"|(?P<counted>(?:(?:to|yester)?day|week(?:end)?|month|year|hour|minute)s?\b|tonight|overnight|ago\b"
    r"|morning|afternoon|evening|night\b|(?:start|beginning|outbreak|onset)\s+of|broke\s+out|erupted|began|started"
    r"|(?:attack|strike|shelling|bombing|incident|explosion|blast|raid|massacre)\b))"
)
"""What no date can lack, for a first look at the text in lower case; the group names the patterns to try."""
REACH = 48
"""How far before its anchor a date can begin, in characters."""
LONGEST_BEGINNING = 16
_NAMES = (*MONTHS, *WEEKDAYS, *ORDINALS)
_PARTS = ("early", "mid", "middle", "late", "beginning", "start", "end", "first", "second", "the")
_COUNTS = (*NUMBERS, *ORDINALS, "some", "few")
_BEGINS: dict[str, tuple[str, ...]] = {
    "month": (*_NAMES, *_PARTS, "this", "last", "next", "final"),
    "weekday": (*_NAMES, *_PARTS, "this", "last", "next", "night"),
    "figure": (*_PARTS, *SEASONS, "third", "fourth", "this", "last", "past"),
    "season": (*_PARTS, *SEASONS, "this", "last", "past"),
    "counted": (
        *_COUNTS, *_PARTS, "these", "that", "this", "last", "past", "previous", "outbreak", "onset", "recent",
        "yesterday", "today", "tonight", "overnight", "earlier", "later", "over", "at", "on", "during", "after",
        "before", "following", "within", "in", "night",
    ),
}  # fmt: skip
BEGINNING: dict[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?=\d|(?<=since\s)\w|(?:{any_of(words)})\b)") for kind, words in _BEGINS.items()
}
"""Where in a text in lower case a date of each kind may begin: at a figure or at one of its first words."""
