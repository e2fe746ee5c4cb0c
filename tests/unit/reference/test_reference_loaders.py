"""Loading gazetteers: each format by its content, each bad row by its number, nothing dropped in silence."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from muniment.errors import BadInput
from muniment.model import PlaceName
from muniment.reference.loaders import load, load_places
from muniment.reference.places import shipped


def wof(id_: int, name: str, placetype: str = "locality", **facts: Any) -> dict[str, Any]:
    properties = {
        "wof:id": id_,
        "wof:name": name,
        "wof:placetype": placetype,
        "wof:parent_id": -1,
        "wof:superseded_by": [],
        "edtf:cessation": "uuuu",
        "mz:is_current": -1,
        "iso:country": "QX",
        "geom:latitude": -40.0,
        "geom:longitude": 46.0,
    }
    return {
        "type": "Feature",
        "properties": properties | facts,
        "geometry": {"type": "Point", "coordinates": [46, -40]},
    }


def lines(*objects: Any) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def written(folder: Path, text: str, name: str = "gazetteer.dat") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


GEONAMES = (
    "11\tUlmar\tUlmar\t\t-40.0\t46.0\tA\tADM1\tQX\t\t01\t\t\t\t0\t\t\tQX/Time\t2030-01-01\n"
    "12\tVarin\tVarin\tWarin,Варин,VRN,https://example.org/varin\t-40.1\t46.1\tP\tPPL\tQX\t\t01\t\t\t\t900\t\t\tQX/Time\t2030-01-01\n"
    "13\tOld Bridge\tOld Bridge\t\t-40.2\t46.1\tS\tBDG\tQX\t\t02\t\t\t\t0\t\t\tQX/Time\t2030-01-01\n"
)


class TestWhosOnFirst:
    def test_names_hierarchy_and_numbers_are_kept(self, tmp_path: Path) -> None:
        town = wof(
            3,
            "Vārin",
            **{
                "name:eng_x_preferred": ["Varin"],
                "name:eng_x_variant": ["Warin", "Varin"],
                "name:hye_x_preferred": ["Վարին"],
                "name:und_x_variant": ["Vrn"],
                "wof:parent_id": 2,
                "wof:population": 900,
                "lbl:latitude": -40.5,
                "lbl:longitude": 46.5,
            },
        )
        text = lines(wof(1, "Qexia", "country"), wof(2, "Ulmar", "region", **{"geom:area_square_m": 9e9}), town)
        loaded = load(written(tmp_path, text))
        country, region, place = loaded.places
        assert loaded.format == "Who's On First"
        assert (country.kind, region.kind, region.precision, place.kind) == ("country", "region", "region", "locality")
        assert place.id == "wof:3"
        assert place.names == (
            PlaceName("Vārin"),
            PlaceName("Varin", "en"),
            PlaceName("Վարին", "hy"),
            PlaceName("Warin", "en"),
            PlaceName("Vrn"),
        )
        assert (place.lon, place.lat, place.population, place.country) == (46.5, -40.5, 900, "QX")
        assert place.within == "wof:2"
        assert "Who's On First" in place.source

    def test_the_smallest_container_the_file_has_is_taken(self, tmp_path: Path) -> None:
        branch = {"country_id": 1, "region_id": 2, "county_id": 99, "locality_id": 3}
        town = wof(3, "Varin", **{"wof:parent_id": 99, "wof:hierarchy": [branch]})
        places = list(load_places(written(tmp_path, lines(wof(2, "Ulmar", "region"), town))))
        assert places[1].within == "wof:2"
        [alone] = load_places(written(tmp_path, lines(town)))
        assert alone.within == "iso:QX"

    def test_withdrawn_records_are_passed_over_and_counted(self, tmp_path: Path) -> None:
        text = lines(
            wof(1, "Varin"),
            wof(2, "Varin", **{"wof:superseded_by": [1]}),
            wof(3, "Varin", **{"edtf:deprecated": "2017-02-06"}),
            wof(4, "Varin", **{"edtf:cessation": "2018-09-06"}),
            wof(5, "Varin", **{"mz:is_current": 0}),
            wof(6, "12345", "postalcode"),
            {"type": "Feature", "properties": {"wof:id": 1, "src:alt_label": "other"}, "geometry": None},
        )
        loaded = load(written(tmp_path, text))
        assert [place.id for place in loaded.places] == ["wof:1"]
        assert sum(loaded.passed_over.values()) == 6

    def test_small_areas_fix_a_spot_more_finely(self, tmp_path: Path) -> None:
        text = lines(
            wof(1, "Small", "region", **{"geom:area_square_m": 9e8}),
            wof(2, "Parish", "localadmin", **{"geom:area_square_m": 2e7}),
        )
        assert [place.precision for place in load_places(written(tmp_path, text))] == ["district", "locality"]

    def test_a_bad_record_is_named(self, tmp_path: Path) -> None:
        text = lines(wof(1, "Varin"), wof(2, "Dorsan", **{"geom:latitude": 140}))
        with pytest.raises(BadInput, match=r"gazetteer\.dat, line 2: `geom:latitude` is 140, not between"):
            load_places(written(tmp_path, text))
        with pytest.raises(BadInput, match=r"line 2: not valid JSON"):
            load_places(written(tmp_path, lines(wof(1, "Varin")) + '{"type": "Fea'))
        with pytest.raises(BadInput, match="line 2: no name"):
            load_places(written(tmp_path, lines(wof(1, "Varin"), wof(2, ""))))

    def test_gzipped(self, tmp_path: Path) -> None:
        path = tmp_path / "anything"
        path.write_bytes(gzip.compress(lines(wof(1, "Varin")).encode()))
        assert [place.name for place in load_places(path)] == ["Varin"]
        path.write_bytes(path.read_bytes()[:-12])
        with pytest.raises(BadInput, match="damaged gzip"):
            load_places(path)


class TestGeoNames:
    def test_the_table(self, tmp_path: Path) -> None:
        loaded = load(written(tmp_path, GEONAMES))
        region, town, bridge = loaded.places
        assert loaded.format == "GeoNames"
        assert [place.kind for place in loaded.places] == ["region", "locality", "site"]
        assert town.id == "gn:12"
        assert [known.name for known in town.names] == ["Varin", "Warin", "Варин"]
        assert town.within == "gn:11"
        assert (region.within, bridge.within) == ("iso:QX", "iso:QX")
        assert (town.population, region.population) == (900, None)
        assert town.source == "GeoNames, CC BY 4.0"

    def test_a_bad_row_is_named(self, tmp_path: Path) -> None:
        cut = GEONAMES + "14\tDorsan\tDor"
        with pytest.raises(BadInput, match="row 4: 3 columns"):
            load_places(written(tmp_path, cut))
        with pytest.raises(BadInput, match="row 2: `latitude` is 'north'"):
            load_places(written(tmp_path, GEONAMES.replace("-40.1", "north")))

    def test_the_same_rows_as_json(self, tmp_path: Path) -> None:
        rows = [
            {"geonameid": 12, "name": "Varin", "latitude": -40.1, "longitude": 46.1, "countrycode": "QX",
             "population": 900, "alternatenames": ["Warin"]},
        ]  # fmt: skip
        for text in (json.dumps(rows), json.dumps({"12": rows[0]})):
            [place] = load_places(written(tmp_path, text))
            assert (place.id, place.kind, place.population) == ("gn:12", "locality", 900)
            assert [known.name for known in place.names] == ["Varin", "Warin"]

    def test_the_table_of_alternate_names_alone_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="alternate names"):
            load_places(written(tmp_path, "1\t12\tru\tВарин\t1\t\t\t\n"))


class TestNaturalEarth:
    def collection(self, folder: Path, *features: tuple[dict[str, Any], dict[str, Any] | None]) -> Path:
        listed = [{"type": "Feature", "properties": facts, "geometry": geometry} for facts, geometry in features]
        return written(folder, json.dumps({"type": "FeatureCollection", "features": listed}))

    def test_towns_divisions_states_and_disputed_areas(self, tmp_path: Path) -> None:
        point = {"type": "Point", "coordinates": [46.0, -40.0]}
        area: dict[str, Any] = {"type": "Polygon", "coordinates": [[[46, -40], [47, -40], [47, -41], [46, -40]]]}
        town = {"FEATURECLA": "Populated place", "NAME": "Varin", "NAME_RU": "Варин", "ISO_A2": "QX", "wof_id": 7}
        path = self.collection(
            tmp_path,
            (town, point),
            ({"featurecla": "Admin-1 states provinces", "name": "Ulmar", "iso_3166_2": "QX-UL", "iso_a2": "QX"}, area),
            ({"featurecla": "Admin-0 country", "NAME": "Qexia", "ISO_A2": "QX", "BRK_A3": "QXX"}, area),
            ({"featurecla": "Admin-0 claim area", "NAME": "Qexia", "BRK_NAME": "Low Marsh", "BRK_A3": "B999"}, area),
            ({"featurecla": "Populated place", "NAME": "Dorsan", "wof_id": -1}, point),
        )
        loaded = load(path)
        assert loaded.format == "Natural Earth"
        kinds = [(place.id, place.kind, place.name) for place in loaded.places]
        assert kinds == [
            ("ne:7", "locality", "Varin"),
            ("iso:QX-UL", "region", "Ulmar"),
            ("iso:QX", "country", "Qexia"),
            ("ne:B999", "contested", "Low Marsh"),
            ("ne:dorsan-4600--4000", "locality", "Dorsan"),
        ]
        assert loaded.places[0].names == (PlaceName("Varin"), PlaceName("Варин", "ru"))

    def test_a_place_that_ships_keeps_the_names_it_ships_with(self, tmp_path: Path) -> None:
        known = next(place for place in shipped() if place.id == "iso:AM")
        facts = {"featurecla": "Admin-0 country", "NAME": "Armenia", "ISO_A2": "AM"}
        [place] = load_places(self.collection(tmp_path, (facts, None)))
        assert {name.name for name in known.names} <= {name.name for name in place.names}

    def test_features_without_a_name_are_counted(self, tmp_path: Path) -> None:
        named = {"featurecla": "Admin-0 country", "NAME": "Qexia", "ISO_A2": "QX"}
        path = self.collection(tmp_path, (named, None), ({"featurecla": "Admin-0 country", "NAME": None}, None))
        assert load(path).passed_over == {"no name": 1}


class TestOwnTable:
    def test_csv(self, tmp_path: Path) -> None:
        text = (
            "id,name,other_names,lon,lat,kind,within,country\n"
            "valley,Ulmar valley,,,,region,,\n"
            'bridge-9,"Bridge 9",Ponte 9;Կամուրջ 9@hy@QX|Most 9@@QY,46.7,39.8,site,valley,\n'
            ",Dorsan,,46.1,39.9,,iso:QX,\n"
        )
        valley, bridge, town = load_places(written(tmp_path, text))
        assert (valley.id, valley.kind, valley.lon) == ("case:valley", "region", None)
        assert (bridge.id, bridge.within, bridge.precision) == ("case:bridge-9", "case:valley", "exact")
        assert bridge.names == (
            PlaceName("Bridge 9"),
            PlaceName("Ponte 9"),
            PlaceName("Կամուրջ 9", "hy", "QX"),
            PlaceName("Most 9", None, "QY"),
        )
        assert (town.id, town.kind, town.country, town.within) == ("case:dorsan", "locality", "QX", "iso:QX")

    def test_semicolons_or_tabs_between_columns(self, tmp_path: Path) -> None:
        for mark in (";", "\t"):
            text = f"name{mark}lon{mark}lat\nVarin{mark}46{mark}-40\n"
            [place] = load_places(written(tmp_path, text))
            assert (place.name, place.lon, place.lat) == ("Varin", 46.0, -40.0)

    def test_json_and_geojson(self, tmp_path: Path) -> None:
        [place] = load_places(written(tmp_path, json.dumps([{"name": "Varin", "lon": 46, "lat": -40}])))
        assert (place.id, place.lon) == ("case:varin", 46.0)
        feature = {"type": "Feature", "id": "v1", "properties": {"name": "Varin"},
                   "geometry": {"type": "Point", "coordinates": [46, -40]}}  # fmt: skip
        [place] = load_places(written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]})))
        assert (place.id, place.lat) == ("case:v1", -40.0)

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ("Varin,95.0,\n", "row 2: one of `lon` and `lat` is missing"),
            ("Varin,195.0,1\n", "row 2: `lon` is 195.0, not between"),
            ("Varin,east,1\n", "row 2: `lon` is 'east'"),
            ("Varin,1,1\n,2,2\n", "row 3: `name` is empty"),
            ("Varin,1,1\nVarin,2,2\n", "row 3: the id case:varin is that of row 2 too"),
            ("Varin,1,1,7\n", "row 2: more cells than headings"),
        ],
    )
    def test_a_bad_row_is_named(self, tmp_path: Path, rows: str, said: str) -> None:
        with pytest.raises(BadInput, match=said.replace("(", r"\(")):
            load_places(written(tmp_path, "name,lon,lat\n" + rows))

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("Varin,castle,", "`kind` is 'castle'"),
            ("Varin,,nowhere", "`within` is case:nowhere"),
            ("Varin,,varin", "`within` names the place itself"),
        ],
    )
    def test_kinds_and_containers_are_checked(self, tmp_path: Path, row: str, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            load_places(written(tmp_path, f"name,kind,within\n{row}\n"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("just some words\nand more\n", "no column `name`"),
        ("name,lon,lat\n", "headings but no rows"),
        ("[]", "holds no rows"),
        ("[1, 2]", "entry 1: not an object"),
        ("{not json", "not valid JSON"),
    ],
)
def test_what_is_no_gazetteer_is_refused_with_what_would_be_one(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        load_places(written(tmp_path, text))


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "image.csv"
    path.write_bytes(b"name,lon\n\xff\xfe\x00")
    with pytest.raises(BadInput, match="line 2: not UTF-8"):
        load_places(path)
    with pytest.raises(BadInput, match="cannot be opened"):
        load_places(tmp_path / "absent")
