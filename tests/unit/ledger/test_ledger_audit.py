"""The ledger notices what was done to it, and says what it cannot notice."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import ledger
from muniment.ledger import tree

PAYLOADS = st.fixed_dictionaries(
    {"what": st.sampled_from(["report", "photo", "letter"])},
    optional={"bytes": st.integers(0, 10**9), "name": st.text(st.characters(exclude_categories=["Cs"]), max_size=8)},
)


def chain(payloads: list[dict[str, Any]]) -> list[ledger.Entry]:
    entries: list[ledger.Entry] = []
    for number, payload in enumerate(payloads):
        at = f"2031-05-{1 + number % 28:02}T08:00:00+00:00"
        entries.append(ledger.make(number, at=at, kind="received", by="Runa", payload=payload))
    return entries


FIELDS = ["seq", "at", "kind", "by", "by_salt", "by_commitment", "payload", "salt", "commitment", "hash"]
CHAINS = st.lists(PAYLOADS, min_size=2, max_size=8).map(chain)


@given(CHAINS)
def test_an_untouched_ledger_passes(entries: list[ledger.Entry]) -> None:
    audit = ledger.check(entries)
    assert audit.problems == ()
    assert audit.size == len(entries)
    assert audit.erased == 0


@given(CHAINS, st.data())
def test_any_altered_field_is_noticed(entries: list[ledger.Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    before = entries[at]
    value: Any
    if field == "seq":
        value = before.seq + data.draw(st.integers(1, 5) | st.just(2**60))
    elif field == "payload":
        value = data.draw(
            (PAYLOADS | st.none() | st.just({"what": "report", 1: 2})).filter(lambda other: other != before.payload)
        )
    elif field in ("salt", "by_salt", "commitment", "by_commitment", "hash"):
        old = getattr(before, field)
        place = data.draw(st.integers(0, len(old) - 1))
        digit = data.draw(st.sampled_from("0123456789abcdefg").filter(lambda other: other != old[place]))
        value = old[:place] + digit + old[place + 1 :]
    else:
        value = data.draw(st.text(max_size=12).filter(lambda other: other != getattr(before, field)))
    changed = [*entries[:at], replace(before, **{field: value}), *entries[at + 1 :]]
    assert ledger.check(changed).problems


@given(CHAINS, st.data())
def test_reordered_entries_are_noticed(entries: list[ledger.Entry], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(entries))).filter(lambda p: p != sorted(p)))
    assert ledger.check(entries[number] for number in order).problems


@given(CHAINS, st.data())
def test_an_entry_dropped_before_the_end_is_noticed(entries: list[ledger.Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 2))
    assert ledger.check([*entries[:at], *entries[at + 1 :]]).problems


@given(CHAINS, st.data())
def test_an_entry_repeated_is_noticed(entries: list[ledger.Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    assert ledger.check([*entries[: at + 1], *entries[at:]]).problems


@given(CHAINS, PAYLOADS, st.data())
def test_an_entry_slipped_in_is_noticed(
    entries: list[ledger.Entry], payload: dict[str, Any], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    forged = ledger.make(at, at="2031-05-01", kind="received", by="?", payload=payload)
    assert ledger.check([*entries[:at], forged, *entries[at:]]).problems


@given(CHAINS, st.data())
def test_what_is_cut_off_the_end_shows_in_the_root_alone(entries: list[ledger.Entry], data: st.DataObject) -> None:
    kept = data.draw(st.integers(1, len(entries)))
    whole = ledger.check(entries, sizes=[kept])
    cut = ledger.check(entries[:kept])
    assert cut.problems == ()
    assert cut.root == whole.roots[kept]
    assert (cut.root == whole.root) == (kept == len(entries))


@given(CHAINS, st.data())
def test_kept_hashes_that_are_not_those_of_the_leaves_are_noticed(
    entries: list[ledger.Entry], data: st.DataObject
) -> None:
    nodes: dict[tuple[int, int], bytes] = {}
    for entry in entries:
        hashes = tree.grown(entry.seq, bytes.fromhex(entry.hash), lambda level, index: nodes[level, index])
        nodes.update({(level, index): digest for level, index, digest in hashes})
    kept = {at: digest for at, digest in nodes.items() if at[0] > 0}
    assert ledger.check(entries, kept).problems == ()
    at = data.draw(st.sampled_from(sorted(kept)))
    assert ledger.check(entries, {**kept, at: bytes(32)}).problems
    assert ledger.check(entries, {k: v for k, v in kept.items() if k != at}).problems
    assert ledger.check(entries, {**kept, (9, 9): bytes(32)}).problems


def test_an_erased_payload_leaves_the_tree_as_it_was() -> None:
    entries = chain([{"what": "a"}, {"what": "b"}, {"what": "c"}])
    erased = [entries[0], replace(entries[1], payload=None, salt=None), entries[2]]
    audit = ledger.check(erased)
    assert (audit.problems, audit.erased) == ((), 1)
    assert audit.root == ledger.check(entries).root


def test_an_altered_entry_is_named() -> None:
    entries = chain([{"what": "a"}, {"what": "b"}, {"what": "c"}])
    entries[1] = replace(entries[1], payload={"what": "B"})
    assert ledger.check(entries).problems == ("Entry 1 (received) no longer carries the payload it was made with.",)


def test_an_empty_ledger_is_a_problem() -> None:
    audit = ledger.check([])
    assert audit.size == 0
    assert audit.root == hashlib.sha256().hexdigest()
    assert audit.problems


@pytest.mark.parametrize("salt", ["", "not hex", "00"])
def test_a_damaged_salt_is_a_problem_rather_than_a_crash(salt: str) -> None:
    (entry,) = chain([{"what": "a"}])
    assert ledger.check([replace(entry, salt=salt)]).problems


def test_two_entries_of_one_payload_have_different_commitments() -> None:
    first, second = chain([{"what": "a"}, {"what": "a"}])
    assert first.commitment != second.commitment


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), st.binary(max_size=4))))
def test_the_digest_of_rows_tells_neighbours_apart(rows: list[tuple[str, bytes]]) -> None:
    digest = ledger.digest_rows(rows)
    assert digest == ledger.digest_rows(iter(rows))
    assert digest != ledger.digest_rows([*rows, ("", b"")])
    joined = [("".join(key for key, _ in rows), b"".join(payload for _, payload in rows))]
    assert (digest == ledger.digest_rows(joined)) == (rows == joined)
