"""Casualty claims of single sentences, against the golden file of the English pack."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from muniment.extractors.en import casualties
from muniment.extractors.mentions import Lookups, Mentions
from muniment.extractors.view import View
from muniment.model import Document
from muniment.plugins import Lexicon

GOLDEN = Path(__file__).parents[2] / "golden" / "english"
FILES = ("casualties.toml", "casualties_more.toml", "casualties_not.toml")
SENTENCES = [row for name in FILES for row in tomllib.loads((GOLDEN / name).read_text(encoding="utf-8"))["sentence"]]
NOTHING = Lookups(
    dates=lambda *_: (), weapons=lambda *_: (), parties=lambda *_: (), places=lambda *_: ()
)  # fmt: skip


class NoPlaces:
    digest = ""

    def get(self, place):
        return None

    def find(self, name):
        return []

    def scan(self, text):
        return []

    def within(self, place):
        return []

    def contains(self, outer, inner):
        return False

    def distance_km(self, a, b):
        return None


def read(text):
    document = Document("d", "e" * 64, "a.txt", 0, "k", 0, len(text), None, None, None, None, "en", "news")
    view = View(document, text)
    return view, list(casualties.find(view, Mentions(view, Lexicon(NoPlaces()), NOTHING)))


def written(draft):
    count = draft.count
    if count.qualifier == "range":
        figure = f"{count.min}-{count.max}"
    elif count.qualifier in ("vague", "unspecified"):
        figure = f"{count.min or 0}"
    elif count.qualifier == "share":
        figure = "None" if count.best is None else f"{count.best:g}"
    else:
        figure = f"{count.best if count.best is not None else count.max}"
    told = "" if draft.polarity == "affirm" else f" {draft.polarity}"
    return f"{'+'.join(draft.harm)} {count.qualifier} {figure} {draft.victims.status}{told}"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, id=row["text"][:50], marks=[pytest.mark.xfail(strict=True)] if row.get("out_of_reach") else []
        )
        for row in SENTENCES
    ],
)
def test_a_sentence_gives_its_claims(row):
    _, drafts = read(row["text"])
    assert [written(draft) for draft in drafts] == row["claims"]


def test_there_are_enough_sentences_of_our_own():
    assert len(SENTENCES) >= 480
    assert len({row["text"] for row in SENTENCES}) == len(SENTENCES)


def test_every_claim_says_which_words_gave_its_count_and_harm():
    for row in SENTENCES:
        view, drafts = read(row["text"])
        for draft in drafts:
            for name in ("harm", "count", "victims"):
                reason = draft.why[name]
                assert view.text[reason.start : reason.end] == reason.words


def test_figures_survive_lost_spaces_and_footnote_marks():
    _, drafts = read("In Darsun at least12 people werekilled.4 Another 30 were wounded on 5 May,7 officials said.")
    assert [written(draft) for draft in drafts] == ["killed at_least 12 unknown", "injured exact 30 unknown"]


def test_names_and_ages_of_a_list_of_people():
    _, drafts = read("Sarit Omal, 41, her son Belo, 9, and two nephews were killed in the yard.")
    (draft,) = drafts
    assert draft.count.best == 4
    assert [(person.name, person.age) for person in draft.persons] == [("Sarit Omal", 41), ("Belo", 9)]


def test_part_of_a_total_is_marked():
    _, drafts = read("The strike killed 60 people, including 40 children.")
    whole, part = drafts
    assert "part" not in whole.why
    assert part.why["part"].words == "killed 60 people"
