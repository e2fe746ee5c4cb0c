"""Names and ages: "Ilka Moren, 31,", "a nurse, Ilka Moren", "the 12-year-old"."""

from __future__ import annotations

from muniment.extractors.en.names import PSEUDONYM_AFTER
from muniment.extractors.en.nouns import (
    CHILDREN,
    FEMALE,
    MALE,
    NOT_NAMES,
    NOUNS,
    ORGANISATION,
    PRESENT,
    TITLES,
    VERBS,
    Group,
    GroupKind,
)
from muniment.extractors.en.numbers import Quantity, age_of, as_figure
from muniment.extractors.en.tokens import Tokens
from muniment.model import PersonMention
from muniment.model.vocabulary import VictimStatus

_LONGEST_ASIDE = 8
_LONGEST_NAME = 4
_OF_AN_AGE = frozenset(("man", "woman", "boy", "girl", "child", "minor", "youth", "teenager", "lad"))
_PARTICLES = frozenset(("al", "bin", "ibn", "bint", "de", "van", "von", "abu", "da", "del", "el"))


def aged_group(tokens: Tokens, i: int, at: int, age: int) -> Group | None:
    """ "the 12-year-old", "25-year-old Name"."""
    last = at + 1
    name_first = last
    while tokens.word(last) and tokens.capital[last] and tokens.words[last] not in NOT_NAMES and last - name_first < 4:
        last += 1
    name = tokens.raw(name_first, last) if last > name_first else None
    if name and name.endswith(("'s", "’s")):
        return None
    status: VictimStatus = "civilian" if age < 18 else "unknown"
    groups = ("child",) if age < 18 else ()
    person = PersonMention(name, "victim", age=age or None) if name else None
    kind: GroupKind = "one" if tokens.words[at].endswith("old") else "many"
    return Group(i, last, kind, status=status, groups=groups, person=person)


def appositives(tokens: Tokens, group: Group) -> Group:
    """A name and an age behind a single person: "a nurse, Ilka Moren, 31,", "his daughter Veda, six"."""
    words, length = tokens.words, len(tokens)
    k = group.last
    if k < length and words[k] == "," and k + 1 < length:
        comma = k
        k += 1
        if age_of(words[k]) is not None and k + 1 < length and tokens.capital[k + 1]:
            k += 1
    else:
        comma = None
    name_first = k
    while (
        k < length and tokens.capital[k] and words[k] not in NOT_NAMES and words[k] not in NOUNS and k - name_first < 5
    ):
        k += 1
    name, pseudonym = None, False
    if k > name_first:
        joined = tokens.raw(name_first, k)
        if not (joined.endswith(("'s", "’s")) or words[k - 1] in ORGANISATION) and (
            comma is None or k - name_first >= 2 or tokens.word(k) in (",", "(")
        ):
            name = joined.rstrip("*")
            group.last, pseudonym = _behind_name(tokens, k)
    age, last = age_behind(tokens, group.last)
    if age is None and group.head is not None and words[group.head] in _OF_AN_AGE and tokens.word(group.last) == "of":
        age = as_figure(tokens.word(group.last + 1))
        last = group.last + 2
        if age is not None and tokens.word(last) in NOUNS:
            age, last = None, group.last  # "a man of two faces"
        elif age is not None:
            group.last = last
    elif age is not None:
        group.last = last
    if age is None:
        age = next((age_of(word) for word in words[group.first : group.last] if age_of(word) is not None), None)
    head_word = words[group.head] if group.head is not None else ""
    sex = "female" if head_word in FEMALE else "male" if head_word in MALE else None
    if age is not None and age < 18:
        group.status = "civilian"
    if age is not None and age < 18 and not set(group.groups) & CHILDREN:
        group.groups = (*group.groups, "child")
    if name is not None:
        relation = head_word if group.noun is not None and group.noun.kin else None
        group.person = PersonMention(name, "victim", age=age, sex=sex, relation=relation, pseudonym=pseudonym)
    return group


def _behind_name(tokens: Tokens, k: int) -> tuple[int, bool]:
    """Where a name ends that reaches to `k`, with a star, an initial's point or words that call it a pseudonym."""
    words, last = tokens.words, k
    short = len(words[last - 1]) == 1 or (len(words[last - 1]) == 2 and tokens.word(last + 1) in (",", "("))
    if tokens.word(last) == "." and short and last + 1 < len(words):
        last += 1
    starred = tokens.word(last) == "*"
    if starred:
        last += 1
    if tokens.word(last) == "(" and PSEUDONYM_AFTER.match(tokens.view.clean, tokens.ends[last - 1]):
        return _behind_aside(tokens, last), True
    return (last, True) if starred or (last > k and tokens.word(last) == ",") else (k, False)


def _behind_aside(tokens: Tokens, k: int) -> int:
    """Where a few words in brackets end that begin at `k`: "(pictured)", "(not her real name)"; else `k`."""
    words = tokens.words
    j = k + 1
    while j < len(words) and j - k <= _LONGEST_ASIDE and words[j][0].isalpha() and words[j] not in VERBS:
        j += 1
    return j + 1 if j > k + 1 and tokens.word(j) == ")" else k


