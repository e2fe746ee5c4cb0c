"""English prose is told by its commonest words; whatever else is left to the detector."""

from __future__ import annotations

from muniment.readers import language

_ENGLISH = "The convoy reached the crossing at noon and the drivers waited for the end of the shelling. " * 4
_FRENCH = "Le convoi est arrivé au passage à midi et les chauffeurs ont attendu la fin des tirs. " * 4


def test_english_prose_needs_no_detector() -> None:
    assert language._is_plainly_english(_ENGLISH)
    assert language.detect(_ENGLISH) == "en"


def test_other_prose_and_short_words_are_left_to_the_detector() -> None:
    assert not language._is_plainly_english(_FRENCH)
    assert not language._is_plainly_english("The end of the war and the peace.")
    assert language.detect(_FRENCH) == "fr"


def test_letters_are_counted_only_as_far_as_asked() -> None:
    assert language.has_letters("a1b2c3", 3)
    assert not language.has_letters("a1b2", 3)
    assert language.has_letters("абв", 3)
