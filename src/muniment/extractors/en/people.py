"""Who: people as counted, named, possessed or merely mentioned, parsed from the tokens of one sentence."""

from __future__ import annotations

from dataclasses import replace

from muniment.extractors.en.named import aged_group, appositives, named
from muniment.extractors.en.nouns import (
    ADJECTIVE_GROUPS,
    BEFORE_ATTRIBUTE,
    BEFORE_HARMED,
    BEGINS_ANEW,
    CIVILIAN,
    COMBATANT,
    DETERMINERS,
    HARM_WORDS,
    HARMED,
    MODIFIERS,
    MOST_MODIFIERS,
    NOUNS,
    POSSESSIVES,
    PRESENT,
    STOPS,
    VERBS,
    Group,
)
from muniment.extractors.en.numbers import Quantity, age_of, as_figure, quantity_at, starters
from muniment.extractors.en.tokens import Tokens
from muniment.model.vocabulary import VictimStatus

_LIMITS = frozenset(("under", "over", "above", "below"))
_OF_ALL = frozenset(("all", "both", "each", "mostly", "most"))
_BEHIND_AGE = frozenset(
    [
        "was",
        "were",
        "are",
        "is",
        "had",
        "have",
        "has",
        "and",
        "or",
        "who",
        "in",
        "at",
        "with",
        "among",
        "while",
        "when",
        "by",
    ]
)
_TELLS = frozenset(("died", "perished", "drowned", *HARM_WORDS))
_TAKEN = frozenset(("abducted", "captured", "detained", "arrested", "kidnapped", "disappeared"))


def groups_of(tokens: Tokens) -> list[Group]:
    """All groups of a sentence, left to right, none overlapping."""
    found: list[Group] = []
    i, length = 0, len(tokens)
    begins = starters()
    words = tokens.words
    while i < length:
        word = words[i]
        first = word[0]
        group = None
        if (
            first.isdigit()
            or word in begins
            or word in NOUNS
            or word in DETERMINERS
            or tokens.capital[i]
            or "-" in word
            or word in MODIFIERS
        ):
            group = _group_at(tokens, i)
        if group is not None and group.last > i:
            found.append(group)
            i = group.last
        else:
            i += 1
    return found


def _group_at(tokens: Tokens, i: int) -> Group | None:
    words = tokens.words
    word = words[i]
    if word in ("another", "a") and (last := _one_more(tokens, i)) is not None:
        return Group(i, last, "counted", quantity=Quantity(i, last, "exact", 1), loose=True)
    quantity = quantity_at(tokens, i)
    if quantity is not None:
        return _counted(tokens, i, quantity)
    if age_of(word) is not None:
        return _single(tokens, i, i)
    if word in ("no", "any", "every", "each"):
        head = _head(tokens, i + 1)
        if head is not None:
            return _finish(tokens, Group(i, head + 1, "bare", head=head, generic=True))
        return None
    if word in DETERMINERS or word.endswith(("'s", "s'")):
        return _single(tokens, i, i + 1) or (named(tokens, i) if tokens.capital[i] else None)
    if tokens.capital[i] and (name := named(tokens, i)) is not None:
        return name
    head = _head(tokens, i)
    if head is None:
        return None
    noun = NOUNS[words[head]]
    if word in HARMED and (
        not noun.people or not noun.many or head > i + 1 or tokens.word(i - 1) not in BEFORE_ATTRIBUTE
    ):
        return None  # "injured very large numbers of" is a verb and what follows, not an attribute
    if not noun.people:
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    if noun.many:
        return _finish(tokens, Group(i, head + 1, "bare", head=head))
    return appositives(tokens, _finish(tokens, Group(i, head + 1, "one", head=head)))


def _one_more(tokens: Tokens, i: int) -> int | None:
    """Where "another" or "a third" ends, if it stands for one person more: "and another injured", "a third died"."""
    k = i + 1 if tokens.words[i] == "another" else i + 2
    if k == i + 2 and tokens.word(i + 1) not in ("second", "third", "fourth", "fifth"):
        return None
    following = tokens.word(k)
    if following in ("was", "is", "remains", "later"):
        following = tokens.word(k + 1)
    if following not in HARM_WORDS and following not in ("died", "missing"):
        return None
    return k if tokens.word(k + (tokens.word(k) != following) + 1) not in NOUNS else None


