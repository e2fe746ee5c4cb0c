"""A pool of worker processes with a wall clock and a memory cap; a killed or crashed worker is replaced.

The standard ProcessPoolExecutor cannot do this: one dead worker breaks it for all, and it has no clock.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from typing import Any

from muniment.errors import MunimentError
from muniment.jobs.failure import SetUpFailed, WorkerLost, died, out_of_time

_SECONDS_TO_START = 120.0


class _Process:
    """One worker process and the line to it."""

    def __init__(self, seconds: float, memory_bytes: int | None, setup: bytes) -> None:
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        ours, theirs = socket.socketpair()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "muniment.jobs.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # libraries print what they read; nothing of the material goes to a log
                env=environment,
                start_new_session=True,  # its own group: what it starts (OCR, converters) ends with it
            )
        self.connection = Connection(ours.detach())
        self.connection.send_bytes(setup)
        try:
            ok, value = self._receive(_SECONDS_TO_START)
        except WorkerLost as lost:
            raise SetUpFailed(MunimentError(f"A worker process could not start: {lost.failure.sentence}")) from None
        if not ok:
            self.kill()
            raise SetUpFailed(value)

    def call(self, message: bytes) -> tuple[bool, Any]:
        """Send one call and wait for its answer: (True, result) or (False, exception).

        Raises:
            WorkerLost: where the time is up or the process ended; it is gone then.
        """
        try:
            self.connection.send_bytes(message)
        except OSError:
            raise self._lost() from None
        return self._receive(self.seconds)

    def _receive(self, seconds: float) -> tuple[bool, Any]:
        try:
            if not self.connection.poll(seconds):
                self.kill()
                raise WorkerLost(out_of_time(seconds))
            ok, value = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            raise self._lost() from None
        return ok, value

    def _lost(self) -> WorkerLost:
        self.kill(patience=1.0)
        return WorkerLost(died(self.process.returncode, self.memory_bytes))

    def kill(self, patience: float = 0.0) -> None:
        """End the process and all it started, and reap it. `patience`, in seconds, lets its own end come first."""
        self.connection.close()
        if patience:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class LimitedPool(Executor):
    """`workers` processes, each call with `seconds` of wall clock and `memory_bytes` of address space.

    A call that outlives its clock or kills its process raises WorkerLost from its future, and the next call finds a
    fresh process. Processes start with the first call that needs them.
    """

    def __init__(
        self,
        workers: int,
        *,
        seconds: float,
        memory_bytes: int | None = None,
        initializer: Callable[..., object] | None = None,
        initargs: tuple[Any, ...] = (),
    ) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._setup = pickle.dumps((memory_bytes, seconds, initializer, initargs))
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._live: set[_Process] = set()
        self._threads: list[threading.Thread] = []
        self._wanted = max(1, workers)
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue a call; `fn` and its arguments must be importable and picklable."""
        if kwargs:
            raise TypeError("give arguments by position")
        message = pickle.dumps((fn, args), protocol=pickle.HIGHEST_PROTOCOL)
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is shut down")
            if len(self._threads) < self._wanted:
                # A thread that could not be started must not leave a hole: one per call until all are there.
                thread = threading.Thread(target=self._tend, name="muniment-worker", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._calls.put((future, message))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool. With `cancel_futures` running calls are stopped too; else they are finished first."""
        with self._lock:
            self._closed = True
            threads, live = list(self._threads), list(self._live)
        if cancel_futures:
            with contextlib.suppress(queue.Empty):
                while True:
                    waiting = self._calls.get_nowait()
                    if waiting is not None:
                        waiting[0].cancel()
        for _ in threads:
            self._calls.put(None)
        if cancel_futures:
            for process in live:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.process.pid, signal.SIGKILL)  # its thread notices, reaps it and ends
        if wait:
            for thread in threads:
                thread.join()

    def _tend(self) -> None:
        """Run one worker's calls, one after the other, in a thread of the parent that mostly waits."""
        process: _Process | None = None
        while (waiting := self._calls.get()) is not None:
            future, message = waiting
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if process is None:
                    process = self._start()
                ok, value = process.call(message)
                if isinstance(value, MemoryError):  # what filled it may still fill it
                    process.kill()
                    self._forget(process)
                    process = None
            except BaseException as error:
                self._forget(process)
                process = None
                ok, value = False, error
            if ok:
                future.set_result(value)
            else:
                future.set_exception(value)
            del future, message, waiting, value
        if process is not None:
            process.kill()
            self._forget(process)

    def _start(self) -> _Process:
        process = _Process(self._seconds, self._memory_bytes, self._setup)
        with self._lock:
            self._live.add(process)
            if self._closed:
                process.kill()
        return process

    def _forget(self, process: _Process | None) -> None:
        if process is not None:
            with self._lock:
                self._live.discard(process)
