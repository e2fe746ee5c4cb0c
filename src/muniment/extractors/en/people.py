"""Who: people as counted, named, possessed or merely mentioned, parsed from the tokens of one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from muniment.extractors import wordlists
from muniment.extractors.en.numbers import Quantity, age_of, as_figure, quantity_at, starters
from muniment.extractors.en.tokens import Tokens
from muniment.model import PersonMention
from muniment.model.vocabulary import Harm, Unit, VictimStatus

_FOLDER = Path(__file__).parent
_LISTS: dict[str, Any] = wordlists.load(_FOLDER / "people.toml")
_HARM: dict[str, Any] = wordlists.load(_FOLDER / "harm.toml")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a word for people states: number, status, group; a noun of harm ("deaths") names the harm."""

    many: bool
    status: VictimStatus = "unknown"
    group: str = ""
    kin: bool = False
    unit: Unit = "people"
    body: bool = False
    harm: Harm | None = None
    people: bool = True


def _nouns() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for row in _LISTS["nouns"]:
        for many, words in ((False, row["one"]), (True, row["many"])):
            noun = Noun(
                many,
                row["status"],
                row["group"],
                row.get("kin", False),
                row.get("unit", "people"),
                row.get("body", False),
            )
            found.update(dict.fromkeys(words, noun))
    for word in (*_LISTS["not_people"]["nouns"], *_LISTS["not_harmed"]["nouns"]):
        found[word] = Noun(True, people=False)
    for harm, words in _HARM["nouns"].items():
        for word in words:
            many = word.endswith("s") or word == "massacre"
            found[word] = Noun(many, harm=harm)
    return found


NOUNS = _nouns()
_CIVILIAN = frozenset(_LISTS["adjectives"]["civilian"])
_COMBATANT = frozenset(_LISTS["adjectives"]["combatant"])
_ADJECTIVE_GROUPS: dict[str, str] = _LISTS["adjective_groups"]
HARMED = {word: harm for harm, words in _HARM["participles"].items() for word in words}
HARM_WORDS: dict[str, Harm] = {
    "dead": "killed", "fallen": "killed", "wounded": "injured", "injured": "injured", "killed": "killed",
    "missing": "missing", "displaced": "displaced", "slain": "killed",
}  # fmt: skip
"""Adjectives that stand for people harmed: "12 of the dead", "35 wounded fighters"."""
_VERBS = (
    frozenset(HARMED)
    | {word for words in _HARM["gerunds"].values() for word in words}
    | {word for words in _HARM["intransitive"].values() for word in words}
    | {word for words in _HARM["adjectives"].values() for word in words}
)
DETERMINERS = frozenset(
    (
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "my",
        "our",
        "its",
        "another",
        "this",
        "these",
        "those",
        "one",
        "your",
        "each",
    )
)
POSSESSIVES = frozenset(("his", "her", "their", "my", "our", "your", "its"))
STOPS = frozenset(
    """of in on at by with from to for into near during after before since until while when where who whom whose which that as than over
    under among between against across within without along around about inside outside behind and or but nor was were be been being is
    are am has have had do does did not said says told he she they it we you i him them us if because so then there here also via per
    including include includes included were killed died what how why yet both either neither although though despite amid amidst upon
    toward towards off out up down through onto per reported according stated claimed made left leaving will would could should may
    might must can shall""".split()
)
_ORGANISATION = frozenset(
    """army forces force ministry international office council committee union party agency network group commission court department
    government parliament watch rights nations organization organisation association institute university foundation mission tribunal
    convention republic kingdom federation states court guard front movement brigade battalion cross crescent news press radio tv service
    """.split()
)
_NOT_NAMES = frozenset(
    """the a an in on at of and or but for with by from to as after before while when since during on according human rights civilians
    civilian people armed military president minister prime foreign general monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december north south east west northern southern
    eastern western mr mrs ms dr he she they it we his her their our i this that these those amnesty both all some many most several
    there one two three four five six seven eight nine ten dozens scores hundreds thousands among including however meanwhile also
    then today yesterday later earlier similarly around about over nearly almost more another other witnesses residents local officials
    authorities""".split()
)
_TITLES = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "professor",
        "doctor",
        "sheikh",
        "father",
        "sister",
        "imam",
        "col",
        "colonel",
        "gen",
        "lt",
        "sgt",
        "capt",
        "captain",
        "major",
        "maj",
        "lieutenant",
        "sergeant",
    )
)
_FEMALE = frozenset(
    """woman girl mother sister daughter wife aunt niece grandmother granddaughter widow schoolgirl lady mum mom bride stepdaughter
    stepmother nun policewoman servicewoman mother-in-law sister-in-law daughter-in-law""".split()
)
_MALE = frozenset(
    """man boy father brother son husband uncle nephew grandfather grandson widower schoolboy dad groom stepson stepfather priest imam
    fisherman policeman serviceman cameraman fireman father-in-law brother-in-law son-in-law""".split()
)
_CHILDREN = frozenset(("child", "boy", "girl"))
_BEFORE_ATTRIBUTE = frozenset(
    "of with for treat treating treated evacuate evacuating evacuated carry carrying carried transport transporting transported and many the internally forcibly newly".split()
)
_BEFORE_HARMED = frozenset(
    "more other many seriously badly critically severely lightly internally forcibly newly".split()
)
_MOST_MODIFIERS = 6

