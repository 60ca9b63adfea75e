"""Locks between processes: an flock on a file of its own, freed by the kernel when its holder dies.

Not on the database file: DuckDB uses POSIX locks there, and any second open and close of that file in
the same process would drop them.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.errors import LockBusy

POLL_SECONDS = 0.1


@contextmanager
def held(path: Path, *, wait: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Holds the lock file `path` exclusively.

    :param wait: seconds to wait for another holder before `LockBusy`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, path, wait, sleep)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait: float, sleep: Callable[[float], None]) -> None:
    waited = 0.0
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waited >= wait:
                holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
                raise LockBusy(
                    f"{path}: held by process {holder} for more than {wait:g} s; "
                    "what was read waits in staging and the next run loads it"
                ) from None
            sleep(POLL_SECONDS)
            waited += POLL_SECONDS
        else:
            return
