"""What holds of every reading: quotes are the text, spans lie in the document, time is linear, noise changes little."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment import extractors
from muniment.extractors.cleaning import lower, plain
from muniment.extractors.view import View
from muniment.model import Document, Place, PlaceName
from muniment.model.vocabulary import LONGEST_QUOTE
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

TOWN = Place("t:1", (PlaceName("Darsun"),), 10.0, 50.0, "locality", "locality", "t:0", "invented", country="XU")
LAND = Place("t:0", (PlaceName("Ulmar"),), 10.5, 50.5, "country", "country", None, "invented", country="XU")
LEXICON = Lexicon(PlaceIndex([TOWN, LAND]))

PIECES = [
    "At least 12 people were killed in Darsun.", "The Ministry said that 30 civilians had been injured",
    "on 3 March 2031", "“They killed my brother,”", "she said.", "The death toll rose to 31", "including 40 children",
    "¹", "<sup>4</sup>", "\n\n", "\n", "• ", "- 14 wounded;", "Sarit, 41, her son Belo, 9, and two nephews", "died",
    ",", ".", "killed", "12", "were", "\x00", "\u202e", "قتل عشرة أشخاص", "погибли", "[source](https://example.org/a)",
    "None was hurt.", "no", "a third of them", "between 4 and", "٣", "Ulmar", "İ", "ß", "\ud800", "&nbsp;", "**",
    "“", "”", "(", ")", "–",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


def document(text, start=0, end=None):
    return Document(
        "d1", "e" * 64, "a.txt", 0, "k", start, len(text) if end is None else end, None, "Example Monitors",
        "2031-05-04", None, "en", "news",
    )  # fmt: skip


def read(text):
    return extractors.extract(document(text), text, LEXICON)


@settings(deadline=None, max_examples=150)
@given(texts)
def test_every_claim_is_at_its_exact_place(text):
    claims = read(text)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert text[claim.span.start : claim.span.end] == claim.quote
        assert 0 < len(claim.span) <= LONGEST_QUOTE
        assert claim.document == "d1"
        for mention in claim.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
        for reason in claim.why.values():
            if reason.start is not None:
                assert text[reason.start : reason.end] == reason.words


@settings(deadline=None, max_examples=80)
@given(texts, st.text(max_size=40))
def test_a_document_inside_an_exhibit_is_read_as_if_alone(text, before):
    whole = before + text + "\n\nThe strike killed 99 people."
    inside = extractors.extract(document(whole, len(before), len(before) + len(text)), whole, LEXICON)
    alone = read(text)
    assert [(c.span.shift(len(before)), c.kind, c.harm, c.count) for c in alone] == [
        (c.span, c.kind, c.harm, c.count) for c in inside
    ]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_plain_text_has_the_length_of_the_text(text):
    assert len(plain(text)) == len(text)
    assert len(lower(plain(text))) == len(text)


@settings(deadline=None, max_examples=100)
@given(texts)
def test_sentences_lie_in_order_and_apart(text):
    view = View(document(text), text)
    reached = 0
    for sentence in view.sentences:
        assert reached <= sentence.start < sentence.end <= len(text)
        reached = sentence.end


@settings(deadline=None, max_examples=60)
@given(texts)
def test_reading_twice_gives_the_same(text):
    assert read(text) == read(text)


STORY = [
    "Shells hit the market of Darsun on 3 March 2031.",
    "At least 12 people were killed and 30 injured, according to the civil defence office.",
    "Among the dead were two nurses.",
]
NEUTRAL = ["The road had been closed for some time.", "Smoke was seen for hours.", "Nothing of it could be saved."]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(NEUTRAL)), max_size=3))
def test_sentences_that_name_nothing_leave_the_claims_as_they_were(inserted):
    blocks = list(STORY)
    for at, sentence in sorted(inserted, reverse=True):
        blocks.insert(at, sentence)

    def casualties(paragraphs):
        return [
            (c.harm, c.count, c.victims, c.level, c.quote)
            for c in read("\n\n".join(paragraphs))
            if c.kind == "casualty"
        ]

    assert casualties(blocks) == casualties(STORY)


SHAPES = {
    "numbers": lambda n: " ".join(str(i % 997) for i in range(n // 4)),
    "no stop": lambda n: "people were killed and injured in Darsun and " * (n // 45),
    "one word": lambda n: "a" * n,
    "brackets": lambda n: "(“[" * (n // 3),
    "links": lambda n: "[a](http://" * (n // 11),
    "tags": lambda n: "<b " * (n // 3),
    "bullets": lambda n: "• 2 killed\n" * (n // 11),
    "mixed": lambda n: "кot 3 قتل were\x07 killed\u2028 " * (n // 26),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear_in_the_length(shape):
    make = SHAPES[shape]
    read(make(2000))

    def seconds(n):
        began = time.process_time()
        read(make(n))
        return time.process_time() - began

    small = max(min(seconds(20_000) for _ in range(2)), 0.002)
    assert seconds(80_000) < 4 * small * 3 + 0.05


def test_a_published_date_changes_no_span():
    text = "Yesterday 12 people were killed in Darsun."
    dated = extractors.extract(document(text), text, LEXICON)
    undated = extractors.extract(replace(document(text), published=None), text, LEXICON)
    assert [c.span for c in dated] == [c.span for c in undated]
