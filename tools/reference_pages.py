"""Write the reference pages from the code, or check that they are as the code is (`--check`).

docs/reference/cli.md, exit-codes.md, linking.md, python.md, record.md, record.schema.json, vocabulary.md,
settings.md. What a value means stands in reference_words.toml; a value the code has and the words lack, or the other
way round, fails.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import click

from muniment import errors, exports
from muniment.cli import app
from muniment.cli.app import INTERRUPTED, PIPE_CLOSED, UNEXPECTED, VERBS
from muniment.model import vocabulary

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by tools/reference_pages.py from the code: change the code or reference_words.toml. -->\n"


class Drift(Exception):
    """Code and words do not name the same things."""


def words() -> dict[str, Any]:
    """The meanings."""
    return tomllib.loads((ROOT / "tools" / "reference_words.toml").read_text(encoding="utf-8"))


def same_names(what: str, code: set[str], written: set[str]) -> None:
    """Raise where code and words differ.

    Raises:
        Drift: naming both sides.
    """
    if code != written:
        lacking, spare = sorted(code - written), sorted(written - code)
        raise Drift(f"{what}: undocumented {lacking or 'none'}; documented but gone {spare or 'none'}")


def cell(text: str) -> str:
    """Text that stays inside a table's cell."""
    return " ".join(text.replace("|", "\\|").split())


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows]
    return "\n".join(lines)


def cli_page() -> str:
    """Every verb with its arguments and options."""
    context = app.make_context("muniment", [], resilient_parsing=True)
    parts = [NOTE, "# The command line", inspect.cleandoc(app.help or ""), _options(app)]
    parts.append("Data goes to stdout, talk to stderr. `muniment VERB --help` says the same as this page.")
    for verb in VERBS:
        command = app.get_command(context, verb)
        assert command is not None
        parts += _verb(verb, command, context, "##")
        if isinstance(command, click.Group):
            for name, under in command.commands.items():
                parts += _verb(f"{verb} {name}", under, context, "###")
    return "\n\n".join(part for part in parts if part) + "\n"


def _verb(name: str, command: click.Command, context: click.Context, heading: str) -> list[str]:
    usage = " ".join(command.collect_usage_pieces(click.Context(command, info_name=name, parent=context)))
    return [
        f"{heading} {name}",
        f"```\nmuniment {name} {usage}\n```",
        inspect.cleandoc(command.help or ""),
        _options(command),
    ]


def _options(command: click.Command) -> str:
    rows = []
    for option in command.params:
        if not isinstance(option, click.Option):
            continue
        names = ", ".join(f"`{name}`" for name in option.opts)
        if not option.is_flag:
            choices = option.type.choices if isinstance(option.type, click.Choice) else None
            names += " " + (
                "`" + "/".join(map(str, choices)) + "`" if choices else option.metavar or option.type.name.upper()
            )
        default = f" [default: {option.default}]" if option.show_default and option.default is not None else ""
        rows.append((names, (option.help or "") + default))
    return table(("option", "meaning"), iter(rows)) if rows else ""


def exit_codes_page() -> str:
    """Every exit code, from the tree of errors."""
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.MunimentError)]
    rows = [("0", "", "Done. Files that could not be read are listed, sealed, and no error.")]
    rows += [
        (str(k.exit_code), f"`{k.__name__}`", (k.__doc__ or "").split("\n")[0])
        for k in sorted(kinds, key=lambda kind: kind.exit_code)
    ]
    rows += [
        (str(UNEXPECTED), "", "A fault of ours: the message says where, without quoting your sources."),
        (str(INTERRUPTED), "", "You stopped it (Ctrl-C). The same command again goes on from there."),
        (str(PIPE_CLOSED), "", "Whoever read the output left, as in `| head`."),
    ]
    reasons = ", ".join(f"`{reason}`" for reason in sorted(errors.Unreadable.REASONS))
    return (
        "\n\n".join(
            (
                NOTE,
                "# Exit codes",
                "An error is one sentence on stderr that says what to do, and one of these codes.",
                table(("code", "error", "when"), iter(rows)),
                f"An exhibit that is sealed but unread says why by one of: {reasons}.",
            )
        )
        + "\n"
    )


