"""`show` and `search`: one thing with all that stands around it; everything that holds some words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from muniment.cli import arguments, describing, printing

LABEL = 16
"""Cells for a field's name."""


@click.command(short_help="One thing with all that stands around it.")
@arguments.case_argument
@click.argument("id_", metavar="ID")
@click.option(
    "--why",
    is_flag=True,
    help="Why each field has its value, by rule and words; for an incident, why its claims belong together.",
)
@arguments.json_option
def show(case: Path, id_: str, why: bool, as_json: bool) -> None:
    """Show the claim, document, incident, person, place or exhibit whose id begins with ID."""
    with arguments.open_case(case) as opened:
        thing = opened.show(id_, why=why)
    if as_json:
        printing.as_json(thing)
        return
    kind = str(thing.get("type", "thing"))
    click.echo(printing.heading(f"{kind} {thing.get('id', id_)}"))
    for line in _lines(thing, skip={"type", "id"}):
        click.echo(line)


def _lines(thing: Mapping[str, Any], skip: set[str]) -> Iterator[str]:
    for key, value in thing.items():
        if key in skip or value in (None, "", [], {}, ()):
            continue
        name = key.rstrip("_").replace("_", " ")
        if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
            yield f"  {name}"
            for item in value:
                text = _inline(item) if isinstance(item, Mapping) else str(item)
                yield printing.wrapped(text, indent=4, hanging=2)
        elif key == "why" and isinstance(value, Mapping):
            yield f"  {name}"
            for field, reason in value.items():
                words = reason.get("words") if isinstance(reason, Mapping) else reason
                rule = reason.get("rule") if isinstance(reason, Mapping) else ""
                yield printing.wrapped(f"{field}: {rule}" + (f" ← “{words}”" if words else ""), indent=4, hanging=2)
        else:
            text = _inline(value)
            shown = printing.wrapped(f"{name:<{LABEL}}{text}", hanging=LABEL)
            # textwrap eats the padding between name and value: set it again.
            yield f"  {name:<{LABEL}}" + shown.strip()[len(name) :].lstrip()


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        if set(value) == {"start", "end"}:
            return f"[{value['start']}, {value['end']})"
        if {"a", "b", "kind", "status"} <= set(value):  # a relation
            return _relation(value)
        if {"low", "best", "high", "harm"} <= set(value):
            return _tally(value)
        if "quote" in value and "id" in value:  # a claim inside an incident
            return f"{value['id'][: describing.SHORT_ID]}  {value.get('level', '')}: “{value['quote']}”"
        known = ((name.rstrip("_"), item) for name, item in value.items() if item not in (None, "", [], {}, ()))
        return " · ".join(f"{name.replace('_', ' ')} {_inline(item)}" for name, item in known)
    if isinstance(value, list | tuple):
        return ", ".join(_inline(item) for item in value)
    return str(value)


def _relation(relation: Mapping[str, Any]) -> str:
    short = describing.SHORT_ID
    text = f"{relation['kind']}  {relation['a'][:short]} → {relation['b'][:short]}, {relation['status']}"
    score = f", score {relation['score']}" if relation.get("score") is not None else ""
    return text + score + (f": {relation['why']}" if relation.get("why") else "")


def _tally(tally: Mapping[str, Any]) -> str:
    short = describing.SHORT_ID
    text = f"{tally['harm']}, {tally['victims']}: {printing.figure(tally['low'], tally['best'], tally['high'])}"
    if tally.get("claims"):
        text += "; from " + ", ".join(id_[:short] for id_ in tally["claims"])
    aside = [f"{each['claim'][:short]} ({each['why']})" for each in tally.get("set_aside") or ()]
    return text + ("; set aside " + ", ".join(aside) if aside else "")


@click.command(short_help="Documents, claims and incidents that hold some words.")
@arguments.case_argument
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many results.")
@arguments.json_option
def search(case: Path, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search CASE for documents, claims and incidents that hold all WORDS, in any script."""
    import msgspec

    with arguments.open_case(case) as opened:
        hits = opened.search(" ".join(words), limit=limit)
    if as_json:
        printing.as_json({"total": len(hits), "items": msgspec.to_builtins(hits)})
        return
    if not hits:
        click.echo("Nothing holds all these words; try fewer, or the beginning of one.", err=True)
    for hit in hits:
        click.echo(f"{hit.kind} {hit.id[: describing.SHORT_ID]}  {printing.cut(hit.title, printing.columns() - 24)}")
        click.echo(f"    {_marked(hit.snippet, hit.marks)}")


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    out, position = [], 0
    for start, end in marks:
        out += [text[position:start], click.style(text[start:end], bold=True)]
        position = end
    return " ".join("".join((*out, text[position:])).split())
