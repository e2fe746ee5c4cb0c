"""People in a sentence: the name as written, the role the words give, age, sex, relation or office, pseudonym or not.

A capitalised run is a person only where words say so: an age, kinship, a title, an office, a verb of speech or of harm,
an occupation, or a list begun by one of these. Nothing is resolved: a pseudonym stays the name it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from muniment.extractors.en.names import Name, candidates
from muniment.extractors.wordlists import either, load
from muniment.model import PersonMention
from muniment.model.vocabulary import PersonRole

_WORDS = load(Path(__file__).with_name("persons.toml"))
_KIN = {sex: re.compile(rf"{either(words)}\Z") for sex, words in _WORDS["kin"].items()}
_ALL_KIN = either(word for words in _WORDS["kin"].values() for word in words)
_PEOPLE = {sex: re.compile(rf"(?<!\w){either(words)}(?!\w)") for sex, words in _WORDS["people"].items()}
_ALL_PEOPLE = either(word for words in _WORDS["people"].values() for word in words)
_SPEECH = either(_WORDS["speech"]["verbs"])
_ACTIVE = either(_WORDS["harm"]["active"])
_PASSIVE = either((*_WORDS["harm"]["passive"],))
_INTRANSITIVE = either(_WORDS["harm"]["intransitive"])
_HARM_NOUN = either(_WORDS["harm"]["nouns"])
_OCCUPATION = either((*_WORDS["occupations"]["words"], *_WORDS["experts"]["roles"]))
_OFFICE = either((*_WORDS["offices"]["heads"], *(word.lower() for word in _WORDS["offices"]["short"])))
_SPEAKING = either(_WORDS["speaking"]["roles"])
_EXPERT = re.compile(rf"(?<!\w){either(_WORDS['experts']['roles'])}(?!\w)")
_OFFICE_WORD = re.compile(rf"(?<!\w){_OFFICE}(?!\w)")
_SPEAKING_WORD = re.compile(rf"(?<!\w){_SPEAKING}(?!\w)")
_SPOKESPERSON = re.compile(r"spokes\w+")
HARM_ANYWHERE = re.compile(rf"(?<!\w){either(_WORDS['harm']['anywhere'])}(?!\w)")
"""Words that tell of harm somewhere in a sentence (lower-case text)."""
RESPONSIBILITY = re.compile(rf"(?<!\w){either(_WORDS['responsibility']['cues'])}(?!\w)")
"""Words by which a text asks that people answer for what they did (lower-case text)."""

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_NUMBER = {word: number for number, word in enumerate(_ONES.split(), 1)} | {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_AGE = (
    r"(?P<age>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|"
    + "|".join(_ONES.split())
    + ")"
)
_AGE_AFTER = re.compile(
    rf"(?:,?\s(?:who was\s|then\s|just\s|only\s|just\s)?(?:aged|age)\s|,\s(?:who (?:was|is)\s)?|\s\((?:aged\s|age\s)?|,\sa\s){_AGE}"
    rf"(?P<unit>[-\s](?:years?|months?|weeks?|days?)[-\s]old)?(?=[,.;:)–]|\Z|\s(?:years?\s(?:old|of age)|when|who|told|said|was|and|from|at|is|died|lost)(?!\w))"
)
_AGE_BEFORE = re.compile(
    rf"(?<![\w-]){_AGE}[-\s](?P<unit>years?|months?|weeks?|days?)[-\s]old(?:,?\s(?P<noun>(?:(?!(?:in|on|at|of|by|from|was|were|who|with|and|to|injured|killed|wounded)\s)[\w'-]+,?\s){{0,4}}?))?\s?\Z"
)
_BIRTHDAY = re.compile(r"(?:before|short of|until) (?:his|her|their) (?P<age>\d{1,2})(?:st|nd|rd|th) birthday")
_BIRTHDAY_ON = re.compile(r"(?:on|after) (?:his|her|their) (?P<age>\d{1,2})(?:st|nd|rd|th) birthday")
_OF_WHOM = r"(?:his|her|their|my|our|your|whose|the \w+'s|\w+'s|\w+s'|the|a|an)"
_DESCRIBED = r"(?:[\w-]+\s){0,3}"
_KIN_BEFORE = re.compile(
    rf"(?:(?P<of>{_OF_WHOM})\s)?(?:(?P<count>two|three|four|five|six|seven|both|\d)\s)?(?P<said>(?:(?:[\w-]+-old|[\w-]*er|eldest|oldest|youngest|only|twin|newborn|baby|infant|late|two|three|pregnant|"
    rf"disabled|unborn|little|teenage|adult|first|second)\s)*(?P<kin>{_ALL_KIN}))(?:,?\s(?:named|called))?[,:]?\s?\Z"
)
_PEOPLE_BEFORE = re.compile(rf"(?<!\w)(?P<who>{_ALL_PEOPLE})(?:,?\s(?:named|called|identified as))?[,:]?\s\Z")
_NAMED_BEFORE = re.compile(
    r"(?<!\w)(?:(?:named|identified|identified by \w+|known)(?:\s(?:by|in)\s[\w\s'-]{1,40})? as|including|such as|among (?:them|those killed|the dead|the victims|the wounded|the injured|those detained|those arrested)(?: was| were| is)?|"
    r"(?:one|two|some) of (?:them|those \w+|the \w+)(?: was| were| is|,)?|(?:was|were|is) named|name was|names were|the (?:dead|victims?|injured|youngest|oldest|first|second|third|other)(?: victim)?(?: was| were| is)?|like|especially|notably|critics?)[,:]?\s[\"“'‘]?\Z"
)
_ADVERBS = r"(?:\s(?:also|later|both|all|allegedly|reportedly|subsequently|brutally|fatally|badly|seriously|critically|severely|mortally|first|repeatedly|himself|herself|then|arbitrarily|violently|instantly|again|initially|tragically|immediately|together|never|recently|unlawfully|wrongfully|illegally|deliberately))*"
_HARM_BEFORE = re.compile(
    rf"(?<!\w)(?P<verb>{_ACTIVE})(?:\s(?:and|or|then)\s{_ACTIVE})?(?:,?\s(?:both|the|his|her|its|a|an|at least|among others|instantly|including|unarmed|one of (?:the|his|her|its|their)\s[\w\s]{{2,30}},))?{_DESCRIBED.replace('(?:', '(?:', 1)}?[,:]?\s?\Z"
)
_HARM_NOUN_BEFORE = re.compile(
    rf"(?<!\w){_HARM_NOUN} (?:and {_HARM_NOUN} )?(?:of|against)\s(?:(?:the|a|an|his|her|their|both)\s)?(?:[\w-]+\s(?:and\s)?){{0,6}}\Z"
)
_HARM_AFTER = re.compile(
    rf"(?:,[^.;]{{0,90}},|,)?(?:\s(?:and|or)\s[^.;,]{{3,40}}?)?\s?(?:\s(?:who|he|she|had|has|have|was|were|is|are|been|being|be|got|could|might|will|would|both))+{_ADVERBS}\s(?P<verb>{_PASSIVE})(?!\w)"
    rf"|(?:,[^.;]{{0,90}},)?(?:\s(?:who|had|has|have|both|all|also|later|then))*{_ADVERBS}\s(?P<died>{_INTRANSITIVE})(?!\w)"
    rf"|(?:,\s|\s)(?P<left>(?:badly|seriously|severely|mortally|critically|fatally|also)?\s?(?:killed|injured|wounded|hit|shot|beaten|detained|arrested))(?!\w)"
)
_THINGS = r"(?:\s[\w-]+){0,2}?\s(?:phones?|iphone|devices?|accounts?|messages|conversations|photos?|body|remains|house|home|arrest|detention|death|killing|murder|funeral|trial|sentence|throat|head|computer|lawyer|email|emails)"
_POSSESSED_THING = re.compile(rf"'s?{_THINGS}(?!\w)")
_OWN_HARM = re.compile(
    r"'s?\s(?:[\w-]+\s){0,2}?(?:death|killing|murder|arrest|detention|body|remains|release|trial|sentence|phone|iphone|device|devices|account|accounts|messages|conversations|disappearance|torture|injuries)(?!\w)"
)
_POSSESSOR = re.compile(rf"'s?\s(?:[\w-]+\s){{0,3}}?{_ALL_KIN}(?!\w)")
_MOURNS = re.compile(
    rf"(?:,\s\d{{1,3}})?,?\s(?:an?\s[^,;.]{{3,50}},?\s)?(?:whose|who (?:lost|survived|buried|was mourning|had lost|is mourning|carried|found|saw|witnessed|watched|pulled)|mourns|survived)(?!\w)"
)
_HURT_SELF = re.compile(
    rf"(?:,\s\d{{1,3}})?,\s(?:an?\s[^,;.]{{3,50}},?\s)?(?:who (?:was|were|had been|has been|is|sustained|suffered|lost (?:his|her|their) (?:leg|arm|hand|sight|eye|foot))|whose (?:\w+\s)?(?:legs?|arms?|hands?|feet|foot|eyes?)\s(?:was|were|had))(?!\w)[^.;]{{0,60}}"
)
_LIMB_LOST = re.compile(
    r",\s(?:\d{1,3},\s)?who(?:se)?\s[^.;]{0,90}?(?:legs?|arms?|hands?|foot|feet|eyes?)\s(?:was|were|had\s(?:\w+\s)?been)\s(?:\w+\s)?(?:amputated|blown off|severed|lost|torn off|crushed)"
)
_SPEECH_AFTER = re.compile(
    rf"(?:,?\s?\(?(?:aged\s)?\d{{1,3}}\)?,?)?(?:,[^.;:“”\"]{{2,140}}?,|\s\([^()]{{1,60}}\))?(?:\swho\s[^.,;]{{3,60}},)?(?:\s(?:also|has|had|later|then|who|previously|further))*\s(?P<verb>{_SPEECH})(?!\w)"
)
_SPEECH_BEFORE = re.compile(
    rf"(?<!\w)(?:{_SPEECH}|according to|told by|quoted|quoting|interviewed|spoke (?:to|with))[,:]?\s(?:(?:the|a|an|his|her|their|its)\s)?(?:[\w'-]+\s){{0,4}}\Z"
)
_CAUSES = re.compile(rf"(?<!\w){_SPEECH}\Z")
_OCCUPATION_BEFORE = re.compile(rf"(?<![\w])(?P<what>(?:[\w-]+\s)?{_OCCUPATION}(?:\sand\s[\w\s-]{{3,40}}?)?),?\s\Z")
_OFFICE_BEFORE = re.compile(
    rf"(?<!\w)(?P<what>(?:[\w-]+\s)?(?:{_OFFICE}|{_SPEAKING})(?P<tail>\s(?:of|for)\s(?:the\s)?[\w\s]{{2,30}}?)?(?:\s\([^()]{{2,40}}\))?),?\s\Z"
)
_RELATIVE_OF = re.compile(rf"(?<!\w){_ALL_KIN} (?:of|to)\s(?:[\w-]+\s(?:and\s)?){{0,7}}\Z")
_APPOSITION = re.compile(
    r",\s(?:\d{1,3},\s)?(?P<what>(?:an?|the|[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,4}'s?|its|their|our|who (?:is|was) an?)\s[^.;:“”\"(]{3,120}?)(?:,|\.|;|\Z|\s(?:told|said|who|in\s))"
)
_HEAD_APPOSITION = re.compile(r",\s(?P<what>[A-Z][^.;:“”\"]{3,120})\Z")
_PART_OF = re.compile(r"(?<!\w)(?:of|at|in|from|for|near|to|on|with|against)\s(?:the\s)?\Z")
_AND = re.compile(
    r"(?:,?\s(?:\d{1,3}|\(\d{1,3}\)),?|\s\((?:aged\s)?\d{1,3}\))?(?:,\s|,?\sand\s|\sand\s(?:his|her|their)\s)\Z|[,;]\s(?:and\s)?\Z"
)
_MOST = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a sentence. `role` is None where the words give none (a name that only explains another's)."""

    start: int
    end: int
    name: str
    role: PersonRole | None
    age: int | None = None
    sex: str | None = None
    relation: str | None = None
    pseudonym: bool = False

    def mention(self, role: PersonRole | None = None) -> PersonMention:
        """The person as a claim carries them, in the role given, else in that of the words."""
        return PersonMention(
            name=self.name,
            role=role or self.role or "witness",
            age=self.age,
            sex=self.sex,
            pseudonym=self.pseudonym,
            relation=self.relation,
        )


