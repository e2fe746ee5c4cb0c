"""Intake, measured: sealing, read and extract, builds of 1,000 and 10,000 documents, the pages at that size.

    python benchmarks/intake/run.py            # minutes; exit code 1 where a bar is missed
    python benchmarks/intake/run.py --small    # under a minute; prints, holds only the bars that size allows

Bars: sealing at least 0.7 of the slower of hashing and copying; read + extract at least 500 KB of text a second on one
core; time per document at 10,000 at most 1.3 times that at 1,000; less than 1 GB of memory for the whole process tree;
every page's median server time below 100 ms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import generate
import pages
import scale
import sealing
import throughput

KB_PER_SECOND = 500
SEALING = 0.7
GROWTH = 1.3
PEAK_MB = 1000
PAGE_MS = 100
SMALLEST_FOR_GROWTH = 1000
"""Below this many documents, starting up outweighs the documents: the ratio says nothing."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--small", action="store_true", help="a quick run for every change")
    parser.add_argument("--sizes", type=int, nargs=2, metavar="N", help="documents of the two builds")
    parser.add_argument("--workers", type=int, help="as for `muniment build`")
    options = parser.parse_args()
    few, many = options.sizes or ((50, 250) if options.small else (1000, 10_000))
    missed: list[str] = []

    def report(what: str, figure: str, kept: bool | None, bar: str) -> None:
        mark = {None: "", True: f"  (bar {bar}: met)", False: f"  (bar {bar}: MISSED)"}[kept]
        print(f"{what:<46} {figure}{mark}", flush=True)
        if kept is False:
            missed.append(what)

    sealed = sealing.measure(64 if options.small else 1024)
    report("OpenSSL's SHA-256", f"{sealed.sha256_mb_per_s:,.0f} MB/s", None, "")
    report(
        f"sealing {sealed.bytes / 1e6:,.0f} MB, of the slower of SHA-256 and cp + fsync",
        f"{sealed.ratio:.2f}",
        None if options.small else sealed.ratio >= SEALING,
        f"≥ {SEALING}",
    )
    with tempfile.TemporaryDirectory(prefix="muniment-bench-") as scratch:
        folder = Path(scratch)
        for number in (few, many):
            generate.generate(folder / f"source-{number}", number)
        files = sorted(
            path for path in (folder / f"source-{few}").rglob("*") if path.is_file() and path.name != "sources.csv"
        )
        speed = throughput.measure(files, rounds=1 if options.small else 3)
        report(
            "read + extract, one core",
            f"{speed.extract_kb_per_s:,.0f} KB/s of text, {speed.claims / speed.text_kb:.1f} claims a KB",
            None if options.small else speed.extract_kb_per_s >= KB_PER_SECOND,
            f"≥ {KB_PER_SECOND}",
        )
        report("  of the floor (open, hash, decode)", f"{speed.extract_kb_per_s / speed.floor_kb_per_s:.4f}", None, "")
        report(
            "  of a regular-expression tokeniser", f"{speed.extract_kb_per_s / speed.tokenise_kb_per_s:.4f}", None, ""
        )
        builds = []
        for number in (few, many):
            made = scale.build(folder / f"case-{number}", folder / f"source-{number}", number, workers=options.workers)
            builds.append(made)
            report(
                f"build of {number:,} documents",
                f"{made.seconds:.1f} s, {made.ms_per_document:.1f} ms a document, {made.claims:,} claims, "
                f"{made.incidents:,} incidents",
                None,
                "",
            )
            stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in made.stages.items())
            report("  by stage", stages, None, "")
            report("  peak memory, all processes", f"{made.peak_mb:.0f} MB", made.peak_mb < PEAK_MB, f"< {PEAK_MB} MB")
        ratio = builds[1].ms_per_document / builds[0].ms_per_document
        kept = ratio <= GROWTH if few >= SMALLEST_FOR_GROWTH else None
        report(f"time a document, {many:,} against {few:,}", f"{ratio:.2f}", kept, f"≤ {GROWTH}")
        for kind, (median, worst, size) in pages.measure(folder / f"case-{many}").items():
            report(
                f"page {kind}",
                f"{median:.1f} ms median, {worst:.1f} ms worst, {size / 1000:.0f} KB",
                None if options.small else median < PAGE_MS,
                f"< {PAGE_MS} ms",
            )
    if missed:
        print(f"Missed: {'; '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
