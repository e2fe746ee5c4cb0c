"""Lists of people as counts: "her husband and two of their sons" is three; "two civilians, a woman and a child" two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from muniment.extractors.en.nouns import Group
from muniment.extractors.en.numbers import Quantity, age_of, as_figure
from muniment.extractors.en.tokens import Tokens
from muniment.model import Count, PersonMention
from muniment.model.vocabulary import VictimStatus

_TWO = frozenset(("parents", "twins", "grandparents", "couple"))


@dataclass(slots=True)
class Harmed:
    """Whom one claim is about: the group that gives count and status, over tokens `[first, last)`.

    `total` is the sum of a list of single people; `members` are the groups of the list.
    """

    group: Group
    first: int
    last: int
    total: int | None = None
    members: tuple[Group, ...] = ()
    persons: tuple[PersonMention, ...] = ()
    subsets: list[Group] = field(default_factory=list)
    least: Count | None = None
    """The count where the words name only some: "including a nurse and her mother"."""


_SORTS = frozenset(("man", "woman", "boy", "girl", "adult"))


class Lists:
    """Counts the people of one sentence's lists."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def counted(self, members: list[Group], subsets: list[Group]) -> list[Harmed]:
        """A list of people as claims: one for a list of single people, one each where each has its own figure."""
        if not members:
            return []
        members = self._without_appositions(members)
        lead = self.tokens.words[max(0, members[0].first - 2) : members[0].first]
        if len(lead) == 2 and lead[1] == "and" and lead[0] in ("she", "he", "i", "him", "her", "me"):
            worths = [self.worth(member) for member in members]
            if all(worth is not None for worth in worths):
                total = 1 + sum(worth or 0 for worth in worths)
                persons = _named_in(members)
                return [
                    Harmed(members[0], members[0].first - 2, members[-1].last, total, tuple(members), persons, subsets)
                ]
        if len(members) == 1:
            return [self.one(members[0], subsets)]
        numbers = [self.worth(member) for member in members]
        single = any(member.kind in ("one", "named", "many") for member in members)
        if single and all(number is not None for number in numbers):
            total = sum(number for number in numbers if number is not None)
            persons = _named_in(members)
            status = _status_of(members)
            groups = tuple(dict.fromkeys(name for member in members for name in member.groups))
            first = replace(members[0], status=status, groups=groups)
            return [Harmed(first, members[0].first, members[-1].last, total, tuple(members), persons, subsets)]
        return [self.one(member, subsets if member is members[-1] else []) for member in members]

    def one(self, group: Group, subsets: list[Group]) -> Harmed:
        """One group as those a claim is about; single people named among a bare plural are the least."""
        if group.kind == "bare" and subsets and all(subset.kind in ("one", "named") for subset in subsets):
            # "civilians, including a nurse and her mother": at least these two
            raw = self.tokens.raw(group.first, subsets[-1].last)
            least = Count.of("at_least", len(subsets), raw, unit=group.unit)
            persons = tuple(subset.person for subset in subsets if subset.person)
            names = tuple(dict.fromkeys(name for member in (group, *subsets) for name in member.groups))
            return Harmed(
                replace(group, groups=names),
                group.first,
                subsets[-1].last,
                None,
                (group, *subsets),
                persons,
                least=least,
            )
        persons = _named_in((group,))
        total = 2 if group.quantity is None and self.worth(group) == 2 else None
        return Harmed(group, group.first, group.last, total, (group,), persons, subsets)

    def worth(self, group: Group) -> int | None:
        """How many a member of a list counts for; None where its words leave it open."""
        head = self.tokens.words[group.head] if group.head is not None else ""
        if group.quantity is None and head in _TWO and not group.generic:
            return 2
        if group.generic or group.kind in ("bare", "nobody", "many"):
            return None
        return group.number

    def _without_appositions(self, members: list[Group]) -> list[Group]:
        """ "two civilians, a woman and a child": the first counts, the rest describe it."""
        out: list[Group] = []
        i = 0
        words = self.tokens.words
        while i < len(members):
            member = members[i]
            if out and self._is_apposed(out[-1], member):
                out[-1] = replace(out[-1], last=member.last)
                i += 1
                continue
            if out and _says_again(out[-1], member):
                out[-1] = replace(out[-1], last=member.last)
                i += 1
                continue
            following = members[i + 1] if i + 1 < len(members) else None
            if following is not None and self._same_figure(member, following):
                names = tuple(dict.fromkeys((*member.groups, *following.groups)))
                status = member.status if member.status == following.status else "unknown"
                members = [
                    *members[:i],
                    replace(member, last=following.last, groups=names, status=status),
                    *members[i + 2 :],
                ]
                continue
            rest = members[i + 1 :]
            gap = words[member.last : rest[0].first] if rest else []
            if rest and gap == [","] and self.worth(member) == 2 == len(rest[0].people):
                out.append(
                    replace(member, last=rest[0].last, people=rest[0].people)
                )  # "a couple, Ari and Oda Holt, both 24"
                i += 2
                continue
            many = (
                member.kind == "counted"
                or (member.kind == "many" and self.worth(member) is None)
                or member.kind == "bare"
            )
            if rest and many and gap in ([","], [], [":"], ["–"], ["("]):
                taken = self._describes(member, rest, bool(gap))
                if taken:
                    out.append(self.described(member, rest[:taken]))
                    if member.kind == "many":
                        out[-1] = _as_many_as_named(out[-1], rest[:taken])
                    i += 1 + taken
                    continue
            if (
                rest
                and member.kind in ("bare", "many")
                and gap in (["–"], [":"], ["("])
                and all(self.worth(r) is not None for r in rest)
            ):
                total = sum(self.worth(r) or 0 for r in rest)
                figure = Quantity(member.first, rest[-1].last, "exact", total)
                out.append(replace(self.described(member, rest), kind="counted", quantity=figure))
                break
            if (
                len(rest) == 1
                and member.kind == "one"
                and rest[0].kind == "one"
                and gap == [","]
                and words[rest[0].first] in ("a", "an")
                and words[rest[0].last : rest[0].last + 1] in ([","], [], ["."])
            ):
                out.append(replace(member, last=rest[0].last, groups=(*member.groups, *rest[0].groups)))
                break
            if (
                rest
                and member.kind == "counted"
                and rest[0].kind in ("bare", "many")
                and gap == [","]
                and words[rest[0].first] == "all"
            ):
                out.append(
                    replace(member, last=rest[0].last, status=rest[0].status, groups=rest[0].groups or member.groups)
                )
                i += 2
                continue
            if rest and member.kind == "named" and rest[0].kind == "one" and gap == [","]:
                word = words[rest[0].first]
                if word in ("a", "an", "the") and not (rest[0].person and rest[0].person.name):
                    out.append(
                        replace(
                            member,
                            last=rest[0].last,
                            status=rest[0].status if member.status == "unknown" else member.status,
                            groups=(*member.groups, *rest[0].groups),
                            person=self._aged(member, rest[0]),
                        )
                    )
                    i += 2
                    continue
            if rest and member.kind == "one" and rest[0].kind == "named" and gap == [","] and not member.person:
                out.append(
                    replace(
                        member,
                        last=rest[0].last,
                        person=rest[0].person,
                        status=member.status if member.status != "unknown" else rest[0].status,
                        groups=tuple(dict.fromkeys((*member.groups, *rest[0].groups))),
                    )
                )
                i += 2
                continue
            out.append(member)
            i += 1
        return out

    def _is_apposed(self, before: Group, member: Group) -> bool:
        """ "a teacher and mother of two": the same person again."""
        if before.kind not in ("one", "named") or member.kind != "one" or member.head != member.first:
            return False
        kin = member.noun is not None and member.noun.kin
        return (
            kin and self.tokens.word(member.last) == "of" and as_figure(self.tokens.word(member.last + 1)) is not None
        )

    def _aged(self, member: Group, by: Group) -> PersonMention | None:
        """The person named, with the age an apposition tells: "Name, a 46-year-old electrician"."""
        person = member.person
        if person is None or person.age is not None:
            return person
        words = self.tokens.words[by.first : by.last]
        age = next((years for word in words if (years := age_of(word))), None)
        if age is None and "aged" in words[:-1]:
            age = as_figure(words[words.index("aged") + 1])
        return replace(person, age=age)

    def _same_figure(self, a: Group, b: Group) -> bool:
        """ "120 pupils and teachers": one figure for both."""
        gap = self.tokens.words[a.last : b.first]
        return (
            a.kind == "counted"
            and a.quantity is not None
            and not a.loose
            and b.kind == "bare"
            and gap == ["and"]
            and b.unit == a.unit
        )

    def _describes(self, member: Group, rest: list[Group], comma: bool) -> int:
        """How many of the following groups describe `member` rather than add to it; 0 for none."""
        wanted = member.number
        if member.noun is not None and member.noun.group in _SORTS:
            return 0  # "three men, two women and a child" adds up, whatever the figures
        if wanted is None:
            if member.kind == "many" and all(r.kind == "named" for r in rest):
                return len(rest)
            return 0
        reached = 0
        for taken, group in enumerate(rest, 1):
            worth = self.worth(group)
            if worth is None or (group.kind == "counted" and not comma):
                return 0
            reached += worth
            if reached == wanted:
                return taken
            if reached > wanted:
                return 0
        return 0

    def described(self, member: Group, by: list[Group]) -> Group:
        """A counted group with what the groups behind it say of the same people."""
        names = tuple(dict.fromkeys(name for group in (member, *by) for name in group.groups))
        status = member.status
        if status == "unknown" and by and all(group.status == "civilian" for group in by):
            status = "civilian"
        return replace(member, last=by[-1].last, groups=names, status=status, tail=[], people=_named_in(by))


