"""One tree of errors: each has an exit code, and its message says what to do next.

The exit codes are part of the command line's contract (docs/reference/exit-codes.md).
"""

from __future__ import annotations

from typing import ClassVar


class MunimentError(Exception):
    """Something went wrong that the user can act on."""

    exit_code: ClassVar[int] = 1


class UsageError(MunimentError):
    """The words of the call are not usable."""

    exit_code = 2


class NotACase(MunimentError):
    """The folder is not a Muniment case."""

    exit_code = 3


class NotFound(MunimentError):
    """No such thing in this case."""

    exit_code = 4


class CaseHeld(MunimentError):
    """Another process is writing to the case."""

    exit_code = 5


class NewerCase(MunimentError):
    """The case was written by a newer Muniment."""

    exit_code = 6


class VerificationFailed(MunimentError):
    """What is kept is not what was sealed or logged."""

    exit_code = 7


class StorageFailed(MunimentError):
    """The disk refused a write; nothing already received is lost."""

    exit_code = 8


class BadInput(MunimentError):
    """A file given to the command (a gazetteer, a mapping, sources.csv) cannot be used."""

    exit_code = 9


class Unreadable(MunimentError):
    """An exhibit is sealed but cannot be read into documents; `reason` is one of `REASONS`."""

    exit_code = 10
    REASONS: ClassVar[frozenset[str]] = frozenset(
        {
            "needs_ocr",
            "needs_password",
            "awaiting_reader",
            "damaged",
            "empty",
            "too_large",
            "out_of_time",
            "out_of_memory",
            "missing_tool",
        }
    )

    def __init__(self, reason: str, sentence: str) -> None:
        if reason not in self.REASONS:
            raise ValueError(f"{reason!r} is not a reason for being unread")
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return (type(self), (self.reason, self.sentence))


class NotAnswered(MunimentError):
    """The server of a model gave no answer that can be used."""

    exit_code = 11
