"""Those harmed: which of a sentence's people a word of harm is about, and how a list of them is counted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from muniment.extractors.en.numbers import Quantity
from muniment.extractors.en.people import DETERMINERS, HARM_WORDS, NOUNS, POSSESSIVES, Group
from muniment.extractors.en.predicates import FORMS, Predicate, is_adverb
from muniment.extractors.en.tokens import Tokens
from muniment.model import Count, PersonMention

_PREPOSITIONS = frozenset(
    """of from in at near with by for among on to inside around outside under beneath behind between amid across throughout within
    belonging living sheltering working aboard""".split()
)
_BLOCKS = frozenset(
    """that when while where because but if said told says saying reported stated claimed announced added confirmed was were is are had
    has have did do does been being will would could may might must should ; : after before since as until whether how why so than
    killing injuring wounding killed injured wounded died""".split()
)
_RELATIVE = frozenset(("who", "which", "whose", "whom", "that"))
_COORDINATION = (
    (), ("along", "with"), ("together", "with"), ("as", "well", "as"), ("alongside",), ("with",), ("plus",), ("followed", "by"),
)  # fmt: skip
_SUBSET = frozenset(
    ("including", "included", "among", "amongst", "of", "mostly", "mainly", "particularly", "especially")
)
_NOT_LISTED = frozenset(("them", "whom", "us", *HARM_WORDS))
_TWO = frozenset(("parents", "twins", "grandparents"))
_FIRST_WORDS_OF_APPOSITION = frozenset(
    "who which whose all both aged a an the mostly mainly including among most many some at one two three four each of".split()
)
_BE_WORDS = frozenset(("was", "were", "is", "are"))


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


class Linker:
    """Finds the subject and the object of words of harm among the groups of one sentence."""

    def __init__(self, tokens: Tokens, groups: list[Group]) -> None:
        self.tokens = tokens
        self.groups = groups
        self._firsts = [group.first for group in groups]

    def before(self, k: int) -> list[Harmed]:
        """Those named in front of token `k` as the subject of what begins there."""
        index = bisect_left(self._firsts, k) - 1
        while index >= 0 and self.groups[index].last > k:
            index -= 1
        while index >= 0 and self.groups[index].kind == "nobody":
            if not self._clear(self.groups[index].last, k):
                return []
            index -= 1
        if index < 0 or self.groups[index].harm is not None:
            return []
        nearest = self.groups[index]
        if nearest.loose and nearest.last == k and self.tokens.word(k) in FORMS:
            return [self._one(nearest, [])]  # "… and 14 injured": the figure alone
        if nearest.loose and nearest.tail and nearest.tail[-1] + 1 <= k:
            nearest = self._with_tail(nearest)
        if not self._clear(nearest.last, k):
            # "12 civilians, including three children sheltering there, were killed" has a bracket around the nearest.
            return []
        subjects, subsets = self._climb(index, nearest)
        return self._counted(subjects, subsets)

    def owner(self, k: int) -> list[Harmed]:
        """The person told of in front of token `k`, whose leg or arm it is."""
        for group in reversed(self.groups):
            if group.last <= k and group.kind in ("one", "named", "counted"):
                return [self._one(group, [])]
        return []

    def joined_by(self, harmed: list[Harmed], k: int) -> list[Harmed]:
        """The subject with those named behind the verb: "was killed along with her son and two daughters"."""
        words = self.tokens.words
        for lead in (
            ("along", "with"),
            ("together", "with"),
            ("alongside",),
            (",", "along", "with"),
            (",", "together", "with"),
            ("with",),
        ):
            if tuple(words[k : k + len(lead)]) == lead:
                more = self.after(k + len(lead), most=1)
                if (
                    more
                    and harmed
                    and (lead != ("with",) or all(m.kind in ("one", "named", "many") for h in more for m in h.members))
                ):
                    members = [m for h in harmed for m in h.members] + [m for h in more for m in h.members]
                    return self._counted(members, [s for h in more for s in h.subsets])
        return harmed

    def adjacent(self, k: int) -> list[Harmed]:
        """Those named directly in front of token `k`, adverbs apart."""
        j = k
        while j > 0 and is_adverb(self.tokens.words[j - 1]):
            j -= 1
        if j > 0 and self.tokens.words[j - 1] in (",", "–", ")"):
            close = {")": "("}.get(self.tokens.words[j - 1], self.tokens.words[j - 1])
            opening = next((i for i in range(j - 2, max(-1, j - 14), -1) if self.tokens.words[i] == close), None)
            if opening is not None and self.tokens.words[opening + 1] in _FIRST_WORDS_OF_APPOSITION:
                j = opening
        for group in self.groups:
            end = group.tail[-1] + 1 if group.tail else group.last
            if end == j or group.last == j:
                return self.before(k)
        return []

    def after(self, k: int, *, most: int = 3) -> list[Harmed]:
        """Those named behind token `k - 1` as its object, with the list they head."""
        index = bisect_left(self._firsts, k)
        if index >= len(self.groups):
            return []
        group = self.groups[index]
        gap = self.tokens.words[k : group.first]
        if len(gap) > most or not all(
            is_adverb(word) or word in ("and", "both", "harmed", "harming", "or", "another") for word in gap
        ):
            return []
        if group.kind == "nobody" or group.harm is not None:
            return []
        if gap and gap[0] in ("and", "or") and len(gap) < 2:
            return []
        if group.loose and group.tail:
            group = self._with_tail(group)
        objects, subsets, last = [group], [], group
        while index + 1 < len(self.groups):
            following = self.groups[index + 1]
            between = self.tokens.words[last.last : following.first]
            kind = self._link(last, following, between)
            if kind == "subset" and following.kind != "nobody":
                subsets.append(following)
                index += 1
                last = following
                continue
            if (
                kind != "and"
                or self.tokens.words[following.last - 1] in _NOT_LISTED
                or (following.quantity is not None and following.quantity.qualifier == "share")
                or following.kind == "nobody"
                or following.harm
                or self._begins_clause(following)
            ):
                break
            if subsets:
                subsets.append(following)
                index += 1
                last = following
                continue
            if following.loose and following.tail:
                following = self._with_tail(following)
            objects.append(following)
            last = following
            index += 1
        return self._counted(objects, subsets)

    def _begins_clause(self, group: Group) -> bool:
        """Whether a verb follows, so that the group is a subject: "killed 12, and 30 others were injured"."""
        word = self.tokens.word(group.last)
        if word in FORMS and FORMS[word][0] in ("participle", "intransitive", "adjective"):
            return True
        return word in (
            "was",
            "were",
            "are",
            "is",
            "had",
            "have",
            "has",
            "reportedly",
            "also",
            "remain",
            "remained",
            "told",
            "said",
        )

    def _with_tail(self, group: Group) -> Group:
        """The group with the unknown noun behind its figure, where this looks like one: "three beekeepers"."""
        word = self.tokens.words[group.tail[-1]]
        if word.endswith(("s", "men", "women", "folk")) and not word.endswith(("ss", "ous")) and not is_adverb(word):
            return replace(group, last=group.tail[-1] + 1, tail=[], loose=False, guessed=True)
        return group

    def _climb(self, index: int, nearest: Group) -> tuple[list[Group], list[Group]]:
        subjects, subsets = [nearest], []
        current = nearest
        while index > 0:
            index -= 1
            earlier = self.groups[index]
            gap = self.tokens.words[earlier.last : current.first]
            kind = self._link(earlier, current, gap)
            if kind is None or earlier.harm is not None:
                break
            if earlier.kind == "nobody":
                if kind in ("prep", "relative"):
                    break
                continue
            if kind == "and":
                subjects.insert(0, earlier)
            elif kind == "subset":
                subsets.extend(subjects)
                subjects = [earlier]
            else:
                if earlier.kind == "named" and kind == "prep" and not earlier.person:
                    break
                subjects = [earlier]
            current = earlier
        return subjects, subsets

    def _link(self, a: Group, b: Group, gap: list[str]) -> str | None:
        """How group `b` hangs on group `a` in front of it: and, subset, prep, relative, or not at all."""
        bare = tuple(
            word
            for word in gap
            if word not in (",", "and", "&", "also", "then", "–", "(", "both", "or") and not is_adverb(word)
        )
        if bare in _COORDINATION:
            return "and"
        words = [word for word in gap if word not in (",", "(", "–")]
        if not words:
            return "and"
        if (
            words[0] in ("including", "included", "among")
            or words[:2] == ["of", "whom"]
            or words[:2] == ["among", "them"]
            or words[-1] == "including"
        ):
            return None if any(word in (";", ":", "said", "told") for word in words) else "subset"
        if words[0] == "whose":
            return None
        if any(word in _BLOCKS for word in words):
            if words[0] in _RELATIVE and words[0] != "that" and ";" not in words and "said" not in words:
                return "relative"
            return None
        if words[0] in _RELATIVE:
            return None if words == ["that"] else "relative"
        if words[0] == "the" and words[1:2] in (["youngest"], ["oldest"], ["eldest"]):
            return "relative"
        if words[0] in _PREPOSITIONS and "," not in gap and "and" not in gap:
            return "prep"
        return None

    def _clear(self, a: int, b: int) -> bool:
        """Whether tokens `[a, b)` may stand between a subject and its verb."""
        words = self.tokens.words
        i = a
        free = 0
        while i < b:
            word = words[i]
            if word in (",", "–", "("):
                close = ")" if word == "(" else word
                j = next((k for k in range(i + 1, b) if words[k] == close), None)
                if j is not None and (
                    word != ","
                    or words[i + 1] in _FIRST_WORDS_OF_APPOSITION
                    or words[i + 1] in _PREPOSITIONS
                    or words[i + 1][0].isdigit()
                    or words[i + 1].endswith("ing")
                    or self.tokens.capital[i + 1]
                ):
                    i = j + 1
                    continue
                if word == "," and i + 1 < b and words[i + 1] == "who":
                    i += 1
                    continue
                if word == "," and i + 1 == b:
                    i += 1
                    continue
                return False
            if word in _RELATIVE:
                return all(is_adverb(rest) for rest in words[i + 1 : b])
            if word in _BLOCKS or (word == "and" and words[a] not in _PREPOSITIONS):
                return False
            if not is_adverb(word):
                free += 1
                if free > 9:
                    return False
            i += 1
        return True

    def _counted(self, members: list[Group], subsets: list[Group]) -> list[Harmed]:
        """A list of people as claims: one for a list of single people, one each where each has its own figure."""
        if not members:
            return []
        members = self._without_appositions(members)
        if len(members) == 1:
            return [self._one(members[0], subsets)]
        numbers = [self.worth(member) for member in members]
        single = any(member.kind in ("one", "named", "many") for member in members)
        if single and all(number is not None for number in numbers):
            total = sum(number for number in numbers if number is not None)
            persons = tuple(member.person for member in members if member.person)
            status = members[0].status if len({member.status for member in members}) == 1 else "unknown"
            if "civilian" in {member.status for member in members} and "combatant" not in {
                member.status for member in members
            }:
                status = "civilian" if any(member.status == "civilian" for member in members) else status
            groups = tuple(dict.fromkeys(name for member in members for name in member.groups))
            first = replace(members[0], status=status, groups=groups)
            return [Harmed(first, members[0].first, members[-1].last, total, tuple(members), persons, subsets)]
        return [self._one(member, subsets if member is members[-1] else []) for member in members]

    def _one(self, group: Group, subsets: list[Group]) -> Harmed:
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
        persons = (group.person,) if group.person else ()
        total = 2 if group.kind == "many" and self.worth(group) == 2 else None
        return Harmed(group, group.first, group.last, total, (group,), persons, subsets)

    def worth(self, group: Group) -> int | None:
        """How many a member of a list counts for; None where its words leave it open."""
        if group.generic or group.kind in ("bare", "nobody"):
            return None
        if group.kind == "many":
            head = self.tokens.words[group.head] if group.head is not None else ""
            return 2 if head in _TWO else None
        return group.number

    def _without_appositions(self, members: list[Group]) -> list[Group]:
        """ "two civilians, a woman and a child": the first counts, the rest describe it."""
        out: list[Group] = []
        i = 0
        words = self.tokens.words
        while i < len(members):
            member = members[i]
            if out and _says_again(out[-1], member):
                out[-1] = replace(out[-1], last=member.last)
                i += 1
                continue
            rest = members[i + 1 :]
            gap = words[member.last : rest[0].first] if rest else []
            many = (
                member.kind == "counted"
                or (member.kind == "many" and self.worth(member) is None)
                or member.kind == "bare"
            )
            if rest and many and gap in ([","], [], [":"], ["–"], ["("]):
                taken = self._describes(member, rest, bool(gap))
                if taken:
                    out.append(self._described(member, rest[:taken]))
                    i += 1 + taken
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

    def _describes(self, member: Group, rest: list[Group], comma: bool) -> int:
        """How many of the following groups describe `member` rather than add to it; 0 for none."""
        wanted = member.number
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

    def _described(self, member: Group, by: list[Group]) -> Group:
        names = tuple(dict.fromkeys(name for group in (member, *by) for name in group.groups))
        status = member.status
        if status == "unknown" and by and all(group.status == "civilian" for group in by):
            status = "civilian"
        return replace(member, last=by[-1].last, groups=names, status=status, tail=[])

    def subject_is_pronoun(self, k: int) -> bool:
        """Whether "he", "she" or "they" stands in front of token `k`."""
        return self.tokens.word(k - 1) in ("he", "she", "they", "it", "we", "you", "i")


def _says_again(a: Group, b: Group) -> bool:
    """ "many people, many patients": the same vague figure for the same people."""
    if a.quantity is None or b.quantity is None:
        return False
    return a.quantity.value is None and b.quantity.value is None and a.quantity.lower == b.quantity.lower


def plain_quantity(group: Group) -> Quantity | None:
    """The quantity of a group that counts."""
    return group.quantity


def governs(predicate: Predicate, group: Group) -> bool:
    """Whether the two touch or overlap."""
    return predicate.first <= group.last and group.first <= predicate.last


def is_determiner(word: str) -> bool:
    """Whether a word opens a definite or indefinite noun phrase."""
    return word in DETERMINERS or word in POSSESSIVES or word in NOUNS
