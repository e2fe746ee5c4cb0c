"""A checkpoint kept outside the case tells a ledger that was cut, forked, rewritten or exchanged."""

from __future__ import annotations

import http.server
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import case_world
import muniment
from muniment import ledger
from muniment.case.custody import SigningKey, make_key
from muniment.errors import BadInput, NotAnswered, NotFound, UsageError, VerificationFailed
from muniment.ledger import tree


class World:
    """A built case, the key that signs for it, and the checkpoint someone else keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "case"
        self.outside = folder / "outside.note"
        text, public = make_key("runa", "p")
        self.signer, self.public = SigningKey.open(text, "p"), public
        with case_world.build(folder) as case:
            case.custody.add_key(str(public))
            kept = case.custody.checkpoint([self.signer])
            self.outside.write_text(str(kept.note), encoding="utf-8")
            case.decide("accept", next(iter(case.claims())).id, reason="read it")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture
def folder(made: World, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "case"))


def verified(folder: Path, made: World, **brought: object) -> muniment.case.Verification:
    with muniment.open(folder, create=False) as case:
        return case.verify(**brought)  # type: ignore[arg-type]


def test_a_checkpoint_kept_outside_vouches_for_what_came_before_it(folder: Path, made: World) -> None:
    found = verified(folder, made, checkpoints=[made.outside])
    assert found.problems == ()
    assert any("outside.note, signed by runa" in sentence for sentence in found.proved)
    assert any("came after the newest checkpoint" in sentence for sentence in found.not_proved)
    assert not any("as a whole" in sentence for sentence in found.not_proved)


def test_a_key_that_is_trusted_makes_kept_checkpoints_count(folder: Path, made: World) -> None:
    found = verified(folder, made, trust=[str(made.public)])
    assert any("whom you trust" in sentence for sentence in found.proved)


def test_without_anything_from_outside_the_whole_is_unproved_and_that_is_said(folder: Path, made: World) -> None:
    found = verified(folder, made)
    assert found.ok
    assert any("The ledger as a whole" in sentence for sentence in found.not_proved)


def rewrite(folder: Path, *, keep: int | None = None, change: bool = False) -> None:
    """What an attacker with the folder and this very code can do: cut, change, and make every hash anew."""
    rows = sqlite3.connect(folder / "case.sqlite3", isolation_level=None)
    rows.execute("PRAGMA foreign_keys=OFF")
    if keep is not None:
        rows.execute("DELETE FROM entries WHERE seq >= ?", (keep,))
        rows.execute("DELETE FROM decisions WHERE seq >= ?", (keep,))
        rows.execute("DELETE FROM checkpoints WHERE size > ?", (keep,))
    rows.execute("DELETE FROM nodes")
    nodes: dict[tuple[int, int], bytes] = {}
    for seq, at, kind, by, payload in rows.execute(
        'SELECT seq, at, kind, "by", payload FROM entries ORDER BY seq'
    ).fetchall():
        if change and seq == 0:
            at = "2031-01-01T00:00:00+00:00"
        entry = ledger.make(seq, at=at, kind=kind, by=by, payload=ledger.parse(payload))
        rows.execute(
            "UPDATE entries SET at=?, by_salt=?, by_commitment=?, salt=?, commitment=?, hash=? WHERE seq=?",
            (at, entry.by_salt, entry.by_commitment, entry.salt, entry.commitment, entry.hash, seq),
        )
        for level, index, digest in tree.grown(seq, bytes.fromhex(entry.hash), lambda at, place: nodes[at, place]):
            nodes[level, index] = digest
            if level:
                rows.execute("INSERT INTO nodes VALUES (?, ?, ?)", (level, index, digest))
    rows.close()


def test_a_ledger_rewritten_as_a_whole_passes_alone_and_fails_against_the_checkpoint(folder: Path, made: World) -> None:
    rewrite(folder, change=True)
    rows = sqlite3.connect(folder / "case.sqlite3", isolation_level=None)
    rows.execute("DELETE FROM checkpoints")
    rows.close()
    alone = verified(folder, made)
    assert alone.ok
    assert any("The ledger as a whole" in sentence for sentence in alone.not_proved)
    found = verified(folder, made, checkpoints=[made.outside])
    assert [p for p in found.problems if "rewritten" in p]


def test_a_rewritten_ledger_no_longer_fits_its_own_kept_checkpoint(folder: Path, made: World) -> None:
    rewrite(folder, change=True)
    assert [p for p in verified(folder, made).problems if "kept checkpoint" in p and "rewritten" in p]


def test_a_ledger_cut_to_before_the_checkpoint_is_noticed(folder: Path, made: World) -> None:
    rewrite(folder, keep=3)
    found = verified(folder, made, checkpoints=[made.outside])
    assert [p for p in found.problems if "cut short" in p]


def test_a_checkpoint_of_another_case_is_refused(folder: Path, made: World, tmp_path: Path) -> None:
    other = World(tmp_path / "other")
    found = verified(folder, made, checkpoints=[other.outside])
    assert [p for p in found.problems if "another case" in p]


def test_a_signature_by_an_unknown_key_is_no_signature(folder: Path, made: World, tmp_path: Path) -> None:
    text, stranger = make_key("stranger", "p")
    note = ledger.parse_note(made.outside.read_text(encoding="utf-8"))
    forged = ledger.Note(note.checkpoint, (SigningKey.open(text, "p").sign(note.checkpoint),))
    path = tmp_path / "forged.note"
    path.write_text(str(forged), encoding="utf-8")
    assert [p for p in verified(folder, made, checkpoints=[path]).problems if "nobody here knows" in p]
    trusting = verified(folder, made, checkpoints=[made.outside], trust=[str(stranger)])
    assert [p for p in trusting.problems if "none of the keys you trust" in p]


def test_a_signature_that_does_not_hold_is_a_problem(folder: Path, made: World, tmp_path: Path) -> None:
    note = ledger.parse_note(made.outside.read_text(encoding="utf-8"))
    bad = ledger.Signature("runa", made.public.id, bytes(64))
    path = tmp_path / "bad.note"
    path.write_text(str(ledger.Note(note.checkpoint, (bad,))), encoding="utf-8")
    assert [p for p in verified(folder, made, checkpoints=[path]).problems if "does not hold" in p]


def test_a_revoked_key_signs_no_more_and_what_it_signed_stands(folder: Path, made: World, tmp_path: Path) -> None:
    with muniment.open(folder, create=False, by="lead") as case:
        case.custody.revoke_key("runa", reason="the laptop was taken")
        with pytest.raises(UsageError, match="revoked"):
            case.custody.checkpoint([made.signer])
        size, root = len(case.entries()), case.custody.checkpoint().root
    late = ledger.Checkpoint(ledger.parse_note(made.outside.read_text()).checkpoint.origin, size, bytes.fromhex(root))
    path = tmp_path / "late.note"
    path.write_text(str(ledger.Note(late, (made.signer.sign(late),))), encoding="utf-8")
    assert [p for p in verified(folder, made, checkpoints=[path]).problems if "revoked" in p]
    assert verified(folder, made, checkpoints=[made.outside]).ok


def test_keys_are_added_replaced_and_told_apart(folder: Path, made: World) -> None:
    _, second = make_key("runa", "q")
    _, third = make_key("jorin", "q")
    with muniment.open(folder, create=False, by="lead") as case:
        with pytest.raises(UsageError, match="stands already"):
            case.custody.add_key(str(second))
        with pytest.raises(NotFound):
            case.custody.add_key(str(third), replaces="nobody")
        case.custody.add_key(str(second), replaces="runa")
        case.custody.add_key(str(third))
        known = case.custody.keys()
        assert [(k.key.name, k.revoked is None) for k in known] == [("runa", False), ("runa", True), ("jorin", True)]
        with pytest.raises(BadInput):
            case.custody.add_key("not a key")
        assert case.verify().ok


def test_a_partner_countersigns_the_same_checkpoint(folder: Path, made: World) -> None:
    text, partner = make_key("partner-desk", "p")
    signer = SigningKey.open(text, "p")
    note = ledger.parse_note(made.outside.read_text(encoding="utf-8"))
    signed = str(ledger.Note(note.checkpoint, (*note.signatures, signer.sign(note.checkpoint))))
    with muniment.open(folder, create=False, by="lead") as case:
        stranger = str(ledger.Note(note.checkpoint, (signer.sign(note.checkpoint),)))
        with pytest.raises(VerificationFailed, match="add the partner"):
            case.custody.countersign(stranger)
        case.custody.add_key(str(partner))
        kept = case.custody.countersign(signed)
        assert [s.name for s in kept.note.signatures] == ["runa", "partner-desk"]
        other = ledger.Checkpoint(note.checkpoint.origin, note.checkpoint.size, bytes(32))
        with pytest.raises(VerificationFailed, match="another ledger"):
            case.custody.countersign(str(ledger.Note(other, (signer.sign(other),))))
        small = ledger.Checkpoint(note.checkpoint.origin, 1, bytes(32))
        with pytest.raises(NotFound):
            case.custody.countersign(str(ledger.Note(small, (signer.sign(small),))))
    assert verified(folder, made, trust=[str(partner)]).ok


# --- time-stamps -----------------------------------------------------------------------------------------------------
OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="the openssl command is not here")


class Authority:
    """A throwaway time-stamping authority: a root, a certificate for stamping, and a server over HTTP."""

    def __init__(self, folder: Path, *, with_chain: bool = False) -> None:
        self.folder = folder
        folder.mkdir()
        chain = "certs=ca.pem\n" if with_chain else ""
        (folder / "tsa.cnf").write_text(
            f"[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\n{chain}"
            "signer_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha384,sha512\n"
            "accuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n"
            "[ext]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n",
            encoding="utf-8",
        )
        (folder / "serial").write_text("01\n")
        new = ["req", "-newkey", "rsa:2048", "-nodes"]
        self.run(*new, "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Throwaway root")
        self.run(*new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Throwaway stamps")
        issue = ["x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
        self.run(*issue, "-days", "30", "-out", "tsa.pem", "-extfile", "tsa.cnf", "-extensions", "ext")
        self.answer: bytes | None = None
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                body = authority.stamp(asked) if authority.answer is None else authority.answer
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def run(self, *words: str) -> None:
        subprocess.run([OPENSSL or "openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, asked: bytes) -> bytes:
        (self.folder / "asked.tsq").write_bytes(asked)
        self.run("ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "asked.tsq", "-out", "token.tsr")
        return (self.folder / "token.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    made = Authority(tmp_path_factory.mktemp("authority") / "tsa")
    yield made
    made.server.shutdown()
    made.server.server_close()


@needs_openssl
def test_a_time_stamp_is_kept_as_it_came_and_holds_for_two_tools(
    folder: Path, made: World, authority: Authority
) -> None:
    with muniment.open(folder, create=False, by="lead") as case:
        kept = case.custody.checkpoint([made.signer], time_stamp_address=authority.address)
        assert kept.token == (authority.folder / "token.tsr").read_bytes()
        assert [e.kind for e in case.entries()][-2:] == ["sealed", "time_stamped"]
    found = verified(folder, made, time_stamp_roots=authority.folder / "ca.pem")
    assert found.problems == ()
    assert any("stood at" in s and "the library and openssl" in s for s in found.proved)
    unchecked = verified(folder, made)
    assert any("was not checked" in sentence for sentence in unchecked.not_proved)


@needs_openssl
def test_a_time_stamp_that_one_tool_cannot_read_counts_by_the_other(folder: Path, made: World, tmp_path: Path) -> None:
    """OpenSSL writes the chain's certificates in an order that the library's strict reader refuses."""
    chained = Authority(tmp_path / "chained", with_chain=True)
    try:
        with muniment.open(folder, create=False, by="lead") as case:
            case.custody.checkpoint([], time_stamp_address=chained.address)
        found = verified(folder, made, time_stamp_roots=chained.folder / "ca.pem")
        assert found.problems == ()
        assert any("stood at" in sentence and "(by openssl)" in sentence for sentence in found.proved)
    finally:
        chained.server.shutdown()
        chained.server.server_close()


@needs_openssl
def test_a_time_stamp_by_an_authority_you_do_not_trust_does_not_hold(
    folder: Path, made: World, authority: Authority, tmp_path: Path
) -> None:
    with muniment.open(folder, create=False, by="lead") as case:
        case.custody.checkpoint([], time_stamp_address=authority.address)
    stranger = Authority(tmp_path / "stranger")
    stranger.server.shutdown()
    stranger.server.server_close()
    found = verified(folder, made, time_stamp_roots=stranger.folder / "ca.pem")
    assert [p for p in found.problems if "time-stamp does not hold" in p]
    with pytest.raises(BadInput):
        verified(folder, made, time_stamp_roots=made.outside)


@needs_openssl
def test_a_time_stamp_moved_to_another_checkpoint_does_not_hold(
    folder: Path, made: World, authority: Authority
) -> None:
    with muniment.open(folder, create=False, by="lead") as case:
        case.custody.checkpoint([], time_stamp_address=authority.address)
    rows = sqlite3.connect(folder / "case.sqlite3", isolation_level=None)
    rows.execute("UPDATE checkpoints SET token = (SELECT token FROM checkpoints WHERE token IS NOT NULL)")
    rows.close()
    found = verified(folder, made, time_stamp_roots=authority.folder / "ca.pem")
    assert [p for p in found.problems if "time-stamp does not hold" in p]


@needs_openssl
@pytest.mark.parametrize("answer", [b"", b"no", b"0" * (2**20 + 2)], ids=["empty", "nonsense", "endless"])
def test_a_server_that_gives_no_time_stamp_leaves_the_checkpoint_without_one(
    folder: Path, made: World, authority: Authority, answer: bytes
) -> None:
    authority.answer = answer
    try:
        with muniment.open(folder, create=False, by="lead") as case:
            with pytest.raises(NotAnswered):
                case.custody.checkpoint([made.signer], time_stamp_address=authority.address)
            assert case.custody.checkpoints()[-1].token is None
            assert case.verify(trust=[str(made.public)]).ok
    finally:
        authority.answer = None


@needs_openssl
def test_an_answer_to_another_question_is_refused(folder: Path, made: World, authority: Authority) -> None:
    with muniment.open(folder, create=False, by="lead") as case:
        case.custody.checkpoint([], time_stamp_address=authority.address)
        authority.answer = (authority.folder / "token.tsr").read_bytes()
        try:
            with pytest.raises(NotAnswered, match="other words"):
                case.custody.checkpoint([], time_stamp_address=authority.address)
        finally:
            authority.answer = None


@pytest.mark.parametrize("address", ["ftp://stamps.example/", "stamps.example", "http://127.0.0.1:1/"])
def test_an_address_where_nobody_answers_is_said(folder: Path, made: World, address: str) -> None:
    with muniment.open(folder, create=False, by="lead") as case, pytest.raises((BadInput, NotAnswered)):
        case.custody.checkpoint([], time_stamp_address=address)
