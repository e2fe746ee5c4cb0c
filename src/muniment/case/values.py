"""What a decision may be about and which value it takes: checked before it is logged, since a log keeps errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from muniment import tally
from muniment.case.lexicon import load_lexicon
from muniment.case.proposer_setting import proposer_setting
from muniment.case.settling import source_name
from muniment.errors import NotFound, UsageError
from muniment.model import Claim, Document, Incident, Person
from muniment.model.vocabulary import HARMS, IncidentGrade, PartyKind
from muniment.store import queries

ABOUT: Mapping[str, tuple[type, ...]] = {
    "accept": (Claim,),
    "reject": (Claim,),
    "correct": (Claim,),
    "assign": (Claim,),
    "same": (Claim, Incident),
    "not_same": (Claim, Incident),
    "part_of": (Claim, Incident),
    "not_part_of": (Claim, Incident),
    "split": (Incident,),
    "best_figure": (Incident, Claim),
    "grade": (Incident, Claim),
    "add_claim": (Document,),
    "set_document": (Document,),
    "same_person": (Person,),
    "distinct_person": (Person,),
    "set_aside": (str,),
    "withdraw": (str,),
    "erase": (str,),
}
"""The kinds of things a decision may be about; an exhibit is its SHA-256. Kinds not listed take anything."""

_CALLED = {Claim: "a claim", Incident: "an incident", Document: "a document", Person: "a person", str: "an exhibit"}


def check_about(kind: str, id_: str, found: object) -> None:
    """See that a decision is about what it can be about.

    Raises:
        UsageError: where it is not.
    """
    wanted = ABOUT.get(kind)
    if wanted is not None and not isinstance(found, wanted):
        raise UsageError(f"{kind} is about {' or '.join(_CALLED[each] for each in wanted)}; {id_} is not one.")


def check_place(connection: sa.Connection, id_: object) -> None:
    """See that the case knows a place.

    Raises:
        NotFound: where none of its gazetteers has it.
    """
    if not isinstance(id_, str) or load_lexicon(connection).lexicon.gazetteer.get(id_) is None:
        raise NotFound(f"No place of this case has the id {id_}; `muniment places` lists those it knows.")


def check_source(connection: sa.Connection, name: str) -> None:
    """See that someone of this name speaks in the case: publishes a document, or is cited.

    Raises:
        NotFound: where nobody does.
    """
    wanted = source_name(name)
    if any(source_name(publisher) == wanted for publisher in queries.publishers(connection)):
        return
    claims, _ = queries.claim_page(connection, None, 0)
    if not any(source_name(link.who) == wanted for claim in claims for link in claim.source):
        raise NotFound(
            f"No source of this case is called {name}, and nothing has that id; `show` a claim names its sources."
        )


def groups_of(incident: Incident, value: Any) -> list[list[str]]:
    """How a split parts an incident's claims: the claims to take out, or lists of them, and those that stay.

    Raises:
        UsageError: where they are not claims of the incident, or nothing is parted.
    """
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not given:
        raise UsageError("split takes the claims to take out of the incident, as a JSON list of ids.")
    lists = [[str(id_) for id_ in group] for group in given if isinstance(group, list | tuple)]
    single = [str(id_) for id_ in given if not isinstance(id_, list | tuple)]
    groups = [[_claim_of(incident, id_) for id_ in group] for group in (*lists, single) if group]
    taken = [id_ for group in groups for id_ in group]
    if len(set(taken)) < len(taken):
        raise UsageError("split names a claim twice; each goes to one side.")
    if rest := [id_ for id_ in incident.claims if id_ not in taken]:
        groups.append(rest)
    if len(groups) < 2:
        raise UsageError("That would take every claim out together, which parts nothing.")
    return groups


def _claim_of(incident: Incident, id_: str) -> str:
    found = [claim for claim in incident.claims if claim.startswith(id_)]
    if len(found) != 1:
        raise UsageError(f"{id_} is not the beginning of one claim's id in incident {incident.id}.")
    return found[0]


def check_figure(value: Any) -> None:
    """See that a decided figure is one.

    Raises:
        UsageError: where it is not.
    """
    if isinstance(value, Mapping):
        figures = {value["harm"]: value.get("best")} if "harm" in value else dict(value)
        sound = bool(figures) and all(harm in HARMS and _whole(number) for harm, number in figures.items())
    else:
        sound = _whole(value) or isinstance(value, str)
    if not sound:
        raise UsageError('best_figure takes a harm and a whole number, for example {"harm": "killed", "best": 12}.')


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def check_setting(name: str, value: Any) -> None:
    """See that a setting has a value that can be worked with.

    Raises:
        UsageError: where it has not, saying what it takes.
    """
    if name == "proposer":
        try:
            proposer_setting(value)
        except ValueError as error:  # the value is not repeated: a key may stand in it
            raise UsageError(f"The setting proposer cannot be used: {error}.") from None
    try:
        sound = _SETTINGS[name](value)
    except (TypeError, ValueError, KeyError):
        sound = False
    if not sound:
        raise UsageError(f"The setting {name} does not take {value!r}; docs/reference/settings.md says what it takes.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _are_parties(value: Any) -> bool:
    return isinstance(value, list) and all(
        _is_text(row["id"]) and row["names"] and _are_texts(row["names"]) and row.get("kind", "other") in _PARTY_KINDS
        for row in value
    )


def _is_zone(value: Any) -> bool:
    try:
        return bool(ZoneInfo(value).key)
    except ZoneInfoNotFoundError:
        return False


_PARTY_KINDS = frozenset(get_args(PartyKind))
_SETTINGS: Mapping[str, Callable[[Any], bool]] = {
    "title": _is_text,
    "parties": _are_parties,
    "tally_rule": lambda value: value in tally.RULES,
    "time_zone": _is_zone,
    "languages": _are_texts,
    "place_names": _is_text,
    "cutoff": lambda value: bool(dt.date.fromisoformat(value)),
    "proposer": lambda value: bool(proposer_setting(value)),
    "grades_included": lambda value: _are_texts(value) and set(value) <= set(get_args(IncidentGrade)),
}
SETTINGS = frozenset(_SETTINGS)
"""Names a `setting` decision may set (docs/reference/settings.md)."""
