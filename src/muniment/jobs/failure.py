"""How one piece of work can fail without taking the others along."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that gave no result: `reason` is one of `Unreadable.REASONS`, `sentence` says what to do."""

    reason: str
    sentence: str


class WorkerLost(Exception):
    """A worker process ended, or was stopped, before it gave a result."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


class SetUpFailed(Exception):
    """A worker could not be made ready; `error` is what its initializer raised. Ends the whole run."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


def out_of_time(seconds: float) -> Failure:
    """The item took longer than its wall clock allows."""
    return Failure(
        "out_of_time", f"Took longer than {seconds:g} seconds and was stopped; split the file or read it by itself."
    )


def out_of_memory(memory_bytes: int | None) -> Failure:
    """The item asked for more memory than a worker may have."""
    limit = f"the {memory_bytes / 2**20:,.0f} MiB a worker may use" if memory_bytes else "this machine has"
    return Failure("out_of_memory", f"Needs more memory than {limit}; split the file or free some memory.")


def died(exit_code: int | None, memory_bytes: int | None) -> Failure:
    """The worker ended by itself: killed for memory by the system, or crashed on the item."""
    if exit_code == -9:  # not by us: only the kernel's out-of-memory killer, or a person, sends this
        return out_of_memory(memory_bytes)
    how = f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"
    return Failure("damaged", f"Crashed the program that reads it ({how}); the file is likely damaged.")


def failure_of(error: BaseException, memory_bytes: int | None) -> Failure:
    """What an exception raised by the work means for the item.

    The exception's own words are left out unless they are ours: they may quote the material.
    """
    if isinstance(error, Unreadable):
        return Failure(error.reason, error.sentence)
    if isinstance(error, MemoryError):
        return out_of_memory(memory_bytes)
    if isinstance(error, RecursionError):
        return Failure("damaged", "Is nested more deeply than can be read; the file is damaged or made to mislead.")
    return Failure("damaged", f"Could not be worked on ({type(error).__name__}); the file is likely damaged.")
