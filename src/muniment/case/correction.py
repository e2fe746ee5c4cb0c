"""From what a person typed (plain JSON in the record's shapes) to model objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args, get_type_hints

import msgspec

from muniment.errors import UsageError
from muniment.model import (
    Call,
    Claim,
    Count,
    Document,
    Grade,
    HeldResponsible,
    Incident,
    Measure,
    PersonMention,
    SourceLink,
    Victims,
    Weapon,
    When,
    Where,
)
from muniment.model.vocabulary import DOCUMENT_KINDS, QUALIFIERS, IncidentGrade, WhenBasis
from muniment.model.when import bounds

_SHAPES: dict[str, Any] = {
    "kind": get_type_hints(Claim)["kind"],
    "harm": get_type_hints(Claim)["harm"],
    "measure": Measure | None,
    "victims": Victims | None,
    "persons": tuple[PersonMention, ...],
    "where": Where | None,
    "party": HeldResponsible | None,
    "source": tuple[SourceLink, ...],
    "level": get_type_hints(Claim)["level"],
    "cue": str | None,
    "polarity": get_type_hints(Claim)["polarity"],
    "aggregate": bool,
    "call": Call | None,
    "grade": Grade | None,
}
CORRECTABLE = frozenset({*_SHAPES, "count", "when", "weapon"})
"""The fields of a claim a person may correct; the span and the words are the source's own."""

DOCUMENT_FIELDS = frozenset({"title", "publisher", "published", "language", "kind"})


def corrected(claim: Claim, fields: Mapping[str, Any]) -> Claim:
    """The claim with some fields as a person says they are.

    Raises:
        UsageError: where a field cannot be corrected or its value is not one the record allows.
    """
    unknown = sorted(set(fields) - CORRECTABLE)
    if unknown:
        raise UsageError(
            f"A claim has no field {unknown[0]!r} to correct; these can be: {', '.join(sorted(CORRECTABLE))}."
        )
    return replace(claim, **{name: _field(name, value) for name, value in fields.items()})


def _field(name: str, value: Any) -> Any:
    try:
        if name == "count":
            return None if value is None else _count(value)
        if name == "when":
            return None if value is None else _when(value)
        if name == "weapon":
            if value is None:
                return None
            renamed = {("class_" if key == "class" else key): item for key, item in dict(value).items()}
            return msgspec.convert(renamed, Weapon)
        if name == "where" and isinstance(value, Mapping) and value.get("place") and not value.get("places"):
            value = {**value, "places": [value["place"]]}
        return msgspec.convert(value, _SHAPES[name])
    except (msgspec.ValidationError, ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{name}: {error}. The shapes are in docs/reference/record.md.") from error


def _count(value: Any) -> Count:
    if isinstance(value, int) and not isinstance(value, bool):
        return Count.of("exact", value, str(value))
    given = dict(value)
    if "number" in given:
        if given.get("qualifier", "exact") not in QUALIFIERS:
            raise ValueError(f"{given['qualifier']!r} is not a qualifier")
        return Count.of(
            given.get("qualifier", "exact"),
            given["number"],
            str(given.get("raw", given["number"])),
            unit=given.get("unit", "people"),
            upper=given.get("max"),
        )
    return msgspec.convert(given, Count)


def _when(value: Any) -> When:
    given = {"edtf": value} if isinstance(value, str) else dict(value)
    basis: WhenBasis = msgspec.convert(given.get("basis", "resolved"), WhenBasis)
    return When.of(str(given.get("raw", given["edtf"])), str(given["edtf"]), basis)


def document_fields(value: Any) -> dict[str, str | None]:
    """The facts of a document a person states, checked.

    Raises:
        UsageError: where a field or its value is not usable.
    """
    if not isinstance(value, Mapping) or not value:
        raise UsageError('set_document takes fields as JSON, for example {"published": "2031-03-09"}.')
    unknown = sorted(set(value) - DOCUMENT_FIELDS)
    if unknown:
        raise UsageError(
            f"A document has no field {unknown[0]!r} to set; these can be: {', '.join(sorted(DOCUMENT_FIELDS))}."
        )
    if value.get("published") is not None:
        try:
            bounds(str(value["published"]))
        except ValueError as error:
            raise UsageError(f"published: {error}; write an EDTF date such as 2031-03-09 or 2031-03~.") from error
    if "kind" in value and value["kind"] not in DOCUMENT_KINDS:
        raise UsageError(f"kind: {value['kind']!r} is not one of {', '.join(sorted(DOCUMENT_KINDS))}.")
    return {name: None if item is None else str(item) for name, item in value.items()}


def with_facts(document: Document, facts: Mapping[str, str | None]) -> Document:
    """The document with facts a person decided."""
    basis = {**document.basis, **dict.fromkeys(facts, "decided")}
    return replace(document, **facts, basis=basis)  # type: ignore[arg-type]


def grade_value(value: Any) -> str | Grade | None:
    """A grade as decided: an incident's word, a claim's Admiralty code ("B2", "2"), or a source's letter ("B").

    Raises:
        UsageError: where it is neither.
    """
    if value is None or value in get_args(IncidentGrade):
        return value  # type: ignore[no-any-return]
    text = str(value).upper()
    if len(text) == 2 and text[0] in RELIABILITY and text[1] in CREDIBILITY:
        return Grade(text[0], int(text[1]))
    if len(text) == 1 and text in CREDIBILITY:
        return Grade(NOT_JUDGED, int(text))
    if len(text) == 1 and text in RELIABILITY:
        return text
    raise UsageError(
        f"{value!r} is no grade; an incident takes {', '.join(get_args(IncidentGrade))}, a claim an Admiralty code "
        "such as B2 or its number alone, a source the letter alone."
    )


RELIABILITY = "ABCDEF"
CREDIBILITY = "123456"
NOT_JUDGED = "F"
"""Of a source's reliability: it cannot be judged. Of a claim's credibility the same is said by 6."""


def check_grade(about: type, value: Any) -> None:
    """See that a grade is one for what it is about: an incident's word, a claim's code, a source's letter.

    Raises:
        UsageError: where it is not.
    """
    grade = grade_value(value)
    words = get_args(IncidentGrade)
    fits = {
        Incident: grade in words,
        Claim: isinstance(grade, Grade),
        str: isinstance(grade, str) and grade not in words,
    }[about]
    if grade is not None and not fits:
        takes = {Incident: ", ".join(words), Claim: "an Admiralty code such as B2, or 1 to 6", str: "a letter, A to F"}
        called = {Incident: "An incident", Claim: "A claim", str: "A source"}[about]
        raise UsageError(f"{called} is not graded {value!r}; it takes {takes[about]}.")
