"""The process that reads captures behind the fence: a stream of captures in, a stream of answers out.

It holds no state worth keeping, may be killed at any time, and ends when its parent is gone. The stream is
file descriptor 0, a socket. In: two lengths (32-bit, network order), the circumstances as JSON, the body.
Out: three lengths, the readings as JSON, their wordings and their outlines, in the order asked; first of all an empty
frame once ready.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct
from collections.abc import Callable

from parsers.answering import answer
from sources.capture import Capture

ASKED = struct.Struct("!II")  # lengths of circumstances and body
ANSWERED = struct.Struct("!III")  # lengths of readings, wordings and outlines
OUT_OF_MEMORY = 86  # exit statuses, away from those that shells and Python use
RETIRED = 87  # grown by earlier captures; what was asked and not answered deserves a fresh process
GRACE_SECONDS = 1.0  # the parent's clock decides; ours only ends what an absent parent cannot
RETIRING_SHARE = 0.6  # of the memory, still held after an answer
FRESH_SHARE = 1.25  # of the memory held at the start: nothing that earlier captures left stood in the way
STRAY_OUTPUT_LIMIT = 1 << 20  # bytes that libraries may print in the life of a child


def main(seconds: float, cpu_seconds: float, memory: int, worded: bool) -> None:
    """Reads until the stream ends."""
    _confine(memory)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    with socket.socket(fileno=os.dup(0)) as channel, channel.makefile("rb", buffering=1 << 18) as stream:
        _point_away(0)
        address_space = _address_space_meter()
        at_start = held = address_space()
        is_first = True
        channel.sendall(ANSWERED.pack(0, 0, 0))
        with contextlib.suppress(ConnectionError):
            while head := stream.read(ASKED.size):
                told_size, body_size = ASKED.unpack(head)
                signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
                signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
                try:
                    told = json.loads(stream.read(told_size))
                    capture = Capture.from_circumstances(told, stream.read(body_size))
                    given = answer(capture, worded=worded)
                except MemoryError:
                    # Half-finished native allocations are not worth trusting: end in any case.
                    os._exit(OUT_OF_MEMORY if is_first or held <= at_start * FRESH_SHARE else RETIRED)
                parts = (given.told, given.wordings, given.outlined)
                channel.sendall(b"".join((ANSWERED.pack(*map(len, parts)), *parts)))
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
                held, is_first = address_space(), False
                if held > memory * RETIRING_SHARE:
                    os._exit(RETIRED)


def _confine(memory: int) -> None:
    """Limits that hold even when the code that runs here is no longer ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    for limit_reached in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(limit_reached, signal.SIG_DFL)
    for kind, bound in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, STRAY_OUTPUT_LIMIT),
    ):
        # macOS refuses RLIMIT_AS; there the limits of time remain.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))


def _address_space_meter() -> Callable[[], int]:
    """Tells the bytes of address space in use; always 0 where the system does not say (nor limits them)."""
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return lambda: 0
    page = resource.getpagesize()
    return lambda: int(os.pread(statm, 64, 0).split(maxsplit=1)[0]) * page


def _point_away(descriptor: int) -> None:
    """A library that reads standard input must find nothing, not our stream."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
