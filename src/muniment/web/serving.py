"""Serving a case on the loopback address until someone presses Ctrl-C."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from muniment.errors import UsageError
from muniment.web.app import create_app

if TYPE_CHECKING:
    from muniment.case import Case

ADDRESS = "127.0.0.1"


class Server(uvicorn.Server):
    """Says where it serves once it does, and opens the browser there if asked."""

    address = ""
    open_browser = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then say so."""
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"Serving on {self.address} (this machine only); Ctrl-C ends it.", file=sys.stderr, flush=True)
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()


def serve(case: Case, *, port: int, open_browser: bool = False) -> None:
    """Serve the case's pages on 127.0.0.1 until interrupted.

    No request is logged: addresses and searched words may name people.

    Args:
        case: open.
        port: on the loopback address.
        open_browser: also open the first page.

    Raises:
        UsageError: where the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
    except OSError:
        listening.close()
        raise UsageError(f"Port {port} is in use on this machine; choose another with --port.") from None
    with listening:
        config = uvicorn.Config(
            create_app(case), log_config=None, access_log=False, log_level="critical", lifespan="off",
            server_header=False, timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = Server(config)
        server.address = f"http://{ADDRESS}:{listening.getsockname()[1]}/"
        server.open_browser = open_browser
        server.run(sockets=[listening])
