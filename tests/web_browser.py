"""Requests to the pages in-process, as a browser on this machine makes them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from fastapi import FastAPI

ADDRESS = "http://127.0.0.1:8765"


class Browser:
    """Sends one request at a time to an application that no port serves."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self._answer("GET", address, options)

    def post(self, address: str, **options: Any) -> httpx.Response:
        return self._answer("POST", address, options)

    def _answer(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        # In a thread of its own: a real browser that another test drives keeps an event loop in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._send(method, address, options)).result()

    async def _send(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.request(method, address, **options)
