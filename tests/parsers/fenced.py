"""Captures for the fence to read, and what the tests look at: reasons, and the processes that run."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from parsers.readings import Reading
from sources.capture import NOTHING_STATED, Capture, digest, facts_digest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (b"word \xe5\xad\x97 " * 4 + b"\n") * 199_000  # just below the limits; keeps any reader busy for seconds
STORY = "Harbour lights return\n\nThe lamps on pier {} are lit again after repairs, the harbour office said today.\n"


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
