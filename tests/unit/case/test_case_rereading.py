"""Decisions hold on to words: a new reading moves every offset, and each decision finds its claim or is listed lost."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from muniment.case.settling import Settled, anchor, settle
from muniment.model import Claim, Count, Decision, Document, Span, Words
from muniment.model.claim import with_ids

EXHIBIT = "e" * 64
PLACES = ("Ostra", "Sarn", "Velin")


@dataclass(frozen=True)
class Sentence:
    """One sentence that makes one claim: how many were harmed, how, and where."""

    number: int
    harm: str
    place: str

    @property
    def quote(self) -> str:
        return f"{self.number} people were {self.harm} in {self.place}"


sentences = st.builds(
    Sentence, st.integers(2, 4), st.sampled_from(["killed", "injured"]), st.sampled_from(list(PLACES))
)
fillers = st.text("abc \n", max_size=40)
readings = st.lists(st.tuples(fillers, sentences), max_size=6)


def read(parts: list[tuple[str, Sentence]], key: str = "k1") -> tuple[str, Document, tuple[Claim, ...]]:
    """A text with its document and claims."""
    text = ""
    claims = []
    for filler, sentence in parts:
        text += filler
        start = len(text)
        text += sentence.quote
        claims.append(
            Claim(
                "",
                "d1",
                Span(start, len(text)),
                sentence.quote,
                "casualty",
                harm=(sentence.harm,),  # type: ignore[arg-type]
                count=Count.of("exact", sentence.number, str(sentence.number)),
            )
        )
        text += ".\n"
    document = Document("d1", EXHIBIT, "a.txt", 0, key, 0, len(text), "A title", None, None, None, "en", "news")
    return text, document, with_ids(claims, EXHIBIT, key)


def decision(seq: int, kind: str, on: str, words: Words, value: object = None) -> Decision:
    return Decision(seq, "2031-05-03T08:00:00+00:00", "runa", kind, (on,), value, "read it", {on: words})  # type: ignore[arg-type]


def settled_on(
    first: list[tuple[str, Sentence]], second: list[tuple[str, Sentence]], chosen: int
) -> tuple[Claim, Words, str, tuple[Claim, ...], Settled]:
    """Accept a claim of the first reading, then settle the second."""
    text, document, claims = read(first)
    claim = claims[chosen]
    words = anchor(claim, document, text)
    new_text, new_document, new_claims = read(second)
    accepted = decision(1, "accept", claim.id, words)
    return claim, words, new_text, new_claims, settle(new_claims, {"d1": new_document}, [accepted], lambda _: new_text)


@given(readings, readings, st.data())
def test_a_decision_is_never_applied_to_other_words(
    first: list[tuple[str, Sentence]], second: list[tuple[str, Sentence]], data: st.DataObject
) -> None:
    assume(first)
    chosen = data.draw(st.integers(0, len(first) - 1))
    claim, words, new_text, new_claims, settled = settled_on(first, second, chosen)
    touched = [c for c in settled.claims.values() if c.review.state != "unreviewed"]
    same = [c for c in new_claims if (c.quote, c.harm) == (claim.quote, claim.harm)]
    assert len(touched) <= 1
    assert all((c.quote, c.harm, c.count) == (claim.quote, claim.harm, claim.count) for c in touched)
    assert bool(touched) != bool(settled.lost), "applied or lost: never both, never neither"
    if len(same) == 1:
        assert [c.id for c in touched] == [same[0].id]
    if not same:
        assert settled.lost[0][0].seq == 1
    if len(same) > 1 and touched:
        around = (
            new_text[max(0, touched[0].span.start - 32) : touched[0].span.start],
            new_text[touched[0].span.end : touched[0].span.end + 32],
        )
        assert around == (words.before, words.after)


@given(readings, st.text("xyz \n", min_size=1, max_size=50), st.data())
def test_every_decision_finds_its_words_after_the_text_moved(
    parts: list[tuple[str, Sentence]], before: str, data: st.DataObject
) -> None:
    assume(len({sentence for _, sentence in parts}) == len(parts) > 0)
    chosen = data.draw(st.integers(0, len(parts) - 1))
    moved = [(before + parts[0][0], parts[0][1]), *parts[1:]]
    claim, _, _, _, settled = settled_on(parts, moved, chosen)
    assert settled.lost == []
    (accepted,) = [c for c in settled.claims.values() if c.review.state == "accepted"]
    assert accepted.quote == claim.quote
    assert accepted.id != claim.id
    assert accepted.span.start == claim.span.start + len(before)
    assert settled.now(claim.id) == accepted.id


@given(readings, st.data())
def test_nothing_moved_nothing_changes_even_where_the_same_words_stand_twice(
    parts: list[tuple[str, Sentence]], data: st.DataObject
) -> None:
    assume(parts)
    chosen = data.draw(st.integers(0, len(parts) - 1))
    claim, _, _, _, settled = settled_on(parts, parts, chosen)
    assert settled.lost == []
    assert [c.id for c in settled.claims.values() if c.review.state == "accepted"] == [claim.id]


@given(readings, readings, st.data())
def test_a_claim_added_by_hand_stands_on_its_words_or_is_lost(
    first: list[tuple[str, Sentence]], second: list[tuple[str, Sentence]], data: st.DataObject
) -> None:
    assume(first)
    text, document, claims = read(first)
    claim = claims[data.draw(st.integers(0, len(claims) - 1))]
    start, end = claim.span.start, claim.span.end
    words = Words(
        EXHIBIT, "k1", "document", (), None, claim.quote, text[max(0, start - 32) : start], text[end : end + 32], start
    )
    value = {"start": start, "end": end, "quote": claim.quote, "kind": "damage"}
    added = decision(7, "add_claim", "d1", words, value)
    new_text, new_document, new_claims = read(second)
    settled = settle(new_claims, {"d1": new_document}, [added], lambda _: new_text)
    assert document.id == new_document.id
    assert bool(settled.added) != bool(settled.lost)
    for made in settled.added.values():
        assert made.quote == claim.quote == made.span.of(new_text)
        assert made.made_by.person == "runa"
    if new_text.count(claim.quote) == 1:
        assert settled.added


def test_a_row_with_the_old_id_but_other_words_is_left_alone() -> None:
    before = [("", Sentence(2, "killed", "Ostra"))]
    after = [("", Sentence(3, "killed", "Ostra"))]
    claim, _, _, new_claims, settled = settled_on(before, after, 0)
    assert new_claims[0].id == claim.id  # the same place in the text, the same kind and harm
    assert settled.claims[claim.id].review.state == "unreviewed"
    assert [(d.seq, on) for d, on in settled.lost] == [(1, claim.id)]
    assert settled.now(claim.id) not in settled.claims


def test_a_fact_decided_of_a_document_that_is_gone_is_lost() -> None:
    text, document, claims = read([("", Sentence(2, "killed", "Ostra"))])
    words = Words(EXHIBIT, "another", "document", (), None, "A title", "", "", 0)
    dated = decision(3, "set_document", "d9", words, {"published": "2031-05-09"})
    settled = settle(claims, {"d1": document}, [dated], lambda _: text)
    assert [(d.seq, on) for d, on in settled.lost] == [(3, "d9")]


def test_a_fact_decided_of_a_document_follows_its_key() -> None:
    text, document, claims = read([("", Sentence(2, "killed", "Ostra"))])
    words = Words(EXHIBIT, document.key, "document", (), None, "A title", "", "", 0)
    dated = decision(3, "set_document", "an id it had before", words, {"published": "2031-05-09"})
    assert settle(claims, {"d1": document}, [dated], lambda _: text).lost == []
