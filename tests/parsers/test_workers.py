"""Reading behind the fence: what parsers may do wrong, done by parsers that really do it."""

import os
import sys
from pathlib import Path

import pytest

from parsers.reader_process import ReaderDied, ReaderProcess
from parsers.workers import Limits, Readers
from sources.errors import CommuniqueError
from tests.launching import until
from tests.parsers.fenced import HEAVY, ROOT, among_neighbours, capture_of, children, processes, reasons, story

pytestmark = pytest.mark.slow

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
    b"sleep": lambda: time.sleep(600),
    b"spin": lambda: any(iter(int, 1)),
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


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(HOSTILE_PARSER)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")


@pytest.mark.usefixtures("hostile")
def test_every_misbehaviour_ends_as_a_reason_and_neighbours_load() -> None:
    captures = among_neighbours(b"crash", b"sleep", b"leave", b"nest", b"spin", b"lie")
    with Readers(2, Limits(seconds=8.0, cpu_seconds=3.0)) as readers:
        refused = reasons(captures, readers.submit(captures).result())
    assert refused.pop(b"nest")
    assert refused.pop(b"spin").startswith("reading took longer than")
    assert refused == {
        b"crash": "the reader died: signal 11",
        b"leave": "the reader died: exit status 3",
        b"sleep": "reading took longer than 8 s",
        b"lie": "the reader gave an answer that is none",
    }


@pytest.mark.usefixtures("hostile")
def test_an_answer_in_front_of_nonsense_counts_though_both_came_together() -> None:
    before = children(os.getpid())
    reader = ReaderProcess(Limits())
    reader.wait_ready()
    reader.ask([story(1), capture_of(b"lie"), capture_of(b"leave")])
    assert reader.exchange(0) == []
    until(lambda: {processes()[pid][1][0] for pid in children(os.getpid()) - before} == {"Z"})
    assert len(reader.exchange(60)) == 1
    with pytest.raises(ReaderDied, match="an answer that is none"):
        reader.exchange(60)
    reader.bury()


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
@pytest.mark.usefixtures("hostile")
def test_what_needs_too_much_memory_is_refused() -> None:
    captures = among_neighbours(b"hoard", HEAVY)
    with Readers(1, Limits(memory=110_000_000)) as readers:
        refused = reasons(captures, readers.submit(captures).result())
    assert set(refused) == {b"hoard", HEAVY}
    assert all("memory" in reason for reason in refused.values())


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
@pytest.mark.usefixtures("hostile")
def test_memory_that_earlier_captures_left_is_no_reason() -> None:
    captures = among_neighbours(b"keep 90", b"hide 100", b"keep 90", b"hide 100", b"leave")
    with Readers(1, Limits(memory=220_000_000)) as readers:
        assert set(reasons(captures, readers.submit(captures).result())) == {b"leave"}


def test_a_real_text_that_takes_too_long_is_refused() -> None:
    captures = among_neighbours(HEAVY)
    with Readers(2, Limits(seconds=250.0, cpu_seconds=1.0)) as readers:
        refused = reasons(captures, readers.submit(captures).result())
    assert refused == {HEAVY: "reading took longer than 1 s of computing"}


@pytest.mark.usefixtures("hostile")
def test_closing_in_the_middle_does_not_wait_and_says_so() -> None:
    before = children(os.getpid())
    with Readers(2, Limits(seconds=600.0)) as readers:  # closing waits for none of these sleepers to wake
        pending = readers.submit([capture_of(b"sleep")] * 4)
        until(lambda: len(children(os.getpid()) - before) == 2)
    assert children(os.getpid()) <= before
    with pytest.raises(CommuniqueError, match="closed before everything was read"):
        pending.result()
    with pytest.raises(CommuniqueError, match="closed"):
        readers.submit([story(1)])


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
    with Readers(1, Limits(cpu_seconds=4.0)) as readers:
        before, _, after = readers.submit(captures).result()
    assert before[0].record
    assert after[0].record
