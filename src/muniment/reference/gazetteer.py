"""The Protocol every gazetteer satisfies: names in, places out, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from muniment.model import Place


class Gazetteer(Protocol):
    """Resolves names to places. Lookups are pure: the same words give the same places under one `digest`."""

    @property
    def digest(self) -> str:
        """SHA-256 over all it knows: derived rows carry it."""
        ...

    def get(self, place: str) -> Place | None:
        """The place with this id."""
        ...

    def find(self, name: str) -> Sequence[Place]:
        """All places that go by exactly this name, up to case, diacritics and punctuation; [] where unknown."""
        ...

    def scan(self, text: str) -> Iterable[tuple[int, int, Sequence[Place]]]:
        """Longest known names standing in a text as whole words: (start, end, places), left to right.

        Linear in the length of the text.
        """
        ...

    def within(self, place: str) -> Sequence[str]:
        """Ids of the places that contain this one, smallest first."""
        ...

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it, as far as the gazetteer knows."""
        ...

    def distance_km(self, a: str, b: str) -> float | None:
        """Great-circle distance in kilometres, None where either has no point."""
        ...
