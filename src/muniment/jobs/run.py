"""Run a pure function over many items, with limits on each, and give the results back in the items' order."""

from __future__ import annotations

import contextlib
import itertools
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from types import FrameType
from typing import Any, TypeVar

from muniment.jobs.failure import Failure, SetUpFailed, WorkerLost, failure_of, out_of_time
from muniment.jobs.pool import LimitedPool

T = TypeVar("T")
R = TypeVar("R")

LARGEST_BATCH = 64
SECONDS_PER_BATCH = 0.05
"""Small items travel together until a batch takes about this long: the way there and back then costs little."""
BATCHES_AHEAD_PER_WORKER = 16
"""How far the work may run ahead of the reader of the results: bounds what waits in memory."""


def run(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    seconds: float,
    memory_bytes: int,
    initializer: Callable[..., object] | None = None,
    initargs: tuple[Any, ...] = (),
    executor: Executor | None = None,
) -> Iterator[tuple[int, R | Failure]]:
    """Each item's number and result, in order; an item that fails gives a Failure and no other is touched.

    Args:
        function: pure and importable; it may be called twice for an item that shared a batch with a failing one.
        items: taken as needed, never all at once.
        workers: processes; 0 runs inline in this process (no memory cap then, and a clock only in the main thread).
        seconds: wall clock per item.
        memory_bytes: address space per worker.
        initializer: called once in each worker before its first item; what it raises ends the run.
        initargs: its arguments, picklable.
        executor: another executor to use instead of our processes (Dask's, say). Memory and set-up are its own then;
            an item that overstays its time there is given up on, not stopped.
    """
    if executor is None and workers <= 0:
        if initializer is not None:
            initializer(*initargs)
        for index, item in enumerate(items):
            yield index, _inline(function, item, seconds)
        return
    pool = executor or LimitedPool(
        workers, seconds=seconds, memory_bytes=memory_bytes, initializer=initializer, initargs=initargs
    )
    ahead = BATCHES_AHEAD_PER_WORKER * max(1, workers)
    patience = seconds if executor is not None else None
    clean = False
    try:
        yield from _stream(pool, function, items, ahead, patience, memory_bytes)
        clean = True
    finally:
        if executor is None:
            pool.shutdown(wait=True, cancel_futures=not clean)


def _stream(
    pool: Executor,
    function: Callable[[T], R],
    items: Iterable[T],
    ahead: int,
    patience: float | None,
    memory_bytes: int,
) -> Iterator[tuple[int, R | Failure]]:
    source = iter(items)
    waiting: deque[tuple[list[T], Future[Any]]] = deque()
    size, index = 1, 0
    while True:
        while len(waiting) < ahead and (batch := list(itertools.islice(source, size))):
            waiting.append((batch, pool.submit(apply_batch, function, batch)))
        if not waiting:
            return
        batch, future = waiting.popleft()
        outcome = _outcome(future, patience, memory_bytes)
        if isinstance(outcome, Failure) and len(batch) > 1:
            # One of them did it: each by itself now, so that only the guilty one fails.
            results: list[R | Failure] = []
            for item in batch:
                alone = _outcome(pool.submit(apply_batch, function, [item]), patience, memory_bytes)
                results.append(alone if isinstance(alone, Failure) else alone[1][0])
            size = 1
        elif isinstance(outcome, Failure):
            results = [outcome]
        else:
            took, results = outcome
            per_item = took / len(batch)
            size = max(1, min(LARGEST_BATCH, int(SECONDS_PER_BATCH / per_item) if per_item else LARGEST_BATCH))
        for result in results:
            yield index, result
            index += 1


def apply_batch(function: Callable[[T], R], batch: Sequence[T]) -> tuple[float, list[R | Failure]]:
    """In the worker: the results of a batch and the seconds it took."""
    began = time.perf_counter()
    results: list[R | Failure] = []
    for item in batch:
        try:
            results.append(function(item))
        except MemoryError:
            raise  # whole batch again, one by one: what else is alive in it is part of the reason
        except Exception as error:
            results.append(failure_of(error, None))
    return time.perf_counter() - began, results


def _outcome(future: Future[Any], patience: float | None, memory_bytes: int) -> Any:
    try:
        return future.result(timeout=patience)
    except WorkerLost as lost:
        return lost.failure
    except SetUpFailed as failed:
        raise failed.error from None
    except FutureTimeoutError:
        future.cancel()
        return out_of_time(patience or 0.0)
    except Exception as error:
        return failure_of(error, memory_bytes)


class _TimeIsUp(BaseException):
    """Raised by the inline clock; not an Exception, so that no reader swallows it."""


def _inline(function: Callable[[T], R], item: T, seconds: float) -> R | Failure:
    try:
        with _clock(seconds):
            return function(item)
    except _TimeIsUp:
        return out_of_time(seconds)
    except Exception as error:
        return failure_of(error, None)


@contextlib.contextmanager
def _clock(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
