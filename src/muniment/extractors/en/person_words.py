"""What in English words shows that a name is a person's, and what it says of the person: patterns from `persons.toml`.

Those that end in `BEFORE` reach up to the name, those that end in `AFTER` begin behind it; all read lower-case text.
"""

from __future__ import annotations

import re
from pathlib import Path

from muniment.extractors.wordlists import either, load

WORDS = load(Path(__file__).with_name("persons.toml"))
KIN = {sex: re.compile(rf"{either(words)}\Z") for sex, words in WORDS["kin"].items()}
ALL_KIN = either(word for words in WORDS["kin"].values() for word in words)
PEOPLE = {sex: re.compile(rf"(?<!\w){either(words)}(?!\w)") for sex, words in WORDS["people"].items()}
ALL_PEOPLE = either(word for words in WORDS["people"].values() for word in words)
SPEECH = either(WORDS["speech"]["verbs"])
ACTIVE = either(WORDS["harm"]["active"])
PASSIVE = either((*WORDS["harm"]["passive"],))
INTRANSITIVE = either(WORDS["harm"]["intransitive"])
HARM_NOUN = either(WORDS["harm"]["nouns"])
OCCUPATION = either((*WORDS["occupations"]["words"], *WORDS["experts"]["roles"]))
OFFICE = either((*WORDS["offices"]["heads"], *(word.lower() for word in WORDS["offices"]["short"])))
SPEAKING = either(WORDS["speaking"]["roles"])
EXPERT = re.compile(rf"(?<!\w){either(WORDS['experts']['roles'])}(?!\w)")
OFFICE_WORD = re.compile(rf"(?<!\w){OFFICE}(?!\w)")
SPEAKING_WORD = re.compile(rf"(?<!\w){SPEAKING}(?!\w)")
SPOKESPERSON = re.compile(r"spokes\w+")
HARM_ANYWHERE = re.compile(rf"(?<!\w){either(WORDS['harm']['anywhere'])}(?!\w)")
"""Words that tell of harm somewhere in a sentence (lower-case text)."""
RESPONSIBILITY = re.compile(rf"(?<!\w){either(WORDS['responsibility']['cues'])}(?!\w)")
"""Words by which a text asks that people answer for what they did (lower-case text)."""

