"""Whether a file is open anywhere, so that what no reader sees may be written to."""

import fcntl
import os
from pathlib import Path


def nobody_reads(path: Path) -> bool:
    """Whether no process has `path` open and no other name leads to it.

    The kernel tells by granting a write lease (fcntl(2), F_SETLEASE), which it does only on a file that nobody
    else holds open. Where there are no leases the answer is no.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if os.fstat(descriptor).st_nlink != 1:
            return False
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
