"""Opening an operator's file: only a regular one, never through a link, and only if it stays as it was.

The rules are those of an inbox that anybody may write to: opening a FIFO wakes its writer and opening a device may
do anything, so the kind is looked at before the file is opened and once more after it.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from types import TracebackType
from typing import Self

from sources.capture import Outcome

Signature = tuple[int, int, int, int]

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Contents:
    """The bytes of a file that did not change while they were read, and what it looked like."""

    body: bytes = field(repr=False)
    signature: Signature


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file gave no bytes, and the outcome that follows."""

    outcome: Outcome
    reason: str


GROWING = Unread("skipped", "still growing or being replaced; waits for the next run")
GONE = Unread("skipped", "gone before it could be read; put it back if it is wanted")
EMPTY = Unread("quarantined", "empty file (0 bytes); put the whole file in its place")
LINK = Unread("quarantined", "symbolic link, not followed; put the file itself in its place")
UNLISTED = Unread("failed", "folder that cannot be listed; check its permissions and the length of its path")

_NOT_FILES = {
    stat.S_IFLNK: LINK,
    stat.S_IFDIR: UNLISTED,
    stat.S_IFIFO: Unread("quarantined", "named pipe (FIFO), not a file; remove it from the folder"),
    stat.S_IFSOCK: Unread("quarantined", "socket, not a file; remove it from the folder"),
    stat.S_IFCHR: Unread("quarantined", "device, not a file; remove it from the folder"),
    stat.S_IFBLK: Unread("quarantined", "device, not a file; remove it from the folder"),
}
_OTHER_KIND = Unread("quarantined", "not a regular file; remove it from the folder")


def signature_of(found: os.stat_result) -> Signature:
    """What must not change between listing and reading: device, inode, size in bytes, mtime in nanoseconds."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def read_file(
    path: bytes, *, limit: int, listed: Signature | None = None, folder: int | None = None
) -> Contents | Unread:
    """The bytes of a regular file of 1 to `limit` bytes, if it is still what was `listed`.

    The last component of `path` is never followed when it is a link; `folder` is the descriptor `path` starts from
    (see `Folders`). Never raises for what the file system holds, and never blocks.
    """
    descriptor = _open(path, folder)
    if isinstance(descriptor, Unread):
        return descriptor
    try:
        return _read_open(descriptor, limit, listed)
    except OSError as error:
        return why_not(error)
    finally:
        os.close(descriptor)


def open_file(path: bytes, *, listed: Signature | None = None, folder: int | None = None) -> BufferedReader | Unread:
    """A regular file that is not empty, open at its beginning, whatever its size, by the rules of `read_file`."""
    descriptor = _open(path, folder)
    if isinstance(descriptor, Unread):
        return descriptor
    found = os.fstat(descriptor)
    why = GROWING if listed is not None and signature_of(found) != listed else None if found.st_size else EMPTY
    if why or not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        return why or GROWING
    return os.fdopen(descriptor, "rb")


def digest_of(file: BufferedReader) -> str:
    """Lower-case hex SHA-256 of an open file, from its beginning.

    :raises OSError: when it cannot be read.
    """
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _open(path: bytes, folder: int | None) -> int | Unread:
    try:
        found = os.stat(path, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode):
            return _NOT_FILES.get(stat.S_IFMT(found.st_mode), _OTHER_KIND)
        return os.open(path, _READ, dir_fd=folder)
    except OSError as error:
        return why_not(error)


def _read_open(descriptor: int, limit: int, listed: Signature | None) -> Contents | Unread:
    found = os.fstat(descriptor)
    signature = signature_of(found)
    if not stat.S_ISREG(found.st_mode) or (listed is not None and signature != listed):
        return GROWING
    size = found.st_size
    if size == 0:
        return EMPTY
    if size > limit:
        return too_large(size, limit)
    body = os.read(descriptor, size + 1)
    while len(body) < size and (more := os.read(descriptor, size + 1 - len(body))):
        body += more
    if len(body) != size or signature_of(os.fstat(descriptor)) != signature:
        return GROWING
    return Contents(body, signature)


def too_large(size: int, limit: int) -> Unread:
    """The outcome of a file over the cap; the cap is a setting."""
    return Unread(
        "quarantined",
        f"too large: {size:,} bytes, the cap is {limit:,}; raise size_limit_mb in communique.toml to take it",
    )


def why_not(error: OSError) -> Unread:
    """The outcome of a file that could not be opened or read. The reason names no path: it stands beside the name."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return GONE
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return LINK
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unread("failed", "not readable (permission denied); let this user read it")
    return Unread("failed", f"cannot be read: {os.strerror(error.errno or 0)}")


class Folders:
    """Opens folders below a root without following a link in any component under it.

    The folder opened last stays open: files come folder by folder, so each costs one open and not one per component.
    The root itself may be a link; it is the operator's own word.
    """

    def __init__(self) -> None:
        self._place: tuple[bytes, bytes] | None = None
        self._descriptor = -1

    def open(self, root: bytes, folder: bytes) -> int:
        """A descriptor of `root`/`folder`, good until the next call.

        :raises OSError: a component is missing, closed to us, or a link.
        """
        if (root, folder) != self._place:
            self.close()
            self._descriptor = _open_below(root, folder)
            self._place = (root, folder)
        return self._descriptor

    def close(self) -> None:
        """Closes what is open; calling it twice does no harm."""
        if self._place is not None:
            os.close(self._descriptor)
            self._place = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _open_below(root: bytes, folder: bytes) -> int:
    descriptor = os.open(root, _FOLDER)
    for component in folder.split(b"/") if folder else ():
        with _closing(descriptor):
            descriptor = os.open(component, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
    return descriptor


@contextmanager
def _closing(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)
