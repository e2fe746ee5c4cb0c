"""Linking, measured: a generated world with truth, coded reports, a million claims, and a peer beside it.

    python benchmarks/linking/run.py            # a quarter of an hour; exit code 1 where a bar is missed
    python benchmarks/linking/run.py --small    # under a minute; prints, holds only the bars that size allows

Bars: in the world of 1,000 incidents and 20 sources pair precision at least 0.98 and recall at least 0.85, at least
95 % of totals holding the truth; on MAVERICK's reports of Kenya, fitted on one half of the events and scored on the
other, B³ F1 at least 0.91, pair precision at least 0.75 and recall at least 0.65; 1,000,000 claims linked in less than
ten minutes and 6 GB, one document more in less than two seconds, at most 1.5 times the cost of a claim at 100,000; more
right than Splink on the same claims, at most five times its time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

import fit
import maverick
import measured
import peer
import scale
import score
import world

Kept = bool | None


class Report:
    """Prints each figure beside its bar, and remembers what was missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def __call__(self, what: str, figure: str, kept: Kept = None, bar: str = "") -> None:
        mark = {None: "", True: f"  (bar {bar}: met)", False: f"  (bar {bar}: MISSED)"}[kept]
        print(f"{what:<58} {figure}{mark}", flush=True)
        if kept is False:
            self.missed.append(what)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--small", action="store_true", help="a quick run for every change")
    parser.add_argument("--only", choices=("world", "coded", "scale", "peer"), help="one part of it")
    parser.add_argument("--splink", metavar="PYTHON", help="an interpreter that has splink, for the peer's figures")
    options = parser.parse_args()
    report = Report()
    parts = {"world": generated, "coded": coded, "scale": scaled, "peer": beside}
    for name, part in parts.items():
        if options.only in (None, name):
            part(report, options)
    if report.missed:
        print(f"Missed: {'; '.join(report.missed)}")
    return 1 if report.missed and not options.small else 0


def generated(report: Report, options: argparse.Namespace) -> None:
    number, sources = (300, 11) if options.small else (1000, 20)
    for seed in (1,) if options.small else (1, 2, 3):
        made = world.make(number, sources, seed)
        linked = measured.link(made.claims, made.documents, made.lexicon)
        pairs = score.pairs(linked.home, made.event_of)
        totals, _ = score.totals(linked.incidents, made.event_of, made.truth)
        report(
            f"world {seed}: {number:,} incidents, {sources} sources",
            f"{len(made.claims):,} claims of {len(made.documents):,} documents",
        )
        report("  pair precision", f"{pairs.precision:.3f}", pairs.precision >= 0.98, "≥ 0.98")
        report("  pair recall", f"{pairs.recall:.3f}", pairs.recall >= 0.85, "≥ 0.85")
        report("  B³ F1", f"{score.b_cubed(linked.home, made.event_of).f1:.3f}")
        report("  totals that hold the truth", f"{totals.holding:.3f}", totals.holding >= 0.95, "≥ 0.95")
        report(
            "  width of [low, high]",
            f"median {totals.median_width:g}, open above {totals.open:.2f} of {totals.number:,} totals",
        )


def coded(report: Report, options: argparse.Namespace) -> None:
    path = maverick.table()
    if path is None:
        report("coded reports (MAVERICK, Kenya)", "left out: set MUNIMENT_MAVERICK to the table")
        return
    rows = maverick.read(path)
    answer = {row["id"]: row["event_id"] for row in rows}
    place = {r["id"]: (r["date_start"], r["date_end"], r["location"] or r["city"]) for r in rows}
    report("coded reports (MAVERICK, Kenya)", f"{len(rows):,} reports of {len(set(answer.values())):,} events")
    report("  all apart, B³ F1", f"{score.b_cubed({}, answer).f1:.3f}")
    report("  exact date and place, B³ F1", f"{score.b_cubed(place, answer).f1:.3f}")
    _reports(report, "  shipped weights, all reports", _homes(maverick.tell(rows)), answer)
    one, other = maverick.halves(rows)
    both: dict[str, str] = {}
    for name, learn, hold in (("first", one, other), ("second", other, one)):
        with measured.weights(fit.fitted(maverick.tell(learn))):
            told = maverick.tell(hold)
            homes = _homes(told)
        _reports(report, f"  fitted on the {name} half, the other half", homes, told.event_of)
        both |= {row: f"{name} {home}" for row, home in homes.items()}
    _reports(report, "  both ways together", both, answer, held=True)


