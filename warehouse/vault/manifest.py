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
from typing import Any, BinaryIO, Literal

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
        with home.manifest.open("ab+") as file:
            last, end = _last_line(home, file)
            line = Line(
                n=last.n + 1,
                path=sealed.path,
                size=sealed.size,
                sha256=sealed.sha256,
                records=sealed.records,
                kind=kind,
                sealed_at=rfc3339(sealed_at),
                previous=last.sha256,
            )
            written = json.dumps(asdict(line), separators=(",", ":")).encode()
            file.truncate(end)
            file.write(written + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            fsync_folder(home.raw)
        _write_head(home, Head(line.n, digest(written)))
    return line


def lines(home: Home) -> list[Line]:
    """Every listed file, oldest first; empty when there is no list. A torn last line is left out.

    :raises VaultError: naming the line, when an earlier one is damaged or lines are missing.
    """
    listed, faults = audit(home)
    if faults:
        raise _broken(home, faults[0])
    return listed


def head(home: Home) -> str:
    """SHA-256 of the last line, which stands for the whole list; 64 zeros when there is none."""
    if not home.manifest.exists():
        return BEFORE_THE_FIRST
    with home.manifest.open("rb") as file:
        return _last_line(home, file)[0].sha256


def audit(home: Home) -> tuple[list[Line], list[Fault]]:
    """The lines that can be read and all that is wrong with the list. Needs no lock."""
    faults: list[Fault] = []
    before = _head_or_fault(home, faults)
    listed: list[Line] = []
    sums = [BEFORE_THE_FIRST]
    torn: Fault | None = None
    for number, raw in enumerate(_raw_lines(home.manifest), 1):
        if torn is not None:
            faults.append(torn)
        line = _parsed(raw)
        torn = _fault_of(line, raw, number, sums[-1])
        sums.append(digest(raw.removesuffix(b"\n")))
        if line is not None and raw.endswith(b"\n"):
            listed.append(line)
    if torn is not None:
        # Nobody was ever told of a line beyond the head: what is not whole there was cut off by a crash.
        if before is not None and before.n >= len(sums) - 1:
            faults.append(torn)
        else:
            listed = listed[: len(sums) - 2]
    faults += _against_head(home, before, sums, len(sums) - 1 - (torn is not None))
    names = [line.path for line in listed]
    if len(set(names)) < len(names):
        faults.append(Fault(None, "a file is listed twice"))
    return listed, faults


def _against_head(home: Home, before: Head | None, sums: list[str], whole: int) -> Iterator[Fault]:
    """Other writers may append while we read: the head from before must be in the list, the one after at its end."""
    if before is not None and before.n >= len(sums):
        yield Fault(None, f"lines are missing at the end: {len(sums) - 1} are there, manifest.head names {before.n}")
    elif before is not None and sums[before.n] != before.sha256:
        yield Fault(before.n, "the line is not the one that manifest.head names")
    after = _head_or_fault(home, [])
    if after is not None and after.n < whole - 1:
        yield Fault(None, f"manifest.head is out of date: it names line {after.n} of {whole}")


def _fault_of(line: Line | None, raw: bytes, number: int, previous: str) -> Fault | None:
    if line is None or not raw.endswith(b"\n"):
        return Fault(number, "the line cannot be read")
    if line.n != number:
        return Fault(number, f"the line is numbered {line.n}")
    if line.previous != previous:
        return Fault(number, "the line does not follow from the one before: one of the two was changed")
    return None


def _last_line(home: Home, file: BinaryIO) -> tuple[Head, int]:
    """The line to continue from, and the length of the list up to its end (what follows was torn)."""
    size = file.seek(0, os.SEEK_END)
    start = max(size - TAIL_BYTES, 0)
    file.seek(start)
    tail = file.read()
    whole = tail.split(b"\n")[:-1][-2:]
    end = start + tail.rfind(b"\n") + 1
    copy = _read_head(home)
    if not whole:
        if copy is None or copy.n == 0:
            return Head(0, BEFORE_THE_FIRST), 0
        raise _broken(home, Fault(None, f"lines are missing: manifest.head names line {copy.n}"))
    last = _parsed(whole[-1] + b"\n")
    ours = None if last is None else Head(last.n, digest(whole[-1]))
    if ours is not None and (copy is None or copy == ours or copy == Head(ours.n - 1, last.previous if last else "")):
        return ours, end
    if copy is not None and copy.sha256 == (digest(whole[0]) if len(whole) > 1 else BEFORE_THE_FIRST):
        return copy, end - len(whole[-1]) - 1
    raise _broken(home, Fault(ours.n if ours else None, "the last line is not the one that manifest.head names"))


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


def _write_head(home: Home, copy: Head) -> None:
    write_whole(head_path(home), json.dumps(asdict(copy), separators=(",", ":")).encode() + b"\n")


def _broken(home: Home, fault: Fault) -> VaultError:
    where = f"{home.manifest}, line {fault.line}" if fault.line else str(home.manifest)
    return VaultError(f"{where}: {fault.what}; restore manifest.jsonl and manifest.head from a copy")
