"""A visit that goes well, and what of it is recorded: bytes, fields, hops, digests; and no secrets."""

import gzip
import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sources.capture import Capture
from sources.guard import Guard
from sources.visiting import Credential
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BEHAVIOURS, BODY, redirect
from tests.sources.hostile_server import Hit, HostileServer, Wire, says, whole
from tests.sources.patience import PATIENT

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
CANARY = "canary-5e1f0c"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer(dict(BEHAVIOURS))
    yield server
    server.close()


@pytest.fixture
def web(server: HostileServer, tmp_path: Path) -> Iterator[Web]:
    web = new_web(server, tmp_path)
    yield web
    web.close()


def new_web(*servers_and_folder: HostileServer | Path, credentials: tuple[Credential, ...] = ()) -> Web:
    *servers, folder = servers_and_folder
    assert isinstance(folder, Path)
    allowed = frozenset((one.host, one.port) for one in servers if isinstance(one, HostileServer))
    return open_web(
        folder, contact="", guard=Guard(allowed=allowed), limits=PATIENT, pace=0.0, draw=lambda: 0.0,
        now=lambda: NOW, credentials=credentials,
    )  # fmt: skip


def ask(server: HostileServer, path: str, **facts: object) -> WebRequest:
    return replace(WebRequest(server.url(path), "a_source", "ref-1", "a name"), **facts)  # type: ignore[arg-type]


def captured(result: Capture | NotModified | Failure) -> Capture:
    assert isinstance(result, Capture), result
    return result


