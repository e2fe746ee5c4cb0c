"""What ships as places: complete, sourced, consistent, and known in several scripts."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from muniment.model.vocabulary import WherePrecision
from muniment.reference import outlines, parties
from muniment.reference.index import PlaceIndex
from muniment.reference.places import shipped
from muniment.reference.rows import PRECISION


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return PlaceIndex(shipped())


def test_ids_are_unique_and_every_row_is_whole() -> None:
    ids = Counter(place.id for place in shipped())
    assert [id_ for id_, n in ids.items() if n > 1] == []
    for place in shipped():
        assert place.names, place.id
        assert all(known.name.strip() for known in place.names), place.id
        assert place.source.startswith(("Natural Earth", "CLDR")), place.id
        assert place.kind in PRECISION, place.id
        assert place.precision in get_args(WherePrecision), place.id
        assert place.within is None or place.within in ids, place.id
        assert (place.lon is None) == (place.lat is None), place.id
        if place.lon is not None and place.lat is not None:
            assert abs(place.lon) <= 180, place.id
            assert abs(place.lat) <= 90, place.id


def test_what_ships_is_complete() -> None:
    kinds = Counter(place.kind for place in shipped())
    assert kinds["locality"] > 7000
    assert kinds["region"] > 3000
    assert kinds["contested"] >= 80
    ids = {place.id for place in shipped()}
    assert {f"iso:{party.id}" for party in parties.shipped()} <= ids


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Armenia", "iso:AM"),
        ("Հայաստան", "iso:AM"),
        ("Azərbaycan", "iso:AZ"),
        ("Азербайджан", "iso:AZ"),
        ("سوريا", "iso:SY"),
        ("Україна", "iso:UA"),
        ("საქართველო", "iso:GE"),
        ("Democratic Republic of the Congo", "iso:CD"),
        ("DRC", "iso:CD"),
        ("Cote d'Ivoire", "iso:CI"),
        ("Ivory Coast", "iso:CI"),
        ("Burma", "iso:MM"),
        ("UK", "iso:GB"),
        ("U.S.A.", "iso:US"),
        ("Türkiye", "iso:TR"),
        ("Palestine", "iso:PS"),
    ],
)
def test_states_in_several_scripts_and_by_their_usual_names(index: PlaceIndex, name: str, id_: str) -> None:
    assert id_ in {place.id for place in index.find(name)}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Aleppo", "حلب"),
        ("Kyiv", "Киев"),
        ("Gyumri", "Գյումրի"),
        ("Ganja", "Գանձակ"),
        ("Tbilisi", "თბილისი"),
        ("Gaza", "غزة"),
    ],
)
def test_towns_in_other_scripts(index: PlaceIndex, name: str, other: str) -> None:
    towns = {place.id for place in index.find(name) if place.kind == "locality"}
    assert towns & {place.id for place in index.find(other)}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Nagorno-Karabakh", "Artsakh"),
        ("Nagorno-Karabakh", "Dağlıq Qarabağ"),
        ("South Ossetia", "Tskhinvali region"),
        ("Crimea", "Крим"),
        ("West Bank", "الضفة الغربية"),
        ("Falkland Islands", "Islas Malvinas"),
        ("Senkaku Islands", "Diaoyu Islands"),
    ],
)
def test_contested_areas_are_places_with_the_names_of_each_side(index: PlaceIndex, name: str, other: str) -> None:
    [area] = [place for place in index.find(name) if place.kind == "contested"]
    assert area in index.find(other)


def test_a_side_that_prefers_a_name_is_named(index: PlaceIndex) -> None:
    [area] = index.find("Artsakh")
    preferred = {known.name: known.preferred_by for known in area.names}
    assert preferred["Artsakh"] == "NK"
    assert preferred["Dağlıq Qarabağ"] == "AZ"
    assert preferred["Nagorno-Karabakh"] is None


def test_towns_lie_in_their_division_and_country(index: PlaceIndex) -> None:
    [town] = [place for place in index.find("Aleppo") if place.kind == "locality"]
    assert index.within(town.id) == ("iso:SY-HL", "iso:SY")
    assert index.contains("iso:SY", town.id)
    assert not index.contains("iso:TR", town.id)


def test_every_outline_is_a_contested_place_and_holds_its_point() -> None:
    points = {place.id: place for place in shipped()}
    held = 0
    for area in outlines.shipped():
        place = points[area.id]
        assert place.kind == "contested"
        assert place.lon is not None
        assert place.lat is not None
        held += area.holds(place.lon, place.lat)
        assert not area.holds(place.lon + 90 if place.lon < 0 else place.lon - 90, place.lat)
    assert held >= 0.9 * len(outlines.shipped())