def find(
    text: str, start: int, end: int, known: Sequence[tuple[int, int]] = (), *, harmed: bool = False
) -> tuple[Named, ...]:
    """The people named in `text[start:end]`, left to right.

    Args:
        text: plain text (`View.clean`).
        start: where the sentence begins.
        end: where it ends.
        known: spans of places and parties, which are no persons.
        harmed: that the sentence continues one about people harmed, though it holds no such word itself.
    """
    end = min(end, start + 3 * _MOST)
    low = text[start:end].lower()
    if len(low) != end - start:
        low = text[start:end]
    harm = harmed or HARM_ANYWHERE.search(low) is not None
    blamed = RESPONSIBILITY.search(low) is not None
    found: list[Named] = []
    before: Name | None = None
    for name in candidates(text, start, end, known):
        left = text[max(start, name.start - 130) : name.start]
        if name.office is not None:
            left = text[max(start, name.office[0] - 130) : name.office[0]]
        right = text[name.after : min(end, name.after + 200)]
        person = _person(text, name, left, right, harm, blamed)
        if found and before is not None:
            person = _listed(text, before, name, found[-1], person)
        if person is not None:
            found.append(person)
            before = name
    return _birthdays(tuple(found), low)


def victims(people: Sequence[Named]) -> tuple[PersonMention, ...]:
    """Those of the people who are victims, as a claim carries them."""
    return tuple(person.mention() for person in people if person.role == "victim")


