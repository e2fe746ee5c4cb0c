"""A worker process: takes pickled calls from its parent, one at a time, until the parent goes away.

A fresh interpreter rather than a fork: it shares no lock, thread or database handle with the parent, its memory cap
means what it says, and a user's script needs no `if __name__ == "__main__"`.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any


def limit_memory(memory_bytes: int | None) -> None:
    """Cap this process's address space, in bytes, where the system can."""
    if not memory_bytes:
        return
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, hard))


def _arm(seconds: float) -> None:
    # The parent keeps the clock; this one ends a worker whose parent was killed. Its default action is to die.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(connection: Connection, ok: bool, value: Any) -> None:
    try:
        message = pickle.dumps((ok, value), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # a result or exception that cannot cross between processes
        message = pickle.dumps((False, TypeError(f"the result cannot be handed over: {type(error).__name__}")))
    connection.send_bytes(message)


def serve(connection: Connection) -> None:
    """Set up as the parent says, then answer calls until the connection closes."""
    memory_bytes, seconds, initializer, initargs = pickle.loads(connection.recv_bytes())
    limit_memory(memory_bytes)
    try:
        if initializer is not None:
            initializer(*initargs)
    except BaseException as error:
        _answer(connection, False, error)
        return
    _answer(connection, True, None)
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        _arm(seconds * 2 + 5)
        try:
            function, args = pickle.loads(message)
            value, ok = function(*args), True
        except BaseException as error:
            value, ok = error, False
        _arm(0)
        _answer(connection, ok, value)
        del message, value


def main() -> None:
    """Entry of `python -m muniment.jobs.worker FD`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle: it ends its workers
    # BrokenPipeError: the parent went away while we answered; nobody is left to tell.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError), Connection(int(sys.argv[1])) as connection:
        serve(connection)


if __name__ == "__main__":
    main()
