"""What the map that can be moved is drawn from: areas, never a false point; the same spots as the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from muniment.web.figures.map_view import RADIUS_KM, Spot, map_view
from muniment.web.templating import desk_of

if TYPE_CHECKING:
    from muniment.case.views import MapPoint

router = APIRouter()


def spots(points: Iterable[MapPoint]) -> list[Spot]:
    """The places of a map as the drawing takes them."""
    return [
        Spot(
            place=point.place_id,
            name=point.name,
            other=next((name for name in point.other_names if name != point.name), None),
            lon=point.lon,
            lat=point.lat,
            precision=point.precision,
            incidents=point.incidents,
        )
        for point in points
    ]


@router.get("/map.json")
def map_data(request: Request) -> JSONResponse:
    """The spots as GeoJSON, each with the radius of the area it stands for (0 for an exact point)."""
    desk = desk_of(request)
    return JSONResponse(desk.once("map data", lambda: _data(spots(desk.case.map_points()))))


def _data(found: list[Spot]) -> dict[str, Any]:
    view = map_view(found)
    features: list[dict[str, Any]] = []
    for spot in sorted(found, key=lambda s: (-RADIUS_KM[s.precision], -s.incidents, s.place)):
        properties = {
            "place": spot.place,
            "name": spot.name,
            "other": spot.other,
            "precision": spot.precision,
            "incidents": spot.incidents,
            "radius_km": RADIUS_KM[spot.precision],
        }
        geometry = {"type": "Point", "coordinates": [spot.lon, spot.lat]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {
        "type": "FeatureCollection",
        "features": features,
        "window": None if view is None else view.window,
        "has_base": bool(view and view.has_base),
    }
