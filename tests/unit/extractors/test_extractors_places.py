"""Places: resolved only where the text picks one, else open with their candidates. All names are invented."""

from __future__ import annotations

import pytest

from muniment import extractors
from muniment.model import Document, Place, PlaceName
from muniment.plugins import Lexicon
from muniment.reference.index import PlaceIndex


def place(id_, name, kind, lon, lat, within=None, country="XU", *others):
    names = tuple(PlaceName(each) for each in (name, *others))
    return Place(
        id_, names, lon, lat, kind, kind if kind != "contested" else "region", within, "invented", None, country
    )


GAZETTEER = [
    place("u", "Ulmar", "country", 30.0, 50.0),
    place("k", "Kardel", "country", 40.0, 50.0, None, "XK"),
    place("u:n", "North Shore", "region", 30.5, 51.0, "u"),
    place("darsun", "Darsun", "locality", 30.6, 51.0, "u:n"),
    place("vard:u", "Vard", "locality", 30.9, 51.1, "u:n"),
    place("vard:k", "Vard", "locality", 40.5, 50.2, "k", "XK"),
    place("kessa:1", "Kessa", "locality", 30.7, 51.05, "u"),
    place("kessa:2", "Kessa", "locality", 33.5, 48.0, "u"),
    place("tern", "Tern", "locality", 30.2, 50.9, "u"),
    place("tern:d", "Tern", "district", 30.25, 50.92, "u"),
    place("orlimushtan", "Orlimushtan", "locality", 30.3, 50.8, "u"),
]
LEXICON = Lexicon(PlaceIndex(GAZETTEER))


def read(text):
    document = Document(
        "d", "e" * 64, "a.txt", 0, "k", 0, len(text), None, "Example Monitors", "2031-03-04", None, "en", "report"
    )  # fmt: skip
    return [claim for claim in extractors.extract(document, text, LEXICON) if claim.kind == "casualty"]


ROWS = [
    ("In Ulmar, 12 people were killed in Darsun.", "darsun"),
    ("Twelve people were killed in Darsun in Ulmar.", "darsun"),
    ("Ulmar: twelve people were killed in Vard.", "vard:u"),  # the other Vard lies where the text never is
    ("Twelve people were killed in Vard, Kardel. The army of Ulmar denied it.", "vard:k"),
    ("Rockets hit Darsun in Ulmar. Twelve people were killed in Kessa.", "kessa:1"),  # the nearer of two
    ("Twelve people were killed in Kessa, Ulmar said.", None),  # nothing picks one of two
    ("In Ulmar, twelve people were killed in the town of Tern.", "tern"),
    ("In Ulmar, twelve people were killed in Tern district.", "tern:d"),
    ("In Ulmar, twelve people were killed in the village of Nyr.", None),  # not in the gazetteer
    ("In Ulmar, twelve people were killed in Nyr, near Darsun.", None),  # the unknown village, not its neighbour
    ("In Ulmar, twelve people were killed near Darsun.", "darsun"),
    ("In Ulmar, twelve people were killed in the Fishers quarter of Darsun.", "darsun"),
    ("Shells hit Darsun in Ulmar on Monday. Twelve people were killed.", "darsun"),  # told before
    ("In Ulmar, the mayor of Darsun said twelve people were killed in Tern district.", "tern:d"),
    ("In Ulmar, twelve people from Darsun were killed in the town of Tern.", "tern"),
    ("In Ulmar, twelve people were killed in Orlumushtan.", "orlimushtan"),  # one letter transliterated otherwise
    ("Twelve people were killed on the Ulmar-Kardel border.", None),
    ("Kardel's army killed twelve people in Darsun, Ulmar.", "darsun"),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_where_a_claim_is_placed(text, wanted):
    (claim,) = read(text)
    assert (claim.where.place if claim.where else None) == wanted


def test_an_open_name_keeps_its_words_and_candidates():
    (claim,) = read("Twelve people were killed in Kessa, Ulmar said.")
    assert claim.where.raw == "Kessa"
    assert set(claim.where.candidates) == {"kessa:1", "kessa:2"}
    assert claim.where.precision == "unknown"


def test_an_unknown_name_keeps_its_words():
    (claim,) = read("In Ulmar, twelve people were killed in the village of Nyr.")
    assert (claim.where.raw, claim.where.candidates) == ("Nyr", ())


def test_near_is_told():
    (claim,) = read("In Ulmar, twelve people were killed near Darsun.")
    assert claim.where.precision == "vicinity"


def test_several_places_are_all_named():
    (claim,) = read("In Ulmar, twelve people were killed in Darsun and the town of Tern.")
    assert claim.where.places == ("darsun", "tern")


def test_the_reason_names_the_rule_and_the_words():
    (claim,) = read("Rockets hit Darsun in Ulmar. Twelve people were killed in Kessa.")
    assert claim.why["where"].words == "Kessa"
    assert "nearest" in claim.why["where"].rule
