"""No host is hurried: by several threads, sources, processes, retries, or a run that was killed."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from sources.errors import LockBusy
from sources.guard import Guard
from sources.hosts import DAYS_KEPT, Day, courtesy, host_key
from sources.politeness import LONGEST_PAUSE, Paused, Politeness
from sources.web import WebRequest, fetch_web, open_web
from tests.launching import until
from tests.sources.hostile_answers import BODY
from tests.sources.hostile_server import HostileServer, says, whole
from tests.sources.standing_clock import START, Clock
from tests.sources.turns import Turns

FINE = says(whole(BODY, 'ETag: "v1"'), close=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polite(tmp_path: Path, clock: Clock) -> Politeness:
    return Politeness(tmp_path, pace=2.0, patience=60.0, busy=0.05, clock=clock, sleep=clock.sleep)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    server = HostileServer({"page": FINE})
    yield server
    server.close()


def test_requests_keep_their_distance_from_start_to_start(polite: Politeness, clock: Clock) -> None:
    began = []
    for _ in range(3):
        with polite.turn("news.example") as turn:
            began.append(clock())
            clock.now += 0.1
            turn.done(seconds=0.1, received=10, not_modified=False)

    assert [2.0 <= b - a <= 2.1 for a, b in pairwise(began)] == [True, True]


def test_a_slow_server_is_left_alone_for_as_long_as_it_took_up_to_a_pace(polite: Politeness, clock: Clock) -> None:
    with polite.turn("news.example") as turn:
        clock.now += 30
        turn.done(seconds=30, received=10, not_modified=False)
    ended = clock()

    with polite.turn("news.example"):
        assert clock() - ended == pytest.approx(2.0, abs=0.05)


def test_the_slower_of_two_sources_sets_the_distance_on_both_sides(polite: Politeness, clock: Clock) -> None:
    began = []
    for pace in (2.0, 10.0, 2.0):
        with polite.turn("news.example", pace):
            began.append(clock())

    assert began[1] - began[0] >= 10.0
    assert began[2] - began[1] >= 10.0


def test_hosts_do_not_wait_for_each_other(polite: Politeness, clock: Clock) -> None:
    for host in ("a.example", "b.example", "c.example"):
        with polite.turn(host):
            pass

    assert clock.slept == []


def test_one_request_at_a_time(polite: Politeness) -> None:
    with polite.turn("news.example"), pytest.raises(LockBusy, match="next run"), polite.turn("news.example"):
        pass


def test_a_pause_binds_everybody_and_a_restart(polite: Politeness, clock: Clock, tmp_path: Path) -> None:
    with polite.turn("news.example") as turn:
        turn.ask_for_pause(3600, "it answered 503")
    restarted = Politeness(tmp_path, pace=2.0, patience=60.0, clock=clock, sleep=clock.sleep)

    with pytest.raises(Paused, match="it answered 503") as paused, restarted.turn("news.example"):
        pass
    assert paused.value.seconds == pytest.approx(3600)

    clock.now += 3590
    with restarted.turn("news.example"):
        assert clock() >= START + 3600, "the last ten seconds are waited for"


def test_a_pause_has_a_longest(polite: Politeness, clock: Clock) -> None:
    with polite.turn("news.example") as turn:
        turn.ask_for_pause(1e12, "it jokes")
    clock.now += LONGEST_PAUSE + 1

    with polite.turn("news.example"):
        pass


def test_a_clock_set_back_does_not_stop_the_host_for_long(polite: Politeness, clock: Clock) -> None:
    with polite.turn("news.example"):
        pass
    clock.now -= 30 * 24 * 3600

    with polite.turn("news.example"):
        assert sum(clock.slept) == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"last_at": "soon"}\n', b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"null\n"]
)
def test_a_damaged_state_file_reads_as_nothing_known(damage: bytes, polite: Politeness, tmp_path: Path) -> None:
    (tmp_path / "news.example.json").write_bytes(damage)

    with polite.turn("news.example") as turn:
        turn.done(seconds=0.1, received=5, not_modified=False)

    assert json.loads((tmp_path / "news.example.json").read_bytes())["days"]


def test_courtesy_is_counted_by_host_and_day(polite: Politeness, clock: Clock, tmp_path: Path) -> None:
    for not_modified in (False, True):
        with polite.turn("news.example") as turn:
            turn.done(seconds=0.1, received=100, not_modified=not_modified)
    with polite.turn("other.example"):
        pass  # no answer came
    day = clock.utc().date().isoformat()
    clock.now += (DAYS_KEPT + 1) * 24 * 3600
    late = clock.utc().date().isoformat()
    with polite.turn("other.example") as turn:
        turn.done(seconds=0.1, received=7, not_modified=False)

    told = courtesy(tmp_path)

    assert [one[:2] for one in told] == [("news.example", day), ("other.example", late)]
    assert 2.0 <= told[0][2].waited <= 2.1
    assert replace(told[0][2], waited=0.0) == Day(requests=2, bytes=200, not_modified=1)
    assert told[1][2] == Day(requests=1, bytes=7)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("http://news.example/a", "https://NEWS.example./b", True),
        ("http://news.example/", "http://news.example:8080/", False),
        ("http://news.example/", "http://www.news.example/", False),
    ],
)
def test_what_counts_as_one_host(first: str, second: str, same: bool) -> None:
    guard = Guard(ports=frozenset({80, 443, 8080}))

    assert (host_key(guard.check(first)) == host_key(guard.check(second))) is same


def test_host_names_make_safe_file_names() -> None:
    guard = Guard(allowed=frozenset({("::1", 80)}))

    assert "/" not in host_key(guard.check("http://[::1]/")) and ":" not in host_key(guard.check("http://[::1]/"))
    assert len(host_key(guard.check(f"http://{'a.' * 120}example/"))) < 200


def test_threads_of_one_process_share_the_pace(server: HostileServer, tmp_path: Path) -> None:
    guard = Guard(allowed=frozenset({(server.host, server.port)}))
    web = open_web(tmp_path, contact="", guard=guard, pace=0.1)
    turns = Turns(server, tmp_path)
    requests = [WebRequest(server.url(f"/page?{n}"), "test", "ref", "name") for n in range(6)]
    threads = [threading.Thread(target=fetch_web, args=(one, web)) for one in requests]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    web.close()

    assert len(server.hits) == 7
    assert turns.keep(0.1)


CHILD = """
import sys
from pathlib import Path
from sources.guard import Guard
from sources.web import WebRequest, fetch_web, open_web

