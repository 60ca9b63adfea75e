"""The process that reads captures behind the fence: a stream of captures in, a stream of answers out.

It holds no state worth keeping, may be killed at any time, and ends when its parent is gone. The stream is
file descriptor 0, a socket. In: two lengths (32-bit, network order), the circumstances as JSON, the body.
Out: one length and the readings as JSON, in the order asked; first of all an empty frame once ready.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct

from pydantic_core import to_json

from parsers.readings import Reading, read_capture, rejected
from sources.capture import Capture

ASKED = struct.Struct("!II")  # lengths of circumstances and body
ANSWERED = struct.Struct("!I")  # length of the readings
OUT_OF_MEMORY = 86  # exit status; above those that shells and Python use
GRACE_SECONDS = 1.0  # the parent's clock decides; ours only ends what an absent parent cannot
STRAY_OUTPUT_LIMIT = 1 << 20  # bytes that libraries may print in the life of a child


def main(seconds: float, cpu_seconds: float, memory: int) -> None:
    """Reads until the stream ends."""
    _confine(memory)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    with socket.socket(fileno=os.dup(0)) as channel, channel.makefile("rb", buffering=1 << 18) as stream:
        _point_away(0)
        channel.sendall(ANSWERED.pack(0))
        with contextlib.suppress(ConnectionError):
            while head := stream.read(ASKED.size):
                told_size, body_size = ASKED.unpack(head)
                told, body = stream.read(told_size), stream.read(body_size)
                signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
                signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
                answer = _answer(told, body)
                channel.sendall(ANSWERED.pack(len(answer)) + answer)
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(told: bytes, body: bytes) -> bytes:
    try:
        readings = read_capture(Capture.from_circumstances(json.loads(told), body))
        try:
            return _as_json(readings)
        except ValueError as error:
            return _as_json((rejected(f"the record cannot be written as JSON: {str(error)[:200]}"),))
    except MemoryError:
        # Half-finished native allocations are not worth trusting: the next capture gets a fresh process.
        os._exit(OUT_OF_MEMORY)


def _as_json(readings: tuple[Reading, ...]) -> bytes:
    return to_json([(one.record, one.text_sha256, one.body_sha256, one.rejection) for one in readings])


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


def _point_away(descriptor: int) -> None:
    """A library that reads standard input must find nothing, not our stream."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)
