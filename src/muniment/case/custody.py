"""Custody: keys and checkpoints of a case, packages and backups made of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from muniment.case import backing_up, checkpointing, erasing, importing, packaging
from muniment.case.backing_up import BackedUp, Progress
from muniment.case.checkpointing import CaseKey, KeptCheckpoint
from muniment.case.erasing import Erased
from muniment.case.importing import Imported
from muniment.case.site import Site
from muniment.case.views import Verification
from muniment.ledger.note import parse_note, with_signature
from muniment.ledger.signing import SigningKey, make_key
from muniment.model.vocabulary import Audience

__all__ = [
    "BackedUp",
    "CaseKey",
    "Custody",
    "Erased",
    "KeptCheckpoint",
    "SigningKey",
    "countersigned",
    "make_key",
    "restore",
]


def countersigned(text: str, signer: SigningKey) -> str:
    """A checkpoint's note with one more signature under it.

    Raises:
        BadInput: where the text is no checkpoint.
    """
    note = parse_note(text)
    return str(with_signature(note, signer.sign(note.checkpoint)))


def restore(file: Path, folder: Path, *, progress: Progress | None = None) -> Verification:
    """Make a case of a backup in a new folder, verified before it takes its name.

    Raises:
        BadInput: where the file is no backup.
        VerificationFailed: where what is in it is not what was sealed and logged.
    """
    return backing_up.restore(file, folder, progress or _silent)


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Custody:
    """What makes a case's ledger provable to someone outside."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def keys(self) -> list[CaseKey]:
        """The keys that sign, or signed, for the case, oldest first."""
        with self._site.reading() as connection:
            return checkpointing.keys(connection)

    def add_key(self, key: str, *, replaces: str | None = None) -> CaseKey:
        """Let a public key (its word) sign for the case; `replaces` names a key that no longer does.

        Raises:
            BadInput: where the word is no key.
            UsageError: where a key of that name stands already.
        """
        return checkpointing.add_key(self._site, key, replaces=replaces)

    def revoke_key(self, name: str, *, reason: str) -> CaseKey:
        """Let a key sign no more; what it signed before stands.

        Raises:
            NotFound: where no key of that name stands.
        """
        return checkpointing.revoke_key(self._site, name, reason)

    def checkpoint(
        self, signers: Sequence[SigningKey] = (), *, time_stamp_address: str | None = None
    ) -> KeptCheckpoint:
        """Sign size and root of the ledger as it stands, and keep them; the note is for keeping elsewhere.

        Raises:
            UsageError: where a signer's key is not the case's, or no longer.
            NotAnswered: where no time-stamp came; the checkpoint is kept without it.
        """
        return checkpointing.make(self._site, signers, time_stamp_address)

    def countersign(self, note: str) -> KeptCheckpoint:
        """Take in a partner's signature under a checkpoint of this case.

        Raises:
            BadInput: where the text is no checkpoint.
            VerificationFailed: where it is over another ledger, or no signature under it holds.
        """
        return checkpointing.countersign(self._site, note)

    def package(
        self,
        out: Path,
        *,
        audience: Audience = "public",
        only: Sequence[str] = (),
        signers: Sequence[SigningKey] = (),
    ) -> KeptCheckpoint:
        """Write exhibits, record, ledger, proofs and a verifier into a new folder, for people without Muniment.

        Args:
            out: a folder that does not exist yet.
            audience: `case` carries every byte; `public` none that names a protected person.
            only: ids of incidents or claims to choose; nothing for the whole case.
            signers: who signs the package's checkpoint.

        Raises:
            UsageError: where the folder exists.
            NotFound: where an id to choose is not there.
        """
        return packaging.write_package(self._site, out, audience=audience, only=only, signers=signers)

    def import_package(
        self,
        folder: Path,
        *,
        trust: Sequence[str] = (),
        checkpoints: Sequence[Path] = (),
        time_stamp_roots: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Take in a partner's package: exhibits, ledger as proof, decisions under their makers' names. Build then.

        Raises:
            BadInput: where the folder is no package.
            VerificationFailed: where it is not what was sealed and logged; then nothing is taken in.
        """
        return importing.import_package(
            self._site,
            folder,
            trust=trust,
            checkpoints=checkpoints,
            time_stamp_roots=time_stamp_roots,
            progress=progress or _silent,
        )

    def erase(self, exhibit: str, *, reason: str, second: str, progress: Progress | None = None) -> Erased:
        """Remove an exhibit's bytes, text, quotes and everything said of it, as the law may require; for good.

        Args:
            exhibit: its whole SHA-256.
            reason: why; it stays in the ledger, so it must not say what is erased.
            second: the person who agreed, someone else than who acts.
            progress: called with (stage, done, total).

        Raises:
            UsageError: without a reason or a second person.
            NotFound: where the case never received it.
        """
        return erasing.erase_exhibit(self._site, exhibit, reason=reason, second=second, progress=progress or _silent)

    def backup(self, file: Path, *, progress: Progress | None = None) -> BackedUp:
        """Write the case into one file, while it is in use.

        Raises:
            UsageError: where the file exists.
        """
        return backing_up.backup(self._site, file, progress or _silent)

    def checkpoints(self) -> list[KeptCheckpoint]:
        """Checkpoints kept, oldest first."""
        with self._site.reading() as connection:
            return checkpointing.kept_checkpoints(connection)
