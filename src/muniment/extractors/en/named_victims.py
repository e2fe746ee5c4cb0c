"""Victims by name: what the words around a name add to it, and names told apart from the harm they belong to.

"Three drivers were killed. The group named them as ...": the names are those of the three. "Killed: Oda Brem (41), ..."
is a list within a line. A name is given to a claim only where the claim counts at least as many people as are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from muniment.extractors import wordlists
from muniment.extractors.draft import Draft
from muniment.extractors.en import persons
from muniment.extractors.en.nouns import HARMED
from muniment.extractors.en.person_words import HARM_AFTER, SPEECH_AFTER, WORDS
from muniment.extractors.en.persons import Named
from muniment.extractors.mentions import Mentions
from muniment.extractors.sentences import Sentence
from muniment.extractors.view import View
from muniment.model import Count, PersonMention, Victims
from muniment.model.vocabulary import LONGEST_QUOTE, Harm

_TELLS = WORDS["named_victims"]
_CUE = re.compile(rf"(?<!\w){wordlists.either(_TELLS['cues'])}(?!\w)")
_LABEL = re.compile(
    rf"\W*(?:(?:the|those|people)\s)?(?:(?P<killed>{wordlists.either(_TELLS['killed'])})|"
    rf"(?P<injured>{wordlists.either(_TELLS['injured'])})|(?P<missing>{wordlists.either(_TELLS['missing'])}))"
    r"(?:\s(?:are|were))?\s?:\s"
)
_OTHERS = re.compile(r"(?<!\w)(?:others?|unidentified|unknown|unnamed|including|among|more)(?!\w)")
_AFFILIATED = re.compile(r",\s(?:of|from|with|for|at)\s(?:the\s)?(?:[a-z]+\s){0,3}\Z")
_AMONG = re.compile(
    r"(?:\s[a-z\s]{2,40})?,?\s(?:including|among\s(?:them|whom)(?:\s(?:was|were|is|are))?)\s[^;.]{0,160}"
)
_OF_OFFICE = re.compile(r"\s(?:of|for|from)\s[^,;]{3,60},\s")
_DEATH = re.compile(r"(?<!\w)(?:dead|deceased|killed|martyrs?|victims?)(?!\w)")
_JOINED = re.compile(r"(?:,?\s\(?(?:aged\s)?\d{1,3}\)?)?(?:,\s|,?\s(?:and|with)\s)")
_DEATHS = frozenset(("died", "perished", "succumbed", "drowned", "suffocated", "bled to death", "did not survive"))
_TOLD_ALONE = (
    "died",
    "killed",
    "injured",
    "wounded",
    "murdered",
    "shot dead",
    "executed",
    "assassinated",
    "perished",
    "succumbed",
    "drowned",
)
_OPEN = re.compile(
    r"(?<!\w)(?:could|might|may|would|will|if|unless|should|be|den(?:y|ies|ied)|not|never|no|fear(?:s|ed)?|false)(?!\w)"
)
_HARMS: tuple[Harm, ...] = ("killed", "injured", "missing")
_NAMES = ("named", "identified", "names of")
_LONGEST_LABEL = 80
_MOST_BACK = 3
_LONGEST_LIST = 40


def complete(draft: Draft, view: View, mentions: Mentions) -> None:
    """Give a casualty claim the victims its words name and its own rules did not, never more than it counts."""
    most = None if draft.count is None else draft.count.best
    if most is None or draft.harm == () or most > _LONGEST_LIST:
        return
    people = persons.people_of(view, mentions, draft.sentence)
    if len(draft.persons) == 1 and (of := _affiliated(draft, view, people)) is not None:
        draft.persons, draft.start = (of.mention("victim"),), of.start
    draft.persons = tuple(_with_all_told(person, people) for person in draft.persons)
    if len(draft.persons) >= most or "part" in draft.why:
        return
    named = {part for person in draft.persons for part in person.name.lower().split()}
    victims = [p for p in people if p.role == "victim" and not named & set(p.name.lower().split())]
    more = [person for person in victims if draft.start <= person.start < draft.end]
    front = _in_front(draft, view, victims)
    if front and len(draft.persons) + len(front) + len(more) <= most:
        more = [*front, *more]
        draft.start = front[0].start
    if not more and not draft.persons and draft.harm != ("displaced",):
        more = _behind(draft, view, people, most)
    if more and len(draft.persons) + len(more) <= most:
        draft.persons = (*draft.persons, *(person.mention() for person in more))
        draft.because("persons", "persons: named in the list", view, draft.start, draft.end)


def _with_all_told(person: PersonMention, people: Sequence[Named]) -> PersonMention:
    """A person with the age, sex and relation that other words of the sentence give."""
    name = person.name.casefold().rstrip(".")
    told = next((p for p in people if p.role in ("victim", None) and p.name.casefold().rstrip(".") == name), None)
    if told is None:
        return person
    return replace(
        person,
        age=told.age if person.age is None else person.age,
        sex=person.sex or told.sex,
        relation=person.relation or told.relation,
        pseudonym=person.pseudonym or told.pseudonym,
    )


def _affiliated(draft: Draft, view: View, people: Sequence[Named]) -> Named | None:
    """The person meant where the claim took the name of a paper or office: "Petro Lanko, of the daily Nova, died"."""
    at = view.clean.find(draft.persons[0].name, draft.start, draft.end)
    lead = _AFFILIATED.search(view.clean, draft.sentence.start, at) if at >= 0 else None
    if lead is None:
        return None
    return next((p for p in people if p.end == lead.start() and p.role in ("victim", None)), None)


def _behind(draft: Draft, view: View, people: Sequence[Named], most: float) -> list[Named]:
    """Those named behind a claim as among its people, or as the one it tells of by office."""
    later = [person for person in people if person.start >= draft.end]
    if not later:
        return []
    if most == 1:
        gap = _OF_OFFICE.fullmatch(view.clean, draft.end, later[0].start)
        return [replace(later[0], role="victim")] if gap and later[0].role in ("victim", "official", None) else []
    return [p for p in later if p.role == "victim" and _AMONG.fullmatch(view.low, draft.end, p.start)]


def _in_front(draft: Draft, view: View, victims: Sequence[Named]) -> list[Named]:
    """Those a claim's words begin by describing: "Oda Brem, 41, and Tul Brem, 40, both nurses, were killed"."""
    found: list[Named] = []
    start = draft.start
    for person in reversed([person for person in victims if person.end <= draft.start]):
        if _JOINED.fullmatch(view.low, person.end, start) is None:
            break
        found.insert(0, person)
        start = person.start
    return found


