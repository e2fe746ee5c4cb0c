"""The frame: plain text of the same length, blocks, sentences, quotations, footnotes, repeats."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.extractors.cleaning import plain
from muniment.extractors.view import View
from muniment.model import Document
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex

LEXICON = Lexicon(PlaceIndex([]))


def document(text):
    return Document(
        "d", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-03-04", None, "en", "report"
    )  # fmt: skip


def view(text):
    return View(document(text), text)


def sentences(text):
    laid = view(text)
    return [laid.text[s.start : s.end] for s in laid.sentences]


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("killed.4 The", "killed.  The"),
        ("forces,1 while", "forces,  while"),
        ("(UAV)5 and", "(UAV)  and"),
        ("the city¹—including", "the city –including"),
        ("October 23<sup>rd</sup>, 2031", "October 23             , 2031"),
        ("[a report](https://example.org/x) says", "[a report" + " " * 24 + " says"),
        ("killed12 people", "killed12 people"),  # a lost space, not a mark
        ("in 2031, 12 people", "in 2031, 12 people"),
        ("1.30pm and 2.5 km", "1.30pm and 2.5 km"),
        ("A&nbsp;B", "A      B"),
        ("don’t", "don't"),
    ],
)
def test_marks_and_markup_are_blanked_in_place(text, blanked):
    assert plain(text) == blanked


def test_sentences_end_at_stops_and_not_at_initials_or_figures():
    text = "Dr. Moren told Mr. Hask of 1.5 km of road. The U.S. envoy left at 2 p.m. He said so. “Why?” she asked."
    assert sentences(text) == [
        "Dr. Moren told Mr. Hask of 1.5 km of road.",
        "The U.S. envoy left at 2 p.m.",
        "He said so.",
        "“Why?” she asked.",
    ]


def test_a_lost_space_still_ends_a_sentence():
    assert sentences("Shells hit the school.The roof fell in.") == ["Shells hit the school.", "The roof fell in."]


def test_wrapped_lines_are_one_paragraph_and_short_last_lines_end_it():
    line = "the shelling of the market went on through the night and into the next morning of the day"
    text = f"On the first day {line}\nand {line}\nuntil it ended.\nOn the second day {line}\nit began again."
    laid = view(text)
    assert [block.kind for block in laid.blocks] == ["paragraph", "paragraph"]
    assert laid.text[laid.blocks[1].start :].startswith("On the second day")


def test_headings_bullets_and_notes_are_known():
    text = "ATTACKS ON TOWNS\n\nA paragraph ends here.\n\n• the first point\n• the second point\n\n4 https://example.org/note"
    laid = view(text)
    assert [block.kind for block in laid.blocks] == ["heading", "paragraph", "bullet", "bullet", "note"]
    assert laid.notes["4"].start == text.index("4 https")


def test_a_quotation_left_open_goes_on_in_the_next_paragraph():
    text = "“We heard the first shell at dawn and ran.\n\n“Then the roof fell on my brother,” said Ilka Moren."
    quoted = view(text).quotations
    assert [(text[q.start : q.end][:7], q.continued) for q in quoted] == [("We hear", True), ("Then th", False)]


def test_repeats_are_mentions_of_the_fullest_telling():
    text = (
        "Darsun: twelve people killed in market strike\n\n"
        "At least 21 people were killed when rockets struck the bus station of Darsun on Monday, the mayor […]\n\n"
        "At least 21 people were killed when rockets struck the bus station of Darsun on Monday, the mayor said.\n\n"
        "AT LEAST 21 PEOPLE WERE KILLED WHEN ROCKETS STRUCK THE BUS STATION OF DARSUN ON MONDAY\n"
    )
    claims = [c for c in extractors.extract(document(text), text, LEXICON) if c.count and c.count.best == 21]
    (claim,) = claims
    assert len(claim.mentions) == 2
    assert (
        text[claim.span.end : claim.span.end + 60].endswith("on Monday") or "the mayor said" in text[claim.span.end :]
    )


def test_the_same_figure_of_another_event_is_no_repeat():
    text = (
        "Two people were killed in Darsun on Monday by shells.\n\nTwo people were killed in Vard on Friday by a mine.\n"
    )
    assert len([c for c in extractors.extract(document(text), text, LEXICON) if c.kind == "casualty"]) == 2


def test_a_language_without_a_pack_gives_nothing():
    text = "12 people were killed."
    other = Document("d", "e" * 64, "a", 0, "k", 0, len(text), None, None, None, None, "ru", "news")
    assert extractors.extract(other, text, LEXICON) == ()
    assert "en" in extractors.languages()


def test_each_claim_names_the_code_that_made_it():
    text = "12 people were killed."
    (claim,) = extractors.extract(document(text), text, LEXICON)
    assert (claim.made_by.tool, claim.made_by.version) == ("english", "1")
    assert len(claim.made_by.sha256) == 64


def test_a_text_without_a_stop_is_cut_into_sentences_of_bounded_length():
    text = "and then " * 2000
    assert max(len(sentence) for sentence in sentences(text)) <= 1200
