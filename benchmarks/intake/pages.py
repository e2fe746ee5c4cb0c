"""Server time of every page of a case, as the server itself states it (Server-Timing), over real HTTP."""

from __future__ import annotations

import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

MOST_KINDS = 40
ID = re.compile(r"/[0-9a-z]*[0-9a-f]{8,}|/\d+")


def measure(case: Path, *, visits: int = 15) -> dict[str, tuple[float, float, int]]:
    """Median and worst server time in ms, and the size in bytes, of each kind of page linked from the overview.

    One address stands for its kind: `/incidents/…` is measured on the incident found first.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "muniment.cli", "serve", str(case), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}"
    try:
        _wait(root, server)
        return {kind: _time(root + path, visits) for kind, path in sorted(_kinds(root).items())}
    finally:
        server.send_signal(signal.SIGINT)  # nothing, where it has ended by itself
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(root: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with exit code {server.returncode}.")
        try:
            urllib.request.urlopen(root, timeout=60).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise RuntimeError("The server did not answer.")


def _kinds(root: str) -> dict[str, str]:
    """The first address met of each kind of page, from the overview on."""
    kinds: dict[str, str] = {}
    todo = ["/"]
    met = {_kind("/")}
    while todo and len(kinds) < MOST_KINDS:
        path = todo.pop(0)
        with urllib.request.urlopen(root + path, timeout=120) as answer:
            if not answer.headers.get_content_type().startswith("text/html"):
                continue
            page = answer.read().decode()
        kinds[_kind(path)] = path
        for link in re.findall(r'href="(/[^"#]*)', page):
            link = link.replace("&amp;", "&")
            if _kind(link) not in met and not link.startswith("/static"):
                met.add(_kind(link))
                todo.append(link)
    kinds.setdefault("/search?…", "/search?q=rockets")
    return kinds


def _kind(path: str) -> str:
    return ID.sub("/…", path.partition("?")[0]) + ("?…" if "?" in path else "")


def _time(address: str, visits: int) -> tuple[float, float, int]:
    took = []
    size = 0
    for _ in range(visits):
        began = time.perf_counter()
        with urllib.request.urlopen(address, timeout=120) as answer:
            size = len(answer.read())
            stated = re.search(r"dur=([\d.]+)", answer.headers.get("Server-Timing") or "")
        took.append(float(stated.group(1)) if stated else 1000 * (time.perf_counter() - began))
    return statistics.median(took), max(took), size