def _homes(told: maverick.Told) -> dict[str, str]:
    return measured.rows_at_home(measured.link(told.claims, told.documents, told.lexicon).home, told.row_of)


def _reports(
    report: Report, what: str, home: Mapping[str, str], answer: Mapping[str, str], *, held: bool = False
) -> None:
    cubed, pairs = score.b_cubed(home, answer), score.pairs(home, answer)
    report(f"{what}: B³ F1", f"{cubed.f1:.3f}", cubed.f1 >= 0.91 if held else None, "≥ 0.91")
    enough = pairs.precision >= 0.75 and pairs.recall >= 0.65
    figure = f"{pairs.precision:.2f} / {pairs.recall:.2f}"
    report("    pair precision / recall", figure, enough if held else None, "≥ 0.75 / ≥ 0.65")


def scaled(report: Report, options: argparse.Namespace) -> None:
    few, many = (2000, 10_000) if options.small else (100_000, 1_000_000)
    whole = not options.small
    small, large = scale.measure(few), scale.measure(many)
    for size in (small, large):
        report(
            f"{size.claims:,} claims of {size.documents:,} documents",
            f"linked in {size.wall_s:.1f} s ({size.cpu_s:.1f} s of processor), {size.us_per_claim:.0f} µs a claim, "
            f"{size.incidents:,} incidents, pairs {size.precision:.3f} / {size.recall:.3f}",
        )
    report("  time", f"{large.wall_s:.0f} s", large.wall_s < 600 if whole else None, "< 600 s")
    for size in (small, large):
        one = f"  one document more to {size.documents:,}"
        report(one, f"{size.one_more_s * 1000:.0f} ms", size.one_more_s < 2 if whole else None, "< 2 s")
    report("  memory", f"{large.peak_mb:.0f} MB", large.peak_mb < 6000 if whole else None, "< 6000 MB")
    ratio = large.us_per_claim / small.us_per_claim
    report(f"  cost of a claim, {many:,} against {few:,}", f"{ratio:.2f}", ratio <= 1.5 if whole else None, "≤ 1.5")


def beside(report: Report, options: argparse.Namespace) -> None:
    interpreter = peer.interpreter(options.splink)
    if interpreter is None:
        report("Splink", "left out: give --splink an interpreter that has it")
        return
    made = world.make(*((300, 11) if options.small else (1000, 20)))
    linked = measured.link(made.claims, made.documents, made.lexicon)
    ours = score.pairs(linked.home, made.event_of)
    theirs = peer.measure(interpreter, made)
    report(f"{'on the same claims':<20}", f"{'pairs':<16} {'B³ F1':<7} time")
    cubed = score.b_cubed(linked.home, made.event_of).f1
    their_cubed = score.b_cubed(theirs.home, made.event_of).f1
    their_pairs = score.pairs(theirs.home, made.event_of)
    report("  Muniment", f"{ours.precision:.3f} / {ours.recall:.3f}   {cubed:.3f}  {linked.link_s:.1f} s")
    report(
        f"  Splink {theirs.version}",
        f"{their_pairs.precision:.3f} / {their_pairs.recall:.3f}   {their_cubed:.3f}  {theirs.seconds:.1f} s",
    )
    report("  B³ F1 ahead by", f"{cubed - their_cubed:+.3f}", cubed > their_cubed, "> 0")
    ratio = linked.link_s / theirs.seconds
    report("  time against Splink's", f"{ratio:.2f}", ratio <= 5 or None, "≤ 5")


if __name__ == "__main__":
    sys.exit(main())
