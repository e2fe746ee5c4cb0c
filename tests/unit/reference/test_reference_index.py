"""The place index: names, containment, rows of several gazetteers for one place."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from muniment.model import Place, PlaceName
from muniment.reference.index import PlaceIndex
from muniment.reference.places import shipped


def place(
    id_: str, *names: str, at: tuple[float, float] | None = (46.0, -40.0), kind: str = "locality", **more: Any
) -> Place:
    lon, lat = at if at is not None else (None, None)
    known = tuple(PlaceName(name) for name in names)
    rest: dict[str, Any] = {"precision": "locality", "within": None, "source": "invented"} | more
    return Place(id_, known, lon, lat, kind, **rest)


VALLEY = place("case:valley", "Ulmar valley", kind="region", precision="region", country="QX")
TOWN = place("case:varin", "Varin", "Ваrин", within="case:valley", country="QX")


@pytest.fixture(scope="module")
def world() -> PlaceIndex:
    return PlaceIndex(shipped())


def ids(places: Any) -> set[str]:
    return {place.id for place in places}


def test_a_place_is_found_by_any_of_its_names_and_never_by_an_unknown_one() -> None:
    index = PlaceIndex([TOWN, VALLEY])
    assert index.find("varin") == (TOWN,)
    assert index.find("Varinsk") == ()
    assert index.get("case:varin") == TOWN
    assert index.get("case:nowhere") is None


def test_several_places_of_one_name_stay_several() -> None:
    index = PlaceIndex([place("gn:1", "Varin", at=(46, -40)), place("gn:2", "Varin", at=(47, -41))])
    assert ids(index.find("Varin")) == {"gn:1", "gn:2"}
    [(start, end, found)] = index.scan("At Varin.")
    assert (start, end, ids(found)) == (3, 8, {"gn:1", "gn:2"})


def test_two_gazetteers_rows_for_one_town_are_one_place_under_every_id() -> None:
    index = PlaceIndex(
        [
            place("wof:7", "Varin", "Warin", at=(46.03, -40.02), population=900, country="QX", within="wof:1"),
            place("ne:3", "Varin", "Варин", at=(46.0, -40.0), country="QX"),
            place("wof:1", "Ulmar", kind="region", country="QX"),
        ]
    )
    [found] = index.find("Varin")
    assert found.id == "ne:3"
    assert [known.name for known in found.names] == ["Varin", "Варин", "Warin"]
    assert found.population == 900
    assert index.get("wof:7") == found
    assert index.find("Warin") == (found,)
    assert index.within("wof:7") == index.within("ne:3") == ("wof:1",)
    assert index.contains("wof:1", "ne:3")
    assert index.contains("wof:7", "ne:3")
    assert index.distance_km("wof:7", "ne:3") == 0


@pytest.mark.parametrize(
    "other",
    [
        place("wof:7", "Varin", at=(46.3, -40.0), country="QX"),
        place("wof:7", "Varin", country="QY"),
        place("wof:7", "Varin", kind="district", country="QX"),
        place("wof:7", "Dorsan", country="QX"),
        place("wof:7", "Varin", at=None, country="QX"),
    ],
    ids=["far", "another country", "another kind", "another name", "no point"],
)
def test_rows_that_may_be_two_places_are_not_joined(other: Place) -> None:
    index = PlaceIndex([place("ne:3", "Varin", country="QX"), other])
    assert index.get("wof:7") == other


def test_a_name_neither_puts_in_front_joins_nothing() -> None:
    index = PlaceIndex([place("ne:3", "Dorsan", "Arvane", "Varin"), place("wof:7", "Karsen", "Orvel", "Varin")])
    assert ids(index.find("Varin")) == {"ne:3", "wof:7"}


def test_two_villages_of_one_gazetteer_are_joined_only_where_their_points_coincide() -> None:
    near = [place("wof:7", "Varin", at=(46.0, -40.0)), place("wof:8", "Varin", at=(46.01, -40.0))]
    assert len(PlaceIndex(near).find("Varin")) == 1
    apart = [place("wof:7", "Varin", at=(46.0, -40.0)), place("wof:8", "Varin", at=(46.08, -40.0))]
    assert len(PlaceIndex(apart).find("Varin")) == 2
    both = PlaceIndex([*apart, place("ne:1", "Varin", at=(46.04, -40.0))])
    assert len(both.find("Varin")) == 2


def test_the_cases_own_row_and_name_stand_first() -> None:
    own = place("case:varin", "Varin", "Varin Town")
    preferred = Place("ne:3", (PlaceName("Darsun", preferred_by="case"), PlaceName("Varin")), 46, -40, "locality",
                      "locality", None, "invented")  # fmt: skip
    [found] = PlaceIndex([preferred, own]).find("Varin")
    assert found.id == "case:varin"
    assert found.name == "Darsun"


def test_containment_follows_the_rows_and_ends_where_they_turn_in_a_circle() -> None:
    index = PlaceIndex([TOWN, VALLEY])
    assert index.within("case:varin") == ("case:valley",)
    assert index.contains("case:valley", "case:varin")
    assert not index.contains("case:varin", "case:valley")
    assert index.within("case:nowhere") == ()
    circle = PlaceIndex([place("a:1", "Aran", within="a:2"), place("a:2", "Bran", within="a:1")])
    assert circle.within("a:1") == ("a:2",)


def test_distance_is_none_without_a_point() -> None:
    index = PlaceIndex([TOWN, place("case:n", "Nowhere", at=None), place("case:d", "Dorsan", at=(46.0, -41.0))])
    assert index.distance_km("case:varin", "case:n") is None
    assert index.distance_km("case:varin", "case:absent") is None
    assert index.distance_km("case:varin", "case:d") == pytest.approx(111.2, abs=0.1)


def test_the_digest_changes_with_what_is_known_and_not_with_its_order() -> None:
    assert PlaceIndex([TOWN, VALLEY]).digest == PlaceIndex([VALLEY, TOWN]).digest
    assert PlaceIndex([TOWN]).digest != PlaceIndex([TOWN, VALLEY]).digest
    assert PlaceIndex([TOWN], digest="given").digest == "given"


def test_it_travels_to_a_worker() -> None:
    index = PlaceIndex([TOWN, VALLEY])
    there = pickle.loads(pickle.dumps(index))
    assert there.digest == index.digest
    assert there.find("Varin") == (TOWN,)


def test_a_town_in_a_contested_area_lies_in_it_and_in_its_country(world: PlaceIndex) -> None:
    [tskhinvali] = world.find("Цхинвал") or world.find("Tskhinvali")[-1:]
    names = [world.get(id_).name for id_ in world.within(tskhinvali.id)]  # type: ignore[union-attr]
    assert "South Ossetia" in names
    assert names[-1] == "Georgia"
    village = place("gn:9", "Arvane", at=(42.0, 42.5), country="GE")
    index = PlaceIndex([*shipped(), village])
    assert index.within("gn:9") == ("iso:GE",)


def test_a_loaded_village_lies_in_the_contested_area_around_it() -> None:
    inside = place("gn:9", "Arvane", at=(43.97, 42.3), country="GE")
    index = PlaceIndex([*shipped(), inside])
    [area] = index.find("South Ossetia")
    assert index.within("gn:9") == (area.id, "iso:GE")
    assert index.contains(area.id, "gn:9")


def test_an_adjective_is_not_a_place(world: PlaceIndex) -> None:
    for word in ("Armenian", "Azerbaijani", "Syrian", "Israeli", "Swiss"):
        assert not [p for p in world.find(word) if p.kind == "country"], word


def test_ordinary_text_holds_no_place(world: PlaceIndex) -> None:
    text = (
        "In May and on Monday most people left. As of March, the Central Committee of the Union met; Human rights "
        "groups from East and West said it was hit. Most were safe. US forces, she told us, are nice people."
    )
    assert [(text[start:end], ids(found)) for start, end, found in world.scan(text)] == [("US", {"iso:US"})]
