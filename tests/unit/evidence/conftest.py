"""Some refusals can only be seen by somebody who is not root: for these the test steps down, even where root runs it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of an unprivileged user, who runs the test in it."""
    folder = Path(tempfile.mkdtemp(prefix="muniment-nobody-"))
    if os.geteuid() != 0:
        yield folder
        shutil.rmtree(folder)
        return
    os.chown(folder, NOBODY, NOBODY)
    group = os.getegid()
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        os.setegid(group)
        shutil.rmtree(folder)
