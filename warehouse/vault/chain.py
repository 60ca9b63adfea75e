"""The lines of the manifest, the copy of its head, and all that can be wrong with the two.

Every line names the digest of the one before, so any change shows at the line after it, and at the last line
against `manifest.head`, which repeats its number and digest. The head is written after the line: after a
crash the list may be one line ahead of it, never behind.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from sources.capture import digest
from sources.errors import VaultError
from warehouse.home import Home

Kind = Literal["captures", "journal"]

BEFORE_THE_FIRST = "0" * 64

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


def audit(home: Home) -> tuple[list[Line], list[Fault]]:
    """The lines that can be read and all that is wrong with the list. Needs no lock."""
    faults: list[Fault] = []
    before = _head_or_fault(home, faults)
    entries: list[tuple[Line | None, Fault | None]] = []
    sums = [BEFORE_THE_FIRST]
    for number, raw in enumerate(_raw_lines(home.manifest), 1):
        line = parsed(raw) if raw.endswith(b"\n") else None
        entries.append((line, _fault_of(line, number, sums[-1])))
        sums.append(digest(raw.removesuffix(b"\n")))
    # Nobody was ever told of a line beyond the head: one that cannot be read there was cut off by a crash.
    if entries and entries[-1][0] is None and (before is None or before.n < len(entries)):
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


def _fault_of(line: Line | None, number: int, previous: str) -> Fault | None:
    if line is None:
        return Fault(number, "the line cannot be read")
    if line.n != number:
        return Fault(number, f"the line is numbered {line.n}")
    if line.previous != previous:
        return Fault(number, "the line does not follow from the one before: one of the two was changed")
    return None


def parsed(raw: bytes) -> Line | None:
    """A line as read; None when it is not one."""
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


def read_head(home: Home) -> Head | None:
    """The copy of the head; None when there is none.

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
        copy = read_head(home)
    except VaultError:
        faults.append(Fault(None, "manifest.head cannot be read"))
        return None
    return copy if copy is not None or not home.manifest.exists() else Head(0, BEFORE_THE_FIRST)


def encoded(value: Line | Head) -> bytes:
    """A line or head as it stands in its file, without the line feed."""
    return json.dumps(asdict(value), separators=(",", ":")).encode()


def broken(home: Home, fault: Fault) -> VaultError:
    """The error that names the fault and what to do."""
    where = f"{home.manifest}, line {fault.line}" if fault.line else str(home.manifest)
    return VaultError(f"{where}: {fault.what}; restore manifest.jsonl and manifest.head from a copy")
