"""Sealing one large file, beside the two things no sealing can do without: hashing it, and copying it durably.

    python benchmarks/intake/sealing.py [MEGABYTES]

Three tasks on the same file, in turn, the median of several rounds: (1) `Vault.seal`; (2) OpenSSL's SHA-256 of it;
(3) `cp` and fsync of the copy. The figure is the slower of (2) and (3) over (1): 1.0 would be sealing at the speed of
the slower of the two alone. Bar: 0.7.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BLOCK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Sealing:
    """Seconds for each task, medians."""

    bytes: int
    seal: float
    openssl: float
    copy: float

    @property
    def ratio(self) -> float:
        """The slower of hashing and copying, over sealing."""
        return max(self.openssl, self.copy) / self.seal

    @property
    def sha256_mb_per_s(self) -> float:
        """What OpenSSL's SHA-256 reaches on this machine."""
        return self.bytes / 1e6 / self.openssl


def measure(megabytes: int, rounds: int = 3, folder: Path | None = None) -> Sealing:
    """Time the three tasks on one file of random bytes."""
    with tempfile.TemporaryDirectory(prefix="muniment-seal-", dir=folder) as scratch:
        home = Path(scratch)
        source = home / "source.bin"
        with source.open("wb") as stream:
            for _ in range(megabytes):
                stream.write(os.urandom(BLOCK_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        tasks: dict[str, Callable[[int], None]] = {
            "seal": lambda n: _seal(source, home / f"vault-{n}"),
            "openssl": lambda n: _hash(source),
            "copy": lambda n: _copy(source, home / f"copy-{n}.bin"),
        }
        seconds: dict[str, list[float]] = {name: [] for name in tasks}
        for number in range(rounds):
            for name, task in tasks.items():
                began = time.perf_counter()
                task(number)
                seconds[name].append(time.perf_counter() - began)
                _clear(home, source)
        medians = {name: statistics.median(values) for name, values in seconds.items()}
        return Sealing(megabytes * BLOCK_BYTES, medians["seal"], medians["openssl"], medians["copy"])


def _seal(source: Path, vault: Path) -> None:
    from muniment.evidence import Vault

    Vault(vault).seal(source)


def _hash(source: Path) -> None:
    subprocess.run(["openssl", "dgst", "-sha256", str(source)], check=True, stdout=subprocess.DEVNULL)


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "--reflink=never", str(source), str(target)], check=True)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _clear(home: Path, source: Path) -> None:
    """Remove what a task left, outside the clock."""
    for path in home.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path != source:
            path.unlink()


if __name__ == "__main__":
    made = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1024)
    print(
        f"seal {made.seal:.2f} s, OpenSSL SHA-256 {made.openssl:.2f} s ({made.sha256_mb_per_s:,.0f} MB/s), "
        f"cp + fsync {made.copy:.2f} s: ratio {made.ratio:.2f}"
    )
