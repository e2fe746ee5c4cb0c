"""Packages that others made: told apart from cases, and checked with the very verifier that they carry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from muniment.case.views import Verification
from muniment.exports import verify_package as verifier


def is_package(folder: Path) -> bool:
    """Whether a folder is laid out as an evidence package."""
    return (folder / "manifest-sha256.txt").is_file() and (folder / "data" / "ledger").is_dir()


def verify_package(
    folder: Path, *, trust: Sequence[str] = (), checkpoints: Sequence[Path] = (), time_stamp_roots: Path | None = None
) -> Verification:
    """Check a package with the verifier of this installation, not the one inside it."""
    found = verifier.verify(folder, trust, checkpoints, time_stamp_roots)
    return Verification(found.ok, tuple(found.proved), tuple(found.not_proved), tuple(found.wrong))
