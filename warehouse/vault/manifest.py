"""The list of sealed files: `raw/manifest.jsonl`, one line each, every line naming the digest of the one before.

A second file, `manifest.head`, repeats number and digest of the last line, so that a list cut short at a
line's end is noticed. It is written after the line, so after a crash the list may be one line ahead of it,
never behind. A last line that the head does not vouch for and that is not whole was torn by a crash and
is cut; any other damage is never repaired here.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from sources.capture import digest, rfc3339
from sources.errors import VaultError
from warehouse.home import Home, fsync_folder, write_whole
from warehouse.lock import held
from warehouse.vault.sealing import Sealed

Kind = Literal["captures", "journal"]

BEFORE_THE_FIRST = "0" * 64
LOCK_WAIT_SECONDS = 60.0  # appending a line takes milliseconds
TAIL_BYTES = 1 << 16  # holds the last two lines many times over

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Line:
    """One sealed file as listed. `previous` is the SHA-256 of the line before, without its line feed."""

    n: int
    path: str
    size: int
    sha256: str
    records: int
    kind: Kind
    sealed_at: str
    previous: str


@dataclass(frozen=True, slots=True)
class Head:
    """Number and SHA-256 of a line, as the second copy has them."""

    n: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the list: at which line (from 1), or with the whole when there is none."""

    line: int | None
    what: str


def head_path(home: Home) -> Path:
    """Where the second copy of the head is."""
    return home.raw / "manifest.head"


