"""Some refusals can only be seen by somebody who is not root: for these a test steps down, even where root runs it."""

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
    os.setresgid(NOBODY, NOBODY, group)
    os.setresuid(NOBODY, NOBODY, 0)  # the saved id is the way back
    try:
        yield folder
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(group, group, group)
        shutil.rmtree(folder)
