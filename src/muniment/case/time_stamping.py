"""Time-stamps from a third party: that a checkpoint stood at a moment, said by someone who is not the case's owner.

Only the SHA-512 of the checkpoint is sent. The answer is kept as it came, so that any RFC 3161 tool can check it.

Source: RFC 3161; RFC 5816.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from muniment.errors import BadInput, NotAnswered

SECONDS = 30.0
LARGEST_ANSWER_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a token was found to be: when it says, which tools hold it true, and what stands against it."""

    at: dt.datetime | None
    by_library: bool
    by_openssl: bool | None
    why: str | None

    @property
    def holds(self) -> bool:
        """Whether one tool holds it true. The library refuses some valid tokens, so OpenSSL's word counts alone."""
        return self.by_library or self.by_openssl is True


def ask(address: str, data: bytes) -> bytes:
    """A time-stamp over `data`; the server's answer in DER.

    Raises:
        BadInput: where the address is not one of the web's.
        NotAnswered: where no usable answer came.
    """
    if not address.startswith(("https://", "http://")):
        raise BadInput(f"{address} is no web address of a time-stamping server.")
    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA512).nonce(nonce=True).build()
    request = urllib.request.Request(
        address,
        data=asked.as_bytes(),
        headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            body: bytes = answer.read(LARGEST_ANSWER_BYTES + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NotAnswered(f"The time-stamping server at {address} did not answer ({error}).") from error
    wrong = _wrong(body, data, asked.nonce)
    if wrong is not None:
        raise NotAnswered(f"The time-stamping server at {address} gave no time-stamp for this: {wrong}.")
    return body


def _wrong(body: bytes, data: bytes, nonce: int | None) -> str | None:
    if len(body) > LARGEST_ANSWER_BYTES:
        return "its answer is too large"
    try:
        found = decode_timestamp_response(body)
        if found.status not in (0, 1):
            return f"it refused, with status {found.status}"
        told = found.tst_info
        if told.message_imprint.message != hashlib.sha512(data).digest():
            return "it is over other words"
        return "it answers another question" if told.nonce != nonce else None
    except ValueError as error:
        # Some authorities order their certificates otherwise than the library's reader wants; OpenSSL reads these.
        text = _openssl_text(body)
        if text is None or "Status: Granted" not in text:
            return f"it cannot be read ({error})"
        return None if hashlib.sha512(data).digest() in body else "it is over other words"


def _openssl_text(body: bytes) -> str | None:
    """What `openssl ts -reply -text` makes of an answer; None where it reads none, or is not there."""
    command = shutil.which("openssl")
    if command is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        token = Path(folder) / "token.tsr"
        token.write_bytes(body)
        done = subprocess.run(
            [command, "ts", "-reply", "-in", str(token), "-text"], capture_output=True, timeout=SECONDS, check=False
        )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _openssl_time(body: bytes) -> dt.datetime | None:
    text = _openssl_text(body) or ""
    met = re.search(r"Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT", text)
    if met is None:
        return None
    return dt.datetime.strptime(f"{met[1]} {met[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=dt.UTC)


def check(body: bytes, data: bytes, roots_file: Path) -> Stamped:
    """Check a kept answer over `data` against root certificates in PEM, by the library and by the `openssl` command.

    Raises:
        BadInput: where the file holds no certificate.
    """
    try:
        roots = x509.load_pem_x509_certificates(roots_file.read_bytes())
    except (OSError, ValueError) as error:
        raise BadInput(f"{roots_file} holds no certificates in PEM ({error}).") from error
    at, by_library, why = _by_library(body, data, roots)
    by_openssl = _by_openssl(body, data, roots_file)
    return Stamped(at or _openssl_time(body), by_library, by_openssl, why)


def _by_library(
    body: bytes, data: bytes, roots: Sequence[x509.Certificate]
) -> tuple[dt.datetime | None, bool, str | None]:
    try:
        found = decode_timestamp_response(body)
        at = found.tst_info.gen_time
    except ValueError as error:
        return None, False, f"it cannot be read ({error})"
    builder = VerifierBuilder()
    for certificate in roots:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(found, data)
    except (VerificationError, ValueError) as error:
        return at, False, str(error)
    return at, True, None


def _by_openssl(body: bytes, data: bytes, roots_file: Path) -> bool | None:
    """What `openssl ts -verify` says; None where the command is not there."""
    command = shutil.which("openssl")
    if command is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        token, message = Path(folder) / "token.tsr", Path(folder) / "message"
        token.write_bytes(body)
        message.write_bytes(data)
        done = subprocess.run(
            [command, "ts", "-verify", "-in", str(token), "-data", str(message), "-CAfile", str(roots_file)],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    return done.returncode == 0
