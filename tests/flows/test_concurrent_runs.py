"""Runs that meet: one waits for the other, or leaves its work in staging; a dead holder holds nobody up."""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sources.errors import LockBusy
from tests.desk import Desk
from tests.launching import Launcher, family, until
from tests.samples import ORCHARD, news, news_tc
from warehouse.lock import held

TRY_AGAIN = 75


@contextmanager
def occupied(path: Path) -> Iterator[None]:
    """The lock as another process would hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def readers_of(pid: int) -> list[int]:
    """The reading processes of a run; one that is only about to become one would, stopped, stop the run with it."""
    return [one for one in family(pid) if b"worker_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def test_two_runs_over_one_inbox_double_nothing(desk: Desk, launcher: Launcher) -> None:
    for number in range(8):
        desk.drop(f"{number}.txt", news(f"Notice {number}", paragraphs=(f"Only number {number} is told of here.",)))
    arguments = ("run", "--direct", "--json", "--inbox", str(desk.inbox))
    both = [launcher.start(desk, *arguments, env={"COMMUNIQUE_BATCH_SIZE": "3"}) for _ in range(2)]
    ended = [one.wait() for one in both]
    assert [one.code for one in ended] == [0, 0], [one.err for one in ended]
    outcomes = [json.loads(one.out)["outcomes"] for one in ended]
    assert sorted((one["new"], one["unchanged"]) for one in outcomes) == [(0, 8), (8, 0)]
    assert desk.column("SELECT count(*) FROM releases") == [8]
    assert desk.wrong() == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_who_cannot_get_the_writers_lock_leaves_its_work_for_the_next_run(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    desk.drop("b.txt", news_tc())
    desk.drop("c.txt", news("Orchards", paragraphs=ORCHARD))
    sealed = len(list((desk.home.raw / "folder").rglob("*.warc.gz")))
    few = {"COMMUNIQUE_LOCK_WAIT_SECONDS": "0.3", "COMMUNIQUE_WORKERS": "1"}
    run = launcher.start(desk, "run", "--direct", "--inbox", str(desk.inbox), env=few)
    until(lambda: len(list((desk.home.raw / "folder").rglob("*.warc.gz"))) > sealed)
    until(lambda: readers_of(run.pid))
    (reader,) = readers_of(run.pid)
    os.kill(reader, signal.SIGSTOP)  # so the run waits for it, and lets go of the lock
    with occupied(desk.home.lock):
        os.kill(reader, signal.SIGCONT)
        ended = run.wait()
    assert ended.code == TRY_AGAIN, ended
    assert "the next run" in ended.err
    assert ended.out == ""
    assert len(list(desk.home.staging.glob("*.json"))) == 1
    assert desk.ingest() == {"unchanged": 3}
    assert desk.column("SELECT count(*) FROM releases") == [3]
    assert list(desk.home.staging.glob("*.json")) == []
    assert desk.wrong() == []


@pytest.mark.parametrize("command", [("run", "--direct"), ("rebuild",), ("verify",), ("replay",)])
def test_every_command_that_writes_waits_and_then_says_so(
    desk: Desk, launcher: Launcher, command: tuple[str, ...]
) -> None:
    desk.ingest()
    with occupied(desk.home.lock):
        ended = launcher.run(desk, *command, "--json", env={"COMMUNIQUE_LOCK_WAIT_SECONDS": "0"})
    assert (ended.code, ended.out) == (TRY_AGAIN, ""), ended


def test_asking_needs_no_lock(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    with occupied(desk.home.lock):
        assert desk.column("SELECT count(*) FROM releases") == [1]
        assert launcher.run(desk, "status", "--json").code == 0


def test_a_killed_holder_frees_the_lock(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    stopped = launcher.start(desk, "run", "--direct", "--inbox", str(desk.inbox))
    until(desk.home.lock.exists)
    stopped.kill()
    stopped.wait()
    outcomes = desk.ingest(lock_wait_seconds=0.0)
    assert sum(outcomes.values()) == 1
    assert desk.column("SELECT count(*) FROM releases") == [1]


def test_a_second_run_of_a_source_waits_for_the_first(desk: Desk) -> None:
    desk.ingest()
    with occupied(desk.home.staging / "folder.lock"), pytest.raises(LockBusy, match=r"folder\.lock"):
        desk.ingest(lock_wait_seconds=0.0)


def test_a_lock_names_its_holder_and_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "some" / "lock"
    naps: list[float] = []
    with held(path, wait=0.0):
        told = path.read_text()
        with pytest.raises(LockBusy, match=str(os.getpid())), held(path, wait=1.0, sleep=naps.append):
            pass
    assert told.strip() == str(os.getpid())
    assert 0.9 <= sum(naps) <= 1.1
    with held(path, wait=0.0):
        pass
