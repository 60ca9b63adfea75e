"""Reading behind the fence: what parsers may do wrong, done by parsers that really do it."""

import os
import sys
import time
from pathlib import Path

import pytest

from parsers.workers import Limits, Readers
from tests.parsers.fenced import HEAVY, ROOT, among_neighbours, capture_of, reasons, story

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
