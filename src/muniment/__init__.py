"""Muniment: from a folder of sources to a record of incidents, each line traced to sealed bytes.

>>> import muniment
>>> case = muniment.open("my-case")          # doctest: +SKIP
>>> case.build(["sources/"])                 # doctest: +SKIP
>>> for incident in case.incidents(): ...    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "open"]

if TYPE_CHECKING:
    from muniment.case import open


def __getattr__(name: str) -> Any:
    # The façade is imported on first use, so that `muniment --help` loads neither database nor web.
    if name == "open":
        from muniment.case import open as open_case

        return open_case
    raise AttributeError(f"module 'muniment' has no attribute {name!r}")