GroupKind = Literal["counted", "bare", "one", "many", "named", "nobody"]


@dataclass(slots=True)
class Group:
    """People as one noun phrase names them, over tokens `[first, last)`.

    `kind`: counted (a quantity), bare (a plural without one), one (a single person), many (a definite plural: "his
    parents"), named (only a name), nobody (what is counted is not people, or was not harmed).
    """

    first: int
    last: int
    kind: GroupKind
    quantity: Quantity | None = None
    head: int | None = None
    noun: Noun | None = None
    status: VictimStatus = "unknown"
    groups: tuple[str, ...] = ()
    unit: Unit = "people"
    person: PersonMention | None = None
    loose: bool = False
    """Whether its noun is not a known word for people, or is left out ("and 14 injured")."""
    generic: bool = False
    """"any civilians", "every child": nobody in particular."""
    guessed: bool = False
    """Whether its noun is an unknown word taken for people: "three beekeepers"."""
    tail: list[int] = field(default_factory=list)

    @property
    def harm(self) -> Harm | None:
        """The harm a noun such as "deaths" names."""
        return self.noun.harm if self.noun else None

    @property
    def number(self) -> int | None:
        """How many persons these words mean exactly, if they say."""
        if self.quantity is not None:
            value = self.quantity.value
            return int(value) if value is not None and self.quantity.qualifier == "exact" else None
        if self.kind in ("one", "named"):
            return 1
        return None


def groups_of(tokens: Tokens) -> list[Group]:
    """All groups of a sentence, left to right, none overlapping."""
    found: list[Group] = []
    i, length = 0, len(tokens)
    begins = starters()
    words = tokens.words
    while i < length:
        word = words[i]
        first = word[0]
        group = None
        if (
            first.isdigit()
            or word in begins
            or word in NOUNS
            or word in DETERMINERS
            or tokens.capital[i]
            or "-" in word
            or word in _MODIFIERS
        ):
            group = _group_at(tokens, i)
        if group is not None and group.last > i:
            found.append(group)
            i = group.last
        else:
            i += 1
    return found


_MODIFIERS = (
    _CIVILIAN
    | _COMBATANT
    | frozenset(_ADJECTIVE_GROUPS)
    | frozenset(
        """young old innocent ethnic injured wounded dead local displaced unarmed female male teenage little small adult elderly male more
    other multiple innocent enemy""".split()
    )
)


