"""What stands between the pages and everything else: only this machine, only this page's own files, no one's frame."""

from __future__ import annotations

import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers would hide the Origin of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Protection:
    """Refuses requests that were not meant for this machine; adds the headers every answer carries.

    A page of another site can make a browser send requests here under a name that resolves to 127.0.0.1. Such a
    request carries that name as its Host, and is refused (421). A form that another site sends here carries that site
    as its Origin, and is refused (403).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be answered."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        began = time.perf_counter()

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static") else "no-store")
                headers["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - began):.2f}"
            await send(message)

        headers = Headers(scope=scope)
        if not _is_loopback(headers.get("host", "")):
            await _refuse(421, "This server answers only on this machine's own address, 127.0.0.1.", with_headers)
        elif scope["method"] not in ("GET", "HEAD") and not _is_own(headers):
            await _refuse(403, "This form was not sent from one of this case's pages.", with_headers)
        else:
            await self.app(scope, receive, with_headers)


def _is_loopback(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, port = host, ""
    return name.lower() in LOOPBACK and (not port or port.isdigit())


def _is_own(headers: Headers) -> bool:
    """Whether a form comes from one of our pages, as far as the browser says."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin in (None, f"http://{headers.get('host')}")


async def _refuse(status: int, sentence: str, send: Send) -> None:
    body = (sentence + "\n").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