def _person(text: str, name: Name, left: str, right: str, harm: bool, blamed: bool) -> Named | None:
    written = text[name.start : name.end]
    left_low, right_low = left.lower(), right.lower()
    words = len(written.split())
    age, sex, relation = _age(left_low, right_low)
    kin = _KIN_BEFORE.search(left_low)
    people = _PEOPLE_BEFORE.search(left_low)
    if kin is not None:
        relation = re.sub(r"^\S+-old ", "", " ".join(left[kin.start("said") : kin.end("said")].split())) or relation
        sex = _sex_of_kin(kin["kin"]) or sex
    elif people is not None:
        sex = next((s for s, pattern in _PEOPLE.items() if pattern.fullmatch(people["who"])), sex)
    if name.title is not None:
        sex = next((s for s in ("female", "male") if name.title in _WORDS["titles"][s]), sex)
    made = Named(name.start, name.end, " ".join(written.split()), None, age, sex, relation, name.pseudonym)

    speaks = _SPEECH_AFTER.match(right_low)
    spoken = _SPEECH_BEFORE.search(left_low) if words > 1 or name.pseudonym else None
    apposition = _APPOSITION.match(right) or _HEAD_APPOSITION.match(right)
    office = _office(text, name, left, apposition["what"] if apposition else None)
    said = _descriptor(left_low, apposition["what"] if apposition else None)
    told = speaks is not None or (spoken is not None and not _HARM_BEFORE.search(left_low))

    if _HURT_SELF.match(right_low) and _hurt(_HURT_SELF.match(right_low)[0] + right_low[:160]):  # type: ignore[index]
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if _LIMB_LOST.match(right_low):
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if _RELATIVE_OF.search(left_low) and words > 1:
        return replace(made, relation=None)
    if _OWN_HARM.match(right_low):
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if _POSSESSOR.match(right_low) or (_MOURNS.match(right_low) and not _own_limb(right_low)):
        return _sexed(replace(made, role="witness"), right_low)
    if blamed and (office is not None) and not told:
        return replace(made, role="alleged_responsible", relation=office)
    if told and (words > 1 or name.pseudonym or age is not None or kin is not None or office or said or name.title):
        return _sexed(_speaker(made, office, said, apposition["what"] if apposition else None), right_low)
    passive = None if _PART_OF.search(left_low) else _HARM_AFTER.match(right_low)
    if passive is not None and passive["verb"] is not None and office is not None and not told and not blamed:
        return _sexed(replace(made, role="victim", relation=office), right_low)
    direct = (
        passive
        or _HARM_BEFORE.search(left_low)
        or _HARM_NOUN_BEFORE.search(left_low)
        or (_NAMED_BEFORE.search(left_low) and harm)
        or (said is not None and _harmed_with_occupation(left_low))
    )
    evidence = age is not None or kin is not None or people is not None or name.pseudonym or said is not None
    if direct and (words > 1 or evidence or name.title) and (office is None or (not told and not blamed)):
        return _sexed(replace(made, role="victim", relation=relation or said or office), right_low)
    if harm and (age is not None or kin is not None or people is not None) and not blamed and office is None:
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if office is not None and words > 0:
        return replace(
            made, role="official" if _OFFICE_WORD.search(office.lower()) else "spokesperson", relation=office
        )
    if apposition and words > 1 and (_SPEAKING_WORD.search(right_low[:120]) or _EXPERT.search(right_low[:120])):
        return _speaker(made, office, said, apposition["what"])
    if blamed and words > 1 and _blamed_directly(left_low):
        return replace(made, role="alleged_responsible")
    if evidence or name.title:
        return _sexed(replace(made, role=None, relation=relation or said), right_low)
    return None


