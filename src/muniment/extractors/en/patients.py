"""Those harmed: which of a sentence's people a word of harm is about, and how a list of them is counted."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from muniment.extractors import wordlists
from muniment.extractors.en.nouns import HARM_WORDS, Group
from muniment.extractors.en.people_lists import Harmed, Lists
from muniment.extractors.en.predicates import FORMS, is_adverb
from muniment.extractors.en.tokens import Tokens

_WORDS = wordlists.word_sets(Path(__file__).with_name("grammar.toml"), "patients")
_PREPOSITIONS = _WORDS["prepositions"]
_BLOCKS = _WORDS["blocks"]
_RELATIVE = frozenset(("who", "which", "whose", "whom", "that"))
_COORDINATION = frozenset(
    tuple(words.split())
    for words in ("", "along with", "together with", "as well as", "alongside", "with", "plus", "followed by")
)
_SUBSET = _WORDS["subset"]
_MOSTLY = frozenset(("mostly", "mainly", "largely", "predominantly", "chiefly", "overwhelmingly"))
_NOT_LISTED = frozenset(("them", "whom", "us", *HARM_WORDS))
_STOPS_RELATIVE = _WORDS["stops_relative"]
_FIRST_WORDS_OF_APPOSITION = _WORDS["first_words_of_apposition"]
_SHARED_WITHIN = 25
_ENDS_CLAUSE = frozenset((";", ":", "but", "while", "that", "said", "who", "which"))
_AUXILIARY = frozenset(("was", "were", "had", "has", "have", "got"))
_TOLD = frozenset(("have", "reported", "confirmed"))
_BE_WORDS = frozenset(("was", "were", "is", "are"))


class Linker:
    """Finds the subject and the object of words of harm among the groups of one sentence."""

    def __init__(self, tokens: Tokens, groups: list[Group]) -> None:
        self.tokens = tokens
        self.groups = groups
        self.lists = Lists(tokens)
        self._firsts = [group.first for group in groups]

    def before(self, k: int) -> list[Harmed]:
        """Those named in front of token `k` as the subject of what begins there."""
        opening = self._bracket(k)
        if opening is not None:
            inner = self.before(opening)
            if inner:
                inner[-1].subsets.extend(self._counted_in(opening, k))
                return inner
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
            return [self.lists.one(nearest, [])]  # "… and 14 injured": the figure alone
        if self._is_told_alone(index, k):
            return [self.lists.one(nearest, [])]
        if nearest.loose and self.tokens.word(nearest.last) in ("the", "a", "an"):
            return []  # "in 1644 the town was burned": the figure is no subject
        if nearest.loose and nearest.tail and nearest.tail[-1] + 1 <= k:
            nearest = self._with_tail(nearest)
        if not self._clear(nearest.last, k):
            # "12 civilians, including three children sheltering there, were killed" has a bracket around the nearest.
            return []
        subjects, subsets = self._climb(index, nearest, k)
        if len(subjects) == 2 and self._is_one_person(
            subjects[0], subjects[1], self.tokens.words[nearest.last : k + 1]
        ):
            subjects = [replace(subjects[0], last=nearest.last)]
        return self.lists.counted(subjects, subsets)

    def _is_told_alone(self, index: int, k: int) -> bool:
        """ "28 others, including a boy who lost an eye": what follows "who" is told of the boy alone."""
        nearest, words = self.groups[index], self.tokens.words
        if index == 0 or nearest.kind not in ("one", "named") or nearest.last != k - 1 or words[k - 1] != "who":
            return False
        earlier = self.groups[index - 1]
        return self._link(earlier, nearest, words[earlier.last : nearest.first]) == "subset"

    def _is_one_person(self, a: Group, b: Group, behind: list[str]) -> bool:
        """ "the school's builder and caretaker, who was also wounded": one person, told in the singular."""
        single = a.kind == b.kind == "one" and b.head == b.first and not b.person
        return single and behind[-1] == "was" and self.tokens.words[a.last : b.first] == ["and"]

    def _bracket(self, k: int) -> int | None:
        """Where ", of whom seven were minors," begins, if token `k` follows it."""
        words = self.tokens.words
        if k < 4 or words[k - 1] != ",":
            return None
        for j in range(k - 3, max(0, k - 16), -1):
            if words[j] == "," and "whom" in words[j + 1 : j + 5]:
                named = words[words.index("whom", j) + 1] == ","  # ", one of whom, Oda Brem, 17, was killed"
                return None if named else j
        return None

    def _counted_in(self, first: int, last: int) -> list[Group]:
        """The figures of such a bracket, with the people they are said to be."""
        inside = [group for group in self.groups if first < group.first and group.last <= last]
        out = []
        for number, group in enumerate(inside):
            following = inside[number + 1] if number + 1 < len(inside) else None
            if group.kind != "counted" or group.quantity is None or group.quantity.qualifier == "share":
                continue
            if group.loose and following is not None and following.kind == "bare":
                group = group.as_people(following)
            if group.noun is not None:
                out.append(group)
        return out

    def owner(self, k: int) -> list[Harmed]:
        """The person told of in front of token `k`, whose leg or arm it is."""
        plural = "them" in self.tokens.words[k : k + 3]
        for group in reversed(self.groups):
            if group.last <= k and group.kind in (("counted", "bare") if plural else ("one", "named")):
                return [self.lists.one(group, [])]
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
                    return self.lists.counted(members, [s for h in more for s in h.subsets])
        return harmed

    def adjacent(self, k: int) -> list[Harmed]:
        """Those named directly in front of token `k`, adverbs apart."""
        j = k
        while j > 0 and is_adverb(self.tokens.words[j - 1]):
            j -= 1
        if j > 0 and self.tokens.words[j - 1] in (",", "–", ")"):
            close = {")": "("}.get(self.tokens.words[j - 1], self.tokens.words[j - 1])
            opening = next((i for i in range(j - 2, max(-1, j - 14), -1) if self.tokens.words[i] == close), None)
            bracket = close == "("
            if opening is not None and (bracket or self.tokens.words[opening + 1] in _FIRST_WORDS_OF_APPOSITION):
                j = opening
        for group in self.groups:
            end = group.tail[-1] + 1 if group.tail else group.last
            if end == j or group.last == j:
                return self.before(k)
            if group.last == j - 1 and group.kind == "one" and "," in self.tokens.words[group.first : group.last]:
                return self.before(k)  # "Boy, 9, killed by mine"
        return []

    def after(self, k: int, *, most: int = 3, whole: bool = False) -> list[Harmed]:
        """Those named behind token `k - 1` as its object, with the list they head.

        With `whole` the list is taken to its end, though a verb follows: "the bodies of a woman and a boy were found".
        """
        if self.tokens.word(k) in ("him", "her", "me") and self.tokens.word(k + 1) == "and":
            k += 2  # "killed him and two friends": he is added to the list
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
                or (not whole and self._begins_clause(following))
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
        joined = any(word != "," for a, b in pairwise(objects) for word in self.tokens.words[a.last : b.first])
        if not joined:
            # Commas alone make no list: what follows the first describes it, or tells something else.
            kept = [objects[0]]
            for a, b in pairwise(objects):
                if not (self.tokens.words[a.last : b.first] == [] or self._describes(a, b)):
                    break
                kept.append(b)
            objects = kept
        return self.lists.counted(objects, subsets)

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

    def _climb(self, index: int, nearest: Group, until: int) -> tuple[list[Group], list[Group]]:
        subjects, subsets = [nearest], []
        current, joined = nearest, False
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
            if kind == "and" and self.tokens.words[current.last - 1] in ("them", "whom"):
                bare = subjects[1] if len(subjects) > 1 and subjects[1].kind == "bare" else None
                rest = subjects[1 if bare is None else 2 :]
                listed = rest and not rest[0].loose and self.tokens.words[rest[0].first - 1] == "and"
                if rest and (not listed or self._is_object(earlier)):
                    # "killed 22, nine of them women, and a further 41 were hurt", "one of whom, Oda Brem, 17, died"
                    subjects = rest
                    break
                if bare is None and "," not in self.tokens.words[current.last : until]:
                    break  # "one of whom later died"
                if bare is not None:
                    subsets.append(
                        replace(
                            current,
                            last=bare.last,
                            head=bare.head,
                            noun=bare.noun,
                            status=bare.status,
                            groups=bare.groups,
                        )
                    )
                subjects = [earlier, *rest]
            elif kind == "and":
                if gap == [","] and not joined and not self._describes(earlier, current):
                    break
                if self._is_told_by(earlier) or self._is_closed(earlier, current, gap):
                    break
                joined = joined or gap != [","]
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

    def _is_object(self, group: Group) -> bool:
        """Whether a word of harm stands in front of the group: "killed 22 people"."""
        return any(word in FORMS for word in self.tokens.words[max(0, group.first - 2) : group.first])

    def _describes(self, a: Group, b: Group) -> bool:
        """Whether `b` behind a comma may say who `a` is: "two civilians, a woman …", "her brother, a nurse,"."""
        if b.kind not in ("one", "named") and not (b.kind in ("bare", "many") and self.tokens.words[b.first] == "all"):
            return False
        if a.kind in ("one", "named"):
            return self.tokens.word(b.last) == ","
        return a.kind in ("counted", "many")

    def _is_closed(self, part: Group, group: Group, gap: list[str]) -> bool:
        """Whether a part ends a clause: "12 men were shot, including three guards, and more than 40 were hurt"."""
        words = self.tokens.words
        if (
            group.quantity is None
            or not {",", "and"} <= set(gap)
            or words[part.first - 1 : part.first] != ["including"]
        ):
            return False
        return any(word in FORMS for word in words[: part.first])

    def _is_told_by(self, group: Group) -> bool:
        """Whether the group is who tells: "according to the mayor, twelve people were killed"."""
        lead = self.tokens.words[max(0, group.first - 3) : group.first]
        return "according" in lead or lead[-1:] == ["citing"]

    def _link(self, a: Group, b: Group, gap: list[str]) -> str | None:
        """How group `b` hangs on group `a` in front of it: and, subset, prep, relative, or not at all."""
        if self.tokens.words[:1] == ["of"] and a.first <= 2 and b.loose and gap[-1:] == [","]:
            return None  # "Of the five sisters who ran the inn, three are dead"
        if len(gap) == 2 and gap[1] == "by" and gap[0].endswith("ed") and gap[0] not in FORMS and a.kind != "nobody":
            return "relative"  # "three men arrested by soldiers were killed"
        if b.kind == "bare" and len(gap) == 1 and self.tokens.words[a.last - 1] in ("them", "whom"):
            return "and" if gap[0].isalpha() and gap[0] not in _BLOCKS and gap[0] not in _PREPOSITIONS else None
        if gap and gap[0] == ";":
            return "and" if self._is_roll(a, b, gap) else None
        if not _TOLD.isdisjoint(gap):
            return None  # "families have reported 118 people missing"
        if gap[:1] == [","] and gap[1:2] and gap[1] in _MOSTLY and b.kind == "bare" and a.quantity is not None:
            return "relative"  # "37 people, mostly women, perished"
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
            words[0] in ("including", "included", "incl", "among")
            or words[:2] == ["of", "whom"]
            or words[:2] == ["among", "them"]
            or words[-1] == "including"
        ):
            return None if any(word in (";", ":", "said", "told") for word in words) else "subset"
        if words[0] == "whose":
            return None
        if gap[-2:] == [",", "and"] and words[0] in _RELATIVE:
            return None  # "killed a guard who stood outside, and seven people were wounded"
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

    def _is_roll(self, a: Group, b: Group, gap: list[str]) -> bool:
        """Whether two people stand in a roll parted by semicolons: "Ines Karr, 30; Omar Belt, 12"."""
        if gap not in ([";"], [";", "and"]) or not {a.kind, b.kind} <= {"one", "named"}:
            return False
        if (a.person is None or a.person.age is None) and (b.person is None or b.person.age is None):
            return False
        return not self._begins_clause(b) and not (
            self.tokens.word(b.last) == "," and self.tokens.word(b.last + 1) in _AUXILIARY
        )

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
                if i + 1 == b and (word != "("):
                    i += 1
                    continue
                return False
            if word == "who" and b - i <= 10 and not _STOPS_RELATIVE & set(words[i:b]):
                return True  # "three bakers who had stayed in town were killed"
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

    def sharing(self, k: int) -> list[Harmed]:
        """The subject a verb behind "and" shares with the verb before: "she was hit in the neck and died"."""
        words = self.tokens.words
        j = k
        while j > 0 and is_adverb(words[j - 1]):
            j -= 1
        if words[j - 1 : j] != ["and"]:
            return []
        for group in reversed(self.groups):
            if group.last >= j or j - group.last > _SHARED_WITHIN:
                continue
            if not _ENDS_CLAUSE.isdisjoint(words[group.last : j]):
                return []
            at = group.last + (self.tokens.word(group.last) == ",")
            verb = self.tokens.word(at)
            told = verb in _AUXILIARY or (verb.endswith("ed") and not is_adverb(verb)) or verb in ("fell", "stepped")
            if told and group.kind in ("one", "named", "counted") and not (group.loose or group.guessed):
                return self.before(at) or [self.lists.one(group, [])]
        return []

    def subject_is_pronoun(self, k: int) -> bool:
        """Whether "he", "she" or "they" stands in front of token `k`."""
        return self.tokens.word(k - 1) in ("he", "she", "they", "it", "we", "you", "i")
