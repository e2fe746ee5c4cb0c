"""The case's totals with what they are made from: scope, cut-off day, grades, and the state of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from muniment import tally
from muniment.case.lexicon import settings_of
from muniment.case.settling import active
from muniment.model import Headlines
from muniment.model.vocabulary import IncidentGrade
from muniment.store import queries, received

CHANGES_STATE = ("created", "received", "sighted", "decided", "build")
"""Ledger entries that change what a record says; never those that say exported, viewed or verified."""


def headlines(connection: sa.Connection) -> Headlines:
    """What the incidents of the last build come to, under the settings in force."""
    settings = settings_of(active(received.all_decisions(connection)))
    cutoff, grades = cutoff_of(settings), grades_of(settings)
    relations = [r for kind in ("part_of", "candidate") for r in queries.relations_of(connection, kind=kind)]
    chosen = tally.addends(queries.all_incidents(connection), relations, cutoff=cutoff, grades=grades)
    last = received.last_entry_of(connection, CHANGES_STATE)
    return tally.headlines(
        chosen,
        rule=str(settings.get("tally_rule") or tally.DEFAULT_RULE),
        cutoff=cutoff,
        grades=grades,
        seq=None if last is None else last.seq,
        hash=None if last is None else last.hash,
    )


def cutoff_of(settings: Mapping[str, Any]) -> dt.date | None:
    """The last day of the record, where the case sets one."""
    value = settings.get("cutoff")
    return None if value is None else dt.date.fromisoformat(str(value))


def grades_of(settings: Mapping[str, Any]) -> tuple[IncidentGrade, ...] | None:
    """The grades that count in totals, where the case sets them."""
    value = settings.get("grades_included")
    return None if value is None else tuple(value)
