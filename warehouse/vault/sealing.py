"""How one raw file comes to be: written under a name ending in `.open`, fsynced, renamed, never touched again.

The writer holds an flock on the file until the manifest lists it, so that salvage, which looks for what
dead runs left behind, can tell a living writer's file from an abandoned one.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sources.errors import VaultError
from warehouse.home import Home, fsync_folder

SEALED_SUFFIX = ".warc.gz"
OPEN_SUFFIX = ".open"
WRITE_BUFFER_BYTES = 1 << 20

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one capture's bytes lie: offset and length of the gzip member of its resource or response record.

    The metadata record with its circumstances follows, for a response behind the request.
    """

    offset: int
    length: int
    input_sha256: str
    content_sha256: str
    ref: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed file: `path` below the raw folder with `/`, bytes, lower-case hex SHA-256 of the whole file.

    `records` counts all WARC records, the first one, which describes the file, included.
    """

    path: str
    size: int
    sha256: str
    records: int
    kept: tuple[Kept, ...] = ()


class Draft:
    """A raw file while it is written."""

    def __init__(self, home: Home, path: str, file: BinaryIO) -> None:
        self._final = home.raw / path
        self._path = path
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0
        self._records = 0

    def add(self, member: bytes) -> int:
        """Writes one record; gives its offset."""
        offset = self._size
        self._file.write(member)
        self._hash.update(member)
        self._size += len(member)
        self._records += 1
        return offset

    def seal(self, kept: tuple[Kept, ...] = ()) -> Sealed:
        """Puts the bytes on the disk and gives the file its final name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        open_name(self._final).rename(self._final)
        fsync_folder(self._final.parent)
        return Sealed(self._path, self._size, self._hash.hexdigest(), self._records, kept)


@contextmanager
def drafting(home: Home, path: str) -> Iterator[Draft]:
    """A new file at `path` below the raw folder, locked until the end of the block.

    If the block fails, what was written stays under its `.open` name for salvage.

    :raises VaultError: when a file of that name is there or being written.
    """
    final = home.raw / path
    _make_folders(final.parent)
    with _claimed(open_name(final)) as file:
        if final.exists():
            open_name(final).unlink()
            raise VaultError(f"{final}: a sealed file is never written again; give this one another number")
        yield Draft(home, path, file)


def open_name(final: Path) -> Path:
    """The name of a file before it is sealed."""
    return final.with_name(final.name + OPEN_SUFFIX)


def plain_name(value: str) -> str:
    """A source's, run's or batch's name, fit to be part of a path.

    :raises VaultError: for anything that could leave the raw folder or hide in it.
    """
    if not _PLAIN_NAME.fullmatch(value):
        raise VaultError(f"{value!a}: not a name for a raw file; use letters, digits, '.', '_' and '-'")
    return value


def try_lock(descriptor: int) -> bool:
    """Takes an flock if nobody holds one; the kernel frees it when the file is closed."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_still(descriptor: int, path: Path) -> bool:
    """Whether `path` still names the open file; between opening and locking it may have been moved."""
    try:
        named = path.stat()
    except FileNotFoundError:
        return False
    opened = os.fstat(descriptor)
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


@contextmanager
def _claimed(path: Path) -> Iterator[BinaryIO]:
    while True:
        try:
            file = path.open("xb", buffering=WRITE_BUFFER_BYTES)
        except FileExistsError:
            raise VaultError(
                f"{path}: another run is writing this file, or left it; the next run salvages it"
            ) from None
        with file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            # Salvage may have seen the file in the instant before the lock, and cleared it away.
            if is_still(file.fileno(), path):
                yield file
                return


def _make_folders(folder: Path) -> None:
    """Like `mkdir -p`, but a power cut cannot lose the folders."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        fsync_folder(new.parent)
