"""What no linter checks: how long modules are, what they are called, and that no front-end package is committed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LONGEST_MODULE = 600
SMELL = 400
LONGEST_LINE_OF_SOURCE = 1000
NOT_A_NAME = {"utils.py", "helpers.py", "common.py", "base.py", "manager.py", "misc.py"}
MINIFIED = re.compile(r"\.min\.(js|css)$")
VENDORED = re.compile(r"(^|/)(node_modules|vendor|dist)/")


def committed(root: Path) -> list[str]:
    """Every file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name]


def problems(root: Path, names: list[str]) -> list[str]:
    """What breaks the rules, a sentence each."""
    out = []
    for name in names:
        path = root / name
        if not path.is_file():
            continue
        if VENDORED.search(name) or MINIFIED.search(name):
            out.append(f"{name}: a built or third-party file is committed; fetch it by lock file in the set-up.")
        if path.name in NOT_A_NAME:
            out.append(f"{name}: name the file for what it holds.")
        if path.suffix == ".py":
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_MODULE:
                out.append(f"{name}: {lines} lines; more than {LONGEST_MODULE} must be split.")
            elif lines > SMELL and name.startswith("src/"):
                print(f"note: {name} has {lines} lines; above {SMELL} is a smell.")
        if path.suffix in (".js", ".css") and any(
            len(line) > LONGEST_LINE_OF_SOURCE for line in path.read_text(encoding="utf-8").splitlines()
        ):
            out.append(f"{name}: looks minified; commit sources only.")
    return out


def main() -> int:
    """Print what breaks the rules; 1 where something does."""
    root = Path(__file__).resolve().parents[1]
    found = problems(root, committed(root))
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
