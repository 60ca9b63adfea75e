"""No connection to anything but public web servers, however the address is written and whatever the resolver says."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.guard import Guard, Refused, is_closed
from sources.http.address import whatwg
from sources.http.limits import Limits
from sources.http.sessions import Sessions
from sources.web import Failure, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import redirect
from tests.sources.hostile_server import HostileServer, says, whole

TABLE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "urls" / "urltestdata.json"

# One loopback, spelled in the ways that browsers and resolvers understand.
LOOPBACK_FORMS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]",
    "[fec0::1]",
]
CLOSED = [
    "10.1.2.3", "100.64.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "0.1.2.3", "::", "::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "100::1", "2001::1", "2001:db8::1",
    "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
]  # fmt: skip
OPEN = [
    "8.8.8.8",
    "1.1.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2400:cb00::1",
]


@pytest.fixture
def sentinel() -> Iterator[HostileServer]:
    """Listens where nobody may connect."""
    server = HostileServer({"": says(whole(b"secret"))})
    yield server
    server.close()


def cases() -> list[dict[str, Any]]:
    if not TABLE.exists():
        pytest.skip(f"needs {TABLE.name} in ../shared/corpora/urls beside the checkout")
    return [case for case in json.loads(TABLE.read_text(encoding="utf-8")) if isinstance(case, dict)]


def read(case: dict[str, Any]) -> str | None:
    try:
        return str(whatwg(case["input"], case["base"]).href)
    except ValueError:
        return None


def test_addresses_are_read_as_the_standard_says() -> None:
    right = [case for case in cases() if not case.get("failure") and read(case) == case["href"]]
    refused = [case for case in cases() if case.get("failure") and read(case) is None]

    assert len(right) >= 590, "of 596"
    assert len(refused) >= 265, "of 273"


def test_the_guard_refuses_or_passes_every_address_of_the_standards_table() -> None:
    for case in cases():
        try:
            address = Guard(resolve=lambda host, port: ["127.0.0.1"]).check(case["input"], case["base"])
        except Refused:
            continue
        assert not case.get("failure") or "xn--" in address.host, "the eight labels that the library lets through"
        assert address.scheme in ("http", "https") and address.port in (80, 443)
        try:
            found = Guard(resolve=lambda host, port: ["127.0.0.1"]).addresses(address)
        except Refused:
            continue
        assert found == (address.host,) and not is_closed(ip_address(address.host)), "a public literal address"


@pytest.mark.parametrize("host", LOOPBACK_FORMS)
def test_no_spelling_of_an_inner_address_reaches_it(host: str, sentinel: HostileServer, tmp_path: Path) -> None:
    guard = Guard(ports=frozenset({sentinel.port}), resolve=lambda name, port: ["127.0.0.1"])
    web = open_web(tmp_path, contact="press@archive.example", guard=guard, limits=Limits(total=2, attempts=1), pace=0.0)

    result = fetch_web(WebRequest(f"http://{host}:{sentinel.port}/", "test", "ref", "name"), web)

    assert isinstance(result, Failure) and result.kind in ("refused", "unreachable")
    assert sentinel.connections == 0


@pytest.mark.parametrize("host", [*LOOPBACK_FORMS, "169.254.169.254", "[fe80::1]", "10.0.0.1", "localhost"])
def test_no_redirect_leads_inward(host: str, sentinel: HostileServer, tmp_path: Path) -> None:
    public = HostileServer({"": redirect(f"http://{host}:{sentinel.port}/")})
    guard = Guard(
        ports=frozenset({sentinel.port}),
        allowed=frozenset({("127.0.0.1", public.port)}),
        resolve=lambda name, port: ["127.0.0.1"],
    )
    web = open_web(tmp_path, contact="press@archive.example", guard=guard, limits=Limits(total=2, attempts=1), pace=0.0)

    result = fetch_web(WebRequest(public.url("/"), "test", "ref", "name"), web)

    public.close()
    assert isinstance(result, Failure) and result.kind in ("refused", "unreachable", "malformed")
    assert sentinel.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1\\@news.example/",
        "http://news.example\\.evil.example/",
        "http://user@news.example/",
        "http://user:word@news.example/",
        "http://@news.example/",
        "http://news.example/\x00",
        "http://news.example/a\r\nHost: evil.example",
        "http://news\t.example/",
        "file:///etc/passwd",
        "ftp://news.example/",
        "gopher://news.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "//news.example/",
        "news.example/notice",
        "http://",
        "http://[::1",
        "http://news.example:22/",
        "http://news.example:8080/",
        "http://news.example:99999/",
        "http://news.example/" + "a" * 5_000,
        "",
    ],
)
def test_addresses_that_are_not_asked_for(url: str) -> None:
    with pytest.raises(Refused):
        Guard(resolve=lambda host, port: ["8.8.8.8"]).check(url)


def test_an_address_is_taken_apart_once_for_check_and_use() -> None:
    address = Guard().check("HTTPS://News.Example:443/a b/../c?d=é#frag")

    assert (address.scheme, address.host, address.port) == ("https", "news.example", 443)
    assert address.target == "/c?d=%C3%A9"
    assert address.href == "https://news.example/c?d=%C3%A9"
    assert address.authority == "news.example"


@pytest.mark.parametrize("numeric", CLOSED)
def test_closed_ranges(numeric: str) -> None:
    assert is_closed(ip_address(numeric))


@pytest.mark.parametrize("numeric", OPEN)
def test_open_ranges(numeric: str) -> None:
    assert not is_closed(ip_address(numeric))


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_private_is_open(address: Any) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert is_closed(address)


@pytest.mark.parametrize(
    "answers", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"], ["no ip"], []]
)
def test_every_answer_of_the_resolver_must_pass(answers: list[str]) -> None:
    guard = Guard(resolve=lambda host, port: answers)

    with pytest.raises((Refused, OSError)):
        guard.addresses(guard.check("http://news.example/"))


def test_a_resolver_that_changes_its_answer_is_asked_once() -> None:
    own = HostileServer({"": says(whole(b"hello"), close=False)})
    asked: list[str] = []

    def flipping(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    guard = Guard(allowed=frozenset({("127.0.0.1", own.port)}), resolve=flipping)
    sessions = Sessions(guard, Limits(), now=lambda: datetime.now(UTC))
    address = guard.check(f"http://news.example:{own.port}/")

    exchange = sessions.get(address, (("Host", address.authority),), seconds=5)
    again = sessions.get(address, (("Host", address.authority),), seconds=5)
    sessions.close()
    with pytest.raises(Refused):
        sessions.get(address, (("Host", address.authority),), seconds=5)

    own.close()
    assert exchange.payload == again.payload == b"hello"
    assert exchange.peer == "127.0.0.1"
    assert own.hits[0].headers["host"] == f"news.example:{own.port}"
    assert asked == ["news.example", "news.example"], "once for each connection, never between check and use"


def test_the_exception_is_for_one_address_and_port_only() -> None:
    guard = Guard(allowed=frozenset({("127.0.0.1", 8080)}))

    assert guard.addresses(guard.check("http://127.0.0.1:8080/")) == ("127.0.0.1",)
    for other in ("http://127.0.0.1/", "http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://[::1]:8080/"):
        with pytest.raises(Refused):
            guard.check(other)
    with pytest.raises(Refused):  # a port that is open for one address is not open for the rest
        Guard(allowed=frozenset({("127.0.0.1", 8080)}), resolve=lambda host, port: ["8.8.8.8"]).addresses(
            guard.check("http://news.example:8080/")
        )


def test_the_peer_is_asked_who_it_is() -> None:
    guard = Guard()

    with pytest.raises(Refused):
        guard.check_peer("10.0.0.1", guard.check("http://news.example/"))
