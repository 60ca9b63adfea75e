"""The site over real HTTP on loopback, with a log of who asked for what."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
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

    def answer(self, path: str) -> Answer:
        """What stands at a path today; the request is written down."""
        found = self.content(self.day, self.origin).get(path, NOT_THERE)
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

    def do_GET(self) -> None:
        newsroom: Newsroom = self.server.newsroom  # type: ignore[attr-defined]
        answer = newsroom.answer(self.path)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the newsroom keeps its own log."""
