"""The pages in-process against a fake case."""

from __future__ import annotations

from pathlib import Path

import pytest

from muniment.web import create_app
from web_browser import Browser
from web_fake_case import WebCase


@pytest.fixture
def case(tmp_path: Path) -> WebCase:
    """The case the pages show."""
    return WebCase(tmp_path)


@pytest.fixture
def client(case: WebCase) -> Browser:
    """A browser on this machine."""
    return Browser(create_app(case))  # type: ignore[arg-type]
