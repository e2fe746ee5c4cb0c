"""The case's rooms run in this process: starting workers for a handful of files would take most of the tests' time."""

from __future__ import annotations

from typing import Any

import pytest

from muniment import jobs
from muniment.case import building


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and extract without worker processes; the tests of jobs and of the command line start real ones."""

    class Inline:
        Failure = jobs.Failure

        @staticmethod
        def run(*args: Any, **options: Any) -> Any:
            return jobs.run(*args, **{**options, "workers": 0})

    monkeypatch.setattr(building, "jobs", Inline)
