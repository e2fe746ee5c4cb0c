"""The clusters of a case and the questions between them, kept as events come and go.

Clusters grow along bridges only. So what a change can touch is the neighbourhood of its events: all that bridges lead
to from them, before the change or after it. Every other cluster stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from muniment.linker.cluster import Cluster, Clustered, Clustering, question, standing
from muniment.linker.compare import Comparison, compare
from muniment.linker.event import Event, join
from muniment.linker.places import Places

Pair = tuple[int, int]
Links = dict[int, dict[int, Comparison]]


class Clusters:
    """Which events are one incident, and what may be. A cluster is named by the first of its members.

    Args:
        events: by number; those gone stay until the update is over.
        places: to compare places.
    """

    def __init__(self, events: Mapping[int, Event], places: Places) -> None:
        self._events = events
        self._places = places
        self._bridges: Links = {}
        self._grey: Links = {}
        self._ruled: Links = {}
        self._foes: dict[int, set[int]] = {}
        self._rulings: tuple[frozenset[Pair], frozenset[Pair]] = (frozenset(), frozenset())
        self._hood: dict[int, tuple[int, ...]] = {}
        self._home: dict[int, int] = {}
        self.clusters: dict[int, Cluster] = {}
        self.questions: Links = {}

    def order(self, n: int) -> str:
        """What clusters and events are ordered by."""
        return self._events[n].id

    def listed(self) -> Clustered:
        """All clusters in order, by position, with what brought each together and the questions between them."""
        order = sorted(self.clusters, key=self.order)
        at = {cid: n for n, cid in enumerate(order)}
        held = [self.clusters[cid] for cid in order]
        return Clustered(
            [[self._events[n] for n in cluster.members] for cluster in held],
            [cluster.joint for cluster in held],
            {n: cluster.steps for n, cluster in enumerate(held) if cluster.steps},
            {
                (at[x], at[y]): found
                for x, across in self.questions.items()
                for y, found in across.items()
                if at[x] < at[y]
            },
        )

    def update(
        self,
        gone: Iterable[int],
        came: Iterable[int],
        pairs: Iterable[Pair],
        dropped: Iterable[Pair],
        rulings: tuple[frozenset[Pair], frozenset[Pair]],
    ) -> set[int]:
        """Take events out and others in.

        Args:
            gone: events that are no more.
            came: new events, and those whose traits changed.
            pairs: to compare, or to compare again.
            dropped: pairs that no block holds any more.
            rulings: pairs that a person ruled are one, and are not one.

        Returns:
            clusters that are new or other than they were; those that are no more are left out of `clusters`.
        """
        left = set(gone)
        unsettled = {*came, *self._rule(rulings)}
        asked = set(unsettled)
        for n in left:
            unsettled.update(self._hood.get(n, ()))
            for links, moved in ((self._bridges, unsettled), (self._grey, asked)):
                for m in links.pop(n, {}):
                    del links[m][n]
                    moved.add(m)
        for a, b in dropped:
            self._set(a, b, None, None, unsettled, asked)
        for a, b in pairs:
            found = compare(self._events[a], self._events[b], self._places)
            what = standing(self._events[a], self._events[b], found)
            bridge, grey = found if what == "bridge" else None, found if what == "grey" else None
            self._set(a, b, bridge, grey, unsettled, asked)
        changed = self._settle(unsettled, left)
        self._ask({self._home[n] for n in asked - left} | changed)
        return changed

    def _set(
        self,
        a: int,
        b: int,
        bridge: Comparison | None,
        grey: Comparison | None,
        unsettled: set[int],
        asked: set[int],
    ) -> None:
        for links, found, moved in ((self._bridges, bridge, unsettled), (self._grey, grey, asked)):
            if links.get(a, {}).get(b) is found:
                continue
            moved.update((a, b))
            if found is None:
                del links[a][b], links[b][a]
            else:
                links.setdefault(a, {})[b] = links.setdefault(b, {})[a] = found

    def _rule(self, rulings: tuple[frozenset[Pair], frozenset[Pair]]) -> set[int]:
        """Take over what people ruled; the events on which that changed."""
        if rulings == self._rulings:
            return set()
        moved = {n for now, was in zip(rulings, self._rulings, strict=True) for pair in now ^ was for n in pair}
        self._rulings = rulings
        self._ruled, self._foes = {}, {}
        for a, b in rulings[0]:
            self._ruled.setdefault(a, {})[b] = self._ruled.setdefault(b, {})[a] = RULED
        for a, b in rulings[1]:
            self._foes.setdefault(a, set()).add(b)
            self._foes.setdefault(b, set()).add(a)
        return moved

    def _settle(self, unsettled: set[int], left: set[int]) -> set[int]:
        pool = {m for n in unsettled for m in (n, *self._hood.get(n, ()))} - left
        before: dict[int, Cluster] = {}
        for n in pool | left:
            self._hood.pop(n, None)
            cid = self._home.pop(n, None)
            if cid is not None and cid in self.clusters:
                before[cid] = self.clusters.pop(cid)
        changed = set()
        for hood in self._hoods(pool):
            for cluster in self._grown(hood):
                cid = cluster.members[0]
                self.clusters[cid] = cluster
                self._home.update(dict.fromkeys(cluster.members, cid))
                if before.get(cid) != cluster:
                    changed.add(cid)
        for cid in before:
            for other in self.questions.pop(cid, {}) if cid not in self.clusters else ():
                self.questions[other].pop(cid, None)
        return changed

    def _hoods(self, pool: set[int]) -> Iterator[tuple[int, ...]]:
        seen: set[int] = set()
        for start in pool:
            if start in seen:
                continue
            seen.add(start)
            hood, todo = [start], [start]
            while todo:
                here = todo.pop()
                for links in (self._bridges, self._ruled):
                    for n in links.get(here, ()):
                        if n not in seen:
                            seen.add(n)
                            hood.append(n)
                            todo.append(n)
            ordered = tuple(sorted(hood, key=self.order)) if len(hood) > 1 else (start,)
            if len(hood) > 1:
                self._hood.update(dict.fromkeys(ordered, ordered))
            yield ordered

    def _grown(self, hood: tuple[int, ...]) -> Iterator[Cluster]:
        if len(hood) == 1:
            event = self._events[hood[0]]
            yield Cluster(hood, event, event)
            return
        at = {n: position for position, n in enumerate(hood)}
        events = [self._events[n] for n in hood]
        bridges = {
            (at[n], at[m]): found for n in hood for m, found in self._bridges.get(n, {}).items() if at[n] < at[m]
        }
        together, apart = (
            {(min(at[a], at[b]), max(at[a], at[b])) for a, b in ruled if a in at and b in at} for ruled in self._rulings
        )
        for cluster in Clustering(events, self._places, together, apart).run(bridges):
            joint = join([events[n] for n in cluster.members])
            yield Cluster(tuple(hood[n] for n in cluster.members), cluster.grown, joint, cluster.steps)

    def _ask(self, clusters: Iterable[int]) -> None:
        """Find again which other clusters each may be one with."""
        done: set[int] = set()
        for x in clusters:
            for y in [y for y in self.questions.get(x, ()) if y not in done]:
                del self.questions[x][y], self.questions[y][x]
            done.add(x)
            across: dict[int, Comparison] = {}
            for n in self.clusters[x].members:
                for links in (self._grey, self._bridges):
                    for m, found in links.get(n, {}).items():
                        y = self._home[m]
                        known = across.get(y)
                        if y not in done and (
                            known is None or (-found.score, found.marks) < (-known.score, known.marks)
                        ):
                            across[y] = found
            for y, found in across.items():
                if not self._ruled_apart(x, y) and question(self.clusters[x], self.clusters[y], self._places):
                    self.questions.setdefault(x, {})[y] = self.questions.setdefault(y, {})[x] = found

    def _ruled_apart(self, x: int, y: int) -> bool:
        others = set(self.clusters[y].members) if self._foes else set()
        return any(self._foes.get(n, set()) & others for n in self.clusters[x].members) if others else False


RULED = Comparison(0.0, ())