def age_behind(tokens: Tokens, k: int) -> tuple[int | None, int]:
    """ ", 41,", "(41)", ", aged nine", ", 11 years old"; behind words in brackets too: "(pictured), 41"."""
    words, length = tokens.words, len(tokens)
    if tokens.word(k) == "(":
        k = _behind_aside(tokens, k)
    if k >= length or words[k] not in (",", "(", "aged", "–"):
        return None, k
    j = k if words[k] == "aged" else k + 1
    if tokens.word(j) in ("aged", "age"):
        j += 1
    elif words[k] == "aged":
        return None, k
    age = as_figure(tokens.word(j)) if j < length else None
    if age is None and j < length:
        whole = age_of(tokens.words[j])
        if whole is not None and tokens.word(j + 1) in (",", "and", ".", ")", "was", "were", ""):
            return whole, j + 1
    if age is None:
        return None, k
    j += 1
    if words[k] == "(":
        return (age, j + 1) if tokens.word(j) == ")" else (None, k)
    if tokens.word(j) in ("years", "year") and tokens.word(j + 1) in ("old", "of"):
        j += 2 if tokens.word(j + 1) == "old" else 3
    elif tokens.word(j) in ("months", "weeks", "days", "month"):
        age, j = 0, j + (2 if tokens.word(j + 1) == "old" else 1)
    elif tokens.word(j) not in (
        ",",
        ".",
        ";",
        ")",
        "and",
        "were",
        "was",
        "",
        "–",
        "who",
        "along",
        "when",
        "while",
        "together",
        "as",
    ):
        return None, k
    return age, j


def _has_article(tokens: Tokens, k: int) -> bool:
    """ "al-Haddin", "el-Amri": a name although it begins with a small letter."""
    article, hyphen, _ = tokens.words[k].partition("-")
    at = tokens.starts[k] + len(article) + 1
    return bool(hyphen) and 2 <= len(article) <= 3 and tokens.view.clean[at : at + 1].isupper()


def _pair(tokens: Tokens, i: int) -> Group | None:
    """ "Ari and Simon Holt, 19 and 24,": two names and the ages of both."""
    words = tokens.words
    middle = i
    while middle - i < _LONGEST_NAME and tokens.word(middle) not in ("", "and"):
        if not tokens.capital[middle]:
            return None
        middle += 1
    second = last = middle + 1
    while last - second < _LONGEST_NAME and tokens.word(last) and (tokens.capital[last] or _has_article(tokens, last)):
        last += 1
    if tokens.word(middle) != "and" or middle == i or last == second or tokens.word(last) != ",":
        return None
    at = last + 2 if tokens.word(last + 1) in ("aged", "both") else last + 1
    ages = as_figure(tokens.word(at)), as_figure(tokens.word(at + 2))
    if tokens.word(at - 1) == "both":
        at += tokens.word(at) == "aged"
        ages = as_figure(tokens.word(at)), as_figure(tokens.word(at))
        at -= 2
    elif tokens.word(at + 1) != "and":
        return None
    if None in ages or tokens.word(at + 3) not in (",", ".", ";", "were", ""):
        return None
    if any(
        word in NOT_NAMES or word in NOUNS or word in ORGANISATION for word in (*words[i:middle], *words[second:last])
    ):
        return None
    names = tokens.raw(i, middle), tokens.raw(second, last)
    people = tuple(PersonMention(name, "victim", age=age) for name, age in zip(names, ages, strict=True))
    young = all(age is not None and age < 18 for age in ages)
    group = Group(i, at + 3, "counted", Quantity(i, at + 3, "exact", 2), people=people)
    group.status, group.groups = ("civilian", ("child",)) if young else ("unknown", ())
    return group


def named(tokens: Tokens, i: int) -> Group | None:
    """A bare name: two words or more in capitals, or one before an age."""
    words, length = tokens.words, len(tokens)
    if "and" in words[i + 1 : i + 5] and (pair := _pair(tokens, i)) is not None:
        return pair
    titled = i
    while words[titled] in TITLES and titled + 1 < length:
        titled += 2 if words[titled + 1] == "." and titled + 2 < length else 1
    if words[titled] in NOT_NAMES or not words[titled][0].isalpha() or (words[titled] in NOUNS and titled == i):
        return None
    k = titled
    while k < length and k - i < 6 and words[k] not in NOT_NAMES and words[k] not in NOUNS:
        if words[k] in VERBS or words[k] in PRESENT:
            break  # a headline's capitals: "Massacre Kills Up To 12"
        if not (tokens.capital[k] or (k > i and (words[k] in _PARTICLES or _has_article(tokens, k)))):
            break
        if words[k].endswith(("'s", "s'")):
            return None
        k += 1
    if k == titled or words[k - 1] in ORGANISATION or any(word in ORGANISATION for word in words[i:k]):
        return None
    last, starred = _behind_name(tokens, k)
    age, reached = age_behind(tokens, last)
    if k - titled < 2 and age is None and not starred and titled == i:
        return None
    name = tokens.raw(titled, k)
    status: VictimStatus = "civilian" if age is not None and age < 18 else "unknown"
    groups = ("child",) if age is not None and age < 18 else ()
    person = PersonMention(name, "victim", age=age, pseudonym=starred)
    return Group(i, reached if age is not None else last, "named", status=status, groups=groups, person=person)