def vocabulary_page() -> str:
    """Every closed list."""
    lists = {name: get_args(value) for name, value in vars(vocabulary).items() if name[0].isupper() and get_args(value)}
    lists.pop("Literal", None)
    meaning = words()["vocabulary"]
    same_names("vocabulary", set(lists), set(meaning))
    parts = [NOTE, "# The closed lists", "Every value a field of the record may take (`muniment.model.vocabulary`)."]
    for name, values in lists.items():
        heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
        parts += [f"## {heading}", meaning[name], ", ".join(f"`{value}`" for value in values)]
    return "\n\n".join(parts) + "\n"


def settings_page() -> str:
    """Every setting of a case."""
    from muniment.case.values import SETTINGS

    meaning = words()["settings"]
    same_names("settings", set(SETTINGS), set(meaning))
    return (
        "\n\n".join(
            (
                NOTE,
                "# Settings of a case",
                "A setting is a decision: logged with a reason, taken back like any other.",
                "```\nmuniment decide CASE setting title 'Ulmar 2031' --reason 'The name the team uses'\n```",
                table(("setting", "meaning"), ((f"`{name}`", meaning[name]) for name in sorted(SETTINGS))),
            )
        )
        + "\n"
    )


def linking_page() -> str:
    """Every weight of a comparison, and every rule that chooses a best figure."""
    from muniment.linker import weights
    from muniment.tally import DEFAULT_RULE, RULES

    same_names("linking weights", set(weights.WEIGHTS), set(weights.WORDS))
    rows = (
        (weights.WORDS[name], f"{weight:+.1f}", "yes" if name in weights.SPECIFIC else "")
        for name, weight in weights.WEIGHTS.items()
    )
    rules = ((f"`{name}`", (inspect.getdoc(rule) or "").split("\n")[0]) for name, rule in RULES.items())
    return (
        "\n\n".join(
            (
                NOTE,
                "# Linking and counting",
                "What one document says of one event is put together first. Then the accounts of several documents are "
                "compared, within blocks of place and day and of what is distinctive (a person, a weapon model, a "
                "site), by adding the weights below. They are natural logarithms of odds, fixed, and the same for "
                "every case; nothing is learnt from a case. Equal figures weigh nothing: the same number is no "
                "evidence of one event.",
                f"At {weights.TOGETHER:.1f} or more two accounts come together, if both state the day or something "
                f"distinctive agrees. Below that, from {weights.CANDIDATE:.1f} on, or where the day and the town are "
                "the same and the harm can be, they are a *candidate*: a question for a person that changes no figure. "
                f"So are two that differ by one day and agree in the rest ({weights.A_DAY_APART:.1f} or more): dates "
                "slip by a day, and such a pair is asked about, never joined. `muniment show CASE INCIDENT --why` "
                "prints the weights of each pair.",
                table(("what agrees or differs", "weight", "distinctive"), rows),
                "Whatever else agrees, two accounts are never one where the kinds of event differ, the dates or the "
                "places cannot both hold, one speaks of a period and the other of one event, or one happened after the "
                "other was already reported, or one document tells of them as two. Where one account tells several "
                "events of one day and place apart, day and place alone name none of them. An incident grows only "
                "while nothing bars any two of its accounts, so that a chain of likenesses never joins two ends that "
                "cannot be one. Decisions bind before any weight.",
                "The outcome depends on the claims, documents and decisions of the case, never on the order in which "
                "they came. While a case stays open (in Python or on the web), a build compares and clusters only what "
                "documents that are new, gone or changed can touch: their copies, their blocks, and the neighbourhood "
                f"that comparisons at {weights.TOGETHER:.1f} or more lead to. A program that "
                "opens the case anew, and a decision, link all of it; what comes out is the same.",
                "## Best figures",
                "Low is the smallest figure a credible source gives now, and never less than the people named. High is "
                "the largest, open where only “at least” is known. The best figure is a person's decision, else chosen "
                f"by the rule the case sets (`tally_rule`; by default `{DEFAULT_RULE}`). It is never a mean.",
                table(("rule", "best figure"), rules),
            )
        )
        + "\n"
    )


def shape(schema: Mapping[str, Any]) -> str:
    """A schema in a few words."""
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of the list" if len(schema["enum"]) > 6 else " / ".join(f"`{v}`" for v in schema["enum"])
    if "anyOf" in schema:
        inner = [part for part in schema["anyOf"] if part != {"type": "null"}]
        null = " or null" if len(inner) < len(schema["anyOf"]) else ""
        return " or ".join(dict.fromkeys(shape(part) for part in inner)) + null
    if schema.get("type") == "array":
        return f"list of {shape(schema['items'])}"
    if schema.get("type") == "object":
        names = ", ".join(f"`{name}`" for name in schema.get("properties", {}))
        return f"{{{names}}}" if names else "object"
    return str(schema.get("type", "any"))