AGE = (
    r"(?P<age>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen)"
)
AGE_AFTER = re.compile(
    rf"(?:,?\s(?:who was\s|then\s|just\s|only\s|just\s)?(?:aged|age)\s|,\s(?:who (?:was|is)\s)?|"
    rf"\s\((?:aged\s|age\s)?|,\sa\s){AGE}"
    rf"(?P<unit>[-\s](?:years?|months?|weeks?|days?)[-\s]old|\s(?:months?|weeks?|days?))?(?=[,.;:)–]|\Z|\s(?:years?\s(?:old|"
    rf"of age)|when|who|told|said|was|and|from|at|is|died|lost)(?!\w))"
)
AGE_BEFORE = re.compile(
    rf"(?<![\w-]){AGE}[-\s](?P<unit>years?|months?|weeks?|days?)[-\s]old(?:,?\s(?P<noun>(?:(?!(?:in|"
    rf"on|at|of|by|from|was|were|who|with|and|to|injured|killed|wounded)\s)[\w'-]+,?\s){{0,4}}?))?\s?\Z"
)
AGE_APPOSED = re.compile(
    rf",\s(?:(?:an?|the)\s(?:[\w-]+\s)?|(?:aged\s)?(?=\d)|[a-z][^,;]{{2,60}},\s(?:aged\s)?(?=\d)|"
    rf"an?\s(?:[\w-]+\s){{1,4}}aged\s){AGE}"
    rf"(?:[-\s](?P<unit>years?|months?|weeks?|days?)[-\s](?:old|of\sage)|(?<=aged\s\d\d)|(?<=aged\s\d))(?!\w)"
)
BIRTHDAY = re.compile(r"(?:before|short of|until) (?:his|her|their) (?P<age>\d{1,2})(?:st|nd|rd|th) birthday")
BIRTHDAY_ON = re.compile(r"(?:on|after) (?:his|her|their) (?P<age>\d{1,2})(?:st|nd|rd|th) birthday")
OF_WHOM = r"(?:his|her|their|my|our|your|whose|the \w+'s|\w+'s|\w+s'|the|a|an)"
DESCRIBED = r"(?:[\w-]+\s){0,3}"
KIN_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<of>{OF_WHOM})\s)?(?:(?P<count>two|three|four|five|six|seven|both|\d)\s)?(?P<said>(?:(?:[\w-]+-ol"
    rf"d|[\w-]*er|eldest|oldest|youngest|only|twin|newborn|baby|infant|late|two|three|pregnant|"
    rf"disabled|unborn|little|teenage|adult|first|second)\s)*(?P<kin>{ALL_KIN}))(?:,?\s(?:named|called))?[,:]?\s?\Z"
)
KIN_LAST = re.compile(rf"(?<!\w){ALL_KIN}(?:,?\s(?:named|called))?[,:]?\s?\Z")
"""Whether kin stands last at all: looked for before `KIN_BEFORE`, which takes longer."""
PEOPLE_BEFORE = re.compile(rf"(?<!\w)(?P<who>{ALL_PEOPLE})(?:,?\s(?:named|called|identified as))?[,:]?\s\Z")
NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:(?:named|identified|identified by \w+|known)(?:\s(?:by|in)\s[\w\s'-]{1,40})? as|"
    r"including|such as|among (?:them|those killed|the dead|the victims|the wounded|the injured|"
    r"those detained|those arrested)(?: was| were| is)?|"
    r"(?:one|two|some) of (?:them|those \w+|the \w+)(?: was| were| is|,)?|(?:was|were|is) named|"
    r"name was|names were|the (?:dead|victims?|injured|youngest|oldest|first|second|third|other)(?: "
    r"victim)?(?: was| were| is)?|like|especially|notably|critics?)[,:]?\s[\"“'‘]?\Z"
)
ADVERBS = (
    r"(?:\s(?:also|later|both|all|allegedly|reportedly|subsequently|brutally|fatally|badly|seriously|"
    r"critically|severely|mortally|first|repeatedly|himself|herself|then|arbitrarily|violently|"
    r"instantly|again|initially|tragically|immediately|together|never|recently|unlawfully|wrongfully|"
    r"illegally|deliberately))*"
)
HARM_BEFORE = re.compile(
    rf"(?<!\w)(?P<verb>{ACTIVE})(?:\s(?:and|or|then)\s{ACTIVE})?(?:,?\s(?:both|the|his|her|its|"
    rf"a|an|at least|among others|instantly|including|unarmed|"
    rf"one of (?:the|his|her|its|their)\s[\w\s]{{2,30}},))?{DESCRIBED}?"
    rf"[,:]?\s?\Z"
)
HARM_NOUN_BEFORE = re.compile(
    rf"(?<!\w){HARM_NOUN} (?:and {HARM_NOUN} )?(?:of|against)\s(?:(?:the|a|an|his|her|their|both)\s)?(?:[\w-]+"
    rf"\s(?:and\s)?){{0,6}}\Z"
)
HARM_AFTER = re.compile(
    rf"(?:,[^.;]{{0,90}},|,)?(?:\s(?:and|or)\s[^.;,]{{3,40}}?)?\s?(?:\s(?:who|he|she|had|has|have|"
    rf"was|were|is|are|been|being|be|got|could|might|will|would|both))+{ADVERBS}\s(?P<verb>{PASSIVE})(?!\w)"
    rf"|(?:,[^.;]{{0,90}},)?(?:\s(?:who|had|has|have|both|all|also|later|then))*{ADVERBS}\s(?P<died>{INTRANSITIVE})"
    rf"(?!\w)"
    rf"|(?:,\s|\s)(?P<left>(?:badly|seriously|severely|mortally|critically|fatally|also)?\s?(?:killed|"
    rf"injured|wounded|hit|shot|beaten|detained|arrested))(?!\w)"
)
THINGS = (
    r"(?:\s[\w-]+){0,2}?\s(?:phones?|iphone|devices?|accounts?|messages|conversations|photos?|"
    r"body|remains|house|home|arrest|detention|death|killing|murder|funeral|trial|sentence|throat|"
    r"head|computer|lawyer|email|emails)"
)
POSSESSED_THING = re.compile(rf"'s?{THINGS}(?!\w)")
OWN_HARM = re.compile(
    r"'s?\s(?:[\w-]+\s){0,2}?(?:death|killing|murder|arrest|detention|body|remains|release|trial|"
    r"sentence|phone|iphone|device|devices|account|accounts|messages|conversations|disappearance|"
    r"torture|injuries)(?!\w)"
)
POSSESSOR = re.compile(rf"'s?\s(?:[\w-]+\s){{0,3}}?{ALL_KIN}(?!\w)")
MOURNS = re.compile(
    r"(?:,\s\d{1,3})?,?\s(?:an?\s[^,;.]{3,50},?\s)?(?:whose|who (?:lost|survived|buried|was "
    r"mourning|had lost|is mourning|carried|found|saw|witnessed|watched|pulled)|mourns|survived)(?!\w)"
)
HURT_SELF = re.compile(
    r"(?:,\s\d{1,3})?,\s(?:an?\s[^,;.]{3,50},?\s)?(?:who (?:was|were|had been|has been|is|"
    r"sustained|suffered|lost (?:his|her|their) (?:leg|arm|hand|sight|eye|foot))|whose (?:\w+\s)?(?:legs?|"
    r"arms?|hands?|feet|foot|eyes?)\s(?:was|were|had))(?!\w)[^.;]{0,60}"
)
LIMB_LOST = re.compile(
    r",\s(?:\d{1,3},\s)?who(?:se)?\s[^.;]{0,90}?(?:legs?|arms?|hands?|foot|feet|eyes?)\s(?:was|"
    r"were|had\s(?:\w+\s)?been)\s(?:\w+\s)?(?:amputated|blown off|severed|lost|torn off|crushed)"
)
SPEECH_AFTER = re.compile(
    rf"(?:,?\s?\(?(?:aged\s)?\d{{1,3}}\)?,?)?(?:,[^.;:“”\"]{{2,140}}?,|\s\([^()]{{1,60}}\))?(?:\swho\s[^.,;]{{3,60}}"
    rf",)?(?:\s(?:also|has|had|later|then|who|previously|further))*\s(?P<verb>{SPEECH})(?!\w)"
)
SPEECH_BEFORE = re.compile(
    rf"(?<!\w)(?:{SPEECH}|according to|told by|quoted|quoting|interviewed|spoke (?:to|with))[,:]?\s(?:(?:the|"
    rf"a|an|his|her|their|its)\s)?(?:[\w'-]+\s){{0,4}}\Z"
)
ACTS = re.compile(
    rf"(?:\s(?:allegedly|reportedly|then|had|has|personally|himself|also))*\s(?:{ACTIVE})\s(?:at|into|on|dead\sthe|the|an?|his|her|their|two|"
    r"three|several|at\sleast|dozens|civilians?|people|unarmed|\d+)(?!\w)"
)
"""Harm that the person named does: "Private Osk Thane shot the boy"."""
LISTED_AS = re.compile(
    r"(?:,?\s\(?(?:aged\s)?\d{1,3}\)?)?(?:,|;|,?\sand)\s(?:and\s)?(?:(?:the|an?|his|her|their|my)\s)?(?:[a-z][\w-]*\s){1,4}(?:(?:dr|mr|mrs|ms|prof)"
    r"\.?\s)?\Z"
)
"""What stands between two of a list where the second is described: ", 29, and the nutritionist "."""
CAUSES = re.compile(rf"(?<!\w){SPEECH}\Z")
OCCUPATION_BEFORE = re.compile(rf"(?<![\w])(?P<what>(?:[\w-]+\s)?{OCCUPATION}(?:\sand\s[\w\s-]{{3,40}}?)?),?\s\Z")
OFFICE_BEFORE = re.compile(
    rf"(?<!\w)(?P<what>(?:[\w-]+\s)?(?:{OFFICE}|{SPEAKING})(?P<tail>\s(?:of|for)\s(?:the\s)?[\w\s]{{2,30}}?)?"
    rf"(?:\s\([^()]{{2,40}}\))?),?\s\Z"
)
RELATIVE_OF = re.compile(
    rf"(?<!\w){ALL_KIN} (?:of|to)\s(?!(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s)"
    rf"(?:[\w-]+\s(?:and\s)?){{0,7}}\Z"
)
KIN_OF_BEFORE = re.compile(rf"(?<!\w)(?P<said>(?P<kin>{ALL_KIN}) of (?:[\w'’-]+\s){{0,3}}[\w'’-]+),\s\Z")
""" "the wife of Amir Tarn, ": kinship in front of a name, with whose it is."""
KIN_BEHIND = re.compile(
    rf"(?:,?\s\(?(?:aged\s)?\d{{1,3}}\)?)?,\s(?:his|her|their)\s(?P<kin>{ALL_KIN})(?=,|\.|;|\sand\s|\swas\s|\Z)"
)
OF_ANOTHER = re.compile(r"(?:[A-Z][\w'’-]+|\d|\))\*?,\s(?:an?|the)\s[^,]{3,60},\s(?:and\s)?\Z")
"""A description that belongs to the name in front of it: "Tul Brem (62), a retired teacher, "."""
APPOSITION = re.compile(
    r",\s(?:\d{1,3},\s)?(?P<what>(?:an?|the|[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,4}'s?|its|their|"
    r"our|who (?:is|was) an?)\s[^.,;:“”\"(]{3,120})"
)
APPOSITION_ENDS = re.compile(r"\s(?:told|said|who|in)\s")
OCCUPATION_WORD = re.compile(rf"(?<!\w){OCCUPATION}(?!\w)")
HEAD_APPOSITION = re.compile(r",\s(?P<what>[A-Z][^.;:“”\"]{3,120})\Z")
PART_OF = re.compile(r"(?<!\w)(?:of|at|in|from|for|near|to|on|with|against)\s(?:the\s)?\Z")
AND = re.compile(
    r"(?:,?\s(?:\d{1,3}|\(\d{1,3}\)),?|\s\((?:aged\s)?\d{1,3}\))?(?:,\s|,?\sand\s|\sand\s(?:his|"
    r"her|their)\s)\Z|[,;]\s(?:and\s)?\Z"
)
