"""Linking and counting are functions of the set of claims: no order of claims, documents or rulings changes them."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from linker_world import LEXICON, Told, run, told
from muniment.linker import Rulings, Session, link
from muniment.model import Incident

DAYS = ("-", "2031-03-09", "2031-03-10", "2031-03-09/2031-03-10", "2031-03", "2031-03-01/2031-04-30", "2031-03-12/..")
PLACES = (
    "-",
    "Norvik",
    "Norvakar",
    "Dockside",
    "Tarn",
    "Olm",
    "Karsen",
    "North Ulmar",
    "Ulmar",
    "Lost Ford",
    "Norvik & Tarn",
)
WHATS = (
    "killed 5", "killed >=12 civilian", "killed 21 civilian verified", "injured ~50", "killed [Nila Sarov/14]",
    "damage", "killed 60 agg", "killed >=146 civilian agg", "weapon_use likely", "denial denied", "refutation",
    "ceasefire",
    "detention detained 3", "killed 2 group:children", "killed some", "injured <=40", "killed 4 combatant",
)  # fmt: skip
WEAPONS = ("-", "cluster M095", "artillery", "drone", "mlrs Grad", "ballistic_missile")
QUOTES = (
    "people were killed in the attack", "another strike followed on the same evening of that long and terrible day",
    "shells hit the hospital", "a further attack on the cathedral", "the Health Office said the toll had risen again",
)  # fmt: skip
LINES = st.lists(
    st.tuples(
        st.sampled_from("abcde"), st.sampled_from(WHATS), st.sampled_from(DAYS), st.sampled_from(PLACES),
        st.sampled_from(WEAPONS), st.sampled_from(("-", "VE", "UL", "VE appears")), st.sampled_from(QUOTES),
    ),
    min_size=2, max_size=16,
)  # fmt: skip


def account(lines: list[tuple[str, ...]]) -> Told:
    text = []
    for n, (document, what, day, place, weapon, party, quote) in enumerate(lines):
        published = f"2031-0{4 + 'abcde'.index(document)}-01"
        voice = ("Harbour Watch", "Coast Radio", "Field Mission", "Harbour Watch", "River Post")[
            "abcde".index(document)
        ]
        text.append(f"{document}{n} | {published} {voice} | {what} | {day} | {place} | {weapon} | {party} | {quote}")
    return told("\n".join(text))


def picture(account: Told, seed: int, rulings: Rulings | None = None) -> tuple[object, ...]:
    """Everything linking makes of the claims, dealt in an order of its own."""
    dealt = random.Random(seed)
    claims = list(account.claims)
    dealt.shuffle(claims)
    ids = list(account.documents)
    dealt.shuffle(ids)
    found = run(claims, {id_: account.documents[id_] for id_ in ids}, rulings)
    return (
        found.linkage.incidents, found.linkage.relations, found.linkage.flags, found.linkage.persons,
        sorted(found.linkage.person_of.items()), sorted(found.linkage.reasons.items()),
        sorted(found.incidents.items()),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(LINES, st.integers(0, 1000), st.data())
def test_any_order_gives_the_same(lines: list[tuple[str, ...]], seed: int, data: st.DataObject) -> None:
    told_ = account(lines)
    ids = [claim.id for claim in told_.claims]
    pairs = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=3)
    rulings = Rulings(
        same=frozenset(data.draw(pairs)), not_same=frozenset(data.draw(pairs)), part_of=frozenset(data.draw(pairs))
    )
    assert picture(told_, seed, rulings) == picture(told_, seed + 1, rulings)


@settings(max_examples=200, deadline=None)
@given(LINES, st.integers(0, 1000), st.data())
def test_documents_that_come_one_by_one_and_some_that_go_are_linked_as_all_at_once(
    lines: list[tuple[str, ...]], seed: int, data: st.DataObject
) -> None:
    whole, other = account(lines), account(data.draw(LINES))
    ids = [claim.id for claim in whole.claims]
    pairs = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=2)
    rulings = Rulings(same=frozenset(data.draw(pairs)), not_same=frozenset(data.draw(pairs)))
    dealt = random.Random(seed)
    steps: list[tuple[str, Told | None]] = [(id_, other) for id_ in other.documents]
    steps += [(id_, None) for id_ in other.documents if dealt.random() < 0.5]
    dealt.shuffle(steps)
    last: list[tuple[str, Told | None]] = [(id_, whole) for id_ in whole.documents]
    last += [(id_, None) for id_ in other.documents if id_ not in whole.documents]
    dealt.shuffle(last)
    session = Session(LEXICON, rulings, {})
    for id_, says in [*steps, *last]:
        if says is None:
            session.update({id_: (None, ())})
        else:
            session.update({id_: (says.documents[id_], [c for c in says.claims if c.document == id_])})
    assert session.linkage() == link(whole.claims, whole.documents, LEXICON, rulings, {})


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_every_claim_stands_in_one_incident_at_most(lines: list[tuple[str, ...]]) -> None:
    told_ = account(lines)
    found = run(told_.claims, told_.documents)
    held = [claim for incident in found.incidents.values() for claim in incident.claims]
    assert len(held) == len(set(held))
    assert set(held) <= {claim.id for claim in told_.claims}


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_members_of_an_incident_can_all_hold(lines: list[tuple[str, ...]]) -> None:
    """Never a chain: no two claims of an incident state days that cannot both be, unless they are of one sentence."""
    told_ = account(lines)
    found = run(told_.claims, told_.documents)
    copied = {frozenset((r.a, r.b)) for r in found.linkage.relations if r.kind == "copied_from"}
    for incident in found.incidents.values():
        _check_days(incident, told_, copied)


def _check_days(incident: Incident, told_: Told, copied: set[frozenset[str]]) -> None:
    dated = []
    for id_ in incident.claims:
        claim = told_.claim(id_)
        published = told_.documents[claim.document].published
        if claim.when is not None and claim.when.earliest and claim.when.latest and published:
            dated.append(claim)
    slack = 1 if incident.kind == "ceasefire" else 0
    for one in dated:
        for other in dated:
            assert one.when is not None
            assert other.when is not None
            assert one.when.earliest is not None
            assert other.when.latest is not None
            assert (one.when.earliest - other.when.latest).days <= slack


@settings(max_examples=80, deadline=None)
@given(LINES, st.data())
def test_what_a_person_ruled_apart_stays_apart(lines: list[tuple[str, ...]], data: st.DataObject) -> None:
    told_ = account(lines)
    ids = [claim.id for claim in told_.claims]
    a, b = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    found = run(told_.claims, told_.documents, Rulings(not_same=frozenset({(a, b)}) if a != b else frozenset()))
    if a != b and a in found.incident_of and b in found.incident_of:
        assert found.incident_of[a] != found.incident_of[b]


@settings(max_examples=80, deadline=None)
@given(LINES, st.data())
def test_what_a_person_ruled_the_same_is_one(lines: list[tuple[str, ...]], data: st.DataObject) -> None:
    told_ = account(lines)
    ids = [claim.id for claim in told_.claims]
    a, b = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    found = run(told_.claims, told_.documents, Rulings(same=frozenset({(a, b)})))
    assert a == b or found.incident_of[a] == found.incident_of[b]
