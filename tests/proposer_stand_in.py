"""A stand-in for a model's server: in this process, answers as each test says, remembers what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = bytes | Callable[[BaseHTTPRequestHandler], None]


def completion(content: str, finish_reason: str = "stop") -> bytes:
    """A chat completion, as OpenAI-compatible servers send it."""
    message = {"role": "assistant", "content": content}
    body = {
        "id": "x",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
    }
    return json.dumps(body).encode()


def claims(*rows: Any) -> bytes:
    """A completion that proposes these rows."""
    return completion(json.dumps({"claims": list(rows)}))


@dataclass
class StandIn:
    """What is answered, in order (the last reply again and again), and what came in."""

    replies: list[Any]
    address: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def sentences(self, number: int = -1) -> list[dict[str, Any]]:
        """The sentences a request asked about."""
        asked = json.loads(self.bodies[number]["messages"][1]["content"])
        return list(asked["sentences"])


@contextmanager
def serving(*replies: Any) -> Iterator[StandIn]:
    """A server that gives these replies: the bytes of a 200 answer, or a function that writes one."""
    stand_in = StandIn(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            stand_in.bodies.append(json.loads(self.rfile.read(length)))
            stand_in.headers.append(dict(self.headers.items()))
            stand_in.paths.append(self.path)
            reply = stand_in.replies.pop(0) if len(stand_in.replies) > 1 else stand_in.replies[0]
            if callable(reply):
                reply(self)
                return
            send(self, 200, reply)

        def log_message(self, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            pass  # clients that hang up are what some tests are about

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stand_in.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    """Write a whole reply."""
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