def _named_in(members: Sequence[Group]) -> tuple[PersonMention, ...]:
    return tuple(
        person for member in members for person in (member.people or ((member.person,) if member.person else ()))
    )


def _as_many_as_named(group: Group, names: list[Group]) -> Group:
    """ "the brothers Ari (19) and Simon Holt (24)": as many as are named."""
    figure = Quantity(group.first, group.last, "exact", len(names))
    young = all(name.status == "civilian" for name in names)
    status = "civilian" if young and group.status == "unknown" else group.status
    return replace(group, kind="counted", quantity=figure, people=_named_in(names), status=status)


def _status_of(members: list[Group]) -> VictimStatus:
    """The status of a list: what all state; civilian where children and their kin are named together."""
    stated = {member.status for member in members}
    if len(stated) == 1:
        return members[0].status
    if stated == {"civilian", "combatant"}:
        return "mixed"
    others = [member for member in members if member.status == "unknown"]
    at_home = all(member.kind == "named" or (member.noun is not None and member.noun.kin) for member in others)
    return "civilian" if "civilian" in stated and "combatant" not in stated and at_home else "unknown"


def _says_again(a: Group, b: Group) -> bool:
    """ "many people, many patients": the same vague figure for the same people."""
    if a.quantity is None or b.quantity is None:
        return False
    return a.quantity.value is None and b.quantity.value is None and a.quantity.lower == b.quantity.lower
