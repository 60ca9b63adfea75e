"""A year gone through: a process a day, killed where the plan says so, and another that goes on after it."""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench.simulated_year.catalog import write_catalog
from bench.simulated_year.day import settings_for, spend, warm_up
from bench.simulated_year.schedule import SECOND, Visit, schedule
from bench.simulated_year.server import serve_world
from bench.simulated_year.world import World
from flows.publication import publish_now
from sources.errors import CommuniqueError
from warehouse.home import Home

PUBLISHED_EVERY = 30  # days


@dataclass(frozen=True, slots=True)
class Lived:
    """A year that is over: the archive, the server's log, and which visits there were and how they ended."""

    world: World
    home: Home
    port: int
    log: Path
    visits: dict[int, Visit]
    ended: frozenset[int]
    killed: int
    seconds: float


def live(world: World, place: Path, *, share: float = 1.0, tell: Callable[[str], None] = lambda _: None) -> Lived:
    """Goes through all days of a world in an archive below `place`; `share` of the visits take place."""
    days = schedule(world.seed, world.days, share)
    ends = {visit.number: visit.request for day in days for visit in day if visit.request}
    home, log, diary = place / "home", place / "requests.log", place / "diary.log"
    began, killed = time.monotonic(), 0
    warm_up()
    with _served(world, log, ends) as port:
        write_catalog(home / "sources", port)
        for number, visits in enumerate(days, 1):
            for stretch in _stretches(visits):
                killed += _spend(stretch, home, port, diary)
            if number % PUBLISHED_EVERY == 0 or number == len(days):
                _in_child(lambda: publish_now(settings_for(home, port), lambda: visits[-1].at))  # noqa: B023  -- at once
                tell(f"day {number}: {time.monotonic() - began:.0f} s, {killed} killed")
    told = [line.split() for line in diary.read_text(encoding="utf-8").splitlines()]
    by_number = {visit.number: visit for day in days for visit in day}
    by_number |= {visit.number + SECOND: visit for visit in by_number.values() if visit.twice}
    ended = frozenset(int(number) for word, number in told if word == "end")
    return Lived(world, Home(home), port, log, by_number, ended, killed, time.monotonic() - began)


def _stretches(visits: Sequence[Visit]) -> Iterator[list[Visit]]:
    """Visits one process goes through; one that is started twice is alone."""
    stretch: list[Visit] = []
    for visit in visits:
        if visit.twice:
            yield stretch
            yield [visit]
            stretch = []
        else:
            stretch.append(visit)
    yield stretch


def _spend(visits: Sequence[Visit], home: Path, port: int, diary: Path) -> int:
    """Goes through a stretch; returns how often that was killed."""
    if not visits:
        return 0
    if visits[0].twice:
        second = replace(visits[0], number=visits[0].number + SECOND)
        first = replace(visits[0], twice=None)
        pids = [_forked(lambda one=one: spend([one], home, port, diary)) for one in (first, second)]  # type: ignore[misc]
        return sum(_ended(pid) for pid in pids)
    killed = 0
    while visits and _in_child(lambda: spend(visits, home, port, diary)):  # noqa: B023  -- over before it changes
        killed += 1
        last = int(diary.read_text(encoding="utf-8").splitlines()[-1].split()[1])
        visits = [visit for visit in visits if visit.number > last]
    return killed


def _in_child(work: Callable[[], None]) -> bool:
    """Does work in a process of its own; returns whether that was killed."""
    return _ended(_forked(work))


def _forked(work: Callable[[], None]) -> int:
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 0
    try:
        work()
    except BaseException:  # noqa: BLE001  -- told, and the parent stops
        traceback.print_exc()
        code = 1
    sys.stderr.flush()
    os._exit(code)


def _ended(pid: int) -> bool:
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code > 0:
        raise CommuniqueError("a visit of the simulated year failed; its traceback stands above")
    return code < 0


@contextmanager
def _served(world: World, log: Path, ends: dict[int, int]) -> Iterator[int]:
    """The world served by a process of its own; its port."""
    told, tells = os.pipe()
    ended, ends_it = os.pipe()

    def serve() -> None:
        os.close(ends_it)
        with log.open("w", encoding="utf-8") as file:
            port, servers = serve_world(world, file, ends)
            os.write(tells, f"{port}\n".encode())
            os.read(ended, 1)
            for server in servers:
                server.shutdown()

    log.parent.mkdir(parents=True, exist_ok=True)
    pid = _forked(serve)
    os.close(ended)
    try:
        yield int(os.read(told, 16))
    finally:
        os.close(ends_it)
        os.waitpid(pid, 0)
        os.close(told)
        os.close(tells)
