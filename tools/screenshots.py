"""Draw the pictures of the documentation from the invented example, the same on every run.

    python tools/screenshots.py [FOLDER]      # docs/screenshots, where no folder is given

Builds examples/ulmar-2031 in a folder of its own, serves it on this machine, and has Debian's chromium show the
overview, a document and an incident. What differs between two builds (times, the ledger's hash) is outside the frame.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from build_example import build
from playwright.sync_api import Page, sync_playwright

from muniment.case import Case
from muniment.model import Claim, Document, Incident
from muniment.web import create_app

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "ulmar-2031"
TITLE = "Ulmar valley war, 2031"
FIRST_CLAIMS = 5
SIZE = {"width": 1440, "height": 900}


@contextmanager
def served(case: Case) -> Iterator[str]:
    """The case's pages on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(create_app(case), port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def most_told(case: Case) -> Incident:
    """The incident that most claims speak of, among those that are one event at one place."""
    single = [incident for incident in case.incidents() if incident.kind != "aggregate"]
    return max(single, key=lambda i: (i.where is not None and i.where.place is not None, len(i.claims), i.id))


def most_telling(case: Case) -> tuple[Document, Claim]:
    """The document with most claims, and the claim near its beginning that says most about itself."""
    document = max(case.documents(), key=lambda d: (len(case.claims(document=d.id)), d.file))
    claims = case.claims(document=document.id).items[:FIRST_CLAIMS]
    return document, max(claims, key=lambda c: (len(c.source), c.where is not None, c.when is not None, -c.span.start))


def shoot(page: Page, address: str, path: Path) -> None:
    """One picture of the top of a page, once faces are loaded and it stands still."""
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=path, animations="disabled", caret="hide")


def main(arguments: list[str]) -> int:
    """Write the pictures."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, build(EXAMPLE, Path(scratch) / "case") as case:
        case.decide("setting", "title", TITLE, reason="For the pictures.", by="M. Adeyra")
        document, claim = most_telling(case)
        with served(case) as root, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB", timezone_id="UTC")
            shoot(page, f"{root}/", folder / "overview.png")
            shoot(page, f"{root}/documents/{document.id}#claim-{claim.id}", folder / "document.png")
            shoot(page, f"{root}/incidents/{most_told(case).id}", folder / "incident.png")
            browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
