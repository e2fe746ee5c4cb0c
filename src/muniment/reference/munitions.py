"""Munitions: models with what they do to people, what carries what, and finding their names in a text.

A class is what reaches people: a rocket whose warhead is submunitions is `cluster`, its launcher is not. Rows are facts
compiled from the public works they name; general words ("shelling", "air strike") belong to the language packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from muniment.model.vocabulary import WeaponClass
from muniment.reference import sources
from muniment.reference.folding import fold
from muniment.reference.words import Phrases


@dataclass(frozen=True, slots=True)
class Munition:
    """One model of weapon.

    Attributes:
        id: stable, e.g. `9n235`.
        name: the designation shown.
        aliases: other designations and spellings, also in other scripts.
        class_: what reaches people.
        calibre_mm: calibre of a gun or rocket, diameter of a missile or bomb, in millimetres; None unknown.
        effect: what it does, in a few words.
        carries: ids of the submunitions, mines or weapons it may carry.
        family: ids of the kinds it is one of, e.g. Scud for Scud-B.
        origin: ISO 3166-1 alpha-2 of the country of design (RU for the Soviet Union); None where there is none.
        wikidata: its Wikidata id, None where not established.
        source: the tag of the work it is taken from (`sources.all`).
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    class_: WeaponClass
    calibre_mm: float | None
    effect: str
    carries: tuple[str, ...]
    family: tuple[str, ...]
    origin: str | None
    wikidata: str | None
    source: str


@lru_cache(maxsize=1)
def all() -> tuple[Munition, ...]:
    """Every munition shipped, ordered as in its table."""
    return tuple(
        Munition(
            id=row["id"],
            name=row["name"],
            aliases=_several(row["aliases"]),
            class_=cast(WeaponClass, row["class"]),
            calibre_mm=float(row["calibre_mm"]) if row["calibre_mm"] else None,
            effect=row["effect"],
            carries=_several(row["carries"]),
            family=_several(row["family"]),
            origin=row["origin"] or None,
            wikidata=row["wikidata"] or None,
            source=row["source"],
        )
        for row in sources.table("munitions.tsv")
    )


def get(model: str) -> Munition | None:
    """The munition with this id or name, up to case and punctuation; None where unknown or meaning several."""
    found = _by_id().get(model)
    if found is None:
        named = _phrases().get(model)
        found = named[0] if len(named) == 1 else None
    return found


def find(text: str) -> list[tuple[int, int, Munition]]:
    """Munitions named in a text: (start, end, munition), longest names, left to right.

    Linear in the length of the text. Where one designation means several models, the first of the table is given.
    """
    return [(start, end, models[0]) for start, end, models in _phrases().scan(text)]


def parents(model: str) -> tuple[str, ...]:
    """Ids above a munition, nearest first: its family, what may carry it, and theirs in turn.

    Raises:
        KeyError: where no munition has this id.
    """
    by_id = _by_id()
    out: dict[str, None] = {}
    queue = [by_id[model]]
    while queue:
        for above in (*queue[0].family, *_carriers().get(queue[0].id, ())):
            if above != model and above not in out:
                out[above] = None
                queue.append(by_id[above])
        queue.pop(0)
    return tuple(out)


def related(a: str, b: str) -> bool:
    """Whether two munitions may be one thing told more and less exactly: the same, or one above the other."""
    return a == b or a in parents(b) or b in parents(a)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Munition]:
    return {munition.id: munition for munition in all()}


@lru_cache(maxsize=1)
def _carriers() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for munition in all():
        for carried in munition.carries:
            out[carried] = (*out.get(carried, ()), munition.id)
    return out


@lru_cache(maxsize=1)
def _phrases() -> Phrases[Munition]:
    phrases: Phrases[Munition] = Phrases(any_case=True)
    written = [
        (form, munition)
        for munition in all()
        for name in (munition.name, *munition.aliases)
        for form in (name, *_closed(name))
    ]
    for form, munition in written:
        phrases.add(form, munition)
    for form, munition in written:
        several = f"{form}s"
        if _takes_plural(form) and set(phrases.get(several)) <= {munition}:  # 9M22S is no plural of 9M22
            phrases.add(several, munition)
    return phrases


def _takes_plural(name: str) -> bool:
    """Whether an s makes a plural of it: not of an abbreviation (MOAB), not of another script."""
    return (
        name[-1].isascii() and name[-1].isalnum() and name[-1] not in "sS" and not (name.isalpha() and name.isupper())
    )


def _closed(name: str) -> Iterator[str]:
    """BM-21 as BM21, Mk 82 as Mk82: the hyphen or space between a letter and a digit left out."""
    closed = "".join(
        char
        for i, char in enumerate(name)
        if not (char in "- " and 0 < i < len(name) - 1 and name[i - 1].isalpha() and name[i + 1].isdigit())
    )
    if closed != name and " " not in closed and fold(closed) != fold(name):
        yield closed
