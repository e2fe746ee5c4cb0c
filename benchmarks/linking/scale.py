"""Link a world of N claims in a process of its own, and print how long it took and how much memory.

python benchmarks/linking/scale.py N
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from muniment import linker
from muniment.model import Claim

ONE_MORE = 20
"""So many documents are taken out and added again, each by itself."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Of one size: seconds of processor time, of the clock, and memory; how right it was; the longest that one of the
    last documents took to be added to all others."""

    claims: int
    documents: int
    incidents: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    before_mb: float
    precision: float
    recall: float
    one_more_s: float

    @property
    def us_per_claim(self) -> float:
        return self.cpu_s / self.claims * 1e6


def measure(claims: int) -> Scale:
    """A world of about so many claims, linked in a new process."""
    here = Path(__file__).resolve()
    done = subprocess.run([sys.executable, str(here), str(claims)], check=True, capture_output=True, text=True)
    return Scale(**json.loads(done.stdout.splitlines()[-1]))


def _here(claims: int) -> Scale:
    import score
    import world

    made = world.for_claims(claims)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    cpu, wall = time.process_time(), time.perf_counter()
    told: dict[str, list[Claim]] = {}
    for claim in made.claims:
        told.setdefault(claim.document, []).append(claim)
    session = linker.Session(made.lexicon, linker.Rulings(), {})
    session.update({id_: (made.documents[id_], account) for id_, account in told.items()})
    linkage = session.linkage()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    home = {claim: incident.id for incident in linkage.incidents for claim in incident.claims}
    pairs = score.pairs(home, made.event_of)
    longest = 0.0
    for id_ in random.Random(1).sample(sorted(told), ONE_MORE):
        session.update({id_: (None, ())})
        start = time.perf_counter()
        session.update({id_: (made.documents[id_], told[id_])})
        longest = max(longest, time.perf_counter() - start)
    return Scale(
        len(made.claims), len(made.documents), len(linkage.incidents), cpu, wall, peak, before,
        pairs.precision, pairs.recall, longest,
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asdict(_here(int(sys.argv[1])))))
