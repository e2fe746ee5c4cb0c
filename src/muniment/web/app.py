"""The application: routes, static files, and errors as pages in one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from muniment.errors import MunimentError, NotFound, UsageError
from muniment.web import pages
from muniment.web.desk import Drawer
from muniment.web.protection import Protection
from muniment.web.templating import page

if TYPE_CHECKING:
    from muniment.case import Case

STATIC = Path(__file__).parent / "static"
NOTHING_SENT: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""Whatever the machine's environment asks of the framework, requests of a case are measured and sent nowhere."""
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/json",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


class Static(StaticFiles):
    """The pages' own files, with types the browser accepts whatever this machine's own list of types says."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file, with its type by our own list first."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        kind = TYPES.get(Path(full_path).suffix)
        if kind and "content-type" in answer.headers:
            answer.headers["content-type"] = kind
        return answer


def create_app(case: Case) -> FastAPI:
    """The pages of an open case.

    Args:
        case: from `muniment.open`.
    """
    app = FastAPI(title="Muniment", docs_url=None, redoc_url=None, openapi_url=None, telemetry=NOTHING_SENT)
    app.state.case, app.state.drawer = case, Drawer()
    app.add_middleware(Protection)
    app.mount("/static", Static(directory=STATIC), name="static")
    for router in pages.ROUTERS:
        app.include_router(router)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(UsageError, _not_found)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(MunimentError, _failed)
    return app


def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    sentence = "There is no such page." if isinstance(error, HTTPException) else str(error)
    return _error(request, "Nothing here", sentence, status)


def _bad_request(request: Request, error: Exception) -> Response:
    return _error(request, "This address can’t be read", "A number or a date in it is not one.", 400)


def _failed(request: Request, error: Exception) -> Response:
    return _error(request, "This could not be shown", str(error), 500)


def _error(request: Request, heading: str, sentence: str, status: int) -> HTMLResponse:
    return page(request, "error.html", section="", title=heading, status=status, heading=heading, sentence=sentence)