def _group_at(tokens: Tokens, i: int) -> Group | None:
    words = tokens.words
    word = words[i]
    quantity = quantity_at(tokens, i)
    if quantity is not None:
        return _counted(tokens, i, quantity)
    if age_of(word) is not None:
        return _single(tokens, i, i)
    if word in ("no", "any", "every", "each"):
        head = _head(tokens, i + 1)
        if head is not None:
            return _finish(tokens, Group(i, head + 1, "bare", head=head, generic=True))
        return None
    if word in DETERMINERS or word.endswith(("'s", "s'")):
        return _single(tokens, i, i + 1) or (_named(tokens, i) if tokens.capital[i] else None)
    if tokens.capital[i] and (named := _named(tokens, i)) is not None:
        return named
    head = _head(tokens, i)
    if head is None:
        return None
    noun = NOUNS[words[head]]
    if word in HARMED and (
        not noun.people or not noun.many or head > i + 1 or tokens.word(i - 1) not in _BEFORE_ATTRIBUTE
    ):
        return None  # "injured very large numbers of" is a verb and what follows, not an attribute
    if not noun.people:
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    if noun.many:
        return _finish(tokens, Group(i, head + 1, "bare", head=head))
    return _appositives(tokens, _finish(tokens, Group(i, head + 1, "one", head=head)))


def _counted(tokens: Tokens, i: int, quantity: Quantity) -> Group | None:
    words = tokens.words
    j = quantity.last
    while tokens.word(j) in ("more", "other", "others", "additional", "further", "separate", "different") and not (
        tokens.word(j) == "more" and tokens.word(j + 1) == "than"
    ):
        j += 1
    partitive = tokens.word(j) == "of" or words[quantity.last - 1] == "of"
    start = j + 1 if tokens.word(j) == "of" else j
    if partitive or quantity.qualifier == "share":
        while (
            tokens.word(start) in DETERMINERS
            or tokens.word(start) in ("all", "other")
            or tokens.word(start).endswith("'s")
        ):
            start += 1
        word = tokens.word(start)
        if word in ("them", "whom", "us") or (word in HARM_WORDS and tokens.word(start + 1) not in NOUNS):
            return Group(i, start + 1, "counted", quantity=quantity, loose=True)
    head = _head(tokens, start)
    if head is None:
        if tokens.word(j) == "of":
            return Group(i, quantity.last, "nobody", quantity=quantity)
        last = max(j, quantity.last)
        group = Group(i, last, "counted", quantity=quantity, loose=True)
        while (
            last < len(words)
            and last - j < 4
            and words[last] not in STOPS
            and words[last] not in _VERBS
            and words[last][0].isalpha()
        ):
            last += 1
        group.tail = list(range(group.last, last))
        return group
    noun = NOUNS[words[head]]
    if not noun.people:
        return Group(i, head + 1, "nobody", quantity=quantity, head=head, noun=noun)
    group = _finish(tokens, Group(i, head + 1, "counted", quantity=quantity, head=head))
    if quantity.is_one and words[quantity.last - 1] == "one":
        return _appositives(tokens, group)
    return group


def _single(tokens: Tokens, i: int, start: int) -> Group | None:
    head = _head(tokens, start)
    if head is None:
        word = tokens.word(i)
        age = age_of(word) if start == i else age_of(tokens.word(start))
        if age is not None:
            return _aged(tokens, i, start if start > i else i, age)
        return None
    noun = NOUNS[tokens.words[head]]
    if not noun.people:
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    if tokens.words[head] in ("lives", "souls"):
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    group = _finish(tokens, Group(i, head + 1, "many" if noun.many else "one", head=head))
    if tokens.word(i) == "each":
        group.generic = True
    if group.kind == "one":
        return _appositives(tokens, group)
    return group


def _aged(tokens: Tokens, i: int, at: int, age: int) -> Group | None:
    """ "the 12-year-old", "25-year-old Name"."""
    last = at + 1
    name_first = last
    while tokens.word(last) and tokens.capital[last] and tokens.words[last] not in _NOT_NAMES and last - name_first < 4:
        last += 1
    name = tokens.raw(name_first, last) if last > name_first else None
    if name and name.endswith(("'s", "’s")):
        return None
    status: VictimStatus = "civilian" if age < 18 else "unknown"
    groups = ("child",) if age < 18 else ()
    person = PersonMention(name, "victim", age=age or None) if name else None
    kind: GroupKind = "one" if tokens.words[at].endswith("old") else "many"
    return Group(i, last, kind, status=status, groups=groups, person=person)


