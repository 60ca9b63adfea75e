"""The site over real HTTP on loopback, with a log of who asked for what."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom.site import NOT_THERE, Answer, site

Site = Callable[[int, str], Mapping[str, Answer]]


@dataclass
class Newsroom:
    """A running server. Set `day` to turn the calendar; `log` holds (day, path, status) of every request."""

    origin: str
    port: int
    content: Site = site
    day: int = 1
    log: list[tuple[int, str, int]] = field(default_factory=list)

    def answer(self, path: str, held: str | None) -> Answer:
        """What stands at a path today, or that it is what the visitor holds; the request is written down."""
        found = self.content(self.day, self.origin).get(path, NOT_THERE)
        tag = f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'
        if found.status == 200:
            found = replace(found, headers=(*found.headers, ("ETag", tag)))
        if found.status == 200 and held == tag:
            found = Answer(304, (("ETag", tag),), b"")
        self.log.append((self.day, path, found.status))
        return found

    def asked(self, day: int) -> list[str]:
        """The paths asked for on a day, in order."""
        return [path for on, path, _ in self.log if on == day]


@contextmanager
def open_newsroom(content: Site = site) -> Iterator[Newsroom]:
    """Serves a site on a free port of 127.0.0.1 until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    port = int(server.server_address[1])
    newsroom = Newsroom(f"http://127.0.0.1:{port}", port, content)
    server.newsroom = newsroom  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield newsroom
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: sent apart, the body waits 40 ms for the acknowledgement of the head

    def do_GET(self) -> None:
        newsroom: Newsroom = self.server.newsroom  # type: ignore[attr-defined]
        answer = newsroom.answer(self.path, self.headers.get("If-None-Match"))
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:  # which has no body by rule (RFC 9110, 15.4.5)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the newsroom keeps its own log."""
