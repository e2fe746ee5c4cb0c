"""Requests to the pages in-process, as a browser on this machine makes them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

ADDRESS = "http://127.0.0.1:8765"


class Browser:
    """Sends one request at a time to an application that no port serves."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(self, address: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("GET", address, options))

    def post(self, address: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._send("POST", address, options))

    async def _send(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.request(method, address, **options)
