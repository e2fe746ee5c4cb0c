"""Read and extract on one core, beside what the machine can do at all and beside a plain tokeniser.

Three tasks over the same files, interleaved in one process, the median of several rounds: (1) read and extract, as a
build does for each exhibit; (2) the floor: open, hash and decode the bytes; (3) a peer: split the same text into words
with one regular expression, the least that any text tool does. Figures are ratios first: machines differ.
"""

from __future__ import annotations

import hashlib
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Throughput:
    """KB of text a second for each task, and how many claims came out."""

    text_kb: float
    extract_kb_per_s: float
    floor_kb_per_s: float
    tokenise_kb_per_s: float
    claims: int


def measure(files: Sequence[Path], rounds: int = 3) -> Throughput:
    """Time the three tasks over `files`; the first round warms up and is not counted."""
    from muniment import extractors, readers
    from muniment.plugins import Lexicon, ReadOptions
    from muniment.reference import parties, places
    from muniment.reference.index import PlaceIndex

    lexicon = Lexicon(PlaceIndex(places.shipped()), parties.shipped())
    options = ReadOptions()
    texts: list[str] = []
    claims = 0

    def read_and_extract() -> None:
        nonlocal claims
        texts.clear()
        claims = 0
        for path in files:
            reading, _, _ = readers.read(path, path.name, options)
            texts.append(reading.text)
            for document in readers.documents(reading, hashlib.sha256(path.name.encode()).hexdigest(), (path.name,)):
                claims += len(extractors.extract(document, reading.text, lexicon))

    def floor() -> None:
        for path in files:
            data = path.read_bytes()
            hashlib.sha256(data).digest()
            data.decode()

    def tokenise() -> None:
        for text in texts:
            WORDS.findall(text)

    tasks: list[Callable[[], None]] = [read_and_extract, floor, tokenise]
    seconds: dict[str, list[float]] = {task.__name__: [] for task in tasks}
    for number in range(rounds + 1):
        for task in tasks:
            began = time.perf_counter()
            task()
            if number:
                seconds[task.__name__].append(time.perf_counter() - began)
    kb = sum(len(text.encode()) for text in texts) / 1000
    rate = {name: kb / statistics.median(values) for name, values in seconds.items()}
    return Throughput(kb, rate["read_and_extract"], rate["floor"], rate["tokenise"], claims)