port, folder, count, pace = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
web = open_web(folder, contact="", guard=Guard(allowed=frozenset({("127.0.0.1", port)})), pace=pace)
for n in range(count):
    result = fetch_web(WebRequest(f"http://127.0.0.1:{port}/page?{n}", "test", "ref", "name"), web)
    assert type(result).__name__ == "Capture", result
"""


def child(server: HostileServer, folder: Path, count: int, pace: float) -> "subprocess.Popen[bytes]":
    told = (str(server.port), str(folder), str(count), str(pace))
    return subprocess.Popen([sys.executable, "-c", CHILD, *told], cwd=Path(__file__).resolve().parents[2])


@pytest.mark.slow
def test_two_processes_keep_one_pace_together(server: HostileServer, tmp_path: Path) -> None:
    turns = Turns(server, tmp_path)
    children = [child(server, tmp_path, 6, pace=0.2) for _ in range(2)]

    codes = [one.wait() for one in children]

    assert codes == [0, 0]
    assert len(server.hits) == 13 and len(server.asked("/robots.txt")) == 1
    assert turns.keep(0.2)


@pytest.mark.slow
def test_a_process_killed_in_mid_request_has_asked_all_the_same(server: HostileServer, tmp_path: Path) -> None:
    pace = 2.0  # longer than another process needs to begin
    turns = Turns(server, tmp_path)
    server.behaviours["page"] = lambda wire, hit: wire.stay()
    victim = child(server, tmp_path, 1, pace)
    until(lambda: len(turns.began) == 2)
    victim.kill()
    victim.wait()
    server.behaviours["page"] = FINE

    assert child(server, tmp_path, 1, pace).wait() == 0

    assert turns.keep(pace)
    assert [hit.path for hit in server.hits] == ["/robots.txt", "/page?0", "/page?0"]
