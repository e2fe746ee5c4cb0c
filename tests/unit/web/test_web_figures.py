"""Where the strokes of a figure go: true to the numbers, and never a point for what is only an area."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.model import Count, Tally
from muniment.web.figures import base_map, ranges
from muniment.web.figures.map_view import NARROW, Spot, map_view
from muniment.web.figures.said import LEFT, RIGHT, Statement, said
from muniment.web.figures.timeline import timeline
from muniment.web.firmness import LEVELS, of_certainty
from muniment.web.pages.paging import paging

figures = st.one_of(st.none(), st.integers(0, 1_000_000))


@given(st.lists(figures, min_size=1, max_size=6))
def test_a_scale_holds_its_figures_between_even_ticks(given_figures: list[int | None]) -> None:
    scale = ranges.scale(given_figures)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] == scale.top
    assert len({b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)}) == 1
    for figure in given_figures:
        assert figure is None or figure <= scale.top
        assert figure is None or 0 <= scale.at(figure) <= ranges.WIDTH


def test_an_open_top_ends_in_dashes_and_a_closed_one_does_not() -> None:
    scale = ranges.scale([24])
    closed = ranges.bar(16, 18, 19, scale)
    assert (closed.low, closed.high_from, closed.best, closed.more) == (666.7, 666.7, 750.0, None)
    assert closed.high == pytest.approx(125, abs=0.1)
    assert ranges.bar(16, None, None, scale).more is not None
    nothing = ranges.bar(None, None, None, scale)
    assert (nothing.low, nothing.high, nothing.best, nothing.more) == (0, 0, None, None)


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1))


@given(st.dictionaries(DAYS, st.integers(1, 30), max_size=40), st.lists(st.tuples(DAYS, DAYS), max_size=5))
def test_every_incident_stands_in_one_bar(days: dict[dt.date, int], spans: list[tuple[dt.date, dt.date]]) -> None:
    made = timeline(sorted(days.items()), spans)
    wide = [span for span in spans if span[0] <= span[1]]
    if made is None:
        assert not days
        assert not wide
        return
    assert sum(column.number for column in made.columns) == sum(days.values())
    for column in made.columns:
        assert sum(n for day, n in days.items() if column.first <= day <= column.last) == column.number
        assert 0 <= column.x <= made.width
    assert all(0 <= stroke.x1 < stroke.x2 <= made.width for stroke in made.strokes)
    assert made.ticks
    assert all(0 <= tick.x <= 100 for tick in made.ticks)


def statement(day: int, count: Count, copy: bool = False) -> Statement:
    return Statement(f"c{day}", dt.date(2031, 3, day), count, LEVELS["reported"], "A", copy)


def test_statements_stand_at_their_day_with_what_they_leave_open() -> None:
    tally = Tally("killed", "all", 16, 18, None, ())
    chart = said(
        [
            statement(9, Count.of("exact", 11, "11")),
            statement(9, Count.of("exact", 11, "11"), copy=True),
            statement(12, Count.of("range", 16, "16 to 19", upper=19)),
            statement(14, Count.of("at_least", 18, "at least 18")),
            statement(20, Count.of("vague", None, "dozens")),
        ],
        tally,
    )
    assert chart is not None
    first, copy, span, least = chart.marks
    assert LEFT < first.x < copy.x < span.x < least.x < RIGHT
    assert (first.letter, copy.letter) == ("A", "")
    assert span.top is not None
    assert span.bottom is not None
    assert span.top < span.y < span.bottom
    assert least.open_from is not None
    assert "high open" in {text for _, text, _ in chart.labels}
    assert chart.sentence.startswith("From 11 on 9 March 2031 to at least 18 on 14 March 2031")
    assert said([statement(9, Count.of("exact", 11, "11"))], tally) is None


def spot(place: str, lon: float, lat: float, precision: str, incidents: int = 1) -> Spot:
    return Spot(place, place.title(), None, lon, lat, precision, incidents)


def test_only_an_exact_place_is_a_dot() -> None:
    spots = [spot("a", 45, 40, "exact"), spot("b", 45.2, 40.1, "locality"), spot("c", 45.4, 40.2, "vicinity"),
             spot("d", 45.6, 40, "district")]  # fmt: skip
    view = map_view(spots)
    assert view is not None
    radius = {d.spot.precision: d.r for d in view.spots}
    assert radius["exact"] < min(radius["vicinity"], radius["locality"])
    assert max(radius["vicinity"], radius["locality"]) < radius["district"]
    assert view.spots[0].spot.precision == "district"  # large areas lie under small ones


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-179, 179), st.floats(-80, 80), st.sampled_from(["exact", "locality", "district"])),
        min_size=1, max_size=20,
    ),
    st.sampled_from([(860.0, 500.0), NARROW]),
)  # fmt: skip
def test_every_spot_stands_inside_the_drawing_and_no_label_hides_another(
    rows: list[tuple[float, float, str]], size: tuple[float, float]
) -> None:
    view = map_view([spot(f"p{n}", lon, lat, precision) for n, (lon, lat, precision) in enumerate(rows)], size)
    assert view is not None
    assert all(0 <= d.x <= size[0] and 0 <= d.y <= size[1] for d in view.spots)
    assert len({(label.x, label.y) for label in view.labels}) == len(view.labels)


def test_no_place_no_map() -> None:
    assert map_view([]) is None


def test_the_base_map_is_cut_to_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    square = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    for name, kind, coordinates in (("land", "Polygon", [square]), ("borders", "LineString", [[0, 5], [10, 5]])):
        feature = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
        (tmp_path / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    monkeypatch.setattr(base_map, "FOLDER", tmp_path)
    base_map._lines.cache_clear()
    base_map.cut.cache_clear()
    try:
        (ring,), (border,) = base_map.cut((8, 4, 12, 6))
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        assert (min(xs), max(xs), min(ys), max(ys)) == (8, 10, 4, 6)
        assert len(border) == 2
        assert base_map.cut((20, 20, 30, 30)) == ((), ())
        assert base_map.path([ring], lambda x, y: (10 * x, 10 * y), closed=True).endswith("Z")
    finally:
        base_map._lines.cache_clear()
        base_map.cut.cache_clear()


def test_every_level_and_certainty_has_its_own_word_and_shape() -> None:
    assert len({f.word for f in LEVELS.values()}) == len(LEVELS) == 12
    assert of_certainty("appears").word == "appears"
    assert of_certainty("appears").shape == "likely"
    assert of_certainty("denied").tone == "denied"


def test_pages_of_a_list_keep_what_was_asked() -> None:
    middle = paging("/claims", 2, 120, {"kind": "casualty", "other": None})
    assert (middle.first, middle.last, middle.pages) == (51, 100, 3)
    assert middle.before == "/claims?kind=casualty"
    assert middle.after == "/claims?kind=casualty&page=3"
    assert paging("/claims", 1, 0).after is None
