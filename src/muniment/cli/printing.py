"""Calm text: tables that keep within the terminal, figures as low–high, dates as they are known."""

from __future__ import annotations

import json
import shutil
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click

NARROWEST, WIDEST = 60, 140
NARROWEST_COLUMN = 5
LONGEST_WORD = 20
NONE = "–"


def columns() -> int:
    """The terminal's width, within reason."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))


def as_json(value: Any) -> None:
    """Print a value as JSON, keys sorted."""
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1))


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, cells: int) -> str:
    """The text on one line, shortened to so many cells."""
    text = " ".join(text.split())
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    if width(text) <= cells:
        return text
    kept = ""
    for c in text:
        if width(kept + c) > cells - 1:
            break
        kept += c
    return kept.rstrip() + "…"


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    indent: int = 2,
    right: Iterable[int] = (),
    whole: Iterable[int] = (),
    unfold: Iterable[int] = (),
) -> str:
    """A table without lines; columns that are too wide together give way, widest first.

    Args:
        headings: one a column.
        rows: cells as text.
        indent: spaces in front.
        right: columns set flush right, for figures.
        whole: columns that never give way: a figure or a date cut short would be another.
        unfold: columns that go on in further lines rather than being cut.
    """
    lines = [list(headings), *([str(cell) for cell in row] for row in rows)]
    lines = [[" ".join(cell.split()) for cell in line] for line in lines]
    widths = [max(width(line[n]) for line in lines) for n in range(len(headings))]
    room = columns() - indent - 2 * (len(headings) - 1)
    kept, further = frozenset(whole), frozenset(unfold)
    least = [NARROWEST_COLUMN] * len(headings)
    for n in further:
        words = (width(word) for line in lines for word in line[n].split())
        least[n] = max(NARROWEST_COLUMN, min(LONGEST_WORD, max(words, default=0)))
    while sum(widths) > room:
        yielding = [n for n in range(len(headings)) if n not in kept and widths[n] > least[n]]
        if not yielding:
            break
        widths[max(yielding, key=lambda n: widths[n])] -= 1
    flush = frozenset(right)
    out = []
    for line in lines:
        parts = [folded(cell, widths[n]) if n in further else [cut(cell, widths[n])] for n, cell in enumerate(line)]
        for level in range(max(map(len, parts))):
            cells = []
            for n, column in enumerate(parts):
                shown = cut(column[level], widths[n]) if level < len(column) else ""
                blank = " " * (widths[n] - width(shown))
                cells.append(blank + shown if n in flush else shown + blank)
            out.append((" " * indent + "  ".join(cells)).rstrip())
    out[0] = click.style(out[0], dim=True)
    return "\n".join(out)


def folded(text: str, cells: int) -> list[str]:
    """A text in lines of so many cells, parted between words; at least one line."""
    return textwrap.wrap(text, cells, break_on_hyphens=False) or [""]


def wrapped(text: str, *, indent: int = 2, hanging: int = 0) -> str:
    """A paragraph that keeps within the terminal."""
    clean = "".join(c for c in " ".join(text.split()) if unicodedata.category(c)[0] != "C")
    return textwrap.fill(
        clean,
        columns(),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str) -> str:
    """A line that opens a section."""
    return click.style(text, bold=True)


def number(count: int, one: str, many: str | None = None) -> str:
    """`1 document`, `3 documents`, `no documents`."""
    word = one if count == 1 else many or one + "s"
    return f"{count:,} {word}".replace(",", "\u202f") if count else f"no {word}"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """Low–high with the best figure: `12`, `3–5 (best 4)`, `12 or more`; one decided outside: `15 (best 13)`."""
    if low is None and best is None and high is None:
        return NONE
    if low is not None and low == high:
        return str(low) if best in (None, low) else f"{low} (best {best})"
    if high is None:
        base = f"{low} or more" if low is not None else "number unknown"
        return base if best in (None, low) else f"{base} (best {best})"
    base = f"{low}–{high}" if low is not None else f"up to {high}"
    return base if best is None else f"{base} (best {best})"


def rest(shown: int, total: int, command: str) -> str:
    """The line that says how to see what was left out; empty where nothing was."""
    return "" if shown >= total else f"  … and {total - shown:,} more: {command}".replace(",", "\u202f")
