"""For any protected name and any text: the name is gone, withholding twice changes nothing, the rest stays."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from exports_snapshot import snapshot
from muniment import exports
from muniment.exports import WITHHELD, Withheld
from muniment.exports.as_csv import safe
from muniment.model import Person

LATIN = "abdeghiklmnoprstuvz"
CYRILLIC = "абвгдежзиклмнопрст"
ARMENIAN = "աբգդեզէթիլխկհմնոպռսվտր"


def words(alphabet: str) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=4, max_size=9).map(str.capitalize)


names = st.sampled_from([LATIN, CYRILLIC, ARMENIAN]).flatmap(
    lambda alphabet: st.lists(words(alphabet), min_size=2, max_size=3, unique_by=str.casefold).map(" ".join)
)
around = st.text("0123456789 .,;:()“”\n", max_size=12)


@given(names, around, around)
def test_the_name_and_each_part_of_it_are_gone(name: str, before: str, after: str) -> None:
    withheld = Withheld.of([Person("p", (name,), (), True)])
    for written in (name, name.upper(), name.replace(" ", "\n"), name.replace(" ", "-"), *name.split()):
        shown = withheld.text(f"{before} {written} {after}")
        assert WITHHELD in shown
        assert not any(part.casefold() in shown.replace(WITHHELD, "").casefold() for part in name.split())
        assert shown.startswith(before)
        assert shown.endswith(after)


@given(names, around)
def test_withholding_twice_changes_nothing(name: str, text: str) -> None:
    withheld = Withheld.of([Person("p", (name,), (), True)])
    once = withheld.text(f"{text} {name} {text}")
    assert withheld.text(once) == once


@given(names, st.text(max_size=60))
def test_a_text_without_the_name_is_left_alone(name: str, text: str) -> None:
    stems = [part.casefold()[:3] for part in name.split()]
    withheld = Withheld.of([Person("p", (name,), (), True)])
    if not any(stem in text.casefold() for stem in stems):
        assert withheld.text(text) == text


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    kept = safe(cell)
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert kept.removeprefix("'") == cell.removeprefix("'")


@settings(max_examples=20)
@given(st.datetimes(timezones=st.just(dt.UTC)), st.datetimes(timezones=st.just(dt.UTC)))
def test_only_the_moment_tells_two_exports_apart(first: dt.datetime, second: dt.datetime) -> None:
    one, two = (exports.normalise(exports.record(snapshot(), made=made)) for made in (first, second))
    assert json.dumps(one) == json.dumps(two)
    assert exports.normalise(one) == one
