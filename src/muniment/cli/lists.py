"""The lists of a case: documents, exhibits, claims, incidents, places, questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from muniment.cli import arguments, describing, printing
from muniment.errors import UsageError

FEW_IDS = 6


def _print(
    as_json: bool,
    total: int,
    shown: Sequence[Any],
    row: Callable[[Any], dict[str, Any]],
    text: Callable[[], str],
    more: str,
) -> None:
    if as_json:
        printing.as_json({"total": total, "items": [row(item) for item in shown]})
    elif not shown:
        click.echo("  none", err=True)
    else:
        click.echo(text())
        left = printing.rest(len(shown), total, more)
        if left:
            click.echo(left, err=True)


@click.command(short_help="The documents, with publisher and date.")
@arguments.case_argument
@click.option("--publisher", help="Only of this publisher.")
@click.option("--language", help="Only in this language (BCP 47).")
@arguments.page_options
@arguments.json_option
def documents(
    case: Path, publisher: str | None, language: str | None, limit: int | None, offset: int, as_json: bool
) -> None:
    """List the documents of CASE."""
    from muniment.exports import rows

    with arguments.open_case(case) as opened:
        page = opened.documents(limit=limit, offset=offset, publisher=publisher, language=language)
    _print(
        as_json,
        page.total,
        page.items,
        rows.document_row,
        lambda: printing.table(
            ["id", "published", "publisher", "language", "title", "file"],
            (
                (
                    d.id[: describing.SHORT_ID],
                    d.published or "undated",
                    d.publisher or printing.NONE,
                    f"{d.language or printing.NONE}{' *' if d.not_extracted else ''}",
                    d.title or printing.NONE,
                    d.file,
                )
                for d in page
            ),
        ),
        f"muniment documents {case} --all",
    )


@click.command(short_help="The sealed files, and what keeps some unread.")
@arguments.case_argument
@click.option(
    "--state", type=click.Choice(["read", "unread", "set_aside", "withdrawn", "erased"]), help="Only in this state."
)
@arguments.page_options
@arguments.json_option
def exhibits(case: Path, state: str | None, limit: int | None, offset: int, as_json: bool) -> None:
    """List the exhibits of CASE: every file that was sealed, by the SHA-256 of its bytes."""
    from muniment.exports import rows

    with arguments.open_case(case) as opened:
        page = opened.exhibits(state=state)
    shown = page.items[offset:] if limit is None else page.items[offset : offset + limit]
    _print(
        as_json,
        page.total,
        shown,
        rows.exhibit_row,
        lambda: printing.table(
            ["sha256", "bytes", "state", "name", "kind", "why"],
            (
                (
                    e.id[:16],
                    str(e.bytes),
                    e.state,
                    e.sightings[0].name if e.sightings else printing.NONE,
                    e.media_type,
                    e.why or "",
                )
                for e in shown
            ),
            right=[1],
            whole=[0, 1],
            unfold=[5],
        ),
        f"muniment exhibits {case} --all",
    )


@click.command(short_help="The claims: who says what, in which words.")
@arguments.case_argument
@click.option("--document", metavar="ID", help="Only of this document.")
@click.option("--incident", metavar="ID", help="Only of this incident.")
@click.option("--kind", help="Only of this kind, e.g. casualty.")
@arguments.page_options
@arguments.json_option
def claims(
    case: Path,
    document: str | None,
    incident: str | None,
    kind: str | None,
    limit: int | None,
    offset: int,
    as_json: bool,
) -> None:
    """List the claims of CASE: each is one source asserting one thing at one exact place."""
    from muniment.exports import rows
    from muniment.model.vocabulary import CLAIM_KINDS

    if kind is not None and kind not in CLAIM_KINDS:
        raise UsageError(f"{kind!r} is no kind of claim; choose from {', '.join(sorted(CLAIM_KINDS))}.")
    with arguments.open_case(case) as opened:
        document = opened.document(document).id if document else None
        incident = opened.incident(incident).id if incident else None
        page = opened.claims(document=document, incident=incident, kind=kind, limit=limit, offset=offset)
        incident_of = {c: i.id for i in opened.incidents() for c in i.claims} if as_json else {}
    _print(
        as_json,
        page.total,
        page.items,
        lambda claim: rows.claim_row(claim, incident_of.get(claim.id)),
        lambda: describing.claim_table(page.items),
        f"muniment claims {case} --all",
    )


@click.command(short_help="The incidents by date, with low–high.")
@arguments.case_argument
@click.option("--kind", help="Only of this kind, e.g. incident or aggregate.")
@click.option("--place", metavar="ID", help="Only at this place.")
@click.option(
    "--from", "earliest", metavar="DAY", help="Only those that may have happened on or after this day (YYYY-MM-DD)."
)
@click.option("--to", "latest", metavar="DAY", help="Only those that may have happened on or before this day.")
@arguments.page_options
@arguments.json_option
def incidents(
    case: Path,
    kind: str | None,
    place: str | None,
    earliest: str | None,
    latest: str | None,
    limit: int | None,
    offset: int,
    as_json: bool,
) -> None:
    """List the incidents of CASE by date; those without a date stand last."""
    from muniment.exports import rows

    first, last = _day(earliest), _day(latest)
    if first is not None and last is not None and first > last:
        raise UsageError(f"--from {first} lies after --to {last}; put the earlier day first.")
    with arguments.open_case(case) as opened:
        page = opened.incidents(kind=kind, place=place, earliest=first, latest=last, limit=limit, offset=offset)
        labels = {} if as_json else describing.place_labels(opened)
    _print(
        as_json,
        page.total,
        page.items,
        rows.incident_row,
        lambda: describing.incident_table(page, labels),
        f"muniment incidents {case} --all",
    )


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a day; write it as 2020-10-17.") from None


@click.command(short_help="The places spoken of; with --unresolved, the names to settle.")
@arguments.case_argument
@click.option("--unresolved", is_flag=True, help="The names no gazetteer settles, and what they may be.")
@arguments.page_options
@arguments.json_option
def places(case: Path, unresolved: bool, limit: int | None, offset: int, as_json: bool) -> None:
    """List the places CASE speaks of, or the names that stay unresolved."""
    from muniment.exports import rows

    with arguments.open_case(case) as opened:
        if unresolved:
            names = opened.unresolved_places()
            shown = names[offset:] if limit is None else names[offset : offset + limit]
            _print(
                as_json,
                len(names),
                shown,
                lambda name: {
                    "raw": name.raw,
                    "claims": list(name.claims),
                    "candidates": [rows.place_row(place) for place in name.candidates],
                },
                lambda: printing.table(
                    ["name as written", "claims", "may be"],
                    (
                        (
                            name.raw,
                            str(len(name.claims)),
                            "; ".join(f"{describing.place_label(p)} [{p.id}]" for p in name.candidates),
                        )
                        for name in shown
                    ),
                    right=[1],
                    whole=[1],
                    unfold=[2],
                ),
                f"muniment places {case} --unresolved --all",
            )
            return
        page = opened.places(limit=limit, offset=offset)
    _print(
        as_json,
        page.total,
        page.items,
        lambda use: {"place": rows.place_row(use.place), "claims": use.claims, "incidents": use.incidents},
        lambda: printing.table(
            ["id", "name", "kind", "known to", "claims", "incidents"],
            (
                (
                    use.place.id,
                    describing.place_label(use.place),
                    use.place.kind,
                    use.place.precision,
                    str(use.claims),
                    str(use.incidents),
                )
                for use in page
            ),
            right=[4, 5],
        ),
        f"muniment places {case} --all",
    )


@click.command(short_help="What only a person can decide, most telling first.")
@arguments.case_argument
@arguments.page_options
@arguments.json_option
def questions(case: Path, limit: int | None, offset: int, as_json: bool) -> None:
    """List what waits for a decision in CASE, those first that could move a figure most."""
    import msgspec

    with arguments.open_case(case) as opened:
        asked = opened.questions()
    shown = asked[offset:] if limit is None else asked[offset : offset + limit]
    _print(
        as_json,
        len(asked),
        shown,
        msgspec.to_builtins,
        lambda: "\n".join(
            printing.wrapped(
                f"? {question.sentence}"
                + (f" (moves a figure by up to {question.moves})" if question.moves else "")
                + f" [{_about(question.on)}]",
                hanging=2,
            )
            for question in shown
        ),
        f"muniment questions {case} --all",
    )


def _about(ids: Sequence[str]) -> str:
    shown = [id_[: describing.SHORT_ID] for id_ in ids[:FEW_IDS]]
    return ", ".join(shown) + (f" and {len(ids) - FEW_IDS} more" if len(ids) > FEW_IDS else "")
