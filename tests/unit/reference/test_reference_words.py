"""Folding and finding names: what counts as the same name, and where one stands in a text."""

from __future__ import annotations

import pytest

from muniment.reference import words
from muniment.reference.folding import fold
from muniment.reference.words import Phrases


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Tovarin", "TOVARIN"),
        ("Ağvarin", "Agvarin"),
        ("İsgaran", "isgaran"),
        ("Qırmız", "Qirmiz"),
        ("Bərzə", "Berze"),
        ("Kel'var", "Kelvar"),
        ("Kel’var", "Kelʼvar"),
        ("Upper-Varin", "Upper Varin"),
        ("St. Varin", "St Varin"),
        ("U.S.", "US"),
        ("Ёлкино", "Елкино"),
        ("مدينة", "مدینه"),
        ("e\u0301toile", "étoile"),
        ("Varin's", "Varin"),
        ("l'Arvane", "l Arvane"),
    ],
)
def test_names_written_differently_fold_alike(written: str, same: str) -> None:
    assert fold(written) == fold(same) != ""


def test_punctuation_alone_is_no_name() -> None:
    assert fold("—") == ""


def found(phrases: Phrases[str], text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[start:end], things) for start, end, things in phrases.scan(text)]


@pytest.fixture
def towns() -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for name, thing in [
        ("Varin", "varin"),
        ("Upper Varin", "upper"),
        ("al-Kesra", "kesra"),
        ("Kesr", "kesr"),
        ("VRN", "acronym"),
        ("Varin, D.K.", "capital"),
        ("Ան Վարին", "hy"),
        ("Варин", "ru"),
        ("كسرى", "ar"),
        ("ვარინი", "ka"),
        ("Most", "most"),
        ("The Hill", "hill"),
    ]:
        phrases.add(name, thing)
    phrases.hide("most")
    return phrases


def test_the_longest_name_wins_and_spans_hold_the_words(towns: Phrases[str]) -> None:
    assert found(towns, "In Upper\nVarin and Varin.") == [("Upper\nVarin", ("upper",)), ("Varin", ("varin",))]


@pytest.mark.parametrize("text", ["varin fell", "Varinsk fell", "Ovarin", "Var-in", "varins"])
def test_no_name_in_lower_case_or_inside_a_word(towns: Phrases[str], text: str) -> None:
    assert found(towns, text) == []


@pytest.mark.parametrize(
    "text", ["Varin's", "Varin’s road", "VARIN", "Varin-based", "(Varin)", "“Varin”", "Varin/Kesrane"]
)
def test_possessives_hyphens_and_capitals(towns: Phrases[str], text: str) -> None:
    assert [things for _, things in found(towns, text)] == [("varin",)]
    assert found(towns, text)[0][0].casefold() == "varin"


def test_a_sentence_end_does_not_join_two_words(towns: Phrases[str]) -> None:
    assert found(towns, "They went Upper. Varin burned.") == [("Varin", ("varin",))]
    assert found(towns, "Upper\n\nVarin") == [("Varin", ("varin",))]


def test_a_comma_joins_only_where_the_name_has_one(towns: Phrases[str]) -> None:
    assert found(towns, "to Varin, D.K. now") == [("Varin, D.K.", ("capital",))]
    assert found(towns, "Upper, Varin") == [("Varin", ("varin",))]


def test_an_acronym_is_found_in_capitals_only(towns: Phrases[str]) -> None:
    assert found(towns, "VRN and Vrn") == [("VRN", ("acronym",))]


def test_three_capitals_are_not_a_town_of_that_name() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("Tag", "tag")
    assert found(phrases, "TAG in Tag") == [("Tag", ("tag",))]


def test_other_scripts(towns: Phrases[str]) -> None:
    text = "Ան Վարին; Варин, но не варин. ვარინი"
    assert [things for _, things in found(towns, text)] == [("hy",), ("ru",), ("ka",)]


def test_an_arabic_word_written_together_with_the_name_is_no_part_of_it(towns: Phrases[str]) -> None:
    assert found(towns, "قصف في كسرى وبكسرى") == [("كسرى", ("ar",)), ("كسرى", ("ar",))]


def test_an_article_in_lower_case_belongs_to_the_name(towns: Phrases[str]) -> None:
    assert found(towns, "near al-Kesra, al kesra") == [("al-Kesra", ("kesra",))]


def test_ordinary_words_are_hidden_in_texts_but_not_from_questions(towns: Phrases[str]) -> None:
    assert found(towns, "Most people left Most") == []
    assert towns.get("most") == ("most",)


def test_a_word_hidden_where_it_begins_a_sentence() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("Hope", "hope")
    phrases.hide("hope", first_only=True)
    assert found(phrases, "Hope is gone. Hope left. They reached Hope.") == [("Hope", ("hope",))]


def test_names_kept_from_texts_are_found_when_asked_for() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("Ka", "town", in_text=False)
    assert found(phrases, "Ka") == []
    assert phrases.get("ka") == ("town",)


def test_any_case_finds_what_is_listed_in_lower_case() -> None:
    phrases: Phrases[str] = Phrases(any_case=True)
    phrases.add("fire bomb", "bomb")
    phrases.add("Storm", "rocket")
    phrases.add("9X21", "round")
    assert [things for _, things in found(phrases, "fire bomb, Fire bomb, storm, Storm, 9x21")] == [
        ("bomb",),
        ("bomb",),
        ("rocket",),
        ("round",),
    ]


def test_a_letter_apart_from_its_number_is_no_designation() -> None:
    phrases: Phrases[str] = Phrases(any_case=True)
    phrases.add("M-21", "mine")
    assert found(phrases, "the M 21 road, an M-21") == [("M-21", ("mine",))]


def test_reading_is_linear_in_the_length_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    phrases: Phrases[int] = Phrases()
    for number in range(300):
        phrases.add(f"Upper Varin Bridge Road Number {number}", number)
    calls = 0
    plain = words.fold_word

    def counted(word: str) -> str:
        nonlocal calls
        calls += 1
        return plain(word)

    monkeypatch.setattr(words, "fold_word", counted)
    text = "Upper Varin Bridge Road stays Upper and Varin, Upper Varin Bridge. "
    counts = []
    for times in (50, 100, 200):
        calls = 0
        assert list(phrases.scan(text * times)) == []
        counts.append(calls)
    assert counts[2] / counts[1] == pytest.approx(counts[1] / counts[0], rel=0.02)
    assert counts[2] / counts[1] == pytest.approx(2, rel=0.02)
