"""The ledger notices what was done to it, and says what it cannot notice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import ledger

PAYLOADS = st.fixed_dictionaries(
    {"what": st.sampled_from(["report", "photo", "letter"])},
    optional={"bytes": st.integers(0, 10**9), "name": st.text(st.characters(exclude_categories=["Cs"]), max_size=8)},
)


def chain(payloads: list[dict[str, Any]]) -> list[ledger.Entry]:
    entries: list[ledger.Entry] = []
    for number, payload in enumerate(payloads):
        previous = entries[-1] if entries else None
        at = f"2031-05-{1 + number % 28:02}T08:00:00+00:00"
        entries.append(ledger.make(previous, at=at, kind="received", by="Runa", payload=payload))
    return entries


CHAINS = st.lists(PAYLOADS, min_size=2, max_size=8).map(chain)


@given(CHAINS)
def test_an_untouched_ledger_passes(entries: list[ledger.Entry]) -> None:
    audit = ledger.check(entries)
    assert audit.problems == ()
    assert (audit.size, audit.head) == (len(entries), entries[-1].hash)
    assert entries[0].previous == ledger.START


@given(CHAINS, st.data())
def test_any_altered_field_is_noticed(entries: list[ledger.Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(["seq", "at", "kind", "by", "payload", "salt", "commitment", "previous", "hash"]))
    before = entries[at]
    value: Any
    if field == "seq":
        value = before.seq + data.draw(st.integers(1, 5) | st.just(2**60))
    elif field == "payload":
        value = data.draw(
            (PAYLOADS | st.none() | st.just({"what": "report", 1: 2})).filter(lambda other: other != before.payload)
        )
    elif field in ("salt", "commitment", "previous", "hash"):
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
    forged = ledger.make(entries[at - 1] if at else None, at="2031-05-01", kind="received", by="?", payload=payload)
    assert ledger.check([*entries[:at], forged, *entries[at:]]).problems


@given(CHAINS, st.data())
def test_what_is_cut_off_the_end_is_not_noticed_and_the_audit_says_so(
    entries: list[ledger.Entry], data: st.DataObject
) -> None:
    kept = data.draw(st.integers(1, len(entries)))
    audit = ledger.check(entries[:kept])
    assert audit.problems == ()
    assert any("cut off" in sentence and "would not be noticed" in sentence for sentence in audit.sentences)


def test_an_altered_entry_is_named() -> None:
    entries = chain([{"what": "a"}, {"what": "b"}, {"what": "c"}])
    entries[1] = replace(entries[1], payload={"what": "B"})
    assert ledger.check(entries).problems == ("Entry 1 (received) no longer carries the payload it was made with.",)


def test_an_empty_ledger_is_a_problem() -> None:
    audit = ledger.check([])
    assert audit.size == 0
    assert audit.head is None
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
