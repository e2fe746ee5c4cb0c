"""Link and tally the whole case: claims with decisions applied become incidents, relations, flags and figures.

The result is a function of the set of claims and the decisions in force; it is skipped where neither changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from muniment import ledger, linker, tally
from muniment.case import lexicon as case_lexicon
from muniment.case import tables
from muniment.case.questions import ask, unresolved_names
from muniment.case.settling import Settled, active, out_of_case, settle
from muniment.case.site import Site, entry_of
from muniment.case.versions import versions
from muniment.model import Claim, Decision, Document, Flag, Incident, PersonMention
from muniment.plugins import Lexicon, room_digest
from muniment.store import derived, queries, received
from muniment.store.codec import load

Progress = Callable[[str, int, int], None]
ROOMS = ("extractors", "linker", "tally", "readers", "reference", "model")

UNDER_WAY = "deriving"
"""Set while derived rows are ahead of what the last build logged: a build is at work, or was interrupted."""


def link_case(site: Site, progress: Progress, notes: list[str]) -> None:
    """Link and tally where anything changed, and log the build with the digest of all derived rows."""
    with site.reading() as connection:
        digest = _digest(connection)
        last = received.get_meta(connection, "linked")
    if last == digest:
        with site.transaction() as connection:
            received.set_meta(connection, UNDER_WAY, "")
        return
    progress("link", 0, 2)
    with site.transaction() as connection:
        linked = link_stored(connection, site.linking)
        linkage, claims, documents, settled = linked.linkage, linked.claims, linked.documents, linked.settled
        progress("tally", 1, 2)
        incidents = tallied(linked)
        relations = [*linkage.relations, *versions(connection, documents)]
        flags = [
            *linkage.flags,
            *tally.gaps(incidents),
            *_lost_flags(settled, linked.lost_incidents),
            *_language_flags(documents.values()),
            *tables.flags(iter(documents.values())),
        ]
        incident_of = {id_: incident.id for incident in incidents for id_ in incident.claims}
        derived.settle_claims(
            connection,
            {id_: claims[id_] for id_ in settled.claims},
            [claims[id_] for id_ in settled.added],
            incident_of,
        )
        derived.put_linked(connection, incidents, relations, flags, linkage.persons)
        names = unresolved_names(claims.values(), linked.lexicon.gazetteer)
        questions = ask(incidents, claims, relations, names, settled.lost, linked.lexicon.gazetteer)
        derived.put_questions(connection, questions, names)
        received.set_meta(connection, "linked", digest)
        received.set_meta(connection, UNDER_WAY, "")
        counts = queries.counts(connection)
        site.log(
            connection,
            "build",
            {
                "tools": {room: room_digest(f"muniment.{room}") for room in ROOMS},
                "counts": counts,
                "derived": ledger.digest_rows(derived.derived_rows(connection)),
            },
        )
    progress("tally", 2, 2)


@dataclass(frozen=True, slots=True)
class Linked:
    """The case's claims with decisions applied, linked, before any figure is made."""

    linkage: linker.Linkage
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    rulings: linker.Rulings
    settled: Settled
    lost_incidents: Sequence[tuple[Decision, str]]
    lexicon: Lexicon


def link_stored(connection: sa.Connection, memory: linker.Memory) -> Linked:
    """Link what is stored, under the decisions in force. Writes nothing.

    Args:
        connection: to the case's tables.
        memory: of the last linking; what has not changed since is not linked again.
    """
    lexicon = case_lexicon.load_lexicon(connection).lexicon
    decisions = active(received.all_decisions(connection))
    gone = out_of_case(decisions)
    payloads = derived.document_payloads(connection)
    documents = {id_: load(Document, payload) for id_, payload in payloads.items()}
    documents = {id_: d for id_, d in documents.items() if d.exhibit not in gone}
    raw = [claim for claim in derived.raw_claims(connection) if claim.document in documents]
    settled = settle(raw, documents, decisions, _Texts(connection).get)
    kept, lost_incidents = kept_incidents(decisions, settled)
    rulings = replace(
        rulings_of(decisions, settled, kept),
        tally_rule=str(lexicon.settings.get("tally_rule") or tally.DEFAULT_RULE),
    )
    standing = [c for c in settled.everything().values() if c.review.state != "rejected"]
    linkage = memory.link(standing, documents, lexicon, rulings, kept)
    claims = with_persons(settled, linkage.person_of)
    return Linked(linkage, claims, documents, rulings, settled, lost_incidents, lexicon)


