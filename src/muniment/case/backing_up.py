"""A case in one file and back: made while the case is in use, and held against its own ledger before it is used again.

The file is a plain tar: the database as it stood at one moment, then the vault, whose files never change, so that what
the database names is there. Invariant: nothing in a backup decides where on the disk it is written.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from muniment.case.site import DATABASE, Site, open_site
from muniment.case.verifying import verify
from muniment.case.views import Verification
from muniment.errors import BadInput, StorageFailed, UsageError, VerificationFailed
from muniment.store import engine as store_engine
from muniment.store import received

Progress = Callable[[str, int, int], None]

_MEMBER = re.compile(rf"{re.escape(DATABASE)}|vault/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: ledger entries, sealed files, bytes in all."""

    entries: int
    files: int
    bytes: int


def backup(site: Site, out: Path, progress: Progress) -> BackedUp:
    """Write the case into one file, which takes its name only when it is whole and on the disk.

    Raises:
        UsageError: where the file exists.
        StorageFailed: where the disk refuses.
    """
    if out.exists():
        raise UsageError(f"{out} exists already, and a backup never overwrites; choose another name.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
            database, whole = Path(scratch) / DATABASE, Path(scratch) / "whole"
            store_engine.backup(site.engine, database)
            with whole.open("wb") as stream:
                with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    tar.add(database, DATABASE, recursive=False)
                    sealed = site.vault.list()
                    for number, sha256 in enumerate(sealed):
                        progress("backup", number, len(sealed))
                        tar.add(site.vault.path(sha256), f"vault/{sha256[:2]}/{sha256}", recursive=False)
                    progress("backup", len(sealed), len(sealed))
                stream.flush()
                os.fsync(stream.fileno())
            copy = store_engine.open_engine(store_engine.sqlite_address(database))
            try:
                with copy.connect() as connection:
                    entries = received.count_entries(connection)
            finally:
                copy.dispose()
            whole.rename(out)
    except OSError as error:
        raise StorageFailed(f"{out} cannot be written ({error.strerror}); choose another place.") from error
    return BackedUp(entries, len(sealed), out.stat().st_size)


def restore(file: Path, folder: Path, progress: Progress) -> Verification:
    """Make a case of a backup, in a new folder, and verify it before it takes its name.

    Raises:
        UsageError: where the folder exists.
        BadInput: where the file is no backup, or holds what no backup holds.
        VerificationFailed: where what is in it is not what was sealed and logged; then no folder is left.
        StorageFailed: where the disk refuses.
    """
    if folder.exists():
        raise UsageError(f"{folder} exists already; a case is restored into a new folder.")
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be made ({error.strerror}); choose another place.") from error
    try:
        _unpack(file, scratch, progress)
        site = open_site(scratch, create=False, by=None, plugins=())
        try:
            found = verify(site, progress)
        finally:
            site.engine.dispose()
        if not found.ok:
            raise VerificationFailed(
                f"The backup {file} is not what was sealed and logged: {found.problems[0]} Nothing was restored."
            )
        scratch.chmod(0o755)
        scratch.rename(folder)
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be written ({error.strerror}); nothing was restored.") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return found


def _unpack(file: Path, folder: Path, progress: Progress) -> None:
    try:
        with tarfile.open(file, mode="r:") as tar:
            members = tar.getmembers()
            if not members or members[0].name != DATABASE:
                raise BadInput(f"{file} is not a backup of a case: it does not begin with one's database.")
            for number, member in enumerate(members):
                progress("restore", number, len(members))
                if not _MEMBER.fullmatch(member.name) or not member.isreg():
                    raise BadInput(
                        f"{file} holds {member.name!r}, which no backup of a case holds; nothing was restored."
                    )
                target = folder / member.name
                if target.exists():
                    raise BadInput(f"{file} holds {member.name!r} twice; nothing was restored.")
                target.parent.mkdir(parents=True, exist_ok=True)
                source = tar.extractfile(member)
                assert source is not None
                with source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, 2**20)
                    out.flush()
                    os.fsync(out.fileno())
                if target.stat().st_size != member.size:
                    raise BadInput(f"{file} is cut short; nothing was restored.")
            progress("restore", len(members), len(members))
    except FileNotFoundError as error:
        raise BadInput(f"{file} does not exist; check the path.") from error
    except (tarfile.TarError, EOFError) as error:
        raise BadInput(f"{file} is not a backup, or is damaged ({error}); nothing was restored.") from error
