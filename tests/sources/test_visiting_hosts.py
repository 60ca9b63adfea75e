"""What a visit does with Retry-After, Crawl-delay and errors, and who it says it is."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from sources.capture import Capture
from sources.errors import ConfigError
from sources.guard import Guard
from sources.http.limits import Limits
from sources.identity import Identity
from sources.politeness import LONGEST_PAUSE
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BODY
from tests.sources.hostile_server import Behaviour, Hit, HostileServer, Wire, says, whole
from tests.sources.standing_clock import START, Clock

LIMITS = Limits(total=120.0, header=60.0, connect=60.0, attempts=3, patience=60.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer({"page": says(whole(BODY), close=False)})
    yield server
    server.close()


def web_at(server: HostileServer, folder: Path, clock: Clock, pace: float = 2.0) -> Web:
    guard = Guard(allowed=frozenset({(server.host, server.port)}))
    return open_web(
        folder, contact="", guard=guard, limits=LIMITS, pace=pace,
        now=clock.utc, clock=clock, sleep=clock.sleep, draw=lambda: 0.5,
    )  # fmt: skip


def get(web: Web, server: HostileServer, path: str, pace: float | None = None) -> Capture | NotModified | Failure:
    return fetch_web(WebRequest(server.url(path), "test", path, path, pace=pace), web)


def retry(status: str, *fields: str) -> Behaviour:
    """Answers so the first time, then with the page."""

    def behave(wire: Wire, hit: Hit) -> None:
        first = len(wire.server.asked(hit.path)) == 1
        wire.send(whole(b"later", *fields, status=status) if first else whole(BODY))

    return behave


def at(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(START, UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("20", 20.0, 21.0),
        (at(30), 25.9, 28.0),  # less the time before it is asked
        (at(-3600), 2.0, 3.0),
        ("0", 2.0, 3.0),
        ("-5", 2.0, 3.0),
        ("soon", 2.0, 3.0),
        ("", 2.0, 3.0),
    ],
)
def test_retry_after_in_both_forms(
    status: str, value: str, least: float, most: float, server: HostileServer, tmp_path: Path, clock: Clock
) -> None:
    server.behaviours["busy"] = retry(status, f"Retry-After: {value}")
    web = web_at(server, tmp_path, clock)
    get(web, server, "/page")
    before = clock()

    result = get(web, server, "/busy")

    assert isinstance(result, Capture)
    assert least + 2.0 <= clock() - before <= most + 2.1, "after the wait for its own turn"


@pytest.mark.parametrize("value", ["3600", at(3600), "999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_long_retry_after_is_not_waited_for_and_stops_the_whole_host(
    value: str, server: HostileServer, tmp_path: Path, clock: Clock
) -> None:
    server.behaviours["busy"] = retry("429 Too Many Requests", f"Retry-After: {value}")
    web = web_at(server, tmp_path, clock)

    result = get(web, server, "/busy")
    other = get(web_at(server, tmp_path, clock), server, "/page")

    for one in (result, other):
        assert isinstance(one, Failure) and (one.outcome, one.kind) == ("skipped", "paused")
        assert one.retry_after is not None and 3500 < one.retry_after <= LONGEST_PAUSE
    assert isinstance(result, Failure) and result.status == 429
    assert [hit.path for hit in server.hits] == ["/robots.txt", "/busy"]


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("400 Bad", 1), ("401 No", 1), ("403 No", 1), ("404 No", 1), ("405 No", 1), ("410 Gone", 1), ("451 No", 1),
        ("501 No", 1), ("505 No", 1), ("408 Slow", 3), ("425 Early", 3), ("429 Many", 3), ("500 Oops", 3),
        ("502 Oops", 3), ("503 Oops", 3), ("504 Oops", 3), ("522 Oops", 3), ("524 Oops", 3),
    ],
)  # fmt: skip
def test_only_what_may_help_is_tried_again_and_at_the_same_pace(
    status: str, asked: int, server: HostileServer, tmp_path: Path, clock: Clock
) -> None:
    times: list[float] = []

    def behave(wire: Wire, hit: Hit) -> None:
        times.append(clock())
        wire.send(whole(b"no", status=status))

    server.behaviours["no"] = behave

    result = get(web_at(server, tmp_path, clock), server, "/no")

    assert isinstance(result, Failure) and result.status == int(status[:3])
    assert len(times) == asked
    assert all(b - a >= 2.0 for a, b in pairwise(times))


def test_crawl_delay_is_honoured(server: HostileServer, tmp_path: Path, clock: Clock) -> None:
    server.behaviours["robots.txt"] = says(whole(b"User-agent: *\nCrawl-delay: 20\n"), close=False)
    web = web_at(server, tmp_path, clock)
    get(web, server, "/page")
    before = clock()

    get(web, server, "/page")

    assert clock() - before >= 20.0


def test_no_visit_without_a_contact_but_to_this_machine(server: HostileServer, tmp_path: Path) -> None:
    guard = Guard(allowed=frozenset({(server.host, server.port)}), resolve=lambda host, port: ["10.0.0.1"])
    web = open_web(tmp_path, contact="", guard=guard, pace=0.0)
    named = open_web(tmp_path, contact="press@archive.example", guard=guard, pace=0.0)

    with pytest.raises(ConfigError, match="contact"):
        fetch_web(WebRequest("https://news.example/", "test", "ref", "name"), web)
    assert isinstance(get(web, server, "/page"), Capture)
    assert isinstance(get(named, server, "/page"), Capture)

    assert server.hits[-1].headers["user-agent"].endswith(" (+press@archive.example)")
    assert server.hits[-1].headers["user-agent"].startswith("Communique/")


def test_a_redirect_off_this_machine_needs_a_contact_too(server: HostileServer, tmp_path: Path, clock: Clock) -> None:
    server.behaviours["moved"] = says(whole(b"", "Location: https://news.example/", status="302 Found"), close=False)

    with pytest.raises(ConfigError, match="contact"):
        get(web_at(server, tmp_path, clock), server, "/moved")


@pytest.mark.parametrize(
    "contact", ["me", "me@", "a b@c.example", "x@y.example\r\nX: y", "ftp://a.example", "é@a.example"]
)
def test_a_contact_must_be_one(contact: str) -> None:
    with pytest.raises(ConfigError, match="contact"):
        Identity(contact)


def test_a_name_that_does_not_resolve_in_time(tmp_path: Path) -> None:
    over = threading.Event()

    def hanging(host: str, port: int) -> list[str]:
        over.wait()
        return []

    guard = Guard(resolve=hanging)
    limits = Limits(total=0.4, connect=0.2, attempts=2)
    web = open_web(tmp_path, contact="press@archive.example", guard=guard, limits=limits, pace=0.0, draw=lambda: 0.0)

    result = fetch_web(WebRequest("http://news.example/", "s", "r", "n"), web)

    over.set()
    assert isinstance(result, Failure) and result.kind == "unreachable" and "does not resolve" in result.reason


def test_a_port_where_nobody_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    guard = Guard(allowed=frozenset({("127.0.0.1", port)}))
    web = open_web(tmp_path, contact="", guard=guard, limits=LIMITS, pace=0.0, draw=lambda: 0.0)

    result = fetch_web(WebRequest(f"http://127.0.0.1:{port}/", "s", "r", "n"), web)

    assert isinstance(result, Failure) and "refused" in result.reason.lower()