def altered(site: Site) -> bool:
    """Whether the derived rows are other than those the last build logged, and no build since was interrupted."""
    with site.reading() as connection:
        last = received.last_entry_of(connection, ("build",))
        if last is None or received.get_meta(connection, UNDER_WAY):
            return False
        payload = entry_of(last).payload
        return not isinstance(payload, dict) or payload.get("derived") != ledger.digest_rows(
            derived.derived_rows(connection)
        )


def begin(site: Site, *, again: bool) -> None:
    """Note that derived rows are about to change; `again`: everything is to be derived from what is sealed."""
    with site.transaction() as connection:
        received.set_meta(connection, UNDER_WAY, "yes")
        if again:
            derived.make_stale(connection)
            received.set_meta(connection, "linked", "")


class _Texts:
    """Texts of exhibits, fetched when asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._texts: dict[str, str] = {}

    def get(self, exhibit: str) -> str:
        if exhibit not in self._texts:
            self._texts[exhibit] = derived.text_of(self._connection, exhibit) or ""
        return self._texts[exhibit]


def _digest(connection: sa.Connection) -> str:
    digest = hashlib.sha256()
    for room in ("linker", "tally", "case"):
        digest.update(room_digest(f"muniment.{room}").encode())
    digest.update(case_lexicon.load_lexicon(connection).digest.encode())
    for id_, made_under in sorted(derived.extraction_digests(connection).items()):
        digest.update(f"{id_} {made_under}\n".encode())
    for exhibit, state in sorted(derived.reading_states(connection).items()):
        digest.update(f"{exhibit} {state.digest} {state.reason}\n".encode())
    for exhibit, met in sorted(received.all_sightings(connection).items()):
        for seq, sighting in met:
            digest.update(f"{exhibit} {seq} {sighting.folder}/{sighting.name}\n".encode())
    for decision in received.all_decisions(connection):
        digest.update(f"{decision.seq}\n".encode())
    return digest.hexdigest()


def kept_incidents(
    decisions: Iterable[Decision], settled: Settled
) -> tuple[dict[str, frozenset[str]], list[tuple[Decision, str]]]:
    """Incidents that decisions name, with the claims these had then as they are now; and those wholly lost.

    A decision on an incident keeps anchors of the incident's claims, under keys `incident/claim`.
    """
    present = settled.everything()
    kept: dict[str, set[str]] = {}
    named: dict[str, Decision] = {}
    for decision in decisions:
        rank = {id_: n for n, id_ in enumerate(decision.on)}
        # The order matters: of incidents that are joined the first keeps its id. Words are stored sorted by key.
        for key in sorted(decision.words, key=lambda key: (rank.get(key.partition("/")[0], len(rank)), key)):
            if "/" in key:
                incident, claim = key.split("/", 1)
                kept.setdefault(incident, set())
                named[incident] = decision
                now = settled.now_in(incident, claim)
                if now in present:
                    kept[incident].add(now)
    lost = [(named[incident], incident) for incident, claims in sorted(kept.items()) if not claims]
    return {incident: frozenset(claims) for incident, claims in kept.items() if claims}, lost


def rulings_of(decisions: Sequence[Decision], settled: Settled, kept: Mapping[str, frozenset[str]]) -> linker.Rulings:
    """What people decided about linking, in present ids."""
    pairs: dict[str, set[tuple[str, str]]] = {
        kind: set() for kind in ("same", "not_same", "part_of", "not_part_of", "same_person", "distinct_person")
    }
    merged: dict[str, str] = {}
    best: dict[str, object] = {}
    grades: dict[str, object] = {}
    for decision in decisions:
        on = tuple(settled.now(id_) for id_ in decision.on)
        if decision.kind in pairs and len(on) >= 2:
            opposite = {"same": "not_same", "part_of": "not_part_of", "same_person": "distinct_person"}
            opposite |= {b: a for a, b in opposite.items()}
            for other in on[1:]:
                pairs[decision.kind].add((on[0], other))
                # A later decision on the same pair rules over an earlier, contrary one.
                pairs[opposite[decision.kind]] -= {(on[0], other), (other, on[0])}
        elif decision.kind == "merge_place" and len(on) == 2:
            merged[on[0]] = on[1]
        elif decision.kind == "best_figure":
            _best_figure(decision, on, best, settled)
        elif decision.kind == "grade":
            grades.update({id_: decision.value for id_ in on if id_ in kept})
        elif decision.kind == "assign":
            _assign(decision, on, settled, pairs)
        elif decision.kind == "split":
            _split(decision, settled, pairs)
    return linker.Rulings(
        same=frozenset(pairs["same"]),
        not_same=frozenset(pairs["not_same"]),
        part_of=frozenset(pairs["part_of"]),
        not_part_of=frozenset(pairs["not_part_of"]),
        same_person=frozenset(pairs["same_person"]),
        distinct_person=frozenset(pairs["distinct_person"]),
        merge_place=merged,
        best_figure=best,
        grade=grades,
    )


def _best_figure(decision: Decision, on: Sequence[str], best: dict[str, object], settled: Settled) -> None:
    """One figure for each harm; a later decision on the same harm rules."""
    for id_ in on:
        value = decision.value
        if isinstance(value, str):  # the claim whose figure is to stand
            value = settled.now_in(id_, value)
        if isinstance(value, Mapping) and "harm" in value:
            known = best.get(id_)
            best[id_] = {**(known if isinstance(known, Mapping) else {}), str(value["harm"]): value.get("best")}
        else:
            best[id_] = value


def _assign(decision: Decision, on: Sequence[str], settled: Settled, pairs: dict[str, set[tuple[str, str]]]) -> None:
    """Into one incident, and out of those the claims were in: away from each claim that stays behind."""
    target = str(decision.value)
    for key in decision.words:
        incident, _, claim = key.rpartition("/")
        other = settled.now_in(incident, claim) if incident else ""
        if incident == target:
            pairs["same"].update((id_, other) for id_ in on if id_ != other)
        elif incident and other not in on:
            pairs["not_same"].update((id_, other) for id_ in on)


def _split(decision: Decision, settled: Settled, pairs: dict[str, set[tuple[str, str]]]) -> None:
    incident = decision.on[0]
    groups = [[settled.now_in(incident, str(id_)) for id_ in group] for group in decision.value or ()]
    for number, group in enumerate(groups):
        pairs["same"].update((group[0], other) for other in group[1:])
        for later in groups[number + 1 :]:
            pairs["not_same"].update((a, b) for a in group for b in later)


def with_persons(settled: Settled, person_of: Mapping[tuple[str, int], str]) -> dict[str, Claim]:
    """The claims with each person mentioned given the case's id."""
    out = settled.everything()
    for id_, claim in out.items():
        if claim.persons:
            people: tuple[PersonMention, ...] = tuple(
                replace(person, person=person_of.get((id_, n))) for n, person in enumerate(claim.persons)
            )
            out[id_] = replace(claim, persons=people)
    return out


