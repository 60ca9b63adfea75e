"""What is remembered of each host, shared by all processes: `hosts/<host>.json`, one locked file each.

The lock is an flock, freed by the kernel when its holder dies, and held for as long as a request runs: that is what
makes it one request at a time. The file is rewritten in place, one line of JSON, so that the lock stays with the file;
a line cut short by a crash reads as nothing known, and then the pace starts anew.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sources.errors import LockBusy
from sources.http.address import DEFAULT_PORTS, Address

DAYS_KEPT = 35
POLL = (0.002, 0.05)  # seconds between two tries for a lock: first and longest
_LONGEST_NAME = 180


@dataclass(frozen=True, slots=True)
class Day:
    """What one host was asked for in one UTC day: the figures of courtesy."""

    requests: int = 0
    bytes: int = 0
    not_modified: int = 0
    failed: int = 0
    waited: float = 0.0


@dataclass(frozen=True, slots=True)
class HostState:
    """One host's file. Times are seconds since the epoch by the clock of this machine.

    No request before `next_at`, nor before `pause_until`; the last one began at `last_at`. `days` goes by ISO day.
    """

    last_at: float = 0.0
    next_at: float = 0.0
    pause_until: float = 0.0
    pause_reason: str = ""
    written_at: float = 0.0
    days: dict[str, Day] = field(default_factory=dict)

    def counted(self, now: float, more: Day) -> "HostState":
        """With `more` added to the day of `now`, and days long gone dropped."""
        day = datetime.fromtimestamp(now, UTC)
        oldest = (day - timedelta(days=DAYS_KEPT)).date().isoformat()
        days = {name: told for name, told in self.days.items() if name >= oldest}
        old = days.get(name := day.date().isoformat(), Day())
        days[name] = Day(*(round(a + b, 3) for a, b in zip(_values(old), _values(more), strict=True)))
        return replace(self, days=days)

    def by_this_clock(self, now: float) -> "HostState":
        """With all times moved back by as much as the clock was set back since they were written."""
        ahead = self.written_at - now
        if ahead <= 1.0:
            return self
        return replace(
            self,
            last_at=self.last_at - ahead,
            next_at=self.next_at - ahead,
            pause_until=max(self.pause_until - ahead, 0.0),
        )


class HostFile:
    """The open, locked file of one host."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._size = 0

    def read(self) -> HostState:
        """What the file says; nothing known where it says nothing that can be understood."""
        self._size = os.fstat(self._descriptor).st_size
        line = os.pread(self._descriptor, self._size, 0).partition(b"\n")
        return _from_json(line[0]) if line[1] else HostState()

    def write(self, state: HostState) -> None:
        """Rewrites the file; what an older, longer line leaves behind the end of this one is never read."""
        line = json.dumps(_to_json(state), separators=(",", ":")).encode() + b"\n"
        os.pwrite(self._descriptor, line, 0)
        if len(line) < self._size:
            os.ftruncate(self._descriptor, len(line))
        self._size = len(line)


def host_key(address: Address) -> str:
    """The host an address belongs to in matters of courtesy: http and https are one, other ports are others."""
    host = address.host.removesuffix(".")
    name = quote(host if address.port in DEFAULT_PORTS.values() else f"{host}_{address.port}", safe="")
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}_{len(name)}"


@contextmanager
def locked(path: Path, *, wait: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Holds a file among all processes; yields its descriptor.

    :param wait: seconds to wait for other holders.
    :raises LockBusy: somebody held it all that time.
    """
    descriptor = _open(path)
    try:
        _acquire(descriptor, path, wait, sleep)
        yield descriptor
    finally:
        os.close(descriptor)


def courtesy(folder: Path) -> list[tuple[str, str, Day]]:
    """(host, ISO day, figures) of all hosts, by host and day; read without the locks, at most a request behind."""
    found = []
    for path in sorted(folder.glob("*.json")):
        line, end, _ = path.read_bytes().partition(b"\n")
        state = _from_json(line) if end else HostState()
        found += [(path.stem, name, day) for name, day in sorted(state.days.items())]
    return found


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _acquire(descriptor: int, path: Path, wait: float, sleep: Callable[[float], None]) -> None:
    ends, pause = time.monotonic() + wait, POLL[0]
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= ends:
                raise LockBusy(
                    f"{path}: the host was busy with others for {wait:g} s; the next run asks again"
                ) from None
            sleep(pause)
            pause = min(2 * pause, POLL[1])
        else:
            return


def _to_json(state: HostState) -> dict[str, Any]:
    """Written out, because `asdict` copies in depth and this runs twice for each request."""
    told = {name: getattr(state, name) for name in _DEFAULTS}
    days = {name: dict(zip(_DAY, _values(day), strict=True)) for name, day in state.days.items()}
    return told | {"days": days}


def _from_json(line: bytes) -> HostState:
    try:
        told = json.loads(line)
        days = {str(name): Day(**day) for name, day in told.pop("days").items()}
        return HostState(**{name: type(value)(told[name]) for name, value in _DEFAULTS.items()}, days=days)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HostState()


def _values(day: Day) -> list[Any]:
    return [getattr(day, name) for name in _DAY]


_DAY = tuple(one.name for one in fields(Day))
_DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(HostState) if one.name != "days"}
