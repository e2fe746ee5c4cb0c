"""People in a sentence: the name as written, the role the words give, age, sex, relation or office, pseudonym or not.

A capitalised run is a person only where words say so: an age, kinship, a title, an office, a verb of speech or of harm,
an occupation, or a list begun by one of these. Nothing is resolved: a pseudonym stays the name it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from muniment.extractors.en.names import Name, candidates
from muniment.extractors.en.numbers import as_figure
from muniment.extractors.en.person_words import (
    ACTIVE,
    ACTS,
    AGE_AFTER,
    AGE_APPOSED,
    AGE_BEFORE,
    AND,
    APPOSITION,
    APPOSITION_ENDS,
    BIRTHDAY,
    BIRTHDAY_ON,
    EXPERT,
    HARM_AFTER,
    HARM_ANYWHERE,
    HARM_BEFORE,
    HARM_NOUN_BEFORE,
    HEAD_APPOSITION,
    HURT_SELF,
    INTRANSITIVE,
    KIN,
    KIN_BEFORE,
    KIN_BEHIND,
    KIN_LAST,
    KIN_OF_BEFORE,
    LIMB_LOST,
    LISTED_AS,
    MOURNS,
    NAMED_BEFORE,
    OCCUPATION_BEFORE,
    OCCUPATION_WORD,
    OF_ANOTHER,
    OFFICE_BEFORE,
    OFFICE_WORD,
    OWN_HARM,
    PART_OF,
    PASSIVE,
    PEOPLE,
    PEOPLE_BEFORE,
    POSSESSOR,
    RELATIVE_OF,
    RESPONSIBILITY,
    SPEAKING_WORD,
    SPEECH_AFTER,
    SPEECH_BEFORE,
    SPOKESPERSON,
    WORDS,
)
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import PersonMention
from muniment.model.vocabulary import PersonRole

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
    blamed: bool | None = None
    found: list[Named] = []
    before: Name | None = None
    for name in candidates(text, start, end, known):
        left = text[max(start, name.start - 130) : name.start]
        if name.office is not None:
            left = text[max(start, name.office[0] - 130) : name.office[0]]
        right = text[name.after : min(end, name.after + 200)]
        if blamed is None:
            blamed = RESPONSIBILITY.search(low) is not None
        person = _person(text, name, left, right, harm, blamed)
        if found and before is not None:
            person = _listed(text, before, name, found[-1], person)
        if person is not None:
            found.append(person)
            before = name
    return _birthdays(tuple(found), low)


_PEOPLE: WeakKeyDictionary[View, dict[tuple[int, bool], tuple[Named, ...]]] = WeakKeyDictionary()


def people_of(view: View, mentions: Mentions, sentence: Sentence, *, harmed: bool = False) -> tuple[Named, ...]:
    """The people named in a sentence of a document, apart from its places and parties; found once."""
    known = _PEOPLE.setdefault(view, {})
    found = known.get((sentence.index, harmed))
    if found is None:
        others = [(place.start, place.end) for place in mentions.places(sentence)]
        others += [(party.start, party.end) for party in mentions.parties(sentence)]
        found = find(view.clean, sentence.start, sentence.end, others, harmed=harmed)
        known[(sentence.index, harmed)] = found
    return found


def victims(people: Sequence[Named]) -> tuple[PersonMention, ...]:
    """Those of the people who are victims, as a claim carries them."""
    return tuple(person.mention() for person in people if person.role == "victim")


def _person(text: str, name: Name, left: str, right: str, harm: bool, blamed: bool) -> Named | None:
    written = text[name.start : name.end]
    left_low, right_low = left.lower(), right.lower()
    words = len(written.split())
    age, sex, relation = _age(left_low, right_low)
    kin = KIN_BEFORE.search(left_low) if KIN_LAST.search(left_low[-40:]) else None
    people = PEOPLE_BEFORE.search(left_low)
    if kin is not None:
        relation = re.sub(r"^\S+-old ", "", " ".join(left[kin.start("said") : kin.end("said")].split())) or relation
        sex = _sex_of_kin(kin["kin"]) or sex
    elif people is not None:
        sex = next((s for s, pattern in PEOPLE.items() if pattern.fullmatch(people["who"])), sex)
    if kin is None and (kin := KIN_BEHIND.match(right_low) or KIN_OF_BEFORE.search(left_low)) is not None:
        whole = kin.re is KIN_OF_BEFORE
        relation = " ".join(left[kin.start("said") : kin.end("said")].split()) if whole else kin["kin"]
        sex = _sex_of_kin(kin["kin"]) or sex
    if name.title is not None:
        sex = next((s for s in ("female", "male") if name.title in WORDS["titles"][s]), sex)
    made = Named(name.start, name.end, " ".join(written.split()), None, age, sex, relation, name.pseudonym)

    known = age is not None or name.office is not None or NAMED_BEFORE.search(left_low) is not None
    if harm and words > 1 and known and ACTS.match(right_low):
        return replace(made, role="alleged_responsible", relation=_office(text, name, left, None) or relation)
    speaks = SPEECH_AFTER.match(right_low)
    spoken = SPEECH_BEFORE.search(left_low) if words > 1 or name.pseudonym else None
    apposition = _apposition(right)
    office = _office(text, name, left, apposition)
    said = _descriptor("" if OF_ANOTHER.search(left) else left_low, apposition)
    told = speaks is not None or (spoken is not None and not HARM_BEFORE.search(left_low))

    if HURT_SELF.match(right_low) and _hurt(HURT_SELF.match(right_low)[0] + right_low[:160]):  # type: ignore[index]
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if LIMB_LOST.match(right_low):
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if RELATIVE_OF.search(left_low) and words > 1:
        return replace(made, relation=None)
    if OWN_HARM.match(right_low):
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if POSSESSOR.match(right_low) or (MOURNS.match(right_low) and not _own_limb(right_low)):
        return _sexed(replace(made, role="witness"), right_low)
    if blamed and (office is not None) and not told:
        return replace(made, role="alleged_responsible", relation=office)
    if told and (words > 1 or name.pseudonym or age is not None or kin is not None or office or said or name.title):
        return _sexed(_speaker(made, office, said, apposition), right_low)
    passive = None if PART_OF.search(left_low) else HARM_AFTER.match(right_low)
    if passive is not None and passive["verb"] is not None and office is not None and not told and not blamed:
        return _sexed(replace(made, role="victim", relation=office), right_low)
    direct = (
        passive
        or HARM_BEFORE.search(left_low)
        or HARM_NOUN_BEFORE.search(left_low)
        or (NAMED_BEFORE.search(left_low) and harm)
        or (said is not None and _harmed_with_occupation(left_low))
    )
    evidence = age is not None or kin is not None or people is not None or name.pseudonym or said is not None
    if direct and (words > 1 or evidence or name.title) and (office is None or (not told and not blamed)):
        return _sexed(replace(made, role="victim", relation=relation or said or office), right_low)
    if harm and (age is not None or kin is not None or people is not None) and not blamed and office is None:
        return _sexed(replace(made, role="victim", relation=relation or said), right_low)
    if office is not None and words > 0:
        return replace(made, role="official" if OFFICE_WORD.search(office.lower()) else "spokesperson", relation=office)
    if apposition and words > 1 and (SPEAKING_WORD.search(right_low[:120]) or EXPERT.search(right_low[:120])):
        return _speaker(made, office, said, apposition)
    if blamed and words > 1 and _blamed_directly(left_low):
        return replace(made, role="alleged_responsible")
    if evidence or name.title:
        return _sexed(replace(made, role=None, relation=relation or said), right_low)
    return None


def _listed(text: str, before: Name, name: Name, other: Named, person: Named | None) -> Named | None:
    """A name that follows another in a list shares what was said of the list."""
    between = text[before.after : name.office[0] if name.office else name.start]
    if (
        person is not None
        and person.role is None
        and other.role == "victim"
        and len(between) <= 60
        and LISTED_AS.fullmatch(between.lower())
    ):
        return replace(person, role="victim")
    if (
        other.role is None
        or len(between) > 60
        or not AND.search(between)
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
    after = AGE_AFTER.match(right) or AGE_APPOSED.match(right)
    if after is not None:
        age = as_figure(after["age"])
        if age is not None:
            return _years(age, after["unit"]), None, None
    before = AGE_BEFORE.search(left[-90:]) if "old" in left[-90:] else None
    if before is None:
        return None, None, None
    noun = before["noun"] or ""
    if re.search(r"(?<!\w)(?:and|who|was|were|from|told|with)(?!\w)", noun):
        return None, None, None
    sex = next((s for s, pattern in PEOPLE.items() if pattern.search(noun)), None)
    age = as_figure(before["age"])
    return (None if age is None else _years(age, before["unit"])), sex, None


def _years(number: int, unit: str | None) -> int:
    if unit is None or "year" in unit:
        return number
    if "month" in unit:
        return number // 12
    return number // (52 if "week" in unit else 365)


def _birthdays(people: tuple[Named, ...], low: str) -> tuple[Named, ...]:
    before, on = BIRTHDAY.search(low), BIRTHDAY_ON.search(low)
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
    return next((sex for sex in ("female", "male") if KIN[sex].fullmatch(word)), None)


def _sexed(person: Named, right: str) -> Named:
    if person.sex is not None:
        return person
    first = re.search(r"(?<!\w)(?:her|his|herself|himself)(?!\w)", right[:60])
    if first is None or re.search(r"\b(?:he|she|and)\b", right[: first.start()]):
        return person
    return replace(person, sex="female" if first[0].startswith("her") else "male")


def _hurt(words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{PASSIVE}|{INTRANSITIVE}|amputated|blown off)(?!\w)", words) is not None


def _own_limb(right: str) -> bool:
    return (
        re.match(r",?\s?(?:\d{1,3},\s)?whose (?:\w+\s)?(?:legs?|arms?|hands?|feet|foot|eyes?|body|phone|device)", right)
        is not None
    )


def _apposition(right: str) -> str | None:
    """What is said of a name between commas behind it: "Marit Oln, a nurse from Pell, …"."""
    match = APPOSITION.match(right)
    if match is not None:
        return APPOSITION_ENDS.split(match["what"])[0]
    head = HEAD_APPOSITION.match(right)
    return None if head is None else head["what"]


def _office(text: str, name: Name, left: str, apposition: str | None) -> str | None:
    if name.office is not None:
        start, end = name.office
        lead = re.search(r"((?:[A-Z][\w-]+\s){1,3})\Z", text[max(0, start - 40) : start])
        return " ".join(((lead[1] if lead else "") + text[start:end]).split()).removeprefix("and ")
    before = OFFICE_BEFORE.search(left.lower())
    if before is not None and not (before["tail"] and " " not in text[name.start : name.end]):
        return " ".join(left[before.start("what") : before.end("what")].split()).removeprefix("and ")
    if (
        apposition is not None
        and OFFICE_WORD.search(apposition.lower())
        and not SPEAKING_WORD.search(apposition.lower())
    ):
        return " ".join(apposition.split())
    return None


def _descriptor(left: str, apposition: str | None) -> str | None:
    before = OCCUPATION_BEFORE.search(left)
    if before is not None:
        return re.sub(rf"^(?:{ACTIVE}|and|or|the|an?|by|as|of)\s", "", " ".join(before["what"].split()))
    if apposition is not None and OCCUPATION_WORD.search(apposition.lower()):
        return " ".join(apposition.split())[:80]
    return None


def _harmed_with_occupation(left: str) -> bool:
    return (
        re.search(
            rf"(?<!\w){ACTIVE}(?:\s(?:and|or)\s{ACTIVE})?\s(?:(?:the|a|an|its|his|her|their|critics such "
            rf"as|fellow)\s)?(?:[\w-]+\s){{0,8}}\Z",
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
    if SPOKESPERSON.search(words):
        role = "spokesperson"
    elif EXPERT.search(words):
        role = "expert"
    elif apposition is not None and SPEAKING_WORD.search(apposition.lower()):
        role = "spokesperson"
    elif office is not None:
        role = "official" if OFFICE_WORD.search(words) else "spokesperson"
    return replace(made, role=role, relation=relation)