def append(home: Home, sealed: Sealed, kind: Kind, sealed_at: datetime) -> Line:
    """Lists one sealed file; on return the line is on the disk. Holds the manifest's own lock.

    :raises VaultError: when the list's end is damaged or was cut off.
    :raises LockBusy: when another process holds the manifest for more than a minute.
    """
    with held(home.raw / "manifest.lock", wait=LOCK_WAIT_SECONDS):
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
        written = _json(line)
        with home.manifest.open("ab") as file:
            file.truncate(end)
            file.write(written + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            fsync_folder(home.raw)
        write_whole(head_path(home), _json(Head(line.n, digest(written))) + b"\n")
    return line


def lines(home: Home) -> list[Line]:
    """Every listed file, oldest first; empty when there is no list. A torn last line is left out.

    :raises VaultError: naming the line, when an earlier one is damaged or lines are missing.
    """
    listed, faults = audit(home)
    if faults:
        raise _broken(home, faults[0])
    return listed


def last(home: Home) -> Head:
    """Number and digest of the last line; number 0 and 64 zeros when there is none.

    :raises VaultError: when the list's end is damaged or was cut off.
    """
    return _end(home)[0]


def head(home: Home) -> str:
    """SHA-256 of the last line, which stands for the whole list; 64 zeros when there is none."""
    return last(home).sha256


def audit(home: Home) -> tuple[list[Line], list[Fault]]:
    """The lines that can be read and all that is wrong with the list. Needs no lock."""
    faults: list[Fault] = []
    before = _head_or_fault(home, faults)
    entries: list[tuple[Line | None, Fault | None]] = []
    sums = [BEFORE_THE_FIRST]
    for number, raw in enumerate(_raw_lines(home.manifest), 1):
        line = _parsed(raw)
        entries.append((line, _fault_of(line, raw, number, sums[-1])))
        sums.append(digest(raw.removesuffix(b"\n")))
    # Nobody was ever told of a line beyond the head: one that is not whole there was cut off by a crash.
    if entries and entries[-1][1] and (before is None or before.n < len(entries)):
        entries.pop()
        sums.pop()
    listed = [line for line, _ in entries if line is not None]
    faults += [fault for _, fault in entries if fault is not None]
    faults += _against_head(home, before, sums)
    if len({line.path for line in listed}) < len(listed):
        faults.append(Fault(None, "a file is listed twice"))
    return listed, faults


def _against_head(home: Home, before: Head | None, sums: list[str]) -> Iterator[Fault]:
    """Others may append while we read: the head from before must be in the list, the one after at its end."""
    if before is not None and before.n >= len(sums):
        yield Fault(None, f"lines are missing at the end: {len(sums) - 1} are there, manifest.head names {before.n}")
    elif before is not None and sums[before.n] != before.sha256:
        yield Fault(before.n, "the line is not the one that manifest.head names")
    after = _head_or_fault(home, [])
    if after is not None and after.n < len(sums) - 2:
        yield Fault(None, f"manifest.head is missing or out of date: it names line {after.n} of {len(sums) - 1}")


def _fault_of(line: Line | None, raw: bytes, number: int, previous: str) -> Fault | None:
    if line is None or not raw.endswith(b"\n"):
        return Fault(number, "the line cannot be read")
    if line.n != number:
        return Fault(number, f"the line is numbered {line.n}")
    if line.previous != previous:
        return Fault(number, "the line does not follow from the one before: one of the two was changed")
    return None


def _end(home: Home) -> tuple[Head, int]:
    """The line to continue from, and the length of the list up to its end (what follows was torn)."""
    start, tail = _tail(home.manifest)
    end = start + tail.rfind(b"\n") + 1
    lines_there = tail.split(b"\n")[:-1][-2:]
    copy = _read_head(home)
    if not lines_there:
        if copy is None:
            return Head(0, BEFORE_THE_FIRST), 0
        raise _broken(home, Fault(None, f"lines are missing: manifest.head names line {copy.n}"))
    newest = _parsed(lines_there[-1] + b"\n")
    if newest is not None:
        ours = Head(newest.n, digest(lines_there[-1]))
        if copy in (None, ours, Head(newest.n - 1, newest.previous)):
            return ours, end
    older = digest(lines_there[0]) if len(lines_there) > 1 else BEFORE_THE_FIRST
    vouched = copy or Head(0, BEFORE_THE_FIRST)
    if vouched.sha256 == older:
        return vouched, end - len(lines_there[-1]) - 1
    raise _broken(home, Fault(newest.n if newest else None, "the last line is not the one that manifest.head names"))


def _tail(path: Path) -> tuple[int, bytes]:
    if not path.exists():
        return 0, b""
    with path.open("rb") as file:
        start = max(file.seek(0, os.SEEK_END) - TAIL_BYTES, 0)
        file.seek(start)
        return start, file.read()


def _parsed(raw: bytes) -> Line | None:
    try:
        told: Any = json.loads(raw)
        line = Line(**told)
        numbers = all(type(value) is int and value >= 0 for value in (line.n, line.size, line.records))
        sums = all(_SHA256.fullmatch(value) for value in (line.sha256, line.previous))
        path = PurePosixPath(line.path)
    except (ValueError, TypeError, RecursionError):
        return None
    inside = not path.is_absolute() and ".." not in path.parts
    return line if numbers and sums and inside and line.kind in ("captures", "journal") else None


def _raw_lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _read_head(home: Home) -> Head | None:
    """None when there is no copy.

    :raises VaultError: when it cannot be read.
    """
    try:
        told = json.loads(head_path(home).read_bytes())
        copy = Head(**told)
        if type(copy.n) is int and copy.n >= 0 and _SHA256.fullmatch(copy.sha256):
            return copy
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, RecursionError):
        pass
    raise VaultError(
        f"{head_path(home)}: cannot be read; if `communique verify` finds nothing else wrong, "
        "remove this file and run again: it is made anew from the manifest"
    )


def _head_or_fault(home: Home, faults: list[Fault]) -> Head | None:
    try:
        copy = _read_head(home)
    except VaultError:
        faults.append(Fault(None, "manifest.head cannot be read"))
        return None
    return copy if copy is not None or not home.manifest.exists() else Head(0, BEFORE_THE_FIRST)


def _json(value: Line | Head) -> bytes:
    return json.dumps(asdict(value), separators=(",", ":")).encode()


def _broken(home: Home, fault: Fault) -> VaultError:
    where = f"{home.manifest}, line {fault.line}" if fault.line else str(home.manifest)
    return VaultError(f"{where}: {fault.what}; restore manifest.jsonl and manifest.head from a copy")
