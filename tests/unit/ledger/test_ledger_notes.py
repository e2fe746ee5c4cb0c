"""Checkpoints: written and read as C2SP lays down, signed by keys that open only with their passphrase."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment import ledger
from muniment.errors import BadInput
from muniment.ledger import note as notes
from muniment.ledger.signing import SigningKey, holds, make_key

CHECKPOINT = ledger.Checkpoint("muniment/0011", 17, bytes(range(32)))


@pytest.fixture(scope="module")
def runa() -> SigningKey:
    text, _ = make_key("runa-ostrane", "three words long")
    return SigningKey.open(text, "three words long")


@pytest.fixture(scope="module")
def signed(runa: SigningKey) -> ledger.Note:
    return notes.with_signature(ledger.Note(CHECKPOINT), runa.sign(CHECKPOINT))


def test_a_note_is_written_as_the_format_says(signed: ledger.Note, runa: SigningKey) -> None:
    lines = str(signed).split("\n")
    assert lines[:4] == ["muniment/0011", "17", base64.b64encode(bytes(range(32))).decode(), ""]
    assert lines[4].startswith("\u2014 runa-ostrane ")
    raw = base64.b64decode(lines[4].rsplit(" ", 1)[1])
    assert (raw[:4], len(raw)) == (runa.public.id, 68)
    assert lines[5:] == [""]


def test_a_note_reads_back_and_its_signature_holds(signed: ledger.Note, runa: SigningKey) -> None:
    back = ledger.parse_note(str(signed))
    assert back == signed
    assert ledger.parse_note(str(signed).replace("\n", "\r\n")) == signed
    assert holds(back, back.signatures[0], runa.public)


@pytest.mark.parametrize(
    "other",
    [
        replace(CHECKPOINT, size=18),
        replace(CHECKPOINT, root=bytes(32)),
        replace(CHECKPOINT, origin="muniment/0012"),
        replace(CHECKPOINT, extensions=("more",)),
    ],
)
def test_a_signature_holds_for_its_own_checkpoint_alone(
    signed: ledger.Note, runa: SigningKey, other: ledger.Checkpoint
) -> None:
    assert not holds(ledger.Note(other, signed.signatures), signed.signatures[0], runa.public)


def test_another_key_of_the_same_name_is_told_apart(signed: ledger.Note) -> None:
    _, other = make_key("runa-ostrane", "another")
    assert notes.signer_of(signed.signatures[0], [other]) is None
    assert not holds(signed, signed.signatures[0], other)


def test_several_people_sign_one_checkpoint(signed: ledger.Note) -> None:
    text, public = make_key("jorin-tavel", "x y z")
    both = notes.with_signature(signed, SigningKey.open(text, "x y z").sign(CHECKPOINT))
    assert [s.name for s in both.signatures] == ["runa-ostrane", "jorin-tavel"]
    assert holds(ledger.parse_note(str(both)), both.signatures[1], public)
    assert len(notes.with_signature(both, both.signatures[0]).signatures) == 2


def test_a_public_key_is_one_word_that_reads_back(runa: SigningKey) -> None:
    assert ledger.parse_key(f"{runa.public}\n") == runa.public
    assert " " not in str(runa.public)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "x" * 101, "a\u2014b"])
def test_a_name_that_no_note_could_carry_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        make_key(name, "pass")


def test_a_key_opens_with_its_passphrase_alone() -> None:
    text, _ = make_key("runa", "right")
    assert "ENCRYPTED" in text
    for wrong in ("wrong", ""):
        with pytest.raises(BadInput):
            SigningKey.open(text, wrong)
    with pytest.raises(BadInput, match="passphrase"):
        make_key("runa", "")
    with pytest.raises(BadInput):
        SigningKey.open(text[: len(text) // 2], "right")


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_what_is_no_note_or_key_is_refused_and_never_crashes(text: str) -> None:
    for parse in (ledger.parse_note, ledger.parse_key):
        try:
            parse(text)
        except BadInput:
            continue


@given(st.data())
def test_a_note_with_any_character_changed_is_refused_or_does_not_hold(data: st.DataObject) -> None:
    text, public = make_key("runa", "p") if not _MADE else _MADE[0]
    if not _MADE:
        _MADE.append((text, public))
    note = notes.with_signature(ledger.Note(CHECKPOINT), SigningKey.open(text, "p").sign(CHECKPOINT))
    words = str(note)
    at = data.draw(st.integers(0, len(words) - 1))
    changed = words[:at] + data.draw(st.sampled_from("aZ0+/ \n").filter(lambda c: c != words[at])) + words[at + 1 :]
    try:
        back = ledger.parse_note(changed)
    except BadInput:
        return
    assert back == note or not any(holds(back, signature, public) for signature in back.signatures)


_MADE: list[tuple[str, ledger.PublicKey]] = []