def test_a_page_with_all_its_circumstances(server: HostileServer, web: Web) -> None:
    packed = gzip.compress(BODY, mtime=0)
    head = b'HTTP/1.1 200 Fine\r\nX-B: 2\r\nx-a: 1\r\nETag: W/"v9"\r\nX-B: 3\r\nContent-Encoding: gzip\r\n'
    head += b"Content-Type: text/HTML; charset=Big5\r\nContent-Length: %d\r\n\r\n" % len(packed)
    server.behaviours["notice"] = says(head + packed, close=False)

    capture = captured(fetch_web(ask(server, "/notice?b=1#part", listed_at=NOW - timedelta(hours=1)), web))

    assert capture.body == BODY
    assert capture.content_sha256 == hashlib.sha256(BODY).hexdigest()
    assert capture.payload_sha256 == hashlib.sha256(packed).hexdigest()
    assert (capture.source, capture.ref, capture.name, capture.status) == ("a_source", "ref-1", "a name", 200)
    assert capture.target_uri == capture.url == capture.final_url == server.url("/notice?b=1")
    assert (capture.media_type, capture.charset) == ("text/html", "Big5")
    assert (capture.completeness, capture.proof, capture.captured_at) == ("whole", "length", NOW)
    exchange = capture.exchanges[-1]
    assert exchange.head == head and exchange.payload == packed
    assert [name for name, _ in capture.headers][:4] == ["X-B", "x-a", "ETag", "X-B"]
    assert exchange.request_head().startswith(b"GET /notice?b=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nAccept-Encoding: gzip, identity\r\n" in exchange.request_head()
    assert exchange.peer == "127.0.0.1" and exchange.wire_bytes == len(head) + len(packed)
    assert [one.url for one in capture.exchanges] == [server.url("/robots.txt"), exchange.url]


def test_what_is_recorded_as_sent_is_what_was_sent(server: HostileServer, web: Web) -> None:
    exchange = captured(fetch_web(ask(server, "/fine?q=a|b&c={d}"), web)).exchanges[-1]

    hit = server.hits[-1]
    assert hit.path == exchange.request_target
    assert hit.headers == {name.lower(): value for name, value in exchange.request_headers}


def test_circumstances_survive_json(server: HostileServer, web: Web) -> None:
    server.behaviours["old"] = redirect("/fine")
    capture = captured(fetch_web(ask(server, "/old", listed_at=NOW), web))

    told = json.loads(json.dumps(capture.circumstances()))

    assert Capture.from_circumstances(told, capture.body) == replace(capture, exchanges=())


def test_redirects_are_walked_and_recorded(server: HostileServer, web: Web) -> None:
    server.behaviours |= {"old": redirect("/older/../newer?x=1"), "newer": redirect("/fine")}

    capture = captured(fetch_web(ask(server, "/old"), web))

    assert capture.url == server.url("/old")
    assert capture.final_url == capture.target_uri == server.url("/fine")
    assert capture.hops == (server.url("/old"), server.url("/newer?x=1"))
    assert [one.status for one in capture.exchanges] == [404, 302, 302, 200]


def test_one_connection_serves_many_requests(server: HostileServer, web: Web) -> None:
    for number in range(5):
        captured(fetch_web(ask(server, f"/fine?{number}"), web))

    assert server.connections == 1


def _conditional(wire: Wire, hit: Hit) -> None:
    known = hit.headers.get("if-none-match") == '"v1"'
    wire.send(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n' if known else whole(BODY, 'ETag: "v1"'))


@pytest.mark.parametrize(
    ("facts", "sent", "outcome"),
    [
        ({"held": True}, True, NotModified),
        ({"held": False}, False, Capture),
        ({"held": True, "full": True}, False, Capture),
        ({"held": True, "held_at": "http://127.0.0.1:1/elsewhere"}, False, Capture),
    ],
)
def test_validators_are_sent_for_the_body_we_hold_alone(
    facts: dict[str, object], sent: bool, outcome: type, server: HostileServer, web: Web
) -> None:
    server.behaviours["cached"] = _conditional
    modified = "Sat, 31 Jan 2026 11:00:00 GMT"

    result = fetch_web(ask(server, "/cached", etag='"v1"', last_modified=modified, **facts), web)

    assert isinstance(result, outcome)
    assert ("if-none-match" in server.hits[-1].headers) is sent
    assert ("if-modified-since" in server.hits[-1].headers) is sent


def test_a_304_that_nobody_asked_for_is_a_failure(server: HostileServer, web: Web) -> None:
    server.behaviours["cached"] = says(b"HTTP/1.1 304 Not Modified\r\n\r\n", close=False)

    result = fetch_web(ask(server, "/cached", etag='"v1"', held=False), web)

    assert isinstance(result, Failure) and (result.outcome, result.kind) == ("failed", "not_modified")


def test_a_stored_validator_cannot_smuggle_a_header(server: HostileServer, web: Web) -> None:
    captured(fetch_web(ask(server, "/fine", etag='"v1"\r\nX-Evil: 1', held=True), web))

    assert "x-evil" not in server.hits[-1].headers


@pytest.mark.parametrize("status", [404, 410])
def test_gone_is_told_apart_and_the_answer_kept(status: int, server: HostileServer, web: Web) -> None:
    server.behaviours["gone"] = says(whole(b"withdrawn", status=f"{status} Gone"), close=False)

    result = fetch_web(ask(server, "/gone"), web)

    assert isinstance(result, Failure) and (result.kind, result.status) == ("gone", status)
    assert result.exchanges[-1].payload == b"withdrawn"


def test_a_failed_attempt_is_tried_again_and_both_are_kept(server: HostileServer, web: Web) -> None:
    def behave(wire: Wire, hit: Hit) -> None:
        if len(wire.server.asked(hit.path)) == 1:
            wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            wire.hang_up()
        else:
            wire.send(whole(b"the whole"))

    server.behaviours["flaky"] = behave

    capture = captured(fetch_web(ask(server, "/flaky"), web))

    assert capture.body == b"the whole"
    assert [one.payload for one in capture.exchanges[1:]] == [b"half", b"the whole"]
    assert [one.truncated for one in capture.exchanges[1:]] == ["disconnect", None]


def test_the_environment_names_no_proxy_and_no_password(
    server: HostileServer, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login me password {CANARY}\n")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    monkeypatch.setenv("NETRC", str(netrc))

    captured(fetch_web(ask(server, "/fine"), web))

    assert "authorization" not in server.hits[-1].headers


def test_a_secret_goes_to_its_origin_alone_and_into_no_record(
    server: HostileServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = HostileServer({"": says(whole(BODY), close=False)})
    server.behaviours["api"] = redirect(other.url("/"))
    secret = Credential(f"http://127.0.0.1:{server.port}", "Authorization", f"Bearer {CANARY}")
    web = new_web(server, other, tmp_path / "hosts", credentials=(secret,))

    with caplog.at_level(logging.DEBUG):
        capture = captured(fetch_web(ask(server, "/api"), web))
        failure = fetch_web(ask(server, "/cut_in_mid_header"), web)

    web.close()
    other.close()
    assert server.asked("/api")[0].headers["authorization"] == f"Bearer {CANARY}"
    assert all("authorization" not in hit.headers for hit in other.hits)
    written = [path.read_text() for path in (tmp_path / "hosts").rglob("*") if path.is_file()]
    heads = [one.request_head() for one in capture.exchanges]
    assert CANARY not in f"{secret}{capture}{capture.circumstances()}{failure}{heads}{written}{caplog.text}"


def test_cookies_are_not_kept(server: HostileServer, web: Web) -> None:
    server.behaviours["cookie"] = says(whole(BODY, "Set-Cookie: id=1; Path=/"), close=False)

    for _ in range(2):
        captured(fetch_web(ask(server, "/cookie"), web))

    assert "cookie" not in server.hits[-1].headers
