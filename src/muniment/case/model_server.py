"""The edge to a model: one question to an OpenAI-compatible server, one answer's bytes, whatever the server does.

No redirect is followed, since it would take a case's texts to another address. An answer has a limit of time in all and
of bytes, as sent and unpacked. A server's own words are never repeated in an error: they may quote the text or the key.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from muniment.case.proposer_setting import KEY_VARIABLE, ProposerSetting
from muniment.errors import NotAnswered, UsageError

if TYPE_CHECKING:
    import httpx

SECONDS_PER_ANSWER = 600.0
"""A small machine may think for minutes about one passage."""
SECONDS_TO_CONNECT = 15.0
ANSWER_BYTES = 2**20


def server_key() -> str | None:
    """The key for the server, from the environment.

    Raises:
        UsageError: where it cannot stand in a request; without naming it.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        return None
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError(f"The key in {KEY_VARIABLE} holds characters no key has; set it again.")
    return key


class ModelServer:
    """A server as the setting names it."""

    def __init__(self, setting: ProposerSetting, key: str | None = None) -> None:
        """Take note of the server; nothing is sent yet.

        Raises:
            UsageError: where the part that speaks to servers is not installed.
        """
        try:
            import httpx  # noqa: F401
        except ImportError:
            raise UsageError(
                "Asking a model needs a part that is not installed: pip install 'muniment[llm]'."
            ) from None
        self._setting = setting
        self._key = key
        self._seconds = SECONDS_PER_ANSWER

    def ask(self, body: bytes) -> bytes:
        """Send one request and return the reply's bytes as they came.

        Raises:
            NotAnswered: where there is none within the limits, or the server says anything but 200.
        """
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(self._within_time(body))
        with ThreadPoolExecutor(1) as aside:  # in a notebook, a loop runs already
            return aside.submit(asyncio.run, self._within_time(body)).result()

    async def _within_time(self, body: bytes) -> bytes:
        import httpx

        try:
            # Over everything: a server that sends a byte a minute never runs into a limit on single reads.
            async with asyncio.timeout(self._seconds):
                return await self._ask(body)
        except TimeoutError:
            raise NotAnswered(f"The model's server gave no whole answer within {self._seconds:g} seconds.") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
            raise NotAnswered(
                f"The model's server at {self._setting.address} cannot be reached or broke off "
                f"({type(error).__name__}); check that it runs and that the address is right."
            ) from None

    async def _ask(self, body: bytes) -> bytes:
        import httpx

        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        # To another machine the environment's proxy is kept to: whoever set one does not want to be seen directly.
        async with (
            httpx.AsyncClient(
                timeout=httpx.Timeout(self._seconds, connect=min(SECONDS_TO_CONNECT, self._seconds)),
                follow_redirects=False,
                trust_env=not self._setting.on_this_machine,
            ) as client,
            client.stream(
                "POST", f"{self._setting.address}/chat/completions", content=body, headers=headers
            ) as response,
        ):
            _check(response)
            received = bytearray()
            async for chunk in response.aiter_raw():
                received += chunk
                if len(received) > ANSWER_BYTES:
                    raise NotAnswered(f"The model's server sent more than {ANSWER_BYTES:,} bytes; that is no answer.")
            return bytes(received)


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if 300 <= status < 400:
        raise NotAnswered("The model's server sends us to another address; texts are sent to the one you named alone.")
    if status in (401, 403):
        raise NotAnswered(f"The model's server asks for a key it accepts ({status}); set {KEY_VARIABLE}.")
    if status == 404:
        raise NotAnswered("The model's server knows no such address or model (404); check the setting `proposer`.")
    if status == 429:
        raise NotAnswered("The model's server takes no more questions for now (429); ask again later.")
    if status != 200:
        raise NotAnswered(f"The model's server refused the question ({status}).")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise NotAnswered("The model's server sent a packed answer though none was asked for.")
