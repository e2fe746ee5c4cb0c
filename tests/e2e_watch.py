"""A page that is watched: what it complains of, and whom it asks for anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Request


class Watch:
    """What a page said and asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._failed)
        page.on(
            "response",
            lambda answer: self.said.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what was still on its way when the page was left
            self.said.append(f"failed: {request.url}: {request.failure}")

    def is_clean(self) -> None:
        """Nothing was complained of, and nothing was asked of anyone else."""
        assert not self.said, self.said
        assert self.asked
        own = (self.address + "/", "data:", f"blob:{self.address}")
        elsewhere = [url for url in self.asked if not url.startswith(own)]
        assert not elsewhere, elsewhere


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[tuple[Page, Watch]]:
    """A page of its own at the case's address; at the end it must have been clean."""
    context = browser.new_context(base_url=address, **options)
    page = context.new_page()
    watch = Watch(page, address)
    try:
        yield page, watch
        watch.is_clean()
    finally:
        context.close()
