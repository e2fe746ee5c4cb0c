"""The group all verbs hang on: loads a verb's file on first use, turns errors into one sentence and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import Any

import click

import muniment
from muniment.errors import MunimentError

UNEXPECTED = 70
"""EX_SOFTWARE of sysexits: a fault of ours."""
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""
PIPE_CLOSED = 141
"""128 + SIGPIPE, as shells report it."""

VERBS: dict[str, str] = {
    "build": "building",
    "propose": "proposing",
    "demo": "serving",
    "serve": "serving",
    "status": "status",
    "documents": "lists",
    "exhibits": "lists",
    "claims": "lists",
    "incidents": "lists",
    "places": "lists",
    "questions": "lists",
    "sensitivity": "sensitivity",
    "show": "showing",
    "search": "showing",
    "decide": "deciding",
    "decisions": "deciding",
    "places-import": "gazetteers",
    "verify": "verifying",
    "checkpoint": "custody",
    "key": "custody",
    "import": "importing",
    "erase": "erasing",
    "backup": "backing_up",
    "restore": "backing_up",
    "export": "exporting",
}
"""Every verb, in the order a newcomer meets them, and the file its family lives in."""


OWN_NAMES = {"import": "import_"}
"""Verbs that are words of Python's own."""


class Verbs(click.Group):
    """A group whose verbs are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of `VERBS`."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, from its family's file."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"muniment.cli.{VERBS[cmd_name]}")
        command = getattr(module, OWN_NAMES.get(cmd_name, cmd_name.replace("-", "_")))
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the near misses named."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "`muniment --help` lists the verbs."
            raise click.UsageError(f"There is no verb {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; say what went wrong in one sentence and leave with its exit code."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except MunimentError as error:
            _say(str(error) or type(error).__doc__ or "Something went wrong.", error, ctx)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt as error:
            _say("Stopped. What was sealed is kept; the same command again goes on from here.", error, ctx)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader of our output left (`| head`): close quietly, without Python's own complaint at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except Exception as error:
            _say(_unexpected(error), error, ctx)
            ctx.exit(UNEXPECTED)


def _say(sentence: str, error: BaseException, ctx: click.Context) -> None:
    if ctx.params.get("debug"):
        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(f"muniment: {sentence}", err=True)


def _unexpected(error: Exception) -> str:
    """What broke and where, without the exception's own words: these may quote a source."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "muniment" in frame.filename]
    where = ""
    if own:
        _, _, path = own[-1].filename.rpartition("muniment" + os.sep)
        where = f" at {path}:{own[-1].lineno}"
    return (
        f"a fault of ours, {type(error).__name__}{where} (Muniment {muniment.__version__}). What was sealed and "
        "decided is kept. Please report this line (CONTRIBUTING.md says where); `muniment --debug VERB …` shows more, "
        "which may quote your sources: read it before you send it."
    )


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 done; what the others mean is in docs/reference/exit-codes.md.",
)
@click.version_option(muniment.__version__, prog_name="muniment")
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error (it may quote your sources).")
def app(debug: bool) -> None:
    """From a folder of sources to a record of incidents, each line traced to sealed bytes.

    CASE is always a folder. Begin with `muniment build my-case SOURCES`, or look around with `muniment demo`.
    """
