"""Every benchmark of custody in one run: `--small` for seconds rather than minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    entries = "20000" if "--small" in sys.argv else "1000000"
    sys.exit(subprocess.call([sys.executable, str(Path(__file__).with_name("tree.py")), "--entries", entries]))
