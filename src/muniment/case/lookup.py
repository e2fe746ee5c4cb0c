"""Many rows at once, for pages: what one page needs comes in a few queries, however large the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from muniment.case import sources
from muniment.case.exporting import protected
from muniment.case.lexicon import load_lexicon
from muniment.case.settling import active, out_of_case
from muniment.case.site import Site, entry_of
from muniment.case.views import Page, Question, Unread, UnresolvedName
from muniment.errors import NotFound, UsageError
from muniment.exports.redaction import Withheld
from muniment.ledger import Entry
from muniment.model import Claim, Document, Exhibit, Flag, Incident, Person, Place, Relation, Sighting
from muniment.store import queries, received

_LAST: dict[tuple[object, ...], sources.Statements] = {}


class Lookup:
    """Rows of a case by many ids; ids that name nothing are left out."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def state(self) -> str:
        """A word that changes when anything in the case has: the last entry of its ledger."""
        with self._site.reading() as connection:
            last = received.last_entry(connection)
        return "empty" if last is None else last.hash

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by id."""
        with self._site.reading() as connection:
            return queries.several(connection, Document, ids)

    def documents_in(self, exhibit: str) -> tuple[Document, ...]:
        """The documents that were read from one exhibit, in their order."""
        with self._site.reading() as connection:
            return queries.documents_of(connection, exhibit)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id."""
        with self._site.reading() as connection:
            return queries.several(connection, Claim, ids)

    def incidents(self, ids: Iterable[str]) -> dict[str, Incident]:
        """Incidents by id."""
        with self._site.reading() as connection:
            return queries.several(connection, Incident, ids)

    def persons(self, ids: Iterable[str]) -> dict[str, Person]:
        """People by id, protected as derived or decided."""
        with self._site.reading() as connection:
            found = queries.several(connection, Person, ids)
            decisions = active(received.all_decisions(connection))
        return {person.id: person for person in protected(tuple(found.values()), decisions)}

    def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """Places by id."""
        with self._site.reading() as connection:
            gazetteer = load_lexicon(connection).lexicon.gazetteer
        found = ((id_, gazetteer.get(id_)) for id_ in dict.fromkeys(ids))
        return {id_: place for id_, place in found if place is not None}

    def incidents_of(self, claims: Iterable[str]) -> dict[str, str]:
        """Claim id to the id of its incident, where it has one."""
        with self._site.reading() as connection:
            return queries.incidents_of(connection, claims)

    def claim_numbers(self, documents: Iterable[str]) -> dict[str, int]:
        """Document id to how many claims it makes."""
        with self._site.reading() as connection:
            return queries.claim_numbers(connection, documents)

    def relations(self, ids: Iterable[str]) -> list[Relation]:
        """Relations that name any of these ids, each once."""
        with self._site.reading() as connection:
            return queries.relations_among(connection, ids)

    def flags(self, ids: Iterable[str]) -> list[Flag]:
        """Flags about any of these ids, each once."""
        with self._site.reading() as connection:
            return queries.flags_among(connection, ids)

    def questions(self, limit: int, offset: int = 0) -> Page[Question]:
        """Some of what only a person can decide, most telling first."""
        with self._site.reading() as connection:
            return Page(*queries.ranked_page(connection, Question, "questions", limit, offset))

    def unresolved(self, limit: int, offset: int = 0) -> Page[UnresolvedName]:
        """Some words for places that stay unresolved, those that hold up most claims first."""
        with self._site.reading() as connection:
            return Page(*queries.ranked_page(connection, UnresolvedName, "unresolved", limit, offset))

    def unread(self, limit: int | None = None, offset: int = 0) -> Page[Unread]:
        """Exhibits that are sealed but not read, each with why."""
        with self._site.reading() as connection:
            total = queries.counts(connection)["unread"]
            rows = queries.unread_ids(connection, limit, offset)
            exhibits = {exhibit.id: exhibit for exhibit in received.all_exhibits(connection, [id_ for id_, _ in rows])}
        found = ((exhibits[id_], reason) for id_, reason in rows if id_ in exhibits)
        return Page(
            tuple(
                Unread(exhibit.sightings[0].name if exhibit.sightings else exhibit.id, reason or "", exhibit.why or "",
                       exhibit.id)
                for exhibit, reason in found
            ),
            total,
        )  # fmt: skip

    def exhibit(self, id_: str) -> Exhibit:
        """The exhibit with this SHA-256, or one that begins so, as stated and decided.

        Raises:
            NotFound: where there is none.
            UsageError: where several begin so.
        """
        with self._site.reading() as connection:
            found = queries.exhibit_ids(connection, id_)
            if not found:
                raise NotFound(f"No exhibit of this case has the id {id_}.")
            if len(found) > 1 and id_ not in found:
                raise UsageError(f"Several ids begin with {id_}; give more of it.")
            wanted = id_ if id_ in found else found[0]
            (exhibit,) = received.all_exhibits(connection, [wanted])
            said = self._statements(
                received.all_sightings(connection, received.exhibits_of_role(connection, "sources_csv"))
            )
            gone = out_of_case(active(received.all_decisions(connection)))
        stated = sources.state_sightings(exhibit, said)
        if wanted not in gone:
            return stated
        return Exhibit(
            stated.id, stated.bytes, stated.media_type, stated.encoding, stated.text_sha256, gone[wanted], None,
            stated.sightings,
        )  # fmt: skip

    def _statements(self, seen: Mapping[str, Sequence[tuple[int, Sighting]]]) -> sources.Statements:
        """The sources.csv files, parsed; the last ones are kept, for pages ask for the same again and again."""
        key = tuple((id_, tuple(seq for seq, _ in sightings)) for id_, sightings in sorted(seen.items()))
        known = _LAST.get(key)
        if known is None:
            files = []
            for id_, sightings in seen.items():
                with self._site.vault.open(id_) as stream:
                    files.append((stream.read(), sightings))
            known = sources.statements(files)
            _LAST.clear()
            _LAST[key] = known
        return known

    def withheld(self) -> Withheld:
        """The names of protected people, for what must not show them: addresses, titles of pages, lists."""
        with self._site.reading() as connection:
            decisions = received.all_decisions(connection)
            people, _ = queries.person_page(connection, None, 0)
        return Withheld.of(protected(people, active(decisions)), (), decisions)

    def newest_entries(self, limit: int, offset: int = 0) -> Page[Entry]:
        """Ledger entries, newest first."""
        with self._site.reading() as connection:
            total = received.count_entries(connection)
            first = max(0, total - offset - limit)
            number = max(0, min(limit, total - offset))
            rows = [entry_of(row) for row in received.iter_entries(connection, limit=number, offset=first)]
        return Page(tuple(reversed(rows)), total)