def _counted(tokens: Tokens, i: int, quantity: Quantity) -> Group | None:
    words = tokens.words
    if words[i] == "one" and tokens.word(i - 1) == "no":
        return Group(i, i + 1, "nobody", quantity=quantity)
    if tokens.word(i - 1) == "but" and tokens.word(i - 2) in ("all", "none", "everyone"):
        last = _behind_whole(tokens, quantity.last)  # "all but three of the guests"
        return Group(i, last, "nobody", quantity=quantity)
    if words[i] == "many" and tokens.word(i - 1) == "as" and tokens.word(i + 1) == "again":
        return Group(i, i + 2, "nobody", quantity=quantity)
    if tokens.word(i - 1) == "both" and quantity.bare:
        return Group(i, quantity.last, "nobody", quantity=quantity)  # "Ari and Oda, both 24,": ages
    asked = (tokens.word(i - 1) == "how" and words[i] in ("many", "few")) or tokens.word(
        i - 1
    ) == "no"  # "how many people were killed": asked, not told
    j = quantity.last
    while tokens.word(j) in ("more", "other", "others", "additional", "further", "separate", "different") and not (
        tokens.word(j) == "more" and tokens.word(j + 1) == "than"
    ):
        j += 1
    j = _behind_brackets(tokens, i, j)
    partitive = tokens.word(j) == "of" or words[quantity.last - 1] == "of"
    start = j + 1 if tokens.word(j) == "of" else j
    mine = words[quantity.last - 1] == "both" and tokens.word(j) in POSSESSIVES  # "both my brothers"
    if partitive or mine or quantity.qualifier == "share":
        while (
            tokens.word(start) in DETERMINERS
            or tokens.word(start) in ("all", "other")
            or tokens.word(start).endswith("'s")
        ):
            start += 1
        inner = quantity_at(tokens, start) if start < len(words) and words[start - 1] != "of" else None
        if inner is not None and inner.qualifier == "exact":
            start = inner.last  # "three of the four bakers"
        word = tokens.word(start)
        if word in ("them", "whom", "us") or (word in HARM_WORDS and tokens.word(start + 1) not in NOUNS):
            return Group(i, start + 1, "counted", quantity=quantity, loose=True)
    if words[i] == "one" and tokens.word(i - 1) in ("was", "is", "were") and start < len(words) and partitive:
        whole = quantity_at(tokens, start)
        if whole is not None and whole.value is not None and whole.value > 1 and words[start - 1] == "of":
            quantity, start = whole, whole.last  # "he was one of 14 men shot": all of them were
    if tokens.word(start) == "sets" and tokens.word(start + 1) == "of":
        start += 2  # "240 sets of remains"
    head = None if words[j - 1] == "others" else _head(tokens, start)
    if head is None:
        if tokens.word(j) == "of":
            unknown = tokens.word(start)
            if tokens.word(start - 1) == "the" and unknown in _TAKEN:
                return Group(i, start + 1, "counted", quantity=quantity, loose=True)  # "12 of the abducted"
            if tokens.word(start - 1) in POSSESSIVES and unknown.endswith("s") and unknown not in NOUNS:
                return Group(i, start + 1, "counted", quantity=quantity, guessed=True)
            return Group(i, quantity.last, "nobody", quantity=quantity)
        last = max(j, quantity.last)
        group = Group(i, last, "counted", quantity=quantity, loose=True)
        while (
            last < len(words)
            and last - j < 4
            and words[last] not in STOPS
            and words[last] not in VERBS
            and words[last][0].isalpha()
        ):
            last += 1
        group.tail = list(range(group.last, last))
        return group
    noun = NOUNS[words[head]]
    if not noun.people:
        return Group(i, head + 1, "nobody", quantity=quantity, head=head, noun=noun)
    group = _finish(tokens, Group(i, head + 1, "counted", quantity=quantity, head=head, generic=asked))
    if quantity.is_one and words[quantity.last - 1] == "one":
        return appositives(tokens, group)
    return group