def _head(tokens: Tokens, i: int) -> int | None:
    """The token of the noun that ends the noun phrase begun at `i`, within a few modifiers."""
    words = tokens.words
    length = len(words)
    k = i
    while k < length and k - i < _MOST_MODIFIERS:
        word = words[k]
        noun = NOUNS.get(word)
        if noun is not None and noun.harm and k == i and word in _VERBS and tokens.word(k + 1) != "of":
            return None  # "killing 12 people" is a verb, "the killing of" a noun
        if noun is not None:
            # "border guard", "family members", "civilian deaths": the last of a run of nouns is the head.
            following = words[k + 1] if k + 1 < length else ""
            if following in NOUNS and (not noun.many or NOUNS[following].harm or word in ("police", "staff")):
                k += 1
                continue
            return k
        if word in STOPS or not (word[0].isalnum()) or word in DETERMINERS:
            if word == "," and k > i and k + 1 < length and words[k + 1] in _MODIFIERS:
                k += 1
                continue
            return None
        if word in _VERBS and (
            word not in _MODIFIERS or (word in HARMED and k > i and words[k - 1] not in _BEFORE_HARMED)
        ):
            return None
        if k > i and word[0].isdigit():
            return None
        if word.endswith(("'s", "s'")) and k > i:
            return None
        k += 1
    return None


def _finish(tokens: Tokens, group: Group) -> Group:
    """Status, groups and unit from the words of the phrase; "members of one family" taken whole."""
    words = tokens.words
    head = group.head
    if head is None:
        return group
    noun = NOUNS[words[head]]
    group.noun, group.status, group.unit = noun, noun.status, noun.unit
    named = [noun.group] if noun.group else []
    first = group.quantity.last if group.quantity else group.first
    for k in range(first, head):
        word = words[k]
        if word in _CIVILIAN:
            group.status = "civilian"
        elif word in _COMBATANT and noun.group not in ("child", "boy", "girl"):
            group.status = "combatant"
        other = NOUNS.get(word)
        if other is not None and other.people and other.harm is None and not noun.kin:
            if other.status != "unknown" and group.status == "unknown":
                group.status = other.status
            if other.group:
                named.append(other.group)
        extra = _ADJECTIVE_GROUPS.get(word)
        if extra:
            named.append(extra)
        age = age_of(word)
        if age is not None and age < 18:
            group.status = "civilian"
            named.append("child")
    if noun.harm is not None and "civilian" in named:
        named.remove("civilian")
    group.groups = tuple(dict.fromkeys(name for name in named if name))
    last = group.last
    if noun.many and tokens.word(last) in ("aged", "ages"):
        k = last + 1
        while tokens.word(k) in (",", "and", "to", "between", "from", "or") or as_figure(tokens.word(k)) is not None:
            k += 1
        group.last = last = k - 1 if tokens.word(k - 1) == "," else k
    if words[head] in ("members", "member", "generations", "residents", "people") and tokens.word(last) == "of":
        k = last + 1
        while k < len(words) and k - last < 6 and words[k] not in ("and", ",", "was", "were", "in", "who", "."):
            k += 1
            if words[k - 1] in ("family", "families", "household"):
                group.last = k
                group.groups = tuple(dict.fromkeys((*group.groups, "family")))
                break
    return group


