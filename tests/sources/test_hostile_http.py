"""What each kind of hostile answer becomes, how long that may take, and how much memory."""

import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sources.capture import Capture
from sources.guard import Guard
from sources.http.limits import Limits
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from tests.sources.hostile_answers import BEHAVIOURS, BODY
from tests.sources.hostile_server import HostileServer, says, whole
from tests.sources.patience import HASTY, PATIENT

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "hostile" / "scrapy-compressed.tar.gz"

# What requests 2.34 was measured to do with each of these is another matter.
MEASURED = {
    "stacked_gzip_5": "kept as sent: 5 content codings",
    "stacked_gzip_6": "kept as sent: 6 content codings",
    "body_drip": "failed slow",
    "header_drip": "failed slow",
    "flood_of_1xx": "failed malformed",
    "header_line_70000": "failed malformed",
    "headers_150": "failed malformed",
    "redirect_loop": "failed redirect",
    "short_content_length": "failed truncated",
    "short_chunked": "failed truncated",
    "no_length_closed": "capture unverifiable",
    "gzip_cut_short_matching_length": "kept as sent: gzip: ends before its end mark",
    "not_gzip_under_gzip": "kept as sent: gzip: is no gzip stream",
    "junk_after_gzip": "kept as sent: gzip: 8 bytes of something else",
    "huge_chunk_size": "failed truncated",
    "chunk_extension_200k": "failed malformed",
    "length_and_chunked_together": "capture whole chunked",
    "two_different_lengths": "failed malformed",
    "rst_mid_body": "failed disconnected",
    "redirect_to_file": "skipped refused",
    "redirect_to_ftp": "skipped refused",
    "redirect_to_other_loopback_port": "skipped refused",
    "redirect_to_broken_address": "skipped refused",
    "redirect_to_nowhere": "failed malformed",
    "not_modified_with_length": "not modified",
    "no_content_204": "failed status",
    "http_0_9": "failed malformed",
    "bad_status_line": "failed malformed",
    "nul_in_header": "failed malformed",
    "charset_utf_7": "capture whole length",
    "charset_unknown": "capture whole length",
    "charset_none_meta_utf_8": "capture whole length",
}
BEYOND = {
    "redirect_endless": "failed redirect",
    "cut_in_mid_header": "failed truncated",
    "closes_without_a_word": "failed disconnected",
    "silent": "failed slow",
    "stalls_in_mid_body": "failed slow",
    "endless_body": "quarantined too_large",
    "endless_chunks": "quarantined too_large",
    "endless_trailers": "failed slow",
    "endless_headers": "failed malformed",
    "interim_then_answer": "capture whole length",
    "announced_too_large": "quarantined too_large",
    "negative_length": "failed malformed",
    "negative_chunk": "failed truncated",
    "chunk_size_no_number": "failed truncated",
    "transfer_coding_gzip": "failed malformed",
    "odd_header_line": "capture whole length",
    "two_answers_at_once": "capture whole length",
    "partial_content_206": "failed status",
    "empty_200": "failed empty",
    "gzip_bomb": "kept as sent: gzip: unfolds to more than",
    "gzip_bomb_in_redirect": "failed empty",
    "zstd_unasked": "kept as sent: content coding 'zstd'",
    "gzip_whole_no_length": "capture whole gzip",
    "deflate_raw": "capture whole length",
    "deflate_zlib": "capture whole length",
    "fine_chunked": "capture whole chunked",
    "fine": "capture whole length",
}
OUTCOMES = MEASURED | BEYOND


@pytest.fixture(scope="module")
def forbidden() -> Iterator[HostileServer]:
    server = HostileServer({"inside": says(whole(b"secret"))})
    yield server
    server.close()


@pytest.fixture(scope="module")
def server(forbidden: HostileServer) -> Iterator[HostileServer]:
    server = HostileServer(BEHAVIOURS, forbidden_port=forbidden.port)
    yield server
    server.close()


Visit = Callable[[str], Capture | NotModified | Failure]


@pytest.fixture
def visit(server: HostileServer, tmp_path: Path) -> Iterator[Visit]:
    webs = {limits: _web(server, tmp_path, limits) for limits in (PATIENT, HASTY)}

    def fetch(name: str) -> Capture | NotModified | Failure:
        is_slow = OUTCOMES.get(name) == "failed slow"
        if is_slow:  # a robots.txt that is known by then need not come in haste
            fetch_web(WebRequest(server.url("/fine"), "test", "fine", "fine"), webs[PATIENT])
        request = WebRequest(server.url(f"/{name}"), "test", name, name, etag='"v1"', held=name.startswith("not_mod"))
        return fetch_web(request, webs[HASTY if is_slow else PATIENT])

    yield fetch
    for web in webs.values():
        web.close()


def _web(server: HostileServer, folder: Path, limits: Limits) -> Web:
    guard = Guard(allowed=frozenset({(server.host, server.port)}))
    limits = replace(limits, wire=2_000_000, decoded=5_000_000)
    return open_web(folder, contact="", guard=guard, limits=limits, pace=0.0, draw=lambda: 0.0)


def told(result: Capture | NotModified | Failure) -> str:
    if isinstance(result, NotModified):
        return "not modified"
    if isinstance(result, Failure):
        return f"{result.outcome} {result.kind}"
    if result.fault:
        assert result.body == result.exchanges[-1].payload, "what cannot be decoded is kept as it was sent"
        return f"kept as sent: {result.fault}"
    return f"capture {result.completeness} {result.proof or ''}".rstrip()


