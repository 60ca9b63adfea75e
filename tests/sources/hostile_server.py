"""A server on raw sockets that does with a connection whatever it is told, and writes down who asked for what, when."""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hit:
    """One request as it came in; `at` is seconds since the epoch, header names are lower case."""

    at: float
    path: str
    headers: dict[str, str]


Behaviour = Callable[["Wire", Hit], None]


class Wire:
    """The server's end of one connection. Sending to a client that has hung up is nothing to a hostile server."""

    def __init__(self, sock: socket.socket, server: "HostileServer") -> None:
        self.sock = sock
        self.server = server
        self.open = True

    def send(self, data: bytes) -> None:
        if self.open:
            try:
                self.sock.sendall(data)
            except OSError:
                self.open = False

    def drip(self, data: bytes, every: float = 0.1) -> None:
        for index in range(len(data)):
            self.send(data[index : index + 1])
            if not self.open or self.server.closing.wait(every):
                return

    def forever(self, piece: bytes, every: float = 0.0) -> None:
        while self.open and not self.server.closing.is_set():
            self.send(piece)
            if every:
                time.sleep(every)

    def stay(self) -> None:
        """Says nothing more and keeps the connection until the server closes."""
        self.server.closing.wait()

    def reset(self) -> None:
        """Hangs up with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.hang_up()

    def hang_up(self) -> None:
        self.open = False
        with contextlib.suppress(OSError):
            self.sock.close()


def whole(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    """A well-formed answer with a length."""
    head = "".join(f"{one}\r\n" for one in (*fields, f"Content-Length: {len(body)}"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def says(data: bytes, *, close: bool = True) -> Behaviour:
    """A behaviour that sends these bytes, then closes."""

    def behave(wire: Wire, hit: Hit) -> None:
        wire.send(data)
        if close:
            wire.hang_up()

    return behave


@dataclass
class HostileServer:
    """Serves `behaviours` by path (the query is theirs); unknown paths are 404, or `otherwise`. A thread each."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    forbidden_port: int = 1
    hits: list[Hit] = field(default_factory=list)
    connections: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    otherwise: Behaviour | None = None
    on_request: Callable[[], object] = lambda: None  # while whoever asks waits for the answer

    def __post_init__(self) -> None:
        self._listener = socket.create_server((self.host, 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Hit]:
        """The hits of one path, in order."""
        return [hit for hit in self.hits if hit.path == path]

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        try:
            sock.settimeout(20)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            wire = Wire(sock, self)
            for hit in self._requests(wire):
                behave = self.behaviours.get(hit.path.partition("?")[0].strip("/"), self.otherwise or NOT_THERE)
                behave(wire, hit)
                if not wire.open:
                    break
        except OSError:
            pass  # the client went away, or did not trust us
        finally:
            sock.close()

    def _requests(self, wire: Wire) -> Iterator[Hit]:
        pending = b""
        while not self.closing.is_set():
            while b"\r\n\r\n" not in pending:
                wire.sock.settimeout(0.2)
                try:
                    piece = wire.sock.recv(65_536)
                except TimeoutError:
                    if self.closing.is_set():
                        return
                    continue
                if not piece:
                    return
                pending += piece
            wire.sock.settimeout(20)
            head, _, pending = pending.partition(b"\r\n\r\n")
            line, *fields = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in fields)}
            hit = Hit(time.time(), line.split(" ")[1], headers)
            self.hits.append(hit)
            self.on_request()
            yield hit


NOT_THERE = says(whole(b"nothing here", status="404 Not Found"), close=False)
