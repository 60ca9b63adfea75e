"""Connections to an address that was checked, each byte counted, each failure named.

`PinnedConnection` does the one look-up, connects to its answer and asks the socket who is at the other end; host
name, TLS server name and certificate check stay those of the address. `Answer` reads the response under a meter.
"""

import http.client
import io
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import SSLError

from sources.guard import Guard, Refused
from sources.http.address import Address
from sources.http.faults import Fault
from sources.http.head import Head, read_head
from sources.http.limits import Limits
from sources.http.watchdog import Meter


@dataclass(slots=True)
class Line:
    """What the connections to one origin share: who may be called, the meter of the exchange at hand, who answered."""

    address: Address
    guard: Guard
    limits: Limits
    meter: Meter
    peer: str = ""
    target: str = ""
    head: Head | None = field(default=None, repr=False)
    connection: HTTPConnection | None = field(default=None, repr=False)

    def start(self, address: Address, meter: Meter) -> None:
        """A new exchange begins, over the connection of the last one if that is still open."""
        self.address, self.meter, self.head, self.target = address, meter, None, address.target


class _Counted(io.RawIOBase):
    """The reading end of a socket: counts, and says in our own terms what went wrong."""

    def __init__(self, raw: Any, meter: Meter) -> None:
        self._raw = raw
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            count = int(self._raw.readinto(buffer) or 0)
        except (OSError, ValueError) as error:  # ValueError: the socket was closed under the reader
            raise _why(error, self._meter) from None
        if count == 0 and self._meter.late:
            raise Fault("slow", self._meter.late)
        self._meter.received += count
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class Answer(http.client.HTTPResponse):
    """A response whose head we read ourselves; the body's framing stays with `http.client`."""

    def __init__(self, sock: socket.socket, line: Line, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._line = line
        line.meter.attach(sock)
        self.fp: Any = io.BufferedReader(_Counted(self.fp.detach(), line.meter), 65_536)

    def begin(self, **options: Any) -> None:
        """Reads the head under the caps, then lets the base class act on a plain copy of it."""
        if self.headers is not None:
            return
        line, source = self._line, self.fp
        line.head = head = read_head(source, line.limits)
        line.meter.header_done()
        self.fp = io.BytesIO(head.plain())
        try:
            super().begin(**options)
        finally:
            self.fp = source

    def _close_conn(self) -> None:
        self._line.meter.detach()
        super()._close_conn()  # type: ignore[misc]  # the only place where the descriptor is let go


class _Pinned:
    """Mixed into urllib3's connections."""

    line: Line

    def _new_conn(self) -> socket.socket:
        return dial(self.line, float(self.timeout or self.line.limits.connect))  # type: ignore[attr-defined]

    def putrequest(self, method: str, url: str, *args: Any, **options: Any) -> None:
        self.line.target = url
        self.line.meter.sent_at = time.monotonic()
        self.line.connection = self  # type: ignore[assignment]
        super().putrequest(method, url, *args, **options)  # type: ignore[misc]

    def response_class(self, sock: socket.socket, *args: Any, **options: Any) -> Answer:
        return Answer(sock, self.line, *args, **options)


class PinnedConnection(_Pinned, HTTPConnection):  # type: ignore[misc]  # response_class: a method makes the answers
    """Plain HTTP."""

    def __init__(self, *args: Any, line: Line, **options: Any) -> None:
        self.line = line
        super().__init__(*args, **options)


class PinnedTLSConnection(_Pinned, HTTPSConnection):  # type: ignore[misc]
    """HTTP over TLS; the certificate must be the host name's."""

    def __init__(self, *args: Any, line: Line, **options: Any) -> None:
        self.line = line
        super().__init__(*args, **options)

    def connect(self) -> None:
        try:
            super().connect()
        except TimeoutError:
            raise Fault("slow", "the TLS handshake was not finished in time") from None
        except ssl.SSLEOFError:
            raise Fault("disconnected", "the connection ended inside the TLS handshake") from None
        except (ssl.SSLError, SSLError, ssl.CertificateError) as error:
            raise Fault("tls", f"no trusted TLS connection: {_tls_reason(error)}") from None
        except OSError as error:
            raise _why(error, self.line.meter) from None


def dial(line: Line, seconds: float) -> socket.socket:
    """A connected socket to one of the checked addresses of the line's host.

    :raises Refused: an answer of the resolver, or the peer itself, lies in a closed range.
    :raises Fault: `dns` or `connect`.
    """
    ends = time.monotonic() + min(seconds, line.meter.remaining())
    why: OSError | None = None
    for numeric in _resolved(line, ends):
        try:
            sock = socket.create_connection((numeric, line.address.port), max(ends - time.monotonic(), 0.001))
        except OSError as error:
            why = error
            continue
        try:
            line.peer = str(sock.getpeername()[0])
            line.guard.check_peer(line.peer, line.address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (OSError, Refused):
            sock.close()
            raise
        return sock
    reason = "timed out" if isinstance(why, TimeoutError) else (why.strerror or type(why).__name__ if why else "none")
    raise Fault("connect", f"no connection to {line.address.authority}: {reason}")


def _resolved(line: Line, ends: float) -> tuple[str, ...]:
    """The look-up in a thread of its own: the system's resolver has no timeout we could set."""
    answer: list[tuple[str, ...] | Exception] = []

    def look_up() -> None:
        try:
            answer.append(line.guard.addresses(line.address))
        except (OSError, UnicodeError, Refused) as error:  # UnicodeError: a label longer than 63 characters
            answer.append(error)

    thread = threading.Thread(target=look_up, name="look-up", daemon=True)
    thread.start()
    thread.join(max(ends - time.monotonic(), 0.001))
    found = answer[0] if answer else TimeoutError("timed out")
    if isinstance(found, Refused):
        raise found
    if isinstance(found, Exception):
        raise Fault("dns", f"{line.address.host} does not resolve: {found}")
    return found


def _why(error: OSError | ValueError, meter: Meter) -> Fault:
    if meter.late or isinstance(error, TimeoutError):
        return Fault("slow", meter.late or "the server sent nothing in time")
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return Fault("tls", f"the TLS connection broke: {_tls_reason(error)}")
    text = error.strerror if isinstance(error, OSError) else None
    return Fault("disconnected", f"the connection broke: {text or type(error).__name__}")


def _tls_reason(error: Exception) -> str:
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    told = getattr(inner, "verify_message", None) or getattr(inner, "reason", None) or str(inner)
    return str(told)[:200]
