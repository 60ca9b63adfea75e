"""robots.txt by RFC 9309, read from its text and asked for over HTTP."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.capture import Capture
from sources.guard import Guard
from sources.http.limits import Limits
from sources.robots import LIMIT, parse, path_of, text_of
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BODY, bomb, redirect
from tests.sources.hostile_server import HostileServer, Wire, says, whole
from tests.sources.patience import HASTY, PATIENT

TABLE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "robots" / "google_robotstxt_table.json"
CLOSED = b"User-agent: *\nDisallow: /\n"
OPEN = b"User-agent: *\nDisallow: /private\n"


def access_cases(origin: str) -> list[dict[str, Any]]:
    if not TABLE.exists():
        pytest.skip(f"needs {TABLE.name} in ../shared/corpora/robots beside the checkout")
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    return [case for case in table["access"] if case["origin"] == origin]


def is_right(case: dict[str, Any]) -> bool:
    return parse(case["robots_txt"], case["agent"]).allow(case["url"]) is case["allowed"]


def test_every_access_case_that_follows_from_the_rfc() -> None:
    cases = access_cases("rfc9309")

    wrong = [case for case in cases if not is_right(case)]

    assert wrong == [] and len(cases) == 71


def test_most_cases_that_are_one_implementations_choice() -> None:
    cases = access_cases("google_only")

    assert sum(map(is_right, cases)) >= 71, "of 74; index.html for a folder and lines over 16 kB are read otherwise"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("user-agent: *\ndisallow: /a*b*c", "/a1b2c3", False),
        ("user-agent: *\ndisallow: /a*b*c$", "/a1b2c3", True),
        ("user-agent: *\ndisallow: /a*b*c$", "/a1b2c3c", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/x/y.pdf", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/x/y.pdf?page=2", True),
        ("user-agent: *\ndisallow: /ab*ba$", "/aba", True),
        ("user-agent: *\ndisallow: /%70rivate", "/private/x", False),
        ("user-agent: *\ndisallow: /private", "/%70rivate/x", False),
        ("user-agent: *\ndisallow: /新闻", "/%e6%96%b0%E9%97%BB/1", False),
        ("user-agent: *\ndisallow: /\nallow: /robots.txt-not", "/robots.txt", True),
        ("user-agent: *\ndisallow:", "/anything", True),
        ("disallow: /", "/no/group/before/the/rule", True),
        ("\ufeffuser-agent: *\r\rdisallow: /x\r", "/x", False),
        ("user-agent: other\ndisallow: /\nuser-agent: COMMUNIQUE/2.0\nallow: /", "/x", True),
        ("user-agent: communique\nuser-agent: *\ncrawl-delay: 1\ndisallow: /x", "/x", False),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert parse(text.removeprefix("\ufeff"), "Communique").allow(f"https://news.example{path}") is allowed


def test_crawl_delay_and_sitemaps() -> None:
    rules = parse("sitemap: https://a.example/s.xml\nuser-agent: *\ncrawl-delay: 2.5\ndisallow: /x\n", "Communique")

    assert rules.crawl_delay == 2.5
    assert rules.sitemaps == ("https://a.example/s.xml",)
    for nonsense in ("-1", "soon", "inf", "nan", ""):
        assert parse(f"user-agent: *\ncrawl-delay: {nonsense}\n", "Communique").crawl_delay is None


@given(st.text(alphabet="abc*$/%2\n: ", max_size=60), st.text(alphabet="abc/%2", max_size=20))
def test_any_text_gives_an_answer(rules: str, path: str) -> None:
    parse(f"user-agent: *\ndisallow: {rules}", "Communique").allow(f"https://news.example/{path}")


def test_many_stars_take_no_time() -> None:
    rules = parse("user-agent: *\ndisallow: /" + "*a" * 5_000 + "b$\n", "Communique")

    assert rules.allow("https://news.example/" + "a" * 4_000)


def test_at_least_500_kib_are_read_and_no_line_is_cut() -> None:
    filler = b"# " + b"x" * 98 + b"\n"
    early = filler * (500 * 1024 // len(filler)) + CLOSED
    late = filler * (LIMIT // len(filler) - 1) + b"#" * 80 + b"\nUser-agent: *\nDisallow: /private/papers\n"

    assert not parse(text_of(early) or "", "Communique").allow("https://news.example/")
    assert parse(text_of(late) or "", "Communique").allow("https://news.example/p")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><p>User-agent: *\nDisallow: /",
        CLOSED.decode().encode("utf-16"),
        b"\0" * 50 + CLOSED,
        b"\xef\xbb\xbf <html>",
    ],
)
def test_what_is_no_robots_txt_has_no_rules(body: bytes) -> None:
    assert text_of(body) is None


def test_path_of_an_address() -> None:
    assert path_of("https://news.example") == "/"
    assert path_of("https://news.example/a;b?c=d#e") == "/a;b?c=d"
    assert path_of("https://news.example?a") == "/?a"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer({"page": says(whole(BODY), close=False), "private": says(whole(BODY), close=False)})
    yield server
    server.close()


@pytest.fixture
def web(server: HostileServer, tmp_path: Path) -> Iterator[Web]:
    web = new_web(server, tmp_path)
    yield web
    web.close()


def new_web(
    server: HostileServer, folder: Path, clock: Callable[[], float] = time.time, limits: Limits = PATIENT
) -> Web:
    guard = Guard(allowed=frozenset({(server.host, server.port)}))
    return open_web(folder, contact="", guard=guard, limits=limits, pace=0.0, draw=lambda: 0.0, clock=clock)


def get(web: Web, server: HostileServer, path: str) -> Capture | NotModified | Failure:
    return fetch_web(WebRequest(server.url(path), "test", path, path), web)


def _slow(wire: Wire, hit: object) -> None:
    wire.drip(CLOSED * 50)


def _endless_redirects(wire: Wire, hit: object) -> None:
    wire.send(whole(b"", f"Location: /robots.txt?{len(wire.server.hits)}", status="302 Found"))


def _five_redirects(wire: Wire, hit: object) -> None:
    count = len(wire.server.hits)
    wire.send(whole(b"", f"Location: /robots.txt?{count}", status="302 Found") if count <= 5 else whole(CLOSED))


@pytest.mark.parametrize(
    ("name", "robots_txt", "allowed"),
    [
        ("200 open", says(whole(OPEN), close=False), True),
        ("200 closed", says(whole(CLOSED), close=False), False),
        ("200 closed, no length", says(b"HTTP/1.1 200 OK\r\n\r\n" + CLOSED), False),
        ("200 empty", says(whole(b""), close=False), True),
        ("401", says(whole(CLOSED, status="401 Unauthorized"), close=False), True),
        ("403", says(whole(CLOSED, status="403 Forbidden"), close=False), True),
        ("404", says(whole(CLOSED, status="404 Not Found"), close=False), True),
        ("410", says(whole(CLOSED, status="410 Gone"), close=False), True),
        ("429", says(whole(OPEN, status="429 Too Many Requests"), close=False), False),
        ("500", says(whole(OPEN, status="500 Internal Server Error"), close=False), False),
        ("503", says(whole(OPEN, status="503 Service Unavailable"), close=False), False),
        ("304 unasked", says(b"HTTP/1.1 304 Not Modified\r\n\r\n", close=False), False),
        ("hangs up", says(b""), False),
        ("cut short", says(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + OPEN), False),
        ("malformed", says(b"hello\r\n\r\n"), False),
        ("five redirects", _five_redirects, False),
        ("six redirects", _endless_redirects, True),
        ("in a circle", redirect("/robots.txt"), True),
        ("redirected inward", redirect("http://10.0.0.1/robots.txt"), False),
        ("HTML", says(whole(b"<html>Disallow: /</html>"), close=False), True),
        ("UTF-16", says(whole(CLOSED.decode().encode("utf-16")), close=False), True),
        ("2 MB, closed early", says(whole(CLOSED + b"# filler\n" * 250_000), close=False), False),
        ("2 MB, closed late", says(whole(b"# filler\n" * 250_000 + CLOSED), close=False), True),
        ("gzip", says(whole(gzip.compress(CLOSED, mtime=0), "Content-Encoding: gzip"), close=False), False),
        ("a bomb", says(whole(bomb(60_000_000), "Content-Encoding: gzip"), close=False), True),
    ],
)  # fmt: skip
def test_what_the_answer_to_robots_txt_means(
    name: str, robots_txt: Callable[[Wire, object], None], allowed: bool, server: HostileServer, web: Web
) -> None:
    server.behaviours["robots.txt"] = robots_txt

    result = get(web, server, "/page")

    assert isinstance(result, Capture) is allowed, name
    assert bool(server.asked("/page")) is allowed, "the server's log is what counts"
    if isinstance(result, Failure):
        assert (result.outcome, result.kind) in (("skipped", "robots"), ("failed", "unreachable"))


@pytest.mark.parametrize("slowly", [lambda wire, hit: wire.stay(), _slow], ids=["timeout", "drip"])
def test_a_robots_txt_that_does_not_come_closes_the_host(
    slowly: Callable[[Wire, object], None], server: HostileServer, tmp_path: Path
) -> None:
    server.behaviours["robots.txt"] = slowly
    web = new_web(server, tmp_path, limits=HASTY)

    assert isinstance(get(web, server, "/page"), Failure)

    web.close()
    assert server.asked("/page") == []


def test_only_what_is_allowed_is_fetched_and_robots_txt_once(server: HostileServer, web: Web, tmp_path: Path) -> None:
    server.behaviours["robots.txt"] = says(whole(OPEN), close=False)

    results = [get(web, server, path) for path in ("/page", "/private", "/page?2", "/private?3")]
    other_process = get(new_web(server, tmp_path), server, "/page?4")

    assert [isinstance(one, Capture) for one in (*results, other_process)] == [True, False, True, False, True]
    assert [hit.path for hit in server.hits] == ["/robots.txt", "/page", "/page?2", "/page?4"]


def test_a_redirect_into_a_closed_part_is_not_followed(server: HostileServer, web: Web) -> None:
    server.behaviours |= {"robots.txt": says(whole(OPEN), close=False), "moved": redirect("/private/x")}

    result = get(web, server, "/moved")

    assert isinstance(result, Failure) and result.kind == "robots"
    assert [hit.path for hit in server.hits] == ["/robots.txt", "/moved"]


def test_an_answer_holds_for_a_day_and_no_answer_for_ten_minutes(server: HostileServer, tmp_path: Path) -> None:
    now = [1_000_000.0]
    web = new_web(server, tmp_path, clock=lambda: now[0])
    server.behaviours["robots.txt"] = says(whole(b"", status="500 Oops"), close=False)

    assert isinstance(get(web, server, "/page"), Failure)
    server.behaviours["robots.txt"] = says(whole(OPEN), close=False)
    now[0] += 300
    assert isinstance(get(web, server, "/page"), Failure)
    now[0] += 301
    assert isinstance(get(web, server, "/page"), Capture)
    server.behaviours["robots.txt"] = says(whole(CLOSED), close=False)
    now[0] += 23 * 3600
    assert isinstance(get(web, server, "/page"), Capture)
    now[0] += 3601
    assert isinstance(get(web, server, "/page"), Failure)
