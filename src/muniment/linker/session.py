"""Linking as documents come and go: what each says, its copies, its blocks, its neighbourhood; the rest stays.

What a session holds is a function of the claims, documents and rulings of the case now, whatever came and went before.
"""

from __future__ import annotations

import gc
import itertools
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from muniment.linker import blocks, copies, crowds, local
from muniment.linker.clusters import Clusters
from muniment.linker.compare import Comparison, compare
from muniment.linker.event import Event
from muniment.linker.linking import linkage
from muniment.linker.places import Places
from muniment.linker.rulings import Linkage, Pair, Ruled, Rulings
from muniment.model import Claim, Document
from muniment.plugins import Lexicon


def link(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    lexicon: Lexicon,
    rulings: Rulings,
    kept: Mapping[str, frozenset[str]],
) -> Linkage:
    """Bring claims together as incidents, and say how they stand to each other.

    Args:
        claims: of the case, in any order, decisions applied, rejected ones left out.
        documents: by id.
        lexicon: the case's places.
        rulings: what people decided about linking; it binds.
        kept: incidents that decisions name, with the claims they had, oldest first; their ids stay.
    """
    return Memory().link(claims, documents, lexicon, rulings, kept)


class Memory:
    """What is kept of the last linking of a case, for the next one.

    While places, rulings and kept ids are the same, only documents that are new, gone or changed are linked again;
    else all of them are. The outcome is the same.
    """

    def __init__(self) -> None:
        self._session: Session | None = None
        self._terms: tuple[object, ...] = ()
        self._in_use = threading.Lock()

    def link(
        self,
        claims: Iterable[Claim],
        documents: Mapping[str, Document],
        lexicon: Lexicon,
        rulings: Rulings,
        kept: Mapping[str, frozenset[str]],
    ) -> Linkage:
        """As `link`."""
        terms = (lexicon.gazetteer.digest, rulings, dict(kept))
        with self._in_use:
            known, self._session = self._session, None
            session = known if known is not None and terms == self._terms else Session(lexicon, rulings, kept)
            session.bring(claims, documents)
            found = session.linkage()
            self._session, self._terms = session, terms
        return found


def _by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    told: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        told.setdefault(claim.document, []).append(claim)
    return told


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Linking makes millions of objects and no cycles; looking for cycles among them takes a sixth of the time."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