def _listed(text: str, before: Name, name: Name, other: Named, person: Named | None) -> Named | None:
    """A name that follows another in a list shares what was said of the list."""
    between = text[before.after : name.office[0] if name.office else name.start]
    if (
        other.role is None
        or len(between) > 60
        or not _AND.search(between)
        or (person and person.role not in (None, other.role))
    ):
        return person
    plain = re.sub(r"\d+|aged|and|,|;|\(|\)|his|her|their|\s", "", between.lower())
    if plain and person is None:
        return None
    if person is None:
        return Named(
            name.start,
            name.end,
            " ".join(text[name.start : name.end].split()),
            other.role,
            pseudonym=name.pseudonym,
            relation=other.relation
            if other.role == "victim" and other.relation and other.relation.endswith("s")
            else None,
        )
    return replace(person, role=other.role) if other.role == "victim" or person.role is None else person


def _age(left: str, right: str) -> tuple[int | None, str | None, str | None]:
    after = _AGE_AFTER.match(right)
    if after is not None:
        age = _number(after["age"])
        if age is not None:
            return _years(age, after["unit"]), None, None
    before = _AGE_BEFORE.search(left)
    if before is None:
        return None, None, None
    noun = before["noun"] or ""
    if re.search(r"(?<!\w)(?:and|who|was|were|from|told|with)(?!\w)", noun):
        return None, None, None
    sex = next((s for s, pattern in _PEOPLE.items() if pattern.search(noun)), None)
    age = _number(before["age"])
    return (None if age is None else _years(age, before["unit"])), sex, None


