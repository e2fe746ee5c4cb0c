"""What a build found, on a page or as data: what was read and not, what is said, what happened, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from muniment.cli import arguments, describing, printing, totals

if TYPE_CHECKING:
    from muniment.case import Case
    from muniment.case.views import BuildReport

FEW_NAMES = 10
FEW_QUESTIONS = 5


def plain(report: BuildReport) -> dict[str, Any]:
    """The report as plain JSON values, incidents in the record's shape."""
    import msgspec

    from muniment.exports import rows

    out: dict[str, Any] = msgspec.to_builtins(report)
    out["incidents"] = [rows.incident_row(incident) for incident in report.incidents]
    out["unresolved"] = [
        {
            "raw": name.raw,
            "claims": list(name.claims),
            "candidates": [rows.place_row(place) for place in name.candidates],
        }
        for name in report.unresolved
    ]
    return out


def summary(case: Case, report: BuildReport, folder: Path) -> str:
    """What a build found, on a page: what was read and what not, what is said, what happened, what to do next."""
    if not report.documents and not report.unread:
        add = printing.wrapped(f"Add sources, a file or a folder: muniment build {folder} SOURCE")
        return "\n\n".join([_read(case, report, folder), f"{printing.heading('Next')}\n{add}"])
    parts = [_read(case, report, folder), _claims(report), _incidents(case, report, folder)]
    parts += [totals.totals(case.headlines()), _open(report, folder)]
    parts.append(_next(report, folder))
    return "\n\n".join(part for part in parts if part)


def _read(case: Case, report: BuildReport, folder: Path) -> str:
    held = printing.number(report.documents, "document").capitalize()
    taken = printing.number(report.received, "new file")
    lines = [
        printing.heading(case.title),
        printing.wrapped(f"{held} in the case; {taken} sealed, {report.read} read now."),
    ]
    if report.unread:
        lines.append("  " + printing.number(len(report.unread), "file is", "files are") + " sealed but not read:")
        rows = [(unread.name, unread.reason.replace("_", " "), unread.sentence) for unread in report.unread]
        lines.append(printing.table(["file", "why", "what to do"], rows[: arguments.FIRST_LINES], indent=4, unfold=[2]))
        lines.append(
            printing.rest(arguments.FIRST_LINES, len(rows), f"muniment exhibits {folder} --state unread --all")
        )
    lines += [printing.wrapped(f"Not taken: {sentence}", hanging=2) for sentence in report.refused[:FEW_NAMES]]
    lines.append(printing.rest(FEW_NAMES, len(report.refused), "with --json"))
    for language, documents in sorted(report.not_extracted.items()):
        lines.append(
            printing.wrapped(
                f"{printing.number(documents, 'document')} not extracted: no pack for {language}; searchable, claims "
                "may be added by hand.",
                hanging=2,
            )
        )
    lines += [printing.wrapped(note, hanging=2) for note in report.notes]
    return "\n".join(line for line in lines if line)


def _claims(report: BuildReport) -> str:
    total = sum(report.claims_by_kind.values())
    kinds = sorted(report.claims_by_kind.items(), key=lambda item: (-item[1], item[0]))
    listed = " · ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in kinds if n)
    return printing.heading(printing.number(total, "claim").capitalize()) + (
        "\n" + printing.wrapped(listed) if listed else ""
    )


def _incidents(case: Case, report: BuildReport, folder: Path) -> str:
    living = [incident for incident in report.incidents if incident.merged_into is None]
    single = [incident for incident in living if incident.kind != "aggregate"]
    totals = [incident for incident in living if incident.kind == "aggregate"]
    labels = describing.place_labels(case)
    parts = [printing.heading(printing.number(len(single), "incident").capitalize() + ", by date")]
    if single:
        parts.append(describing.incident_table(single[: arguments.FIRST_LINES], labels))
        parts.append(printing.rest(arguments.FIRST_LINES, len(single), f"muniment incidents {folder} --all"))
    if totals:
        parts.append("\n" + printing.heading("Totals over a period or an area") + ", never added to their parts")
        parts.append(describing.incident_table(totals[:FEW_NAMES], labels))
        parts.append(printing.rest(FEW_NAMES, len(totals), f"muniment incidents {folder} --kind aggregate"))
    return "\n".join(part for part in parts if part)


def _open(report: BuildReport, folder: Path) -> str:
    lines = [printing.heading("Open")]
    pairs = printing.number(report.conflicts, "pair of claims conflicts", "pairs of claims conflict")
    lines.append(
        printing.wrapped(
            f"{pairs[0].upper()}{pairs[1:]}; both sides are kept." if report.conflicts else "No claims conflict."
        )
    )
    if report.unresolved:
        lines.append(
            "  " + printing.number(len(report.unresolved), "place name is", "place names are") + " unresolved:"
        )
        for name in report.unresolved[:FEW_NAMES]:
            choices = " or ".join(describing.place_label(place) + f" [{place.id}]" for place in name.candidates[:3])
            text = f"“{name.raw}”, {printing.number(len(name.claims), 'claim')}" + (f": {choices}?" if choices else "")
            lines.append(printing.wrapped(text, indent=4, hanging=2))
        lines.append(printing.rest(FEW_NAMES, len(report.unresolved), f"muniment places {folder} --unresolved"))
    return "\n".join(line for line in lines if line)


def _next(report: BuildReport, folder: Path) -> str:
    lines = [printing.heading("Next")]
    for question in report.questions[:FEW_QUESTIONS]:
        moves = f" (moves a figure by up to {question.moves})" if question.moves else ""
        lines.append(printing.wrapped(f"? {question.sentence}{moves}", hanging=2))
    lines.append(printing.rest(FEW_QUESTIONS, len(report.questions), f"muniment questions {folder}"))
    if report.unresolved:
        settle = f"muniment decide {folder} set_place NAME PLACE_ID --reason WHY"
        load = f"muniment places-import {folder} FILE"
        lines.append(printing.wrapped(f"Load a gazetteer that knows these places: {load}"))
        if any(name.candidates for name in report.unresolved):
            lines.append(printing.wrapped(f"Or say which place a name means: {settle}"))
    lines.append(printing.wrapped(f"Look at it in the browser: muniment serve {folder}"))
    lines.append(printing.wrapped(f"Take the record out: muniment export {folder} --format json --output record.json"))
    return "\n".join(line for line in lines if line)
