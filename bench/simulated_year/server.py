"""The world over HTTP on loopback, an address for each host, with faults; every answer is written down.

A visitor's User-Agent says which visit it is on, and which instant that visit takes for now. The server also ends a
visitor in the midst of its work, where the plan says so.
"""

import contextlib
import hashlib
import json
import os
import re
import signal
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TextIO

from bench.simulated_year.faults import Fault, fault_of
from bench.simulated_year.rendering import (
    CHALLENGE,
    HTML,
    MAINTENANCE,
    PDF,
    SOFT,
    article,
    empty_list,
    render_list,
)
from bench.simulated_year.world import SITES, World, digest_of

_TOLD = re.compile(r"visit(\d+)\.at(\d+)\.pid(\d+)@")
_HOME = b"<html><head><title>Home</title></head><body><p>Welcome.</p></body></html>"
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


def contact_of(visit: int, now: datetime) -> str:
    """The contact by which a visitor tells the server its visit, its clock and its process."""
    return f"visit{visit}.at{int(now.timestamp())}.pid{os.getpid()}@year.example"


@dataclass(slots=True)
class Answering:
    """What the server's threads share. `ended_at` says after how many requests a visit is killed."""

    world: World
    port: int
    log: TextIO
    ended_at: Mapping[int, int]
    lock: threading.Lock = field(default_factory=threading.Lock)
    asked: Counter[tuple[int, str]] = field(default_factory=Counter)
    requests: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Answer:
    """`saw` is what a visitor could see in it: the turn of a page, the revision of a file, sound, absent."""

    status: int
    kind: str
    body: bytes
    what: str
    saw: str


def serve_world(world: World, log: TextIO, ended_at: Mapping[int, int]) -> tuple[int, list[ThreadingHTTPServer]]:
    """Serves on a free port of every host of the world until the servers are shut down."""
    hosts = sorted({site.host for site in SITES})
    port, servers = 0, []
    for host in hosts:
        server = ThreadingHTTPServer((host, port), _Handler)
        server.daemon_threads = True
        port = int(server.server_address[1])
        servers.append(server)
    told = Answering(world, port, log, ended_at)
    for server in servers:
        server.answering = told  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.5}, daemon=True).start()
    return port, servers


def answer_of(world: World, host: str, path: str, now: datetime) -> Answer:
    """What stands at an address at an instant."""
    if path == "/robots.txt":
        return Answer(200, "text/plain", ROBOTS, "robots", "sound")
    page = world.pages.get((host, path))
    if page and (state := page.at(now)) and not world.is_out(page.site.name, now):
        place, turn = state
        if turn.text:
            return Answer(200, HTML, article(page.site, turn.text, now), "page", str(place))
        if turn.gone == "soft":
            return Answer(200, HTML, SOFT, "page", "absent")
        return Answer(int(turn.gone or 404), HTML, b"gone", "page", "absent")
    if path.startswith("/files/"):
        return _file(world, host, path, now)
    for site in SITES:
        if site.host == host and path.startswith(f"/{site.name}/"):
            out = world.is_out(site.name, now)
            if not out and (found := render_list(world, site, path, now)):
                return Answer(200, found[1], found[0], "list", "sound")
            if page or "no-such-page" in path:
                break
            return Answer(404, HTML, b"no such list", "list", "absent")
    if path == "/":
        return Answer(200, HTML, _HOME, "other", "sound")
    is_soft = any(site.soft for site in SITES if site.host == host) and not (page and world.is_out(page.site.name, now))
    what = "page" if page else "other"
    return Answer(200, HTML, SOFT, what, "absent") if is_soft else Answer(404, HTML, b"no", what, "absent")


def _file(world: World, host: str, path: str, now: datetime) -> Answer:
    name = path.rpartition("/")[2]
    for page in (page for site in SITES if site.host == host for page in world.of(site)):
        state = page.at(now)
        told = [turn.text.file for turn in page.turns if turn.at <= now and turn.text and turn.text.file]
        if state and told and told[-1][0] == name:
            return Answer(200, PDF, digest_of(path, told[-1][1]), "file", str(told[-1][1]))
    return Answer(404, HTML, b"no", "file", "absent")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    timeout = 20

    def do_GET(self) -> None:
        told: Answering = self.server.answering  # type: ignore[attr-defined]
        visitor = _TOLD.search(self.headers["User-Agent"])
        visit, at, pid = map(int, visitor.groups()) if visitor else (0, 0, 0)
        host = self.connection.getsockname()[0]
        with told.lock:
            told.asked[visit, self.path] += 1
            told.requests[visit] += 1
            nth, total = told.asked[visit, self.path], told.requests[visit]
        if told.ended_at.get(visit) == total:
            os.kill(pid, signal.SIGKILL)
            self.close_connection = True
            return
        now = datetime.fromtimestamp(at, UTC)
        answer = answer_of(told.world, host, self.path, now)
        fault = None
        if answer.what != "robots" and now < told.world.end:
            fault = fault_of(told.world.seed, visit, self.path, nth, is_list=answer.what == "list")
        sound = fault in (None, "slow")
        saw = answer.saw if sound else f"fault:{fault}"
        with told.lock:
            told.log.write(json.dumps([visit, host, self.path, answer.what, saw]) + "\n")
            told.log.flush()
        with contextlib.suppress(OSError):
            self._send(answer, fault, told.port)

    def _send(self, answer: Answer, fault: Fault | None, port: int) -> None:
        match fault:
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
            case "busy":
                self._whole(Answer(503, HTML, b"busy", "", ""), port)
            case "error":
                self._whole(Answer(500, HTML, b"error", "", ""), port)
            case "challenge":
                self._whole(Answer(200, HTML, CHALLENGE, "", ""), port)
            case "maintenance":
                self._whole(Answer(200, HTML, MAINTENANCE, "", ""), port)
            case "empty":
                self._whole(Answer(200, answer.kind, empty_list(self.path), "", ""), port)
            case "garbage":
                self._whole(Answer(200, answer.kind, b"\x1f\x8b not gzip at all", "", ""), port, coding="gzip")
            case "truncated":
                self._whole(answer, port, cut=True)
            case _:
                time.sleep(0.02 if fault == "slow" else 0)
                self._whole(answer, port)

    def _whole(self, answer: Answer, port: int, *, coding: str = "", cut: bool = False) -> None:
        body = answer.body.replace(b"PORT", str(port).encode())
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if answer.status == 200 and not cut and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        if coding:
            self.send_header("Content-Encoding", coding)
        elif answer.status == 200:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = self.close_connection or cut

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: there is a log of its own."""
