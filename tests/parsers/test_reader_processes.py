"""The child processes of the readers: batches in flight, kills, closing, what they import and inherit."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from parsers.workers import Readers
from sources.errors import CommuniqueError
from tests.launching import until
from tests.parsers.fenced import ROOT, among_neighbours, children, processes, reasons, story

pytestmark = pytest.mark.slow


def test_batches_may_overlap_and_keep_their_order() -> None:
    batches = [[story(100 * batch + number) for number in range(60)] for batch in range(5)]
    with Readers(2) as readers:
        pending = [readers.submit(batch) for batch in batches]
        for batch, under_way in reversed(list(zip(batches, pending, strict=True))):
            assert reasons(batch, under_way.result()) == {}
        assert readers.submit([]).result() == []


def test_readers_killed_by_others_cost_nothing() -> None:
    before = children(os.getpid())
    captures = among_neighbours(b"word\n" * 100_000, b"n" * 3_000_000)
    with Readers(2) as readers:
        readers.submit([story(0)]).result()
        pending = readers.submit(captures)
        victims = children(os.getpid()) - before
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        assert victims
        assert reasons(captures, pending.result()) == {}
    assert children(os.getpid()) <= before, "closing leaves no process behind, not even a dead one"


PARENT = """
from parsers.workers import Limits, Readers
from tests.parsers.fenced import HEAVY, capture_of, story
readers = Readers(2, Limits(seconds=1.0))
readers.submit([story(number) for number in range(100)]).result()
readers.submit([capture_of(HEAVY)])
input("reading")
"""


def test_children_of_a_killed_parent_end_too() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout
        assert parent.stdout.read(7) == b"reading"
        orphans = children(parent.pid)
        parent.send_signal(signal.SIGKILL)
    assert orphans
    until(lambda: not any(pid in running and running[pid][1][0] != "Z" for running in [processes()] for pid in orphans))


def test_a_strangers_folder_of_the_same_name_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parsers").mkdir()
    (tmp_path / "parsers" / "__init__.py").write_text("raise SystemExit('the wrong parsers')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    with Readers(1) as readers:
        assert readers.submit([story(1)]).result()[0][0].record


def test_readers_that_cannot_start_say_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pydantic_core").mkdir()
    (tmp_path / "pydantic_core" / "__init__.py").write_text("raise ImportError('a broken installation')")
    monkeypatch.syspath_prepend(tmp_path)
    with Readers(1) as readers, pytest.raises(CommuniqueError, match="did not start.*a broken installation"):
        readers.submit([story(1)]).result()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not show environments")
def test_children_inherit_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_KEY", "not-for-hostile-pages")
    before = children(os.getpid())
    with Readers(1) as readers:
        readers.submit([story(1)]).result()
        (child,) = children(os.getpid()) - before
        assert b"not-for-hostile-pages" not in Path(f"/proc/{child}/environ").read_bytes()