def _years(number: int, unit: str | None) -> int:
    if unit is None or "year" in unit:
        return number
    if "month" in unit:
        return number // 12
    return number // (52 if "week" in unit else 365)


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if int(word) < 120 else None
    total = 0
    for part in word.split("-"):
        if part not in _NUMBER:
            return None
        total += _NUMBER[part]
    return total or None


def _birthdays(people: tuple[Named, ...], low: str) -> tuple[Named, ...]:
    before, on = _BIRTHDAY.search(low), _BIRTHDAY_ON.search(low)
    if before is None and on is None:
        return people
    match = before or on
    assert match is not None
    age = int(match["age"]) - (1 if before else 0)
    hurt = [person for person in people if person.role == "victim"]
    if len(hurt) != 1 or hurt[0].age is not None:
        return people
    return tuple(replace(person, age=age) if person is hurt[0] else person for person in people)


def _sex_of_kin(word: str) -> str | None:
    return next((sex for sex in ("female", "male") if _KIN[sex].fullmatch(word)), None)


def _sexed(person: Named, right: str) -> Named:
    if person.sex is not None:
        return person
    first = re.search(r"(?<!\w)(?:her|his|herself|himself)(?!\w)", right[:60])
    if first is None or re.search(r"\b(?:he|she|and)\b", right[: first.start()]):
        return person
    return replace(person, sex="female" if first[0].startswith("her") else "male")


