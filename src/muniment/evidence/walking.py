"""Finding what a source folder holds, in one order, never stepping out of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_WHAT = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to seal: where it is, its name within the source folder (parts joined by /), and that folder.

    Bytes of a name that are not UTF-8 stand in `name` and `folder` as \\xNN, so that they can be written anywhere.
    """

    path: Path
    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a source folder that is not taken, with a sentence that says which and why."""

    sentence: str


def walk(source: Path) -> Iterator[Found | Refused]:
    """What is in a source: the file itself, or a folder's files, folder by folder, names in order of their bytes.

    A link to a file inside the folder is that file under another name. A link out of the folder is refused.
    """
    root = source.resolve()
    if root.is_dir():
        yield from _folder(root, root)
    else:
        yield _file(root, source.parent.resolve(), source.name)


def _folder(folder: Path, root: Path) -> Iterator[Found | Refused]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Refused(f"{_name(folder, root)}: the folder cannot be opened ({error.strerror}).")
        return
    for entry in ordered:
        path = Path(entry.path)
        name = _name(path, root)
        if entry.is_symlink():
            yield _link(path, root, name)
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(path, root)
        else:
            yield _file(path, root, name)


def _link(path: Path, root: Path, name: str) -> Found | Refused:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Refused(f"{name}: a link that leads nowhere.")
    if root not in target.parents:
        return Refused(f"{name}: a link out of the source folder, not followed; give what it leads to as a source.")
    if target.is_dir():
        return Refused(f"{name}: a link to a folder that is taken in its own place.")
    return _file(target, root, name)


def _file(path: Path, root: Path, name: str) -> Found | Refused:
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        return Refused(f"{name}: cannot be looked at ({error.strerror}).")
    if kind != stat.S_IFREG:
        return Refused(f"{name}: {_WHAT.get(kind, 'no file')}, which holds no bytes to seal.")
    if not os.access(path, os.R_OK):
        return Refused(f"{name}: may not be read; check its permissions.")
    return Found(path, _plain(name), _plain(str(root)))


def _name(path: Path, root: Path) -> str:
    return _plain(path.relative_to(root).as_posix())


def _plain(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")
