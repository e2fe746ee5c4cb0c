"""Claims marked in a text: every word kept, overlaps cut, anchors once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from muniment.model import Claim, Count, Span
from muniment.web.marking import paragraphs


def claim(text: str, start: int, end: int, level: str = "reported", **fields: object) -> Claim:
    return Claim(
        f"c{start}-{end}", "d", Span(start, end), text[start:end], "casualty", ("killed",), level=level, **fields
    )  # type: ignore[arg-type]


def test_words_under_two_claims_show_the_shorter_ones_firmness() -> None:
    text = "Twelve people were killed, four of them children, the office said."
    whole = claim(text, 0, 48, "verified")
    part = claim(text, 27, 48, "alleged")
    (paragraph,) = paragraphs(text, 0, len(text), [whole, part], None)
    tones = [(piece.text, piece.tone) for piece in paragraph.pieces]
    assert tones == [
        ("Twelve people were killed, ", "firm"),
        ("four of them children", "said"),
        (", the office said.", None),
    ]
    assert [piece.begins for piece in paragraph.pieces] == [(1,), (2,), ()]
    assert paragraph.pieces[1].ends == (1, 2)


def test_headings_are_told_by_shape_and_title() -> None:
    text = "What was found\n\nWhat happened\n\nAt noon a shell fell.\n\n# Not a tag"
    found = paragraphs(text, 0, len(text), [], "What was found")
    assert [p.heading for p in found] == [1, 2, 0, 2]
    assert [p.id for p in found if p.heading] == ["section-1", "section-2", "section-3"]


def test_lines_broken_by_hand_run_on_and_lists_do_not() -> None:
    text = (
        "The first rocket came in the afternoon, while a queue\nwaited outside.\n\n- one item of a list that is rather "
        "long\n- two\n"
    )
    first, second = paragraphs(text, 0, len(text), [], None)
    assert first.text == "The first rocket came in the afternoon, while a queue waited outside."
    assert [piece.breaks for piece in second.pieces] == [True, False]


def test_repeats_of_a_claim_carry_its_number_without_its_anchor() -> None:
    text = "Nine died.\n\nAgain: nine died."
    made = claim(text, 0, 9, mentions=(Span(19, 28),), count=Count.of("exact", 9, "Nine"))
    first, second = paragraphs(text, 0, len(text), [made], None)
    assert first.claims == [1]
    assert second.claims == []
    assert any(piece.ends == (1,) for piece in second.pieces)


@given(
    st.text(alphabet="ab.\n #-é٣", max_size=120),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60)), max_size=6),
)
def test_no_word_is_lost_and_every_claim_has_one_anchor(text: str, spans: list[tuple[int, int]]) -> None:
    claims = [claim(text, a, min(a + n, len(text))) for a, n in spans if a < len(text)]
    claims = [c for c in claims if c.quote.strip()]
    found = paragraphs(text, 0, len(text), claims, None)
    shown = "".join("".join(p.text.split()) for p in found)
    assert shown == "".join(text.split())
    begun = [n for p in found for piece in p.pieces for n in piece.begins]
    assert len(begun) == len(set(begun))
    assert sorted(begun) == list(range(1, len(claims) + 1))
