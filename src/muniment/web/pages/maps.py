"""What the map that can be moved is drawn from: areas, never a false point; the same spots as the drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from muniment.web.figures.map_view import RADIUS_KM, Spot, circle, map_view
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
    """The spots as GeoJSON: points for exact positions, circles on the ground for everything else."""
    desk = desk_of(request)
    return JSONResponse(desk.once("map data", lambda: _data(spots(desk.case.map_points()))))


def _data(found: list[Spot]) -> dict[str, Any]:
    view = map_view(found)
    features = []
    for spot in sorted(found, key=lambda s: (-RADIUS_KM[s.precision], -s.incidents, s.place)):
        radius = RADIUS_KM[spot.precision]
        geometry: dict[str, Any] = (
            {"type": "Polygon", "coordinates": [circle(spot.lon, spot.lat, radius)]}
            if radius
            else {"type": "Point", "coordinates": [spot.lon, spot.lat]}
        )
        properties = {
            "place": spot.place,
            "name": spot.name,
            "other": spot.other,
            "precision": spot.precision,
            "incidents": spot.incidents,
            "lon": spot.lon,
            "lat": spot.lat,
        }
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {
        "type": "FeatureCollection",
        "features": features,
        "window": None if view is None else view.window,
        "has_base": bool(view and view.has_base),
    }
