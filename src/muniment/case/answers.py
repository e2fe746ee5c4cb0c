"""A model's answers are received data: sealed in the vault, logged, and read again by every build without asking.

The ledger is their only index: an entry `received` with `answer` names the sealed bytes, the digest of the request, and
the words that were asked about. An answer counts while the setting `proposer` names its model and the document still
has these very words at their place.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from muniment.case.proposer_setting import ProposerSetting, proposer_setting
from muniment.case.site import Site, entry_of
from muniment.errors import MunimentError
from muniment.evidence import Sealed
from muniment.extractors import proposer
from muniment.model import Claim, Document
from muniment.plugins import Lexicon
from muniment.store import derived, received


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """One answer as the ledger knows it.

    Attributes:
        answer: SHA-256 of the sealed bytes.
        bytes: how many they are.
        request: digest of the address and the request's body.
        model: whose answer it is.
        document: id of the document asked about.
        start, end: the passage, in the document's own words.
        passage: SHA-256 of the passage's words.
    """

    answer: str
    bytes: int
    request: str
    model: str
    document: str
    start: int
    end: int
    passage: str


def request_digest(setting: ProposerSetting, body: bytes) -> str:
    """What tells whether a question was asked before: the address and every byte of the request."""
    return hashlib.sha256(setting.address.encode() + b"\n" + body).hexdigest()


def words_digest(words: str) -> str:
    """What tells whether words are still those that were asked about."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def sealed_answers(connection: sa.Connection) -> list[SealedAnswer]:
    """Every answer received, oldest first; an entry that no longer says so is passed over (`verify` tells)."""
    found = []
    for row in received.iter_entries_holding(connection, "received", '"answer":'):
        payload = entry_of(row).payload
        if isinstance(payload, dict) and "answer" in payload:
            try:
                found.append(SealedAnswer(**{name: payload[name] for name in SealedAnswer.__slots__}))
            except KeyError:
                continue
    return found


def record_sending(site: Site, setting: ProposerSetting, document: Document) -> None:
    """Log that words of a document are about to be sent, whether or not an answer comes."""
    with site.transaction() as connection:
        told = {"address": setting.address, "model": setting.model, "document": document.id, "about": document.exhibit}
        site.log(connection, "sent", told)


def seal(site: Site, body: bytes) -> Sealed:
    """Seal an answer's bytes. The caller holds the case for writing."""
    with tempfile.TemporaryDirectory(dir=site.folder, prefix=".answer-") as folder:
        path = Path(folder) / "answer.json"
        path.write_bytes(body)
        return site.vault.seal(path)


def record(
    site: Site,
    setting: ProposerSetting,
    document: Document,
    passage: proposer.Passage,
    request: str,
    sealed: Sealed,
) -> None:
    """Log that an answer was received. The caller holds the case for writing.

    Args:
        site: the case.
        setting: who was asked, where.
        document: the document the question was about.
        passage: the stretch it was about.
        request: the digest of the question.
        sealed: the answer's bytes.
    """
    with site.transaction() as connection:
        text = derived.text_of(connection, document.exhibit) or ""
        words = text[document.start : document.end][passage.start : passage.end]
        site.log(
            connection,
            "received",
            {
                "answer": sealed.sha256,
                "bytes": sealed.bytes,
                "name": f"answer of {setting.model}",
                "address": setting.address,
                "request": request,
                "model": setting.model,
                "document": document.id,
                "about": document.exhibit,
                "start": passage.start,
                "end": passage.end,
                "passage": words_digest(words),
            },
        )


@dataclass(slots=True)
class Answers:
    """The answers that count under the present settings, by document; brought in when documents' claims are made."""

    of: Mapping[str, Sequence[SealedAnswer]] = field(default_factory=dict)
    lexicon: Lexicon | None = None
    counted: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def digest_parts(self, document: str) -> tuple[bytes, ...]:
        """What the claims of a document rest on beside its words: each answer with its place, in order."""
        return tuple(
            f"{one.answer} {one.model} {one.start} {one.end} {one.passage}".encode()
            for one in self.of.get(document, ())
        )

    def brought_in(
        self, site: Site, rows: Sequence[tuple[str, str, tuple[Claim, ...]]], documents: Mapping[str, Document]
    ) -> list[tuple[str, str, tuple[Claim, ...]]]:
        """Documents' claims as read, each with its digest, with what stands of the answers about the document."""
        return [
            self._with_proposals(site, documents[id_], digest, made)
            if digest and self.of.get(id_)
            else (id_, digest, made)
            for id_, digest, made in rows
        ]

    def notes(self) -> list[str]:
        """What became of the proposals, for the build's summary."""
        out = list(self.problems)
        if self.counted or self.set_aside:
            why = ", ".join(f"{number} {reason}" for reason, number in sorted(self.set_aside.items()))
            out.append(
                f"Proposed by a model: {self.counted:,} claims whose words stand in the text, each marked as such"
                + (f"; set aside: {why}." if why else ".")
            )
        return out

    def _with_proposals(
        self, site: Site, document: Document, digest: str, made: tuple[Claim, ...]
    ) -> tuple[str, str, tuple[Claim, ...]]:
        with site.reading() as connection:
            words = (derived.text_of(connection, document.exhibit) or "")[document.start : document.end]
        newest: dict[tuple[int, int], SealedAnswer] = {}
        for one in self.of[document.id]:
            if words_digest(words[one.start : one.end]) == one.passage:
                newest[one.start, one.end] = one  # whoever asks again wants the later answer
            else:
                self.set_aside["answers to words that have changed"] += 1
        answers = []
        for one in newest.values():
            try:
                site.vault.check(one.answer)
                with site.vault.open(one.answer) as stream:
                    answers.append(proposer.Answer(one.model, one.start, one.end, stream.read()))
            except MunimentError as error:
                self.problems.append(f"{document.file}: an answer of {one.model} was left out: {error}")
                digest = ""  # the next build looks again: the bytes may have been restored
        assert self.lexicon is not None
        found = proposer.proposed(document, words, answers, self.lexicon, made)
        self.counted += len(found.claims)
        self.set_aside.update(found.set_aside)
        return document.id, digest, proposer.with_proposals(made, found, document)


def load_answers(connection: sa.Connection, lexicon: Lexicon) -> Answers:
    """The answers that count: those of the model the setting `proposer` names; none where it is not set."""
    setting = setting_in_force(lexicon.settings)
    if setting is None:
        return Answers()
    of: dict[str, list[SealedAnswer]] = {}
    for one in sealed_answers(connection):
        if one.model == setting.model:
            of.setdefault(one.document, []).append(one)
    return Answers(of, lexicon)


def setting_in_force(settings: Mapping[str, Any]) -> ProposerSetting | None:
    """The setting `proposer`, where it is set and can be used."""
    value = settings.get("proposer")
    if value is None:
        return None
    try:
        return proposer_setting(value)
    except ValueError:
        return None
