"""The parties that ship: all states, each once, with names and the words made from them."""

from __future__ import annotations

from collections import Counter

from muniment.reference import parties, sources


def test_states_are_complete_and_whole() -> None:
    shipped = parties.shipped()
    assert len(shipped) >= 197
    assert max(Counter(party.id for party in shipped).values()) == 1
    assert [party.id for party in shipped] == sorted(party.id for party in shipped)
    for party in shipped:
        assert party.kind in ("state", "other")
        assert party.names
        assert all(party.names)
        assert len(set(party.names)) == len(party.names)
        assert parties.words_for()[party.id].source in sources.all()


def test_english_comes_first_and_other_scripts_follow() -> None:
    by_id = {party.id: party for party in parties.shipped()}
    assert by_id["AM"].names[0] == "Armenia"
    assert {"Հայաստան", "Армения", "Ermənistan", "Armenian", "Armenians"} <= set(by_id["AM"].names)
    assert {"Azerbaijani", "Azerbaijanis", "Azərbaycan"} <= set(by_id["AZ"].names)
    assert {"Russian Federation", "Russian"} <= set(by_id["RU"].names)


def test_no_adjective_belongs_to_two_states() -> None:
    used = Counter(word for words in parties.words_for().values() for word in set(words.adjectives))
    assert [word for word, n in used.items() if n > 1] == []


def test_abbreviations_of_two_letters_are_english() -> None:
    short = {name for party in parties.shipped() for name in party.names if len(name) <= 2}
    assert short == {"US", "UK"}


def test_armed_forces_are_words_with_a_source_and_have_no_code_of_their_own() -> None:
    known = {party.id for party in parties.shipped()}
    names = Counter(name for force in parties.forces() for name in force.names)
    assert max(names.values()) == 1
    for force in parties.forces():
        assert force.source in sources.all()
        assert force.state is None or force.state in known
    assert not set(names) & {name for party in parties.shipped() for name in party.names}
