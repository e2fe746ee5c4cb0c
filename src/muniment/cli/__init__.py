"""The command line: `muniment VERB CASE …`. Data goes to stdout, talk to stderr; `--json` on every verb that prints.

Verbs are loaded when they are called, and load the case's room when they run: `--help` needs neither database nor web.
"""

from __future__ import annotations

from muniment.cli.app import app


def main() -> None:
    """Run the command line: the entry point `muniment`."""
    app(prog_name="muniment")


__all__ = ["app", "main"]