def record_page() -> str:
    """Every field of the record."""
    schema, meaning = exports.schema()["properties"], words()["record"]
    same_names("record", set(schema), set(meaning))
    parts = [
        NOTE,
        "# The record",
        "`muniment export CASE --format json` writes one JSON document that holds everything a case knows. "
        "[record.schema.json](record.schema.json) is its JSON Schema.",
        "Text is UTF-8, dates are EDTF (ISO 8601-2), log times are UTC. Offsets are Unicode code points, half-open "
        "`[start, end)`, into the text of the document's exhibit; `muniment export CASE --format texts --output "
        "FOLDER` writes these texts. A field that is unknown is `null`, never an empty string or a guess.",
        "**Two audiences.** The *case* record is complete: `quote` is always `text[start:end]`. The *public* record "
        "(`--audience public`; always so for CSV and GeoJSON) shows `Name withheld` for every protected name in every "
        "string; a claim so changed has `redacted` true and no offsets, and a protected person's id is replaced too.",
        "**Determinism.** Lists are sorted by id, keys are sorted. Two exports of one case differ only in `made`. "
        "`--normalise` blanks what differs between two builds of the same files: `made`, when exhibits were received, "
        "when decisions were logged, the case's random id, and the hash of the last log entry.",
        table(
            ("field", "shape", "meaning"),
            ((f"`{k}`", shape(schema[k]), m) for k, m in meaning.items() if not isinstance(m, dict)),
        ),
    ]
    for room, fields in ((k, m) for k, m in meaning.items() if isinstance(m, dict)):
        properties = schema[room]["items"]["properties"]
        same_names(f"record.{room}", set(properties), set(fields) - {"_"})
        parts += [
            f"## {room}",
            fields["_"],
            table(("field", "shape", "meaning"), ((f"`{k}`", shape(properties[k]), fields[k]) for k in properties)),
        ]
    return "\n\n".join(parts) + "\n"


def python_page() -> str:
    """Every call of the façade."""
    from muniment.case import Case
    from muniment.case import open as open_case

    calls = [("muniment.open", open_case)]
    calls += [(f"case.{name}", member) for name, member in vars(Case).items() if not name.startswith("_")]
    parts = [
        NOTE,
        "# Muniment from Python",
        "The command line and the pages use these calls and nothing else. Rows are frozen dataclasses "
        "(`muniment.model`); ids may be any unique beginning of one; errors are those of `muniment.errors`.",
        "```python\nimport muniment\n\nwith muniment.open('my-case') as case:\n    case.build(['sources/'])\n```",
    ]
    for name, member in calls:
        function = member.fget if isinstance(member, property) else member
        shown = name if isinstance(member, property) else f"{name}{_signature(function)}"
        parts += [f"## {name}", f"```python\n{shown}\n```", _as_markdown(inspect.getdoc(function) or "")]
    return "\n\n".join(part for part in parts if part) + "\n"


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    kept = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    return str(signature.replace(parameters=kept)).replace("'", "")


def _as_markdown(docstring: str) -> str:
    """A Google docstring as Markdown: its sections as lists."""
    out = []
    for line in docstring.split("\n"):
        if re.fullmatch(r"(Args|Raises|Returns|Source):", line):
            out += [f"*{line[:-1]}*", ""]
        elif line.startswith("    ") and not line.startswith("     "):
            name, colon, rest = line.strip().partition(":")
            out.append(f"- `{name}`:{rest}" if colon and " " not in name else f"- {line.strip()}")
        else:
            out.append(line)
    return "\n".join(out)


def pages() -> dict[str, str]:
    """Every generated page by its name."""
    return {
        "cli.md": cli_page(),
        "exit-codes.md": exit_codes_page(),
        "linking.md": linking_page(),
        "python.md": python_page(),
        "record.md": record_page(),
        "record.schema.json": json.dumps(exports.schema(), indent=1, ensure_ascii=False) + "\n",
        "settings.md": settings_page(),
        "vocabulary.md": vocabulary_page(),
    }


def main(check: bool) -> int:
    """Write the pages, or say which are not as the code is."""
    try:
        made = pages()
    except Drift as drift:
        print(drift)
        return 1
    stale = [name for name, text in made.items() if not _is(FOLDER / name, text)]
    if check:
        for name in stale:
            print(f"docs/reference/{name} is not as the code is; run `make docs`.")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
        print(f"docs/reference/{name} written")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
