"""Build a case of N generated documents in a process of its own: seconds, and the memory of the whole process tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Build:
    """One build: how many documents, how long, how much memory at most (MB, shared pages counted once)."""

    documents: int
    seconds: float
    peak_mb: float
    claims: int
    incidents: int
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def ms_per_document(self) -> float:
        return 1000 * self.seconds / self.documents


def build(case: Path, source: Path, documents: int, *, workers: int | None = None) -> Build:
    """Run `muniment build` and watch it.

    Raises:
        RuntimeError: where the build fails, or does not take in every document.
    """
    command = [sys.executable, "-m", "muniment.cli", "build", str(case), str(source), "--json"]
    if workers is not None:
        command += ["--workers", str(workers)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    peak = 0.0
    while True:
        try:
            out, talk = process.communicate(timeout=SAMPLE_SECONDS)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, tree_mb(process.pid))
    seconds = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"The build of {documents} documents failed: {talk.decode()[-2000:]}")
    report = json.loads(out)
    if report["documents"] != documents:
        raise RuntimeError(f"{documents} documents were given, {report['documents']} are in the case.")
    return Build(
        documents,
        seconds,
        peak,
        sum(report["claims_by_kind"].values()),
        len(report["incidents"]),
        report["seconds"],
    )


def tree_mb(pid: int) -> float:
    """Memory of a process and all below it in MB; each shared page is divided among those who share it (PSS)."""
    total_kb = 0
    todo = [pid]
    while todo:
        number = todo.pop()
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
            total_kb += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in os.listdir(f"/proc/{number}/task"):
                todo += map(int, Path(f"/proc/{number}/task/{task}/children").read_text().split())
        except (OSError, StopIteration):
            continue  # it ended while being looked at
    return total_kb / 1000
