"""A press office of our own invention over real HTTP on this machine: feed, pages, validators, a log of visits."""

import hashlib
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from flows.direct import ingest_directly
from flows.run import open_run
from tests.blank import lay_out
from tests.desk import NOON, Desk
from tests.samples import ORCHARD, QUAY
from tests.sources.hostile_server import Behaviour, Hit, HostileServer, Wire, whole
from warehouse.rebuilding import rebuild

SOURCE = "harbour"
HTML, RSS = "Content-Type: text/html; charset=utf-8", "Content-Type: application/rss+xml; charset=utf-8"


def page(title: str, paragraphs: tuple[str, ...], day: str = "2026-01-30", more: str = "") -> bytes:
    """A release as a plain site prints it."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    head = f'<title>{escape(title)}</title><meta property="article:published_time" content="{day}T09:00:00+00:00">'
    body = f"<article><h1>{escape(title)}</h1>\n{text}{more}</article>"
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def told_of(name: str) -> tuple[str, ...]:
    """Paragraphs that no other release has."""
    return (f"This release is about {name} and nothing else; it was written for {name} alone.", *QUAY[1:3], ORCHARD[0])


@dataclass
class PressSite:
    """`listed` are paths in the order of the feed, `bodies` what stands there; `say` replaces how a path behaves.

    Everything in `bodies` is served with an ETag, and with 304 to whoever holds it.
    """

    host: str = "127.0.0.1"
    listed: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    base: str | None = None  # of the addresses in the feed, where another server has the pages

    def __post_init__(self) -> None:
        self.server = HostileServer(host=self.host)
        self.say("feed.xml", lambda wire, hit: self._answer(wire, hit, self.feed(), RSS))

    def issue(self, *names: str, day: str = "2026-01-30") -> None:
        """Releases of those names, newest first in the feed."""
        for name in names:
            path = f"{name}.html"
            self.listed.insert(0, path)
            self.titles[path], self.days[path] = f"Notice about {name}", day
            self.put(path, page(f"Notice about {name}", told_of(name), day))

    def put(self, path: str, body: bytes, kind: str = HTML) -> None:
        """What stands at a path from now on."""
        self.bodies[path] = body
        self.say(path, lambda wire, hit: self._answer(wire, hit, self.bodies[path], kind))

    def say(self, path: str, behave: Behaviour) -> None:
        self.server.behaviours[path] = behave

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{escape(self.titles[path])}</title><link>{self.base or self.server.url('')}/{path}</link>"
            f"<pubDate>{format_datetime(NOON.replace(month=int(day[5:7]), day=int(day[8:])))}</pubDate></item>"
            for path in self.listed
            for day in (self.days[path],)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Notices</title>{items}</channel></rss>'.encode()
        )

    def asked(self, path: str) -> int:
        """How often somebody asked for a path."""
        return len(self.server.asked(f"/{path}"))

    def pages_asked(self) -> list[str]:
        """The paths asked for, in order, but for robots.txt, the feed and the probe."""
        left_out = ("robots.txt", "feed.xml", "no-such-page")
        return [hit.path[1:] for hit in self.server.hits if not hit.path[1:].startswith(left_out)]

    def _answer(self, wire: Wire, hit: Hit, body: bytes, kind: str) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if hit.headers.get("if-none-match") == etag:
            wire.send(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
        else:
            wire.send(whole(body, kind, f"ETag: {etag}", *self.fields))


def configure(desk: Desk, site: PressSite, *others: PressSite, name: str = SOURCE, more: str = "", **keys: Any) -> None:
    """A source file for the site's feed in the desk's home, and leave to visit the servers."""
    told = {
        "title": "Notices of an invented harbour office",
        "kind": "feed",
        "publisher": "harbour.example",
        "language": "en",
        "zone": "Etc/UTC",
        "rights": "ours",
        "pace": 0.0,
        "urls": [site.server.url("/feed.xml")],
    } | keys
    lines = (f"{key} = {_toml(value)}\n" for key, value in told.items())
    desk.home.sources.mkdir(parents=True, exist_ok=True)
    (desk.home.sources / f"{name}.toml").write_text("".join(lines) + more, encoding="utf-8")
    allowed = (f"{one.host}:{one.server.port}" for one in (site, *others))
    desk.settings_given["allow"] = (*desk.settings_given.get("allow", ()), *allowed)


def visit(desk: Desk, name: str = SOURCE, **given: Any) -> dict[str, int]:
    """One direct run over the source; the outcomes that happened."""
    lay_out(desk.home)
    run = open_run(desk.settings(), name, flow="ingest", now=lambda: desk.now, **given)
    return {str(outcome): n for outcome, n in ingest_directly(run).items() if n}


def settings_of(desk: Desk) -> dict[str, str]:
    """The desk's settings as a command of its own takes them."""
    return {"COMMUNIQUE_ALLOW": ",".join(desk.settings_given["allow"])}


def rebuilt(desk: Desk) -> str:
    """The content hash of the archive made again from raw."""
    return rebuild(desk.home, now=lambda: desk.now, wait=5.0, seen=lambda _: None)


def raw_files(desk: Desk, folder: str = "") -> list[Path]:
    return sorted((desk.home.raw / folder).rglob("*.warc.gz"))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
