"""The list of sealed files: `raw/manifest.jsonl`, one line each, in the order of sealing.

What makes it trustworthy is told in `chain`. A last line that the head does not vouch for and that is not
whole was torn by a crash and is cut by the next to append; any other damage is never repaired here.
"""

import os
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sources.capture import digest, rfc3339
from sources.errors import VaultError
from warehouse.home import Home, fsync_folder, write_whole
from warehouse.lock import held
from warehouse.vault.chain import (
    BEFORE_THE_FIRST,
    Fault,
    Head,
    Kind,
    Line,
    audit,
    broken,
    encoded,
    head_path,
    parsed,
    read_head,
)
from warehouse.vault.sealing import Sealed

__all__ = ["Fault", "Head", "Kind", "Line", "append", "audit", "head", "head_path", "last", "lines", "since"]

LOCK_WAIT_SECONDS = 60.0  # appending a line takes milliseconds
TAIL_BYTES = 1 << 16  # holds the last two lines many times over


def append(home: Home, sealed: Sealed, kind: Kind, sealed_at: datetime) -> Line:
    """Lists one sealed file; on return the line is on the disk. Holds the manifest's own lock.

    :raises VaultError: when the list's end is damaged or was cut off.
    :raises LockBusy: when another process holds the manifest for more than a minute.
    """
    with _locked(home):
        is_new = not home.manifest.exists()
        before, end = _end(home)
        line = Line(
            n=before.n + 1,
            path=sealed.path,
            size=sealed.size,
            sha256=sealed.sha256,
            records=sealed.records,
            kind=kind,
            sealed_at=rfc3339(sealed_at),
            previous=before.sha256,
        )
        written = encoded(line)
        if parsed(written) is None:
            raise VaultError(f"{sealed.path!a}: cannot be listed, not the path of a file below the raw folder")
        with home.manifest.open("ab") as file:
            file.truncate(end)
            file.write(written + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            fsync_folder(home.raw)
        write_whole(head_path(home), encoded(Head(line.n, digest(written))) + b"\n")
    return line


def lines(home: Home) -> list[Line]:
    """Every listed file, oldest first; empty when there is no list. A torn last line is left out.

    :raises VaultError: naming the line, when an earlier one is damaged or lines are missing.
    """
    listed, faults = audit(home)
    if faults:
        raise broken(home, faults[0])
    return listed


def since(home: Home, n: int) -> list[Line]:
    """The lines after line `n`, oldest first, reading no more of the list than that.

    :raises VaultError: when one of them is damaged, or the list has fewer than `n` lines.
    """
    if n <= 0:
        return lines(home)
    with _locked(home):
        newest, end = _end(home)
        if newest.n < n:
            raise broken(home, Fault(None, f"line {n} was read before, and now line {newest.n} is the last"))
        raws = _back_to(home.manifest, end, n)
    following: list[Line] = []
    expected = newest.sha256
    for number, raw in zip(range(newest.n, n, -1), reversed(raws), strict=False):
        line = parsed(raw)
        if line is None or line.n != number or digest(raw) != expected:
            raise broken(home, Fault(number, "the line is not the one that the next one names"))
        following.append(line)
        expected = line.previous
    if len(following) != newest.n - n:
        raise broken(home, Fault(None, f"of the lines {n + 1} to {newest.n} only {len(following)} can be read"))
    return following[::-1]


def last(home: Home) -> Head:
    """Number and digest of the last line; number 0 and 64 zeros when there is none.

    :raises VaultError: when the list's end is damaged or was cut off.
    """
    with _locked(home):
        return _end(home)[0]


def head(home: Home) -> str:
    """SHA-256 of the last line, which stands for the whole list; 64 zeros when there is none."""
    return last(home).sha256


def _locked(home: Home) -> AbstractContextManager[None]:
    return held(home.raw / "manifest.lock", wait=LOCK_WAIT_SECONDS)


def _end(home: Home) -> tuple[Head, int]:
    """The line to continue from, and the length of the list up to its end (what follows was torn)."""
    start, tail = _tail(home.manifest)
    end = start + tail.rfind(b"\n") + 1
    lines_there = tail.split(b"\n")[:-1][-2:]
    copy = read_head(home)
    if not lines_there:
        if copy is None:
            return Head(0, BEFORE_THE_FIRST), 0
        raise broken(home, Fault(None, f"lines are missing: manifest.head names line {copy.n}"))
    newest = parsed(lines_there[-1])
    older = digest(lines_there[-2]) if len(lines_there) > 1 else BEFORE_THE_FIRST
    if newest is not None:
        ours = Head(newest.n, digest(lines_there[-1]))
        if newest.previous == older and copy in (None, ours, Head(newest.n - 1, older)):
            return ours, end
    elif older == (copy or Head(0, BEFORE_THE_FIRST)).sha256:
        return copy or Head(0, BEFORE_THE_FIRST), end - len(lines_there[-1]) - 1
    raise broken(home, Fault(newest.n if newest else None, "the last line is not the one to continue from"))


def _tail(path: Path) -> tuple[int, bytes]:
    if not path.exists():
        return 0, b""
    with path.open("rb") as file:
        start = max(file.seek(0, os.SEEK_END) - TAIL_BYTES, 0)
        file.seek(start)
        return start, file.read()


def _back_to(path: Path, end: int, n: int) -> list[bytes]:
    """The last lines before byte `end`, reaching back to line `n` + 1 or further."""
    span = TAIL_BYTES
    while True:
        start = max(end - span, 0)
        with path.open("rb") as file:
            file.seek(start)
            raws = file.read(end - start).split(b"\n")[:-1]
        if start == 0:
            return raws
        first = parsed(raws[1]) if len(raws) > 1 else None
        if first is not None and first.n <= n + 1:
            return raws[1:]
        span *= 4