def _appositives(tokens: Tokens, group: Group) -> Group:
    """A name and an age behind a single person: "a nurse, Ilka Moren, 31,", "his daughter Veda, six"."""
    words, length = tokens.words, len(tokens)
    k = group.last
    if k < length and words[k] == "," and k + 1 < length:
        comma = k
        k += 1
        if age_of(words[k]) is not None and k + 1 < length and tokens.capital[k + 1]:
            k += 1
    else:
        comma = None
    name_first = k
    while (
        k < length and tokens.capital[k] and words[k] not in _NOT_NAMES and words[k] not in NOUNS and k - name_first < 5
    ):
        k += 1
    name = None
    if k > name_first:
        joined = tokens.raw(name_first, k)
        if not (joined.endswith(("'s", "’s")) or words[k - 1] in _ORGANISATION) and (
            comma is None or k - name_first >= 2 or tokens.word(k) in (",", "(")
        ):
            name = joined.rstrip("*")
            group.last = k
            if k < length and words[k] == "*":
                group.last = k + 1
    age, last = _age_behind(tokens, group.last)
    if age is None:
        age = next((age_of(word) for word in words[group.first : group.last] if age_of(word) is not None), None)
    else:
        group.last = last
    head_word = words[group.head] if group.head is not None else ""
    sex = "female" if head_word in _FEMALE else "male" if head_word in _MALE else None
    if age is not None and age < 18:
        group.status = "civilian"
    if age is not None and age < 18 and not set(group.groups) & _CHILDREN:
        group.groups = (*group.groups, "child")
    if name is not None:
        relation = head_word if group.noun is not None and group.noun.kin else None
        group.person = PersonMention(name, "victim", age=age, sex=sex, relation=relation)
    return group


def _age_behind(tokens: Tokens, k: int) -> tuple[int | None, int]:
    """ ", 41,", "(41)", ", aged nine", ", 11 years old"."""
    words, length = tokens.words, len(tokens)
    if k >= length or words[k] not in (",", "(", "aged", "–"):
        return None, k
    j = k if words[k] == "aged" else k + 1
    if tokens.word(j) in ("aged", "age"):
        j += 1
    elif words[k] == "aged":
        return None, k
    age = as_figure(tokens.word(j)) if j < length else None
    if age is None and j < length:
        whole = age_of(tokens.words[j])
        if whole is not None and tokens.word(j + 1) in (",", "and", ".", ")", "was", "were", ""):
            return whole, j + 1
    if age is None:
        return None, k
    j += 1
    if words[k] == "(":
        return (age, j + 1) if tokens.word(j) == ")" else (None, k)
    if tokens.word(j) in ("years", "year") and tokens.word(j + 1) in ("old", "of"):
        j += 2 if tokens.word(j + 1) == "old" else 3
    elif tokens.word(j) in ("months", "weeks", "days", "month"):
        age, j = 0, j + (2 if tokens.word(j + 1) == "old" else 1)
    elif tokens.word(j) not in (
        ",",
        ".",
        ";",
        ")",
        "and",
        "were",
        "was",
        "",
        "–",
        "who",
        "along",
        "when",
        "while",
        "together",
        "as",
    ):
        return None, k
    return age, j


def _named(tokens: Tokens, i: int) -> Group | None:
    """A bare name: two words or more in capitals, or one before an age."""
    words, length = tokens.words, len(tokens)
    titled = i
    while words[titled] in _TITLES and titled + 1 < length:
        titled += 2 if words[titled + 1] == "." and titled + 2 < length else 1
    if words[titled] in _NOT_NAMES or not words[titled][0].isalpha() or (words[titled] in NOUNS and titled == i):
        return None
    k = titled
    while k < length and k - i < 6 and words[k] not in _NOT_NAMES and words[k] not in NOUNS:
        if not (
            tokens.capital[k]
            or words[k] in ("al", "bin", "ibn", "de", "van", "von", "abu", "da", "del", "el")
            and k > i
        ):
            break
        if words[k].endswith(("'s", "s'")):
            return None
        k += 1
    if k == titled or words[k - 1] in _ORGANISATION or any(word in _ORGANISATION for word in words[i:k]):
        return None
    last = k
    starred = k < length and words[k] == "*"
    if starred:
        last = k + 1
    age, reached = _age_behind(tokens, last)
    if k - titled < 2 and age is None and not starred and titled == i:
        return None
    name = tokens.raw(titled, k)
    status: VictimStatus = "civilian" if age is not None and age < 18 else "unknown"
    groups = ("child",) if age is not None and age < 18 else ()
    person = PersonMention(name, "victim", age=age, pseudonym=starred)
    return Group(i, reached if age is not None else last, "named", status=status, groups=groups, person=person)


def with_status(group: Group, status: VictimStatus) -> Group:
    """The group with a status the sentence states elsewhere."""
    return replace(group, status=status)