def find(view: View, mentions: Mentions, told: Sequence[Draft]) -> Iterator[Draft]:
    """Put names told apart onto their claims; make a claim of a list of names within a line."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in told:
        by_sentence.setdefault(draft.sentence.index, []).append(draft)
    for sentence in view.sentences:
        index, low = sentence.index, view.low[sentence.start : sentence.end]
        here = by_sentence.get(index, ())
        near = [draft for back in range(_MOST_BACK, -1, -1) for draft in by_sentence.get(index - back, ())]
        if near or any(word in low for word in _NAMES):
            cue = _CUE.search(low)
            if cue is not None and not any(draft.persons for draft in here):
                left = _give_names(view, mentions, sentence, sentence.start + cue.start(), near)
                if left and not here and _DEATH.search(cue[0]):
                    at = sentence.start + cue.start()
                    yield _claim(view, sentence, left, "killed", (at, at + len(cue[0])))
                    continue
        if here:
            continue
        label = _LABEL.match(view.low, sentence.start, sentence.end) if ":" in low[:_LONGEST_LABEL] else None
        if label is not None:
            yield from _labelled(view, mentions, sentence, label)
        elif _tells_of_one(low):
            yield from _alone(view, mentions, sentence)


def _give_names(view: View, mentions: Mentions, sentence: Sentence, at: int, told: Sequence[Draft]) -> list[Named]:
    """Put the names of a sentence onto the claim they belong to; those returned found none."""
    people = persons.people_of(view, mentions, sentence, harmed=True)
    named = _listed(people, at, view)
    if not named:
        return []
    near = [
        draft
        for draft in told
        if draft.harm
        and draft.polarity == "affirm"
        and not draft.persons
        and draft.count is not None
        and draft.count.unit == "people"
        and (draft.count.best or draft.count.min or 0) >= len(named)
    ]
    if not near:
        return named
    whole = [draft for draft in near if draft.count is not None and draft.count.best == len(named)]
    draft = (whole or near)[-1]
    draft.persons = tuple(person.mention() for person in named)
    draft.because("persons", "persons: named behind", view, named[0].start, named[-1].end)
    return []


def _tells_of_one(low: str) -> bool:
    """Whether a sentence holds a word by which `_alone` could find harm: looked for first, since most hold none."""
    return any(word in low for word in _TOLD_ALONE)


def _alone(view: View, mentions: Mentions, sentence: Sentence) -> Iterator[Draft]:
    """Somebody named of whom a verb further on tells harm: "Oda Brem, a nun who ran the school, died of her wounds"."""
    if _OPEN.search(view.low, sentence.start, sentence.end) or view.clean[sentence.end - 1] == "?":
        return
    for person in persons.people_of(view, mentions, sentence):
        told = HARM_AFTER.match(view.low[person.end : person.end + 200]) if person.role == "victim" else None
        if told is None or " " not in person.name:
            continue
        verb = told["verb"] or told["died"]
        word = HARMED.get(verb.split()[0]) if verb and not told["died"] else "killed" if verb in _DEATHS else None
        harm = next((one for one in _HARMS if one == word), None)
        if verb and harm is not None:
            at = person.end + told.start("verb" if told["verb"] else "died")
            draft = _claim(view, sentence, [person], harm, (at, at + len(verb)))
            draft.end = at + len(verb)
            draft.count = Count.of("exact", 1, person.name)
            yield draft
            return


def _listed(people: Sequence[Named], at: int, view: View) -> list[Named]:
    """Those named behind `at` as harmed; with an age also who holds an office, unless it is they who speak."""
    return [
        replace(person, role="victim")
        for person in people
        if person.start >= at
        and (
            person.role == "victim"
            or (
                person.role in ("official", None)
                and person.age is not None
                and SPEECH_AFTER.match(view.low, person.end, person.end + 160) is None
            )
        )
    ]


def _labelled(view: View, mentions: Mentions, sentence: Sentence, label: re.Match[str]) -> Iterator[Draft]:
    people = persons.people_of(view, mentions, sentence, harmed=True)
    named = _listed(people, label.end() - 1, view)
    if not named:
        return
    harm: Harm = "killed" if label["killed"] else "injured" if label["injured"] else "missing"
    yield _claim(view, sentence, named, harm, label.span(label.lastgroup or 0))


def _claim(view: View, sentence: Sentence, named: list[Named], harm: Harm, anchor: tuple[int, int]) -> Draft:
    """A claim of those named: as many as there are names, at least where others are spoken of."""
    start, end = named[0].start, min(sentence.end, named[0].start + LONGEST_QUOTE)
    draft = Draft("casualty", sentence, start, end, anchor, harm=(harm,))
    raw = " ".join(view.text[start:end].split())
    others = _OTHERS.search(view.low, start, sentence.end) is not None
    draft.count = Count.of("at_least" if others else "exact", len(named), raw)
    young = all(person.age is not None and person.age < 18 for person in named)
    draft.victims = Victims("civilian" if young else "unknown", ("child",) if young else ())
    draft.persons = tuple(person.mention() for person in named)
    draft.because("harm", "harm:names", view, *draft.anchor)
    draft.because("count", "count:list", view, start, end)
    draft.because("victims", "people", view, start, end)
    draft.because("persons", "persons: named in the list", view, start, end)
    return draft