def _behind_whole(tokens: Tokens, k: int) -> int:
    """Where "of the 40 guests" ends, if it begins at `k`."""
    if tokens.word(k) != "of":
        return k
    k += 1
    while tokens.word(k) in DETERMINERS:
        k += 1
    inner = quantity_at(tokens, k) if k < len(tokens) else None
    k = inner.last if inner is not None else k
    head = _head(tokens, k)
    return k if head is None else head + 1


def _behind_brackets(tokens: Tokens, i: int, j: int) -> int:
    """Where a figure ends that stands in brackets, alone or again: "(7) civilians", "seven (7) civilians"."""
    if tokens.word(i - 1) == "(" and tokens.word(j) == ")" and tokens.word(j + 1) in NOUNS:
        return j + 1
    if tokens.word(j) == "(" and tokens.word(j + 1).isdigit() and tokens.word(j + 2) == ")":
        return j + 3
    return j


def _single(tokens: Tokens, i: int, start: int) -> Group | None:
    head = _head(tokens, start)
    if head is None:
        word = tokens.word(i)
        age = age_of(word) if start == i else age_of(tokens.word(start))
        if age is not None:
            return aged_group(tokens, i, start if start > i else i, age)
        return None
    noun = NOUNS[tokens.words[head]]
    if not noun.people:
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    if tokens.words[head] in ("lives", "souls") or (
        tokens.words[head] in CIVILIAN and tokens.word(head + 1) in ("dead", "wounded")
    ):  # "the civilian dead": an adjective
        return Group(i, head + 1, "nobody", head=head, noun=noun)
    group = _finish(tokens, Group(i, head + 1, "many" if noun.many else "one", head=head))
    if tokens.word(i) == "each":
        group.generic = True
    if group.kind == "one":
        return appositives(tokens, group)
    return group


def _head(tokens: Tokens, i: int) -> int | None:
    """The token of the noun that ends the noun phrase begun at `i`, within a few modifiers."""
    words = tokens.words
    length = len(words)
    k = i
    while k < length and k - i < MOST_MODIFIERS:
        word = words[k]
        noun = NOUNS.get(word)
        is_harm = noun is not None and noun.harm is not None and word in VERBS and tokens.word(k + 1) != "of"
        if is_harm and (k == i or _takes_object(tokens.word(k + 1))):
            return None  # "killing 12 people" is a verb, "the killing of" a noun
        if noun is not None:
            # "border guard", "family members", "civilian deaths": the last of a run of nouns is the head.
            following = words[k + 1] if k + 1 < length else ""
            if following in NOUNS and (
                word in MODIFIERS
                or not noun.many
                or NOUNS[following].harm
                or word in ("police", "staff", "crew")
                or following in ("members", "member")
            ):
                k += 1
                continue
            return k
        if word in PRESENT and k > i:
            return None  # "Shelling kills mother": a headline's verb
        if word in STOPS or not (word[0].isalnum()) or word in DETERMINERS:
            if word == "," and k > i and k + 1 < length and words[k + 1] in MODIFIERS:
                k += 1
                continue
            return None
        if word in VERBS and (
            word not in MODIFIERS or (word in HARMED and k > i and words[k - 1] not in BEFORE_HARMED)
        ):
            return None
        if k > i and (
            word[0].isdigit() or word in BEGINS_ANEW or (word.endswith("ed") and tokens.word(k + 1) not in NOUNS)
        ):
            return None  # "the shelling caused numerous deaths": a verb, or another figure, ends the phrase
        if word.endswith(("'s", "s'")) and k > i:
            return None
        k += 1
    return None


def _takes_object(following: str) -> bool:
    """Whether a word behind "killing" begins an object: a figure, an article, people."""
    noun = NOUNS.get(following)
    return (
        following[:1].isdigit()
        or following in starters()
        or following in DETERMINERS
        or following in MODIFIERS
        or (noun is not None and noun.people and noun.many and noun.harm is None)
    )