def tallied(linked: Linked) -> list[Incident]:
    """The incidents with their figures and a grade suggested; parts are counted before what contains them."""
    linkage, claims, documents = linked.linkage, linked.claims, linked.documents
    lineage = linker.lineages(claims.values(), documents, linkage.relations)
    speakers = tally.Speakers(linked.lexicon.parties)
    return [
        replace(
            incident,
            tallies=tallies,
            suggested=tally.suggest(
                incident, [claims[id_] for id_ in incident.claims if id_ in claims], lineage, speakers
            ),
        )
        for incident, tallies in tally.tally_all(linkage, claims, documents, linked.rulings, lineage)
    ]


def _lost_flags(settled: Settled, incidents: Iterable[tuple[Decision, str]]) -> list[Flag]:
    lost = [
        Flag(
            "lost_decision", (str(d.seq), on), f"Decision {d.seq} ({d.kind}) no longer finds the words it was made on."
        )
        for d, on in settled.lost
        if "/" not in on
    ]
    return lost + [
        Flag("lost_decision", (str(d.seq), on), f"Decision {d.seq} ({d.kind}) names an incident whose claims are gone.")
        for d, on in incidents
    ]


def _language_flags(documents: Iterable[Document]) -> list[Flag]:
    return [
        Flag("unread_language", (d.id,), f"{d.title or d.file}: not extracted: {d.not_extracted}.")
        for d in documents
        if d.not_extracted is not None and d.not_extracted.startswith("no pack")
    ]
