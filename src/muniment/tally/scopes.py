"""What is known of the parts of a whole: which lie in which, and which count different people for certain.

Three things are known, and no more: a part lies in its wholes; two parts of one whole count different people unless
they were found to overlap or have a part in common; so do two single events, each of a few days and a spot, unless they
may be one. What is known of two incidents holds for all that lies in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muniment.linker.event import TIGHT_DAYS
from muniment.linker.places import FINE
from muniment.model import Incident, Relation
from muniment.tally.distinct import fewest

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Parts of one whole that may share people, all that lies in them, and who may share with whom."""

    members: tuple[str, ...]
    sharing: tuple[Pair, ...]


@dataclass(slots=True)
class Scopes:
    """The wholes of a case and what they hold.

    Attributes:
        parts: whole to its direct parts, sorted.
        overlaps: incident to those it may share people with.
        single: incidents of a few days and a spot.
    """

    parts: Mapping[str, tuple[str, ...]]
    overlaps: Mapping[str, frozenset[str]]
    single: frozenset[str]
    _inside: dict[str, frozenset[str]] = field(default_factory=dict)
    _groups: dict[str, tuple[_Group, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, incidents: Mapping[str, Incident], relations: Iterable[Relation], overlaps: Iterable[Pair]) -> Scopes:
        """What the linker found and people decided."""
        below: dict[str, set[str]] = {}
        for relation in relations:
            ends = relation.a in incidents and relation.b in incidents and relation.a != relation.b
            if relation.kind == "part_of" and relation.status != "rejected" and ends:
                below.setdefault(relation.b, set()).add(relation.a)
        may: dict[str, set[str]] = {}
        for a, b in overlaps:
            may.setdefault(a, set()).add(b)
            may.setdefault(b, set()).add(a)
        return cls(
            {whole: tuple(sorted(members)) for whole, members in below.items()},
            {one: frozenset(others) for one, others in may.items()},
            frozenset(id_ for id_, incident in incidents.items() if _is_single(incident)),
        )

    def upward(self, ids: Iterable[str]) -> list[str]:
        """Ids, parts before wholes; ties by id. A loop, which linking never makes, is cut at its largest id."""
        order: list[str] = []
        seen: set[str] = set()
        for start in sorted(ids):
            if start in seen:
                continue
            seen.add(start)
            todo = [(start, iter(self.parts.get(start, ())))]
            while todo:
                here, below = todo[-1]
                part = next((p for p in below if p not in seen), None)
                if part is None:
                    order.append(here)
                    todo.pop()
                else:
                    seen.add(part)
                    todo.append((part, iter(self.parts.get(part, ()))))
        return order

    def fewest(self, whole: str, figure: Callable[[str], int | None]) -> int:
        """The fewest people who make the figures of all that lies in a whole true.

        Args:
            whole: an incident with parts.
            figure: how many people an incident counts; what has no figure is looked through.
        """
        total = 0
        for group in self._grouped(whole):
            if group.sharing:
                total += fewest({member: figure(member) or 0 for member in group.members}, group.sharing)
            else:
                (part,) = group.members
                known = figure(part)
                total += self.fewest(part, figure) if known is None else known
        return total

    def _grouped(self, whole: str) -> tuple[_Group, ...]:
        known = self._groups.get(whole)
        if known is None:
            known = self._groups[whole] = tuple(self._group(whole))
        return known

    def _group(self, whole: str) -> Iterator[_Group]:
        near = self._near(whole)
        left = set(near)
        for start in sorted(near):
            if start not in left:
                continue
            group, todo = [start], [start]
            left.discard(start)
            while todo:
                fresh = near[todo.pop()] & left
                left -= fresh
                group += fresh
                todo += fresh
            yield _Group((start,), ()) if len(group) == 1 else self._shared(whole, group)

    def _near(self, whole: str) -> dict[str, set[str]]:
        """Each direct part of a whole with those that may share people with it: found to, or with a part in common."""
        near: dict[str, set[str]] = {part: set() for part in self.parts.get(whole, ())}
        holding: dict[str, list[str]] = {}
        for part in near:
            near[part].update(other for other in self.overlaps.get(part, ()) if other in near)
            for inner in self.within(part):
                for other in (others := holding.setdefault(inner, [])):
                    near[other].add(part)
                    near[part].add(other)
                others.append(part)
        return near

    def within(self, id_: str) -> frozenset[str]:
        """An incident and all that lies in it."""
        if id_ not in self.parts:
            return frozenset((id_,))
        known = self._inside.get(id_)
        if known is None:
            seen, todo = {id_}, [id_]
            while todo:
                fresh = set(self.parts.get(todo.pop(), ())) - seen
                seen |= fresh
                todo.extend(fresh)
            known = self._inside[id_] = frozenset(seen)
        return known

    def _shared(self, whole: str, group: Iterable[str]) -> _Group:
        """A group with all that lies in it, and every pair of these that is not known to count different people."""
        members = {inner for part in group for inner in self.within(part)}
        wholes = [whole, *sorted(members & self.parts.keys())]
        around: dict[str, set[str]] = {member: {member} for member in members}
        beside: dict[str, set[str]] = {member: set() for member in members}
        met: set[Pair] = set()
        for each in wholes:
            for part in self.parts[each]:
                if part in members:
                    beside[part].add(each)
            for inner in self.within(each):
                if each != whole and inner in around:
                    around[inner].add(each)
        nested = {(outer, inner) for inner, outers in around.items() for outer in outers if outer != inner}
        for each in wholes:
            for one, others in self._near(each).items():
                for other in others if one in members else ():
                    if one < other:
                        met.update((min(a, b), max(a, b)) for a, b in self._pairs(one, other) if a != b)
        met = {(a, b) for a, b in met - nested if (b, a) not in nested and self._may(around[a], around[b], beside)}
        return _Group(tuple(sorted(members)), tuple(sorted(nested | met)))

    def _pairs(self, one: str, other: str) -> Iterator[Pair]:
        """What lies in one beside what lies in the other; of single events only those that may be one."""
        for a in self.within(one):
            if a not in self.single:
                yield from ((a, b) for b in self.within(other))
            else:
                yield from ((a, b) for b in self.within(other) if b not in self.single)
                yield from ((a, b) for b in self.overlaps.get(a, ()) if b in self.within(other))

    def _may(self, a: Iterable[str], b: Iterable[str], beside: Mapping[str, set[str]]) -> bool:
        """Whether two incidents, each given with all it lies in, may share people for all that is known."""
        for one in a:
            for other in b:
                apart = not beside[one].isdisjoint(beside[other]) or (one in self.single and other in self.single)
                if (
                    apart
                    and other not in self.overlaps.get(one, ())
                    and self.within(one).isdisjoint(self.within(other))
                ):
                    return False
        return True


def _is_single(incident: Incident) -> bool:
    when, where = incident.when, incident.where
    if incident.kind == "aggregate" or when is None or when.earliest is None or when.latest is None:
        return False
    return where is not None and where.precision in FINE and (when.latest - when.earliest).days < TIGHT_DAYS
