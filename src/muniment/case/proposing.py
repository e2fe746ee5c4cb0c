"""Asking a model, where a person says so: what would be sent, to whom; then asking, and sealing what comes back.

No build asks. Each question is asked once: one that was answered is asked again only where the person wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from muniment import exports
from muniment.case import answers as case_answers
from muniment.case.asking import resolve
from muniment.case.exporting import protected
from muniment.case.lexicon import settings_of
from muniment.case.model_server import ModelServer, server_key
from muniment.case.proposer_setting import ProposerSetting
from muniment.case.settling import active, out_of_case
from muniment.case.site import Site
from muniment.case.views import Proposing
from muniment.errors import NotAnswered, NotFound, UsageError
from muniment.evidence import Sealed
from muniment.extractors import proposer
from muniment.model import Document
from muniment.store import derived, queries, received
from muniment.store.codec import load

Progress = Callable[[str, int, int], None]

FAILURES_IN_A_ROW = 3
"""After so many questions without an answer the server is left alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for.

    Attributes:
        send_to: the address the person confirmed; None: only say what would be sent.
        documents: ids to ask about; None: all.
        limit: how many questions at most.
        again: ask also what was answered before.
        with_protected: send documents that name protected people to another machine too.
    """

    send_to: str | None
    documents: Sequence[str] | None
    limit: int | None
    again: bool
    with_protected: bool


@dataclass(frozen=True, slots=True)
class _Question:
    document: Document
    passage: proposer.Passage
    body: bytes
    digest: str


def propose(site: Site, wanted: Wanted, progress: Progress) -> Proposing:
    """Ask a model about passages not asked about yet; without a confirmed address, only say what would be sent.

    Raises:
        UsageError: where no proposer is set, or the confirmed address is not the one that is set.
        NotFound: where a document is not in the case.
        NotAnswered: where not one question was answered.
    """
    with site.reading() as connection:
        setting = case_answers.setting_in_force(settings_of(active(received.all_decisions(connection))))
    if setting is None:
        raise UsageError(
            "No model is set for this case. Set one, for example: muniment decide CASE setting proposer "
            '\'{"address": "http://127.0.0.1:8080/v1", "model": "NAME"}\' --reason WHY'
        )
    if wanted.send_to is None:
        with site.reading() as connection:
            return _Scope(connection, setting, wanted).proposing()
    if wanted.send_to.rstrip("/") != setting.address:
        raise UsageError(
            f"You confirmed another address than the one that is set, {setting.address}; nothing was sent."
        )
    server = ModelServer(setting, server_key())
    with site.writing():  # held throughout: two runs at once would ask the same question twice
        with site.reading() as connection:
            scope = _Scope(connection, setting, wanted)
        return _ask(site, server, scope, progress)


def _ask(site: Site, server: ModelServer, scope: _Scope, progress: Progress) -> Proposing:
    failures: list[str] = []
    told: set[str] = set()
    sent, answered, in_a_row = 0, 0, 0
    most = scope.questions if scope.wanted.limit is None else min(scope.questions, scope.wanted.limit)
    for question in scope.to_ask(site):
        # Copies of one text make one question: its answer is about each of them.
        answer = scope.known.get(question.digest)
        if answer is None:
            if sent == most or in_a_row == FAILURES_IN_A_ROW:
                continue
            progress("propose", sent, most)
            if question.document.id not in told:
                told.add(question.document.id)
                case_answers.record_sending(site, scope.setting, question.document)
            sent += 1
            try:
                body = server.ask(question.body)
                if not proposer.is_answer(body):
                    raise NotAnswered("The model's server sent something that is no model's answer.")
            except NotAnswered as failure:
                failures.append(str(failure))
                in_a_row += 1
                continue
            in_a_row = 0
            answered += 1
            answer = scope.known[question.digest] = case_answers.seal(site, body)
        case_answers.record(site, scope.setting, question.document, question.passage, question.digest, answer)
    progress("propose", most, most)
    if failures and not answered:
        raise NotAnswered(failures[-1])
    return scope.proposing(answered, tuple(failures))


class _Scope:
    """What there is to ask, counted beforehand; the questions themselves are made one by one."""

    def __init__(self, connection: sa.Connection, setting: ProposerSetting, wanted: Wanted) -> None:
        self.setting, self.wanted = setting, wanted
        decisions = active(received.all_decisions(connection))
        gone = out_of_case(decisions)
        chosen = None if wanted.documents is None else {_document(connection, id_) for id_ in wanted.documents}
        sealed = case_answers.sealed_answers(connection)
        self.known: dict[str, Sealed] = (
            {} if wanted.again else {one.request: Sealed(one.answer, one.bytes) for one in sealed}
        )
        self._had: set[tuple[str, str]] = set() if wanted.again else {(one.request, one.document) for one in sealed}
        people = protected(queries.person_page(connection, None, 0)[0], decisions)
        self._withheld = exports.Withheld.of(people, (), decisions)
        self.documents: list[Document] = []
        counted = set(self.known)
        self.questions = self.characters = self.asked_before = self.left_out = self.naming_protected = 0
        for id_, payload in sorted(derived.document_payloads(connection).items()):
            document = load(Document, payload)
            if document.exhibit in gone or (chosen is not None and id_ not in chosen) or not _is_prose(document):
                continue
            words = _words(connection, document)
            names_protected = self._names_protected(document, words)
            if names_protected and not setting.on_this_machine and not wanted.with_protected:
                self.left_out += 1
                continue
            new = 0
            for question in self._questions(document, words):
                if (question.digest, id_) in self._had:
                    self.asked_before += 1
                    continue
                new += 1
                if question.digest not in counted:
                    counted.add(question.digest)
                    self.questions += 1
                    self.characters += question.passage.end - question.passage.start
            if new:
                self.documents.append(document)
                self.naming_protected += names_protected

    def to_ask(self, site: Site) -> Iterator[_Question]:
        """The questions without an answer, one document after the other."""
        for document in self.documents:
            with site.reading() as connection:
                words = _words(connection, document)
            for question in self._questions(document, words):
                if (question.digest, document.id) not in self._had:
                    yield question

    def proposing(self, answered: int = 0, failures: tuple[str, ...] = ()) -> Proposing:
        """What there was to ask and what came of it."""
        return Proposing(
            address=self.setting.address,
            model=self.setting.model,
            on_this_machine=self.setting.on_this_machine,
            documents=len(self.documents),
            questions=self.questions,
            characters=self.characters,
            asked_before=self.asked_before,
            naming_protected=self.naming_protected,
            left_out=self.left_out,
            answered=answered,
            failures=failures,
        )

    def _questions(self, document: Document, words: str) -> Iterator[_Question]:
        for passage in proposer.passages(words):
            body = proposer.question(document, words, passage, self.setting.model, self.setting.options)
            yield _Question(document, passage, body, case_answers.request_digest(self.setting, body))

    def _names_protected(self, document: Document, words: str) -> bool:
        said = "\n".join((words, document.title or "", document.publisher or ""))
        return bool(self._withheld) and self._withheld.text(said) != said


def _document(connection: sa.Connection, id_: str) -> str:
    found = resolve(connection, id_)
    if not isinstance(found, Document):
        raise NotFound(f"No document of this case has the id {id_}; `muniment documents` lists them.")
    return found.id


def _is_prose(document: Document) -> bool:
    """Whether a model may be asked: rows of tables are read by their mapping, never by a model."""
    return document.row is None and document.kind != "dataset"


def _words(connection: sa.Connection, document: Document) -> str:
    return (derived.text_of(connection, document.exhibit) or "")[document.start : document.end]
