"""A bar on stderr while a build works, where stderr is a terminal; silence where it is not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STAGES = {
    "seal": "Sealing",
    "places": "Reading gazetteers",
    "read": "Reading",
    "extract": "Finding claims",
    "propose": "Asking the model",
    "link": "Bringing claims together",
    "tally": "Counting",
    "verify": "Checking",
}

Report = Callable[[str, int, int], None]


@contextmanager
def bar() -> Iterator[Report | None]:
    """A function to report a stage's progress to; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    shown = Progress(
        TextColumn("{task.description:<24}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = shown.add_task(STAGES.get(stage, stage.capitalize()), total=total)
        shown.update(tasks[stage], completed=done, total=total)

    with shown:
        yield report
