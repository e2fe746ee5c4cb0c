"""People: the same name in one account is one person; two spellings in one account are put to a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from muniment.linker.names import fold
from muniment.linker.rulings import Rulings
from muniment.model import Claim, Flag, Person, PersonMention, Relation

ADULT_YEARS = 18
VARIANT = 88.0
"""Percent of letters shared from which two spellings in one account are put to a person."""

PUBLIC_ROLES = frozenset({"official", "expert", "spokesperson"})
Mention = tuple[str, int]


@dataclass(slots=True)
class _Account:
    """One name in one document."""

    key: Mention
    name: str
    document: str
    pseudonym: bool
    mentions: list[tuple[Mention, PersonMention]] = field(default_factory=list)
    incidents: set[str] = field(default_factory=set)

    @property
    def ages(self) -> set[int]:
        return {mention.age for _, mention in self.mentions if mention.age is not None}

    @property
    def roles(self) -> set[str]:
        return {mention.role for _, mention in self.mentions}


@dataclass(frozen=True, slots=True)
class People:
    """The people of a case and what is to be asked about them."""

    persons: tuple[Person, ...]
    person_of: Mapping[Mention, str]
    relations: tuple[Relation, ...]
    flags: tuple[Flag, ...]


def people(claims: Sequence[Claim], incident_of: Mapping[str, str], rulings: Rulings) -> People:
    """Who is named, where.

    Args:
        claims: all of the case.
        incident_of: claim id to incident id.
        rulings: `same_person` and `distinct_person` bind.
    """
    accounts = _accounts(claims, incident_of)
    home = list(range(len(accounts)))
    ids = {_person_id(account.key): n for n, account in enumerate(accounts)}
    distinct = _pairs(rulings.distinct_person, ids, accounts)
    ruled = _pairs(rulings.same_person, ids, accounts)
    _join(home, ruled, distinct)
    _join(home, _same_name_in_document(accounts), distinct)
    _join(home, _same_name_across(accounts), distinct)
    members: dict[int, list[int]] = {}
    for n in range(len(accounts)):
        members.setdefault(_root(home, n), []).append(n)
    person_id = {root: _person_id(min(accounts[n].key for n in group)) for root, group in members.items()}
    persons, person_of = [], {}
    for root, group in members.items():
        held = [mention for n in group for mention in accounts[n].mentions]
        for key, _ in held:
            person_of[key] = person_id[root]
        persons.append(_person(person_id[root], held))
    relations, flags = _variants(accounts, home, person_id, distinct)
    for a, b in sorted(distinct):
        one, other = sorted((person_id[_root(home, a)], person_id[_root(home, b)]))
        if one != other:
            relations.append(Relation("distinct_person", one, other, status="accepted", why="decided"))
    unique = {(r.kind, r.a, r.b): r for r in relations}
    return People(
        tuple(sorted(persons, key=lambda p: p.id)),
        person_of,
        tuple(unique[key] for key in sorted(unique)),
        tuple(flags),
    )


def _person_id(key: Mention) -> str:
    return "p" + hashlib.sha256(f"{key[0]}/{key[1]}".encode()).hexdigest()[:20]


def _accounts(claims: Iterable[Claim], incident_of: Mapping[str, str]) -> list[_Account]:
    found: dict[tuple[str, str, bool], _Account] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        for position, mention in enumerate(claim.persons):
            name = fold(mention.name)
            key = (claim.document, name, mention.pseudonym)
            account = found.get(key)
            if account is None:
                account = found[key] = _Account((claim.id, position), name, claim.document, mention.pseudonym)
            account.mentions.append(((claim.id, position), mention))
            if claim.id in incident_of:
                account.incidents.add(incident_of[claim.id])
    return sorted(found.values(), key=lambda account: account.key)


def _person(id_: str, held: Sequence[tuple[Mention, PersonMention]]) -> Person:
    names = tuple(sorted({" ".join(mention.name.split()) for _, mention in held}, key=lambda name: (-len(name), name)))
    minor = any(mention.age is not None and mention.age < ADULT_YEARS for _, mention in held)
    return Person(id_, names, tuple(sorted({key[0] for key, _ in held})), minor or any(m.pseudonym for _, m in held))


def _pairs(
    ruled: Iterable[tuple[str, str]], ids: Mapping[str, int], accounts: Sequence[_Account]
) -> set[tuple[int, int]]:
    by_name: dict[str, list[int]] = {}
    for n, account in enumerate(accounts):
        by_name.setdefault(account.name, []).append(n)
    out = set()
    for a, b in ruled:
        for x in [ids[a]] if a in ids else by_name.get(fold(a), []):
            for y in [ids[b]] if b in ids else by_name.get(fold(b), []):
                if x != y:
                    out.add((min(x, y), max(x, y)))
    return out


def _root(home: list[int], n: int) -> int:
    while home[n] != n:
        home[n] = home[home[n]]
        n = home[n]
    return n


def _join(home: list[int], pairs: Iterable[tuple[int, int]], distinct: set[tuple[int, int]]) -> None:
    for a, b in sorted(pairs):
        x, y = _root(home, a), _root(home, b)
        if x == y:
            continue
        if any({_root(home, p), _root(home, q)} == {x, y} for p, q in distinct):
            continue
        home[max(x, y)] = min(x, y)


def _ages_agree(a: _Account, b: _Account) -> bool:
    return not a.ages or not b.ages or bool(a.ages & b.ages)


def _same_name_in_document(accounts: Sequence[_Account]) -> Iterable[tuple[int, int]]:
    """A given name alone is the one person of the account whose full name begins with it."""
    documents: dict[str, list[int]] = {}
    for n, account in enumerate(accounts):
        if not account.pseudonym:
            documents.setdefault(account.document, []).append(n)
    for group in documents.values():
        for n in group:
            words = accounts[n].name.split()
            if len(words) != 1:
                continue
            fuller = [
                m
                for m in group
                if m != n and accounts[m].name.split()[:1] == words and _ages_agree(accounts[m], accounts[n])
            ]
            if len({accounts[m].name for m in fuller}) == 1:
                yield (min(n, fuller[0]), max(n, fuller[0]))


def _same_name_across(accounts: Sequence[_Account]) -> Iterable[tuple[int, int]]:
    """The same full name in two documents is one person where incident, age or a public role is the same too."""
    names: dict[str, list[int]] = {}
    for n, account in enumerate(accounts):
        if " " in account.name and not account.pseudonym:
            names.setdefault(account.name, []).append(n)
    for group in names.values():
        seen: dict[tuple[str, str], int] = {}
        for n in group:
            account = accounts[n]
            keys = [("incident", incident) for incident in sorted(account.incidents)]
            keys += [("age", str(age)) for age in sorted(account.ages)]
            keys += [("role", "public")] if account.roles & PUBLIC_ROLES else []
            for key in keys:
                first = seen.setdefault(key, n)
                if first != n and _ages_agree(accounts[first], account):
                    yield first, n


def _variants(
    accounts: Sequence[_Account], home: list[int], person_id: Mapping[int, str], distinct: set[tuple[int, int]]
) -> tuple[list[Relation], list[Flag]]:
    blocks: dict[tuple[str, str], list[int]] = {}
    for n, account in enumerate(accounts):
        if account.pseudonym or " " not in account.name:
            continue
        blocks.setdefault(("document", account.document), []).append(n)
        for incident in account.incidents:
            blocks.setdefault(("incident", incident), []).append(n)
        blocks.setdefault(("name", account.name), []).append(n)
    pairs: set[tuple[int, int]] = set()
    for kind, group in sorted(blocks.items()):
        reach = 1 if kind[0] == "name" else 60
        for order, a in enumerate(group):
            pairs.update((a, b) for b in group[order + 1 : order + 1 + reach])
    relations, flags = [], []
    for a, b in sorted(pairs):
        x, y = _root(home, a), _root(home, b)
        one, other = accounts[a], accounts[b]
        if x == y or (a, b) in distinct or not _ages_agree(one, other):
            continue
        ratio = 100.0 if one.name == other.name else _alike(one, other)
        if ratio < VARIANT:
            continue
        pair = sorted((person_id[x], person_id[y]))
        why = "the same name in two accounts" if ratio == 100.0 else f"two spellings, {ratio:.0f} % alike"
        relations.append(Relation("same_person", pair[0], pair[1], score=round(ratio / 100, 3), why=why))
        if ratio < 100.0:
            claims = tuple(sorted({one.key[0], other.key[0]}))
            flags.append(
                Flag(
                    "name_variant", (*pair, *claims), "One person may stand here in two spellings; neither was changed."
                )
            )
    return relations, flags


def _alike(one: _Account, other: _Account) -> float:
    """How alike two full names are; 0 where they are two people: of one list, or with no word of the name in common."""
    if {key[0] for key, _ in one.mentions} & {key[0] for key, _ in other.mentions}:
        return 0.0
    words, others = one.name.split(), other.name.split()
    if len(words) != len(others) or not set(words) & set(others):
        return 0.0
    if (
        not one.roles & other.roles
        and not one.incidents & other.incidents
        and not (one.ages and one.ages == other.ages)
    ):
        return 0.0
    if min(fuzz.ratio(a, b) for a, b in zip(words, others, strict=True)) < 70.0:
        return 0.0
    return fuzz.ratio(one.name, other.name)
