"""What the jobs tests have workers do; importable in a fresh process."""

from __future__ import annotations

import os
import signal
import subprocess
import time

from muniment.errors import BadInput, Unreadable

_lent: list[int] = []


def double(number: int) -> int:
    return number * 2


def lend(number: int) -> None:
    _lent[:] = [number]


def lent(_: int) -> int:
    return _lent[0]


def refuse_to_start(_: int) -> None:
    raise BadInput("no such plugin")


def worker_id(_: int) -> int:
    return os.getpid()


def misbehave(what: str) -> str:
    if what == "hang":
        time.sleep(600)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "crash":
        os.abort()
    elif what == "leave":
        os._exit(3)
    elif what == "memory":
        return str(len(b"x" * (4 << 30)))
    elif what == "unreadable":
        raise Unreadable("needs_password", "Give --password-file.")
    elif what == "error":
        raise KeyError("the name of a witness")
    elif what == "deep":
        return misbehave(what)
    elif what == "lambda":
        return lambda: None  # type: ignore[return-value]
    return what.upper()


def start_sleeper(path: str) -> None:
    """Start a child that outlives any patience, note its id, and hang."""
    child = subprocess.Popen(["sleep", "600"])
    with open(path, "w") as out:
        out.write(str(child.pid))
    time.sleep(600)
