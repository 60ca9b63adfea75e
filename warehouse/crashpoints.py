"""Named places where a test may kill the process, to prove that a crash anywhere loses nothing.

`COMMUNIQUE_CRASH_AT=after_seal` kills at the first pass, `after_seal:3` at the third.
"""

import os
import signal
from typing import Literal

CrashPoint = Literal[
    "after_warc_write",
    "after_seal",
    "after_staging",
    "after_journal",
    "before_commit",
    "after_commit",
    "in_catch_up",
    "before_publish",
    "after_spare",
]

_passes: dict[str, int] = {}


def crash_point(name: CrashPoint) -> None:
    """Does nothing unless the environment names this place."""
    wanted = os.environ.get("COMMUNIQUE_CRASH_AT")
    if not wanted:
        return
    place, _, nth = wanted.partition(":")
    if place == name:
        _passes[name] = _passes.get(name, 0) + 1
        if _passes[name] == int(nth or 1):
            os.kill(os.getpid(), signal.SIGKILL)
