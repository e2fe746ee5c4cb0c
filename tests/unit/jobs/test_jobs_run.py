"""Limits on each item, failures that stay with their item, order kept, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import jobs_tasks
from muniment import jobs
from muniment.errors import BadInput, Unreadable

MEMORY = 1 << 30


def children() -> set[int]:
    out = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return {int(line.split()[0]) for line in out.stdout.splitlines() if "muniment.jobs.worker" in line}


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    got = list(jobs.run(jobs_tasks.double, range(500), workers=workers, seconds=20, memory_bytes=MEMORY))
    assert got == [(n, n * 2) for n in range(500)]
    assert children() == set()


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("hang", "out_of_time"),
        ("kill", "out_of_memory"),
        ("crash", "damaged"),
        ("leave", "damaged"),
        ("memory", "out_of_memory"),
        ("unreadable", "needs_password"),
        ("error", "damaged"),
        ("deep", "damaged"),
        ("lambda", "damaged"),
    ],
)
def test_one_bad_item_fails_alone(what: str, reason: str) -> None:
    items = [f"item {n}" for n in range(60)]
    items[45] = what  # far enough in to share a batch with others
    got = dict(jobs.run(jobs_tasks.misbehave, items, workers=2, seconds=1.5, memory_bytes=MEMORY))
    assert len(got) == 60
    failed = got.pop(45)
    assert isinstance(failed, jobs.Failure)
    assert failed.reason == reason
    assert failed.reason in Unreadable.REASONS
    assert "witness" not in failed.sentence
    assert got == {n: items[n].upper() for n in range(60) if n != 45}
    assert children() == set()


def test_a_worker_lives_on_from_item_to_item() -> None:
    got = [pid for _, pid in jobs.run(jobs_tasks.worker_id, range(40), workers=1, seconds=20, memory_bytes=MEMORY)]
    assert len(set(got)) == 1
    assert got[0] != os.getpid()


@pytest.mark.parametrize("workers", [0, 2])
def test_the_initializer_prepares_each_worker(workers: int) -> None:
    got = jobs.run(
        jobs_tasks.lent,
        range(10),
        workers=workers,
        seconds=20,
        memory_bytes=MEMORY,
        initializer=jobs_tasks.lend,
        initargs=(7,),
    )
    assert [value for _, value in got] == [7] * 10


@pytest.mark.parametrize("workers", [0, 2])
def test_an_initializer_that_fails_ends_the_run_with_its_own_error(workers: int) -> None:
    with pytest.raises(BadInput, match="no such plugin"):
        list(
            jobs.run(
                jobs_tasks.double,
                range(10),
                workers=workers,
                seconds=20,
                memory_bytes=MEMORY,
                initializer=jobs_tasks.refuse_to_start,
                initargs=(1,),
            )
        )
    assert children() == set()


def test_inline_keeps_the_clock_and_the_failures_apart() -> None:
    items = ["a", "hang", "error", "b"]
    got = dict(jobs.run(jobs_tasks.misbehave, items, workers=0, seconds=0.3, memory_bytes=MEMORY))
    assert got[0] == "A"
    assert got[3] == "B"
    assert [got[n].reason for n in (1, 2)] == ["out_of_time", "damaged"]  # type: ignore[union-attr]


def test_items_are_taken_only_as_results_are_read() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1_000_000):
            taken += 1
            yield number

    results = jobs.run(jobs_tasks.double, items(), workers=1, seconds=20, memory_bytes=MEMORY)
    for _ in range(10):
        next(results)
    assert taken < 5_000
    results.close()  # type: ignore[attr-defined]
    assert children() == set()


def test_what_a_stopped_worker_started_is_stopped_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    got = list(jobs.run(jobs_tasks.start_sleeper, [str(note)], workers=1, seconds=2.5, memory_bytes=MEMORY))
    assert isinstance(got[0][1], jobs.Failure)
    deadline = time.monotonic() + 5
    while alive(int(note.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(int(note.read_text()))


def test_another_executor_can_do_the_work() -> None:
    with ThreadPoolExecutor(2) as executor:
        got = list(
            jobs.run(jobs_tasks.double, range(100), workers=2, seconds=5, memory_bytes=MEMORY, executor=executor)
        )
    assert got == [(n, n * 2) for n in range(100)]


def test_threads_other_than_the_main_one_can_run_jobs() -> None:
    got: list[object] = []
    thread = threading.Thread(
        target=lambda: got.extend(jobs.run(jobs_tasks.double, [4], workers=1, seconds=20, memory_bytes=MEMORY))
    )
    thread.start()
    thread.join()
    assert got == [(0, 8)]


def test_an_interrupt_leaves_no_process_behind(tmp_path: Path) -> None:
    script, note = tmp_path / "interrupted.py", tmp_path / "pid"
    script.write_text(
        "import os, pathlib, signal, sys, threading, time\nimport jobs_tasks\nfrom muniment import jobs\n"
        "note = pathlib.Path(sys.argv[1])\n"
        "def interrupt():\n"
        "    while not (note.exists() and note.read_text()): time.sleep(0.05)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "threading.Thread(target=interrupt, daemon=True).start()\n"
        "list(jobs.run(jobs_tasks.start_sleeper, [str(note)], workers=1, seconds=60, memory_bytes=1 << 30))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, str(script), str(note)], env=environment, capture_output=True, text=True, timeout=50
    )
    assert "KeyboardInterrupt" in done.stderr
    assert not alive(int(note.read_text()))


def test_many_small_items_cost_little_each() -> None:
    began = time.perf_counter()
    number = sum(1 for _ in jobs.run(jobs_tasks.double, range(20_000), workers=1, seconds=20, memory_bytes=MEMORY))
    assert number == 20_000
    assert time.perf_counter() - began < 20  # on an idle machine a second or two; far from one process per item
