"""Run as a program: builds a case and dies by SIGKILL, at a moment or at the n-th step that makes something durable.

    python case_kill.py CASE SOURCES PLACES step N | never

A step is a file or folder forced to the disk, a name given to sealed bytes or taken away, a transaction about to be
committed or just committed. Killing at each of them in turn meets every state a power cut can leave a case in, short
of what the disk itself loses.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import muniment


def arm(last: int) -> Callable[[], int]:
    """Die at the `last`-th step (never where 0); the function tells how many there were."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            step()
            return function(*args, **options)

        return call

    for name in ("fsync", "fdatasync", "link", "unlink"):
        setattr(os, name, wrapped(getattr(os, name)))

    def commit(connection: sa.Connection) -> None:
        step()  # rows are written, nothing is durable
        connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
        step()  # durable, and whoever waits for it was not told

    sa.event.listen(sa.Engine, "commit", commit)
    return lambda: steps


def main() -> None:
    """Build as the arguments say; print how many steps it took."""
    case_folder, sources, places = (Path(word) for word in sys.argv[1:4])
    steps = arm(int(sys.argv[5]) if sys.argv[4] == "step" else 0)
    print("began", flush=True)
    with muniment.open(case_folder, by="runa") as case:
        case.build([sources], places=[places], workers=1)
    print(steps())


if __name__ == "__main__":
    main()
