"""The weapon a claim speaks of, and how surely: apart from how firmly the event itself is held."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import Certainty, WeaponClass


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon as written. `class_` is what reaches people: a rocket that carries submunitions is `cluster`."""

    raw: str
    class_: WeaponClass
    model: str | None = None
    origin: str | None = None
    certainty: Certainty = "stated"
    cue: str | None = None
