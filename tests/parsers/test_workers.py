"""Reading behind the fence, with real child processes and parsers that really misbehave."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parsers.readings import Reading
from parsers.workers import Limits, Readers
from sources.capture import NOTHING_STATED, Capture, digest, facts_digest
from sources.errors import CommuniqueError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HEAVY = b"word\n" * 1_500_000  # keeps any reader busy for seconds
STORY = "Harbour lights return\n\nThe lamps on pier {} are lit again after repairs, the harbour office said today.\n"

# Python imports this by itself in every child: the bare-text parser obeys what a hostile page would make it do.
HOSTILE_PARSER = r"""
import os, signal, time
import parsers.families.text as family

honest = family.read
kept = []

def hide(megabytes):
    # libxml2 reports a failed allocation as an unknown error in the document
    try:
        bytearray(megabytes * 10**6)
    except MemoryError:
        raise ValueError("unknown error") from None

def lie():
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, b"\0\0\0\2{}" * 9)
        except OSError:
            pass

ORDERS = {
    b"crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    b"leave": lambda: os._exit(3),
    b"sleep": lambda: time.sleep(60),
    b"spin": lambda: [None for _ in iter(int, 1)],
    b"hoard": lambda: bytearray(10**9),
    b"lie": lie,
    b"keep 90": lambda: kept.append(bytearray(90 * 10**6)),
    b"hide 100": lambda: hide(100),
    b"nest": lambda: ORDERS[b"nest"](),
}

def read(capture):
    print("noise " * 100)
    ORDERS.get(capture.body, int)()
    return honest(capture)

family.read = read
"""


def capture_of(body: bytes, name: str = "a.txt", media_type: str = "text/plain") -> Capture:
    return Capture(
        source="folder",
        ref="file:///inbox/a.txt",
        name=name,
        target_uri="file:///inbox/a.txt",
        captured_at=datetime(2026, 1, 31, tzinfo=UTC),
        media_type=media_type,
        body=body,
        payload_sha256=digest(body),
        content_sha256=digest(body),
        facts_sha256=facts_digest(NOTHING_STATED),
    )


def story(number: int) -> Capture:
    return capture_of(STORY.format(number).encode(), name=f"caf\udce9 {number}")


def among_neighbours(*bodies: bytes, apart: int = 7) -> list[Capture]:
    """The bodies with stories before, between and after them."""
    captures = [story(number) for number in range(apart * (len(bodies) + 1))]
    for position, body in enumerate(bodies, 1):
        captures[position * apart] = capture_of(body)
    return captures


def reasons(captures: Sequence[Capture], readings: Sequence[tuple[Reading, ...]]) -> dict[bytes, str]:
    """Why bodies were refused; every story must have been read, in its place."""
    refused = {}
    assert len(readings) == len(captures)
    for capture, (reading,) in zip(captures, readings, strict=True):
        if reading.rejection:
            refused[capture.body] = reading.rejection["reason"]
        else:
            assert reading.record
            assert "".join(reading.record["body"].split()) in "".join(capture.body.decode().split())
    return refused


def processes() -> dict[int, tuple[int, str, int]]:
    """All that run: pid to parent, state and resident kilobytes."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat=,rss="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in listed.stdout.splitlines())
    return {int(pid): (int(parent), state, int(rss)) for pid, parent, state, rss in rows}


def children(parent: int) -> set[int]:
    """Its readers, dead ones that nobody waited for included; `ps` itself left out."""
    return {pid for pid, (of, _, rss) in processes().items() if of == parent and (rss > 10_000 or rss == 0)}


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(HOSTILE_PARSER)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")


@pytest.mark.usefixtures("hostile")
def test_every_misbehaviour_ends_as_a_reason_and_neighbours_load() -> None:
    captures = among_neighbours(b"crash", b"sleep", b"leave", b"nest", b"spin", b"lie")
    with Readers(2, Limits(seconds=2.0, cpu_seconds=0.5)) as readers:
        refused = reasons(captures, readers.submit(captures).result())
    assert refused.pop(b"nest")
    assert refused.pop(b"spin").startswith("reading took longer than")
    assert refused == {
        b"crash": "the reader died: signal 11",
        b"leave": "the reader died: exit status 3",
        b"sleep": "reading took longer than 2 s",
        b"lie": "the reader gave an answer that is none",
    }


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
@pytest.mark.usefixtures("hostile")
def test_what_needs_too_much_memory_is_refused() -> None:
    captures = among_neighbours(b"hoard", b"n" * 19_000_000)
    with Readers(1, Limits(memory=110_000_000)) as readers:
        refused = reasons(captures, readers.submit(captures).result())
    assert set(refused) == {b"hoard", b"n" * 19_000_000}
    assert all("memory" in reason for reason in refused.values())


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
@pytest.mark.usefixtures("hostile")
def test_memory_that_earlier_captures_left_is_no_reason() -> None:
    captures = among_neighbours(b"keep 90", b"hide 100", b"keep 90", b"hide 100", b"leave")
    with Readers(1, Limits(memory=220_000_000)) as readers:
        assert set(reasons(captures, readers.submit(captures).result())) == {b"leave"}


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(seconds=1.5), "reading took longer than 1.5 s"),
        (Limits(seconds=60.0, cpu_seconds=0.5), "reading took longer than 0.5 s of computing"),
    ],
    ids=["by the clock", "by computing"],
)
def test_a_real_text_that_takes_too_long_is_refused(limits: Limits, reason: str) -> None:
    captures = among_neighbours(HEAVY)
    with Readers(2, limits) as readers:
        assert reasons(captures, readers.submit(captures).result()) == {HEAVY: reason}


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body>" + b"<div>" * 1_000_000,
        b"<title>T</title><p>" + b"<!--" * 80_000,
        b"<title>T</title>" + b"<b><p>x" * 3_000,
        b"<title>T</title><p " + b" ".join(b"a%d=1" % number for number in range(50_000)) + b">x",
    ],
    ids=["nested", "comments", "misnested", "attributes"],
)
def test_hostile_pages_end_within_their_limits(page: bytes) -> None:
    captures = [story(1), capture_of(page, media_type="text/html"), story(2)]
    started = time.monotonic()
    with Readers(1) as readers:
        before, _, after = readers.submit(captures).result()
    assert time.monotonic() - started < 20
    assert before[0].record
    assert after[0].record


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


def test_closing_in_the_middle_is_prompt_and_says_so() -> None:
    before = children(os.getpid())
    with Readers(2) as readers:
        pending = readers.submit([capture_of(HEAVY)] * 4)
        time.sleep(0.7)
        started = time.monotonic()
    assert time.monotonic() - started < 2
    assert children(os.getpid()) <= before
    with pytest.raises(CommuniqueError, match="closed before everything was read"):
        pending.result()
    with pytest.raises(CommuniqueError, match="closed"):
        readers.submit([story(1)])


PARENT = """
from parsers.workers import Limits, Readers
from tests.parsers.test_workers import HEAVY, capture_of, story
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
