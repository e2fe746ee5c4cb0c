"""Words for people and what each states: number, status, group, harm; and a group of people as one phrase names it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from muniment.extractors import wordlists
from muniment.extractors.en.numbers import Quantity
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
CIVILIAN = frozenset(_LISTS["adjectives"]["civilian"])
COMBATANT = frozenset(_LISTS["adjectives"]["combatant"])
ADJECTIVE_GROUPS: dict[str, str] = _LISTS["adjective_groups"]
HARMED = {word: harm for harm, words in _HARM["participles"].items() for word in words}
HARM_WORDS: dict[str, Harm] = {
    "dead": "killed", "fallen": "killed", "wounded": "injured", "injured": "injured", "killed": "killed",
    "missing": "missing", "displaced": "displaced", "slain": "killed",
}  # fmt: skip
"""Adjectives that stand for people harmed: "12 of the dead", "35 wounded fighters"."""
VERBS = (
    frozenset(HARMED)
    | {word for words in _HARM["gerunds"].values() for word in words}
    | {word for words in _HARM["intransitive"].values() for word in words}
    | {word for words in _HARM["adjectives"].values() for word in words}
)
PRESENT = frozenset(word for words in _HARM["present"].values() for word in words)
_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "people")
DETERMINERS = _WORDS["determiners"]
POSSESSIVES = frozenset(("his", "her", "their", "my", "our", "your", "its"))
STOPS = _WORDS["stops"]
ORGANISATION = _WORDS["organisation"]
NOT_NAMES = _WORDS["not_names"]
TITLES = _WORDS["titles"]
FEMALE = _WORDS["female"]
MALE = _WORDS["male"]
CHILDREN = frozenset(("child", "boy", "girl"))
BEFORE_ATTRIBUTE = _WORDS["before_attribute"]
BEGINS_ANEW = _WORDS["begins_anew"]
BEFORE_HARMED = _WORDS["before_harmed"]
MOST_MODIFIERS = 6

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
    people: tuple[PersonMention, ...] = ()
    """Several people named as one: "the brothers Ari and Simon Holt"."""
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

    def as_people(self, said: Group) -> Group:
        """This figure with the people that a phrase behind it says they are: "eleven were women"."""
        return replace(self, last=said.last, head=said.head, noun=said.noun, status=said.status, groups=said.groups)

    @property
    def number(self) -> int | None:
        """How many persons these words mean exactly, if they say."""
        if self.quantity is not None:
            value = self.quantity.value
            return int(value) if value is not None and self.quantity.qualifier == "exact" else None
        if self.kind in ("one", "named"):
            return 1
        return None


MODIFIERS = (
    CIVILIAN
    | COMBATANT
    | frozenset(ADJECTIVE_GROUPS)
    | frozenset(
        [
            "young",
            "old",
            "innocent",
            "ethnic",
            "injured",
            "wounded",
            "dead",
            "local",
            "displaced",
            "unarmed",
            "female",
            "male",
            "teenage",
            "little",
            "small",
            "adult",
            "elderly",
            "male",
            "more",
            "other",
            "multiple",
            "innocent",
            "enemy",
        ]
    )
)
