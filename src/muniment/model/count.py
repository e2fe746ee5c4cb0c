"""Counts are intervals with a qualifier: "at least 12" is [12, ∞), "up to 40" is [0, 40].

Two counts conflict only where no number satisfies both (for the same scope and time).
"""

from __future__ import annotations

from dataclasses import dataclass

from muniment.model.vocabulary import Qualifier, Unit


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as written (`raw`) and as bounds; None is "not stated".

    Use the constructors: they keep the bounds true to the qualifier (RECORD contract).
    """

    raw: str
    min: int | float | None
    best: int | float | None
    max: int | float | None
    qualifier: Qualifier
    unit: Unit = "people"

    @classmethod
    def of(
        cls,
        qualifier: Qualifier,
        number: int | float | None,
        raw: str,
        *,
        unit: Unit = "people",
        upper: int | float | None = None,
        lower: int | float | None = None,
    ) -> Count:
        """The count a qualifier makes of a number.

        Args:
            qualifier: the kind of statement.
            number: the figure as written; for `range` the lower end; for `vague` and `unspecified` None.
            raw: the words.
            unit: what is counted.
            upper: for `range` the upper end; for `vague` the convention's upper bound, if any.
            lower: for `vague` and `unspecified` the convention's lower bound.
        """
        match qualifier:
            case "exact":
                bounds = (number, number, number)
            case "at_least" | "more_than":
                bounds = (number, number, None)
            case "as_many_as" | "less_than":
                bounds = (None, None, number)
            case "about":
                bounds = (None, number, None)
            case "range":
                bounds = (number, None, upper)
            case "vague" | "unspecified":
                bounds = (lower, None, upper)
            case "share":
                bounds = (lower, number, upper)
        return cls(raw, *bounds, qualifier, unit)

    def interval(self) -> tuple[float, float]:
        """The whole numbers this statement allows, as closed bounds; `inf` where it is open above.

        "more than 12" allows 13 and up; "less than 12" allows 11 and down; "about 50" is read as
        within a fifth, the convention named in docs/reference/conventions.md.
        """
        infinity = float("inf")
        if self.qualifier == "more_than" and self.min is not None:
            return (self.min + 1, infinity)
        if self.qualifier == "less_than" and self.max is not None:
            return (0, self.max - 1)
        if self.qualifier == "about" and self.best is not None:
            low = self.best * 0.8 if self.min is None else self.min
            high = self.best * 1.2 if self.max is None else self.max
            return (low, high)
        if self.qualifier == "share":
            return (0, infinity)
        return (self.min or 0, infinity if self.max is None else self.max)

    def conflicts_with(self, other: Count) -> bool:
        """Whether no number satisfies both."""
        (a, b), (c, d) = self.interval(), other.interval()
        return self.unit == other.unit and (b < c or d < a)
