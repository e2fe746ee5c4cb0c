"""Exhibits as stated and decided: addresses and collectors from sources.csv, states from decisions."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from muniment.case import sources
from muniment.case.settling import active, out_of_case
from muniment.case.site import Site
from muniment.model import Exhibit
from muniment.store import received


def load_statements(site: Site, connection: sa.Connection) -> sources.Statements:
    """The sources.csv files of the case, parsed."""
    seen = received.all_sightings(connection)
    files = []
    for id_ in received.exhibits_of_role(connection, "sources_csv"):
        with site.vault.open(id_) as stream:
            files.append((stream.read(), seen[id_]))
    return sources.statements(files)


def stated_exhibits(site: Site, connection: sa.Connection) -> list[Exhibit]:
    """Every exhibit with what sources.csv says of its sightings and what decisions say of its state."""
    said = load_statements(site, connection)
    gone = out_of_case(active(received.all_decisions(connection)))
    out = []
    for exhibit in received.all_exhibits(connection):
        stated = sources.state_sightings(exhibit, said)
        if exhibit.id in gone:
            stated = replace(stated, state=gone[exhibit.id], why=None)
        out.append(stated)
    return out