class Session:
    """What linking remembers of a case's claims, so that a document that comes or goes is linked alone.

    It is a function of the claims, documents and rulings it holds now, whatever came and went before.
    """

    def __init__(self, lexicon: Lexicon, rulings: Rulings, kept: Mapping[str, frozenset[str]]) -> None:
        self._places = Places(lexicon.gazetteer, rulings.merge_place)
        self._rulings = rulings
        self._kept = kept
        self._documents: dict[str, Document] = {}
        self._accounts: dict[str, list[Claim]] = {}
        self._foes: dict[str, frozenset[str]] = {}
        self._standing: frozenset[str] = frozenset()
        self._home: dict[str, int] = {}
        self._told: dict[str, list[int]] = {}
        self._events: dict[int, Event] = {}
        self._numbers = itertools.count()
        self._copies = copies.Copies()
        self._blocks = blocks.Blocks(self._places, self._events)
        self._clusters = Clusters(self._events, self._places)

    def update(self, told: Mapping[str, tuple[Document | None, Sequence[Claim]]]) -> None:
        """Let documents say what they say now.

        Args:
            told: document id to the document and all claims it makes; none where it is gone.
        """
        with _collector_at_rest():
            self._update(told)

    def bring(self, claims: Iterable[Claim], documents: Mapping[str, Document]) -> None:
        """Let the case hold these claims and no others; only documents that say something else are linked again."""
        told = _by_document(claims)
        now = {
            id_: (documents.get(id_), account)
            for id_, account in told.items()
            if account != self._accounts.get(id_) or documents.get(id_) != self._documents.get(id_)
        }
        gone: dict[str, tuple[Document | None, Sequence[Claim]]] = dict.fromkeys(
            self._accounts.keys() - told.keys(), (None, ())
        )
        self.update(gone | now)

    def linkage(self) -> Linkage:
        """What the claims speak of."""
        with _collector_at_rest():
            return linkage(self._clusters, self._copies, self._documents, self._places, self._ruled())

    def compared(self) -> Iterator[tuple[str, str, Comparison]]:
        """Every pair of accounts that is compared, by the id of each, and the comparison."""
        for a, b in sorted(self._blocks.all()):
            one, other = self._events[a], self._events[b]
            yield one.id, other.id, compare(one, other, self._places)

    def _update(self, told: Mapping[str, tuple[Document | None, Sequence[Claim]]]) -> None:
        gone_claims = [claim.id for document in told for claim in self._accounts.pop(document, ())]
        for id_, (document, claims) in sorted(told.items()):
            if document is not None:
                self._documents[id_] = document
            else:
                self._documents.pop(id_, None)
            if claims:
                self._accounts[id_] = sorted(claims, key=lambda claim: claim.id)
        came_claims = [claim for id_ in told for claim in self._accounts.get(id_, ())]
        recopied = self._copies.update(gone_claims, came_claims, self._documents)
        gone, came = self._tell(sorted({*told, *recopied, *self._ruled_otherwise()}))
        first = len(came) == len(self._events)
        pairs, dropped, touched = self._blocks.update(gone, came)
        crowded = self._recrowd(came if first else self._of_blocks(touched))
        if not first:
            for n in crowded.difference(came):
                pairs |= self._blocks.with_event(n)
        ruled = self._ruled()
        rulings = self._positions(ruled, self._rulings.same), self._positions(ruled, self._rulings.not_same)
        self._clusters.update(gone, {*came, *crowded}, pairs, dropped, (rulings[0] - rulings[1], rulings[1]))
        for n in gone:
            del self._events[n]

    def _ruled(self) -> Ruled:
        """The rulings, and of the claims present those that rulings speak of."""
        rulings = self._rulings
        pairs = itertools.chain(rulings.same, rulings.not_same, rulings.part_of, rulings.not_part_of)
        named = {id_ for pair in pairs for id_ in pair}.union(*self._kept.values())
        return Ruled(rulings, self._kept, frozenset(id_ for id_ in named if id_ in self._copies.claims))

    def _ruled_otherwise(self) -> set[str]:
        """The documents of claims that rulings now set apart, or let stand, otherwise than before."""
        ruled = self._ruled()
        apart: dict[str, set[str]] = {}
        for a, b in ruled.pairs(self._rulings.not_same):
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
        foes = {id_: frozenset(others) for id_, others in apart.items()}
        standing = ruled.standing()
        changed = {id_ for id_ in foes.keys() | self._foes.keys() if foes.get(id_) != self._foes.get(id_)}
        changed |= standing ^ self._standing
        self._foes, self._standing = foes, standing
        return {self._copies.claims[id_].document for id_ in changed if id_ in self._copies.claims}

    def _positions(self, ruled: Ruled, pairs: Iterable[Pair]) -> frozenset[tuple[int, int]]:
        found = {(self._home[a], self._home[b]) for a, b in ruled.pairs(pairs) if a in self._home and b in self._home}
        return frozenset((min(a, b), max(a, b)) for a, b in found if a != b)

    def _tell(self, documents: Iterable[str]) -> tuple[list[int], list[int]]:
        """Put together again what each of these documents says of one event: events that are no more, new events."""
        gone: list[int] = []
        fresh: list[Event] = []
        for id_ in documents:
            account = self._accounts.get(id_, [])
            sentences = self._copies.sentence_keys(account)
            now = local.local_events(
                account, self._documents.get(id_), self._places, self._foes, sentences, self._standing
            )
            had = {self._events[n].id: n for n in self._told.pop(id_, ())}
            stay = []
            for event in now:
                n = had.get(event.id)
                if n is not None and self._events[n] == replace(event, crowd=self._events[n].crowd):
                    stay.append(had.pop(event.id))
                else:
                    fresh.append(event)
            if stay:
                self._told[id_] = stay
            for n in had.values():
                gone.append(n)
                for claim in self._events[n].claims:
                    self._home.pop(claim, None)
        came = []
        for event in sorted(fresh, key=lambda event: event.id):
            n = next(self._numbers)
            came.append(n)
            self._events[n] = event
            self._told.setdefault(min(event.documents), []).append(n)
            self._home.update(dict.fromkeys(event.claims, n))
        return gone, came

    def _of_blocks(self, touched: Iterable[blocks.Key]) -> set[int]:
        """The events that stand on a day at a place of their own of which a block changed."""
        found: set[int] = set()
        for key in touched:
            if len(key) == 5 and key[1] is False and key[2] == "day":
                found.update(n for n in self._blocks.members(key) if key[4] in self._events[n].places)
        return found

    def _recrowd(self, numbers: Iterable[int]) -> set[int]:
        """Count again how crowded the day and place of events are; those of which it changed."""
        told: dict[blocks.Key, int] = {}
        changed = set()
        for n in numbers:
            event = self._events[n]
            crowd = 1
            for key in crowds.keys(event, self._places):
                if key not in told:
                    told[key] = crowds.told_apart([self._events[m] for m in self._blocks.members(key)])
                crowd = max(crowd, told[key])
            if crowd != event.crowd:
                self._events[n] = replace(event, crowd=crowd)
                changed.add(n)
        return changed
