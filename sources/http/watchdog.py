"""Deadlines that hold even while a read is blocked: another thread shuts the socket down.

A timeout on a socket starts anew with every byte, so a server that drips one byte a second is never late. Here a
`Meter` knows what an exchange has received and until when it may go on, and one thread watches all meters.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sources.http.limits import Limits

_RATE_EVERY = 0.25  # seconds between two looks at the rate
_IDLE = 5.0  # seconds without a meter after which the thread ends


class Meter:
    """What one exchange may still take and has taken. Times are monotonic seconds, `received` bytes off the wire."""

    def __init__(self, limits: Limits, seconds: float) -> None:
        self._limits = limits
        self.started = time.monotonic()
        self.ends = self.started + seconds
        self.sent_at: float | None = None
        self.received = 0
        self.late: str | None = None
        self.first_look = min(self.ends, self.started + limits.header)
        self._header_by: float | None = None
        self._body_from: float | None = None
        self._body_offset = 0
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def remaining(self) -> float:
        """Seconds until the deadline, never less than a millisecond, so that they can serve as a timeout."""
        return max(self.ends - time.monotonic(), 0.001)

    def attach(self, sock: socket.socket) -> None:
        """The request is out on this socket; the header is due."""
        with self._lock:
            self._socket = sock
            self._header_by = min(time.monotonic() + self._limits.header, self.ends)

    def detach(self) -> None:
        """The socket is about to be closed by its owner, so its number may soon belong to another."""
        with self._lock:
            self._socket = None

    def header_done(self) -> None:
        """The header is complete; from here the rate counts."""
        self._body_offset = self.received
        self._body_from = time.monotonic()

    def look(self, now: float) -> float:
        """Shuts the socket down if the exchange is late; returns when to look again."""
        self.late = self.late or self._why_late(now)
        if self.late is None:
            return self._next(now)
        with self._lock:
            if self._socket is not None:
                try:
                    # Not the method of SSLSocket, which would drop the TLS state under the reader's feet.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                except OSError:
                    self._socket = None  # gone by itself
        return now + _RATE_EVERY

    def _why_late(self, now: float) -> str | None:
        if now >= self.ends:
            return f"not finished after {self.ends - self.started:.3g} s"
        if self._body_from is None:
            is_due = self._header_by is not None and now >= self._header_by
            return f"no complete header after {self._limits.header:g} s" if is_due else None
        taken = now - self._body_from
        if taken >= self._limits.rate_after and self.received - self._body_offset < self._limits.rate * taken:
            return f"slower than {self._limits.rate:g} bytes a second for {taken:.3g} s"
        return None

    def _next(self, now: float) -> float:
        if self._body_from is None:
            # Not connected yet: the header cannot be due before this.
            return self._header_by or max(self.first_look, min(now + _RATE_EVERY, self.ends))
        return min(self.ends, max(self._body_from + self._limits.rate_after, now + _RATE_EVERY))


class Watchdog:
    """One thread for all meters, there only while there is something to watch."""

    def __init__(self) -> None:
        self._meters: set[Meter] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wakes_at = 0.0

    @contextmanager
    def watching(self, meter: Meter) -> Iterator[None]:
        """Watches a meter for as long as the block runs."""
        with self._changed:
            self._meters.add(meter)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fetch watchdog", daemon=True)
                self._thread.start()
            elif meter.first_look < self._wakes_at:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._meters.discard(meter)

    def _run(self) -> None:
        with self._changed:
            while self._meters or self._idle():
                now = time.monotonic()
                self._wakes_at = min((min(meter.look(now), now + 1.0) for meter in self._meters), default=now)
                self._changed.wait(max(self._wakes_at - now, 0.0))
            self._thread = None

    def _idle(self) -> bool:
        """Waits for a meter; False when none came."""
        self._wakes_at = time.monotonic() + _IDLE
        self._changed.wait_for(lambda: bool(self._meters), _IDLE)
        return bool(self._meters)
