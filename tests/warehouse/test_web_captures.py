"""What was fetched over HTTP is kept as sent and received, comes back exactly, and opens in standard tools."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sources.capture import Capture, digest
from sources.guard import Guard
from sources.http.limits import Limits
from sources.visiting import Credential
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BEHAVIOURS, BODY, redirect
from tests.sources.hostile_server import Hit, HostileServer, Wire, says, whole
from tests.sources.patience import HASTY, PATIENT
from tests.warehouse.visits import NOW, bare, keep, kinds, records_of, warcio_says
from warehouse.home import Home
from warehouse.vault.salvage import Recovered, recover
from warehouse.vault.verify import verify_raw
from warehouse.vault.warc import capture_at, captures_in

CANARY = "canary-77d0c4"
WAITED_FOR_IN_VAIN = {"body_drip", "header_drip", "silent", "stalls_in_mid_body", "endless_trailers"}
PACKED = gzip.compress(BODY, mtime=0)

Fetch = Callable[..., Capture | NotModified | Failure]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer(dict(BEHAVIOURS))
    yield server
    server.close()


@pytest.fixture
def fetch(server: HostileServer, tmp_path: Path) -> Iterator[Fetch]:
    """Visits a path of the server, with a secret of which nothing may be kept."""
    webs: dict[Limits, Web] = {}

    def visit(path: str, limits: Limits = PATIENT, **facts: object) -> Capture | NotModified | Failure:
        if limits not in webs:
            webs[limits] = _web(server, tmp_path / "hosts", limits)
        request = WebRequest(server.url(path), "a_source", f"ref of {path}", "a name")
        return fetch_web(replace(request, **facts), webs[limits])  # type: ignore[arg-type]

    yield visit
    for web in webs.values():
        web.close()


def _web(server: HostileServer, folder: Path, limits: Limits) -> Web:
    origin = server.url("").removesuffix("/")
    return open_web(
        folder, contact="", guard=Guard(allowed=frozenset({(server.host, server.port)})), limits=limits,
        pace=0.0, draw=lambda: 0.0, now=lambda: NOW, sleep=lambda _: None,
        credentials=(Credential(origin, "Authorization", f"Bearer {CANARY}"),),
    )  # fmt: skip


def captured(result: Capture | NotModified | Failure) -> Capture:
    assert isinstance(result, Capture), result
    return result


def failed(result: Capture | NotModified | Failure) -> Failure:
    assert isinstance(result, Failure), result
    return result


def is_sound(home: Home, path: Path) -> bool:
    return list(verify_raw(home)) == [] and warcio_says("check", path) == (0, "")


def test_a_page_is_a_response_its_request_and_its_metadata(server: HostileServer, fetch: Fetch, home: Home) -> None:
    head = b"HTTP/1.1 200 Fine\r\nX-B: 2\r\nx-a: 1\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n"
    head += b"Content-Length: %d\r\n\r\n" % len(PACKED)
    server.behaviours |= {"notice": says(head + PACKED, close=False), "old": redirect("/notice?b=1")}

    capture = captured(fetch("/old", listed_at=NOW))
    sealed = keep(home, capture)

    path = home.raw / sealed.path
    assert kinds(path) == ["warcinfo", *["response", "request"] * 3, "metadata"]
    assert list(captures_in(path)) == [(sealed.kept[0].offset, *bare(capture))]
    assert [capture_at(home, sealed.path, sealed.kept[0].offset)] == bare(capture)
    (_, robots, _), _, (_, hop, moved) = records_of(path)[1:4]
    assert (robots.http_headers.get_statuscode(), hop.http_headers.get_statuscode(), moved) == ("404", "302", b"moved")
    (offset, response, content), (end, request, _), (_, metadata, told) = records_of(path)[-3:]
    assert (sealed.kept[0].offset, sealed.kept[0].length) == (offset, end - offset)
    assert gzip.decompress(path.read_bytes()[offset:end]).endswith(b"\r\n\r\n" + head + PACKED + b"\r\n\r\n")
    assert content == BODY == capture.body
    said = response.rec_headers.get_header
    assert (said("WARC-Target-URI"), said("WARC-Date")) == (server.url("/notice?b=1"), "2026-01-31T12:00:00Z")
    assert (said("Content-Type"), said("WARC-IP-Address")) == ("application/http;msgtype=response", "127.0.0.1")
    assert said("WARC-Payload-Digest") == f"sha256:{capture.payload_sha256}" == f"sha256:{digest(PACKED)}"
    assert said("WARC-Concurrent-To") == metadata.rec_headers.get_header("WARC-Record-ID")
    assert request.rec_headers.get_header("WARC-Concurrent-To") == said("WARC-Record-ID")
    assert metadata.rec_headers.get_header("WARC-Refers-To") == said("WARC-Record-ID")
    assert request.http_headers.get_header("Accept-Encoding") == "gzip, identity"
    assert json.loads(told) == json.loads(json.dumps(capture.circumstances()))
    assert is_sound(home, path)


def test_other_tools_find_every_answer(server: HostileServer, fetch: Fetch, home: Home) -> None:
    server.behaviours["old"] = redirect("/fine")
    path = home.raw / keep(home, captured(fetch("/old"))).path

    code, said = warcio_says("index", "-f", "offset,warc-type,warc-target-uri,http:status", path)

    rows = [json.loads(line) for line in said.splitlines()]
    answers = [(row["warc-target-uri"], row["http:status"]) for row in rows if row["warc-type"] == "response"]
    assert answers == [(server.url("/robots.txt"), "404"), (server.url("/old"), "302"), (server.url("/fine"), "200")]
    assert [int(row["offset"]) for row in rows] == [offset for offset, _, _ in records_of(path)]
    assert code == 0


def test_what_the_hostile_server_says_is_kept_and_opens(server: HostileServer, fetch: Fetch, home: Home) -> None:
    limits = {name: HASTY if name in WAITED_FOR_IN_VAIN else PATIENT for name in BEHAVIOURS}
    results = [fetch(f"/{name}", limits[name]) for name in BEHAVIOURS]
    captures = [result for result in results if isinstance(result, Capture)]
    others = tuple(one for result in results if isinstance(result, Failure) for one in result.exchanges)
    assert len(captures) > 15 and {one.truncated for one in others} == {None, "length", "time", "disconnect"}

    sealed = keep(home, *captures, others=others)

    path = home.raw / sealed.path
    assert [capture for _, capture in captures_in(path)] == bare(*captures)
    assert is_sound(home, path)
    told = [record.rec_headers.get_header for _, record, _ in records_of(path)]
    assert {said("WARC-Truncated") for said in told} == {None, "length", "time", "disconnect"}


@pytest.mark.parametrize(
    "answer",
    [
        whole(PACKED, "Content-Encoding: gzip"),
        whole(PACKED[:1000] + b"x" * 9, "Content-Encoding: gzip"),
        whole(PACKED + b"<script>", "Content-Encoding: gzip"),
        whole(gzip.compress(BODY[:9], mtime=0) + PACKED, "CONTENT-ENCODING: x-gzip"),
        whole(zlib.compress(BODY)[2:-4], "Content-Encoding: deflate"),
        whole(gzip.compress(PACKED, mtime=0), "Content-Encoding: gzip, gzip"),
        whole(b"\x28\xb5\x2f\xfd\x04\x00", "Content-Encoding: zstd"),
        whole(gzip.compress(bytes(60_000_000), 9, mtime=0), "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + PACKED,
        b"HTTP/1.0 203 \n\n" + BODY,
        b"HTTP/1.1 200 OK\r\nX-Name: \xe9\xff\r\nthis is no header\r\nX-Fold: a\r\n  b\r\n\r\n\r\n\r\n" + BODY,
        b"HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n" + whole(BODY),
    ],
)
def test_bodies_come_back_however_they_were_sent(
    answer: bytes, server: HostileServer, fetch: Fetch, home: Home
) -> None:
    server.behaviours["notice"] = says(answer)
    capture = captured(fetch("/notice"))

    sealed = keep(home, capture)

    assert kinds(home.raw / sealed.path)[-3:] == ["response", "request", "metadata"]
    assert [capture_at(home, sealed.path, sealed.kept[0].offset)] == bare(capture)
    assert list(verify_raw(home)) == []


CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "fields", [CHUNKED, b"Content-Length: 3\r\n" + CHUNKED, CHUNKED + b"X-Crawl-Content-Length: 1\r\n"]
)
def test_a_chunked_answer_opens_without_its_chunks_whatever_the_body_looks_like(
    fields: bytes, server: HostileServer, fetch: Fetch, home: Home
) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + fields + b"Content-Type: text/plain\r\n\r\n"
    server.behaviours["notice"] = says(head + b"f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n", close=False)
    capture = captured(fetch("/notice"))
    assert capture.body == b"5\r\nhello\r\n0\r\n\r\n"

    path = home.raw / keep(home, capture).path

    _, response, content = records_of(path)[-3]
    assert content == capture.body
    assert response.http_headers.get_header("X-Crawl-Transfer-Encoding") == "chunked"
    assert response.http_headers.get_header("Content-Type") == "text/plain"
    assert not {"transfer-encoding", "content-length"} & {name.lower() for name, _ in response.http_headers.headers}
    assert [one for _, one in captures_in(path)] == bare(capture)
    assert is_sound(home, path)


def test_a_failed_attempt_is_kept_beside_the_answer(server: HostileServer, fetch: Fetch, home: Home) -> None:
    def behave(wire: Wire, hit: Hit) -> None:
        if len(wire.server.asked(hit.path)) > 1:
            wire.send(whole(b"the whole"))
        else:
            wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
            wire.hang_up()

    server.behaviours["flaky"] = behave
    path = home.raw / keep(home, captured(fetch("/flaky"))).path

    _, _, _, half, _, whole_one, *_ = records_of(path)
    assert [content for _, _, content in (half, whole_one)] == [b"half", b"the whole"]
    assert [one[1].rec_headers.get_header("WARC-Truncated") for one in (half, whole_one)] == ["disconnect", None]
    assert [capture.body for _, capture in captures_in(path)] == [b"the whole"]
    assert is_sound(home, path)


def test_an_exchange_is_kept_once_in_a_file_and_a_304_never(server: HostileServer, fetch: Fetch, home: Home) -> None:
    server.behaviours |= {"old": redirect("/fine"), "cached": says(b"HTTP/1.1 304 As Before\r\n\r\n", close=False)}
    one, two = captured(fetch("/old")), captured(fetch("/old", ref="another"))
    unchanged = fetch("/cached", etag='"v1"', held=True)
    assert isinstance(unchanged, NotModified) and unchanged.exchanges[-1].status == 304

    sealed = keep(home, one, two, others=(*one.exchanges, *unchanged.exchanges))

    codes = [
        r.http_headers.get_statuscode() for _, r, _ in records_of(home.raw / sealed.path) if r.rec_type == "response"
    ]
    assert codes == ["404", "302", "200", "200"]
    assert [capture for _, capture in captures_in(home.raw / sealed.path)] == bare(one, two)
    assert is_sound(home, home.raw / sealed.path)


def test_an_answer_that_is_no_capture_is_kept_as_an_exchange(server: HostileServer, fetch: Fetch, home: Home) -> None:
    server.behaviours["gone"] = says(whole(b"withdrawn", status="410 Gone"), close=False)

    sealed = keep(home, others=failed(fetch("/gone")).exchanges)

    path = home.raw / sealed.path
    assert kinds(path) == ["warcinfo", *["response", "request"] * 2]
    assert [content for _, record, content in records_of(path) if record.rec_type == "response"][-1] == b"withdrawn"
    assert (sealed.kept, list(captures_in(path))) == ((), [])
    assert is_sound(home, path)
    path.rename(path.with_name(path.name + ".open"))
    home.manifest.unlink()
    (home.raw / "manifest.head").unlink()
    assert recover(home, now=NOW) == Recovered(sealed=(sealed.path,), adopted=(sealed.path,))


def test_nothing_secret_is_kept(server: HostileServer, fetch: Fetch, home: Home) -> None:
    server.behaviours["old"] = redirect("/fine")
    capture, gone = captured(fetch("/old")), failed(fetch("/not_there"))
    assert {hit.headers["authorization"] for hit in server.hits} == {f"Bearer {CANARY}"}

    sealed = keep(home, capture, others=gone.exchanges)

    raw = gzip.decompress((home.raw / sealed.path).read_bytes())
    assert raw.count(b"\r\nUser-Agent: ") == kinds(home.raw / sealed.path).count("request") == 4
    assert CANARY.encode() not in raw and b"uthorization" not in raw


def test_the_same_visit_gives_the_same_bytes(fetch: Fetch, tmp_path: Path) -> None:
    capture = captured(fetch("/gzip_whole_no_length"))
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")

    assert keep(one, capture) == keep(two, capture)