def _finish(tokens: Tokens, group: Group) -> Group:
    """Status, groups and unit from the words of the phrase; "members of one family" taken whole."""
    words = tokens.words
    head = group.head
    if head is None:
        return group
    noun = NOUNS[words[head]]
    group.noun, group.status, group.unit = noun, noun.status, noun.unit
    names = [noun.group] if noun.group else []
    first = group.quantity.last if group.quantity else group.first
    for k in range(first, head):
        word = words[k]
        if word in CIVILIAN:
            group.status = "civilian"
        elif word in COMBATANT and noun.group not in ("child", "boy", "girl"):
            group.status = "combatant"
        other = NOUNS.get(word)
        if other is not None and other.people and other.harm is None and not noun.kin:
            if other.status != "unknown" and group.status == "unknown":
                group.status = other.status
            if other.group:
                names.append(other.group)
        extra = ADJECTIVE_GROUPS.get(word)
        if extra:
            names.append(extra)
        age = age_of(word)
        if age is not None and age < 18:
            group.status = "civilian"
            names.append("child")
    if noun.harm is not None and "civilian" in names:
        names.remove("civilian")
    group.groups = tuple(dict.fromkeys(name for name in names if name))
    last = group.last
    if (
        words[head] in ("family", "household", "group", "crew", "party", "couple")
        and tokens.word(last) == "of"
        and group.quantity is None
    ):
        size = quantity_at(tokens, last + 1)
        if size is not None and size.qualifier == "exact" and size.value and tokens.word(size.last) not in NOUNS:
            group.quantity, group.kind, group.unit = replace(size, first=group.first), "counted", "people"
            group.last = last = size.last
    told = not noun.kin or words[group.first] in DETERMINERS
    if group.kind == "one" and told and noun.harm is None and not noun.body and _is_age(tokens, last):
        group.last = last = last + 2  # "a girl of 11", and "a mother of four"
        age = as_figure(words[last - 1])
        if age is not None and age < 18 and noun.group and not noun.kin:
            group.status, group.groups = "civilian", tuple(dict.fromkeys((*group.groups, "child")))
    aged = last + 1 if tokens.word(last) in (",", "(") else last
    if noun.many and tokens.word(aged) in ("aged", "ages"):
        k = aged + 1
        while (
            tokens.word(k) in (",", "and", "to", "between", "from", "or") or as_figure(tokens.word(k)) is not None
        ) and (tokens.word(k + 1) != "of" and (tokens.word(k) != "," or tokens.word(k + 2) != "of")):
            k += 1
        k = k - 1 if tokens.word(k - 1) == "," else k
        group.last = last = k + 1 if tokens.word(aged - 1) == "(" and tokens.word(k) == ")" else k
    elif noun.people and noun.harm is None:
        group.last = last = _behind_age(tokens, last)
    if words[head] in ("members", "member", "generations", "residents", "people") and tokens.word(last) == "of":
        k = last + 1
        while k < len(words) and k - last < 6 and words[k] not in ("and", ",", "was", "were", "in", "who", "."):
            k += 1
            if words[k - 1] in ("family", "families", "household"):
                group.last = k
                group.groups = tuple(dict.fromkeys((*group.groups, "family")))
                break
    return group


def _behind_age(tokens: Tokens, k: int) -> int:
    """Where the ages of people end that are told as a limit: "infants under five", ", all over 60"; else `k`."""
    j = k + 1 if tokens.word(k) == "," and tokens.word(k + 1) in _OF_ALL else k
    j = j + 1 if tokens.word(j) in _OF_ALL else j
    if tokens.word(j) not in _LIMITS:
        return k
    j += 1
    if tokens.words[j : j + 3] == ["the", "age", "of"]:
        j += 3
    if as_figure(tokens.word(j)) is None:
        return k
    j += 1
    if tokens.word(j) in ("years", "year", "months"):
        j += 1
        if tokens.word(j) not in ("old", "of"):
            return k
        j += 1 if tokens.word(j) == "old" else 2
    following = tokens.word(j)
    return j if following in _BEHIND_AGE or not following[:1].isalpha() or following in _TELLS else k


def _is_age(tokens: Tokens, k: int) -> bool:
    """Whether "of" and an age stand at `k`, and nothing that the figure counts: "a man of 82 was"."""
    if tokens.word(k) != "of" or as_figure(tokens.word(k + 1)) is None:
        return False
    behind = tokens.word(k + 2)
    return not behind[:1].isalpha() or behind in STOPS or behind in VERBS


def with_status(group: Group, status: VictimStatus) -> Group:
    """The group with a status the sentence states elsewhere."""
    return replace(group, status=status)
