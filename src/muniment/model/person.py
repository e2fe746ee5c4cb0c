"""People, as the sources name them. A pseudonym is marked and never resolved."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import PersonRole


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One person in one claim: the name as written, what the text says of them; `person` is the case's id."""

    name: str
    role: PersonRole
    person: str | None = None
    age: int | None = None
    sex: str | None = None
    pseudonym: bool = False
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the case: every spelling, the claims that name them, and whether the name is withheld."""

    id: str
    names: tuple[str, ...]
    claims: tuple[str, ...]
    protected: bool