def _hurt(words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{_PASSIVE}|{_INTRANSITIVE}|amputated|blown off)(?!\w)", words) is not None


def _own_limb(right: str) -> bool:
    return (
        re.match(r",?\s?(?:\d{1,3},\s)?whose (?:\w+\s)?(?:legs?|arms?|hands?|feet|foot|eyes?|body|phone|device)", right)
        is not None
    )


def _office(text: str, name: Name, left: str, apposition: str | None) -> str | None:
    if name.office is not None:
        start, end = name.office
        lead = re.search(r"((?:[A-Z][\w-]+\s){1,3})\Z", text[max(0, start - 40) : start])
        return " ".join(((lead[1] if lead else "") + text[start:end]).split()).removeprefix("and ")
    before = _OFFICE_BEFORE.search(left.lower())
    if before is not None and not (before["tail"] and " " not in text[name.start : name.end]):
        return " ".join(left[before.start("what") : before.end("what")].split()).removeprefix("and ")
    if (
        apposition is not None
        and _OFFICE_WORD.search(apposition.lower())
        and not _SPEAKING_WORD.search(apposition.lower())
    ):
        return " ".join(apposition.split())
    return None


def _descriptor(left: str, apposition: str | None) -> str | None:
    before = _OCCUPATION_BEFORE.search(left)
    if before is not None:
        return re.sub(rf"^(?:{_ACTIVE}|and|or|the|an?|by|as|of)\s", "", " ".join(before["what"].split()))
    if apposition is not None and re.search(rf"(?<!\w){_OCCUPATION}(?!\w)", apposition.lower()):
        return " ".join(apposition.split())[:80]
    return None


def _harmed_with_occupation(left: str) -> bool:
    return (
        re.search(
            rf"(?<!\w){_ACTIVE}(?:\s(?:and|or)\s{_ACTIVE})?\s(?:(?:the|a|an|its|his|her|their|critics such as|fellow)\s)?(?:[\w-]+\s){{0,8}}\Z",
            left,
        )
        is not None
    )


def _blamed_directly(left: str) -> bool:
    return (
        re.search(
            r"(?:against|on|for|of|indicted|sanctioned|designate[ds]?|blacklist(?:ed)?)\s(?:[\w-]+\s){0,3}\Z", left
        )
        is not None
    )


def _speaker(made: Named, office: str | None, said: str | None, apposition: str | None) -> Named:
    words = " ".join(part for part in (office, said, apposition) if part).lower()
    relation = office or said or (" ".join(apposition.split()) if apposition else None) or made.relation
    if relation is not None and len(relation) > 100:
        relation = relation[:100].rsplit(" ", 1)[0]
    role: PersonRole = "witness"
    if _SPOKESPERSON.search(words):
        role = "spokesperson"
    elif _EXPERT.search(words):
        role = "expert"
    elif apposition is not None and _SPEAKING_WORD.search(apposition.lower()):
        role = "spokesperson"
    elif office is not None:
        role = "official" if _OFFICE_WORD.search(words) else "spokesperson"
    return replace(made, role=role, relation=relation)