def test_every_behaviour_of_the_server_has_a_declared_outcome() -> None:
    assert set(OUTCOMES) == set(BEHAVIOURS)
    assert len(MEASURED) >= 32


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_outcome(name: str, visit: Visit, server: HostileServer) -> None:
    before = len(server.asked(f"/{name}"))

    result = visit(name)

    assert told(result).startswith(OUTCOMES[name])
    assert len(server.asked(f"/{name}")) - before <= PATIENT.attempts


def test_nobody_was_sent_to_a_port_that_is_not_ours(visit: Visit, forbidden: HostileServer) -> None:
    result = visit("redirect_to_other_loopback_port")

    assert isinstance(result, Failure) and str(forbidden.port) in result.reason
    assert forbidden.connections == 0


@pytest.mark.parametrize(("name", "received"), [("short_content_length", len(BODY)), ("rst_mid_body", 5_000)])
def test_what_came_before_the_fault_is_kept(name: str, received: int, visit: Visit) -> None:
    result = visit(name)

    assert isinstance(result, Failure)
    assert (len(result.exchanges[-1].payload), result.exchanges[-1].truncated) == (received, "disconnect")


def test_what_came_before_the_body_stalled_is_kept(server: HostileServer, tmp_path: Path) -> None:
    limits = replace(PATIENT, rate=50_000.0, rate_after=1.0)  # head and 5,000 bytes come together; then it is too slow
    web = _web(server, tmp_path, limits)

    result = fetch_web(WebRequest(server.url("/stalls_in_mid_body"), "test", "ref", "name"), web)

    web.close()
    assert isinstance(result, Failure)
    assert (len(result.exchanges[-1].payload), result.exchanges[-1].truncated) == (5_000, "time")


def test_a_second_answer_nobody_asked_for_is_not_taken_for_the_next_one(
    visit: Visit,
) -> None:
    first, second = visit("two_answers_at_once"), visit("fine")

    assert isinstance(first, Capture) and first.body == b"first"
    assert isinstance(second, Capture) and second.body == BODY


def test_a_body_behind_a_304_is_not_taken_for_the_next_answer(
    visit: Visit,
) -> None:
    assert isinstance(visit("not_modified_with_length"), NotModified)

    after = visit("fine")

    assert isinstance(after, Capture) and after.body == BODY


@pytest.mark.parametrize(
    ("member", "coding", "outcome"),
    [
        ("bomb-br.bin", "br", "kept as sent: content coding"),
        ("bomb-deflate.bin", "deflate", "kept as sent: deflate: unfolds to more than"),
        ("bomb-gzip.bin", "gzip", "kept as sent: gzip: unfolds to more than"),
        ("bomb-zstd.bin", "zstd", "kept as sent: content coding"),
        ("html-gzip.bin", "gzip", "capture whole length"),
        ("html-rawdeflate.bin", "deflate", "capture whole length"),
        ("html-zlibdeflate.bin", "deflate", "capture whole length"),
        ("html-gzip-deflate.bin", "gzip, deflate", "kept as sent: 2 content codings"),
        ("html-gzip-deflate-gzip.bin", "gzip, deflate, gzip", "kept as sent: 3 content codings"),
        ("truncated-crc-error.gz", "gzip", "kept as sent: gzip: ends before its end mark"),
        ("truncated-crc-error-short.gz", "gzip", "kept as sent: gzip: ends before its end mark"),
        ("unexpected-eof.gz", "gzip", "kept as sent: gzip: ends before its end mark"),
    ],
)
def test_bombs_and_broken_streams_of_the_public_set(
    member: str,
    coding: str,
    outcome: str,
    server: HostileServer,
    visit: Visit,
) -> None:
    if not CORPUS.exists():
        pytest.skip(f"needs {CORPUS.name} in ../shared/corpora/hostile beside the checkout")
    with tarfile.open(CORPUS) as archive:
        found = archive.extractfile(member)
        assert found is not None
        data = found.read()
    server.behaviours["corpus"] = says(whole(data, f"Content-Encoding: {coding}"))

    assert told(visit("corpus")).startswith(outcome)


CHILD = """
import sys
from pathlib import Path
from sources.guard import Guard
from sources.http.limits import Limits
from sources.web import WebRequest, fetch_web, open_web

port = int(sys.argv[1])
guard = Guard(allowed=frozenset({("127.0.0.1", port)}))
web = open_web(Path(sys.argv[2]), contact="", guard=guard, limits=Limits(total=10, attempts=1), pace=0.0)
for name in sys.argv[3:]:
    result = fetch_web(WebRequest(f"http://127.0.0.1:{port}/{name}", "test", name, name), web)
    print(name, type(result).__name__)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(peak.split()[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads its peak memory from Linux's /proc")
def test_memory_stays_bounded_with_the_default_limits(server: HostileServer, tmp_path: Path) -> None:
    names = ["gzip_bomb", "gzip_bomb_in_redirect", "endless_body", "endless_chunks", "endless_headers", "flood_of_1xx"]

    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(server.port), str(tmp_path), *names],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    *lines, peak = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == names
    assert int(peak) < 300_000, "kilobytes"
